"""Copies of projects: what is in them, and that nothing leads back."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.project_copies import RootedCopy, project_folder
from aidevsecops_ext.app.verification_ports import CopyRequest
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from tests.fakes.cancel import FakeCancelToken

REQUEST = CopyRequest("nb.ipynb")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty project."""
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def put(path: Path, text: str = "x") -> Path:
    """A file with that text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def copied(root: Path, request: CopyRequest = REQUEST, limit: int = 1_000) -> RootedCopy:
    """A fresh copy beside the root."""
    copy = RootedCopy(root, request, root.parent / "home", limit=limit)
    copy.reset(FakeCancelToken())
    return copy


def files_in(folder: str) -> dict[str, str]:
    """The texts of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


def test_copy_has_the_project_without_what_tools_make(root: Path) -> None:
    put(root / "nb.ipynb", "n")
    put(root / "data" / "a.csv", "a")
    for name in (".git/config", "__pycache__/x.pyc", "node_modules/x.js", "env/pyvenv.cfg"):
        put(root / name)
    put(root / "runs" / "churn" / "20260102-030405-a1b2" / "copy.ipynb")
    put(root / "artifacts" / "nb" / "step" / "old.pkl")

    copy = copied(root, CopyRequest("nb.ipynb", left_out=("artifacts/nb",)))

    assert files_in(copy.folder("")) == {"nb.ipynb": "n", "data/a.csv": "a"}
    assert copy.notes == ()


def test_copy_begins_again_when_it_is_reset(root: Path) -> None:
    put(root / "a", "1")
    copy = copied(root)
    folder = copy.folder("")
    put(Path(folder, "a"), "2")
    put(Path(folder, "b"))

    copy.reset(FakeCancelToken())

    assert files_in(folder) == {"a": "1"}
    assert (copy.folder(""), (root / "a").read_text()) == (folder, "1")


def test_changed_files_are_those_that_were_written_since(root: Path) -> None:
    put(root / "same"), put(root / "other"), put(root / "gone"), put(root / "sub" / "deep")
    copy = copied(root, CopyRequest("nb.ipynb", texts={"made.py": "x = 1"}))
    folder = Path(copy.folder(""))
    put(folder / "other", "yy"), put(folder / "new"), put(folder / "sub" / "deep", "longer")
    put(folder / "__pycache__" / "x.pyc")
    (folder / "gone").unlink()

    changed = copy.changed_files()

    assert changed == {
        "gone": None,
        "new": hashlib.sha256(b"x").hexdigest(),
        "other": hashlib.sha256(b"yy").hexdigest(),
        "sub/deep": hashlib.sha256(b"longer").hexdigest(),
    }
    assert (folder / "made.py").read_text() == "x = 1"


def test_writing_in_the_copy_changes_no_file_of_the_project_when_there_are_links(
    root: Path, tmp_path: Path
) -> None:
    outside = put(tmp_path / "outside.txt", "out")
    put(root / "a.txt", "a"), put(tmp_path / "far" / "big.txt")
    (root / "near").symlink_to("a.txt")
    (tmp_path / "far" / "back").symlink_to(root / "a.txt")
    (root / "far.txt").symlink_to(outside)
    (root / "folder").symlink_to(tmp_path / "far")
    (root / "nowhere").symlink_to("/not/there")
    (root / "circle").symlink_to(tmp_path)
    os.mkfifo(root / "pipe")
    os.link(root / "a.txt", root / "hard.txt")

    copy = copied(root)
    folder = Path(copy.folder(""))
    for name in ("near", "far.txt", "hard.txt", "folder/new.txt", "folder/back"):
        (folder / name).write_text("changed")

    assert outside.read_text() == "out"
    assert sorted(os.listdir(tmp_path / "far")) == ["back", "big.txt"]
    assert (root / "a.txt").read_text() == "a"
    assert (folder / "a.txt").read_text() == "changed"
    assert (folder / "folder" / "big.txt").read_text() == "x"
    assert sorted(copy.notes) == [
        "circle was not copied: the link leads nowhere, or in a circle.",
        "nowhere was not copied: the link leads nowhere, or in a circle.",
    ]
    assert not (folder / "pipe").exists()


def test_copy_can_be_written_when_the_file_cannot(root: Path) -> None:
    put(root / "a").chmod(0o444)

    copy = copied(root)

    assert os.stat(Path(copy.folder(""), "a")).st_mode & 0o777 == 0o644
    assert os.stat(root / "a").st_mode & 0o777 == 0o444


def test_copy_is_refused_when_the_project_is_too_large(root: Path) -> None:
    put(root / "a", "x" * 600)
    put(root / "b", "x" * 600)

    with pytest.raises(RefusedError) as caught:
        copied(root)

    assert caught.value.code is ErrorCode.VERIFY_PROJECT_TOO_LARGE
    assert "verify_copy_bytes" in caught.value.hint


def test_copy_fails_with_a_reason_when_there_is_no_place(root: Path) -> None:
    put(root / "a")
    put(root.parent / "home")

    with pytest.raises(OutsideFailedError) as caught:
        copied(root)

    assert caught.value.code is ErrorCode.VERIFY_COPY_FAILED


def test_copy_stops_when_cancelled(root: Path) -> None:
    put(root / "a")

    with pytest.raises(CancelledError):
        RootedCopy(root, REQUEST, root.parent / "home", limit=9).reset(
            FakeCancelToken(is_cancelled=True)
        )


@pytest.mark.parametrize(
    ("notebook", "others", "expected"),
    [
        ("repo/nb/a.ipynb", (), "repo"),
        ("free/nb/a.ipynb", (), "free/nb"),
        ("free/nb/a.ipynb", ("free/out/a.ipynb",), "free"),
        ("free/nb/a.ipynb", ("a.ipynb",), "."),
        ("a.ipynb", (), "."),
    ],
)
def test_project_is_the_repository_or_the_folder(
    root: Path, notebook: str, others: tuple[str, ...], expected: str
) -> None:
    put(root / "repo" / ".git" / "config")

    assert project_folder(root, notebook, others) == expected


def test_paths_are_as_seen_from_the_root(root: Path) -> None:
    put(root / "repo" / ".git" / "config")
    copy = copied(root, CopyRequest("repo/nb/a.ipynb"))

    put(Path(copy.folder("repo/nb"), "new"))

    assert list(copy.changed_files()) == ["repo/nb/new"]
