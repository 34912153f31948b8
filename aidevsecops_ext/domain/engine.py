"""What an engine that runs pipelines elsewhere says of them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class IssueLevel(str, Enum):
    """How much an issue matters; a pipeline with an error is not handed to an engine."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class EngineIssue(Struct, frozen=True):
    """What is wrong with a pipeline; ``node`` and ``field`` are empty where it is the whole."""

    level: IssueLevel
    message: str
    kind: str = ""
    node: str = ""
    field: str = ""
    value: str = ""

    @property
    def sentence(self) -> str:
        """The issue in one line, beginning with what it is about."""
        about = ", ".join(filter(None, (self.node, self.field)))
        now = f" (now: {self.value})" if self.value else ""
        return f"{about}: {self.message}{now}" if about else f"{self.message}{now}"


class ExportFormat(str, Enum):
    """What a pipeline is exported as; the values are endings of files."""

    YAML = "yaml"
    PYTHON = "py"


class Exported(Struct, frozen=True):
    """A pipeline as its engine reads it."""

    text: str
    issues: tuple[EngineIssue, ...] = ()


class Submitted(Struct, frozen=True):
    """Where a pipeline went.

    ``run_id`` and ``run_url`` are the engine's, ``tasks`` its names of tasks with the ids of the
    nodes that they are. ``storage_url`` is where a browser finds object storage, ``storage_path``
    the bucket and the beginning of the names in it. ``git_url`` is where a DAG was pushed to.
    """

    run_id: str = ""
    run_url: str = ""
    git_url: str = ""
    storage_url: str = ""
    storage_path: str = ""
    tasks: Mapping[str, str] = msgspec.field(default_factory=dict)
    issues: tuple[EngineIssue, ...] = ()
