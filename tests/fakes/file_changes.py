"""Changes of files that live in a dictionary."""

from __future__ import annotations

from aidevsecops_ext.app.exchange_ports import FileChange
from aidevsecops_ext.domain.errors import ConflictError, ErrorCode
from tests.fakes.files import FakeFiles


class FakeFileChanges:
    """Writes all changes into the files, or none; remembers each call."""

    def __init__(self, files: FakeFiles) -> None:
        self._files = files
        self.calls: list[tuple[str, ...]] = []

    def write(self, changes: tuple[FileChange, ...]) -> None:
        for change in changes:
            exists = self._files.is_file(change.path)
            revision = self._files.read(change.path).revision if exists else None
            if revision != change.revision:
                raise ConflictError(ErrorCode.NOTEBOOK_CHANGED, f"{change.path} changed.")
        self.calls.append(tuple(change.path for change in changes))
        self._files.texts.update({change.path: change.text for change in changes})
