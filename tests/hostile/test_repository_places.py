"""A repository whose files, objects or settings are elsewhere: none is fetched, run or touched."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.git import GitRepository
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode
from tests.fakes.cancel import FakeCancelToken
from tests.hostile.traps import Traps
from tests.kits.git_repo import GitRepo, make_repo

CANCEL = FakeCancelToken()


def without_its_content(repo: GitRepo, name: str) -> None:
    """Have the repository lack what a file of its head holds, as a partial clone does."""
    blob = repo.git("rev-parse", f"HEAD:{name}").strip()
    (repo.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "extensions.partialClone", "origin")
    repo.git("config", "remote.origin.promisor", "true")


@pytest.mark.parametrize("protocol", ["http", "git", "ssh"])
def test_partial_clone_fetches_nothing_when_it_is_looked_at(tmp_path: Path, protocol: str) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": "here\n"})
    without_its_content(repo, "a.txt")
    repo.write("a.txt", "changed\n")
    with socket.create_server(("127.0.0.1", 0)) as remote:
        remote.setblocking(False)
        port = remote.getsockname()[1]
        repo.git("config", "remote.origin.url", f"{protocol}://127.0.0.1:{port}/x")
        repo.git("config", f"protocol.{protocol}.allow", "always")
        git = GitRepository(repo.folder)

        git.state(CANCEL)
        git.commits(None, CANCEL)
        git.tracked(CANCEL)
        with pytest.raises(AidevsecopsError) as refused:
            git.differing("HEAD", ("a.txt",), CANCEL)

        with pytest.raises(BlockingIOError):
            remote.accept()
    assert "nothing was fetched" in refused.value.message


@pytest.mark.parametrize(
    "address", ["ext::sh -c touch% {trace}", "{remote}", "--upload-pack=touch {trace}"]
)
def test_partial_clone_runs_no_program_for_what_it_lacks(tmp_path: Path, address: str) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": "here\n"})
    without_its_content(repo, "a.txt")
    repo.write("a.txt", "changed\n")
    trace = tmp_path / "ran"
    remote = make_repo(tmp_path / "remote", {"a.txt": "here\n"})
    repo.git("config", "remote.origin.url", address.format(trace=trace, remote=remote.folder))
    repo.git("config", "remote.origin.uploadpack", f"touch '{trace}'; git-upload-pack")
    repo.git("config", "protocol.allow", "always")

    with pytest.raises(AidevsecopsError):
        GitRepository(repo.folder).differing("HEAD", ("a.txt",), CANCEL)

    assert not trace.exists()


def test_git_file_that_points_elsewhere_runs_nothing_from_there(
    traps: Traps, tmp_path: Path
) -> None:
    pointing = tmp_path / "pointing"
    pointing.mkdir()
    (pointing / ".git").write_text(f"gitdir: {traps.repo.folder / '.git'}\n")
    (pointing / "nb.ipynb").write_text("{}")
    git = GitRepository(pointing)

    git.state(CANCEL)
    git.tags(CANCEL)
    git.differing("HEAD", ("nb.ipynb",), CANCEL)

    assert traps.sprung == []


def test_alternates_that_point_elsewhere_run_nothing_from_there(
    traps: Traps, tmp_path: Path
) -> None:
    repo = make_repo(tmp_path / "other", {"a.txt": "1"})
    alternates = repo.folder / ".git" / "objects" / "info" / "alternates"
    alternates.write_text(f"{traps.repo.folder / '.git' / 'objects'}\n/not/there\n")

    git = GitRepository(repo.folder)
    git.state(CANCEL)
    git.commits(None, CANCEL)

    assert traps.sprung == []


def test_repository_whose_settings_name_the_files_of_another_is_none(tmp_path: Path) -> None:
    other = make_repo(tmp_path / "other", {"private.txt": "private"})
    repo = make_repo(tmp_path / "work", {"a.txt": "1"})
    repo.git("config", "core.worktree", str(other.folder))

    with pytest.raises(AidevsecopsError) as refused:
        GitRepository(repo.folder).state(CANCEL)

    assert refused.value.code is ErrorCode.RELEASE_NO_REPOSITORY
    assert "private.txt" not in refused.value.message


def test_git_file_of_a_repository_that_has_its_files_elsewhere_makes_none(tmp_path: Path) -> None:
    other = make_repo(tmp_path / "other", {"private.txt": "private"})
    other.git("config", "core.worktree", str(other.folder))
    pointing = tmp_path / "pointing"
    pointing.mkdir()
    (pointing / ".git").write_text(f"gitdir: {other.folder / '.git'}\n")

    with pytest.raises(AidevsecopsError) as refused:
        GitRepository(pointing).state(CANCEL)

    assert refused.value.code is ErrorCode.RELEASE_NO_REPOSITORY


def test_worktrees_and_submodules_are_repositories_of_their_own(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": "1"})
    inner = make_repo(tmp_path / "inner", {"b.txt": "1"})
    repo.git("worktree", "add", "--quiet", str(tmp_path / "tree"))
    words = ("-c", "protocol.file.allow=always", "submodule", "add", "--quiet")
    repo.git(*words, str(inner.folder), "sub")

    for folder in (tmp_path / "tree", repo.folder / "sub"):
        assert GitRepository(folder).root(CANCEL) == folder.resolve()


def test_submodule_whose_settings_name_programs_is_not_looked_into(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": "1"})
    inner = make_repo(tmp_path / "inner", {"b.txt": "1"})
    words = ("-c", "protocol.file.allow=always", "submodule", "add", "--quiet")
    repo.git(*words, str(inner.folder), "sub")
    repo.commit("With a submodule")
    trace = tmp_path / "ran"
    config = repo.folder / ".git" / "modules" / "sub" / "config"
    repo.git("config", "--file", str(config), "core.fsmonitor", f"touch '{trace}'; false")
    repo.git("config", "submodule.sub.update", f"!touch '{trace}'")
    (repo.folder / "sub" / "b.txt").write_text("2")

    state = GitRepository(repo.folder).state(CANCEL)

    assert not trace.exists()
    assert state.has_submodules
