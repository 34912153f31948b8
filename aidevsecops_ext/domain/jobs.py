"""A job: a piece of work that takes time, its states and the allowed steps between them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NewType

from msgspec import Struct

if TYPE_CHECKING:
    from .json_value import Json

JobId = NewType("JobId", str)


class JobState(str, Enum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """True when the job will not change any more."""
        return not _NEXT[self]

    def can_become(self, state: JobState) -> bool:
        """True when a job may go from this state straight to ``state``."""
        return state in _NEXT[self]


_NEXT: dict[JobState, frozenset[JobState]] = {
    # A queued job fails when the server that queued it is gone.
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED, JobState.FAILED}),
    JobState.RUNNING: frozenset({JobState.CANCELLING, JobState.SUCCEEDED, JobState.FAILED}),
    # Work that ends in the moment of the cancel has still ended.
    JobState.CANCELLING: frozenset({JobState.CANCELLED, JobState.SUCCEEDED, JobState.FAILED}),
    JobState.SUCCEEDED: frozenset(),
    JobState.FAILED: frozenset(),
    JobState.CANCELLED: frozenset(),
}


class JobProgress(Struct, frozen=True):
    """How far a job is: what it does now, and a fraction from 0 to 1 where it is known."""

    message: str
    fraction: float | None = None


class JobError(Struct, frozen=True):
    """Why a job failed, in the words of :class:`~.errors.AidevsecopsError`."""

    code: str
    message: str
    hint: str = ""
    details: dict[str, Json] | None = None


class Job(Struct, frozen=True):
    """One job as recorded; times are seconds since the epoch (UTC).

    ``kind`` is the name of the work (``lock``), ``key`` what at most one job may work on at a
    time (a notebook's path), ``project`` what at most one job may write to at a time. A preview
    only answers whoever asked; ended, it is nothing to show to people.
    """

    id: JobId
    kind: str
    key: str
    project: str
    title: str
    state: JobState
    created_at: float
    started_at: float | None = None
    ended_at: float | None = None
    progress: JobProgress | None = None
    result: dict[str, Json] | None = None
    error: JobError | None = None
    is_preview: bool = False
