"""The steps of a run: which begins when, which gets ready meanwhile, and what becomes of each.

One thread decides and writes the record. Each step that is getting ready or running has a thread of
its own, which says what happens by putting it into a queue.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode, RefusedError
from ..domain.pipeline_run import StepError, StepState
from .build_environment import LockedEnvironment, build_environment
from .run_step import StepResult, StepRunner
from .run_stop import StepGate
from .step_inputs import StepInputs

if TYPE_CHECKING:
    from ..domain.pipeline_run import PipelineRun, StepRun
    from .plan_run import PlannedStep, RunRequest
    from .ports import Progress
    from .run_ports import RunFolder, RunPorts
    from .run_stop import RunStop


class _Began(Struct, frozen=True):
    """A cell of a step begins."""

    name: str
    number: int
    count: int


class _Ended(Struct, frozen=True):
    """The thread of a step ends: with a result, with none because the step was sent away, or not
    as it should."""

    name: str
    result: StepResult | None = None
    error: BaseException | None = None


_Event: TypeAlias = _Began | _Ended


class StepScheduler:
    """Runs the planned steps of one run; ``current`` is the run as it is now."""

    current: PipelineRun

    def __init__(
        self,
        request: RunRequest,
        plan: tuple[tuple[PlannedStep, ...], tuple[PipelineRun, ...]],
        ports: RunPorts,
        around: tuple[RunFolder, RunStop, Progress],
    ) -> None:
        self._request = request
        steps, self._earlier = plan
        self._steps = {step.name: step for step in steps}
        self._ports = ports
        self._folder, self._stop, self._progress = around
        self._parallel = max(1, request.parallel or ports.parallel)
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._gates: dict[str, StepGate] = {}
        self._judged: set[str] = set()
        self._inputs = StepInputs(request.path, ports, self._stop)
        self._runner = StepRunner(request, ports, self._folder, self._earlier)
        self._cells_begun: dict[str, int] = {}
        self._threads: list[threading.Thread] = []
        self._tried: set[str] = set()

    def run(self, run: PipelineRun) -> PipelineRun:
        """Run all steps to their ends.

        Raises:
            CancelledError: stopped; nothing is left running.
            AidevsecopsError: an environment cannot be made, or the record cannot be written.
        """
        self.current = run
        # Before those of the steps: that the run is stopped is heard before that they end.
        stopped = _Ended("", error=CancelledError())
        forget = self._stop.on_cancel(lambda: self._events.put(stopped))
        try:
            self._leave_out()
            while self._settle():
                pass
            self._prepare()
            self._work()
        finally:
            forget()
            self._end_all()
        return self.current

    def _work(self) -> None:
        self._advance()
        while self._is_running():
            event = self._events.get()
            if isinstance(event, _Began):
                self._begin_cell(event)
            else:
                self._end(event)
                self._advance()

    def _is_running(self) -> bool:
        return any(step.state is StepState.RUNNING for step in self.current.steps)

    def _advance(self) -> None:
        """Let begin and get ready what can, and decide what need not run at all."""
        while self._settle() or self._begin_next():
            pass
        for step in self._waiting():
            is_near = all(
                self._is_done(name) or self._of(name).state is StepState.RUNNING
                for name in step.upstream
            )
            ready = [n for n in self._gates if self._of(n).state is StepState.WAITING]
            if is_near and step.name not in self._tried and len(ready) < self._parallel:
                self._start(step)

    def _waiting(self) -> list[PlannedStep]:
        return [self._steps[s.name] for s in self.current.steps if s.state is StepState.WAITING]

    def _is_done(self, name: str) -> bool:
        """True when what a step leaves is there, or is taken as it is."""
        return self._of(name).state.has_results or not self._steps[name].is_wanted

    def _of(self, name: str) -> StepRun:
        found = self.current.step(name)
        assert found is not None  # noqa: S101 (the names are those of the run)
        return found

    def _change(self, changed: StepRun) -> None:
        self.current = self.current.with_step(changed)
        self._folder.save(self.current)

    def _leave_out(self) -> None:
        """Skip what comes before the step that the run begins with; what they left is taken."""
        for step in self._steps.values():
            if not step.is_wanted:
                self._change(self._runner.left_out(step, self._of(step.name)))
        lost = {
            path: step.name
            for step in self._steps.values()
            if not step.is_wanted and self._is_needed(step.name)
            for path in self._runner.missing_outputs(step)
        }
        if lost:
            names = ", ".join(f"{path} ({name})" for path, name in lost.items())
            raise RefusedError(
                ErrorCode.RUN_FILE_MISSING,
                f"Earlier steps are to leave files that are not there: {names}.",
                hint="Run those steps too.",
                details={"files": [*lost]},
            )

    def _is_needed(self, name: str) -> bool:
        return any(
            step.is_wanted and name in self._ancestors(step) for step in self._steps.values()
        )

    def _ancestors(self, step: PlannedStep) -> dict[str, None]:
        """The names of all steps before one, in the order of the run."""
        found: set[str] = set()
        waiting = [*step.upstream]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._steps[name].upstream
        return dict.fromkeys(name for name in self._steps if name in found)

    def _before(self, step: PlannedStep) -> list[StepRun]:
        return [self._of(name) for name in self._ancestors(step)]

    def _settle(self) -> bool:
        """Decide about one step that need not run; False when there is none."""
        for step in self._waiting():
            failed = [
                name
                for name in step.upstream
                if self._of(name).state.is_final and not self._is_done(name)
            ]
            if failed:
                self._send_away(step.name)
                state = "failed" if self._of(failed[0]).state is StepState.FAILED else "did not run"
                skipped = replace(
                    self._of(step.name),
                    state=StepState.SKIPPED,
                    reason=f"{failed[0]} {state}",
                )
                self._change(skipped)
                return True
            is_open = step.name not in self._judged and all(map(self._is_done, step.upstream))
            if is_open:
                self._judged.add(step.name)
                if self._judge(step):
                    return True
        return False

    def _judge(self, step: PlannedStep) -> bool:
        """Find out on what a step depends now; True when its earlier results hold."""
        self._stop.raise_if_cancelled()
        before = self._before(step)
        if not self._request.only_changed:
            key = self._inputs.key_of(step, before)
            self.current = self.current.with_step(replace(self._of(step.name), key=key))
            return False
        found = self._inputs.judge(step, before, self._earlier)
        now = replace(self._of(step.name), key=found.key, reason=found.reason)
        if found.earlier is not None:
            cached, reason = self._runner.cached(step, now, found.earlier)
            now = cached or replace(now, reason=reason)
        self._change(now)
        if now.state is StepState.CACHED:
            self._send_away(step.name)
            self._progress.report(f"{step.name} is unchanged")
        return now.state is StepState.CACHED

    def _prepare(self) -> None:
        """Have every environment that may be needed before anything runs."""
        made: dict[str, str] = {}
        for step in self._waiting():
            self._prepare_step(step, made)
        self._runner.pythons = made

    def _prepare_step(self, step: PlannedStep, made: dict[str, str]) -> None:
        lock, digest = step.environment.lock, step.environment.digest
        try:
            if lock is None:
                # A kernel that is not there is better known now than in an hour.
                self._ports.steps.start_of(step.environment.kernel_name)
            elif digest not in made:
                self._progress.report(f"Preparing the environment of {step.name}")
                wish = LockedEnvironment(step.path, lock, self._request.trusted_indexes)
                kernels = self._ports.kernels
                made[digest] = build_environment(wish, kernels, self._progress, self._stop).python
        except CancelledError:
            raise
        except AidevsecopsError as error:
            now = self._of(step.name)
            self._change(replace(now, state=StepState.FAILED, error=_failure_of(error)))
            raise

    def _begin_next(self) -> bool:
        """Let one step begin whose time has come; False when there is none."""
        running = [s for s in self.current.steps if s.state is StepState.RUNNING]
        if len(running) >= self._parallel:
            return False
        for step in self._waiting():
            if step.name in self._judged and all(map(self._is_done, step.upstream)):
                if step.name not in self._gates:
                    self._start(step)
                now = replace(
                    self._of(step.name),
                    state=StepState.RUNNING,
                    started_at=self._ports.clock.now(),
                    log=self._runner.place_of(step).log,
                    notebook=self._runner.place_of(step).notebook or None,
                    ran_in=self.current.id,
                )
                self._change(now)
                self._gates[step.name].open()
                self._tell(step.name, f"Running {step.name}")
                return True
        return False

    def _start(self, step: PlannedStep) -> None:
        """Get a step ready, in a thread of its own."""
        gate = StepGate()
        name = f"step-{step.name}"
        thread = threading.Thread(target=self._perform, args=(step, gate), name=name, daemon=True)
        self._gates[step.name] = gate
        self._tried.add(step.name)
        self._threads.append(thread)
        thread.start()

    def _perform(self, step: PlannedStep, gate: StepGate) -> None:
        forget = self._stop.on_cancel(gate.close)
        try:
            result = self._runner.perform(
                step,
                gate,
                lambda number, count: self._events.put(_Began(step.name, number, count)),
                self._stop,
            )
            self._events.put(_Ended(step.name, result))
        # Whatever it is, the thread that decides is told.
        except BaseException as error:
            self._events.put(_Ended(step.name, error=error))
        finally:
            forget()

    def _begin_cell(self, event: _Began) -> None:
        step = self._of(event.name)
        self._change(replace(step, cell=event.number, cell_count=event.count))
        self._cells_begun[event.name] = event.number
        self._tell(event.name, f"Running {event.name}: cell {event.number} of {event.count}")

    def _tell(self, name: str, message: str) -> None:
        wanted = [step for step in self._steps.values() if step.is_wanted]
        total = sum(step.cell_count for step in wanted) or 1
        done = 0
        for step in wanted:
            state = self._of(step.name).state
            begun = self._cells_begun.get(step.name, 0) - (step.name == name)
            done += step.cell_count if state.is_final else max(0, begun)
        self._progress.report(message, min(1.0, done / total))

    def _end(self, event: _Ended) -> None:
        if isinstance(event.error, CancelledError):
            raise event.error
        self._gates.pop(event.name, None)
        step, result = self._of(event.name), event.result
        if isinstance(event.error, AidevsecopsError):
            result = StepResult(0.0, error=_failure_of(event.error))
        elif event.error is not None:
            raise event.error
        if result is None or step.state is not StepState.RUNNING:
            # It was getting ready. Whatever went wrong then goes wrong again, if it is wanted.
            return
        ended = replace(
            step,
            state=StepState.FAILED if result.error else StepState.SUCCEEDED,
            seconds=round(result.seconds, 3),
            error=result.error,
            outputs=result.outputs,
            notes=(*step.notes, *result.notes),
        )
        self._change(ended)
        if result.error is None:
            self._tell(event.name, f"{event.name} succeeded")
        else:
            self._progress.report(f"{event.name} failed")
            self._progress.log(f"{event.name}: {result.error.sentence}")

    def _send_away(self, name: str) -> None:
        gate = self._gates.pop(name, None)
        if gate is not None:
            gate.close()

    def _end_all(self) -> None:
        """Nothing is left running when this returns."""
        for gate in self._gates.values():
            gate.close()
        if self._is_running():
            self._stop.stop()
        for thread in self._threads:
            thread.join()


def _failure_of(error: AidevsecopsError) -> StepError:
    """An error of ours as that of a step."""
    said = str(error.details.get("explanation") or "").splitlines()
    message = f"{error.message} {error.hint}".strip()
    return StepError(error.code.value, message, traceback=tuple(said[-40:]))
