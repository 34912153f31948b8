"""A SQLite file that is opened on first use and goes on in memory when the file fails."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .store_schema import NewerSchemaError, migrate

if TYPE_CHECKING:
    import logging
    from pathlib import Path

_T = TypeVar("_T")
Action = Callable[[sqlite3.Connection], _T]
OnReturn = Callable[[sqlite3.Connection, sqlite3.Connection], None]

_BUSY_SECONDS = 5.0
RETRY_SECONDS = 15.0


class Database:
    """The file at ``path``; nothing is touched before the first use. Safe from any thread.

    A read-only home, a full disk or a broken file never fails the caller: what is known is
    carried over into memory, and the log says so once. Now and then the file is tried again;
    ``on_return`` then brings what happened meanwhile into it. A file that is broken when it is
    opened is set aside, so that nothing is deleted.
    """

    def __init__(
        self,
        path: Path,
        log: logging.Logger,
        on_open: Action[None],
        on_return: OnReturn,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._path = path
        self._log = log
        self._on_open = on_open
        self._on_return = on_return
        self._retry_seconds = retry_seconds
        # When to try the file again; None where jobs are in it, or shall stay out of it.
        self._retry_at: float | None = None
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def read(self, action: Action[_T]) -> _T:
        """What ``action`` answers; it must not write."""
        return self._use(action, "BEGIN")

    def write(self, action: Action[_T]) -> _T:
        """What ``action`` answers; all that it writes is kept, or nothing when it raises."""
        return self._use(action, "BEGIN IMMEDIATE")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._retry_at is not None:
                self._return_to_file()
            self._retry_at = None
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _use(self, action: Action[_T], begin: str) -> _T:
        with self._lock:
            if self._connection is None:
                self._connection = self._open()
            if self._retry_at is not None and time.monotonic() >= self._retry_at:
                self._return_to_file()
            try:
                return _in_transaction(self._connection, action, begin)
            except sqlite3.DatabaseError as error:
                if not _is_failing_file(error):
                    raise
                self._connection = self._carry_into_memory(self._connection, error)
                return _in_transaction(self._connection, action, begin)

    def _open(self) -> sqlite3.Connection:
        try:
            connection = self._open_file()
            _in_transaction(connection, self._on_open, "BEGIN IMMEDIATE")
        except NewerSchemaError:
            self._log.warning("%s is of a later version: jobs are kept in memory.", self._path)
            return _connect_memory()
        except (sqlite3.Error, OSError) as error:
            return self._carry_into_memory(None, error)
        return connection

    def _open_file(self) -> sqlite3.Connection:
        try:
            return _connect_file(self._path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            aside = _set_aside(self._path)
            self._log.warning("The job store was broken and has been set aside as %s.", aside)
            return _connect_file(self._path)

    def _return_to_file(self) -> None:
        memory = self._connection
        if memory is None:
            return
        try:
            file = _connect_file(self._path)
            try:
                _in_transaction(file, lambda to: self._on_return(memory, to), "BEGIN IMMEDIATE")
            except BaseException:
                file.close()
                raise
        except (sqlite3.Error, NewerSchemaError, OSError) as error:
            self._log.debug("%s still fails: %s", self._path, error)
            self._retry_at = time.monotonic() + self._retry_seconds
            return
        self._retry_at = None
        self._connection = file
        memory.close()
        self._log.warning("Jobs are kept in %s again.", self._path)

    def _carry_into_memory(
        self, failing: sqlite3.Connection | None, error: Exception
    ) -> sqlite3.Connection:
        self._log.warning("Jobs are kept in memory, because %s fails: %s", self._path, error)
        self._retry_at = time.monotonic() + self._retry_seconds
        memory = _connect_memory()
        if failing is not None:
            try:
                failing.backup(memory)
            except sqlite3.Error:
                # Not even readable: jobs that still run are recorded again as they change.
                memory.close()
                memory = _connect_memory()
            failing.close()
        return memory


def _is_failing_file(error: sqlite3.DatabaseError) -> bool:
    """True for what the file or disk causes; the other subclasses are mistakes of the caller."""
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError


def _in_transaction(connection: sqlite3.Connection, action: Action[_T], begin: str) -> _T:
    connection.execute(begin)
    try:
        answer = action(connection)
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some failures, such as a full disk.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return answer


def _connect_memory() -> sqlite3.Connection:
    return _prepare(_connect(":memory:"))


def _connect_file(path: Path) -> sqlite3.Connection:
    """The file at ``path``, made if missing, readable by its owner only, checked and migrated."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
    connection = _connect(path)
    try:
        # Takes effect in an empty file only, so it comes before the journal mode.
        connection.execute("PRAGMA auto_vacuum = FULL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _check(connection)
        return _prepare(connection)
    except BaseException:
        connection.close()
        raise


def _check(connection: sqlite3.Connection) -> None:
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _connect(target: Path | str) -> sqlite3.Connection:
    # The lock of Database keeps threads apart; transactions are begun by hand.
    return sqlite3.connect(
        target, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    migrate(connection)
    return connection


def _set_aside(path: Path) -> Path:
    """Where the broken file went, with the journals that belong to it."""
    aside = path.with_name(f"{path.name}.broken-{int(time.time() * 1000)}")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    return aside
