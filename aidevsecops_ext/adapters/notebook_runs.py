"""Notebooks run in real kernels, each by a process of its own, in a copy of their project."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..app.verification_ports import KernelStart
from ..domain.errors import ErrorCode, NotFoundError, OutsideFailedError
from ..domain.notebook_run import UNREAD, Fingerprint, NotebookRun, RunEnd, RunFailure
from ..domain.output_text import without_colours
from .process import Command, run
from .project_copies import RootedCopy
from .work_folders import work_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..app.ports import CancelToken
    from ..app.verification_ports import CopyRequest, RunRequest
    from ..domain.json_value import Json
    from .kernel_environments import KernelEnvironments

_SCRIPT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from aidevsecops_ext.adapters.notebook_run_child import main; main()"
)
PACKAGE_FOLDER = Path(__file__).parents[2]
"""Where this package is, for the children that import it."""
# What would make the kernel another one than a user of the step gets.
_UNWANTED = ("PYTHONSTARTUP", "JPY_PARENT_PID", "JPY_SESSION_NAME", "VIRTUAL_ENV", "CONDA_PREFIX")


class KernelNotebookRuns:
    """The port ``NotebookRuns`` by nbclient; a cell may take ``timeout`` seconds (0: any time).

    Projects over ``limit`` bytes are not copied.
    """

    def __init__(
        self, root: Path, environments: KernelEnvironments, *, timeout: float, limit: int
    ) -> None:
        self._root = root.resolve()
        self._environments = environments
        self._timeout = timeout
        self._limit = limit

    def kernel_of(self, kernel_name: str | None) -> KernelStart:
        """How the kernel of that name is started; None stands for Jupyter's own.

        Raises:
            NotFoundError: there is no such kernel on this machine.
        """
        start = self._environments.start_of(kernel_name)
        if start is None:
            raise NotFoundError(
                ErrorCode.KERNEL_NOT_FOUND,
                f"There is no kernel '{kernel_name}' on this machine.",
                hint="Make it from the lock (aidevsecops kernel install), or choose another one.",
                details={"name": kernel_name},
            )
        return KernelStart(*start)

    @contextmanager
    def copy_of(self, request: CopyRequest, cancel: CancelToken) -> Iterator[RootedCopy]:
        """A copy to run in, which is gone afterwards.

        Raises:
            RefusedError: the project is larger than the limit.
            OutsideFailedError: the operating system refuses.
            CancelledError: cancelled.
        """
        with work_folder("aidevsecops-") as home:
            copy = RootedCopy(self._root, request, home.resolve(), limit=self._limit)
            copy.reset(cancel)
            yield copy

    def run(
        self, request: RunRequest, on_cell: Callable[[int, int], None], cancel: CancelToken
    ) -> NotebookRun:
        """The run of a notebook, from its first cell to its last or to the one that fails.

        Raises:
            OutsideFailedError: no kernel could be started.
            CancelledError: cancelled; nothing is left running.
        """
        began = time.monotonic()
        with work_folder("aidevsecops-") as home:
            scratch = home.resolve()
            heard = _Heard(on_cell)
            outcome = run(self._command(request, scratch), cancel, heard.take)
            if heard.end is None or not heard.has_begun:
                raise OutsideFailedError(
                    ErrorCode.VERIFY_KERNEL_FAILED,
                    f"No kernel could be started with {request.kernel.python}.",
                    hint="Is ipykernel installed there? The explanation is the kernel's own.",
                    details={"explanation": "\n".join(heard.explanation or outcome.tail)},
                )
        prefix = str(Path(request.kernel.python).parents[1])
        return heard.result(request, time.monotonic() - began, (str(scratch), prefix))

    def _command(self, request: RunRequest, scratch: Path) -> Command:
        asked = {
            "notebook": request.text,
            "python": request.kernel.python,
            "cwd": request.copy.folder(str(PurePosixPath(request.path).parent)),
            "env": environment_of(request.kernel, scratch),
            "scratch": str(scratch),
            "timeout": self._timeout,
            "names": [*request.names],
            "modules": [*request.modules],
        }
        return Command(
            argv=(sys.executable, "-c", _SCRIPT, str(PACKAGE_FOLDER)),
            cwd=scratch,
            stdin=json.dumps(asked),
            is_merged=True,
        )


def environment_of(kernel: KernelStart, scratch: Path) -> dict[str, str]:
    """The environment of the kernel: the user's, without what is not the notebook's.

    Files that IPython runs at its start are left out: who gets a step has others. The order of
    sets of texts is another one in each process unless its seed is set.
    """
    given = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    python = Path(kernel.python)
    own = {
        "IPYTHONDIR": str(scratch / "ipython"),
        "PATH": f"{python.parent}{os.pathsep}{given.get('PATH', os.defpath)}",
    }
    if (python.parents[1] / "pyvenv.cfg").exists():
        own["VIRTUAL_ENV"] = str(python.parents[1])
    expanded = {
        name: value.replace("${PATH}", given.get("PATH", os.defpath))
        for name, value in kernel.environment.items()
    }
    return {"PYTHONHASHSEED": "0", **given, **own, **expanded}


class _Heard:
    """What the child has said so far."""

    def __init__(self, on_cell: Callable[[int, int], None]) -> None:
        self._on_cell = on_cell
        self._outputs: dict[int, tuple[Json, ...]] = {}
        self._variables: dict[str, Fingerprint] = {}
        self._shared: frozenset[tuple[str, str]] = frozenset()
        self._unread = ""
        self.end: dict[str, Json] | None = None
        self.has_begun = False
        self.explanation: tuple[str, ...] = ()

    def take(self, line: str) -> None:
        """Take in one line; what is no event of ours is a warning of a library."""
        if not line.startswith('{"event":'):
            return
        event: dict[str, Json] = json.loads(line)
        kind, cell = event["event"], event.get("cell")
        if kind == "ready":
            self.has_begun = True
        elif kind == "begin":
            self._on_cell(_int(event["number"]), _int(event["count"]))
        elif kind == "cell" and isinstance(cell, int):
            self._outputs[cell] = tuple(_list(event["outputs"]))
        elif kind == "variables":
            self._take_variables(event)
        elif kind == "unread":
            self._unread = str(event["reason"])
        elif kind == "end":
            self.end = event
            lines = map(str, _list(event.get("traceback")))
            self.explanation = tuple(map(without_colours, lines))

    def result(self, request: RunRequest, seconds: float, prefixes: tuple[str, ...]) -> NotebookRun:
        """The run, when the child has ended."""
        end = self.end or {}
        cell = end.get("cell")
        failure = RunFailure(
            cell=cell if isinstance(cell, int) else None,
            name=str(end.get("name")),
            value=str(end.get("value")),
            traceback=self.explanation,
        )
        reason = self._unread or "the run ended before its values were read"
        unread = Fingerprint(kind=UNREAD, gaps=(reason,))
        return NotebookRun(
            end=RunEnd(end.get("end")),
            seconds=seconds,
            outputs=self._outputs,
            failure=None if end.get("end") == RunEnd.DONE.value else failure,
            variables=self._variables or dict.fromkeys(request.names, unread),
            shared=self._shared,
            prefixes=prefixes,
        )

    def _take_variables(self, event: dict[str, Json]) -> None:
        variables = event["variables"]
        for name, value in variables.items() if isinstance(variables, dict) else ():
            if isinstance(value, dict):
                self._variables[name] = Fingerprint(
                    kind=str(value["kind"]),
                    digest=str(value["digest"]),
                    rounded=str(value["rounded"]),
                    shown=str(value["shown"]),
                    gaps=tuple(map(str, _list(value["gaps"]))),
                )
        pairs = (tuple(map(str, _list(pair))) for pair in _list(event["shared"]))
        self._shared = frozenset((pair[0], pair[1]) for pair in pairs)


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _int(value: Json) -> int:
    return value if isinstance(value, int) else 0
