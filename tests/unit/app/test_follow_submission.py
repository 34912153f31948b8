"""Tests of runs that another machine carries out: followed, stopped, tried again, read."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.follow_submission import (
    follow_submission,
    refresh_submission,
    retry_submission,
    stop_submission,
)
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.submission_files import list_stored, read_step_log
from aidevsecops_ext.app.submit_pipeline import SubmitPorts
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.pipeline_run import (
    PipelineRun,
    RemoteRun,
    RunKind,
    RunState,
    StepRun,
    StepState,
)
from aidevsecops_ext.domain.remote_run import NO_STATUS, NOT_FOUND_YET, EngineRun, EngineTask
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.engine_service import (
    FakeDagRepository,
    FakeEngineService,
    FakeObjectStorage,
    FakePipelineEngine,
)
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.fakes.runs import FakeProjectData, FakeRunFolders
from tests.fakes.runtimes import FakeRuntimes

_RUN = PipelineRun(
    id="run-0",
    pipeline="demo.pipeline",
    name="demo",
    folder="runs/demo/run-0",
    kind=RunKind.KUBEFLOW,
    steps=(
        StepRun("n1", "load", "steps/load.ipynb"),
        StepRun("n2", "report", "steps/report.py", ("load",)),
    ),
    started_at=10.0,
    remote=RemoteRun("my_kfp", "r1", {"run-a-file": "n1", "run-a-file-2": "n2"}, "steps/demo-1"),
)
_BEGUN = EngineRun(
    RunState.RUNNING,
    {"run-a-file": EngineTask(StepState.RUNNING, 11.0), "root": EngineTask(StepState.RUNNING)},
)
_HALF = EngineRun(
    RunState.RUNNING,
    {
        "run-a-file": EngineTask(StepState.SUCCEEDED, 11.0, 13.5),
        "run-a-file-2": EngineTask(StepState.RUNNING, 14.0),
    },
)
_BAD = EngineRun(
    RunState.FAILED,
    {
        "run-a-file": EngineTask(StepState.SUCCEEDED, 11.0, 13.5),
        "run-a-file-2": EngineTask(StepState.FAILED, 14.0, 15.0, "exit code 1"),
    },
    ended_at=16.0,
)


def _ports(
    *seen: EngineRun, run: PipelineRun = _RUN, storage: FakeObjectStorage | None = None
) -> tuple[SubmitPorts, FakeEngineService, FakeRunFolders]:
    service, folders = FakeEngineService(*seen), FakeRunFolders(FakeProjectData(), run)
    runtime = RuntimeConfiguration("my_kfp", "My KFP", EngineKind.KUBEFLOW, {})
    ports = SubmitPorts(
        files=FakeFiles({}),
        runtimes=FakeRuntimes(runtime),
        engine=FakePipelineEngine(),
        service_of=lambda _: service,
        storage_of=lambda _: storage or FakeObjectStorage(),
        repository_of=lambda _: FakeDagRepository(),
        folders=folders,
        clock=FakeClock(20.0),
    )
    return ports, service, folders


def _states(run: PipelineRun) -> list[StepState]:
    return [step.state for step in run.steps]


def test_refresh_tells_what_the_engine_tells() -> None:
    ports, _, folders = _ports(_HALF)

    run = refresh_submission(_RUN, ports, FakeCancelToken())

    assert _states(run) == [StepState.SUCCEEDED, StepState.RUNNING]
    assert [(step.started_at, step.seconds) for step in run.steps] == [(11.0, 2.5), (14.0, None)]
    assert folders.runs["run-0"] == run


def test_refresh_tells_why_a_step_failed() -> None:
    ports, _, _ = _ports(_BAD)

    run = refresh_submission(_RUN, ports, FakeCancelToken())

    assert (run.state, run.ended_at, run.error) == (RunState.FAILED, 16.0, None)
    assert run.steps[1].error is not None
    assert run.steps[1].error.sentence == "Failed: exit code 1"


@pytest.mark.parametrize(
    ("seen", "states", "message"),
    [
        (
            EngineRun(RunState.FAILED, message="no quota"),
            [StepState.SKIPPED, StepState.SKIPPED],
            "no quota",
        ),
        (
            EngineRun(RunState.CANCELLED, _HALF.tasks),
            [StepState.SUCCEEDED, StepState.CANCELLED],
            None,
        ),
        (
            EngineRun(RunState.FAILED),
            [StepState.SKIPPED, StepState.SKIPPED],
            "The engine says that it failed.",
        ),
    ],
)
def test_refresh_ends_every_step_with_the_run(
    seen: EngineRun, states: list[StepState], message: str | None
) -> None:
    ports, _, _ = _ports(seen)

    run = refresh_submission(_RUN, ports, FakeCancelToken())

    assert _states(run) == states
    assert run.ended_at == 20.0
    assert (run.error.message if run.error else None) == message


def test_refresh_of_a_failed_step_without_words_says_so() -> None:
    task = EngineTask(StepState.FAILED)
    ports, _, _ = _ports(EngineRun(RunState.FAILED, {"run-a-file": task}))

    run = refresh_submission(_RUN, ports, FakeCancelToken())

    assert run.steps[0].error is not None
    assert run.steps[0].error.message == "The engine does not say why."


@pytest.mark.parametrize(
    "run",
    [
        replace(_RUN, remote=None),
        replace(_RUN, state=RunState.SUCCEEDED),
    ],
)
def test_refresh_leaves_runs_that_nobody_tells_of(run: PipelineRun) -> None:
    ports, service, _ = _ports(_HALF)

    assert refresh_submission(run, ports, FakeCancelToken()) is run
    assert service.asked == []


def test_refresh_writes_nothing_when_nothing_changed() -> None:
    ports, _, folders = _ports(EngineRun(RunState.RUNNING))

    assert refresh_submission(_RUN, ports, FakeCancelToken()) == _RUN
    assert folders.folders[0].saved == [_RUN]


def test_refresh_says_what_an_engine_says_of_the_whole_run_as_long_as_it_holds() -> None:
    seen = [
        EngineRun(RunState.UNKNOWN, note=NO_STATUS),
        EngineRun(RunState.RUNNING, note=NOT_FOUND_YET),
        _HALF,
    ]
    ports, _, _ = _ports(*seen)
    run, found = replace(_RUN, notes=("Odd.",)), []

    for _ in seen:
        run = refresh_submission(run, ports, FakeCancelToken())
        found.append((run.state, run.notes))

    assert found == [
        (RunState.UNKNOWN, ("Odd.", NO_STATUS)),
        (RunState.RUNNING, ("Odd.", NOT_FOUND_YET)),
        (RunState.RUNNING, ("Odd.",)),
    ]
    assert _states(run) == [StepState.SUCCEEDED, StepState.RUNNING]


def test_follow_goes_on_to_the_end() -> None:
    ports, _, _ = _ports(_BEGUN, _HALF, _BAD)
    progress, pauses = FakeProgress(), []

    run = follow_submission(_RUN, ports, progress, FakeCancelToken(), lambda: pauses.append(1))

    assert run.state is RunState.FAILED
    assert len(pauses) == 2
    assert progress.messages == [
        ("0 of 2 steps ended: load", 0.0),
        ("1 of 2 steps ended: report", 0.5),
        ("2 of 2 steps ended", 1.0),
    ]


def test_follow_ends_when_cancelled_and_the_run_goes_on() -> None:
    ports, service, _ = _ports(_BEGUN)
    cancel = FakeCancelToken()

    with pytest.raises(CancelledError):
        follow_submission(_RUN, ports, FakeProgress(), cancel, cancel.cancel)

    assert service.asked == ["read r1"]


@pytest.mark.parametrize(("count", "is_patient"), [(5, True), (6, False)])
def test_follow_bears_an_engine_that_is_silent_for_a_while(
    count: int, is_patient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports, service, _ = _ports(_BAD)
    answers = iter([*[True] * count, False])
    read = service.read

    def sometimes(run_id: str, cancel: CancelToken) -> EngineRun:
        if next(answers):
            raise OutsideFailedError(ErrorCode.SERVICE_UNREACHABLE, "nobody answers")
        return read(run_id, cancel)

    monkeypatch.setattr(service, "read", sometimes)
    progress, pauses = FakeProgress(), []

    def follow() -> PipelineRun:
        cancel = FakeCancelToken()
        return follow_submission(_RUN, ports, progress, cancel, lambda: pauses.append(1))

    if is_patient:
        assert follow().state is RunState.FAILED
    else:
        with pytest.raises(OutsideFailedError):
            follow()
    assert progress.messages[:5] == [("nobody answers", None)] * 5
    assert len(pauses) == 5


def test_follow_does_not_wait_for_what_nobody_tells() -> None:
    ports, service, _ = _ports(EngineRun(RunState.UNKNOWN, note=NO_STATUS))

    run = follow_submission(_RUN, ports, FakeProgress(), FakeCancelToken(), _never)

    assert (run.state, service.asked) == (RunState.UNKNOWN, ["read r1"])


def test_stop_asks_the_engine() -> None:
    ports, service, _ = _ports(_BEGUN, EngineRun(RunState.CANCELLED, _HALF.tasks))

    run = stop_submission(_RUN, ports, FakeCancelToken())

    assert service.asked == ["read r1", "stop r1", "read r1"]
    assert run.state is RunState.CANCELLED


def test_stop_leaves_what_has_ended() -> None:
    ports, service, _ = _ports(_BAD)

    assert stop_submission(_RUN, ports, FakeCancelToken()).state is RunState.FAILED
    assert service.asked == ["read r1"]


def test_retry_begins_what_failed_again() -> None:
    ports, service, _ = _ports(_BAD, _HALF)
    failed = refresh_submission(_RUN, ports, FakeCancelToken())

    run = retry_submission(failed, ports, FakeCancelToken())

    assert service.asked[-2:] == ["retry r1", "read r1"]
    assert (run.state, run.ended_at) == (RunState.RUNNING, None)
    assert _states(run) == [StepState.SUCCEEDED, StepState.RUNNING]


def test_retry_refuses_a_run_of_this_machine() -> None:
    ports, _, _ = _ports(_BAD)
    run = replace(_RUN, remote=None)

    with pytest.raises(RefusedError) as caught:
        retry_submission(run, ports, FakeCancelToken())

    assert caught.value.code is ErrorCode.RUN_NOT_REMOTE


def test_stored_files_are_named_below_the_run() -> None:
    storage = FakeObjectStorage({"demo-1/data.csv": b"a,b", "demo-1/x/y": b"", "demo-10/z": b""})
    ports, _, _ = _ports(_BEGUN, storage=storage)

    found = list_stored(_RUN, ports, FakeCancelToken())

    assert [(one.key, one.size) for one in found] == [("data.csv", 3), ("x/y", 0)]


def test_logs_are_read_from_what_steps_stored() -> None:
    outputs = [
        {"output_type": "stream", "text": ["one\n", "two\n"]},
        {"output_type": "execute_result", "data": {"text/plain": "3"}},
        {"output_type": "display_data", "data": {"image/png": "x"}},
        {"output_type": "error", "traceback": ["\x1b[31mTraceback", "ValueError: no"]},
    ]
    notebook = json.dumps({"cells": [{"outputs": outputs}, {"cell_type": "markdown"}]})
    storage = FakeObjectStorage({"demo-1/load.ipynb": notebook.encode()})
    storage.objects["demo-1/report.log"] = b"done\n"
    ports, _, _ = _ports(_BEGUN, storage=storage)

    lines = read_step_log(_RUN, "load", ports, FakeCancelToken())

    assert lines == ("one", "two", "3", "Traceback", "ValueError: no")
    assert read_step_log(_RUN, "report", ports, FakeCancelToken()) == ("done",)


def test_logs_are_empty_before_a_step_has_stored_any() -> None:
    storage = FakeObjectStorage({"demo-1/load.ipynb": b"{"})
    ports, _, _ = _ports(_BEGUN, storage=storage)

    assert read_step_log(_RUN, "load", ports, FakeCancelToken()) == ()
    assert read_step_log(_RUN, "report", ports, FakeCancelToken()) == ()


def test_logs_are_of_steps_and_runs_that_there_are() -> None:
    ports, _, _ = _ports(_BEGUN)

    with pytest.raises(NotFoundError, match="no step 'x'"):
        read_step_log(_RUN, "x", ports, FakeCancelToken())
    with pytest.raises(RefusedError, match="nothing in object storage"):
        list_stored(replace(_RUN, remote=None), ports, FakeCancelToken())


def _never() -> None:
    raise AssertionError
