"""Runs one notebook in a kernel, as a process of its own.

Reads what to run as JSON from standard input; says how it goes in lines of JSON on standard output.
When it ends, however it ends, the kernel and all that the kernel has started are gone.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbformat import NotebookNode

_STARTUP_SECONDS = 120
_WATCH_SECONDS = 1.0
# A number is added to it; systems allow 104 characters or more.
_LONGEST_SOCKET = 96
# Of what a cell raised: characters of a line, and lines.
_LONG, _LINES = 20_000, 500
_HERE = Path(__file__).parent
# Shadowing a builtin in the notebook must not change what is called here.
_EXPRESSION = (
    "__import__('runpy').run_path({walk!r})['write']("
    "__import__('IPython').get_ipython().user_ns, __import__('json').loads({asked!r}), "
    "__import__('runpy').run_path({libraries!r})['KNOWN'])"
)
kernel_pids: list[int] = []
"""The kernels, each of which has a session of its own."""


def main() -> None:
    """Run what standard input says; end with the process that asked."""
    leave_out_slow_import()
    asked = json.load(sys.stdin)
    parent = os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    # In a thread: nbclient would take the signals, and shut the kernel down at its leisure.
    worker = threading.Thread(target=lambda: asyncio.run(_run(asked)), daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_WATCH_SECONDS)
        if os.getppid() != parent:
            break
    _stop()


def leave_out_slow_import() -> None:
    """Have jsonschema, which nbformat brings, do without its check of IRIs.

    It is optional, no notebook has any, and to import it takes two seconds: longer than all else
    that a kernel needs.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def _stop(*_: object) -> None:
    end_kernels()
    sys.stdout.flush()
    # Nothing more to wait for: threads of zmq may hang when their kernel is gone.
    os._exit(0)


def say(event: str, **facts: Any) -> None:
    """Tell the process that asked."""
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


async def _run(asked: dict[str, Any]) -> None:
    import nbformat
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = nbformat.reads(asked["notebook"], as_version=4)
    client, stderr = _client(notebook, asked)
    cell: int | None = None
    try:
        async with client.async_setup_kernel(
            cwd=asked["cwd"], env=asked["env"], stdout=stderr, stderr=stderr, cleanup_kc=True
        ):
            kernel_pids.append(getattr(getattr(client.km, "provisioner", None), "pid", None) or 0)
            say("ready")
            cells = [i for i, c in enumerate(notebook.cells) if _is_code(c)]
            for number, cell in enumerate(cells, start=1):
                say("begin", cell=cell, number=number, count=len(cells))
                await _run_cell(client, notebook.cells[cell], cell)
            cell = None
            await _read_variables(client, asked)
        say("end", end="done")
    except CellExecutionError as error:
        say("end", end="failed", cell=cell, **raised(notebook, cell, error))
    except CellTimeoutError:
        said = f"It took longer than {asked['timeout']:g} s."
        say("end", end="timed-out", cell=cell, name="Timeout", value=said, traceback=[])
    except (DeadKernelError, RuntimeError) as error:
        lines = Path(asked["scratch"], "kernel.log").read_text("utf-8", "replace").splitlines()
        said = "The kernel died." if isinstance(error, DeadKernelError) else str(error)
        say("end", end="died", cell=cell, name="Kernel", value=said, traceback=lines[-40:])


def _client(notebook: NotebookNode, asked: dict[str, Any]) -> tuple[NotebookClient, Any]:
    from nbclient import NotebookClient

    client = NotebookClient(
        notebook,
        km=one_kernel(asked),
        timeout=asked["timeout"] or None,
        startup_timeout=_STARTUP_SECONDS,
        record_timing=False,
        store_widget_state=False,
    )
    return client, Path(asked["scratch"], "kernel.log").open("ab")


def one_kernel(asked: dict[str, Any]) -> AsyncKernelManager:
    """What starts the kernel that is asked for: that of a Python, else the one of a name."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    argv = [asked["python"], "-m", "ipykernel_launcher", "-f", "{connection_file}"]

    class OneKernel(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return KernelSpec(argv=argv, display_name=kernel_name, language="python")

    if asked["python"]:
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=OneKernel())
    else:
        manager = AsyncKernelManager(kernel_name=asked["kernel"])
    manager.connection_file = str(Path(asked["scratch"], "kernel.json"))
    sockets = str(Path(asked["scratch"], "k"))
    if sys.platform != "win32" and len(sockets) < _LONGEST_SOCKET:
        # Nobody else on this machine can listen, and kernels that start at the same time do not
        # take each other's ports.
        manager.transport, manager.ip = "ipc", sockets
    return manager


def _is_code(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "code" and cell.source.strip())


async def _run_cell(client: NotebookClient, cell: NotebookNode, index: int) -> None:
    try:
        await client.async_execute_cell(cell, index)
    finally:
        say("cell", cell=index, outputs=joined_streams(cell.outputs))


def joined_streams(outputs: list[Any]) -> list[Any]:
    """The outputs with what was printed to a stream in one, as a screen shows it in the end.

    Standard output comes before the other, as their order is not certain. nbclient can do all that
    as well, in a time that grows with the square of the longest line.
    """
    joined: list[Any] = []
    streams: dict[str, tuple[Any, list[str]]] = {}
    for output in outputs:
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in streams:
            streams[output["name"]][1].append(output["text"])
        else:
            streams[output["name"]] = (output, [output["text"]])
            joined.append(output)
    for output, pieces in streams.values():
        lines = "".join(pieces).replace("\r\n", "\n").split("\n")
        # A bar of progress begins its line again and again.
        shown = (line.rstrip("\r").rpartition("\r")[2] for line in lines)
        output["text"] = "\n".join(shown)
    names = [output.get("name") for output in joined]
    for at in range(len(names) - 1):
        if names[at : at + 2] == ["stderr", "stdout"]:
            joined[at], joined[at + 1] = joined[at + 1], joined[at]
    return joined


def raised(notebook: NotebookNode, cell: int | None, error: Any) -> dict[str, Any]:
    """What a cell raised."""
    outputs = [] if cell is None else notebook.cells[cell].outputs
    raised: Any = next((o for o in reversed(outputs) if o.output_type == "error"), {})
    lines = [line for part in raised.get("traceback", []) for line in part.splitlines()]
    # Whoever shows it has to take all of it: what an exception says may be as long as data.
    return {
        "name": str(error.ename)[:_LONG],
        "value": str(error.evalue)[:_LONG],
        "traceback": [line[:_LONG] for line in lines[-_LINES:]],
    }


async def _read_variables(client: NotebookClient, asked: dict[str, Any]) -> None:
    """Have the kernel write fingerprints into a file, as a request that leaves no trace."""
    file = Path(asked["scratch"], "variables.json")
    wanted = {"names": asked["names"], "modules": asked["modules"], "file": str(file)}
    expression = _EXPRESSION.format(
        walk=str(_HERE / "kernel_fingerprint.py"),
        libraries=str(_HERE / "kernel_fingerprint_libraries.py"),
        asked=json.dumps(wanted),
    )
    if client.kc is None or not asked["names"]:
        return
    # Typed as synchronous; the client of an asynchronous manager is not.
    ask: Any = client.kc.execute
    try:
        reply = await ask(
            "",
            silent=True,
            store_history=False,
            user_expressions={"it": expression},
            reply=True,
            timeout=asked["timeout"] or None,
        )
    except TimeoutError:
        say("unread", reason="the values were not read in time")
        return
    answer = reply["content"].get("user_expressions", {}).get("it", {})
    if answer.get("status") == "ok" and file.exists():
        say("variables", **json.loads(file.read_text(encoding="utf-8")))
    else:
        said = f"{answer.get('ename', 'Error')}: {answer.get('evalue', '')}"
        say("unread", reason=f"the values could not be read ({said})")


def end_kernels() -> None:
    """End the kernels and all that they started, at once."""
    for pid in _started():
        with suppress(OSError):
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def _started() -> set[int]:
    """The processes below this one, and those in the sessions of its kernels."""
    kernels = {pid for pid in kernel_pids if pid}
    parents: dict[int, int] = {}
    found = set(kernels)
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = entry.read_text("utf-8", "replace").rpartition(")")[2].split()
            pid = int(entry.parent.name)
            parents[pid] = int(words[1])
            # One that its parent has left behind is in the session still.
            if int(words[3]) in kernels:
                found.add(pid)
    wave = {os.getpid()}
    while wave:
        wave = {pid for pid, parent in parents.items() if parent in wave}
        found |= wave
    return found - {os.getpid()}
