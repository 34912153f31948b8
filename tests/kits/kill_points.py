"""The moments at which a process can be killed: all that it does to files, stores and children.

Before each is done it is written down; the one that was asked for is the last, as the process then
ends as by a power cut. A write ends in its middle.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_CHANGES = frozenset(
    f"os.{name}"
    for name in ("chmod", "chown", "kill", "killpg", "link", "mkdir", "remove", "rename", "rmdir")
) | {"os.symlink", "os.truncate", "os.utime", "os.fork", "subprocess.Popen", "fcntl.flock"}
_CREATING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class KillPoints:
    """Counts the moments of this process, and ends it at number ``last`` (0: never).

    ``trace`` gets a line for each. Nothing counts before ``armed`` exists, where that is given, and
    only what begins with ``counted``.
    """

    def __init__(
        self, last: int, trace: Path, armed: Path | None = None, counted: str = ""
    ) -> None:
        self._last = last
        self._counted = counted
        self._armed = armed
        self._pid = os.getpid()
        self._count = 0
        self._write = os.write
        self._is_busy = False
        self._trace = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)

    def install(self) -> None:
        """Have everything counted from now on, in this process alone."""
        sys.addaudithook(self._audit)
        self._wrap_files()
        self._wrap_children()
        self._wrap_stores()

    def reach(self, what: str, undone: Callable[[], object] | None = None) -> None:
        """Count one moment; ``undone`` does the half of it."""
        if os.getpid() != self._pid or self._is_busy:
            return
        if self._armed is not None and not self._armed.exists():
            return
        if not what.startswith(self._counted):
            return
        self._count += 1
        self._write(self._trace, f"{what}\n".encode())
        if self._count == self._last:
            self._is_busy = True
            if undone is not None:
                undone()
            os.kill(self._pid, signal.SIGKILL)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            is_changing = bool(flags & _CREATING) if flags else bool(set(mode or "") & {*"wax+"})
            if is_changing and path != os.devnull:
                self.reach(f"open {path}")
        elif event in _CHANGES or event.startswith("shutil."):
            self.reach(f"{event} {arguments[0] if arguments else ''}")

    def _wrap_files(self) -> None:
        points, real_open, fsync = self, io.open, os.fsync

        class Raw(io.FileIO):
            """A file whose writes can end in their middle."""

            def write(self, data: Any, /) -> int:
                view = memoryview(data)
                half = len(view) // 2
                points.reach(f"write {self.name}", lambda: super(Raw, self).write(view[:half]))
                return super().write(data)

        def opened(  # noqa: PLR0913 - as the one that it stands for
            file: Any,
            mode: str = "r",
            buffering: int = -1,
            encoding: str | None = None,
            errors: str | None = None,
            newline: str | None = None,
            closefd: bool = True,
            opener: Any = None,
        ) -> Any:
            if not set(mode) & {*"wax+"}:
                return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
            raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
            if buffering == 0:
                return raw
            buffer: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            if "b" in mode:
                return buffer
            return io.TextIOWrapper(buffer, encoding, errors, newline, buffering == 1)

        def synced(descriptor: int) -> None:
            self.reach("fsync")
            fsync(descriptor)

        setattr(io, "open", opened)  # noqa: B010 - mypy knows that it is a function
        setattr(builtins, "open", opened)  # noqa: B010
        setattr(os, "fsync", synced)  # noqa: B010

    def _wrap_children(self) -> None:
        points, begin, wait = self, subprocess.Popen.__init__, subprocess.Popen.wait

        def began(child: Any, *arguments: Any, **options: Any) -> None:
            begin(child, *arguments, **options)
            points.reach("child began")

        def ended(child: Any, timeout: float | None = None) -> int:
            status: int = wait(child, timeout)
            points.reach("child ended")
            return status

        setattr(subprocess.Popen, "__init__", began)  # noqa: B010
        setattr(subprocess.Popen, "wait", ended)  # noqa: B010

    def _wrap_stores(self) -> None:
        points, connect = self, sqlite3.connect

        class Counted(sqlite3.Connection):
            """A store whose statements count, but for those that only read."""

            def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
                if not sql.lstrip().upper().startswith(("SELECT", "BEGIN")):
                    points.reach(f"store {' '.join(sql.split())[:30]}")
                return super().execute(sql, *parameters)

        def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
            made: sqlite3.Connection = connect(*arguments, factory=Counted, **options)
            return made

        setattr(sqlite3, "connect", connected)  # noqa: B010
