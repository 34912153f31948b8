"""The commands about runs of pipelines, with steps that a test writes down and real folders."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.run_ports import StepEnd, StepWork
from aidevsecops_ext.cli.exit_codes import CANCELLED, FINDINGS, REFUSED, USAGE
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.notebook_run import RunEnd
from aidevsecops_ext.domain.pipeline_run import StepError
from tests.fakes.runs import FakeProjectData, FakeStepRuns
from tests.kits.pipelines import document_text, write_pipeline

from .conftest import Terminal

FILE = "project/churn.pipeline"
LOAD: dict[str, Any] = {"name": "load", "file": "load.ipynb"}
TRAIN: dict[str, Any] = {"name": "train", "file": "train.ipynb", "after": ["load"]}
ERROR = StepError("KeyError", "'x'", 2, ("Traceback", "at x"))


@pytest.fixture
def steps(terminal: Terminal) -> FakeStepRuns:
    """How the steps of a pipeline of two run."""
    write_pipeline(terminal.folder / FILE, LOAD, TRAIN)
    fake = FakeStepRuns(FakeProjectData())
    terminal.ports["step_runs"] = fake
    return fake


def test_run_prints_each_step_and_where_the_rest_is(
    terminal: Terminal, steps: FakeStepRuns
) -> None:
    result = terminal.run("pipeline", "run", FILE)

    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("project/churn.pipeline: succeeded in ")
    assert [line.split()[:2] for line in lines[1:3]] == [
        ["load", "succeeded"],
        ["train", "succeeded"],
    ]
    assert lines[1].endswith("kernel python3")
    assert lines[3].startswith("  project/runs/churn/")
    assert "project/churn.pipeline: Running load" in result.stderr
    assert len(steps.works) == 2


def test_run_answers_in_json_as_a_user_would_write_paths(
    terminal: Terminal, steps: FakeStepRuns
) -> None:
    answer = terminal.json("pipeline", "run", FILE)

    assert (answer["state"], answer["pipeline"]) == ("succeeded", FILE)
    assert answer["steps"][0]["notebook"].startswith("project/runs/churn/")
    assert terminal.json("pipeline", "status") == answer
    assert terminal.json("pipeline", "status", answer["run"][:17]) == answer
    assert terminal.json("pipeline", "status", answer["folder"]) == answer
    assert terminal.json("pipeline", "runs") == terminal.json("pipeline", "runs", FILE) == [answer]
    assert steps.works


def test_failing_step_is_shown_with_its_traceback(terminal: Terminal, steps: FakeStepRuns) -> None:
    steps.ends["project/load.ipynb"] = StepEnd(RunEnd.FAILED, 1.25, ERROR)

    result = terminal.run("pipeline", "run", FILE)

    assert result.exit_code == FINDINGS
    assert "cell 3: KeyError: 'x'" in result.stdout
    assert "load:\n  Traceback\n  at x" in result.stdout
    assert "load failed\n" in result.stdout
    assert terminal.run("pipeline", "status").exit_code == FINDINGS
    assert "(load failed)" in terminal.run("pipeline", "runs").stdout


def test_only_what_changed_runs_again_and_the_reason_is_said(
    terminal: Terminal, steps: FakeStepRuns
) -> None:
    terminal.run("pipeline", "run", FILE)
    steps.works.clear()

    again = terminal.run("pipeline", "run", FILE, "--only-changed")

    assert "unchanged since run" in again.stdout
    assert steps.works == []


def test_runs_are_compared(terminal: Terminal, steps: FakeStepRuns) -> None:
    write_pipeline(terminal.folder / FILE, LOAD, {**TRAIN, "outputs": ["model.txt"]})
    terminal.write("project/model.txt", "1")
    first = terminal.json("pipeline", "run", FILE)["run"]
    second = terminal.json("pipeline", "run", FILE)["run"]
    write_pipeline(terminal.folder / FILE, LOAD, {**TRAIN, "outputs": ["m*"]}, load="x = 2")
    terminal.write("project/model.txt", "2")
    terminal.write("project/more.txt", "2")
    third = terminal.json("pipeline", "run", FILE)["run"]

    same = terminal.run("pipeline", "compare", first, second)
    other = terminal.run("pipeline", "compare", second, third)
    back = terminal.run("pipeline", "compare", third, second)

    assert (same.exit_code, other.exit_code) == (0, FINDINGS)
    assert "Nothing differs but times." in same.stdout
    assert "code changed: cell 1" in other.stdout
    assert "output project/model.txt differs" in other.stdout
    assert "output project/more.txt is new" in other.stdout
    assert "output project/more.txt is gone" in back.stdout
    assert terminal.json("pipeline", "compare", first, second)["same"] is True
    assert steps.works


def test_comparison_tells_of_parameters_and_missing_steps(
    terminal: Terminal, steps: FakeStepRuns
) -> None:
    number = {"name": "n", "default_value": {"type": "Integer", "value": 1}}
    (terminal.folder / FILE).write_text(document_text(LOAD, TRAIN, parameters=(number,)))
    first = terminal.json("pipeline", "run", FILE, "--param", "n=2")["run"]
    (terminal.folder / FILE).write_text(document_text(LOAD, parameters=(number,)))
    second = terminal.json("pipeline", "run", FILE)["run"]

    result = terminal.run("pipeline", "compare", first, second)

    assert "parameter n: 2 → –" in result.stdout
    assert "train: succeeded 1.0 s → not there" in result.stdout
    assert steps.works


def test_logs_are_printed_step_by_step(terminal: Terminal, steps: FakeStepRuns) -> None:
    run_step = steps.run

    def logged(work: StepWork, *others: Any) -> StepEnd | None:
        (terminal.folder / work.place.log).write_text(f"{work.file}\nmore\n")
        return run_step(work, *others)

    steps.run = logged  # type: ignore[method-assign, assignment]
    terminal.run("pipeline", "run", FILE)

    whole = terminal.run("pipeline", "logs")
    one = terminal.run("pipeline", "logs", "latest", "--step", "train", "--follow")
    missing = terminal.run("pipeline", "logs", "--step", "nope")

    assert whole.stdout == (
        "==> load <==\nproject/load.ipynb\nmore\n==> train <==\nproject/train.ipynb\nmore\n"
    )
    assert one.stdout == "project/train.ipynb\nmore\n"
    assert (missing.exit_code, "It has: load, train." in missing.stderr) == (USAGE, True)


def test_run_is_cancelled_from_another_terminal(terminal: Terminal, steps: FakeStepRuns) -> None:
    is_running = threading.Event()

    def wait(cancel: CancelToken) -> None:
        stopped = threading.Event()
        cancel.on_cancel(stopped.set)
        is_running.set()
        assert stopped.wait(20)
        cancel.raise_if_cancelled()

    def ask() -> None:
        assert is_running.wait(20)
        folders = terminal.services(terminal.folder, Settings()).run_folders
        folders.ask_to_stop(folders.find_all()[0])

    steps.meanwhile["project/load.ipynb"] = wait
    asker = threading.Thread(target=ask)
    asker.start()
    result = terminal.run("pipeline", "run", FILE)
    asker.join()

    assert (result.exit_code, "cancelled" in result.stdout) == (CANCELLED, True)
    again = terminal.run("pipeline", "cancel")
    assert (again.exit_code, "cancelled" in again.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("run", "gone.pipeline"), USAGE, "gone.pipeline"),
        (("run", FILE, "--param", "n"), USAGE, "say NAME=VALUE"),
        (("run", FILE, "--param", "n=1"), USAGE, "no parameter 'n'"),
        (("run", FILE, "--from", "nope"), USAGE, "It has: load, train."),
        (("status",), USAGE, "There is no run here."),
        (("status", "2026"), USAGE, "There is no run 2026 here."),
        (("status", "project"), USAGE, "There is no run project."),
        (("runs", "gone.pipeline"), USAGE, "does not exist"),
    ],
)
def test_bad_wishes_are_refused(
    terminal: Terminal, steps: FakeStepRuns, arguments: tuple[str, ...], status: int, said: str
) -> None:
    result = terminal.run("pipeline", *arguments)

    assert (result.exit_code, steps.works) == (status, [])
    assert said in result.stderr


def test_beginning_that_several_runs_have_is_refused(
    terminal: Terminal, steps: FakeStepRuns
) -> None:
    name = terminal.json("pipeline", "run", FILE)["run"]
    terminal.run("pipeline", "run", FILE)

    result = terminal.run("pipeline", "status", name[:6])

    assert (result.exit_code, "Several runs begin with" in result.stderr) == (USAGE, True)
    assert steps.works


def test_no_runs_are_none(terminal: Terminal) -> None:
    assert terminal.run("pipeline", "runs").stdout == "no runs\n"


def test_run_that_fails_as_a_whole_says_why(terminal: Terminal, steps: FakeStepRuns) -> None:
    write_pipeline(terminal.folder / FILE, {**LOAD, "outputs": ["gone.csv"]}, TRAIN)

    result = terminal.run("pipeline", "run", FILE, "--from", "train")

    assert (result.exit_code, steps.works) == (REFUSED, [])
    assert "are not there: gone.csv (load)." in result.stdout
    assert "Hint: Run those steps too." in result.stdout


def test_notes_of_steps_are_printed(
    terminal: Terminal, steps: FakeStepRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pipeline(terminal.folder / FILE, {**LOAD, "outputs": ["big.bin"]})
    terminal.write("project/big.bin", "xx")
    monkeypatch.setenv("AIDEVSECOPS_RUN_KEEP_BYTES", "1")
    steps.ends["project/train.ipynb"] = OutsideFailedError(ErrorCode.RUN_KERNEL_FAILED, "No.")

    result = terminal.run("pipeline", "run", FILE, "--parallel", "1", "--timeout", "0")

    assert "note: Too large to keep a copy of: big.bin." in result.stdout
    assert Path(terminal.folder / "project" / "runs").is_dir()
