"""End without reading the input."""
