"""Steps of pipelines, each run by a process of its own in the folder that its file is in."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING

from ..app.run_ports import StepEnd
from ..app.verification_ports import KernelStart
from ..domain.errors import ErrorCode, NotFoundError, OutsideFailedError
from ..domain.notebook_run import RunEnd
from ..domain.output_text import without_colours
from ..domain.pipeline import NodeKind
from ..domain.pipeline_run import StepError
from .notebook_runs import PACKAGE_FOLDER, environment_of
from .process import Command, run
from .work_folders import work_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ..app.ports import CancelToken
    from ..app.run_ports import Gate, StepWork
    from ..domain.json_value import Json
    from .kernel_environments import KernelEnvironments

_SCRIPT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from aidevsecops_ext.adapters.step_run_child import main; main()"
)


class ChildStepRuns:
    """The port ``StepRuns`` by nbclient and interpreters in child processes."""

    def __init__(self, root: Path, environments: KernelEnvironments) -> None:
        self._root = root.resolve()
        self._environments = environments

    def start_of(self, kernel_name: str | None) -> KernelStart | None:
        """How the kernel of that name is started; None for another language's.

        Raises:
            NotFoundError: there is no such kernel on this machine.
        """
        start = self._environments.start_of(kernel_name)
        if start is not None:
            return KernelStart(*start)
        if kernel_name is None or not self._environments.is_known(kernel_name):
            raise NotFoundError(
                ErrorCode.KERNEL_NOT_FOUND,
                f"There is no kernel '{kernel_name}' on this machine.",
                hint="Lock the notebook, so that a kernel can be made, or choose another one.",
                details={"name": kernel_name},
            )
        return None

    def run(
        self, work: StepWork, gate: Gate, on_cell: Callable[[int, int], None], cancel: CancelToken
    ) -> StepEnd | None:
        """Get the step ready, have it wait at the gate, run it; None if it was not let in.

        Raises:
            OutsideFailedError: no kernel could be started.
            CancelledError: cancelled; nothing is left running.
        """
        heard = _Heard(on_cell)
        with work_folder("aidevsecops-") as home:
            command = Command(
                argv=(sys.executable, "-c", _SCRIPT, str(PACKAGE_FOLDER)),
                cwd=home,
                stdin=self._given(work, home.resolve(), gate, heard),
                is_merged=True,
            )
            outcome = run(command, cancel, heard.take)
        if heard.began is None:
            return None
        seconds = time.monotonic() - heard.began
        if heard.is_ready and heard.end is None:
            said = "What runs the step was ended from outside; is there enough memory?"
            return StepEnd(RunEnd.DIED, seconds, StepError("Ended", said))
        if not heard.is_ready:
            raise OutsideFailedError(
                ErrorCode.RUN_KERNEL_FAILED,
                f"No kernel could be started for {work.file}.",
                hint="Is ipykernel installed there? The explanation is the kernel's own.",
                details={"explanation": "\n".join(heard.traceback or outcome.tail)},
            )
        return heard.result(seconds)

    def _given(self, work: StepWork, scratch: Path, gate: Gate, heard: _Heard) -> Iterator[str]:
        yield json.dumps(self._setup(work, scratch)) + "\n"
        if gate.wait():
            heard.began = time.monotonic()
            yield json.dumps({"notebook": work.text, "timeout": work.timeout}) + "\n"

    def _setup(self, work: StepWork, scratch: Path) -> dict[str, Json]:
        file = self._root / work.file
        start = work.kernel or KernelStart("")
        environment = {**environment_of(start, scratch), **work.environment}
        if "PYTHONHASHSEED" not in os.environ:
            # As on a cluster; a split is verified with the same order of sets, and this is not.
            environment.pop("PYTHONHASHSEED", None)
        is_script = work.kind is not NodeKind.NOTEBOOK
        program = "Rscript" if work.kind is NodeKind.R else start.python
        return {
            "parent": os.getpid(),
            "script": is_script,
            "argv": [program, file.name] if is_script else [],
            "python": start.python,
            "kernel": work.kernel_name,
            "cwd": str(file.parent),
            "env": dict(environment),
            "scratch": str(scratch),
            "log": str(self._root / work.place.log),
            "executed": str(self._root / work.place.notebook),
        }


class _Heard:
    """What the child has said so far; ``began`` is when it was let in."""

    def __init__(self, on_cell: Callable[[int, int], None]) -> None:
        self._on_cell = on_cell
        self.began: float | None = None
        self.is_ready = False
        self.end: dict[str, Json] | None = None
        self.unwritten = ""
        self.traceback: tuple[str, ...] = ()

    def take(self, line: str) -> None:
        """Take in one line; what is no event of ours is a warning of a library."""
        if not line.startswith('{"event":'):
            return
        event: dict[str, Json] = json.loads(line)
        match event["event"]:
            case "ready":
                self.is_ready = True
            case "begin":
                self._on_cell(_int(event["number"]), _int(event["count"]))
            case "unwritten":
                self.unwritten = str(event["reason"])
            # What is said after the end comes of ending it.
            case "end" if self.end is None:
                self.end = event
                lines = event.get("traceback")
                said = map(str, lines if isinstance(lines, list) else [])
                self.traceback = tuple(map(without_colours, said))

    def result(self, seconds: float) -> StepEnd:
        """How the step ended."""
        facts = self.end or {}
        end, cell = RunEnd(facts.get("end")), facts.get("cell")
        if end is RunEnd.DONE and self.unwritten:
            said = f"The executed notebook could not be written: {self.unwritten}."
            return StepEnd(RunEnd.FAILED, seconds, StepError("NotWritten", said))
        if end is RunEnd.DONE:
            return StepEnd(end, seconds)
        error = StepError(
            name=str(facts.get("name")),
            message=without_colours(str(facts.get("value"))),
            cell=cell if isinstance(cell, int) else None,
            traceback=self.traceback,
        )
        return StepEnd(end, seconds, error)


def _int(value: Json) -> int:
    return value if isinstance(value, int) else 0
