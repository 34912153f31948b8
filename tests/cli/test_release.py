"""The commands about releases, in real repositories."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Terminal
from tests.kits.git_repo import GitRepo, make_remote


def test_release_shows_the_plan_and_changes_nothing_on_a_dry_run(
    terminal: Terminal, repo: GitRepo
) -> None:
    before = repo.snapshot()

    shown = terminal.run("release", "auto", "--dry-run")

    assert shown.exit_code == 0
    assert "Release 1.2.0 → 1.3.0, tag v1.3.0" in shown.stdout
    assert '-__version__ = "1.2.0"\n+__version__ = "1.3.0"' in shown.stdout
    assert "  - Answer sooner" in shown.stdout
    assert "✓ tag: v1.3.0 is free." in shown.stdout
    assert repo.snapshot() == before


def test_release_answers_the_plan_in_json(terminal: Terminal, repo: GitRepo) -> None:
    plan = terminal.json("release", "minor", "--dry-run")

    assert {key: plan[key] for key in ("current", "next", "tag", "kind", "versions")} == {
        "current": "1.2.0",
        "next": "1.3.0",
        "tag": "v1.3.0",
        "kind": "minor",
        "versions": [{"file": "version.py", "line": 1, "value": "1.2.0"}],
    }
    assert plan["changelog"] == "### Added\n\n- Answer sooner"
    assert (plan["references"], plan["images"]) == ([], [])
    assert [change["file"] for change in plan["changes"]] == ["CHANGELOG.md", "version.py"]
    assert {check["status"] for check in plan["checks"]} == {"pass", "warn"}
    assert repo.git("tag") == "v1.2.0"


def test_release_commits_tags_and_pushes(terminal: Terminal, repo: GitRepo, tmp_path: Path) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)

    done = terminal.run("release", "1.4.0", "--yes")

    assert done.exit_code == 0, done.output
    assert "Released 1.4.0" in done.stdout
    assert "pushed to origin" in done.stdout
    assert "Take it back with: aidevsecops release undo --published\n" in done.stdout
    assert "aidevsecops release undo --published\n" in terminal.run("release", "status").stdout
    assert repo.read("version.py") == '__version__ = "1.4.0"\n'
    assert "## [1.4.0]" in repo.read("CHANGELOG.md")
    assert (
        remote.git("rev-parse", "v1.4.0^{commit}") == repo.head() == remote.git("rev-parse", "main")
    )
    assert repo.git("status", "--porcelain") == ""


def test_release_answers_in_json_what_was_done(terminal: Terminal, repo: GitRepo) -> None:
    answer = terminal.json("release", "patch", "--yes", "--no-push")

    assert answer["next"] == "1.2.1"
    assert answer["release"] == {
        "version": "1.2.1",
        "tag": "v1.2.1",
        "stage": "done",
        "commit": repo.head(),
        "remote": None,
        "files": ["CHANGELOG.md", "version.py"],
        "error": "",
        "mode": "direct",
        "pull_request": None,
        "forge_release": None,
    }


def test_release_is_refused_when_a_check_forbids_it(terminal: Terminal, repo: GitRepo) -> None:
    repo.write("version.py", '__version__ = "1.2.0"  # changed\n')
    before = repo.snapshot()

    shown = terminal.run("release", "patch", "--dry-run")
    refused = terminal.run("release", "patch", "--yes")

    assert shown.exit_code == 1
    assert "✗ tree: Not committed: version.py." in shown.stdout
    assert refused.exit_code == 3
    assert repo.snapshot() == before


def test_release_is_refused_when_nobody_can_agree(terminal: Terminal, repo: GitRepo) -> None:
    refused = terminal.run("release", "patch")

    assert refused.exit_code == 3
    assert "--yes" in refused.stderr
    assert repo.git("tag") == "v1.2.0"


def test_release_says_what_a_version_is_when_the_kind_is_none(
    terminal: Terminal, repo: GitRepo
) -> None:
    refused = terminal.run("release", "mayor", "--dry-run")

    assert refused.exit_code == 2
    assert "'mayor' is no version." in refused.stderr
    assert repo.git("tag") == "v1.2.0"


def test_release_undo_leaves_all_as_it_was(terminal: Terminal, repo: GitRepo) -> None:
    before = repo.snapshot()
    terminal.run("release", "patch", "--yes")

    undone = terminal.run("release", "undo", "--yes")

    assert undone.exit_code == 0, undone.output
    assert "Took back 1.2.1." in undone.stdout
    assert repo.snapshot() == before


def test_release_undo_takes_back_what_is_out_when_it_is_asked_to(
    terminal: Terminal, repo: GitRepo, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    terminal.run("release", "patch", "--yes")

    kept = terminal.run("release", "undo", "--yes")
    undone = terminal.json("release", "undo", "--yes", "--published")

    assert kept.exit_code == 3
    assert "--published" in kept.stderr
    assert undone["stage"] == "undone"
    assert "v1.2.1" not in remote.git("tag")
    assert remote.git("show", "main:version.py") == '__version__ = "1.2.0"'


def test_release_resume_goes_on_where_a_push_was_refused(
    terminal: Terminal, repo: GitRepo, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    remote.hook("pre-receive", "exit 1")
    refused = terminal.run("release", "patch", "--yes")
    status = terminal.json("release", "status")
    (remote.folder / "hooks" / "pre-receive").unlink()

    again = terminal.run("release", "patch", "--yes")

    assert refused.exit_code == 3
    assert status["can_resume"] is False
    assert again.exit_code == 0, again.output
    assert terminal.json("release", "status")["release"]["stage"] == "done"


def test_release_status_and_tags_say_what_was_released(terminal: Terminal, repo: GitRepo) -> None:
    repo.git("tag", "nightly")
    nothing = terminal.run("release", "status")
    terminal.run("release", "patch", "--yes")

    status = terminal.run("release", "status")
    tags = terminal.json("release", "tags")

    assert "Nothing was released with this program yet." in nothing.stdout
    assert "1.2.1: done, published: nothing" in status.stdout
    assert "aidevsecops release undo\n" in status.stdout
    assert "has no remote" in status.stdout
    assert [(tag["name"], tag["url"]) for tag in tags] == [("v1.2.1", None), ("v1.2.0", None)]
    assert terminal.run("release", "tags").stdout.startswith("v1.2.1  20")


def test_release_resume_says_when_there_is_nothing_to_go_on_with(
    terminal: Terminal, repo: GitRepo
) -> None:
    refused = terminal.run("release", "resume")

    assert refused.exit_code == 2
    assert "No release was begun" in refused.stderr
    assert repo.git("tag") == "v1.2.0"


def test_release_notes_are_what_changed(terminal: Terminal, repo: GitRepo) -> None:
    assert terminal.run("release", "notes").stdout == "### Added\n\n- Answer sooner\n"
    assert terminal.json("release", "notes") == {
        "current": "1.2.0",
        "next": "1.3.0",
        "notes": "### Added\n\n- Answer sooner",
    }
    for mode in ("pull-request", "bot"):
        repo.write(".aidevsecops.toml", f'[release]\nmode = "{mode}"\n')
        assert terminal.json("release", "notes")["next"] == "1.3.0"
    assert repo.git("tag") == "v1.2.0"


def test_release_is_refused_outside_a_repository(terminal: Terminal) -> None:
    refused = terminal.run("release", "patch", "--dry-run")

    assert refused.exit_code == 3
    assert "repository" in refused.stderr
