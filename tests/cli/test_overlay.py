"""The commands about overlays, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.lock import LockedPackage
from tests.cli.conftest import Terminal
from tests.fakes.package_files import FakePackageFiles
from tests.kits.corpus import FOLDER, needs_corpus
from tests.kits.notebooks import locked_metadata, notebook_text

SIX = LockedPackage("six", "1.16", ("sha256:aa",))
ADDRESSES = {"six": (PackageFile("https://f/six.whl", "sha256:aa"),)}


@pytest.fixture
def repository(terminal: Terminal) -> Terminal:
    """A terminal in a repository with a locked notebook, where addresses are known."""
    terminal.ports["package_files"] = FakePackageFiles(ADDRESSES)
    (terminal.folder / ".git").mkdir()
    locked = locked_metadata({"six": "*"}, (SIX,))
    text = notebook_text(["import six"], **locked, kernelspec={"name": "train"})
    terminal.write("nb/train.ipynb", text)
    return terminal


def test_extract_previews_writes_and_then_leaves_alone(repository: Terminal) -> None:
    preview = repository.run("overlay", "extract", "nb/train.ipynb", "--dry-run")
    is_untouched = not (repository.folder / "overlays").exists()
    written = repository.run("overlay", "extract", "nb/train.ipynb")
    again = repository.run("overlay", "extract", "nb/train.ipynb")

    assert is_untouched
    assert "would extract 1 package for Python 3.11 to overlays/train" in preview.stdout
    assert '+six = "*"' in preview.stdout
    assert "  overlays/train/Pipfile: would be created" in preview.stdout
    assert written.exit_code == 0
    assert "  .thoth.yaml: created" in written.stdout
    assert "note: The image does not run the notebook" in written.stdout
    assert again.stdout.count("unchanged") == 6
    folder = repository.folder / "overlays" / "train"
    assert sorted(path.name for path in folder.iterdir()) == [
        "Containerfile",
        "Pipfile",
        "Pipfile.lock",
        "pylock.toml",
        "requirements.txt",
    ]


def test_extract_refuses_to_replace_edits_until_forced(repository: Terminal) -> None:
    repository.run("overlay", "extract", "nb/train.ipynb")
    path = repository.folder / "overlays" / "train" / "Pipfile"
    path.write_text(path.read_text().replace('"*"', '"<2"'))

    refused = repository.run("overlay", "extract", "nb/train.ipynb")
    answered = repository.run("overlay", "extract", "nb/train.ipynb", "--json")
    forced = repository.run("overlay", "extract", "nb/train.ipynb", "--force")

    assert refused.exit_code == 3
    assert '-six = "<2"' in refused.stdout
    assert "overlays/train/Pipfile would be replaced" in refused.stderr
    assert answered.stdout == ""
    assert forced.exit_code == 0
    assert '"<2"' not in path.read_text()


def test_extract_says_how_to_name_the_overlay(repository: Terminal) -> None:
    text = (repository.folder / "nb" / "train.ipynb").read_text().replace("1.16", "1.15")
    repository.write("nb/other.ipynb", text)

    refused = repository.run("overlay", "extract", "nb/other.ipynb")
    named = repository.json("overlay", "extract", "nb/other.ipynb", "--name", "other", "--dry-run")

    assert refused.exit_code == 3
    assert "Say it with --name NAME." in refused.stderr
    assert (named["folder"], named["packages"], named["dry_run"]) == ("overlays/other", 1, True)
    assert [file["state"] for file in named["files"]] == ["created"] * 6


def test_list_and_check_say_what_became_of_overlays(repository: Terminal) -> None:
    empty = repository.run("overlay", "list")
    nothing = repository.run("overlay", "check")
    repository.run("overlay", "extract", "nb/train.ipynb")
    listed = repository.json("overlay", "list")
    checked = repository.json("overlay", "check", "--offline")
    (repository.folder / "nb" / "train.ipynb").unlink()
    orphan = repository.run("overlay", "list")
    failed = repository.run("overlay", "check", "overlays/train")

    assert empty.stdout == nothing.stdout == "no overlays\n"
    assert nothing.exit_code == 0
    [record] = listed["overlays"]
    assert (record["folder"], record["state"], record["notebook"]) == (
        "overlays/train",
        "fresh",
        "nb/train.ipynb",
    )
    assert [(entry["overlay"], entry["status"]) for entry in checked] == [
        ("overlays/train/Pipfile", "fresh")
    ]
    assert "train: orphan (overlays/train, nb/train.ipynb, Python 3.11, 1 packages" in orphan.stdout
    assert "  - Its notebook nb/train.ipynb is gone." in orphan.stdout
    assert failed.exit_code == 1


def test_list_and_check_tell_of_files_that_cannot_be_read(repository: Terminal) -> None:
    repository.run("overlay", "extract", "nb/train.ipynb")
    repository.write("overlays/train/Pipfile", "[")
    repository.write("sub/.thoth.yaml", "[")

    listed = repository.run("overlay", "list")
    checked = repository.run("overlay", "check")
    answered = repository.json("overlay", "check")

    assert "train: invalid" in listed.stdout
    assert "Warning: sub/.thoth.yaml: " in listed.stderr
    assert checked.exit_code == 2
    assert "overlays/train/Pipfile: Error: " in checked.stderr
    assert [entry["error"]["code"] for entry in answered] == [
        "format.invalid",
        "thoth-yaml.invalid",
    ]


def test_list_tells_of_an_overlay_that_no_environment_names(repository: Terminal) -> None:
    repository.run("overlay", "extract", "nb/train.ipynb")
    repository.write("overlays/bare/Pipfile", "")

    listed = repository.run("overlay", "list")

    assert "bare: unlocked (overlays/bare)" in listed.stdout
    assert "does not name an environment for the overlay overlays/bare" in listed.stderr


def _tagged(*cells: tuple[str, str]) -> str:
    value = json.loads(notebook_text([source for _, source in cells]))
    for cell, (tag, _) in zip(value["cells"], cells, strict=True):
        cell["metadata"] = {"tags": [tag]}
    return json.dumps(value)


MODEL = _tagged(
    ("Train", "%matplotlib inline\nimport joblib\njoblib.dump(1, 'm.sav')"),
    ("Wrapper", "import joblib\nclass M:\n    def predict(self, X):\n        return X"),
)


def test_seldon_writes_a_model_and_names_what_is_missing(repository: Terminal) -> None:
    repository.write("nb/m.ipynb", MODEL)

    preview = repository.run("overlay", "seldon", "nb/m.ipynb", "--dry-run")
    written = repository.run("overlay", "seldon", "nb/m.ipynb", "--out", "out")
    answered = repository.json("overlay", "seldon", "nb/m.ipynb", "--out", "out")
    repository.write("out/train.py", "mine = 1\n")
    refused = repository.run("overlay", "seldon", "nb/m.ipynb", "--out", "out")

    assert preview.exit_code == written.exit_code == 1
    assert not (repository.folder / "nb" / "train.py").exists()
    assert "nb/m.ipynb: would export M, which train.py trains (m.sav)" in preview.stdout
    assert "note: Cell 1, line 1: '%matplotlib inline' is left out." in written.stdout
    assert "missing: There is no out/requirements.txt" in written.stdout
    assert (repository.folder / "out" / "deploy" / ".s2iignore").exists()
    assert (answered["model"], answered["models"]) == ("M", ["m.sav"])
    assert {file["state"] for file in answered["files"]} == {"unchanged"}
    assert len(answered["missing"]) == 2
    assert refused.exit_code == 3
    assert "-mine = 1" in refused.stdout


def test_seldon_refuses_a_folder_elsewhere_and_a_notebook_without_tags(
    repository: Terminal, tmp_path: Path
) -> None:
    repository.write("nb/m.ipynb", MODEL)

    outside = repository.run("overlay", "seldon", "nb/m.ipynb", "--out", str(tmp_path / "x"))
    untagged = repository.run("overlay", "seldon", "nb/train.ipynb")

    assert outside.exit_code == untagged.exit_code == 3
    assert "outside the repository" in outside.stderr
    assert "No cell is tagged Train." in untagged.stderr


@needs_corpus
def test_seldon_exports_the_real_notebook(terminal: Terminal) -> None:
    [path] = Path(FOLDER).rglob("frauddetection.ipynb")
    (terminal.folder / ".git").mkdir()
    terminal.write("frauddetection.ipynb", path.read_text(encoding="utf-8"))
    [deployment] = path.parent.rglob("model_deployment.json")
    terminal.write("deploy/model_deployment.json", deployment.read_text())

    answered = terminal.json("overlay", "seldon", "frauddetection.ipynb")

    assert (answered["model"], answered["models"]) == ("Wrapper", ["model.pkl"])
    assert answered["missing"] == [
        "There is no requirements.txt: lock the notebook, and export again."
    ]
    for name in ("train.py", "Wrapper.py"):
        compile((terminal.folder / name).read_text(encoding="utf-8"), name, "exec")
