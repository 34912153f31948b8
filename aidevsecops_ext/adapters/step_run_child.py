"""Runs one step of a pipeline, as a process of its own.

The first line of standard input says in what to run it; the kernel starts at once. The second line
holds the step itself, and may come much later: what runs before it takes its time. Standard output
says how it goes, in lines of JSON. When the child ends, however it ends, all that the step has
started is gone.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidevsecops_ext.adapters.notebook_run_child import (
    end_kernels,
    joined_streams,
    kernel_pids,
    leave_out_slow_import,
    one_kernel,
    raised,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbclient import NotebookClient

STARTUP_SECONDS = 120
_WATCH_SECONDS = 0.5
_SAVED_EVERY_SECONDS = 1.0
_LOG_BYTES = 50_000_000
_KEPT_IN_CELL = 1_000_000
_TAIL_LINES = 20
_PIECE = 65_536
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Run what standard input says; end with the process that asked."""
    leave_out_slow_import()
    _adopt_orphans()
    asked = json.loads(sys.stdin.readline())
    work = _Script(asked) if asked["script"] else _Notebook(asked)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _end(work))
    worker = threading.Thread(target=work.run, daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_WATCH_SECONDS)
        # Given, because it may have ended before this process could look.
        if os.getppid() != asked["parent"]:
            break
    _end(work)


def _end(work: _Script | _Notebook) -> None:
    end_kernels()
    # What has run so far is worth seeing; the notebook may be changing in this very moment.
    with suppress(Exception):
        work.save()
    with suppress(OSError):
        sys.stdout.flush()
    # Processes that began while the others were ended.
    end_kernels()
    # Nothing more to wait for: threads of zmq may hang when their kernel is gone.
    os._exit(0)


def _adopt_orphans() -> None:
    """Have processes whose parents end become children of this one, so that they are found."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _bound_to_this_thread() -> Callable[[], None] | None:
    """What has a new process end with the thread that begins it, even where that is killed."""
    if sys.platform != "linux":
        return None
    import ctypes

    prctl, runner = ctypes.CDLL(None).prctl, os.getpid()

    def bind() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # It may have been killed in between.
        if os.getppid() != runner:
            os._exit(1)

    return bind


def _at_the_latest(seconds: float, give_up: Callable[[str], None]) -> None:
    """Give up after that time, unless it is 0."""
    if seconds:
        said = f"The step took longer than {seconds:g} s."
        timer = threading.Timer(seconds, give_up, (said,))
        timer.daemon = True
        timer.start()


class _Log:
    """A file that grows up to a limit."""

    def __init__(self, path: str) -> None:
        # Open as long as this process lives.
        self._file = Path(path).open("ab", buffering=0)  # noqa: SIM115
        self._left = _LOG_BYTES

    def add(self, content: bytes) -> None:
        """Add to the file; a disk that is full costs the log, and not the step."""
        if self._left <= 0:
            return
        content = content[: self._left]
        self._left -= len(content)
        with suppress(OSError):
            self._file.write(content)
            if self._left <= 0:
                self._file.write(b"\n[The log is cut off here: it is too long.]\n")


class _Notebook:
    """A notebook that is run in a kernel."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self._asked = asked
        self._log = _Log(asked["log"])
        self._saved_at = 0.0
        self._notebook: Any = None

    def run(self) -> None:
        """Run it to its end."""
        asyncio.run(self._run())

    def save(self) -> None:
        """Write the notebook as it has run so far.

        Raises:
            OSError: the operating system refuses.
        """
        if self._notebook is None:
            return
        import nbformat

        self._saved_at = time.monotonic()
        target = Path(self._asked["executed"])
        draft = target.with_name(f".{target.name}.tmp")
        try:
            draft.write_text(nbformat.writes(self._notebook), encoding="utf-8")
            draft.replace(target)
        finally:
            with suppress(OSError):
                draft.unlink()

    async def _run(self) -> None:
        import nbformat
        from nbclient.exceptions import CellExecutionError, DeadKernelError

        asked = self._asked
        client = self._client(nbformat.v4.new_notebook())
        where: list[int | None] = [None]
        stderr = Path(asked["scratch"], "kernel.log")
        try:
            with stderr.open("ab") as file:
                async with client.async_setup_kernel(
                    cwd=asked["cwd"], env=asked["env"], stdout=file, stderr=file, cleanup_kc=True
                ):
                    pid = getattr(getattr(client.km, "provisioner", None), "pid", None)
                    kernel_pids.append(pid or 0)
                    say("ready")
                    line = await asyncio.get_running_loop().run_in_executor(
                        None, sys.stdin.readline
                    )
                    if not line:
                        _end(self)
                    go = json.loads(line)
                    self._notebook = client.nb = nbformat.reads(go["notebook"], as_version=4)
                    _at_the_latest(go["timeout"], lambda said: self._give_up(where[0], said))
                    await self._run_cells(client, where)
            self._finish(end="done")
        except CellExecutionError as error:
            self._finish(end="failed", cell=where[0], **raised(self._notebook, where[0], error))
        except (DeadKernelError, RuntimeError) as error:
            text = stderr.read_text("utf-8", "replace")
            lines = [line for line in text.splitlines() if "] WARNING | " not in line]
            said = "The kernel died." if isinstance(error, DeadKernelError) else str(error)
            self._finish(
                end="died", cell=where[0], name="Kernel", value=said, traceback=lines[-40:]
            )

    async def _run_cells(self, client: NotebookClient, where: list[int | None]) -> None:
        cells = self._notebook.cells
        for cell in cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        code = [i for i, c in enumerate(cells) if c.cell_type == "code" and c.source.strip()]
        for number, index in enumerate(code, start=1):
            where[0] = index
            say("begin", cell=index, number=number, count=len(code))
            try:
                await client.async_execute_cell(cells[index], index)
            finally:
                cells[index].outputs = joined_streams(cells[index].outputs)
            if time.monotonic() - self._saved_at > _SAVED_EVERY_SECONDS:
                self._save()
        if code and not await _is_alive(client):
            raise RuntimeError("The kernel ended: the notebook has exited from it.")
        where[0] = None

    def _give_up(self, cell: int | None, said: str) -> None:
        say("end", end="timed-out", cell=cell, name="Timeout", value=said, traceback=[])
        # Not by asking the kernel, which may be deaf.
        _end(self)

    def _finish(self, **facts: Any) -> None:
        self._save()
        say("end", **facts)

    def _save(self) -> None:
        try:
            self.save()
        except OSError as error:
            say("unwritten", reason=error.strerror or str(error))

    def _client(self, empty: Any) -> NotebookClient:
        from nbclient import NotebookClient

        log, room = self._log, _Room()

        class Logged(NotebookClient):
            """Writes down what the cells print, as they print it."""

            def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
                kind, content = msg["msg_type"], msg["content"]
                log.add(_shown(kind, content))
                if kind == "stream" and not room.has_for(cell, cell_index, len(content["text"])):
                    return None
                return super().process_message(msg, cell, cell_index)

        return Logged(
            empty,
            km=one_kernel(self._asked),
            timeout=None,
            startup_timeout=STARTUP_SECONDS,
            record_timing=True,
            store_widget_state=False,
        )


async def _is_alive(client: NotebookClient) -> bool:
    """False once the kernel has ended, as ``exit()`` makes it do after the cell."""
    await asyncio.sleep(0)
    alive: Any = client.km.is_alive() if client.km is not None else False
    return bool(await alive if asyncio.iscoroutine(alive) or hasattr(alive, "__await__") else alive)


def _shown(kind: str, content: Any) -> bytes:
    """An output as a log has it."""
    if kind == "stream":
        text = content["text"]
    elif kind == "error":
        text = "\n".join(content["traceback"]) + "\n"
    elif kind in ("execute_result", "display_data"):
        text = f"{content['data'].get('text/plain', '')}\n"
    else:
        return b""
    return str(text).encode("utf-8", "replace")


class _Room:
    """How much more text the cell that runs may show."""

    def __init__(self) -> None:
        self._cell = -1
        self._left = 0

    def has_for(self, cell: Any, index: int, size: int) -> bool:
        """True while there is room; the first time that there is none is told in the cell."""
        if index != self._cell:
            self._cell, self._left = index, _KEPT_IN_CELL
        had_room = self._left >= 0
        self._left -= size
        if self._left < 0 and had_room:
            from nbformat.v4 import new_output

            said = "[What is printed from here on is in the log of the step.]\n"
            cell.outputs.append(new_output("stream", name="stderr", text=said))
        return self._left >= 0


class _Script:
    """A script that is run by an interpreter."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self._asked = asked
        self._log = _Log(asked["log"])
        self._tail = b""

    def save(self) -> None:
        """Do nothing: a script leaves its log only."""

    def run(self) -> None:
        """Run it to its end."""
        say("ready")
        line = sys.stdin.readline()
        if not line:
            return
        _at_the_latest(json.loads(line)["timeout"], self._give_up)
        say("begin", cell=None, number=1, count=1)
        asked = self._asked
        try:
            child = subprocess.Popen(  # noqa: S603 - an argument list, never a shell line
                asked["argv"],
                cwd=asked["cwd"],
                env=asked["env"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_bound_to_this_thread(),  # noqa: PLW1509 - calls one C function only
            )
        except OSError as error:
            said = f"{asked['argv'][0]} cannot be started: {error.strerror}."
            say("end", end="died", cell=None, name="Script", value=said, traceback=[])
            return
        kernel_pids.append(child.pid)
        reader = threading.Thread(target=self._read, args=(child.stdout,), daemon=True)
        reader.start()
        status = child.wait()
        # What it left behind would keep its output open.
        end_kernels()
        reader.join(_WATCH_SECONDS)
        self._tell(status)

    def _give_up(self, said: str) -> None:
        say("end", end="timed-out", cell=None, name="Timeout", value=said, traceback=[])
        _end(self)

    def _read(self, stream: Any) -> None:
        read: Callable[[int], bytes] = stream.read1
        while piece := read(_PIECE):
            self._log.add(piece)
            self._tail = (self._tail + piece)[-_PIECE:]

    def _tell(self, status: int) -> None:
        if status == 0:
            say("end", end="done")
            return
        lines = self._tail.decode("utf-8", "replace").splitlines()[-_TAIL_LINES:]
        name, value = "Exit", f"The script ended with status {status}."
        if status < 0:
            name, value = "Signal", f"The script was ended by {_signal_name(-status)}."
        last = lines[-1] if lines else ""
        error, _, message = last.partition(":")
        is_raised = any(line.startswith("Traceback (most recent") for line in lines)
        if is_raised or error.endswith("Error"):
            name, value = error, message.strip()
        say("end", end="failed", cell=None, name=name, value=value, traceback=lines)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
