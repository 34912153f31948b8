"""What is found when a pipeline is validated."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from .engine import IssueLevel


class FindingCode(str, Enum):
    """What a finding is about; never renamed, explained in ``docs/reference/pipelines.md``."""

    CYCLE = "links.cycle"
    UNKNOWN_LINK = "links.unknown-node"
    NO_FILE = "file.none"
    MISSING_FILE = "file.missing"
    OUTSIDE_FILE = "file.outside"
    UNREADABLE_FILE = "file.unreadable"
    COMPONENT = "node.component"
    NO_IMAGE = "image.none"
    INVALID_IMAGE = "image.invalid"
    STALE_IMAGE = "image.stale"
    UNKNOWN_IMAGE = "image.unknown"
    NO_OVERLAY = "overlay.none"
    STALE_OVERLAY = "overlay.stale"
    RELOCKED_OVERLAY = "overlay.relocked"
    STALE_LOCK = "lock.stale"
    NO_KERNEL = "kernel.none"
    NO_PACKAGE = "kernel.no-package"
    UNKNOWN_IMPORT = "import.unknown"
    MISSING_DEPENDENCY = "dependency.missing"
    OUTSIDE_DEPENDENCY = "dependency.outside"
    MISSING_INPUT = "input.missing"
    LATE_INPUT = "input.not-upstream"
    UNNAMED_INPUT = "input.not-a-dependency"
    UNNAMED_OUTPUT = "output.not-named"
    LITERAL_SECRET = "variable.secret"  # noqa: S105 - the name of what is found
    NO_VALUE = "variable.no-value"
    UNKNOWN_PARAMETER = "parameter.unknown"


class Correction(Struct, frozen=True):
    """The one value that a property of a node should have: its id, and Elyra's key."""

    node: str
    field: str
    value: str


class PipelineFinding(Struct, frozen=True):
    """One thing; ``node`` is its name, empty for the whole pipeline, ``field`` Elyra's key.

    ``code`` is one of ``FindingCode``, or begins with ``elyra.``. ``correction`` is what mends it,
    where nothing else does.
    """

    level: IssueLevel
    code: str
    message: str
    hint: str = ""
    node: str = ""
    field: str = ""
    correction: Correction | None = None


def error(
    code: FindingCode, message: str, hint: str, node: str, field: str = ""
) -> PipelineFinding:
    """A finding that keeps the pipeline from doing what it says."""
    return PipelineFinding(IssueLevel.ERROR, code.value, message, hint, node, field)


def warning(
    code: FindingCode, message: str, hint: str, node: str, field: str = ""
) -> PipelineFinding:
    """A finding that may keep it from doing so, or only on a cluster."""
    return PipelineFinding(IssueLevel.WARNING, code.value, message, hint, node, field)


def note(code: FindingCode, message: str, hint: str, node: str, field: str = "") -> PipelineFinding:
    """A finding that a person should know of."""
    return PipelineFinding(IssueLevel.NOTE, code.value, message, hint, node, field)
