"""A push that goes on when the program that began it was killed is known to go on."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.push_lock import is_pushing, while_pushing
from aidevsecops_ext.app.release_facts import Publication
from aidevsecops_ext.domain.errors import ConflictError, ErrorCode, OutsideFailedError, RefusedError
from tests.kits.git_repo import GitRepo, make_remote, make_repo
from tests.kits.releases import FILES, ReleaseKit

pytestmark = pytest.mark.usefixtures("bare_git")

_CUT = """\
import sys
from pathlib import Path
from tests.kits.git_repo import GitRepo
from tests.kits.releases import ReleaseKit
ReleaseKit(GitRepo(Path(sys.argv[1]))).cut()
"""


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return make_repo(tmp_path / "repo", FILES)


@pytest.fixture
def remote(tmp_path: Path, repo: GitRepo) -> GitRepo:
    return make_remote(tmp_path / "remote", repo)


@pytest.fixture
def held_up(tmp_path: Path, repo: GitRepo, remote: GitRepo) -> Iterator[Path]:
    """A release whose program was killed while its hook waits for somebody to write to a pipe."""
    del remote
    begun, go = tmp_path / "begun", tmp_path / "go"
    for pipe in (begun, go):
        os.mkfifo(pipe)
    # What it says nobody reads any more, which would end it.
    repo.hook("pre-push", f"echo begun > {begun}; cat {go} > /dev/null")
    doomed = subprocess.Popen(
        (sys.executable, "-c", _CUT, str(repo.folder)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert begun.read_text(encoding="utf-8") == "begun\n"
        doomed.kill()
        doomed.wait()
        yield go
    finally:
        doomed.kill()
        doomed.wait()
        _let_go(repo, go)


def _let_go(repo: GitRepo, go: Path) -> None:
    """Have the hook end, and return when git did, too."""
    if is_pushing(repo.git_dir):
        go.write_text("go\n", encoding="utf-8")
    with (repo.git_dir / "aidevsecops/push.lock").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def test_release_is_being_pushed_as_long_as_git_lives(
    repo: GitRepo, remote: GitRepo, held_up: Path
) -> None:
    kit = ReleaseKit(repo)

    status = kit.status()
    with pytest.raises(ConflictError) as caught:
        kit.undo()
    with pytest.raises(ConflictError):
        kit.resume()
    _let_go(repo, held_up)

    assert (status.is_running, status.can_undo, status.can_resume) == (True, False, False)
    assert caught.value.code is ErrorCode.RELEASE_RUNNING
    assert "A push of a release is going on" in caught.value.message
    assert kit.status().published is Publication.ALL
    with pytest.raises(RefusedError, match="Its commit and its tag are on 'origin'"):
        kit.undo()
    assert remote.git("rev-parse", "main") == repo.head()


def test_nobody_pushes_when_a_push_left_something_behind(tmp_path: Path) -> None:
    # What keeps credentials for git does not end with it.
    with while_pushing(tmp_path) as inherited:
        left = subprocess.Popen(("cat",), stdin=subprocess.PIPE, pass_fds=inherited)

    try:
        assert not is_pushing(tmp_path)
    finally:
        left.communicate()


def test_pushes_are_made_one_at_a_time(tmp_path: Path) -> None:
    with while_pushing(tmp_path):
        assert is_pushing(tmp_path)
        with pytest.raises(ConflictError), while_pushing(tmp_path):
            pytest.fail("It must not be pushed twice.")

    assert not is_pushing(tmp_path)


def test_pushes_are_refused_when_there_can_be_no_lock(tmp_path: Path) -> None:
    (tmp_path / "aidevsecops").touch()

    with pytest.raises(OutsideFailedError), while_pushing(tmp_path):
        pytest.fail("It must not be pushed.")
    with pytest.raises(OutsideFailedError):
        is_pushing(tmp_path)
