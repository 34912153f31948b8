"""Configuration files of a repository that people write: which there are, and what is wrong."""

from __future__ import annotations

from enum import Enum
from posixpath import basename
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .json_value import Json


class ConfigurationKind(str, Enum):
    """A file that is checked; the values are the names of its schema."""

    THOTH = "thoth"
    AICOE_CI = "aicoe-ci"

    @property
    def file(self) -> str:
        """The file's name."""
        return f".{self.value}.yaml"


class ProblemLevel(str, Enum):
    """How bad it is: what is wrong keeps something from working."""

    ERROR = "error"
    NOTE = "note"


class ConfigurationProblem(Struct, frozen=True):
    """What is off at a place of a file; lines count from 1."""

    line: int
    place: str
    message: str
    level: ProblemLevel = ProblemLevel.ERROR


class ConfigurationReport(Struct, frozen=True):
    """What is off in a file, from its first line to its last."""

    path: str
    kind: ConfigurationKind
    problems: tuple[ConfigurationProblem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """True when nothing is wrong; there may be notes."""
        return not any(problem.level is ProblemLevel.ERROR for problem in self.problems)


class ConfigurationFile(Struct, frozen=True):
    """A file as it is; ``values`` is None where it is no table that could be changed."""

    text: str
    revision: str
    values: dict[str, Json] | None
    report: ConfigurationReport


class ConfigurationDraft(Struct, frozen=True):
    """A file as it was and as it would be, and what is off in it then."""

    before: str
    after: str
    report: ConfigurationReport


def kind_of(path: str) -> ConfigurationKind | None:
    """The kind of a file, by its name; None for any other file."""
    name = basename(path)
    names = {
        name: kind for kind in ConfigurationKind for name in (kind.file, f"{kind.file[:-4]}yml")
    }
    return names.get(name)
