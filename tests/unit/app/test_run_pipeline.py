"""Pipelines that run: in which order, what fails and what becomes of the rest, and cancels."""

from __future__ import annotations

import threading

import pytest

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.run_ports import StepEnd
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.notebook_run import RunEnd
from aidevsecops_ext.domain.pipeline import NodeKind
from aidevsecops_ext.domain.pipeline_run import PipelineRun, RunState, StepError, StepState
from aidevsecops_ext.domain.requirements import Index
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.runs import FakeRunFolder
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.pipeline_runs import World, node, reasons_of, states_of

FAILED = StepEnd(RunEnd.FAILED, 2.0, StepError("ValueError", "no", 1, tuple(map(str, range(200)))))


def chain() -> World:
    """Three steps that run after each other."""
    return World((node("c", "b"), node("a"), node("b", "a")))


def test_steps_run_in_their_order_and_the_record_is_written() -> None:
    world = chain()

    run = world.run()

    assert world.steps.began == ["a.ipynb", "b.ipynb", "c.ipynb"]
    assert run.state is RunState.SUCCEEDED
    assert states_of(run) == {"a": "succeeded", "b": "succeeded", "c": "succeeded"}
    [folder] = world.folders.folders
    assert folder.saved[0].step("a") is not None
    assert states_of(folder.saved[0]) == {"a": "waiting", "b": "waiting", "c": "waiting"}
    assert folder.saved[-1] == run
    assert folder.stoppers == []
    assert ("Running a: cell 1 of 1", 0.0) in world.progress.messages
    assert world.progress.messages[-1] == ("c succeeded", 1.0)


def test_step_is_given_its_environment_as_elyra_gives_it() -> None:
    world = World((node("a", environment={"MODE": "x", "SEED": "2"}),), environment={"SEED": "1"})

    world.run(timeout=9.0)

    [work] = world.steps.works
    assert dict(work.environment) == {
        "MODE": "x",
        "SEED": "2",
        "ELYRA_RUN_NAME": "churn-0102030400",
        "ELYRA_RUNTIME_ENV": "local",
    }
    assert (work.timeout, work.place.notebook) == (9.0, "runs/20260102-030400-0000/a.ipynb")
    assert (work.kernel and work.kernel.python, work.kernel_name) == ("/None/bin/python", "")


def test_step_of_another_language_runs_in_the_kernel_of_its_name() -> None:
    text = notebook_text(["1"], kernelspec={"name": "ir", "language": "R"})
    world = World((node("a"), node("b", file="b.R", kind=NodeKind.R)), {"a.ipynb": text})

    run = world.run(parallel=1)

    by_file = {work.file: work for work in world.steps.works}
    assert (by_file["a.ipynb"].kernel, by_file["a.ipynb"].kernel_name) == (None, "ir")
    assert by_file["b.R"].kind is NodeKind.R
    assert run.steps[0].where == "kernel ir"


def test_next_step_gets_ready_while_the_one_before_it_runs() -> None:
    world = World((node("a"), node("b", "a")))
    is_ready = threading.Event()
    start_of = world.steps.start_of

    def started(kernel_name: str | None) -> object:
        if threading.current_thread().name == "step-b":
            is_ready.set()
        return start_of(kernel_name)

    world.steps.start_of = started  # type: ignore[method-assign, assignment]
    world.steps.meanwhile["a.ipynb"] = lambda _: _assert_soon(is_ready)

    assert world.run().state is RunState.SUCCEEDED


def test_independent_steps_run_side_by_side() -> None:
    world = World((node("a"), node("b"), node("c", "a", "b")))
    barrier = threading.Barrier(2, timeout=20)
    for name in ("a", "b"):
        world.steps.meanwhile[f"{name}.ipynb"] = lambda _: _pass(barrier)

    assert world.run().state is RunState.SUCCEEDED


def test_step_runs_once_after_two_that_have_the_same_before_them() -> None:
    world = World((node("a"), node("b", "a"), node("c", "a"), node("d", "b", "c")))

    world.run()

    assert sorted(world.steps.began) == ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb"]
    assert world.steps.began[-1] == "d.ipynb"


def _pass(barrier: threading.Barrier) -> None:
    barrier.wait()


def _assert_soon(event: threading.Event) -> None:
    assert event.wait(20)


def test_steps_after_a_failure_are_skipped_and_others_go_on() -> None:
    world = World((node("a"), node("b", "a"), node("c", "b"), node("d")))
    world.steps.ends["a.ipynb"] = FAILED

    run = world.run(parallel=1)

    assert run.state is RunState.FAILED
    assert states_of(run) == {"a": "failed", "b": "skipped", "c": "skipped", "d": "succeeded"}
    assert reasons_of(run) == {"a": "", "b": "a failed", "c": "b did not run", "d": ""}
    error = run.steps[0].error
    assert error is not None
    assert (error.sentence, error.cell, len(error.traceback)) == ("ValueError: no", 1, 100)
    assert world.progress.lines == ["a: ValueError: no"]


def test_two_steps_may_fail_at_the_same_time() -> None:
    world = World((node("a"), node("b"), node("c", "a", "b")))
    barrier = threading.Barrier(2, timeout=20)
    for name in ("a.ipynb", "b.ipynb"):
        world.steps.ends[name] = FAILED
        world.steps.meanwhile[name] = lambda _: _pass(barrier)

    run = world.run()

    assert states_of(run) == {"a": "failed", "b": "failed", "c": "skipped"}
    assert set(world.steps.sent_away) <= {"c.ipynb"}


def test_end_without_a_reason_is_a_failure_too() -> None:
    world = World((node("a"),))
    world.steps.ends["a.ipynb"] = StepEnd(RunEnd.DIED, 1.0)

    assert world.run().steps[0].error == StepError("Unknown", "")


def test_kernel_that_does_not_start_fails_its_step() -> None:
    world = World((node("a"),))
    world.steps.ends["a.ipynb"] = OutsideFailedError(
        ErrorCode.RUN_KERNEL_FAILED, "No kernel.", hint="Look.", details={"explanation": "x\ny"}
    )

    run = world.run()

    assert run.steps[0].error == StepError(
        "run.kernel-failed", "No kernel. Look.", None, ("x", "y")
    )


def test_step_that_could_not_get_ready_is_tried_again_when_its_time_comes() -> None:
    world = World((node("a"), node("b", "a")))
    failed = threading.Event()

    class NoticedError(OutsideFailedError):
        """Says when it is raised."""

        def __init__(self) -> None:
            super().__init__(ErrorCode.RUN_KERNEL_FAILED, "No kernel.")
            failed.set()

    class _Early(dict[str, BaseException]):
        def pop(self, key: str, *_: object) -> BaseException:
            super().pop(key)
            return NoticedError()

    world.steps.fail_early = _Early({"b.ipynb": ValueError()})
    world.steps.meanwhile["a.ipynb"] = lambda _: _assert_soon(failed)

    run = world.run()

    assert states_of(run) == {"a": "succeeded", "b": "succeeded"}


def test_mistake_of_ours_ends_the_run_and_the_record_says_so() -> None:
    world = World((node("a"), node("b", "a")))
    world.steps.ends["a.ipynb"] = ZeroDivisionError("oops")

    with pytest.raises(ZeroDivisionError):
        world.run()

    record = world.folders.folders[0].saved[-1]
    assert (record.state, record.error and record.error.code) == (
        RunState.FAILED,
        "internal.unexpected",
    )
    assert states_of(record) == {"a": "cancelled", "b": "skipped"}


def test_cancel_stops_all_that_runs() -> None:
    world = World((node("a"), node("b", "a"), node("c"), node("d", "c")))
    cancel = FakeCancelToken()
    world.steps.meanwhile["a.ipynb"] = lambda token: _cancel_in(cancel, token)

    run = world.run(cancel)

    assert run.state is RunState.CANCELLED
    assert run.steps[0].state is StepState.CANCELLED
    assert StepState.WAITING not in {step.state for step in run.steps}
    assert world.folders.folders[0].saved[-1] == run


def _cancel_in(cancel: FakeCancelToken, token: CancelToken) -> None:
    forget = token.on_cancel(lambda: None)
    cancel.cancel()
    late: list[bool] = []
    token.on_cancel(lambda: late.append(True))
    forget()
    assert (token.is_cancelled, late) == (True, [True])
    token.raise_if_cancelled()


def test_run_is_stopped_by_who_asks_its_folder() -> None:
    world = chain()
    world.steps.meanwhile["a.ipynb"] = lambda token: _stop_and_fail(world, token)

    run = world.run()

    assert states_of(run) == {"a": "cancelled", "b": "cancelled", "c": "cancelled"}


def _stop_and_fail(world: World, token: CancelToken) -> None:
    world.folders.folders[0].stoppers[0]()
    token.raise_if_cancelled()


def test_cancel_before_the_run_leaves_no_record() -> None:
    world = chain()

    with pytest.raises(CancelledError):
        world.run(FakeCancelToken(is_cancelled=True))

    assert world.folders.folders == []


def test_second_run_at_the_same_time_is_refused() -> None:
    world = chain()
    world.folders.is_busy = True

    with pytest.raises(ConflictError):
        world.run()


def test_run_ends_when_its_record_cannot_be_written() -> None:
    world = chain()

    def refuse(run: PipelineRun) -> None:
        if run.state is RunState.RUNNING and run.steps[0].state is StepState.SUCCEEDED:
            raise OutsideFailedError(ErrorCode.RUN_WRITE_FAILED, "Full.", hint="Make room.")

    def prepare(folder: FakeRunFolder) -> None:
        folder.on_save = refuse

    world.folders.prepare = prepare

    run = world.run()

    assert (run.state, run.error and run.error.message) == (RunState.FAILED, "Full.")
    assert states_of(run) == {"a": "succeeded", "b": "skipped", "c": "skipped"}


def test_steps_with_locks_run_in_the_environments_of_those() -> None:
    package = LockedPackage("six", "1.16", ("sha256:aa",))
    locked = notebook_text(["1"], **locked_metadata({"six": "*"}, [package]))
    world = World((node("a"), node("b", "a"), node("c")), {"a.ipynb": locked, "b.ipynb": locked})

    run = world.run()

    by_file = {work.file: work.kernel for work in world.steps.works}
    assert by_file["a.ipynb"] == by_file["b.ipynb"]
    assert (by_file["a.ipynb"] or by_file["c.ipynb"]) != by_file["c.ipynb"]
    assert len(world.environments.requests) == 1
    assert [step.where for step in run.steps][:1] == ["lock of the notebook"]


def test_environment_that_cannot_be_made_fails_the_run_before_anything_runs() -> None:
    package = LockedPackage("six", "1.16", ("sha256:aa",))
    locked = notebook_text(["1"], **locked_metadata({"six": "*"}, [package]))
    world = World((node("a"), node("b", "a")), {"b.ipynb": locked})
    world.environments.error = OutsideFailedError(ErrorCode.KERNEL_BUILD_FAILED, "No wheel.")

    run = world.run()

    assert (run.error and run.error.message, world.steps.began) == ("No wheel.", [])
    assert states_of(run) == {"a": "skipped", "b": "failed"}
    assert [step.error and step.error.message for step in run.steps] == [None, "No wheel."]


def test_environment_is_not_made_any_more_when_the_run_is_cancelled() -> None:
    package = LockedPackage("six", "1.16", ("sha256:aa",))
    locked = notebook_text(["1"], **locked_metadata({"six": "*"}, [package]))
    world = World((node("a"), node("b", "a")), {"b.ipynb": locked})
    world.environments.error = CancelledError()

    run = world.run()

    assert states_of(run) == {"a": "cancelled", "b": "cancelled"}


def test_indexes_that_locks_name_are_agreed_to_before_the_run_begins() -> None:
    locked = {
        f"{name}.ipynb": notebook_text(
            ["1"],
            **locked_metadata(
                {"six": {"version": "*", "index": "own"}},
                [LockedPackage("six", "1.16", ("sha256:aa",), index="own")],
                "3.11",
                Index("own", f"https://{place}.example.org/simple"),
            ),
        )
        for name, place in (("a", "one"), ("b", "two"), ("c", "two"), ("d", "one"))
    }
    nodes = (node("d"), node("a", "d"), node("b", "a"), node("c", "b"), node("e", "c"))
    world = World(nodes, locked)
    urls = ("https://one.example.org/simple", "https://two.example.org/simple")

    with pytest.raises(RefusedError) as caught:
        world.run(from_step="a")
    run = world.run(from_step="b", trusted_indexes=urls[1:])

    assert (caught.value.code, world.folders.folders[1:]) == (ErrorCode.LOCK_UNTRUSTED_INDEX, [])
    assert caught.value.message == (
        "Locks of steps (a, b, c) name package indexes that you have not agreed to: "
        f"{urls[0]}, {urls[1]}."
    )
    assert caught.value.details["indexes"] == [{"name": "own", "url": url} for url in urls]
    assert states_of(run)["c"] == "succeeded"


def test_kernel_that_is_not_there_fails_the_run_before_anything_runs() -> None:
    world = World((node("a"), node("b", "a")))

    def refuse(kernel_name: str | None) -> None:
        raise NotFoundError(ErrorCode.KERNEL_NOT_FOUND, f"No kernel {kernel_name}.")

    world.steps.start_of = refuse  # type: ignore[method-assign]

    run = world.run()

    assert (run.error and run.error.message, world.steps.began) == ("No kernel None.", [])
    assert states_of(run) == {"a": "failed", "b": "skipped"}


def test_files_that_are_outputs_of_no_step_are_said() -> None:
    world = World(
        (
            node("a", file="n/a.ipynb", outputs=("told.csv", "plots/*")),
            node("b", "a", file="n/b.ipynb", outputs=("later.csv",)),
            node("c", "b", file="c.py"),
        )
    )
    world.data.digests |= {"n/old.csv": "1", "n/again.csv": "1", "elsewhere.csv": "1"}
    world.steps.leaves["n/a.ipynb"] = {
        **dict.fromkeys(("told.csv", "plots/x.png", "later.csv", "again.csv", "sub/new"), "2"),
        "../elsewhere.csv": "2",
    }
    world.steps.leaves["n/b.ipynb"] = {"later.csv": "3", **{f"{n}.bin": "1" for n in range(7)}}

    run = world.run()

    assert [step.notes for step in run.steps] == [
        (
            "Written while it ran, and no step names it as an output: again.csv, sub/new. A "
            "cluster hands on and keeps only outputs.",
        ),
        (
            "Written while it ran, and no step names it as an output: 0.bin, 1.bin, 2.bin, 3.bin, "
            "4.bin and 2 more. A cluster hands on and keeps only outputs.",
        ),
        (),
    ]


def test_one_file_that_is_no_output_is_said_unless_there_are_too_many_to_look_at() -> None:
    world = World((node("a"),))
    world.steps.leaves["a.ipynb"] = {"x.csv": "1"}
    few = world.run()
    world.data.is_large = True

    many = world.run()

    assert few.steps[0].notes[0].partition(". ")[0].endswith("as an output: x.csv")
    assert many.steps[0].notes == ()


def test_secrets_among_the_parameters_are_not_recorded() -> None:
    from aidevsecops_ext.domain.pipeline import Parameter

    world = World((node("a"),), parameters=(Parameter("API_TOKEN"), Parameter("MONKEY")))

    run = world.run(parameters={"API_TOKEN": "abc", "MONKEY": "def"})

    assert dict(run.parameters) == {"API_TOKEN": "***", "MONKEY": "def"}
