"""Changes of real repositories, read by the real git-cliff."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.git_cliff import GitCliff
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    ToolMissingError,
)
from tests.fakes.cancel import FakeCancelToken


def git(folder: Path, *words: str) -> None:
    own = ("-c", "user.name=A Person", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=no")
    subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "commit", "--allow-empty", "-m", message)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--initial-branch=main")
    commit(tmp_path, "feat: one")
    git(tmp_path, "tag", "v0.1.0")
    commit(tmp_path, "Fix two {{ version }} {% raw %}")
    return tmp_path


def test_since_tells_what_came_after_the_tag(repository: Path) -> None:
    found = GitCliff(repository).since("v0.1.0", FakeCancelToken())

    assert [entry.summary for entry in found] == ["Fix two {{ version }} {% raw %}"]


def test_since_tells_all_when_there_is_no_tag(repository: Path) -> None:
    found = GitCliff(repository).since(None, FakeCancelToken())

    assert [entry.summary for entry in found] == ["Fix two {{ version }} {% raw %}", "One"]


def test_since_knows_merged_pull_requests(repository: Path) -> None:
    git(repository, "checkout", "-b", "topic")
    commit(repository, "wip")
    git(repository, "checkout", "main")
    git(
        repository,
        "merge",
        "--no-ff",
        "topic",
        "-m",
        "Merge pull request #3 from a/topic\n\nAdd it",
    )

    found = GitCliff(repository).since("v0.1.0", FakeCancelToken())

    assert [(one.summary, one.is_merge, one.pull_request) for one in found[:1]] == [
        ("Add it", True, 3)
    ]


def test_since_does_not_read_the_configuration_of_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = '[git]\nfilter_commits = true\ncommit_parsers = [{ message = ".*", skip = true }]\n'
    (repository / "cliff.toml").write_text(foreign)
    monkeypatch.setenv("GIT_CLIFF_CONFIG", str(repository / "cliff.toml"))

    assert len(GitCliff(repository).since(None, FakeCancelToken())) == 2


@pytest.mark.parametrize("tag", ["v9.9.9", "--help", "v0.1.0 main"])
def test_since_says_why_it_cannot_when_there_is_no_such_tag(repository: Path, tag: str) -> None:
    with pytest.raises(OutsideFailedError) as caught:
        GitCliff(repository).since(tag, FakeCancelToken())

    assert caught.value.code is ErrorCode.RELEASE_CHANGES_UNREADABLE


def test_since_says_what_to_install_when_git_cliff_is_missing(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = str(tmp_path_factory.mktemp("nothing"))
    monkeypatch.setenv("PATH", nothing)
    monkeypatch.setattr("sysconfig.get_path", lambda _name: nothing)
    monkeypatch.setattr("sys.executable", f"{nothing}/python")

    with pytest.raises(ToolMissingError) as caught:
        GitCliff(repository).since(None, FakeCancelToken())

    assert "pip install git-cliff" in caught.value.hint


def test_since_ends_when_cancelled(repository: Path) -> None:
    with pytest.raises(CancelledError):
        GitCliff(repository).since(None, FakeCancelToken(is_cancelled=True))
