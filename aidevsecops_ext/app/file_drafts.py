"""Files as they are going to be, while one change after another is made to them in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.file_preview import FilePreview

if TYPE_CHECKING:
    from .ports import Files, FileText


class FileDrafts:
    """The files below a root, with changes that nobody has written yet."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._read: dict[str, FileText] = {}
        self._drafts: dict[str, str] = {}

    def text(self, path: str) -> str | None:
        """The text of a file with all changes so far; None where there is none.

        Raises:
            AidevsecopsError: it is there and cannot be read as text.
        """
        if path in self._drafts:
            return self._drafts[path]
        if path not in self._read:
            if not self._files.is_file(path):
                return None
            self._read[path] = self._files.read(path)
        return self._read[path].text

    def change(self, path: str, text: str) -> None:
        """Have the file say that."""
        if text != self.text(path):
            self._drafts[path] = text

    def planned(self) -> tuple[FilePreview, ...]:
        """The files that change, by their paths."""
        return tuple(self._planned(path) for path in sorted(self._drafts))

    def _planned(self, path: str) -> FilePreview:
        before = self._read.get(path)
        return FilePreview(
            path,
            old=before.text if before else None,
            text=self._drafts[path],
            revision=before.revision if before else None,
        )
