"""Releases by pull request in real repositories: what is pushed, and that nothing changes here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.git_ports import CommitAside
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError, RefusedError
from aidevsecops_ext.domain.release_proposal import Proposal
from aidevsecops_ext.domain.release_record import ReleaseStage
from tests.fakes.forge import FakeForge, FakeForges
from tests.kits.git_repo import GitRepo, make_remote, make_repo
from tests.kits.releases import FILES, ReleaseKit, plan_of

pytestmark = pytest.mark.usefixtures("bare_git")

PROPOSAL = Proposal("v1.1.0", "main", "Release of version 1.1.0", "Changelog")


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return make_repo(tmp_path / "repo", FILES)


@pytest.fixture
def remote(tmp_path: Path, repo: GitRepo) -> GitRepo:
    return make_remote(tmp_path / "remote", repo)


@pytest.fixture
def kit(repo: GitRepo, remote: GitRepo) -> ReleaseKit:
    del remote
    made = ReleaseKit(repo)
    made.ports = replace(made.ports, forges=FakeForges(FakeForge()))
    return made


def without_tracking(repo: GitRepo) -> tuple[object, ...]:
    """All of a repository but what it knows of its remote."""
    refs, *rest = repo.snapshot()
    return ({name: own for name, own in refs.items() if "/remotes/" not in name}, *rest)


def test_release_is_on_a_branch_of_the_remote_and_nothing_changes_here(
    kit: ReleaseKit, repo: GitRepo, remote: GitRepo
) -> None:
    repo.write("staged.txt", "new\n")
    repo.git("add", "staged.txt")
    repo.write("docs/notes.txt", "changed\n")
    repo.hook("pre-commit", "exit 1")
    before = without_tracking(repo)

    record = kit.cut(plan_of(repo, proposal=PROPOSAL))

    assert record.stage is ReleaseStage.DONE
    assert without_tracking(repo) == before
    assert remote.refs() == {
        "refs/heads/main": repo.head(),
        "refs/heads/v1.1.0": record.commit,
    }
    assert remote.git("log", "-1", "--format=%P%n%B", "v1.1.0") == (
        f"{repo.head()}\nRelease of version 1.1.0\n\nSigned-off-by: Jo Doe <jo@example.org>"
    )
    assert remote.git("diff", "--name-only", "main", "v1.1.0").split() == [
        "docs/CHANGELOG.md",
        "version.py",
    ]
    assert remote.git("show", "v1.1.0:version.py") == '__version__ = "1.1.0"'


def test_undo_leaves_all_as_it_was(kit: ReleaseKit, repo: GitRepo, remote: GitRepo) -> None:
    before, there = repo.snapshot(), remote.refs()

    kit.cut(plan_of(repo, proposal=PROPOSAL))
    kit.undo()

    assert (repo.snapshot(), remote.refs()) == (before, there)


def test_undo_keeps_a_branch_that_somebody_pushed_to(
    kit: ReleaseKit, repo: GitRepo, remote: GitRepo
) -> None:
    kit.cut(plan_of(repo, proposal=PROPOSAL))
    remote.git("update-ref", "refs/heads/v1.1.0", repo.head())

    undone = kit.undo()

    assert "stays" in undone.left[0]
    assert "refs/heads/v1.1.0" in remote.refs()


def test_release_leaves_all_as_it_was_when_the_remote_refuses_the_branch(
    kit: ReleaseKit, repo: GitRepo, remote: GitRepo
) -> None:
    remote.hook("pre-receive", "echo 'no branches today' >&2; exit 1")
    before, there = repo.snapshot(), remote.refs()

    with pytest.raises(RefusedError) as caught:
        kit.cut(plan_of(repo, proposal=PROPOSAL))

    assert caught.value.code is ErrorCode.RELEASE_PUSH_REJECTED
    assert "no branches today" in caught.value.message
    assert (repo.snapshot(), remote.refs()) == (before, there)


def test_commit_aside_keeps_modes_and_line_ends_and_follows_the_attributes(
    kit: ReleaseKit, repo: GitRepo
) -> None:
    repo.commit("More", {"run.sh": "echo 1\r\n", ".gitattributes": "*.txt text eol=crlf\n"})
    repo.git("update-index", "--chmod=+x", "run.sh")
    repo.git("commit", "--quiet", "-m", "Run")
    texts = {"run.sh": "echo 2\r\n", "a b/ä.txt": "new\r\n"}

    made = kit.ports.git.commit_aside(CommitAside("All", repo.head(), texts), kit.cancel)

    assert repo.git("ls-tree", "-r", "--format=%(objectmode)", made, "run.sh") == "100755"
    assert repo.git("show", "--format=", "--numstat", "-z", made).split("\0")[:2] == [
        "1\t0\ta b/ä.txt",
        "1\t1\trun.sh",
    ]
    assert repo.git("grep", "-c", "-I", "\r", made, "--", "run.sh").endswith(":1")
    assert repo.git("grep", "-c", "-I", "\r", made, "--", "a b", is_checked=False) == ""


def test_commit_aside_is_signed_as_git_is_set(
    kit: ReleaseKit, repo: GitRepo, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingKey", str(key))
    repo.git("config", "commit.gpgSign", "true")
    asked = CommitAside("All", repo.head(), {"a.txt": "1\n"})

    with pytest.raises(RefusedError) as caught:
        kit.ports.git.commit_aside(asked, kit.cancel)
    unsigned = kit.ports.git.commit_aside(replace(asked, is_signed=False), kit.cancel)
    words = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "jo", "-f", str(key))
    subprocess.run(words, check=True)
    signed = kit.ports.git.commit_aside(asked, kit.cancel)

    assert caught.value.code is ErrorCode.RELEASE_COMMIT_FAILED
    assert "BEGIN SSH SIGNATURE" not in repo.git("cat-file", "commit", unsigned)
    assert "BEGIN SSH SIGNATURE" in repo.git("cat-file", "commit", signed)


def test_commit_aside_is_told_when_git_fails(kit: ReleaseKit) -> None:
    with pytest.raises(OutsideFailedError) as caught:
        kit.ports.git.commit_aside(CommitAside("All", "0" * 40, {"a.txt": "1\n"}), kit.cancel)

    assert caught.value.code is ErrorCode.RELEASE_GIT_FAILED
