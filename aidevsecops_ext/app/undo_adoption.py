"""Take back what adopting a project wrote: those of its files that nobody has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from .exchange_ports import FileRemoval

if TYPE_CHECKING:
    from .adopt_project import AdoptPorts
    from .ports import Files


class AdoptionUndo(Struct, frozen=True):
    """The files that would be deleted, and those that were changed and stay."""

    removals: tuple[FileRemoval, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def removed(self) -> tuple[str, ...]:
        """The paths of those that would be deleted."""
        return tuple(removal.path for removal in self.removals)


def plan_undo(ports: AdoptPorts) -> AdoptionUndo:
    """What taking the adoption back would do; nothing where the project was not adopted.

    Raises:
        AidevsecopsError: there is no repository, or git is missing, fails or does not end.
    """
    files = ports.project.files
    made = {path: rev for path, rev in ports.record.read().items() if files.is_file(path)}
    same = {path: rev for path, rev in made.items() if _revision(path, files) == rev}
    return AdoptionUndo(
        tuple(FileRemoval(path, revision) for path, revision in same.items()),
        tuple(path for path in made if path not in same),
    )


def undo_adoption(plan: AdoptionUndo, ports: AdoptPorts) -> None:
    """Delete those files as one change; what stays belongs to the user from now on.

    The repository stays one, as it may have commits.

    Raises:
        ConflictError: one was changed meanwhile; all are as they were.
        AidevsecopsError: a file cannot be deleted.
    """
    if plan.removals:
        ports.changes.write((), plan.removals)
    ports.record.write({})


def _revision(path: str, files: Files) -> str | None:
    """What the file is now; None where nobody can read it, so that it stays."""
    try:
        return files.read(path).revision
    except AidevsecopsError:
        return None
