"""``aidevsecops convert``, ``export`` and ``import``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from tests.cli.conftest import Terminal
from tests.kits.notebooks import locked_metadata, notebook_text

A = LockedPackage("a", "1", ("sha256:11",))
LOCKED = notebook_text(["import a"], **locked_metadata({"a": ">=1"}, (A,)))


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_convert_previews_and_then_changes_only_the_cell_and_the_requirements(
    terminal: Terminal,
) -> None:
    before = notebook_text(["!pip install a>=1\nimport a", "!pip install -r x.txt"])
    path = terminal.write("nb.ipynb", before)

    preview = terminal.run("convert", "nb.ipynb", "--dry-run")
    untouched = path.read_text(encoding="utf-8")
    result = terminal.run("convert", "nb.ipynb")

    assert untouched == before
    assert "a>=1: would be recorded" in preview.stdout
    assert "cell 1, line 1: commented out: !pip install a>=1" in result.stdout
    assert "Cell 2: 'pip install -r x.txt' stays" in result.stderr
    after = path.read_text(encoding="utf-8")
    value = json.dumps(json.loads(after)["metadata"]["requirements"])
    assert after.replace(f'{{\n  "requirements": {value}\n }}', "{}") == before.replace(
        '"!pip install a', '"# !pip install a'
    )
    assert terminal.run("convert", "nb.ipynb").stdout.endswith("nothing to convert\n")


def test_convert_answers_json_for_each_notebook(terminal: Terminal) -> None:
    terminal.write("a.ipynb", notebook_text(["!pip install a"]))
    terminal.write("b.ipynb", "{")

    one = terminal.json("convert", "a.ipynb", "--dry-run")
    all_of_them = terminal.run("convert", ".", "--json")

    assert one == {
        "notebook": "a.ipynb",
        "recorded": ["a"],
        "lines": [{"cell": 0, "line": 1, "text": "!pip install a"}],
        "lost": [],
        "changed": True,
        "dry_run": True,
    }
    assert [set(entry) & {"recorded", "error"} for entry in json.loads(all_of_them.stdout)] == [
        {"recorded"},
        {"error"},
    ]
    assert all_of_them.exit_code == 2
    assert "b.ipynb: Error" in terminal.run("convert", "b.ipynb").stderr


def test_export_writes_files_and_import_takes_them_back(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)
    fresh = terminal.write("other.ipynb", notebook_text(["import a"]))

    exported = terminal.run("export", "nb.ipynb", "--format", "pipfile", "--out", "envs/x")
    preview = terminal.run("import", "other.ipynb", "--from", "envs/x/Pipfile", "--dry-run")
    imported = terminal.run("import", "other.ipynb", "--from", "envs/x/Pipfile")

    assert exported.exit_code == 0, exported.output
    assert exported.stdout == "envs/x/Pipfile: created\nenvs/x/Pipfile.lock: created\n"
    assert "would record 1 requirement, 1 locked package" in preview.stdout
    assert imported.stdout == "other.ipynb: recorded 1 requirement, 1 locked package\n"
    assert json.loads(fresh.read_text(encoding="utf-8"))["metadata"].keys() == {
        "dependency_resolution_engine",
        "requirements",
        "requirements_lock",
    }
    again = terminal.run("import", "other.ipynb", "--from", "envs/x/Pipfile")
    assert again.stdout == "other.ipynb: unchanged\n"


def test_export_shows_a_difference_and_writes_nothing_until_forced(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)
    there = terminal.write("requirements.txt", "a==0\n")
    command = ("export", "nb.ipynb", "--format", "requirements")

    refused = terminal.run(*command)
    kept = there.read_text(encoding="utf-8")
    forced = terminal.run(*command, "--force")
    unchanged = terminal.run(*command)

    assert refused.exit_code == 3
    assert "-a==0\n+a==1 \\\n+    --hash=sha256:11\n" in refused.stdout
    assert "requirements.txt would be replaced; nothing was written" in refused.stderr
    assert kept == "a==0\n"
    assert forced.stdout.endswith("requirements.txt: replaced\n")
    assert there.read_text(encoding="utf-8").startswith("a==1")
    assert unchanged.stdout == "requirements.txt: unchanged\n"


def test_export_writes_all_files_or_none(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)
    terminal.write("Pipfile.lock", "{}")

    result = terminal.run("export", "nb.ipynb", "--format", "pipfile", "--json")

    assert result.exit_code == 3
    assert names_in(terminal.folder) == ["Pipfile.lock", "nb.ipynb"]


def test_export_previews_without_writing(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)

    result = terminal.run("export", "nb.ipynb", "--format", "pyproject", "--dry-run")

    assert '+    "a>=1",' in result.stdout
    assert "pyproject.toml: would be created" in result.stdout
    assert "not kept: The lock is not kept" in result.stderr
    assert names_in(terminal.folder) == ["nb.ipynb"]


def test_export_prints_the_files_when_the_folder_is_a_dash(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)

    one = terminal.run("export", "nb.ipynb", "--format", "pep723", "--out", "-")
    two = terminal.run("export", "nb.ipynb", "--format", "pipfile", "--out", "-")

    assert one.stdout.startswith("# /// script\n")
    assert "[packages]" in two.stdout
    assert two.stderr == "# Pipfile\n# Pipfile.lock\n"
    assert names_in(terminal.folder) == ["nb.ipynb"]


def test_export_edits_the_project_that_is_there(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)
    there = terminal.write("pyproject.toml", '[project]\nname = "mine"  # ours\n')

    terminal.run("export", "nb.ipynb", "--format", "pyproject", "--force")

    assert there.read_text(encoding="utf-8").startswith('[project]\nname = "mine"  # ours\n')


def test_export_of_a_bill_is_unchanged_when_only_the_time_differs(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)
    command = ("export", "nb.ipynb", "--format", "sbom")
    terminal.run(*command)
    path = terminal.folder / "nb.cdx.json"
    old = path.read_text(encoding="utf-8").replace('"timestamp": "2', '"timestamp": "1')
    path.write_text(old, encoding="utf-8")

    answer = terminal.json(*command)

    assert [(file["path"], file["state"]) for file in answer["files"]] == [
        ("nb.cdx.json", "unchanged")
    ]
    assert path.read_text(encoding="utf-8") == old


def test_import_answers_json(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", notebook_text())
    terminal.write("requirements.txt", "a>=1\n-e .\n")

    answer = terminal.json("import", "nb.ipynb", "--from", "requirements.txt")

    assert answer == {
        "notebook": "nb.ipynb",
        "requirements": 1,
        "packages": 0,
        "lost": ["The line '-e .' is not taken over."],
        "changed": True,
        "dry_run": False,
    }


@pytest.mark.parametrize(
    "command", [("export", ".", "--format", "sbom"), ("import", ".", "--from", "x")]
)
def test_commands_want_one_notebook(terminal: Terminal, command: tuple[str, ...]) -> None:
    terminal.write("a.ipynb", LOCKED)
    terminal.write("b.ipynb", LOCKED)

    result = terminal.run(*command)

    assert result.exit_code == 2
    assert "names 2 notebooks" in result.output


THOTH: dict[str, Json] = {
    "thoth_config": '{"host":"advice.example","runtime_environments":[{"name":"train"}]}'
}
TRAIN: dict[str, Json] = {"kernelspec": {"name": "train"}}


def locked_text(**metadata: Json) -> str:
    return notebook_text(["import a"], **{**locked_metadata({"a": ">=1"}, (A,)), **metadata})


def test_export_writes_an_overlay_and_the_configuration_at_the_root(terminal: Terminal) -> None:
    (terminal.folder / ".git").mkdir()
    terminal.write("notebooks/nb.ipynb", locked_text(**TRAIN, **THOTH))
    command = ("export", "notebooks/nb.ipynb", "--format", "pipfile", "--use-overlay")

    preview = terminal.run(*command, "--dry-run")
    before = names_in(terminal.folder / "overlays") if preview.exit_code else []
    exported = terminal.run(*command)
    again = terminal.run(*command)

    assert before == []
    assert exported.exit_code == 0, exported.output
    assert exported.stdout == (
        "overlays/train/Pipfile: created\noverlays/train/Pipfile.lock: created\n"
        ".thoth.yaml: created\n"
    )
    assert again.stdout == (
        "overlays/train/Pipfile: unchanged\noverlays/train/Pipfile.lock: unchanged\n"
    )


def test_export_of_an_overlay_needs_no_thoth_config(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", locked_text(**TRAIN))

    exported = terminal.run(
        "export", "nb.ipynb", "--format", "pipfile", "--use-overlay", "--out", "store"
    )

    assert exported.exit_code == 0, exported.output
    files = [p.relative_to(terminal.folder).as_posix() for p in terminal.folder.rglob("*")]
    assert "store/overlays/train/Pipfile.lock" in files
    assert ".thoth.yaml" not in files


def test_export_of_an_overlay_leaves_a_configuration_that_is_there(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", locked_text(**TRAIN, **THOTH))
    path = terminal.write(".thoth.yaml", "host: other.example\nruntime_environments: [{name: b}]\n")
    before = path.read_bytes()

    exported = terminal.run("export", "nb.ipynb", "--format", "pipfile", "--use-overlay")
    refused = terminal.run("export", "nb.ipynb", "--format", "thoth-yaml")

    assert exported.exit_code == 0, exported.output
    assert ".thoth.yaml says something else" in exported.output
    assert path.read_bytes() == before
    assert refused.exit_code == 3
    assert "-host: other.example" in refused.stdout


def test_export_of_an_overlay_offers_a_name_when_two_notebooks_claim_one(
    terminal: Terminal,
) -> None:
    terminal.write("fine_tune_model.ipynb", locked_text(**TRAIN))
    rival = notebook_text((), **{**locked_metadata({"a": "*"}, (A,), "3.8"), **TRAIN})
    terminal.write("preprocess.ipynb", rival)
    command = ("export", "fine_tune_model.ipynb", "--format", "pipfile")

    refused = terminal.run(*command, "--use-overlay")
    renamed = terminal.run(*command, "--overlay-name", "fine-tune-model")

    assert refused.exit_code == 3
    assert "claimed by preprocess.ipynb" in refused.stderr
    assert "'fine-tune-model'. Say it with --overlay-name NAME." in refused.stderr
    assert renamed.exit_code == 0, renamed.output
    assert names_in(terminal.folder / "overlays") == ["fine-tune-model/Pipfile.lock"]


@pytest.mark.parametrize("more", [("--format", "sbom"), ("--format", "pipfile", "--out", "-")])
def test_export_of_an_overlay_is_refused_when_it_is_none(
    terminal: Terminal, more: tuple[str, ...]
) -> None:
    terminal.write("nb.ipynb", locked_text(**TRAIN))

    refused = terminal.run("export", "nb.ipynb", "--use-overlay", *more)

    assert refused.exit_code == 2
    assert "--format pipfile" in refused.stderr


def test_export_writes_the_configuration_into_the_root_of_the_repository(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    (terminal.folder / ".git").mkdir()
    terminal.write("notebooks/nb.ipynb", locked_text(**THOTH))
    monkeypatch.chdir(terminal.folder / "notebooks")

    exported = terminal.run("export", "nb.ipynb", "--format", "thoth-yaml")

    assert exported.stdout == "../.thoth.yaml: created\n"
    text = (terminal.folder / ".thoth.yaml").read_text(encoding="utf-8")
    assert text == "host: advice.example\nruntime_environments:\n- name: train\n"


def test_export_says_that_there_is_no_configuration(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", LOCKED)

    refused = terminal.run("export", "nb.ipynb", "--format", "thoth-yaml", "--out", "-")

    assert refused.exit_code == 3
    assert "records no Thoth configuration" in refused.stderr
