"""Save an edit of a notebook into the file that it was opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..formats import notebook_json

if TYPE_CHECKING:
    from ..domain.notebook import NotebookEdit
    from .open_notebook import OpenedNotebook
    from .ports import Files


def save_notebook(opened: OpenedNotebook, edit: NotebookEdit, files: Files) -> bool:
    """True when the file was written; False when the edit changes nothing and it was left alone.

    Raises:
        ConflictError: the file changed since it was opened, or is gone.
        OutsideFailedError: the operating system refuses.
    """
    text = notebook_json.apply_edit(opened.file.text, edit)
    if text is opened.file.text:
        return False
    files.replace(opened.path, text, opened.file.revision)
    return True
