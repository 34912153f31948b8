"""What is done to real repositories, and what git refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.git import GitRepository
from aidevsecops_ext.adapters.git_program import GitCall, GitProgram
from aidevsecops_ext.app.git_ports import CommitRequest, PushedRef, TagRequest
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
)
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.progress import FakeProgress
from tests.kits.git_repo import GitRepo, make_remote, make_repo

pytestmark = pytest.mark.usefixtures("bare_git")

CANCEL = FakeCancelToken()


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return make_repo(tmp_path / "repo", {"a.txt": "1\n", "folder/b.txt": "1\n"})


@pytest.fixture
def git(repo: GitRepo) -> GitRepository:
    return GitRepository(repo.folder)


def test_commit_is_refused_when_nothing_changed(repo: GitRepo, git: GitRepository) -> None:
    with pytest.raises(RefusedError) as caught:
        git.commit(CommitRequest("Nothing", ("a.txt",)), FakeProgress(), CANCEL)

    assert caught.value.code is ErrorCode.RELEASE_COMMIT_FAILED
    assert repo.git("rev-list", "--count", "HEAD") == "1"


def test_tag_is_refused_when_there_is_one(repo: GitRepo, git: GitRepository) -> None:
    repo.git("tag", "v1")

    with pytest.raises(RefusedError, match="'v1' could not be made: tag 'v1' already exists"):
        git.tag(TagRequest("v1", repo.head(), "One"), CANCEL)


def test_tag_is_annotated_when_somebody_asks_for_signed_annotated_ones(
    repo: GitRepo, git: GitRepository
) -> None:
    repo.git("config", "tag.forceSignAnnotated", "true")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingKey", "/nowhere/key.pub")

    with pytest.raises(RefusedError) as caught:
        git.tag(TagRequest("v1", repo.head(), "One"), CANCEL)
    git.tag(TagRequest("v2", repo.head(), "# Two\n\n\n  x  \n", is_signed=False), CANCEL)

    assert "user.signingKey" in caught.value.hint
    assert repo.git("tag") == "v2"
    assert repo.git("for-each-ref", "--format=%(contents)", "refs/tags/v2") == "# Two\n\n  x"


def test_revert_leaves_all_as_it_was_when_it_fails(repo: GitRepo, git: GitRepository) -> None:
    second = repo.commit("Two", {"a.txt": "2\n"})
    repo.commit("Three", {"a.txt": "3\n"})
    before = repo.snapshot()

    with pytest.raises(RefusedError):
        git.revert(second, FakeProgress(), CANCEL)

    assert repo.snapshot() == before


def test_head_and_tag_stay_when_they_are_others_by_now(repo: GitRepo, git: GitRepository) -> None:
    first = repo.head()
    second = repo.commit("Two", {"a.txt": "2\n"})
    repo.git("tag", "v1", second)

    with pytest.raises(OutsideFailedError):
        git.move_head(first, first, CANCEL)
    with pytest.raises(OutsideFailedError):
        git.delete_tag("v1", first, CANCEL)

    assert (repo.head(), repo.git("rev-parse", "v1")) == (second, second)


def test_index_has_files_and_not_what_is_in_folders(git: GitRepository) -> None:
    entries = git.index_entries(("a.txt", "folder", "new.txt"), CANCEL)

    assert list(entries) == ["a.txt"]
    assert git.index_entries((), CANCEL) == {}


def test_index_is_restored_as_it_was(repo: GitRepo, git: GitRepository) -> None:
    repo.write("a.txt", "staged\n")
    repo.git("add", "a.txt")
    before = repo.git("ls-files", "--stage")
    entries = git.index_entries(("a.txt",), CANCEL)
    repo.commit("All", {"new.txt": "", "a.txt": "other\n"})

    git.restore_index({**entries, "new.txt": None}, CANCEL)

    assert repo.git("ls-files", "--stage") == before


def test_index_is_not_restored_from_what_is_none(git: GitRepository) -> None:
    with pytest.raises(OutsideFailedError):
        git.restore_index({"a.txt": "no entry"}, CANCEL)


def test_nothing_is_fetched_from_a_remote_that_is_unknown(git: GitRepository) -> None:
    with pytest.raises(OutsideFailedError, match="No such remote"):
        git.fetch("nowhere", CANCEL)


def test_push_deletes_only_what_is_still_expected(
    repo: GitRepo, git: GitRepository, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote", repo)
    repo.git("tag", "-a", "-m", "1", "v1")
    repo.git("push", "--quiet", "origin", "v1")
    there = remote.refs()
    wrong = PushedRef("refs/tags/v1", None, repo.head())

    with pytest.raises(ConflictError) as caught:
        git.push("origin", (wrong,), FakeProgress(), CANCEL)
    kept = remote.refs()
    right = PushedRef("refs/tags/v1", None, there["refs/tags/v1"])
    assert git.push("origin", (right,), FakeProgress(), CANCEL)

    assert caught.value.code is ErrorCode.RELEASE_REMOTE_MOVED
    assert kept == there
    assert "refs/tags/v1" not in remote.refs()


def test_push_is_refused_by_a_repository_that_somebody_works_in(
    repo: GitRepo, git: GitRepository, tmp_path: Path
) -> None:
    other = make_repo(tmp_path / "other")
    repo.git("remote", "add", "origin", other.folder.as_uri())
    refs = (PushedRef("refs/heads/main", repo.head()),)

    with pytest.raises(RefusedError, match="checked out"):
        git.push("origin", refs, FakeProgress(), CANCEL)


def test_waiting_for_the_index_is_cancelled(repo: GitRepo, git: GitRepository) -> None:
    (repo.git_dir / "index.lock").touch()
    cancel = FakeCancelToken()
    repo.write("new.txt", "")
    calls: list[str] = []

    class Patience(FakeProgress):
        def log(self, line: str) -> None:
            calls.append(line)
            cancel.cancel()

    repo.write("a.txt", "2\n")
    with pytest.raises(CancelledError):
        git.commit(CommitRequest("New", ("a.txt",)), Patience(), cancel)

    assert "index.lock" in calls[0]


def test_git_that_does_not_end_is_stopped(repo: GitRepo) -> None:
    call = GitCall(("-c", "alias.wait=!sleep 50", "wait"), timeout=0.3)

    with pytest.raises(TimedOutError, match=r"not done after 0\.3 seconds"):
        GitProgram(repo.folder).run(call, CANCEL)
