"""The journal of releases, kept beside what git keeps of the repository."""

from __future__ import annotations

import os
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING

from ..domain.errors import ConflictError, ErrorCode, OutsideFailedError
from ..formats.release_journal import read_journal, write_journal
from .file_lock import take_lock
from .left_behind import replace_whole
from .push_lock import is_pushing, still_pushing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ..domain.release_record import ReleaseRecord

_FOLDER = "aidevsecops"
# Who only looks whether it is locked has the lock for a moment.
_TRIES, _PAUSE_SECONDS = 5, 0.02


class GitJournal:
    """The port ``ReleaseJournal`` for a repository; ``git_dir`` says where git keeps it."""

    def __init__(self, git_dir: Callable[[], Path]) -> None:
        self._git_dir = git_dir

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else cuts, resumes or undoes a release in the block.

        Raises:
            ConflictError: somebody does, or a push of somebody who was ended is going on.
            OutsideFailedError: the operating system refuses.
        """
        held = self._take_lock_soon()
        if held is None:
            raise ConflictError(
                ErrorCode.RELEASE_RUNNING,
                "A release of this repository is being cut or undone at this moment.",
                hint="Wait until it is done.",
            )
        try:
            if is_pushing(self._git_dir()):
                raise still_pushing()
            yield
        finally:
            os.close(held)

    def is_locked(self) -> bool:
        """True while somebody cuts, resumes or undoes a release, or what they began is pushing.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        held = self._take_lock()
        if held is not None:
            os.close(held)
        return held is None or is_pushing(self._git_dir())

    def read(self) -> ReleaseRecord | None:
        """The record; None where there is none.

        Raises:
            OutsideFailedError: it cannot be read, or is of another version of this program.
        """
        path = self._folder() / "release.json"
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise _failed(path, "it cannot be read") from error
        record = read_journal(text)
        if record is None:
            raise _failed(path, "it is none, or of another version of this program")
        return record

    def write(self, record: ReleaseRecord) -> None:
        """Keep a record in place of the one before, all of it or nothing.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        path = self._folder() / "release.json"
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            # Readable by its owner alone, as it has texts of files.
            replace_whole(path, write_journal(record).encode())
        except OSError as error:
            raise _failed(path, error.strerror or str(error)) from error

    def _take_lock_soon(self) -> int | None:
        for _ in range(_TRIES):
            held = self._take_lock()
            if held is not None:
                return held
            sleep(_PAUSE_SECONDS)
        return None

    def _take_lock(self) -> int | None:
        path = self._folder() / "release.lock"
        try:
            return take_lock(path)
        except OSError as error:
            raise _failed(path, error.strerror or str(error)) from error

    def _folder(self) -> Path:
        return self._git_dir() / _FOLDER


def _failed(path: Path, reason: str) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.RELEASE_JOURNAL_FAILED,
        f"The journal of releases ({path.parent.parent.name}/{_FOLDER}/{path.name}) cannot be "
        f"used: {reason}.",
        hint="Look at its permissions; where nothing of a release is open, it can be deleted.",
    )
