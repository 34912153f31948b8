"""Find what the commands for whole repositories work on: notebooks, and overlays beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.path_patterns import matches_any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .workspace import NamedNotebook, Workspace


def find_all(
    workspace: Workspace,
    names: Sequence[str],
    environment: str | None,
    excluded: Sequence[str] = (),
) -> tuple[NamedNotebook, ...]:
    """The notebooks that names stand for, and then the overlays, each once.

    Only the overlay of ``environment`` is found where one is said, and nothing whose path, or a
    folder of it, matches a pattern in ``excluded``.

    Raises:
        NotFoundError: a name stands for nothing.
        OutsideFailedError: the operating system refuses.
    """
    if all(name.endswith(".ipynb") for name in names):
        found = workspace.find(names)
    else:
        # Not needed for single notebooks, which should be quick.
        from .overlays import find_with_overlays

        found = find_with_overlays(workspace, names, environment)
    return tuple(n for n in found if not matches_any(n.shown, excluded)) if excluded else found
