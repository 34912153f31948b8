"""Programs that look for input which the package does not stand."""
