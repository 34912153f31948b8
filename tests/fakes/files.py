"""Files that live in a dictionary."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from aidevsecops_ext.app.ports import FileText, FolderEntries
from aidevsecops_ext.app.project_ports import FileStamp
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    NotFoundError,
)


class FakeFiles:
    """Text files by path; a path in ``errors`` raises instead of being read."""

    def __init__(
        self,
        texts: Mapping[str, str] | None = None,
        errors: Mapping[str, AidevsecopsError] | None = None,
    ) -> None:
        self.texts = dict(texts or {})
        self.errors = dict(errors or {})
        self.changed: dict[str, float] = {}

    def read(self, path: str) -> FileText:
        if path in self.errors:
            raise self.errors[path]
        if path not in self.texts:
            raise NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, f"No such file: {path}")
        text = self.texts[path]
        return FileText(text, _revision(text))

    def replace(self, path: str, text: str, revision: str) -> None:
        if path not in self.texts or _revision(self.texts[path]) != revision:
            raise ConflictError(ErrorCode.NOTEBOOK_CHANGED, f"{path} changed meanwhile.")
        self.texts[path] = text

    def stamp(self, path: str) -> FileStamp | None:
        text = self.texts.get(path)
        return None if text is None else FileStamp(self.changed.get(path, 0.0), hash(text))

    def is_file(self, path: str) -> bool:
        return path in self.texts

    def is_folder(self, path: str) -> bool:
        return path == "." or any(name.startswith(f"{path}/") for name in self.texts)

    def entries(self, path: str) -> FolderEntries:
        prefix = "" if path == "." else f"{path}/"
        inside = [name.removeprefix(prefix) for name in self.texts if name.startswith(prefix)]
        return FolderEntries(
            files=tuple(sorted(name for name in inside if "/" not in name)),
            folders=tuple(sorted({name.split("/")[0] for name in inside if "/" in name})),
        )


def _revision(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
