"""Open a notebook that is saved in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..formats import notebook_json

if TYPE_CHECKING:
    from ..domain.notebook import Notebook
    from .ports import Files, FileText


class OpenedNotebook(Struct, frozen=True):
    """A notebook, where it is, and its file's text for a later edit."""

    path: str
    notebook: Notebook
    file: FileText


def open_notebook(path: str, files: Files) -> OpenedNotebook:
    """The notebook in that file.

    Raises:
        NotFoundError: there is no such file.
        RefusedError: it is outside the root, too large, or of another format.
        UserError: it is not a notebook.
        OutsideFailedError: the operating system refuses.
    """
    file = files.read(path)
    return OpenedNotebook(path, notebook_json.parse(file.text, path), file)
