"""The commands about a project as a whole, in real folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.cli.render_projects import command_line
from aidevsecops_ext.domain.project_health import NextAction, NextCommand
from tests.cli.conftest import Terminal
from tests.kits.git_repo import GitRepo
from tests.kits.notebooks import notebook_text

UNLOCKED = notebook_text(["import six"])


def test_status_says_how_each_link_is_and_what_is_next(terminal: Terminal, repo: GitRepo) -> None:
    repo.write("a.ipynb", UNLOCKED)

    shown = terminal.run("status")

    assert shown.exit_code == 0, shown.output
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert lines[:3] == [
        "work",
        "main, 1 file not committed",
        "notebooks attention 0 of 1 notebook locked.",
    ]
    assert "release attention 1 change since v1.2.0; next is 1.3.0." in lines
    assert lines[-1] == "The project template was not applied. Next: aidevsecops init"


def test_status_of_another_folder_says_what_is_next_once_it_is_adopted(
    terminal: Terminal, bare_git: None
) -> None:
    del bare_git
    folder = terminal.folder / "other place"
    folder.mkdir()

    before = terminal.run("status", "other place")
    done = terminal.run("init", "other place", "--yes")
    terminal.write("other place/a.ipynb", UNLOCKED)
    after = terminal.run("status", "other place")

    assert "Next: aidevsecops init 'other place'" in before.stdout
    assert done.exit_code == 0, done.output
    assert (folder / ".git").is_dir()
    assert "Next: aidevsecops lock a.ipynb\n" in after.stdout


def test_status_answers_in_json_and_a_problem_is_a_finding(
    terminal: Terminal, repo: GitRepo
) -> None:
    repo.write("a.ipynb", "{")

    shown = terminal.run("status", "--json")

    assert shown.exit_code == 1
    answer = terminal.json("status")
    assert answer["next"] == "notebooks"
    assert answer["links"][0]["next"] == {"command": "open-file", "arguments": {"path": "a.ipynb"}}
    assert answer["git"]["branch"] == "main"


def test_status_tells_what_keeps_git_from_telling(
    terminal: Terminal, repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    del repo
    monkeypatch.setenv("PATH", "/nowhere")

    shown = terminal.run("status")

    assert "git is not installed." in shown.stdout
    assert shown.exit_code == 0


def test_status_counts_commits_against_the_upstream(
    terminal: Terminal, repo: GitRepo, tmp_path: Path
) -> None:
    repo.git("init", "--bare", str(tmp_path / "remote.git"))
    repo.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    repo.git("push", "--set-upstream", "origin", "main")
    repo.git("reset", "--hard", "HEAD~1")
    repo.commit("fix: another way", {"b.txt": "1\n"})

    assert "  main, 1 ahead, 1 behind\n" in terminal.run("status").stdout


def test_init_shows_the_files_first_and_writes_nothing_on_a_dry_run(
    terminal: Terminal, repo: GitRepo
) -> None:
    before = repo.snapshot()

    shown = terminal.run("init", "--dry-run", "--approver", "jo", "--python-version", "3.12")

    assert "+ .thoth.yaml\n" in shown.stdout
    assert '        python_version: "3.12"\n' in shown.stdout
    assert "      - jo\n" in shown.stdout
    assert repo.snapshot() == before


def test_init_wants_to_be_agreed_to(terminal: Terminal, repo: GitRepo) -> None:
    before = repo.snapshot()

    refused = terminal.run("init")

    assert refused.exit_code == 3
    assert "Nobody can be asked" in refused.stderr
    assert repo.snapshot() == before


def test_init_makes_a_project_that_passes_our_own_checks(
    terminal: Terminal, bare_git: None
) -> None:
    del bare_git
    repo = GitRepo(terminal.folder)

    done = terminal.run("init", "--yes")
    again = terminal.run("init", "--yes")
    for key, value in (("user.name", "Jo"), ("user.email", "jo@example.org")):
        repo.git("config", key, value)
    repo.git("add", "--all")
    repo.git("commit", "-m", "feat: begin")
    checked = terminal.run("check", ".")
    plan = terminal.json("release", "auto", "--dry-run")

    assert "Wrote 16 files." in done.stdout
    assert "Nothing is missing." in again.stdout
    assert "= OWNERS stays as it is" in again.stdout
    assert checked.exit_code == 0, checked.output
    assert checked.stdout == "overlays/default/requirements.in: fresh\n"
    assert plan["next"] == "0.1.0"
    assert plan["images"] == ["quay.io/work/work:v0.1.0"]
    assert {check["status"] for check in plan["checks"]} <= {"pass", "warn"}


def test_init_answers_in_json(terminal: Terminal, repo: GitRepo) -> None:
    repo.write("OWNERS", "approvers: [jo]\n")

    answer = terminal.json("init", "--yes")

    assert answer["kept"] == ["OWNERS"]
    assert answer["files"][0]["path"] == ".thoth.yaml"
    assert repo.read(".thoth.yaml") == answer["files"][0]["text"]


def test_init_takes_back_what_it_wrote_but_for_what_was_changed(
    terminal: Terminal, repo: GitRepo
) -> None:
    before = {path.name for path in terminal.folder.iterdir()}
    terminal.run("init", "--yes")
    repo.write("OWNERS", "approvers: [ada]\n")

    shown = terminal.run("init", "--undo", "--dry-run")
    refused = terminal.run("init", "--undo")
    written = terminal.folder.joinpath(".thoth.yaml").is_file()
    done = terminal.run("init", "--undo", "--yes")
    again = terminal.run("init", "--undo", "--yes")

    assert "- .thoth.yaml\n" in shown.stdout
    assert "= OWNERS stays: it was changed\n" in shown.stdout
    assert (refused.exit_code, written) == (3, True)
    assert "Deleted 14 files." in done.stdout
    assert again.stdout == "There is nothing to take back.\n"
    # No folder is left empty.
    assert {path.name for path in terminal.folder.iterdir()} == {*before, "OWNERS"}


def test_init_undo_answers_in_json(terminal: Terminal, repo: GitRepo) -> None:
    del repo
    terminal.run("init", "--yes")

    answer = terminal.json("init", "--undo", "--yes")

    assert answer["kept"] == []
    assert "OWNERS" in answer["removed"]
    assert terminal.json("init", "--undo") == {"path": ".", "removed": [], "kept": []}


def test_init_takes_nothing_back_where_its_record_cannot_be_read(
    terminal: Terminal, repo: GitRepo
) -> None:
    terminal.run("init", "--yes")
    repo.write(".git/aidevsecops/adoption.json", "[1]")

    assert terminal.run("init", "--undo").stdout == "There is nothing to take back.\n"
    terminal.folder.joinpath(".git/aidevsecops/adoption.json").write_bytes(b"\xff")
    assert terminal.run("init", "--undo").stdout == "There is nothing to take back.\n"
    assert terminal.folder.joinpath("OWNERS").is_file()


def test_init_refuses_what_is_no_version_of_python(terminal: Terminal) -> None:
    refused = terminal.run("init", "--python-version", "3")

    assert refused.exit_code == 2


@pytest.mark.parametrize(
    ("command", "arguments", "line"),
    [
        (NextCommand.LOCK_NOTEBOOK, {"path": "a b.ipynb"}, "lock 'a b.ipynb'"),
        (NextCommand.LOCK_NOTEBOOK, {"path": "a.ipynb", "within": "."}, "lock ."),
        (NextCommand.SHOW_RUN, {"path": "a.pipeline", "run": "1"}, "pipeline status 1"),
        (NextCommand.AUDIT_PROJECT, {}, "audit ."),
        (NextCommand.CUT_RELEASE, {}, "release auto --dry-run"),
        (NextCommand.CUT_RELEASE, {"version": "0.1.0"}, "release 0.1.0 --dry-run"),
    ],
)
def test_next_action_is_a_command_to_type(
    command: NextCommand, arguments: dict[str, str], line: str
) -> None:
    assert command_line(NextAction(command, arguments)) == f"aidevsecops {line}"


def test_every_next_action_is_a_command_that_there_is(terminal: Terminal) -> None:
    names = {"path": "a", "folder": "a", "run": "a"}
    for command in NextCommand:
        line = command_line(NextAction(command, names))
        words = [word for word in line.split()[1:] if word != "a" and not word.startswith("-")]
        if line.startswith("aidevsecops"):
            asked = [word for word in words if word not in {".", "auto"}]
            assert terminal.run(*asked, "--help").exit_code == 0, line
