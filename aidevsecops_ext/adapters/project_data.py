"""The files that steps read and leave, found by patterns and known by their hashes."""

from __future__ import annotations

import glob
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from ..domain.run_ids import is_run_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WILDCARDS = frozenset("*?[")
_NO_RESULTS = frozenset({"__pycache__", "node_modules"})
# What is looked through twice for each step; more would take longer than starting a kernel.
_MANY = 20_000


class RootedData:
    """The port ``ProjectData`` for a folder; nothing outside it is read, also not through links."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def match(self, folder: str, patterns: Sequence[str], *, is_deep: bool) -> tuple[str, ...]:
        """The files that patterns name as seen from a folder, sorted.

        Raises:
            RefusedError: a pattern leads out of the root.
        """
        found: set[str] = set()
        for pattern in patterns:
            if os.path.isabs(pattern) or not self._is_inside(
                Path(os.path.normpath(self._root / folder / pattern))
            ):
                raise RefusedError(
                    ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
                    f"{pattern!r} leads out of the folder that may be used.",
                    hint="Name files below the folder of the step, or beside it.",
                    details={"pattern": pattern},
                )
            found.update(self._matches(folder, pattern))
            if is_deep:
                found.update(self._matches(folder, os.path.join("**", pattern)))
        return tuple(sorted(found))

    def digest(self, path: str) -> str | None:
        """The SHA-256 of a file, None where there is none that can be read."""
        target = (self._root / path).resolve()
        try:
            return sha256_of(target) if self._is_inside(target) and target.is_file() else None
        except OSError:
            return None

    def stamps(self, folder: str) -> dict[str, tuple[int, int]] | None:
        """When each file in a folder, and below it, was last written; None where there are many."""
        found: dict[str, tuple[int, int]] = {}
        for place, folders, names in os.walk(self._root / folder):
            folders[:] = [name for name in folders if not _is_passed_over(place, name)]
            for name in names:
                path = os.path.join(place, name)
                if not name.startswith("."):
                    with suppress(OSError):
                        state = os.lstat(path)
                        seen = os.path.relpath(path, self._root).replace(os.sep, "/")
                        found[seen] = (state.st_mtime_ns, state.st_size)
            if len(found) > _MANY:
                return None
        return found

    def _matches(self, folder: str, pattern: str) -> Iterator[str]:
        base = self._root / folder
        names: Sequence[str] = [pattern]
        if not _WILDCARDS.isdisjoint(pattern):
            names = glob.glob(pattern, root_dir=base, recursive=True)
        for name in names:
            for path in _files_in(base / name):
                seen = os.path.relpath(os.path.normpath(path), self._root).replace(os.sep, "/")
                # What earlier runs kept is nothing that a step reads.
                if self._is_inside(path.resolve()) and not any(map(is_run_id, seen.split("/"))):
                    yield seen

    def _is_inside(self, path: Path) -> bool:
        return path.is_relative_to(self._root)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _is_passed_over(place: str, name: str) -> bool:
    is_no_result = name.startswith(".") or name in _NO_RESULTS or is_run_id(name)
    return is_no_result or os.path.exists(os.path.join(place, name, "pyvenv.cfg"))


def _files_in(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for folder, _, names in os.walk(path):
            yield from (Path(folder, name) for name in names if Path(folder, name).is_file())
