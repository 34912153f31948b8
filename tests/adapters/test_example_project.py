"""The examples that come with the package, and the repository that they become."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.example_project import PackagedExamples
from aidevsecops_ext.adapters.git_beginning import NewRepositories
from aidevsecops_ext.app.copy_examples import NOTEBOOK
from aidevsecops_ext.domain.errors import OutsideFailedError
from tests.fakes.cancel import FakeCancelToken
from tests.kits.git_repo import AUTHOR, GitRepo, bare_environment

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_examples_are_those_that_are_tracked() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=EXAMPLES, capture_output=True, text=True, check=True
    )

    texts = PackagedExamples().texts()

    assert set(texts) == {*filter(None, listed.stdout.split("\0"))}
    assert NOTEBOOK in texts


def test_examples_leave_out_what_notebooks_and_tools_make(tmp_path: Path) -> None:
    for name in ("kept.py", "data/made.csv", "digits/__pycache__/made.pyc"):
        path = tmp_path / "examples" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")

    texts = PackagedExamples((tmp_path / "nowhere", tmp_path / "examples")).texts()

    assert list(texts) == ["kept.py"]


def test_examples_fail_when_the_package_has_none(tmp_path: Path) -> None:
    with pytest.raises(OutsideFailedError, match="without them"):
        PackagedExamples((tmp_path / "nowhere",)).texts()


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of somebody who never set git up."""
    environment = bare_environment(tmp_path / "home")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "root" / "examples"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    return folder


def test_repository_has_all_files_in_a_first_commit_when_git_knows_nobody(newcomer: Path) -> None:
    NewRepositories(newcomer.parent).begin(newcomer.name, FakeCancelToken())

    repo = GitRepo(newcomer)
    assert repo.git("status", "--porcelain") == ""
    assert repo.git("ls-files") == "a.txt"
    assert repo.git("branch", "--show-current") == "main"
    assert repo.git("log", "--format=%an") == "Somebody"


def test_repository_has_the_name_that_git_knows(newcomer: Path) -> None:
    for key, value in AUTHOR.items():
        GitRepo(newcomer.parent).git("config", "--global", key, value)

    NewRepositories(newcomer.parent).begin(newcomer.name, FakeCancelToken())

    assert GitRepo(newcomer).git("log", "--format=%an") == AUTHOR["user.name"]


def test_repository_fails_in_the_words_of_git(newcomer: Path) -> None:
    (newcomer / ".git").write_text("nonsense")

    with pytest.raises(OutsideFailedError, match="git init"):
        NewRepositories(newcomer.parent).begin(newcomer.name, FakeCancelToken())
