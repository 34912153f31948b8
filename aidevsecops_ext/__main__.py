"""``python -m aidevsecops_ext`` is the command ``aidevsecops``."""

from __future__ import annotations

from .cli.start import main

if __name__ == "__main__":
    main(prog_name="aidevsecops")
