"""The record of an adoption, kept beside what git keeps of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..app.exchange_ports import FileChange
from ..domain.errors import AidevsecopsError
from .file_changes import RootedChanges
from .files import RootedFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ..app.ports import FileText

_PLACE = "aidevsecops/adoption.json"
_LARGEST = 1_000_000


class GitAdoptionRecord:
    """The port ``AdoptionRecord`` for a repository; ``git_dir`` says where git keeps it."""

    def __init__(self, git_dir: Callable[[], Path]) -> None:
        self._git_dir = git_dir

    def read(self) -> Mapping[str, str]:
        """The revision that each file was written in, by its path; empty where nothing is known.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        kept = self._kept(self._git_dir())
        try:
            return {} if kept is None else msgspec.json.decode(kept.text, type=dict[str, str])
        except (msgspec.DecodeError, RecursionError):
            return {}

    def write(self, revisions: Mapping[str, str]) -> None:
        """Keep these in place of those before.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
            OutsideFailedError: the operating system refuses.
        """
        folder = self._git_dir()
        kept = self._kept(folder)
        text = msgspec.json.encode({**revisions}).decode()
        change = FileChange(_PLACE, text, None if kept is None else kept.revision)
        RootedChanges(folder).write((change,))

    @staticmethod
    def _kept(folder: Path) -> FileText | None:
        files = RootedFiles(folder, size_limit=_LARGEST)
        if not files.is_file(_PLACE):
            return None
        try:
            return files.read(_PLACE)
        except AidevsecopsError:
            return None
