"""The example project that the demo shows."""
