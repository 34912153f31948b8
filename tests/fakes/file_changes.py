"""Changes of files that live in a dictionary."""

from __future__ import annotations

from aidevsecops_ext.app.exchange_ports import FileChange, FileRemoval
from aidevsecops_ext.domain.errors import ConflictError, ErrorCode
from tests.fakes.files import FakeFiles


class FakeFileChanges:
    """Writes all changes into the files, or none; remembers each call."""

    def __init__(self, files: FakeFiles) -> None:
        self._files = files
        self.calls: list[tuple[str, ...]] = []

    def write(
        self, changes: tuple[FileChange, ...], removals: tuple[FileRemoval, ...] = ()
    ) -> None:
        expected = [(change.path, change.revision) for change in changes]
        expected += [
            (f"{each.path}/manifest.json" if each.is_folder else each.path, each.revision)
            for each in removals
        ]
        for path, expected_revision in expected:
            exists = self._files.is_file(path)
            revision = self._files.read(path).revision if exists else None
            if revision != expected_revision:
                raise ConflictError(ErrorCode.NOTEBOOK_CHANGED, f"{path} changed.")
        self.calls.append(tuple(change.path for change in changes))
        self._files.texts.update({change.path: change.text for change in changes})
        for removal in removals:
            for path in [*self._files.texts]:
                if path == removal.path or path.startswith(f"{removal.path}/"):
                    del self._files.texts[path]
