"""Splitting notebooks in a terminal, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.app.exchange_ports import FileChange, FileRemoval
from aidevsecops_ext.app.verification_ports import VerificationPorts
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.verification import OutputDiff
from tests.fakes.all_packages import AllPackages
from tests.fakes.clock import FakeClock
from tests.kits.kernels import KernelKit
from tests.kits.split_notebooks import CHURN, split_text
from tests.kits.splits import SameRuns

from .conftest import Terminal

OF_A_STEP = {
    "name",
    "notebook",
    "cells",
    "inputs",
    "outputs",
    "reads",
    "writes",
    "definitions",
    "upstream",
    "requirements",
    "files",
}
STEPS = ("load", "train", "say")
FILES = tuple(f"churn-{step}.ipynb" for step in STEPS)


@pytest.fixture
def churn(terminal: Terminal) -> Path:
    """A notebook with three steps in the folder of the terminal."""
    return terminal.write("churn.ipynb", split_text())


def contents(folder: Path) -> dict[str, bytes]:
    """All files below the folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def edit(path: Path) -> None:
    """Edit the last cell of a notebook by hand."""
    notebook = json.loads(path.read_text())
    notebook["cells"][-1]["source"] = ["by_hand = 1"]
    path.write_text(json.dumps(notebook))


def test_dry_run_answers_the_split_in_json_and_writes_nothing(
    terminal: Terminal, churn: Path
) -> None:
    before = contents(terminal.folder)

    answer = terminal.json("split", str(churn), "--dry-run")

    assert answer["by"] == "heading"
    assert answer["verified"] is None
    assert [step["name"] for step in answer["steps"]] == [*STEPS]
    assert all(set(step) >= OF_A_STEP for step in answer["steps"])
    train = answer["steps"][1]
    assert train["inputs"] == ["limit", "rows"]
    assert train["outputs"] == ["model"]
    assert "scaled" in train["definitions"]
    assert train["upstream"] == ["load"]
    assert train["files"] == {"reads": [], "writes": []}
    assert answer["warnings"] == []
    assert contents(terminal.folder) == before


def test_dry_run_names_files_as_the_user_would(terminal: Terminal) -> None:
    terminal.write("below/churn.ipynb", split_text())

    answer = terminal.json("split", "below/churn.ipynb", "--dry-run", "--out", "steps")

    assert answer["notebook"] == str(Path("below/churn.ipynb"))
    assert answer["steps"][0]["notebook"] == str(Path("steps/churn-load.ipynb"))
    assert answer["steps"][0]["overlay"] == str(Path("overlays/load"))


def test_dry_run_shows_steps_flows_and_warnings(terminal: Terminal) -> None:
    cells = (*CHURN, ">answer = input()", ">print(undefined_name)")
    terminal.write("churn.ipynb", split_text(cells))

    result = terminal.run("split", "churn.ipynb", "--dry-run")

    assert result.exit_code == 0, result.output
    assert "3 steps, cut at headings of level 2" in result.stdout
    assert "takes:     limit, rows from load" in result.stdout
    assert "repeats:   scaled" in result.stdout
    assert "churn-say.ipynb: would be created" in result.stdout


def test_split_keeps_the_level_that_was_chosen_in_the_notebook(terminal: Terminal) -> None:
    notebook = terminal.write(
        "nb.ipynb", split_text(("## A", ">a = 1", "### B", ">b = a", "## C", ">c = b"))
    )
    before = json.loads(notebook.read_text())

    preview = terminal.run("split", "nb.ipynb", "--level", "3", "--dry-run")
    untouched = json.loads(notebook.read_text())
    made = terminal.run("split", "nb.ipynb", "--level", "3", "--no-overlays")
    again = terminal.run("split", "nb.ipynb", "--no-overlays")

    assert "nb.ipynb: would record how it is cut" in preview.stdout
    assert "nb.ipynb: written" in made.stdout
    assert "3 steps, cut at headings of level 3" in again.stdout
    assert "All files are as they should be." in again.stdout
    assert untouched == before
    record = {"cut": {"by": "heading", "level": 3}}
    metadata = {**before["metadata"], "aidevsecops": record}
    assert json.loads(notebook.read_text()) == {**before, "metadata": metadata}


def test_prune_deletes_what_an_earlier_split_left_behind(terminal: Terminal, churn: Path) -> None:
    terminal.run("split", "churn.ipynb", "--no-overlays")
    churn.write_text(split_text(CHURN[:6]))

    named = terminal.run("split", "churn.ipynb", "--no-overlays", "--dry-run")
    shown = terminal.run("split", "churn.ipynb", "--no-overlays", "--prune", "--dry-run")
    was_there = (terminal.folder / FILES[2]).is_file()
    made = terminal.run("split", "churn.ipynb", "--no-overlays", "--prune")
    answer = terminal.json("split", "churn.ipynb", "--no-overlays", "--prune")

    assert "churn-say.ipynb is of an earlier split" in named.output
    assert "churn-say.ipynb: would be deleted" in shown.stdout
    assert was_there
    assert "churn-say.ipynb: deleted" in made.stdout
    assert not (terminal.folder / FILES[2]).exists()
    assert (answer["removals"], answer["deleted"]) == ([], [])


def test_split_writes_a_notebook_for_each_step(terminal: Terminal, churn: Path) -> None:
    before = churn.read_bytes()

    result = terminal.run("split", "churn.ipynb", "--no-overlays")

    assert result.exit_code == 0, result.output
    assert "Not verified" in result.stdout
    assert set(contents(terminal.folder)) == {"churn.ipynb", *FILES}
    assert churn.read_bytes() == before
    step = json.loads((terminal.folder / "churn-train.ipynb").read_text())
    split = step["metadata"]["aidevsecops"]["split"]
    assert (split["notebook"], split["step"], split["verified"]) == ("churn.ipynb", "train", None)


def test_split_changes_nothing_when_it_is_done_again(terminal: Terminal, churn: Path) -> None:
    terminal.run("split", "churn.ipynb", "--no-overlays")
    before = contents(terminal.folder)

    result = terminal.run("split", str(churn), "--no-overlays")

    assert result.exit_code == 0
    assert "All files are as they should be." in result.stdout
    assert contents(terminal.folder) == before


def test_split_replaces_a_step_when_the_notebook_has_changed(
    terminal: Terminal, churn: Path
) -> None:
    terminal.run("split", "churn.ipynb", "--no-overlays")
    churn.write_text(split_text((*CHURN[:7], ">print(json.dumps(model), 'new')")))

    preview = terminal.run("split", "churn.ipynb", "--no-overlays", "--dry-run", "--diff")
    answer = terminal.json("split", "churn.ipynb", "--no-overlays")

    assert "+print(json.dumps(model), 'new')" in preview.stdout
    assert answer["written"] == ["churn-say.ipynb"]
    assert answer["unchanged"] == [*FILES[:2]]
    assert "'new'" in (terminal.folder / "churn-say.ipynb").read_text()


def test_split_leaves_a_step_alone_when_it_was_edited_by_hand(
    terminal: Terminal, churn: Path
) -> None:
    terminal.run("split", str(churn), "--no-overlays")
    edit(terminal.folder / "churn-train.ipynb")
    before = contents(terminal.folder)

    result = terminal.run("split", "churn.ipynb", "--no-overlays")
    preview = terminal.json("split", "churn.ipynb", "--no-overlays", "--dry-run")

    assert result.exit_code == 3
    assert "edited by hand" in result.stderr
    assert contents(terminal.folder) == before
    assert [step["state"] for step in preview["steps"]] == ["unchanged", "edited", "unchanged"]


def test_split_replaces_an_edited_step_when_it_is_forced(terminal: Terminal, churn: Path) -> None:
    terminal.run("split", str(churn), "--no-overlays")
    before = contents(terminal.folder)
    edit(terminal.folder / "churn-train.ipynb")

    result = terminal.run("split", "churn.ipynb", "--no-overlays", "--force")

    assert result.exit_code == 0, result.output
    assert contents(terminal.folder) == before


@pytest.mark.parametrize("text", ["not a notebook", split_text()])
def test_split_never_replaces_a_file_of_something_else(
    terminal: Terminal, churn: Path, text: str
) -> None:
    terminal.write("churn-train.ipynb", text)
    before = contents(terminal.folder)

    result = terminal.run("split", str(churn), "--no-overlays", "--force")

    assert result.exit_code == 3
    assert "churn-train.ipynb" in result.stderr
    assert contents(terminal.folder) == before


def test_split_names_notebooks_of_steps_that_are_no_more(terminal: Terminal, churn: Path) -> None:
    terminal.run("split", "churn.ipynb", "--no-overlays")
    churn.write_text(split_text((*CHURN[:6], "## Tell", CHURN[7])))

    answer = terminal.json("split", "churn.ipynb", "--no-overlays")

    assert [warning["code"] for warning in answer["warnings"]] == ["steps.left-behind"]
    assert "churn-say.ipynb" in answer["warnings"][0]["message"]
    assert (terminal.folder / "churn-say.ipynb").is_file()


def test_split_leaves_all_as_it_was_when_a_file_cannot_be_written(
    terminal: Terminal, churn: Path
) -> None:
    class FullDisk:
        def write(
            self, changes: tuple[FileChange, ...], removals: tuple[FileRemoval, ...] = ()
        ) -> None:
            raise OutsideFailedError(
                ErrorCode.NOTEBOOK_WRITE_FAILED, f"{len((*changes, *removals))} not written"
            )

    terminal.ports["changes"] = FullDisk()
    before = contents(terminal.folder)

    result = terminal.run("split", str(churn), "--no-overlays")
    answer = terminal.json("split", str(churn), "--no-overlays")

    assert result.exit_code == 4
    assert "3 not written" in result.stderr
    assert answer["error"]["code"] == "notebook.write-failed"
    assert contents(terminal.folder) == before


def test_split_locks_an_overlay_for_each_step(terminal: Terminal, churn: Path) -> None:
    terminal.ports["package_files"] = AllPackages()
    terminal.resolver.engine = "uv"

    answer = terminal.json("split", str(churn), "--overlays-dir", "environments")

    assert [overlay["name"] for overlay in answer["overlays"]] == [*STEPS]
    union = {asked.key for asked in terminal.resolver.requests[0].requirements}
    assert union == {"cloudpickle", "ipykernel"}
    assert (terminal.folder / "environments" / "train" / "Pipfile.lock").is_file()
    assert "environments" in (terminal.folder / ".thoth.yaml").read_text()


def test_split_with_overlays_changes_nothing_when_it_is_done_again(
    terminal: Terminal, churn: Path
) -> None:
    terminal.ports["package_files"] = AllPackages()
    terminal.resolver.engine = "uv"
    first = terminal.run("split", str(churn))
    before = contents(terminal.folder)

    again = terminal.run("split", "churn.ipynb")

    assert first.exit_code == again.exit_code == 0
    assert f"{Path('overlays/load')}: written, 2 packages" in first.stdout
    assert f"{Path('overlays/load')}: unchanged, 2 packages" in again.stdout
    assert "All files are as they should be." in again.stdout
    assert contents(terminal.folder) == before


def test_split_puts_shared_functions_into_a_module_when_asked(
    terminal: Terminal, churn: Path
) -> None:
    cells = (
        "## One",
        ">def twice(x):\n    return x * 2\na = twice(1)",
        "## Two",
        ">b = twice(a)",
        "## Three",
        ">c = twice(b)",
    )
    churn.write_text(split_text(cells))

    answer = terminal.json("split", "churn.ipynb", "--no-overlays", "--module")

    assert "churn_steps.py" in answer["written"]
    assert "def twice" in (terminal.folder / "churn_steps.py").read_text()
    assert "def twice" not in (terminal.folder / "churn-two.ipynb").read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("--dry-run", "--verify"),
        ("--report", "report.html"),
        ("--no-overlays", "--overlays-dir", "x"),
        ("--by", "tag", "--level", "2"),
        ("--level", "9"),
        ("--by", "hand"),
    ],
)
def test_split_is_refused_when_options_exclude_each_other(
    terminal: Terminal, churn: Path, words: tuple[str, ...]
) -> None:
    result = terminal.run("split", str(churn), *words)

    assert result.exit_code == 2
    assert set(contents(terminal.folder)) == {"churn.ipynb"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (split_text((">x <- 1",)).replace('"python"', '"R"'), 3),
        (split_text(()), 3),
        (split_text(("# Only words",)), 3),
        (split_text().replace('"nbformat": 4', '"nbformat": 3'), 3),
        ("[]", 2),
        ("{", 2),
    ],
)
def test_split_is_refused_when_there_is_nothing_to_split(
    terminal: Terminal, text: str, code: int
) -> None:
    terminal.write("nb.ipynb", text)

    result = terminal.run("split", "nb.ipynb")

    assert result.exit_code == code
    assert "Error" in result.stderr
    assert set(contents(terminal.folder)) == {"nb.ipynb"}


def test_split_stays_in_its_folder_when_names_lead_out_of_it(terminal: Terminal) -> None:
    cells = ("## ../../outside", ">a = 1", "## C:\\windows\\x", ">b = a", "## a/b.ipynb", ">c = b")
    terminal.write("nb.ipynb", split_text(cells))

    answer = terminal.json("split", "nb.ipynb", "--no-overlays")

    assert len(answer["written"]) == 3
    assert all(Path(path).parent == Path() for path in answer["written"])
    assert {path.parent for path in terminal.folder.parent.rglob("*.ipynb")} == {terminal.folder}


def test_split_is_refused_when_its_folder_leads_out_of_the_root(
    terminal: Terminal, churn: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (terminal.folder / "link").symlink_to(outside, target_is_directory=True)

    for folder in ("link", "../outside"):
        result = terminal.run("split", str(churn), "--no-overlays", "--out", folder)

        assert result.exit_code == 3
        assert "outside" in result.stderr
    assert list(outside.iterdir()) == []


def test_split_by_tags_follows_the_tags(terminal: Terminal) -> None:
    tags = {0: ["step:one"], 1: ["step:two"], 2: ["skip"]}
    terminal.write("nb.ipynb", split_text((">a = 1", ">b = a", ">c = b"), tags))

    answer = terminal.json("split", "nb.ipynb", "--dry-run")

    assert answer["by"] == "tag"
    assert [step["cells"] for step in answer["steps"]] == [[0], [1]]
    assert [cell["role"] for cell in answer["cells"]] == ["source", "source", "skip"]


@pytest.fixture
def runs(terminal: Terminal) -> SameRuns:
    """Runs that come to the same, unless a test says else."""
    runs = SameRuns()
    terminal.ports["verification_ports"] = lambda: VerificationPorts(
        runs, KernelKit().ports, FakeClock(1.0)
    )
    terminal.ports["output_diffs"] = NoDiffs()
    return runs


class NoDiffs:
    """Finds nothing to show."""

    def compare(self, before: tuple[Json, ...], after: tuple[Json, ...]) -> tuple[OutputDiff, ...]:
        del before, after
        return ()


def test_split_is_verified_and_reported_when_asked(
    terminal: Terminal, churn: Path, runs: SameRuns
) -> None:
    page = terminal.run("split", str(churn), "--no-overlays", "--verify", "--report", "a.html")
    answer = terminal.json("split", str(churn), "--no-overlays", "--verify", "--report", "b.json")

    assert page.exit_code == 0, page.output
    assert len(runs.requests) == 8
    assert "Running the steps gives what running the notebook gives" in page.stdout
    assert "<html" in (terminal.folder / "a.html").read_text()
    assert json.loads((terminal.folder / "b.json").read_text())["verdict"] == "same"
    assert (answer["verified"], answer["verification"]["differences"]) == (True, 0)
    assert answer["written"] == []


def test_split_ends_with_1_when_steps_do_something_else(
    terminal: Terminal, churn: Path, runs: SameRuns
) -> None:
    runs.failing = "churn-train.ipynb"

    result = terminal.run("split", str(churn), "--no-overlays", "--verify")

    assert result.exit_code == 1
    step = json.loads((terminal.folder / "churn-load.ipynb").read_text())
    assert step["metadata"]["aidevsecops"]["split"]["verified"] is False


def test_split_ends_with_1_when_the_notebook_itself_fails(
    terminal: Terminal, churn: Path, runs: SameRuns
) -> None:
    runs.failing = "churn.ipynb"

    result = terminal.run("split", str(churn), "--no-overlays", "--verify")

    assert result.exit_code == 1
    assert "0 the same, 0 different" in result.stdout


def test_split_says_all_that_a_step_is_about(terminal: Terminal) -> None:
    terminal.write("features.py", "import yaml")
    cells = (
        "## Get it",
        ">import random\nimport features\nrandom.seed(1)\nrows = open('in.csv').read()",
        "## Use",
        ">try:\n    import ujson\nexcept ImportError:\n    ujson = None\n"
        "open('out.csv', 'w').write(rows * random.randint(1, 9))",
        "## Look",
        ">print(open('out.csv').read())",
        ">print(missing_one)",
    )
    terminal.write("nb.ipynb", split_text(cells))

    result = terminal.run("split", "nb.ipynb", "--dry-run", "--no-overlays")

    said = result.stdout
    assert "get_it “Get it” (cells 1-2)" in said
    assert "the state of random" in said
    assert "reads:     in.csv" in said
    assert "writes:    out.csv" in said
    assert "needs:     features.py" in said
    assert "can use:   ujson" in said
    assert "look after use: " in said
    assert "missing_one is not bound" in said
    assert "Overlays" not in said


def test_split_marks_what_is_in_the_way_as_an_error(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", split_text(("## A", ">a = (", "## B", ">b = (")))

    preview = terminal.run("split", "nb.ipynb", "--dry-run")
    result = terminal.run("split", "nb.ipynb")

    assert preview.exit_code == 0
    assert "error: cells 2:1, 4:1: " in preview.stdout
    assert result.exit_code == 3
    assert "cannot be split" in result.stderr
