"""How it is written down: text or JSON to domain values and back, with nothing lost."""
