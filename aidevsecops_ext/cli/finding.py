"""Find what the commands for whole repositories work on: notebooks, and overlays beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .workspace import NamedNotebook, Workspace


def find_all(
    workspace: Workspace, names: Sequence[str], environment: str | None
) -> tuple[NamedNotebook, ...]:
    """The notebooks that names stand for, and then the overlays, each once.

    Only the overlay of ``environment`` is found where one is said.

    Raises:
        NotFoundError: a name stands for nothing.
        OutsideFailedError: the operating system refuses.
    """
    if all(name.endswith(".ipynb") for name in names):
        return workspace.find(names)
    # Not needed for single notebooks, which should be quick.
    from .overlays import find_with_overlays

    return find_with_overlays(workspace, names, environment)
