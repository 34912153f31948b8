"""What strangers may have written: it is understood, or refused with a clear error."""
