"""The overlay that a notebook runs in, and the digest of its lock."""

from __future__ import annotations

from posixpath import join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from ..domain.lock_digest import lock_digest
from ..domain.overlay import Overlay, OverlayStyle
from .choose_overlay import overlays_folder
from .open_overlay import open_overlay
from .overlay_claims import custody_of

if TYPE_CHECKING:
    from ..domain.notebook import Notebook
    from .ports import Files


class NotebookOverlay(Struct, frozen=True):
    """The folder of an overlay, and the digest of its lock; None where it has none."""

    folder: str
    lock: str | None


def overlay_of(path: str, notebook: Notebook, files: Files) -> NotebookOverlay | None:
    """The overlay of the notebook at ``path``: made for it, else called like its kernel.

    None where there is neither.

    Raises:
        UserError: ``.thoth.yaml`` is not valid.
        AidevsecopsError: a folder cannot be read.
    """
    base = overlays_folder(path, files)
    if not files.is_folder(base):
        return None
    for name in files.entries(base).folders:
        custody = custody_of(join(base, name), files)
        owner = None if custody is None else custody.step_notebook or custody.notebook
        if owner is not None and normpath(owner) == normpath(path):
            return overlay_at(join(base, name), files)
    return overlay_at(join(base, notebook.kernel_name), files) if notebook.kernel_name else None


def overlay_at(folder: str, files: Files) -> NotebookOverlay | None:
    """The overlay in that folder; None where there is none."""
    for style in OverlayStyle:
        overlay = Overlay(normpath(folder), style)
        if files.is_file(overlay.asked_path):
            return NotebookOverlay(overlay.folder, _lock(overlay, files))
    return None


def _lock(overlay: Overlay, files: Files) -> str | None:
    try:
        lock = open_overlay(overlay, files).lock
    except AidevsecopsError:
        return None
    return None if lock is None else lock_digest(lock)
