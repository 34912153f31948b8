"""Jobs as the JSON of ``openapi.yaml``; what both faces answer is in ``formats/answers.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.jobs import Job
    from ..domain.json_value import Json
    from ..jobs.store import LogPart


def job_json(job: Job, url: str) -> dict[str, Json]:
    """One job."""
    progress, error = job.progress, job.error
    return {
        "job_id": job.id,
        "url": url,
        "kind": job.kind,
        "key": job.key,
        "title": job.title,
        "state": job.state.value,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "ended_at": job.ended_at,
        "progress": None
        if progress is None
        else {"message": progress.message, "fraction": progress.fraction},
        "result": job.result,
        "error": None
        if error is None
        else {
            "code": error.code,
            "message": error.message,
            "hint": error.hint,
            "details": error.details or {},
        },
        "preview": job.is_preview,
    }


def log_json(part: LogPart, *, is_complete: bool) -> dict[str, Json]:
    """Some lines of a job's log."""
    return {
        "lines": [*part.lines],
        "next_offset": part.next_offset,
        "complete": is_complete,
    }
