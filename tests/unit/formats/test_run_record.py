"""Records of runs, and how runs are answered."""

from __future__ import annotations

from aidevsecops_ext.domain.pipeline_run import (
    KeptFile,
    PipelineRun,
    RunError,
    RunState,
    StepError,
    StepRun,
    StepState,
)
from aidevsecops_ext.domain.run_comparison import compare_runs
from aidevsecops_ext.formats.run_answers import comparison_json, run_json
from aidevsecops_ext.formats.run_record import read_record, record_text

RUN = PipelineRun(
    "1",
    "project/a.pipeline",
    "a",
    "project/runs/a/1",
    state=RunState.FAILED,
    steps=(
        StepRun(
            "x",
            "load",
            "project/load.ipynb",
            state=StepState.CACHED,
            notebook="project/runs/a/1/load.ipynb",
            log="project/runs/a/1/load.log",
            outputs=(
                KeptFile("data/x.csv", "aa", 3, "project/runs/a/1/outputs/x.csv"),
                KeptFile("data/y.csv", "bb", 3),
            ),
            key={"cell 1": "aa"},
        ),
        StepRun(
            "y",
            "train",
            "project/train.ipynb",
            state=StepState.FAILED,
            error=StepError("KeyError", "'x'", 2, ("at x",)),
        ),
    ),
    started_at=1.0,
    ended_at=3.5,
    parameters={"n": "1"},
    error=RunError("run.lost", "Lost.", "Again."),
)


def test_record_is_read_as_it_was_written() -> None:
    assert read_record(record_text(RUN), "project") == RUN


def test_record_moves_with_its_pipeline() -> None:
    text = record_text(RUN)

    moved = read_record(text, "elsewhere/deep")

    assert "project" not in text
    assert moved is not None
    assert moved.pipeline == "elsewhere/deep/a.pipeline"
    assert moved.steps[0].outputs[0].path == "elsewhere/data/x.csv"
    assert moved.steps[1].log is None


def test_what_is_no_record_is_none() -> None:
    assert read_record("{", "") is None
    assert read_record('{"id": 5}', "") is None


def test_answer_names_the_paths_as_they_are_shown() -> None:
    answer = run_json(RUN, lambda path: f"../{path}")

    assert (answer["run"], answer["state"], answer["seconds"]) == ("1", "failed", 2.5)
    assert answer["error"] == {"code": "run.lost", "message": "Lost.", "hint": "Again."}
    steps = answer["steps"]
    assert isinstance(steps, list)
    load, train = steps
    assert isinstance(load, dict)
    assert isinstance(train, dict)
    assert (load["cached"], load["log"]) == (True, "../project/runs/a/1/load.log")
    assert load["outputs"] == [
        {
            "path": "../data/x.csv",
            "digest": "aa",
            "size": 3,
            "kept": "../project/runs/a/1/outputs/x.csv",
        },
        {"path": "../data/y.csv", "digest": "bb", "size": 3, "kept": None},
    ]
    assert train["error"] == {
        "cell": 2,
        "name": "KeyError",
        "message": "'x'",
        "traceback": ["at x"],
    }
    going_on = PipelineRun("2", "a.pipeline", "a", "runs/a/2")
    assert run_json(going_on)["seconds"] is None
    assert run_json(going_on)["error"] is None


def test_comparison_is_answered_step_by_step() -> None:
    other = PipelineRun(
        "2",
        "a.pipeline",
        "a",
        "f",
        steps=(
            StepRun(
                "x",
                "load",
                "load.ipynb",
                state=StepState.SUCCEEDED,
                outputs=(KeptFile("data/x.csv", "cc", 3), KeptFile("data/y.csv", "bb", 3)),
                key={"cell 1": "bb"},
            ),
        ),
    )

    answer = comparison_json(compare_runs(RUN, other))

    assert (answer["same"], answer["seconds_before"], answer["seconds_after"]) == (False, 2.5, None)
    assert answer["parameters"] == [{"name": "n", "before": "1", "after": None}]
    assert answer["steps"] == [
        {
            "name": "load",
            "same": False,
            "before": {"state": "cached", "seconds": None},
            "after": {"state": "succeeded", "seconds": None},
            "changes": ["code changed: cell 1"],
            "outputs": [{"path": "data/x.csv", "before": "aa", "after": "cc"}],
        },
        {
            "name": "train",
            "same": False,
            "before": {"state": "failed", "seconds": None},
            "after": None,
            "changes": [],
            "outputs": [],
        },
    ]
