"""A folder becomes a link between the look at a path and its use: nothing outside is touched."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aidevsecops_ext.adapters import file_changes, files
from aidevsecops_ext.adapters.file_changes import RootedChanges
from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.app.exchange_ports import FileChange, FileRemoval
from aidevsecops_ext.domain.errors import AidevsecopsError

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="the system does not say where an open file is"
)

TEXT = "the same inside and outside"
REVISION = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that nobody may touch; the one inside has a file of the same name and content."""
    for folder in (tmp_path / "root" / "sub", tmp_path / "outside"):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(TEXT)
    return tmp_path / "outside"


def swap_after(monkeypatch: pytest.MonkeyPatch, outside: Path, owner: object, name: str) -> None:
    """Have the folder inside become a link to the one outside, once that was called."""
    called: Callable[..., object] = getattr(owner, name)
    sub = outside.parent / "root" / "sub"

    def call(*arguments: object) -> object:
        answer = called(*arguments)
        if not sub.is_symlink():
            sub.rename(sub.with_name("moved"))
            sub.symlink_to(outside)
        return answer

    monkeypatch.setattr(owner, name, call)


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_file_outside_is_not_read(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap_after(monkeypatch, outside, RootedFiles, "_inside")

    with pytest.raises(AidevsecopsError):
        RootedFiles(outside.parent / "root", size_limit=1000).read("sub/a.txt")


def test_file_outside_is_not_replaced(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap_after(monkeypatch, outside, RootedFiles, "_inside")

    with pytest.raises(AidevsecopsError):
        RootedFiles(outside.parent / "root", size_limit=1000).replace("sub/a.txt", "new", REVISION)

    assert contents(outside) == {"a.txt": TEXT}


def test_file_outside_is_not_replaced_by_a_draft_of_the_folder_inside(
    outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap_after(monkeypatch, outside, files, "_revision")

    with pytest.raises(AidevsecopsError):
        RootedFiles(outside.parent / "root", size_limit=1000).replace("sub/a.txt", "new", REVISION)

    assert contents(outside) == {"a.txt": TEXT}


@pytest.mark.parametrize("moment", ["_inside", "_revision", "new_draft", "_fill"])
@pytest.mark.parametrize("name", ["a.txt", "new.txt"])
def test_several_files_are_not_written_outside(
    outside: Path, monkeypatch: pytest.MonkeyPatch, moment: str, name: str
) -> None:
    owner = RootedChanges if moment == "_inside" else file_changes
    swap_after(monkeypatch, outside, owner, moment)
    change = FileChange(f"sub/{name}", "new", REVISION if name == "a.txt" else None)

    with pytest.raises(AidevsecopsError):
        RootedChanges(outside.parent / "root").write((change, FileChange("b.txt", "b", None)))

    assert contents(outside) == {"a.txt": TEXT}
    assert not (outside.parent / "root" / "b.txt").exists()


@pytest.mark.parametrize("moment", ["_inside", "_revision"])
def test_file_outside_is_not_deleted(
    outside: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    owner = RootedChanges if moment == "_inside" else file_changes
    swap_after(monkeypatch, outside, owner, moment)

    with pytest.raises(AidevsecopsError):
        RootedChanges(outside.parent / "root").write((), (FileRemoval("sub/a.txt", REVISION),))

    assert contents(outside) == {"a.txt": TEXT}


def test_file_is_read_while_another_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    descriptor = os.open(tmp_path / "a.txt", os.O_RDONLY)
    (tmp_path / "b.txt").write_text("new")
    (tmp_path / "b.txt").rename(tmp_path / "a.txt")

    from aidevsecops_ext.adapters.open_places import is_below

    assert is_below(descriptor, tmp_path.resolve())
    assert not is_below(descriptor, tmp_path.resolve() / "sub")
    os.close(descriptor)
