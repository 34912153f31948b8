"""Several files as one change, on a real disk."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.file_changes import RootedChanges
from aidevsecops_ext.app.exchange_ports import FileChange, FileRemoval
from aidevsecops_ext.domain.errors import ConflictError, OutsideFailedError, RefusedError


def revision_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_write_makes_folders_and_files_and_replaces_others(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("1")
    old.chmod(0o640)

    RootedChanges(tmp_path).write(
        (FileChange("a/b/new", "x"), FileChange("old", "2", revision_of(old)))
    )

    assert names_in(tmp_path) == ["a", "a/b", "a/b/new", "old"]
    assert (tmp_path / "a/b/new").read_text() == "x"
    assert old.read_text() == "2"
    assert old.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("revision", [None, "another"])
def test_write_leaves_everything_when_one_file_is_another_by_now(
    tmp_path: Path, revision: str | None
) -> None:
    (tmp_path / "old").write_text("1")

    with pytest.raises(ConflictError):
        RootedChanges(tmp_path).write((FileChange("a/new", "x"), FileChange("old", "2", revision)))

    assert names_in(tmp_path) == ["old"]
    assert (tmp_path / "old").read_text() == "1"


def test_write_undoes_what_was_moved_when_a_later_file_comes_to_be_meanwhile(
    tmp_path: Path,
) -> None:
    old = tmp_path / "old"
    old.write_text("1")
    twice = (
        FileChange("old", "2", revision_of(old)),
        FileChange("new", "x"),
        FileChange("new", "y"),
    )

    with pytest.raises(ConflictError):
        RootedChanges(tmp_path).write(twice)

    assert names_in(tmp_path) == ["old"]
    assert old.read_text() == "1"


def test_write_is_refused_when_a_replaced_file_changes_meanwhile(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("1")
    twice = (FileChange("old", "2", revision_of(old)), FileChange("old", "3", revision_of(old)))

    with pytest.raises(ConflictError):
        RootedChanges(tmp_path).write(twice)

    assert old.read_text() == "1"


def test_write_says_why_when_the_system_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OutsideFailedError, match="All is as it was"):
        RootedChanges(tmp_path).write((FileChange("file/inside", "x"),))


@pytest.mark.parametrize("path", ["file/x", "file/inside/x"])
def test_write_names_the_file_that_stands_where_a_folder_is_to_be(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(
        OutsideFailedError, match=r"a file stands where the folder of file"
    ) as caught:
        RootedChanges(tmp_path).write((FileChange(path, "x"),))

    assert "move the file away" in str(caught.value.hint)


def test_write_names_what_the_system_refuses(tmp_path: Path) -> None:
    name = "n" * 300

    with pytest.raises(OutsideFailedError, match=f"{name[:9]}.*: .+ All is as it was"):
        RootedChanges(tmp_path).write((FileChange(f"{name}/x", "x"),))


def test_write_leaves_files_that_are_read_only(tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    kept.write_text("a")
    kept.chmod(0o444)
    changes = (FileChange("new", "x"), FileChange("kept.yaml", "b", revision_of(kept)))

    with pytest.raises(OutsideFailedError, match=r"kept\.yaml: it is read-only"):
        RootedChanges(tmp_path).write(changes)

    assert names_in(tmp_path) == ["kept.yaml"]


def test_write_names_the_file_not_the_one_made_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / ".x.tmp"))

    monkeypatch.setattr("aidevsecops_ext.adapters.file_changes.new_draft", refuse)

    with pytest.raises(OutsideFailedError, match=r"written: sub/new: Permission denied\. All"):
        RootedChanges(tmp_path).write((FileChange("sub/new", "x"),))

    assert names_in(tmp_path) == []


@pytest.fixture
def _interruptible() -> Iterator[None]:
    # Where several processes share the tests, they do not listen to an interrupt.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no masks of signals")
@pytest.mark.parametrize("moment", ["os.fsync", "os.chmod", "os.link"])
def test_write_ends_what_it_began_when_somebody_interrupts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    _, name = moment.split(".")
    real = getattr(os, name)

    def interrupted(*given: object) -> None:
        signal.raise_signal(signal.SIGINT)
        real(*given)

    monkeypatch.setattr(moment, interrupted)

    with pytest.raises(KeyboardInterrupt):
        RootedChanges(tmp_path).write((FileChange("a/one", "1"), FileChange("two", "2")))

    assert names_in(tmp_path) == ["a", "a/one", "two"]


def test_write_is_refused_outside_the_root(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        RootedChanges(tmp_path / "root").write((FileChange("../x", "x"),))

    assert names_in(tmp_path) == []


def test_write_deletes_files_and_folders_that_are_empty_then(tmp_path: Path) -> None:
    for name in ("one/a", "one/b", "two/a", "two/kept", "root"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    names = ("one/a", "one/b", "two/a", "root")
    removals = tuple(FileRemoval(name, revision_of(tmp_path / name)) for name in names)

    RootedChanges(tmp_path).write((FileChange("new", "x"),), removals)

    assert names_in(tmp_path) == ["new", "two", "two/kept"]


def test_write_puts_back_what_it_deleted_when_another_file_has_changed(tmp_path: Path) -> None:
    first, second = tmp_path / "one" / "a", tmp_path / "b"
    first.parent.mkdir()
    first.write_text("1")
    first.chmod(0o640)
    second.write_text("2")
    removals = (FileRemoval("one/a", revision_of(first)), FileRemoval("b", "another"))

    with pytest.raises(ConflictError):
        RootedChanges(tmp_path).write((FileChange("new", "x"),), removals)

    assert names_in(tmp_path) == ["b", "one", "one/a"]
    assert first.read_text() == "1"
    assert first.stat().st_mode & 0o777 == 0o640


def test_write_is_refused_when_what_it_is_to_delete_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ConflictError):
        RootedChanges(tmp_path).write((), (FileRemoval("gone", "1"),))


def _left(folder: Path) -> str:
    """Make a folder as a step leaves it; the revision of its manifest."""
    (folder / "deep").mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    (folder / "deep" / "rows.npy").write_bytes(b"\xff\x00")
    return revision_of(folder / "manifest.json")


def test_write_deletes_a_folder_with_all_that_is_in_it(tmp_path: Path) -> None:
    left = FileRemoval("artifacts/nb/old", _left(tmp_path / "artifacts/nb/old"), True)

    (tmp_path / "artifacts/mine").touch()

    RootedChanges(tmp_path).write((FileChange("new", "x"),), (left,))

    assert names_in(tmp_path) == ["artifacts", "artifacts/mine", "new"]


def test_write_leaves_no_folder_that_it_has_emptied(tmp_path: Path) -> None:
    changes = RootedChanges(tmp_path)
    changes.write((FileChange("deep/er/file", "x"), FileChange("deep/other", "x")))
    revision = hashlib.sha256(b"x").hexdigest()

    changes.write((), (FileRemoval("deep/er/file", revision),))
    assert names_in(tmp_path / "deep") == ["other"]
    changes.write((), (FileRemoval("deep/other", revision),))

    assert names_in(tmp_path) == []


def test_write_puts_back_a_folder_when_another_file_has_changed(tmp_path: Path) -> None:
    left = FileRemoval("old", _left(tmp_path / "old"), True)
    before = names_in(tmp_path)

    with pytest.raises(ConflictError):
        RootedChanges(tmp_path).write((), (left, FileRemoval("gone", "1")))

    assert names_in(tmp_path) == before
    assert (tmp_path / "old/deep/rows.npy").read_bytes() == b"\xff\x00"


@pytest.mark.parametrize("kind", ["changed", "link", "empty"])
def test_write_leaves_a_folder_that_is_another_by_now(tmp_path: Path, kind: str) -> None:
    revision = _left(tmp_path / "real")
    if kind == "link":
        (tmp_path / "old").symlink_to("real")
    elif kind == "changed":
        (tmp_path / "old").mkdir()
        (tmp_path / "old/manifest.json").write_text("{ }")

    with pytest.raises(ConflictError):
        RootedChanges(tmp_path).write((), (FileRemoval("old", revision, True),))

    assert (tmp_path / "real/manifest.json").exists()
