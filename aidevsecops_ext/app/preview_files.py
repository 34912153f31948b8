"""Files as they would be, beside those that are there: nothing is written before it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.file_preview import FilePreview
from .exchange_ports import FileChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .ports import Files


def preview_file(path: str, text: str, files: Files) -> FilePreview:
    """That file with that text, beside the one that is there.

    Raises:
        AidevsecopsError: the file that is there cannot be read.
    """
    if not files.is_file(path):
        return FilePreview(path, text)
    old = files.read(path)
    return FilePreview(path, text, old.text, old.revision)


def changes_of(previews: Iterable[FilePreview]) -> tuple[FileChange, ...]:
    """What has to be written so that the files are as previewed; nothing for those that are."""
    return tuple(
        FileChange(preview.path, preview.text, preview.revision)
        for preview in previews
        if preview.state != "unchanged"
    )
