"""Images and runtime configurations in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aidevsecops_ext.cli.main import main
from tests.cli.conftest import Terminal
from tests.kits.overlays import overlay_texts
from tests.kits.runtimes import use_data_folder

SETTINGS = (
    "api_endpoint=http://127.0.0.1:9/pipeline",
    "cos_endpoint=http://127.0.0.1:9",
    "cos_bucket=runs",
    "cos_username=minio",
)
ADD = ("runtime", "add", "My KFP", "--kind", "kfp", *(w for s in SETTINGS for w in ("--set", s)))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of Jupyter."""
    use_data_folder(monkeypatch, tmp_path / "jupyter")
    monkeypatch.delenv("AIDEVSECOPS_COS_PASSWORD", raising=False)
    return tmp_path / "jupyter"


def _with_input(terminal: Terminal, given: str, *words: str) -> Result:
    return CliRunner().invoke(
        main, words, obj=terminal.services, prog_name="aidevsecops", input=given
    )


def test_the_image_of_an_overlay_is_registered_and_listed(terminal: Terminal) -> None:
    for path, text in overlay_texts().items():
        terminal.write(path, text)
    (terminal.folder / ".git").mkdir()

    before = terminal.run("image", "list")
    made = terminal.run("image", "register", "overlays/train")
    again = terminal.run("image", "register", "overlays/train")
    answer = terminal.json("image", "register", "--image", "o/b:v1", "--pull-policy", "Always")
    listed = terminal.run("image", "list")

    assert before.stdout == "no images\n"
    assert made.stdout == "train: registered localhost/train:latest\n"
    assert again.exit_code == 3
    assert "There is one of the name 'train' already." in again.stderr
    assert answer["pull_policy"] == "Always"
    assert listed.stdout.splitlines() == [
        "o/b:v1 (o_b_v1): o/b:v1",
        "train (train): localhost/train:latest",
    ]
    assert len(terminal.json("image", "list")["images"]) == 2


def test_a_runtime_gets_its_secrets_from_standard_input(terminal: Terminal, data: Path) -> None:
    before = terminal.run("runtime", "list")
    made = _with_input(terminal, "cos_password=very-secret\n", *ADD, "--secrets-from-stdin")
    listed = terminal.run("runtime", "list")

    assert before.stdout == "no runtime configurations\n"
    assert made.stdout.startswith("My KFP: added for Kubeflow Pipelines as my_kfp\n")
    assert "note: Whoever may read runs" in made.stdout
    assert listed.stdout == "My KFP (my_kfp): Kubeflow Pipelines at http://127.0.0.1:9/pipeline\n"
    file = data / "metadata" / "runtimes" / "my_kfp.json"
    assert '"cos_password": "very-secret"' in file.read_text()
    assert "very-secret" not in str(terminal.json("runtime", "list"))


def test_a_runtime_gets_its_secrets_from_the_environment(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDEVSECOPS_COS_PASSWORD", "very-secret")

    assert terminal.json(*ADD)["name"] == "my_kfp"


def test_a_runtime_without_its_secrets_is_refused(terminal: Terminal) -> None:
    found = terminal.run(*ADD)

    assert found.exit_code == 2
    assert "needs 'cos_password'" in found.stderr


def test_what_is_no_setting_is_not_repeated(terminal: Terminal) -> None:
    found = _with_input(terminal, "very-secret\n", *ADD, "--secrets-from-stdin")

    assert found.exit_code == 2
    assert "Entry 1 of standard input is not KEY=VALUE." in found.stderr
    assert "very-secret" not in found.output


def test_a_runtime_is_tested_part_by_part(terminal: Terminal) -> None:
    _with_input(terminal, "cos_password=very-secret\n", *ADD, "--secrets-from-stdin")

    found = terminal.run("runtime", "test", "my_kfp")
    answer = terminal.json("runtime", "test", "My KFP")

    assert found.exit_code == 1
    assert "engine (http://127.0.0.1:9/pipeline): failed\n" in found.stdout
    assert "storage (runs at http://127.0.0.1:9): failed\n" in found.stdout
    assert answer["passed"] is False
