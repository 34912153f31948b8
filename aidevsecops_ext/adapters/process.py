"""Child processes: the only place that starts any, and the place that ends all of them."""

from __future__ import annotations

import atexit
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, TextIO, cast

from msgspec import Struct

from ..domain.errors import CancelledError
from ..formats.redaction import redact

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.ports import CancelToken

TAIL_LINES = 40
GRACE_SECONDS = 1.0
# Nothing resists SIGKILL; what is still listed after this is a corpse that nobody collects.
_KILL_SECONDS = 0.2
_POLL_SECONDS = 0.02
_PIECE = 65_536
_LONGEST_LINE = 16_000_000
_LONGEST_KEPT = 20_000
_CUT = " … [cut]"
_MOST_WAITING = 10_000

# Its standard input ends with the process that holds the other end, and with all its forks.
_GUARD = """
groups=
while read -r what group; do
    case $what in
    +) groups="$groups $group" ;;
    *)
        kept=
        for one in $groups; do [ "$one" = "$group" ] || kept="$kept $one"; done
        groups=$kept
        ;;
    esac
done
for one in $groups; do kill -KILL "-$one"; done
"""

LineCallback = Callable[[str], None]


class ProgramMissingError(Exception):
    """The program to start does not exist."""


class DeadlineError(Exception):
    """The child ran longer than it may; it and its children are gone. ``tail`` is what it said."""

    def __init__(self, seconds: float, tail: tuple[str, ...]) -> None:
        super().__init__(f"not done after {seconds:g} s")
        self.seconds = seconds
        self.tail = tail


class Command(Struct, frozen=True):
    """What to start; ``env`` is the whole environment, ``stdin`` what is given, else it is closed.

    Pieces that an iterator gives are handed on as they come; it must end when the child is ended.

    With ``is_merged`` both outputs are one stream of lines; otherwise standard output is kept
    apart. What ``is_bound`` is ended when this process ends, however that ends: a kill cannot be
    answered, so a shell waits for it (not on Windows). ``secrets`` are masked in everything that
    comes back, as are credentials in addresses; ``is_raw`` leaves standard output as it is, for
    what is used and not shown. ``inherited`` are descriptors that the child and what it starts keep
    open (not on Windows).
    """

    argv: tuple[str, ...]
    cwd: Path | None = None
    env: Mapping[str, str] | None = None
    stdin: str | bytes | Iterator[str] | None = None
    timeout: float | None = None
    is_merged: bool = False
    is_bound: bool = False
    is_raw: bool = False
    secrets: frozenset[str] = frozenset()
    inherited: tuple[int, ...] = ()

    def __repr__(self) -> str:
        # Logs and tracebacks show this: nothing that may hold a secret.
        return f"Command({self.argv!r}, cwd={self.cwd!r}, timeout={self.timeout!r})"


class Outcome(Struct, frozen=True):
    """How a child ended: ``stdout`` if kept apart, ``tail`` the last lines of the other stream."""

    returncode: int
    stdout: str
    tail: tuple[str, ...]


def run(command: Command, cancel: CancelToken, on_line: LineCallback | None = None) -> Outcome:
    """Run a child to its end; ``on_line`` gets each line of standard error (or of both, merged).

    Lines come on the caller's thread. When this returns or raises, the child and everything that
    it started in its session are gone.

    Raises:
        ProgramMissingError: no such program.
        DeadlineError: it took longer than the command's timeout.
        CancelledError: cancelled.
    """
    cancel.raise_if_cancelled()
    return _Run(command, on_line).follow(cancel)


class _Guardian:
    """A shell that ends the groups of children when the process that began them is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shell: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def bind(self, group: int) -> None:
        """Have the group end with this process."""
        self._tell(f"+ {group}\n")

    def let_go(self, group: int) -> None:
        """Forget the group, which has ended."""
        self._tell(f"- {group}\n")

    def _tell(self, line: str) -> None:
        # Without a shell, or where somebody ended it, children end by themselves some day.
        with suppress(OSError), self._lock:
            if self._owner != os.getpid():
                # A fork's own: the one before waits for the process that was forked.
                self._begin()
            if self._shell is not None and self._shell.stdin is not None:
                os.write(self._shell.stdin.fileno(), line.encode())

    def _begin(self) -> None:
        self._owner, self._shell = os.getpid(), None
        if sys.platform == "win32":
            return
        self._shell = subprocess.Popen(  # noqa: S603 - fixed arguments
            ("/bin/sh", "-c", _GUARD),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        atexit.register(self._end, self._shell)

    def _end(self, shell: subprocess.Popen[bytes]) -> None:
        if self._owner == os.getpid() and shell.stdin is not None:
            with suppress(OSError):
                shell.stdin.close()
            shell.wait()


_guardian = _Guardian()


class _Line(Struct, frozen=True):
    text: str
    is_output: bool


class _Ended:
    """One of the threads that watch the child is done."""


class _CancelAsked:
    """The token was cancelled."""


class _Run:
    """One running child; threads feed one queue, which the caller's thread works off."""

    def __init__(self, command: Command, on_line: LineCallback | None) -> None:
        self._command = command
        self._on_line = on_line
        self._events: queue.SimpleQueue[_Line | _Ended | _CancelAsked] = queue.SimpleQueue()
        self._output: list[str] = []
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._is_over = threading.Event()
        self._child = _start(command)
        if command.is_bound:
            _guardian.bind(self._child.pid)
        self._threads = self._watchers()

    def follow(self, cancel: CancelToken) -> Outcome:
        forget = cancel.on_cancel(lambda: self._events.put(_CancelAsked()))
        try:
            for thread in self._threads:
                thread.start()
            self._work_off(len(self._threads))
        finally:
            forget()
            self._is_over.set()
            _end_group(self._child)
            if self._command.is_bound:
                _guardian.let_go(self._child.pid)
            for thread in self._threads:
                # A process that left the session may hold a pipe open: do not wait for it for ever.
                thread.join(GRACE_SECONDS)
        stdout = "".join(self._output)
        return Outcome(
            returncode=self._child.returncode,
            stdout=stdout if self._command.is_raw else redact(stdout, self._command.secrets),
            tail=tuple(self._tail),
        )

    def _watchers(self) -> list[threading.Thread]:
        child, command = self._child, self._command
        jobs: list[Callable[[], None]] = [lambda: _wait(child)]
        if child.stdout is not None:
            out, is_output = child.stdout, not command.is_merged
            jobs.append(lambda: self._read(out, is_output))
        if child.stderr is not None:
            err = child.stderr
            jobs.append(lambda: self._read(err, False))
        if child.stdin is not None:
            pipe, given = child.stdin, command.stdin or ""
            jobs.append(lambda: _write(pipe, given))
        return [
            threading.Thread(target=self._tell_end, args=(job,), daemon=True, name="child-watcher")
            for job in jobs
        ]

    def _tell_end(self, job: Callable[[], None]) -> None:
        try:
            job()
        finally:
            self._events.put(_Ended())

    def _read(self, stream: IO[str], is_output: bool) -> None:
        with stream:
            is_rest = False
            while line := stream.readline(_LONGEST_LINE):
                # Who reads is faster than who writes lines down: what waits must not grow.
                while self._events.qsize() > _MOST_WAITING and not self._is_over.is_set():
                    self._is_over.wait(_POLL_SECONDS)
                is_cut = not line.endswith("\n")
                if is_output:
                    self._events.put(_Line(line, is_output))
                elif not is_rest:
                    mark = _CUT if is_cut and len(line) == _LONGEST_LINE else ""
                    self._events.put(_Line(line + mark, is_output))
                is_rest = is_cut

    def _work_off(self, watcher_count: int) -> None:
        limit = self._command.timeout
        deadline = None if limit is None else time.monotonic() + limit
        while watcher_count:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            try:
                event = self._events.get(timeout=left)
            except queue.Empty:
                raise DeadlineError(limit or 0.0, tuple(self._tail)) from None
            if isinstance(event, _CancelAsked):
                raise CancelledError
            if isinstance(event, _Ended):
                watcher_count -= 1
            elif event.is_output:
                self._output.append(event.text)
            else:
                self._take_line(redact(event.text.rstrip("\n"), self._command.secrets))

    def _take_line(self, line: str) -> None:
        self._tail.append(line[:_LONGEST_KEPT])
        if self._on_line is not None:
            self._on_line(line)


def _start(command: Command) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(  # noqa: S603 - an argument list, never a shell line
            command.argv,
            cwd=command.cwd,
            env=None if command.env is None else dict(command.env),
            stdin=subprocess.DEVNULL if command.stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if command.is_merged else subprocess.PIPE,
            # A group of its own, so that a cancel reaches the children's children too.
            start_new_session=True,
            pass_fds=command.inherited,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as error:
        raise ProgramMissingError(command.argv[0]) from error


def _wait(child: subprocess.Popen[str]) -> None:
    child.wait()


def _write(pipe: IO[str], given: str | bytes | Iterator[str]) -> None:
    binary = cast("TextIO", pipe).buffer
    try:
        with pipe:
            for piece in _pieces(given):
                binary.write(
                    piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")
                )
                binary.flush()
    except BrokenPipeError:
        # A child need not read all it is given; its exit status tells whether it minded.
        return


def _pieces(given: str | bytes | Iterator[str]) -> Iterator[str | bytes]:
    """Small ones: one encoding of 50 MB would stop all other threads meanwhile."""
    texts = (given,) if isinstance(given, str | bytes) else given
    for text in texts:
        for start in range(0, len(text), _PIECE):
            yield text[start : start + _PIECE]


if sys.platform == "win32":

    def _end_group(child: subprocess.Popen[str]) -> None:
        if child.poll() is None:
            subprocess.run(  # noqa: S603 - fixed arguments
                ["taskkill", "/PID", str(child.pid), "/T", "/F"],  # noqa: S607 - a system program
                capture_output=True,
                check=False,
            )
            child.wait()

else:

    def _end_group(child: subprocess.Popen[str]) -> None:
        """Ask the child's group to end, and make it end after the grace."""
        for number, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, _KILL_SECONDS)):
            if not _signal_group(child, number) or _is_gone(child, seconds):
                break
        child.wait()

    def _is_gone(child: subprocess.Popen[str], seconds: float) -> bool:
        """True as soon as nobody is left in the group, False when the time passes before."""
        give_up = time.monotonic() + seconds
        pause = threading.Event()
        while time.monotonic() < give_up:
            child.poll()
            if not _signal_group(child, 0):
                return True
            pause.wait(_POLL_SECONDS)
        return False

    def _signal_group(child: subprocess.Popen[str], number: int) -> bool:
        """Send a signal; False when nobody is left in the group to get it."""
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            return False
        except PermissionError:
            # macOS answers so for a group of which only zombies are left.
            return False
        return True
