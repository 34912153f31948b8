"""Files as they would be, beside those that are there: nothing is written before it is seen."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from msgspec import Struct

from .exchange_ports import FileChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .ports import Files


class FilePreview(Struct, frozen=True):
    """A file as it would be; ``old`` and ``revision`` are None where there is none yet."""

    path: str
    text: str
    old: str | None = None
    revision: str | None = None

    @property
    def state(self) -> str:
        """What becomes of it, in one word: created, replaced or unchanged."""
        if self.old is None:
            return "created"
        return "unchanged" if self.old == self.text else "replaced"

    def diff(self) -> str:
        """How its text changes, as a unified diff; empty where it does not."""
        lines = difflib.unified_diff(
            (self.old or "").splitlines(keepends=True),
            self.text.splitlines(keepends=True),
            self.path if self.old is not None else "/dev/null",
            self.path,
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


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
