"""A whole repository: notebooks and overlays together, each set of requirements once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from tests.cli.conftest import Terminal
from tests.fakes.resolver import FakeResolver
from tests.kits.notebooks import notebook_text
from tests.kits.osv_service import osv_record

THOTH = """overlays_dir: overlays
runtime_environments:
  - {name: training, python_version: "3.8", recommendation_type: latest}
  - {name: serving, python_version: "3.11"}
"""
PIPFILE = """# Ours.
[packages]
numpy = "*"  # fast

[requires]
python_version = "3.8"
"""
LOCK = "overlays/training/Pipfile.lock"
TXT = "overlays/serving/requirements.txt"


@pytest.fixture
def repository(terminal: Terminal) -> Terminal:
    """Two notebooks that need the same, and two overlays."""
    terminal.write(".git/HEAD", "")
    terminal.write("a/one.ipynb", notebook_text(["import numpy"]))
    terminal.write("b/two.ipynb", notebook_text(["import numpy"]))
    terminal.write(".thoth.yaml", THOTH)
    terminal.write("overlays/training/Pipfile", PIPFILE)
    terminal.write("overlays/serving/requirements.in", "rich\n")
    return terminal


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_lock_locks_notebooks_and_overlays_when_a_folder_is_named(repository: Terminal) -> None:
    answers = repository.json("lock", ".")

    assert [(next(iter(answer.items()))) for answer in answers] == [
        ("notebook", "a/one.ipynb"),
        ("notebook", "b/two.ipynb"),
        ("overlay", "overlays/training/Pipfile"),
        ("overlay", "overlays/serving/requirements.in"),
    ]
    keys = {tuple(answer)[1:] for answer in answers}
    assert keys == {("engine", "packages", "hash", "changed", "seconds")}
    assert json.loads((repository.folder / LOCK).read_text())["default"]["numpy"]
    assert "rich==1.0" in (repository.folder / TXT).read_text()
    assert (repository.folder / "overlays/training/Pipfile").read_text() == PIPFILE


def test_lock_asks_the_engine_once_for_the_same_requirements(repository: Terminal) -> None:
    repository.run("lock", ".")

    asked = [
        (request.target.python_version, [r.name for r in request.requirements])
        for request in repository.resolver.requests
    ]
    assert len(asked) == 3
    assert sorted(names for _, names in asked) == [["numpy"], ["numpy"], ["rich"]]
    assert {version for version, _ in asked} >= {"3.8", "3.11"}


def test_lock_prints_a_table_of_what_changed(repository: Terminal) -> None:
    repository.run("lock", "a/one.ipynb", "overlays/training")
    repository.write("a/one.ipynb", (repository.folder / "a/one.ipynb").read_text())
    repository.write("b/broken.ipynb", "{")

    result = repository.run("lock", ".")

    table = result.stdout[result.stdout.index("\n\n") :].splitlines()
    rows = [line.split() for line in table if line]
    assert rows[0] == ["packages", "added", "removed", "updated", "unchanged"]
    assert rows[1] == ["a/one.ipynb", "already", "locked", "1", "0", "0", "0", "1"]
    assert rows[2] == ["b/broken.ipynb", "failed", "notebook.invalid"]
    assert rows[3] == ["b/two.ipynb", "locked", "1", "1", "0", "0", "0"]
    assert rows[5] == ["overlays/serving/requirements.in", "locked", "1", "1", "0", "0", "0"]
    assert table[-1].startswith(
        "3 notebooks, 2 overlays: 2 already locked, 2 locked, 1 failed, "
        "4 different sets of requirements resolved, "
    )
    assert "  + " not in result.stdout
    assert result.exit_code == 2


def test_lock_writes_nothing_when_it_is_a_dry_run(repository: Terminal) -> None:
    before = everything(repository.folder)

    answers = repository.json("lock", ".", "--dry-run")

    assert everything(repository.folder) == before
    assert [sorted(answer)[-1] for answer in answers[:2]] == ["seconds"] * 2
    assert all("edit" in answer for answer in answers[:2])
    assert [[file["name"] for file in answer["files"]] for answer in answers[2:]] == [[LOCK], [TXT]]


def test_lock_does_the_others_when_one_fails(repository: Terminal) -> None:
    repository.write("overlays/training/Pipfile", "[packages")

    answers = repository.json("lock", ".")

    assert ["error" in answer for answer in answers] == [False, False, True, False]
    assert answers[2]["overlay"] == "overlays/training/Pipfile"
    assert answers[2]["error"]["code"] == "format.invalid"
    assert (repository.folder / TXT).is_file()


def test_lock_tells_each_notebook_where_its_requirement_is_when_a_set_fails(
    repository: Terminal,
) -> None:
    error = RefusedError(ErrorCode.LOCK_UNSATISFIABLE, "No.", details={"requirements": ["numpy"]})
    repository.resolver = FakeResolver(error=error)

    answers = repository.json("lock", "a", "b")

    assert len(repository.resolver.requests) == 1
    assert [answer["error"]["details"]["requirements"][0]["cells"] for answer in answers] == [
        [0]
    ] * 2


@pytest.mark.parametrize("name", ["overlays/training/Pipfile", LOCK, "overlays/training"])
def test_lock_locks_one_overlay_when_it_is_named(repository: Terminal, name: str) -> None:
    repository.write(LOCK, "{}")

    answer = repository.json("lock", name)

    # A folder may stand for several.
    assert isinstance(answer, list) == (name == "overlays/training")
    answer = answer[0] if isinstance(answer, list) else answer
    assert answer["overlay"] == "overlays/training/Pipfile"
    assert not (repository.folder / TXT).exists()


def test_lock_locks_only_the_overlay_of_the_environment_when_one_is_chosen(
    repository: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THAMOS_RUNTIME_ENVIRONMENT", "serving")

    repository.run("lock", ".")

    assert (repository.folder / TXT).is_file()
    assert not (repository.folder / LOCK).exists()


def test_lock_follows_the_format_that_thamos_is_told(
    repository: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THAMOS_REQUIREMENTS_FORMAT", "pip-compile")
    repository.write("overlays/training/requirements.in", "rich\n")

    answers = repository.json("lock", "overlays/training")

    assert (
        answers["overlay"]
        if isinstance(answers, dict)
        else answers[0]["overlay"] == ("overlays/training/requirements.in")
    )


def test_lock_ends_with_findings_when_a_change_is_one(repository: Terminal) -> None:
    statuses = [
        repository.run("lock", ".", "--fail-on-change", "--dry-run").exit_code,
        repository.run("lock", ".", "--fail-on-change").exit_code,
        repository.run("lock", ".", "--fail-on-change").exit_code,
    ]

    assert statuses == [1, 1, 0]


def test_commands_warn_of_what_is_off_around_overlays(repository: Terminal) -> None:
    repository.write("overlays/extra/Pipfile", PIPFILE)

    result = repository.run("check", ".", "overlays")

    warning = (
        "Warning: .thoth.yaml: it does not name an environment for the overlay overlays/extra."
    )
    assert result.stderr.count(warning) == 1
    assert "overlays/extra/Pipfile: unlocked" in result.stdout


def test_commands_fail_for_a_thoth_yaml_that_cannot_be_read(repository: Terminal) -> None:
    repository.write(".thoth.yaml", "a: [")

    answers = repository.json("check", ".")

    assert answers[-1]["overlay"] == ".thoth.yaml"
    assert answers[-1]["error"]["code"] == "thoth-yaml.invalid"
    assert len(answers) == 3


def test_check_answers_the_status_of_overlays_too(repository: Terminal) -> None:
    repository.run("lock", ".")
    fresh = repository.run("check", ".")
    repository.write("overlays/training/Pipfile", PIPFILE.replace("*", ">=2"))

    result = repository.run("check", ".")
    answers = repository.json("check", "overlays/training/Pipfile")

    assert fresh.exit_code == 0
    assert fresh.stdout.splitlines()[-1] == "2 notebooks, 2 overlays: 4 fresh"
    assert result.exit_code == 1
    assert "overlays/training/Pipfile: stale" in result.stdout
    assert result.stdout.splitlines()[-1] == "2 notebooks, 2 overlays: 3 fresh, 1 stale"
    assert [(a["overlay"], a["status"]) for a in answers] == [
        ("overlays/training/Pipfile", "stale")
    ]


def test_check_counts_what_failed(repository: Terminal) -> None:
    repository.write("a/one.ipynb", "{")

    result = repository.run("check", "a", "b")

    assert result.stdout.splitlines()[-1] == "2 notebooks: 1 failed, 1 unlocked"


def test_check_answers_an_empty_list_when_a_file_names_no_overlay(repository: Terminal) -> None:
    repository.write(".thoth.yaml", "runtime_environments: []")

    result = repository.run("check", ".thoth.yaml", "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_check_fails_when_a_folder_holds_nothing(repository: Terminal) -> None:
    repository.write("empty/readme.md", "")

    result = repository.run("check", "empty")

    assert result.exit_code == 2
    assert "There is no notebook in empty" in result.stderr


def test_check_finds_overlays_of_another_repository(repository: Terminal, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / ".git").mkdir(parents=True)
    (other / "Pipfile").write_text(PIPFILE)

    answers = repository.json("check", str(other / "Pipfile"), "overlays/training/Pipfile")

    assert [answer["overlay"] for answer in answers] == [
        str(other / "Pipfile"),
        "overlays/training/Pipfile",
    ]


def test_audit_answers_for_overlays_too(repository: Terminal) -> None:
    repository.run("lock", ".")
    repository.write("c/three.ipynb", notebook_text(["import rich"]))
    record = osv_record("GHSA-1", "rich", fixed="1.1")
    repository.write("osv/GHSA-1.json", json.dumps(record))

    answers = repository.json("audit", ".", "--service-url", "osv")
    result = repository.run("audit", ".", "--service-url", "osv")

    keys = [next(iter(answer.items())) for answer in answers]
    assert keys[-1] == ("overlay", "overlays/serving/requirements.in")
    assert [package["name"] for package in answers[-1]["packages"]] == ["rich"]
    assert [len(package["advisories"]) for package in answers[-1]["packages"]] == [1]
    assert result.stdout.splitlines()[-1] == (
        "3 notebooks, 2 overlays: 3 without known advisory, 1 failed, 1 with advisories"
    )
    assert result.exit_code == 3


def test_audit_says_what_was_not_wholly_checked(repository: Terminal) -> None:
    repository.run("lock", ".")

    result = repository.run("audit", ".", "--service-url", "gone")

    assert result.stdout.splitlines()[-1] == "2 notebooks, 2 overlays: 4 not wholly checked"
    assert result.exit_code == 4


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["a"], ["b/two.ipynb", "overlays/training/Pipfile", "overlays/serving/requirements.in"]),
        (["./a/", "overlays/*"], ["b/two.ipynb"]),
        (["*.ipynb", "*/serving"], ["overlays/training/Pipfile"]),
        (["*"], []),
    ],
)
@pytest.mark.parametrize("command", ["lock", "check", "audit"])
def test_commands_leave_out_what_is_excluded(
    repository: Terminal, command: str, patterns: list[str], left: list[str]
) -> None:
    options = [word for pattern in patterns for word in ("--exclude", pattern)]

    answers = repository.json(command, ".", *options)

    assert [next(iter(answer.values())) for answer in answers] == left
