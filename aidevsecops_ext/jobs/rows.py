"""A job as a row of the store, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from ..domain.jobs import Job, JobError, JobId, JobProgress, JobState

if TYPE_CHECKING:
    import sqlite3


def storable(value: str | float | None) -> str | float | None:
    """The value; of a text what can be stored."""
    return storable_text(value) if isinstance(value, str) else value


def storable_text(text: str) -> str:
    """The text without what cannot be encoded: half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")


def job_to_row(job: Job) -> dict[str, str | float | None]:
    """The columns of a job.

    Raises:
        TypeError, ValueError: the result is not JSON.
    """
    return {
        "id": job.id,
        "kind": job.kind,
        "key": job.key,
        "project": job.project,
        "title": job.title,
        "state": job.state.value,
        "is_final": job.state.is_final,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "ended_at": job.ended_at,
        "progress": None if job.progress is None else json.dumps(asdict(job.progress)),
        "result": None if job.result is None else json.dumps(job.result),
        "error": None if job.error is None else json.dumps(asdict(job.error)),
        "is_preview": job.is_preview,
    }


def job_from_row(row: sqlite3.Row) -> Job:
    """The job of a row."""
    progress, result, error = (_load(row[name]) for name in ("progress", "result", "error"))
    return Job(
        id=JobId(row["id"]),
        kind=row["kind"],
        key=row["key"],
        project=row["project"],
        title=row["title"],
        state=JobState(row["state"]),
        created_at=row["created_at"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        progress=None if progress is None else JobProgress(**progress),
        result=result,
        error=None if error is None else JobError(**error),
        is_preview=bool(row["is_preview"]),
    )


def _load(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))
