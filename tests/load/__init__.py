"""Load: what stays within its bounds, however much comes. Speed is measured in ``benchmarks/``."""
