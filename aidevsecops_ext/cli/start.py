"""What the program ``aidevsecops`` runs first."""

from __future__ import annotations

import gc


def main(prog_name: str | None = None) -> None:
    """Run the command that the arguments name, and exit with its status."""
    # Before the imports, and so not in ``main`` itself: they make nothing but what stays until the
    # end, and a tenth of their time went into looking for garbage among it.
    gc.set_threshold(100_000, *gc.get_threshold()[1:])
    from .main import main as run

    run(prog_name=prog_name)
