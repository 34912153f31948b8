"""Which installed distribution provides a module, read from the folders of an environment."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.import_names import NAMESPACES, known_distribution
from ..domain.late_patterns import late_pattern
from ..domain.names import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_METADATA = late_pattern(r"(?P<name>.+?)(?:-\d[^-]*)?(?:-py[\d.]+)?\.(?:dist|egg)-info")


class _Distribution(Struct, frozen=True):
    """An installed distribution: its normalised name and the folder of its metadata."""

    name: str
    folder: str

    def text(self, file: str) -> bytes:
        """One file of the metadata; empty when it is missing."""
        try:
            with open(os.path.join(self.folder, file), "rb") as opened:
                return opened.read()
        except OSError:
            return b""

    def files(self) -> bytes:
        """The lines of all installed files, each behind a line feed and before a comma."""
        record = self.text("RECORD")
        if record:
            return b"\n" + record.replace(b"\r\n", b"\n").replace(b"\\", b"/")
        top_levels = self.text("top_level.txt").split()
        return b"".join(b"\n%s/__init__.py,\n%s.py," % (name, name) for name in top_levels)


class SitePackages:
    """The distributions below some folders, asked only for the modules that somebody wants."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self._folders = folders
        self._changed = _changed(folders)
        self._names: set[str] = set()
        self._distributions: list[_Distribution] = []
        for folder in folders:
            self._read_folder(folder)
        self._answers: dict[str, str | None] = {}
        self._regular: dict[str, str] = {}
        self._editables: tuple[_Distribution, ...] | None = None

    def is_fresh(self) -> bool:
        """True while nothing was installed or removed."""
        return _changed(self._folders) == self._changed

    def distributions(self, modules: frozenset[str]) -> dict[str, str]:
        """The normalised distribution of each module that is installed."""
        unknown = [module for module in sorted(modules) if module not in self._answers]
        unknown = [module for module in unknown if not self._answer_cheaply(module)]
        if unknown:
            self._answers.update(self._search(unknown))
        found = ((module, self._answers[module]) for module in modules)
        return {module: name for module, name in found if name is not None}

    def _read_folder(self, folder: str) -> None:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            return
        for name in names:
            # Most names end with something else, and to look at the end is faster than to match.
            metadata = _METADATA.fullmatch(name) if name.endswith("-info") else None
            if metadata:
                path = os.path.join(folder, name)
                key = canonicalize_name(metadata["name"])
                self._distributions.append(_Distribution(key, path))
            else:
                self._names.add(name.partition(".")[0])

    def _answer_cheaply(self, module: str) -> bool:
        """Answer from what is in memory, or from the distribution that is the likely one."""
        top_level = module.partition(".")[0]
        if top_level not in self._names:
            self._answers[module] = self._editable(top_level)
            return True
        if top_level not in self._regular:
            likely = {canonicalize_name(top_level), known_distribution(module)}
            for distribution in self._distributions:
                if distribution.name in likely and _is_package(distribution.files(), top_level):
                    self._regular.setdefault(top_level, distribution.name)
        if top_level in self._regular and top_level not in NAMESPACES:
            self._answers[module] = self._regular[top_level]
            return True
        return False

    def _search(self, modules: list[str]) -> dict[str, str | None]:
        """The distribution whose files have the longest part of each module, if it is only one."""
        owners: dict[str, set[str]] = {}
        prefixes = {prefix for module in modules for prefix in _prefixes(module)}
        for distribution in self._distributions:
            files = distribution.files()
            for prefix in prefixes:
                is_top_level = "." not in prefix
                if _is_package(files, prefix) or (is_top_level and _has_folder(files, prefix)):
                    owners.setdefault(prefix, set()).add(distribution.name)
        answers: dict[str, str | None] = {}
        for module in modules:
            first = next((p for p in _prefixes(module) if p in owners), None)
            names = owners[first] if first is not None else set()
            answers[module] = next(iter(names)) if len(names) == 1 else None
        return answers

    def _editable(self, top_level: str) -> str | None:
        """The distribution that is installed from a folder which has the module."""
        if self._editables is None:
            self._editables = tuple(each for each in self._distributions if _is_editable(each))
        for distribution in self._editables:
            if top_level.encode() in distribution.text("top_level.txt").split() or any(
                _has_module(path, top_level) for path in _linked_folders(distribution)
            ):
                return distribution.name
        return None


def _prefixes(module: str) -> Iterator[str]:
    """``a.b.c``, ``a.b``, ``a``, without the namespaces that many distributions share."""
    while module:
        if module not in NAMESPACES:
            yield module
        module = module.rpartition(".")[0]


def _is_package(files: bytes, module: str) -> bool:
    """True when the module is a file, or a folder with an ``__init__``."""
    path = b"\n" + module.replace(".", "/").encode()
    if path not in files:
        return False
    if path + b"/__init__.py," in files or path + b".py," in files:
        return True
    return re.search(re.escape(path) + rb"(?:/__init__)?\.[\w.-]*(?:so|pyd),", files) is not None


def _has_folder(files: bytes, module: str) -> bool:
    return b"\n" + module.encode() + b"/" in files


def _is_editable(distribution: _Distribution) -> bool:
    try:
        origin = json.loads(distribution.text("direct_url.json") or b"{}")
    except ValueError:
        return False
    folder = origin.get("dir_info") if isinstance(origin, dict) else None
    return isinstance(folder, dict) and folder.get("editable") is True


def _linked_folders(distribution: _Distribution) -> Iterator[str]:
    """The folders that the distribution's ``.pth`` files put on the path."""
    for link in re.findall(rb"\n([^/\n,]+\.pth),", distribution.files()):
        lines = distribution.text(os.path.join("..", os.fsdecode(link))).decode(errors="replace")
        yield from (line for line in lines.splitlines() if not line.startswith("import "))


def _has_module(folder: str, top_level: str) -> bool:
    path = os.path.join(folder, top_level)
    return os.path.isfile(f"{path}.py") or os.path.isdir(path)


def _changed(folders: tuple[str, ...]) -> tuple[int, ...]:
    """When each folder last changed; installing and removing does that."""
    return tuple(os.stat(path).st_mtime_ns if os.path.isdir(path) else 0 for path in folders)
