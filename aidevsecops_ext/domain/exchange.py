"""Environments in the files of other tools: what is written, what is read, and what is lost."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .lock import Lock
    from .notebook import NotebookEdit
    from .requirements import Requirement, RequirementSet


class FileFormat(str, Enum):
    """The formats that a notebook's environment can be written in."""

    PIPFILE = "pipfile"
    PYLOCK = "pylock"
    REQUIREMENTS = "requirements"
    PYPROJECT = "pyproject"
    SBOM = "sbom"
    PEP723 = "pep723"
    JUV = "juv"
    THOTH_YAML = "thoth-yaml"


class NamedText(Struct, frozen=True):
    """A text and the name of the file that it belongs in."""

    name: str
    text: str


class ExportedFiles(Struct, frozen=True):
    """The files of an export; ``lost`` are sentences on what their format does not keep."""

    files: tuple[NamedText, ...]
    lost: tuple[str, ...] = ()


class FileReading(Struct, frozen=True):
    """What a file says: what is asked for, what is locked, or both.

    ``lost`` are sentences on what it says and a notebook does not keep. ``direct`` are the keys of
    the locked packages that are asked for, where the file says no more of that than their names.
    """

    asked: RequirementSet | None = None
    lock: Lock | None = None
    lost: tuple[str, ...] = ()
    direct: frozenset[str] = frozenset()


class PackageFile(Struct, frozen=True):
    """A file of a locked package on an index; ``hash`` is as in ``sha256:...``."""

    url: str
    hash: str
    size: int | None = None
    is_wheel: bool = True

    @property
    def name(self) -> str:
        """The file's name."""
        return self.url.partition("#")[0].rpartition("/")[2]


class Import(Struct, frozen=True):
    """The edit that takes a file over, and what of the file it does not keep."""

    edit: NotebookEdit
    requirement_count: int
    package_count: int
    lost: tuple[str, ...] = ()


class ConvertedInstall(Struct, frozen=True):
    """An install line that was commented out, and the index of the cell that it is in."""

    cell: int
    line: int
    text: str


class Conversion(Struct, frozen=True):
    """The edit, the requirements that it records and the lines that it comments out.

    ``lost`` are sentences on what is left as it was, or not kept.
    """

    edit: NotebookEdit
    recorded: tuple[Requirement, ...] = ()
    lines: tuple[ConvertedInstall, ...] = ()
    lost: tuple[str, ...] = ()
