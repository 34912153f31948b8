"""Pipelines in a terminal, on real files."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Terminal
from tests.kits.git_repo import GitRepo
from tests.kits.notebooks import notebook_text
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
