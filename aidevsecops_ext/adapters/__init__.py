"""How the outside is touched: one outside thing a module."""
