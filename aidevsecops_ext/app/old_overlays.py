"""What the overlays of a notebook's steps hold already: edits by hand, and versions to keep."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.overlay import Overlay, OverlayStyle
from ..formats import pipfile
from ..formats.custody import read_custody
from .open_overlay import open_overlay

if TYPE_CHECKING:
    from ..domain.lock import LockedPackage
    from ..domain.requirements import Requirement
    from .open_overlay import OpenedOverlay
    from .ports import Files


class OldOverlay(Struct, frozen=True):
    """An overlay as it is; ``opened`` is None where there is none yet.

    ``is_edited`` is true for a Pipfile that is not as it was generated: what it asks for counts.
    """

    folder: str
    opened: OpenedOverlay | None = None
    is_edited: bool = False

    @property
    def packages(self) -> tuple[LockedPackage, ...]:
        """What its lock holds."""
        lock = self.opened.lock if self.opened else None
        return lock.packages if lock else ()

    @property
    def own(self) -> tuple[Requirement, ...]:
        """What somebody wrote into it by hand."""
        return self.opened.asked.requirements if self.opened and self.is_edited else ()


def read_old_overlay(folder: str, files: Files) -> OldOverlay:
    """The overlay in that folder, as far as there is one.

    Raises:
        UserError: its Pipfile is not valid.
        AidevsecopsError: a file cannot be read.
    """
    overlay = Overlay(normpath(folder), OverlayStyle.PIPENV)
    if not files.is_file(overlay.asked_path):
        return OldOverlay(overlay.folder)
    opened = open_overlay(overlay, files)
    custody = read_custody(opened.asked_text)
    is_generated = custody is not None and pipfile.is_hash_of(opened.pipfile, custody.requirements)
    return OldOverlay(overlay.folder, opened, is_edited=not is_generated)
