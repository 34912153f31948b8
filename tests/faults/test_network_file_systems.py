"""Disks of networks and containers: no links, no locks, renames that are refused, coarse times."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.advisory_memory import AdvisoryFile
from aidevsecops_ext.adapters.clock import SystemClock
from aidevsecops_ext.adapters.file_changes import RootedChanges
from aidevsecops_ext.adapters.file_lock import file_lock, lock_of_children, take_lock
from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.adapters.kernel_environments import KernelEnvironments
from aidevsecops_ext.adapters.kernelspecs import JupyterKernels
from aidevsecops_ext.adapters.placing import keep_aside, put_if_new, put_in_place
from aidevsecops_ext.adapters.release_journal import GitJournal
from aidevsecops_ext.adapters.run_folders import RootedRunFolders
from aidevsecops_ext.adapters.uv_environments import UvEnvironments
from aidevsecops_ext.app.exchange_ports import FileChange, FileRemoval
from aidevsecops_ext.domain.advisories import AuditedPackage
from aidevsecops_ext.domain.errors import CancelledError, ConflictError, OutsideFailedError
from aidevsecops_ext.domain.pipeline_run import RunKind
from tests.fakes.cancel import FakeCancelToken
from tests.kits.odd_disks import Failing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these are errors of POSIX")

KEY = "0123456789abcdef"
BUSY = (errno.EBUSY, errno.ESTALE)
NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.EXDEV)
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


def revision_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def texts_in(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@pytest.mark.parametrize("number", BUSY)
def test_notebook_is_written_when_a_rename_is_refused_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (tmp_path / "nb.ipynb").write_text("old")
    failing = Failing(monkeypatch, (os, "replace"), number, times=1)

    files = RootedFiles(tmp_path, 1000)
    files.replace("nb.ipynb", "new", files.read("nb.ipynb").revision)

    assert failing.count == 1
    assert texts_in(tmp_path) == {"nb.ipynb": "new"}


@pytest.mark.parametrize("number", [*BUSY, errno.EXDEV, errno.EROFS])
def test_notebook_stays_as_it_was_when_every_rename_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (tmp_path / "nb.ipynb").write_text("old")
    Failing(monkeypatch, (os, "replace"), number)
    files = RootedFiles(tmp_path, 1000)

    with pytest.raises(OutsideFailedError, match=os.strerror(number)) as caught:
        files.replace("nb.ipynb", "new", files.read("nb.ipynb").revision)

    assert caught.value.hint
    assert texts_in(tmp_path) == {"nb.ipynb": "old"}


@pytest.mark.parametrize("number", NO_LINKS)
def test_new_files_are_made_when_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    Failing(monkeypatch, (os, "link"), number)
    (tmp_path / "old").write_text("1")

    RootedChanges(tmp_path).write(
        (FileChange("a/new", "x"), FileChange("old", "2", revision_of(tmp_path / "old")))
    )

    assert texts_in(tmp_path) == {"a/new": "x", "old": "2"}


def test_file_that_came_to_be_stays_when_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Failing(monkeypatch, (os, "link"), errno.EPERM)
    (tmp_path / "made").write_text("ours")
    (tmp_path / "there").write_text("theirs")

    with pytest.raises(FileExistsError):
        put_if_new(tmp_path / "made", tmp_path / "there")

    assert (tmp_path / "there").read_text() == "theirs"


def test_nothing_is_half_copied_when_there_are_neither_links_nor_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").write_text("1")
    Failing(monkeypatch, (os, "link"), errno.EPERM)
    Failing(monkeypatch, (shutil, "copystat"), errno.ENOSPC)

    with pytest.raises(OSError, match="No space left"):
        keep_aside(tmp_path / "here", tmp_path / "aside")

    assert texts_in(tmp_path) == {"here": "1"}


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("has_links", [True, False])
def test_all_files_are_as_they_were_when_a_later_one_cannot_be_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, has_links: bool
) -> None:
    for name in ("one", "two", "gone"):
        (tmp_path / name).write_text(f"old {name}")
    (tmp_path / "one").chmod(0o640)
    before = texts_in(tmp_path)
    if not has_links:
        Failing(monkeypatch, (os, "link"), errno.EPERM)
    Failing(
        monkeypatch,
        (os, "replace"),
        number,
        fits=lambda made, to: Path(to).name == "two" and Path(made).suffix == ".tmp",
    )

    with pytest.raises(OutsideFailedError, match="All is as it was") as caught:
        RootedChanges(tmp_path).write(
            (
                FileChange("one", "new", revision_of(tmp_path / "one")),
                FileChange("sub/new", "new"),
                FileChange("two", "new", revision_of(tmp_path / "two")),
            ),
            (FileRemoval("gone", revision_of(tmp_path / "gone")),),
        )

    assert caught.value.hint
    assert texts_in(tmp_path) == before
    assert not (tmp_path / "sub").exists()
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o640


def test_taking_back_needs_no_space_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "gone", "stays"):
        (tmp_path / name).write_text(f"old {name}")
    before = texts_in(tmp_path)
    removals = tuple(FileRemoval(name, revision_of(tmp_path / name)) for name in ("gone", "stays"))
    change = FileChange("one", "new", revision_of(tmp_path / "one"))
    Failing(
        monkeypatch, (os, "replace"), errno.EIO, fits=lambda made, _: Path(made).name == "stays"
    )
    # From here on nothing can be written any more.
    Failing(monkeypatch, (Path, "write_bytes"), errno.ENOSPC)
    Failing(monkeypatch, (Path, "write_text"), errno.ENOSPC)

    with pytest.raises(OutsideFailedError, match="All is as it was"):
        RootedChanges(tmp_path).write((change,), removals)

    assert texts_in(tmp_path) == before


def test_what_cannot_be_put_back_is_named_and_kept_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(f"old {name}")
    changes = tuple(
        FileChange(name, "new", revision_of(tmp_path / name)) for name in ("one", "two")
    )
    moved: list[str] = []

    def fails_after_one(_made: object, _to: object) -> bool:
        moved.append("")
        return len(moved) > 1

    Failing(monkeypatch, (os, "replace"), errno.EIO, fits=fails_after_one)

    with pytest.raises(OutsideFailedError, match="could not be put back: one") as caught:
        RootedChanges(tmp_path).write(changes)

    assert "begin with a dot" in (caught.value.hint or "")
    found = texts_in(tmp_path)
    assert found.pop("two") == "old two"
    assert found.pop("one") == "new"
    assert [*found.values()] == ["old one"]


def test_put_in_place_gives_up_when_the_target_stays_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made").write_text("x")
    failing = Failing(monkeypatch, (os, "replace"), errno.EBUSY)

    with pytest.raises(OSError, match="busy"):
        put_in_place(tmp_path / "made", tmp_path / "target")

    assert 1 < failing.count < 10


@pytest.mark.parametrize("number", NO_LOCKS)
def test_locks_hold_on_this_machine_when_the_disk_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "shared" / "a.lock"
    _have_no_locks_below(monkeypatch, tmp_path / "shared", number)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    held = take_lock(path)

    assert held is not None
    assert take_lock(path) is None
    with lock_of_children(path) as inherited:
        assert inherited is None
    cancel = FakeCancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError), file_lock(path, cancel):
        pass
    os.close(held)
    again = take_lock(path)
    assert again is not None
    os.close(again)


def test_locks_are_refused_when_somebody_else_made_the_folder_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _have_no_locks_below(monkeypatch, tmp_path / "shared", errno.ENOLCK)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"aidevsecops-locks-{os.getuid()}").mkdir(mode=0o777)
    (tmp_path / f"aidevsecops-locks-{os.getuid()}").chmod(0o777)

    with pytest.raises(OSError, match="has no locks"):
        take_lock(tmp_path / "shared" / "a.lock")


def test_pipelines_and_releases_go_on_one_at_a_time_when_the_disk_has_no_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    _have_no_locks_below(monkeypatch, project, errno.ENOLCK)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folders = RootedRunFolders(project, kept=5, limit=1000)
    journal = GitJournal(lambda: project / ".git")

    with folders.begin("p.pipeline", RunKind.LOCAL) as folder, journal.locked():
        with pytest.raises(ConflictError), folders.begin("p.pipeline", RunKind.LOCAL):
            pass
        with pytest.raises(ConflictError), journal.locked():
            pass

    assert (project / folder.path).is_dir()
    assert not journal.is_locked()


def test_left_over_files_of_a_file_server_are_no_hindrance(tmp_path: Path) -> None:
    artifact = tmp_path / "artifacts" / "nb" / "x"
    artifact.mkdir(parents=True)
    (artifact / "manifest.json").write_text("{}")
    (artifact / ".nfs000000000001").write_text("open elsewhere")
    (tmp_path / "artifacts" / ".nfs000000000002").write_text("open elsewhere")
    removal = FileRemoval("artifacts/nb/x", revision_of(artifact / "manifest.json"), True)

    RootedChanges(tmp_path).write((FileChange("new", "x"),), (removal,))

    assert texts_in(tmp_path) == {"artifacts/.nfs000000000002": "open elsewhere", "new": "x"}


def test_run_is_recorded_when_its_copies_cannot_be_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.csv").write_text("1")
    folders = RootedRunFolders(tmp_path, kept=5, limit=1000)
    with folders.begin("p.pipeline", RunKind.LOCAL) as first:
        [kept] = first.keep("a", ["out.csv"], {})
    Failing(monkeypatch, (os, "link"), errno.EXDEV)

    with folders.begin("p.pipeline", RunKind.LOCAL) as second:
        [again] = second.keep("a", ["out.csv"], {kept.digest: str(kept.kept)})

    assert again.kept is not None
    assert (tmp_path / again.kept).read_text() == "1"
    assert again.kept != kept.kept


def test_advisories_are_remembered_when_a_rename_is_refused_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = AdvisoryFile(tmp_path / "known.json", "https://osv.example")
    Failing(monkeypatch, (os, "replace"), errno.ESTALE, times=1)

    memory.keep((AuditedPackage("apple", "1.0", ()),), 5.0)

    assert [*memory.known()] == [("apple", "1.0")]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's Jupyter data folder, with an environment and a kernel of ours."""
    folder = tmp_path / "data"
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))
    environment = folder / "aidevsecops" / "environments" / KEY
    (environment / "bin").mkdir(parents=True)
    (environment / "aidevsecops.json").write_text("{}")
    (folder / "kernels" / "mine").mkdir(parents=True)
    own = {"metadata": {"aidevsecops": {"environment": KEY}}}
    (folder / "kernels" / "mine" / "kernel.json").write_text(json.dumps(own))
    return folder


@pytest.mark.parametrize("number", [errno.EXDEV, None])
def test_environment_is_gone_when_it_cannot_be_renamed_or_not_wholly_removed(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    environments = UvEnvironments(tmp_path, SystemClock(), timeout=5, index_timeout=5)
    assert environments.find(KEY) is not None
    if number is None:
        # A file server keeps the name of what somebody has open.
        Failing(monkeypatch, (os, "rmdir"), errno.ENOTEMPTY)
    else:
        Failing(monkeypatch, (os, "rename"), number)

    environments.remove(KEY)

    assert environments.find(KEY) is None
    assert environments.find_all() == ()
    assert not (data / "aidevsecops" / "environments" / KEY).exists()


def test_kernel_is_forgotten_when_a_file_of_it_is_open_elsewhere(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernels = JupyterKernels(tmp_path, KernelEnvironments())
    assert [kernel.name for kernel in kernels.find_own()] == ["mine"]
    Failing(monkeypatch, (os, "rmdir"), errno.ENOTEMPTY)

    kernels.remove("mine")

    assert kernels.find_own() == ()
    assert kernels.find("mine") is None
    assert (data / "kernels" / "mine").is_dir()


def test_second_writer_waits_when_the_disk_has_no_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _have_no_locks_below(monkeypatch, tmp_path / "shared", errno.ENOLCK)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "shared" / "a.lock"
    order: list[str] = []
    is_waiting = threading.Event()

    def second() -> None:
        is_waiting.set()
        with file_lock(path, FakeCancelToken()):
            order.append("second")

    with file_lock(path, FakeCancelToken()):
        thread = threading.Thread(target=second)
        thread.start()
        assert is_waiting.wait(20)
        order.append("first")
    thread.join(20)

    assert order == ["first", "second"]


def test_command_works_in_a_folder_without_links_and_locks(tmp_path: Path) -> None:
    """The whole command, in a process in which every such call fails."""
    (tmp_path / "nb.ipynb").write_text(
        '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    script = (
        "import errno, fcntl, os, sys\n"
        "def fail(*_, **__): raise OSError(errno.ENOSYS, 'Function not implemented')\n"
        "os.link = fcntl.flock = fcntl.lockf = fail\n"
        "from aidevsecops_ext.cli.main import main\n"
        "main(['requirements', 'nb.ipynb', '--add', 'numpy'])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "numpy" in (tmp_path / "nb.ipynb").read_text()


def _have_no_locks_below(monkeypatch: pytest.MonkeyPatch, folder: Path, number: int) -> None:
    """Locks of files in that folder fail; those of others do not."""

    def is_below(descriptor: int, *_: object) -> bool:
        return Path(os.readlink(f"/proc/self/fd/{descriptor}")).is_relative_to(folder)

    Failing(monkeypatch, (fcntl, "flock"), number, fits=is_below)
