"""Real files: only inside the root, replaced wholly or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.app.ports import Files, FolderEntries
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    UserError,
)

LIMIT = 1_000_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.fixture
def files(root: Path) -> Files:
    return RootedFiles(root, LIMIT)


def leftovers(root: Path) -> list[str]:
    return [path.name for path in root.rglob(".*")]


@pytest.mark.parametrize("text", ["", "a\r\nb\rc\n", "\ufeffé", "no end"])
def test_read_gives_every_character_when_the_file_is_text(
    root: Path, files: Files, text: str
) -> None:
    (root / "nb.ipynb").write_bytes(text.encode())

    assert files.read("nb.ipynb").text == text


def test_replace_writes_every_byte_and_keeps_the_mode_when_nothing_changed(
    root: Path, files: Files
) -> None:
    path = root / "sub" / "nb.ipynb"
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.chmod(0o640)

    files.replace("sub/nb.ipynb", "new\r\n\ufeffé", files.read("sub/nb.ipynb").revision)

    assert path.read_bytes() == "new\r\n\ufeffé".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert leftovers(root) == []


def test_replace_keeps_the_link_when_the_file_is_a_link_inside_the_root(
    root: Path, files: Files
) -> None:
    (root / "real.ipynb").write_text("old")
    (root / "link.ipynb").symlink_to("real.ipynb")

    files.replace("link.ipynb", "new", files.read("link.ipynb").revision)

    assert (root / "link.ipynb").is_symlink()
    assert (root / "real.ipynb").read_text() == "new"


def test_read_gives_another_revision_when_the_content_changes(root: Path, files: Files) -> None:
    (root / "a").write_text("1")
    first = files.read("a").revision
    (root / "a").write_text("2")

    assert files.read("a").revision != first


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "sub/../../secret",
        "/etc/passwd",
        "link",
        "folder-link/secret",
        "a\0b",
        "C:\\secret",
        "C:secret",
        "\\\\server\\share\\x",
        "\ud800",
    ],
)
def test_no_method_leaves_the_root_when_a_path_leads_out(
    tmp_path: Path, root: Path, files: Files, path: str
) -> None:
    (tmp_path / "secret").write_text("secret")
    (root / "sub").mkdir()
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "folder-link").symlink_to(tmp_path)

    for call in (
        lambda: files.read(path),
        lambda: files.replace(path, "x", "r"),
        lambda: files.entries(path),
    ):
        with pytest.raises(RefusedError) as caught:
            call()
        assert caught.value.code is ErrorCode.NOTEBOOK_OUTSIDE_ROOT

    assert not files.is_file(path)
    assert not files.is_folder(path)
    assert (tmp_path / "secret").read_text() == "secret"


@pytest.mark.parametrize("path", ["absent", "nb.ipynb/below"])
def test_read_says_not_found_when_there_is_no_such_file(
    root: Path, files: Files, path: str
) -> None:
    (root / "nb.ipynb").write_text("x")

    with pytest.raises(NotFoundError, match="does not exist"):
        files.read(path)


def test_read_refuses_when_the_file_is_too_large(root: Path) -> None:
    (root / "nb").write_bytes(b"x" * 11)

    with pytest.raises(RefusedError, match="larger than 1e-05 MB") as caught:
        RootedFiles(root, 10).read("nb")

    assert caught.value.code is ErrorCode.NOTEBOOK_TOO_LARGE


def test_read_refuses_other_files_sooner_than_notebooks(root: Path) -> None:
    for name in ("nb.ipynb", "nb.yaml"):
        (root / name).write_bytes(b"x" * 10_000_001)
    files = RootedFiles(root, 50_000_000)

    assert len(files.read("nb.ipynb").text) == 10_000_001
    with pytest.raises(RefusedError, match="larger than 10 MB"):
        files.read("nb.yaml")


def test_read_says_which_byte_when_the_file_is_not_utf8(root: Path, files: Files) -> None:
    (root / "nb").write_bytes(b"ab\xff")

    with pytest.raises(UserError, match="byte 2"):
        files.read("nb")


def test_read_says_how_to_save_what_is_no_notebook(root: Path, files: Files) -> None:
    (root / ".thoth.yaml").write_bytes(b"ab\xff")

    with pytest.raises(UserError) as caught:
        files.read(".thoth.yaml")

    assert caught.value.hint == "Save it as UTF-8."


@pytest.mark.parametrize("name", ["folder", "pipe", "circle", "n" * 300])
def test_read_fails_cleanly_when_the_path_is_not_a_readable_file(
    root: Path, files: Files, name: str
) -> None:
    (root / "folder").mkdir()
    os.mkfifo(root / "pipe")
    (root / "circle").symlink_to("circle")
    open_files = len(os.listdir("/proc/self/fd"))

    with pytest.raises(AidevsecopsError, match="cannot be read") as caught:
        files.read(name)

    assert caught.value.code is ErrorCode.NOTEBOOK_UNREADABLE
    assert len(os.listdir("/proc/self/fd")) == open_files
    assert not files.is_file(name)


def test_replace_refuses_when_another_program_changed_the_file(root: Path, files: Files) -> None:
    (root / "nb").write_text("mine")
    revision = files.read("nb").revision
    (root / "nb").write_text("newer")

    with pytest.raises(ConflictError, match="changed by another program") as caught:
        files.replace("nb", "old work", revision)

    assert caught.value.code is ErrorCode.NOTEBOOK_CHANGED
    assert (root / "nb").read_text() == "newer"
    assert leftovers(root) == []


@pytest.mark.parametrize("path", ["nb", "folder/nb"])
def test_replace_refuses_when_the_file_was_deleted(root: Path, files: Files, path: str) -> None:
    with pytest.raises(ConflictError, match="was deleted"):
        files.replace(path, "text", "revision")

    assert list(root.iterdir()) == []


def test_replace_fails_and_leaves_the_file_when_it_is_read_only(root: Path, files: Files) -> None:
    (root / "nb").write_text("old")
    (root / "nb").chmod(0o444)

    with pytest.raises(OutsideFailedError, match="read-only") as caught:
        files.replace("nb", "new", files.read("nb").revision)

    assert caught.value.code is ErrorCode.NOTEBOOK_WRITE_FAILED
    assert (root / "nb").read_text() == "old"
    assert leftovers(root) == []


def test_replace_fails_and_leaves_the_file_when_the_target_is_a_folder(
    root: Path, files: Files
) -> None:
    (root / "nb").mkdir()

    with pytest.raises(RefusedError, match="not a file"):
        files.replace("nb", "new", "revision")

    assert leftovers(root) == []


def test_replace_fails_and_leaves_the_file_when_the_disk_is_full(tmp_path: Path) -> None:
    (tmp_path / "nb").write_text("old")
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from aidevsecops_ext.adapters.files import RootedFiles\n"
        "from aidevsecops_ext.domain.errors import AidevsecopsError\n"
        "files = RootedFiles(Path(sys.argv[1]), 10_000_000); old = files.read('nb')\n"
        # The kernel refuses to let a file of this process grow, as it does on a full disk.
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    files.replace('nb', 'x' * 100_000, old.revision)\n"
        "except AidevsecopsError as error:\n    sys.exit(error.code.value)\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert result.stderr.strip() == "notebook.write-failed"
    assert (tmp_path / "nb").read_text() == "old"
    assert os.listdir(tmp_path) == ["nb"]


def test_replace_fails_and_leaves_the_file_when_the_folder_is_read_only() -> None:
    # The folder must be reachable for a user without privileges, which tmp_path is not.
    script = (
        "import os, sys, tempfile; from pathlib import Path\n"
        "from aidevsecops_ext.adapters.files import RootedFiles\n"
        "from aidevsecops_ext.domain.errors import AidevsecopsError\n"
        "root = Path(tempfile.mkdtemp(dir='/tmp')); (root / 'nb').write_text('old')\n"
        "(root / 'nb').chmod(0o666); root.chmod(0o555)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        # Permissions say nothing to root.
        "    if os.geteuid() == 0:\n        os.setgid(65534); os.setuid(65534)\n"
        "    files = RootedFiles(root, 1000)\n"
        "    try:\n        files.replace('nb', 'new', files.read('nb').revision)\n"
        "    except AidevsecopsError as error:\n        print(error.code.value, flush=True)\n"
        "    os._exit(0)\n"
        "os.waitpid(child, 0); print((root / 'nb').read_text(), os.listdir(root))\n"
        "(root / 'nb').unlink(); root.rmdir()\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert result.stdout.split("\n")[:2] == ["notebook.write-failed", "old ['nb']"]


def test_entries_lists_names_when_a_folder_holds_files_folders_and_links(
    root: Path, files: Files
) -> None:
    for name in ("b.ipynb", "a.txt"):
        (root / name).write_text("x")
    (root / "sub").mkdir()
    (root / "link-to-folder").symlink_to("sub")
    (root / "link-to-file").symlink_to("a.txt")
    (root / "broken").symlink_to("absent")

    assert files.entries(".") == FolderEntries(("a.txt", "b.ipynb", "link-to-file"), ("sub",))
    assert files.entries("sub") == FolderEntries((), ())


@pytest.mark.parametrize("path", ["absent", "a.txt"])
def test_entries_says_not_found_when_there_is_no_such_folder(
    root: Path, files: Files, path: str
) -> None:
    (root / "a.txt").write_text("x")

    with pytest.raises(AidevsecopsError) as caught:
        files.entries(path)

    assert caught.value.code is ErrorCode.NOTEBOOK_NOT_FOUND


def test_is_file_and_is_folder_tell_them_apart(root: Path, files: Files) -> None:
    (root / "sub").mkdir()
    (root / "a").write_text("x")

    assert (files.is_file("a"), files.is_folder("a")) == (True, False)
    assert (files.is_file("sub"), files.is_folder("sub")) == (False, True)
    assert files.is_folder(".")
