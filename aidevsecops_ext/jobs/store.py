"""Job records and their log lines, shared by every server of one home folder."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from ..domain.errors import ErrorCode
from ..domain.jobs import Job, JobError, JobId, JobState
from .age_clock import AgeClock
from .database import RETRY_SECONDS, Database
from .owner import Owner, is_alive, remove_stale
from .rows import job_from_row, job_to_row, storable

if TYPE_CHECKING:
    import logging
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

_SAVE = """
    INSERT INTO jobs (id, scope, owner, kind, key, project, title, state, is_final,
        idempotency_key, created_at, started_at, ended_at, progress, result, error,
        is_preview)
    VALUES (:id, :scope, :owner, :kind, :key, :project, :title, :state, :is_final,
        :idempotency_key, :created_at, :started_at, :ended_at, :progress, :result, :error,
        :is_preview)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, is_final = excluded.is_final,
        started_at = excluded.started_at, ended_at = excluded.ended_at,
        progress = excluded.progress, result = excluded.result, error = excluded.error
"""
_FIND = "SELECT * FROM jobs WHERE scope = ? AND id = ?"
_FIND_REPEATED = """
    SELECT * FROM jobs WHERE scope = ? AND kind = ? AND key = ? AND idempotency_key = ?
    ORDER BY rowid DESC LIMIT 1
"""
_FIND_ALL = """
    SELECT id, owner, kind, key, project, title, state, is_final, created_at, started_at,
        ended_at, progress, NULL AS result, error, is_preview
    FROM jobs WHERE scope = ? AND (? IS NULL OR key = ?) AND (? IS NULL OR kind = ?)
    ORDER BY rowid DESC
"""
_DELETE_OVER_COUNT = """
    DELETE FROM jobs WHERE rowid IN (
        SELECT rowid FROM jobs WHERE scope = ? AND is_final
        ORDER BY rowid DESC LIMIT -1 OFFSET ?)
"""
_DELETE_OLDEST = """
    DELETE FROM jobs WHERE rowid = (
        SELECT rowid FROM jobs WHERE is_final AND id != ? ORDER BY rowid LIMIT 1)
"""
# The order of rows is that in which jobs came, also when the clock was set back meanwhile.

PREVIEW_SECONDS = 600.0
"""How long a preview is kept when it has ended: whoever asked for it has read it by then."""

LOST = JobError(
    code=ErrorCode.JOB_LOST.value,
    message="The server stopped before this job ended.",
    hint="Start it again.",
)


class Retention(Struct, frozen=True):
    """What is kept: ended jobs by count and age, lines of one job's log, bytes of it all."""

    jobs: int
    hours: float
    log_lines: int
    total_bytes: int = 64_000_000


class LogPart(Struct, frozen=True):
    """Some lines of a log, the number of the line after them, and whether they are the last."""

    lines: tuple[str, ...]
    next_offset: int
    is_last: bool


class JobStore:
    """The jobs of one scope (a server's root); those of other roots are kept, but not shown.

    Nothing is touched before the first use. Safe to use from any thread.
    """

    def __init__(
        self,
        path: Path,
        scope: str,
        retention: Retention,
        log: logging.Logger,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._scope = scope
        self._age_clock = AgeClock()
        self._retention = retention
        self._owners = path.with_name(f"{path.stem}-owners")
        self._owner: Owner | None = None
        self._owner_lock = threading.Lock()
        self._database = Database(path, log, self._recover, self._bring_back, retry_seconds)

    def save(self, job: Job, idempotency_key: str | None = None) -> None:
        """Record a job as it is now.

        Raises:
            TypeError, ValueError: the result is not JSON.
        """
        values = {
            **job_to_row(job),
            "scope": self._scope,
            "owner": self._own().id,
            "idempotency_key": idempotency_key,
        }

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_SAVE, {name: storable(value) for name, value in values.items()})
            if job.state.is_final:
                self._prune(connection, job.id)

        self._database.write(write)

    def find(self, job_id: JobId) -> Job | None:
        """The job of that id, or None."""
        return next(iter(self._select(_FIND, job_id)), None)

    def find_repeated(self, kind: str, key: str, idempotency_key: str) -> Job | None:
        """The job that was submitted with that idempotency key, or None."""
        return next(iter(self._select(_FIND_REPEATED, kind, key, idempotency_key)), None)

    def find_all(self, key: str | None = None, kind: str | None = None) -> list[Job]:
        """The jobs on record without their results, newest first."""
        return self._select(_FIND_ALL, key, key, kind, kind)

    def forget_ended(self) -> None:
        """Forget the jobs that have ended."""
        sql = "DELETE FROM jobs WHERE scope = ? AND is_final"
        self._database.write(lambda connection: connection.execute(sql, (self._scope,)))

    def append_log(self, job_id: JobId, lines: Sequence[str], kept: int | None = None) -> None:
        """Add lines to a job's log; the oldest go when there are too many, or over ``kept``."""
        most = self._retention.log_lines if kept is None else min(kept, self._retention.log_lines)

        def write(connection: sqlite3.Connection) -> None:
            start = _line_count(connection, job_id)
            connection.executemany(
                "INSERT INTO log_lines VALUES (?, ?, ?)",
                [(job_id, number, _storable(line)) for number, line in enumerate(lines, start)],
            )
            connection.execute(
                "DELETE FROM log_lines WHERE job_id = ? AND number < ?",
                (job_id, start + len(lines) - most),
            )

        self._database.write(write)

    def read_log(self, job_id: JobId, offset: int, limit: int) -> LogPart:
        """At most ``limit`` lines from line number ``offset`` on.

        One line in place of those that are no longer kept says how many they were.
        """

        def read(connection: sqlite3.Connection) -> LogPart:
            count = _line_count(connection, job_id)
            rows = connection.execute(
                "SELECT number, line FROM log_lines WHERE job_id = ? AND number >= ?"
                " ORDER BY number LIMIT ?",
                (job_id, offset, limit),
            ).fetchall()
            dropped = rows[0]["number"] - offset if rows else 0
            note = (f"[{dropped} earlier lines are no longer kept]",) if dropped else ()
            next_offset = rows[-1]["number"] + 1 if rows else max(offset, count)
            lines = (*note, *(row["line"] for row in rows))
            return LogPart(lines, next_offset, is_last=next_offset >= count)

        return self._database.read(read)

    def close(self) -> None:
        """Let go of the file; jobs of this process that have not ended count as lost."""
        self._database.close()
        with self._owner_lock:
            if self._owner is not None:
                self._owner.release()
                self._owner = None

    def _own(self) -> Owner:
        with self._owner_lock:
            if self._owner is None:
                self._owner = Owner(self._owners)
            return self._owner

    def _select(self, sql: str, *values: str | None) -> list[Job]:
        def read(connection: sqlite3.Connection) -> list[sqlite3.Row]:
            return connection.execute(sql, (self._scope, *map(storable, values))).fetchall()

        rows = self._database.read(read)
        # A second server may have died since the file was opened.
        if any(self._is_lost(row) for row in rows):
            self._database.write(self._mark_lost)
            rows = self._database.read(read)
        return [job_from_row(row) for row in rows]

    def _is_lost(self, row: sqlite3.Row) -> bool:
        if row["is_final"]:
            return False
        return row["owner"] != self._own().id and not is_alive(self._owners, row["owner"])

    def _recover(self, connection: sqlite3.Connection) -> None:
        remove_stale(self._owners)
        self._mark_lost(connection)

    def _mark_lost(self, connection: sqlite3.Connection) -> None:
        """Fail the unfinished jobs, of every scope, whose server process is gone."""
        unfinished = "SELECT id, owner, is_final FROM jobs WHERE NOT is_final"
        for row in connection.execute(unfinished).fetchall():
            if self._is_lost(row):
                connection.execute(
                    "UPDATE jobs SET state = ?, is_final = 1, error = ?,"
                    " ended_at = MAX(?, COALESCE(started_at, created_at)) WHERE id = ?",
                    (JobState.FAILED.value, json.dumps(asdict(LOST)), time.time(), row["id"]),
                )

    def _bring_back(self, memory: sqlite3.Connection, file: sqlite3.Connection) -> None:
        """Have the file hold what this process recorded while it could not be written."""
        owner = self._own()
        # Before others can see the jobs: without its lock they would take them for lost.
        owner.hold()
        self._recover(file)
        own = "SELECT * FROM jobs WHERE owner = ? ORDER BY rowid"
        for row in memory.execute(own, (owner.id,)).fetchall():
            file.execute(_SAVE, {name: row[name] for name in row.keys()})  # noqa: SIM118
            logged = memory.execute(
                "SELECT job_id, number, line FROM log_lines WHERE job_id = ?", (row["id"],)
            )
            file.executemany(
                "INSERT OR REPLACE INTO log_lines VALUES (?, ?, ?)", map(tuple, logged)
            )

    def _prune(self, connection: sqlite3.Connection, ended: JobId) -> None:
        """Forget ended jobs over the limits, oldest first, but not the one that has just ended."""
        now = self._age_clock.now()
        for limit, which in ((self._retention.hours * 3600, 0), (PREVIEW_SECONDS, 1)):
            connection.execute(
                "DELETE FROM jobs WHERE is_final AND is_preview >= ? AND ended_at < ?",
                (which, now - limit),
            )
        connection.execute(_DELETE_OVER_COUNT, (self._scope, self._retention.jobs))
        while _used_bytes(connection) > self._retention.total_bytes:
            if not connection.execute(_DELETE_OLDEST, (ended,)).rowcount:
                break


def _storable(line: str) -> str:
    """The line, with half of a character, as JSON can have it, as its escape."""
    return line if line.isascii() else line.encode("utf-8", "backslashreplace").decode()


def _line_count(connection: sqlite3.Connection, job_id: JobId) -> int:
    """How many lines a log has had, dropped ones included."""
    sql = "SELECT COALESCE(MAX(number) + 1, 0) FROM log_lines WHERE job_id = ?"
    return int(connection.execute(sql, (job_id,)).fetchone()[0])


def _used_bytes(connection: sqlite3.Connection) -> int:
    names = ("page_count", "freelist_count", "page_size")
    pages, free, size = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names)
    return (pages - free) * size
