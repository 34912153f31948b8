"""Releases that are stopped at any point: what is said of them, going on, and taking back."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.git_ports import CutPorts
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.release_record import ReleaseStage
from tests.kits.git_repo import GitRepo, clone, make_remote, make_repo
from tests.kits.releases import FILES, FailingPorts, Killed, ReleaseKit, plan_of

pytestmark = pytest.mark.usefixtures("bare_git")

# The port, its method, before or after, which call: in the order of a release.
_POINTS = [
    ("journal", "write", True, 1),
    ("changes", "write", False, 1),
    ("changes", "write", True, 1),
    ("journal", "write", True, 2),
    ("git", "commit", False, 1),
    ("git", "commit", True, 1),
    ("journal", "write", True, 3),
    ("git", "tag", False, 1),
    ("git", "tag", True, 1),
    ("journal", "write", True, 4),
    ("journal", "write", True, 5),
    ("git", "push", False, 1),
    ("git", "push", True, 1),
    ("journal", "write", True, 6),
]


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return make_repo(tmp_path / "repo", FILES)


@pytest.fixture
def remote(tmp_path: Path, repo: GitRepo) -> GitRepo:
    return make_remote(tmp_path / "remote", repo)


def failing(ports: CutPorts, port: str, method: str, *, is_after: bool, nth: int = 1) -> CutPorts:
    wrapped = FailingPorts(getattr(ports, port), method, is_after=is_after, nth=nth)
    return replace(ports, **{port: wrapped})


def kill(repo: GitRepo, point: tuple[str, str, bool, int]) -> ReleaseKit:
    """Cut a release in a process that ends at that point; what another process has then."""
    port, method, is_after, nth = point
    doomed = ReleaseKit(repo)
    doomed.ports = failing(doomed.ports, port, method, is_after=is_after, nth=nth)
    with pytest.raises(Killed):
        doomed.cut()
    return ReleaseKit(repo)


@pytest.mark.parametrize("point", _POINTS)
def test_release_can_be_resumed_wherever_it_was_killed(
    repo: GitRepo, remote: GitRepo, point: tuple[str, str, bool, int]
) -> None:
    head = repo.head()
    kit = kill(repo, point)
    if kit.status().can_resume:
        kit.resume()

    record = kit.status().record
    assert record is not None
    assert record.stage is ReleaseStage.DONE
    assert repo.git("rev-parse", "HEAD^") == head
    assert remote.refs() == {
        "refs/heads/main": repo.head(),
        "refs/tags/v1.1.0": repo.git("rev-parse", "v1.1.0"),
    }
    assert repo.git("status", "--porcelain") == ""


@pytest.mark.parametrize("point", _POINTS)
def test_release_can_be_undone_wherever_it_was_killed(
    repo: GitRepo, remote: GitRepo, point: tuple[str, str, bool, int]
) -> None:
    before, there = repo.snapshot(), remote.refs()
    kit = kill(repo, point)
    is_out = kit.status().published.value == "all"

    undone = kit.undo(is_remote=is_out)

    assert undone.left == ()
    assert kit.status().record == undone.record
    assert "refs/tags/v1.1.0" not in {**repo.refs(), **remote.refs()}
    assert repo.snapshot()[3] == before[3]
    if not is_out:
        assert (repo.snapshot(), remote.refs()) == (before, there)


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (("changes", "write", False, 1), ("no", False, False, "nothing")),
        (("changes", "write", True, 1), ("yes", False, False, "nothing")),
        (("git", "commit", True, 1), ("yes", True, False, "nothing")),
        (("git", "tag", True, 1), ("yes", True, True, "nothing")),
        (("git", "push", False, 1), ("yes", True, True, "nothing")),
        (("git", "push", True, 1), ("yes", True, True, "all")),
    ],
)
def test_status_says_what_is_true_whatever_was_written_down(
    repo: GitRepo,
    remote: GitRepo,
    point: tuple[str, str, bool, int],
    expected: tuple[str, bool, bool, str],
) -> None:
    status = kill(repo, point).status()

    found = (status.commit is not None, status.tag_id is not None)
    assert (status.files.value, *found, status.published.value) == expected
    assert (status.can_resume, status.can_undo, status.is_running) == (True, True, False)
    assert (status.published.value == "all") is ("refs/tags/v1.1.0" in remote.refs())


def test_release_is_not_begun_again_while_one_is_not_done(repo: GitRepo) -> None:
    kit = kill(repo, ("changes", "write", True, 1))

    with pytest.raises(ConflictError) as caught:
        kit.cut()

    assert caught.value.code is ErrorCode.RELEASE_UNFINISHED


def test_release_is_refused_while_another_one_runs(repo: GitRepo) -> None:
    kit = ReleaseKit(repo)

    with kit.ports.journal.locked():
        other = ReleaseKit(repo)
        assert other.status().is_running
        for work in (other.cut, other.resume, other.undo):
            with pytest.raises(ConflictError) as caught:
                work()
            assert caught.value.code is ErrorCode.RELEASE_RUNNING

    assert not kit.status().is_running


def test_release_leaves_all_as_it_was_when_it_is_cancelled(repo: GitRepo, remote: GitRepo) -> None:
    repo.hook("pre-commit", "echo waiting; sleep 30")
    kit = ReleaseKit(repo)
    before = repo.snapshot()
    log = kit.progress.log

    def cancel_then(line: str) -> None:
        log(line)
        kit.cancel.cancel()

    kit.progress.log = cancel_then  # type: ignore[method-assign]

    with pytest.raises(CancelledError, match="All is as it was"):
        kit.cut()

    assert repo.snapshot() == before
    assert set(remote.refs()) == {"refs/heads/main"}


def test_resume_is_refused_when_something_else_was_committed(repo: GitRepo) -> None:
    kit = kill(repo, ("git", "commit", False, 1))
    repo.git("stash", "--include-untracked", "--quiet")
    theirs = repo.commit("Something else")

    with pytest.raises(ConflictError) as caught:
        kit.resume()

    assert caught.value.code is ErrorCode.RELEASE_PLAN_OUTDATED
    assert repo.head() == theirs


def test_resume_pushes_the_release_alone_when_others_came_after_it(
    repo: GitRepo, remote: GitRepo
) -> None:
    kit = kill(repo, ("git", "commit", True, 1))
    released = repo.head()
    repo.commit("After it")

    kit.resume()

    assert remote.refs()["refs/heads/main"] == released
    assert repo.git("rev-parse", "v1.1.0^{commit}") == released


def test_resume_is_refused_when_a_file_was_changed_since(repo: GitRepo) -> None:
    kit = kill(repo, ("changes", "write", False, 1))
    repo.write("version.py", "mine\n")

    with pytest.raises(ConflictError, match=r"version\.py was changed"):
        kit.resume()

    assert repo.read("version.py") == "mine\n"


def test_resume_commits_nothing_that_somebody_wrote_since(repo: GitRepo) -> None:
    kit = kill(repo, ("git", "commit", False, 1))
    head = repo.head()
    repo.write("version.py", "mine\n")

    with pytest.raises(ConflictError, match=r"version\.py stays as it is.* All else is as it was"):
        kit.resume()

    assert repo.head() == head
    assert repo.git("status", "--porcelain") == "M version.py"
    assert repo.read("version.py") == "mine\n"


@pytest.mark.parametrize("stage", ["resume", "undo"])
def test_nothing_is_resumed_or_undone_when_there_is_none(repo: GitRepo, stage: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        getattr(ReleaseKit(repo), stage)()

    assert caught.value.code is ErrorCode.RELEASE_NONE


def test_release_that_cannot_be_asked_for_stays_and_is_resumed(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    repo.hook("post-commit", f'mv "{remote.folder}" "{away}"')
    kit = ReleaseKit(repo)

    with pytest.raises(OutsideFailedError, match="unknown, as it cannot be asked"):
        kit.cut()
    with pytest.raises(OutsideFailedError, match="Nothing was undone"):
        kit.undo()
    unknown = kit.status()
    away.rename(remote.folder)
    record = kit.resume()

    assert (unknown.published.value, unknown.can_resume) == ("unknown", True)
    assert unknown.record is not None
    assert "cannot be reached" in unknown.record.error
    assert remote.refs()["refs/tags/v1.1.0"] == record.tag_id


def test_release_that_is_out_is_undone_when_somebody_asks(repo: GitRepo, remote: GitRepo) -> None:
    kit = ReleaseKit(repo)
    before = repo.snapshot()
    record = kit.cut()

    with pytest.raises(RefusedError) as refused:
        kit.undo()
    kit.undo(is_remote=True)

    assert refused.value.code is ErrorCode.RELEASE_IS_OUT
    assert remote.refs() == {"refs/heads/main": repo.head()}
    assert repo.git("rev-parse", "HEAD^") == record.commit
    assert repo.git("tag") == ""
    assert repo.snapshot()[3] == before[3]
    with pytest.raises(NotFoundError):
        kit.undo(is_remote=True)
    assert kit.cut(plan_of(repo)).stage is ReleaseStage.DONE


@pytest.mark.parametrize(
    "point",
    [
        ("git", "revert", False, 1),
        ("git", "revert", True, 1),
        ("journal", "write", True, 1),
        ("git", "push", True, 1),
        ("git", "delete_tag", True, 1),
    ],
)
def test_undo_goes_on_wherever_it_was_killed(
    repo: GitRepo, remote: GitRepo, point: tuple[str, str, bool, int]
) -> None:
    kit = ReleaseKit(repo)
    record = kit.cut()
    doomed = ReleaseKit(repo)
    port, method, is_after, nth = point
    doomed.ports = failing(doomed.ports, port, method, is_after=is_after, nth=nth)
    with pytest.raises(Killed):
        doomed.undo(is_remote=True)

    kit.undo(is_remote=True)

    assert remote.refs() == {"refs/heads/main": repo.head()}
    assert repo.git("rev-parse", "HEAD^") == record.commit
    assert repo.git("tag") == ""


def test_undo_is_refused_when_the_remote_went_on(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    kit = ReleaseKit(repo)
    kit.cut()
    other = clone(remote, tmp_path / "other")
    other.commit("Theirs")
    other.git("push", "--quiet")
    before, there = repo.snapshot(), remote.refs()

    with pytest.raises(ConflictError) as caught:
        kit.undo(is_remote=True)

    assert caught.value.code is ErrorCode.RELEASE_MOVED_ON
    assert remote.refs() == there
    assert repo.refs().items() >= {k: v for k, v in before[0].items() if "remotes" not in k}.items()


def test_undo_is_refused_when_others_were_committed_here(repo: GitRepo, remote: GitRepo) -> None:
    kit = ReleaseKit(repo)
    kit.cut()
    repo.commit("After it")
    there = remote.refs()

    with pytest.raises(ConflictError, match="committed or checked out here since"):
        kit.undo(is_remote=True)

    assert remote.refs() == there


@pytest.mark.parametrize("is_atomic", ["true", "false"])
def test_undo_leaves_all_when_the_remote_refuses_it(
    repo: GitRepo, remote: GitRepo, is_atomic: str
) -> None:
    remote.git("config", "receive.advertiseAtomic", is_atomic)
    kit = ReleaseKit(repo)
    kit.cut()
    remote.hook("pre-receive", "echo nothing may be taken back; exit 1")
    before, there = repo.snapshot(), remote.refs()

    with pytest.raises(RefusedError, match="nothing may be taken back"):
        kit.undo(is_remote=True)

    assert (repo.snapshot(), remote.refs()) == (before, there)
    (remote.git_dir / "hooks/pre-receive").unlink()
    kit.undo(is_remote=True)
    assert remote.refs() == {"refs/heads/main": repo.head()}


def test_undo_leaves_what_was_changed_since(repo: GitRepo) -> None:
    kit = ReleaseKit(repo)
    kit.cut()
    repo.write("version.py", "mine\n")

    undone = kit.undo()

    assert undone.left == ("version.py stays as it is, as it was changed since.",)
    assert repo.read("version.py") == "mine\n"
    assert not (repo.folder / "docs/CHANGELOG.md").exists()


def test_undo_leaves_the_commit_when_others_came_after_it(repo: GitRepo) -> None:
    kit = ReleaseKit(repo)
    kit.cut()
    after = repo.commit("After it")

    undone = kit.undo()

    assert "as others came after it" in undone.left[0]
    assert repo.head() == after
    assert repo.git("tag") == ""


def test_undo_leaves_the_files_when_something_else_is_checked_out(repo: GitRepo) -> None:
    kit = kill(repo, ("git", "commit", True, 1))
    repo.git("checkout", "--quiet", "-b", "other", "HEAD^")
    repo.commit("Other")

    undone = kit.undo()

    assert undone.left == ("The files stay as they are, as something else is checked out.",)


def test_undo_takes_a_commit_back_that_a_hook_held_up(repo: GitRepo) -> None:
    before = repo.snapshot()
    kit = kill(repo, ("git", "commit", False, 1))
    repo.git("add", "--all")
    repo.hook("pre-commit", "echo waiting >&2; sleep 1")
    words = ("git", "commit", "--quiet", "-m", "Release of version 1.1.0", "--only", "--")
    paths = ("version.py", "docs/CHANGELOG.md")
    left_over = subprocess.Popen(
        (*words, *paths), cwd=repo.folder, stderr=subprocess.PIPE, text=True
    )
    assert left_over.stderr is not None
    assert left_over.stderr.readline() == "waiting\n"

    undone = kit.undo()

    left_over.communicate()
    assert undone.left == ()
    assert repo.snapshot() == before


def test_undo_keeps_a_file_that_was_staged_before(repo: GitRepo) -> None:
    text = FILES["version.py"]
    repo.write("version.py", f"{text}# staged\n")
    repo.git("add", "version.py")
    repo.write("version.py", f"{text}# staged\n# loose\n")
    before = repo.snapshot()
    kit = ReleaseKit(repo)

    kit.cut()
    kit.undo()

    assert repo.snapshot() == before
