"""Runs of pipelines: how they end, and how two of them differ."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.pipeline_run import (
    LOST,
    KeptFile,
    PipelineRun,
    RunState,
    StepError,
    StepRun,
    StepState,
    as_lost,
    state_of,
)
from aidevsecops_ext.domain.run_comparison import OutputChange, ParameterChange, compare_runs
from aidevsecops_ext.domain.step_key import MISSING, Part, changes_between, digest_of


def run_of(*steps: StepRun, run_id: str = "1", **parameters: str) -> PipelineRun:
    """A run with those steps."""
    return PipelineRun(
        run_id, "a.pipeline", "a", f"runs/a/{run_id}", steps=steps, parameters=parameters
    )


def step_of(name: str, state: StepState = StepState.SUCCEEDED, **key: str) -> StepRun:
    """A step whose key has those digests of its cells."""
    cells = {Part.CELL.of(name.removeprefix("c")): digest for name, digest in key.items()}
    return StepRun(name, name, f"{name}.ipynb", state=state, key=cells)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((StepState.SUCCEEDED, StepState.CACHED, StepState.SKIPPED), RunState.SUCCEEDED),
        ((StepState.SUCCEEDED, StepState.FAILED, StepState.SKIPPED), RunState.FAILED),
        ((StepState.FAILED, StepState.CANCELLED), RunState.CANCELLED),
        ((), RunState.SUCCEEDED),
    ],
)
def test_run_ends_as_its_steps_did(states: tuple[StepState, ...], expected: RunState) -> None:
    assert state_of(step_of("a", state) for state in states) is expected


def test_states_say_if_they_are_final() -> None:
    assert [state for state in StepState if not state.is_final] == ["waiting", "running"]
    assert [state for state in RunState if not state.is_final] == ["running", "unknown"]


def test_lost_run_says_how_far_it_was() -> None:
    run = run_of(step_of("a"), step_of("b", StepState.RUNNING), step_of("c", StepState.WAITING))

    lost = as_lost(run)

    assert (lost.state, lost.error) == (RunState.FAILED, LOST)
    assert [step.state.value for step in lost.steps] == ["succeeded", "failed", "skipped"]


def test_run_lasts_until_it_ended() -> None:
    run = PipelineRun("1", "a.pipeline", "a", "runs/a/1", started_at=5.0)
    assert run.seconds is None

    ended = PipelineRun("1", "a.pipeline", "a", "runs/a/1", started_at=5.0, ended_at=7.0)

    assert ended.seconds == 2.0


def test_step_is_replaced_by_its_id() -> None:
    run = run_of(step_of("a"), step_of("b"))

    changed = run.with_step(step_of("b", StepState.FAILED))

    assert [step.state.value for step in changed.steps] == ["succeeded", "failed"]
    assert changed.step("c") is None


@pytest.mark.parametrize(("message", "sentence"), [("no\nmore", "KeyError: no"), ("", "KeyError")])
def test_error_in_one_line(message: str, sentence: str) -> None:
    assert StepError("KeyError", message).sentence == sentence


def test_changes_are_said_in_words() -> None:
    old = {
        "cell 1": "a",
        "cell 2": "b",
        "cell 12": "c",
        "input x.csv": "1",
        "input y.csv": MISSING,
        "input z.csv": "1",
        "variable A": "1",
        "upstream load": "r1",
        "environment": "e",
    }
    new = {
        "cell 1": "a",
        "cell 2": "B",
        "input x.csv": "2",
        "input y.csv": "1",
        "input z.csv": MISSING,
        "parameter n": "1",
        "upstream load": "r2",
        "environment": "f",
    }

    assert set(changes_between(old, new)) == {
        "code changed: cell 2",
        "input x.csv changed",
        "input y.csv is new",
        "input z.csv is not there",
        "variable A is gone",
        "parameter n is new",
        "load, which declares no outputs, ran again",
        "environment changed",
    }
    two = changes_between(old, {**old, "cell 2": "x", "cell 12": "y"})
    assert two == ("code changed: cells 2, 12",)
    moved = {"cell 1": "b", "cell 2": "a"}
    assert changes_between({"cell 1": "a", "cell 2": "b"}, moved) == (
        "code changed: cells were moved or removed",
    )
    assert changes_between(old, old) == ()


def test_text_between_cells_changes_no_code() -> None:
    old = {Part.CELL.of(1): digest_of("a"), Part.CELL.of(2): digest_of("b")}

    assert changes_between(old, {"cell 2": digest_of("a"), "cell 10": digest_of("b")}) == ()


def test_same_runs_have_no_differences() -> None:
    run = run_of(step_of("a", c1="x"), n="1")

    assert compare_runs(run, run).is_same


def test_comparison_says_what_differs_of_each_step() -> None:
    before = run_of(
        StepRun(
            "1",
            "fit",
            "fit.ipynb",
            state=StepState.SUCCEEDED,
            outputs=(KeptFile("m.pkl", "1", 5), KeptFile("same", "0", 1)),
            key={"cell 1": "a"},
        ),
        step_of("plot"),
        step_of("old"),
        n="1",
        same="0",
    )
    after = run_of(
        StepRun(
            "1",
            "fit",
            "fit.ipynb",
            state=StepState.CACHED,
            outputs=(KeptFile("m.pkl", "2", 5), KeptFile("new", "1", 5), KeptFile("same", "0", 1)),
            key={"cell 1": "b"},
        ),
        step_of("plot", StepState.FAILED),
        n="2",
        same="0",
    )

    found = compare_runs(before, after)

    fit, plot, old = found.steps
    assert fit.changes == ("code changed: cell 1",)
    assert fit.outputs == (OutputChange("m.pkl", "1", "2"), OutputChange("new", None, "1"))
    assert (fit.is_same, plot.is_same, old.is_same) == (False, False, False)
    assert (plot.changes, plot.outputs, old.after) == ((), (), None)
    assert found.parameters == (ParameterChange("n", "1", "2"),)
    assert not found.is_same
