"""What a user can ask for: one use case a module, synchronous, told its ports."""
