"""What the notebooks of the digits classifier share."""
