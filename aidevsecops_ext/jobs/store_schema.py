"""The tables of the job store, and how a file of any earlier version becomes the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE jobs (
            id TEXT PRIMARY KEY,
            scope TEXT NOT NULL,
            owner TEXT NOT NULL,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            project TEXT NOT NULL,
            title TEXT NOT NULL,
            state TEXT NOT NULL,
            is_final INTEGER NOT NULL,
            idempotency_key TEXT,
            created_at REAL NOT NULL,
            started_at REAL,
            ended_at REAL,
            progress TEXT,
            result TEXT,
            error TEXT
        )""",
        "CREATE INDEX jobs_by_time ON jobs (scope, created_at)",
        """CREATE INDEX jobs_by_idempotency_key ON jobs (scope, kind, key, idempotency_key)
            WHERE idempotency_key IS NOT NULL""",
        """CREATE TABLE log_lines (
            job_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            line TEXT NOT NULL,
            PRIMARY KEY (job_id, number)
        )""",
        """CREATE TRIGGER forget_log AFTER DELETE ON jobs
            BEGIN DELETE FROM log_lines WHERE job_id = OLD.id; END""",
    ),
    ("ALTER TABLE jobs ADD COLUMN is_preview INTEGER NOT NULL DEFAULT 0",),
)
"""Each step turns one version into the next; a step that has been released never changes."""

SCHEMA_VERSION = len(_STEPS)


class NewerSchemaError(Exception):
    """The file was written by a later version of this program."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to :data:`SCHEMA_VERSION`, all steps or none.

    Raises:
        NewerSchemaError: a later version wrote the file; it is left as it is.
        sqlite3.Error: the file is broken or cannot be written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        _apply_steps(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _apply_steps(connection: sqlite3.Connection) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise NewerSchemaError
    for step in _STEPS[version:]:
        for statement in step:
            connection.execute(statement)
    # PRAGMA takes no parameters; the number is our own.
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
