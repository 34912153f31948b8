"""Open an overlay: read what it asks for, with all files that it brings in, and its lock."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import UserError
from ..domain.overlay import Overlay, OverlayStyle
from ..domain.requirements import Requirement, RequirementSet, UnsupportedRequirement
from ..formats import pipfile
from ..formats.index_names import named_indexes
from ..formats.overlay_lock import read_overlay_lock
from ..formats.requirements_in import read_asked
from ..formats.toml_text import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json
    from ..domain.lock import Lock
    from .ports import Files, FileText

CONSTRAINTS = "constraints.txt"
"""Narrows what an overlay asks for, where it lies beside it."""


class OpenedOverlay(Struct, frozen=True):
    """An overlay and what its files say; ``texts`` are those that it asks with, by path.

    ``lock_file`` is None without a lock; ``lock`` then too, and where it could not be read: a
    reason for that is in ``lock_error``.
    """

    overlay: Overlay
    asked: RequirementSet
    texts: Mapping[str, FileText]
    constraints: tuple[Requirement, ...] = ()
    pipfile: Mapping[str, Json] = field(default_factory=dict)
    lock_file: FileText | None = None
    lockfile: Mapping[str, Json] = field(default_factory=dict)
    lock: Lock | None = None
    lock_error: UserError | None = None

    @property
    def asked_text(self) -> str:
        """The text of the file that says what is asked for."""
        return self.texts[self.overlay.asked_path].text


def open_overlay(overlay: Overlay, files: Files) -> OpenedOverlay:
    """The overlay as its files are now.

    Raises:
        NotFoundError: a file that it names is not there.
        UserError: a file is not valid.
        AidevsecopsError: a file cannot be read.
    """
    reader = _Reader(files)
    asked, table = reader.asked(overlay)
    beside = normpath(join(overlay.folder, CONSTRAINTS))
    if files.is_file(beside):
        reader.read_constraints(beside)
    asked = RequirementSet(
        asked.requirements,
        asked.indexes,
        asked.python_version,
        asked.allow_prereleases,
        (*asked.unsupported, *reader.unsupported.values()),
    )
    lock_file = files.read(overlay.lock_path) if files.is_file(overlay.lock_path) else None
    lockfile: dict[str, Json] = {}
    lock, error = None, None
    try:
        if lock_file is not None and overlay.style is OverlayStyle.PIPENV:
            lockfile = read_json(lock_file.text, overlay.lock_path)
            lock = pipfile.lock_of(lockfile)
        elif lock_file is not None:
            lock = read_overlay_lock(lock_file.text)
    except UserError as raised:
        error = raised
    constraints = tuple(reader.constraints)
    return OpenedOverlay(
        overlay, asked, reader.texts, constraints, table, lock_file, lockfile, lock, error
    )


class _Reader:
    def __init__(self, files: Files) -> None:
        self._files = files
        self.texts: dict[str, FileText] = {}
        self.constraints: list[Requirement] = []
        self.unsupported: dict[str, UnsupportedRequirement] = {}
        self._requirements: list[Requirement] = []
        self._urls: list[str] = []
        self._allow_prereleases = False

    def asked(self, overlay: Overlay) -> tuple[RequirementSet, dict[str, Json]]:
        if overlay.style is OverlayStyle.PIPENV:
            table = pipfile.read_pipfile(self._read(overlay.asked_path), overlay.asked_path)
            return pipfile.requirements_of(table), table
        self._read_requirements(overlay.asked_path)
        # Of several default indexes pip takes the last one.
        indexes = named_indexes(self._urls[-1:])
        asked = RequirementSet(
            tuple(dict.fromkeys(self._requirements)),
            indexes,
            allow_prereleases=self._allow_prereleases,
        )
        return asked, {}

    def read_constraints(self, path: str) -> None:
        if path in self.texts:
            return
        found = read_asked(self._read(path))
        self.constraints += found.requirements
        self._refuse(found.refused)
        for name in (*found.included, *found.constraints):
            self.read_constraints(normpath(join(dirname(path), name)))

    def _read_requirements(self, path: str) -> None:
        # Also one that names itself is read once.
        if path in self.texts:
            return
        found = read_asked(self._read(path))
        self._requirements += found.requirements
        self._urls += found.index_urls
        self._allow_prereleases = self._allow_prereleases or found.allow_prereleases
        self._refuse(found.refused)
        for name in found.included:
            self._read_requirements(normpath(join(dirname(path), name)))
        for name in found.constraints:
            self.read_constraints(normpath(join(dirname(path), name)))

    def _read(self, path: str) -> str:
        self.texts[path] = self._files.read(path)
        return self.texts[path].text

    def _refuse(self, refused: Mapping[str, str]) -> None:
        for line, reason in refused.items():
            self.unsupported[line] = UnsupportedRequirement(line, reason)
