"""Pipelines in a terminal, on real files."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.engine_ports import EngineWork
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.engine import EngineIssue, IssueLevel
from tests.cli.conftest import Terminal
from tests.kits.git_repo import GitRepo
from tests.kits.notebooks import notebook_text
from tests.kits.pipelines import node, old_node, text
from tests.kits.split_notebooks import split_text


@pytest.fixture
def project(terminal: Terminal) -> Terminal:
    """A terminal in a folder with a notebook that was split."""
    terminal.write("churn.ipynb", split_text())
    assert terminal.run("split", "churn.ipynb", "--no-overlays").exit_code == 0
    return terminal


def test_create_previews_writes_and_then_leaves_alone(project: Terminal) -> None:
    preview = project.run("pipeline", "create", "churn.ipynb", "--dry-run")
    is_untouched = not (project.folder / "churn.pipeline").exists()
    written = project.run("pipeline", "create", "churn.ipynb")
    again = project.run("pipeline", "create", "churn.ipynb")

    assert is_untouched
    assert '+  "doc_type": "pipeline",' in preview.stdout
    assert "churn.pipeline: would be created, 3 nodes" in preview.stdout
    assert written.stdout.startswith("churn.pipeline: created, 3 nodes\n  load\n    file:")
    assert "  train after load\n" in written.stdout
    assert "    leaves:     artifacts/churn/load/*\n" in written.stdout
    assert "note: churn-load.ipynb has no overlay" in written.stdout
    assert again.stdout.startswith("churn.pipeline: unchanged")


def test_create_answers_in_json(project: Terminal) -> None:
    answer = project.json("pipeline", "create", "churn.ipynb", "--out", "p/flow", "--dry-run")

    assert answer["file"]["path"] == "p/flow.pipeline"
    assert answer["file"]["state"] == "created"
    assert answer["revision"] is None
    load = answer["pipeline"]["nodes"][0]
    assert (load["name"], load["kind"], load["file"]) == ("load", "notebook", "../churn-load.ipynb")
    assert load["custody"]["step"] == "load"


def test_create_names_images_by_the_newest_release(terminal: Terminal, repo: GitRepo) -> None:
    terminal.write("a.ipynb", notebook_text(["print()"], kernelspec={"name": "train"}))
    terminal.write("overlays/train/Pipfile", "[packages]\n")
    build = "{registry: registry.example, registry-org: o, registry-project: p}"
    terminal.write(".aicoe-ci.yaml", f"overlays:\n- {{name: train, build: {build}}}\n")

    answer = terminal.json("pipeline", "create", "a.ipynb", "--dry-run")

    assert repo.git("tag") == "v1.2.0"
    assert answer["pipeline"]["nodes"][0]["image"] == "registry.example/o/p:v1.2.0"


def test_import_corrects_what_has_one_answer(terminal: Terminal) -> None:
    terminal.write("p.pipeline", text(node("train", runtime_image="o/a:v1")))
    terminal.write("deep/train.ipynb", notebook_text([]))

    told = terminal.run("pipeline", "import", "p.pipeline")
    preview = terminal.run("pipeline", "import", "p.pipeline", "--fix", "--dry-run")
    written = terminal.run("pipeline", "import", "p.pipeline", "--fix")

    assert "note: Corrected on wish (--fix), for there is but one answer: 1." in told.stdout
    assert '+              "filename": "deep/train.ipynb",' in preview.stdout
    assert "note: train: Its file train.ipynb is not there. It becomes deep/train.ipynb." in (
        written.stdout
    )
    assert terminal.json("pipeline", "validate", "p.pipeline")["valid"] is True


def test_import_previews_writes_and_says_what_does_not_fit(terminal: Terminal) -> None:
    old = terminal.write("old.pipeline", text(old_node("a", env_vars=["A=x,y"]), version=3))

    preview = terminal.run("pipeline", "import", "old.pipeline", "--dry-run")
    is_untouched = '"A=x,y"' in old.read_text()
    beside = terminal.run("pipeline", "import", "old.pipeline", "--out", "new.pipeline")
    answer = terminal.json("pipeline", "import", "old.pipeline")

    assert is_untouched
    assert "old.pipeline: would be replaced, 1 node\n" in preview.stdout
    assert "note: Version 3 becomes version 8." in preview.stdout
    assert "note: a: Its file a.ipynb is not there. Correct its path." in preview.stdout
    assert beside.stdout.startswith("new.pipeline: created, 1 node")
    assert answer["pipeline"]["nodes"][0]["environment"] == {"A": "x,y"}
    assert '"value": "x,y"' in old.read_text()


def test_validate_ends_with_1_where_there_is_an_error(project: Terminal) -> None:
    project.run("pipeline", "create", "churn.ipynb", "--image", "localhost/a:latest")

    fine = project.run("pipeline", "validate", "churn.pipeline")
    (project.folder / "churn-say.ipynb").unlink()
    broken = project.run("pipeline", "validate", "churn.pipeline")
    answer = project.json("pipeline", "validate", "churn.pipeline")

    assert (fine.exit_code, broken.exit_code) == (0, 1)
    assert fine.stdout.endswith("churn.pipeline: valid (3 notes)\n")
    assert "error: say: Its file churn-say.ipynb is not there. [file.missing]\n" in broken.stdout
    assert "  Correct its path.\n" in broken.stdout
    assert "churn.pipeline: not valid (1 error, 2 notes)" in broken.stdout
    assert (answer["path"], answer["valid"]) == ("churn.pipeline", False)


def test_validate_asks_elyra_where_that_is_wanted(project: Terminal) -> None:
    class Engine:
        def validate(self, work: EngineWork, cancel: CancelToken) -> tuple[EngineIssue, ...]:
            del work, cancel
            return (EngineIssue(IssueLevel.WARNING, "Odd.", "odd", "say"),)

    project.ports["engine"] = Engine()
    project.run("pipeline", "create", "churn.ipynb")

    found = project.run("pipeline", "validate", "churn.pipeline", "--elyra")

    assert found.exit_code == 0
    assert "warning: say: Odd. [elyra.odd]" in found.stdout
