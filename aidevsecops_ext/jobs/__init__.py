"""Work that takes time: a queue, its records, its events."""
