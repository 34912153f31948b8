"""What programs that were killed have left in folders, and what goes away again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters import left_behind
from aidevsecops_ext.adapters.left_behind import draft_in, replace_whole
from aidevsecops_ext.adapters.work_folders import work_folder

PROJECT = Path(__file__).parents[2]
# Each makes something, says so, and is killed before it can take it away.
KILLED_DRAFT = """
import os, signal, sys
from aidevsecops_ext.adapters.left_behind import draft_in
with draft_in(sys.argv[1]) as draft:
    draft.write(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""
KILLED_WORK = """
import os, signal
from aidevsecops_ext.adapters.work_folders import work_folder
with work_folder("aidevsecops-lock-") as folder:
    (folder / "inner").mkdir()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has looked nowhere yet."""
    monkeypatch.setattr(left_behind, "_looked_at", set())


def run_killed(script: str, folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "TMPDIR": str(folder)},
        check=False,
    )
    assert result.returncode == -signal.SIGKILL


def test_draft_of_a_killed_program_goes_when_the_next_one_is_made(tmp_path: Path) -> None:
    run_killed(KILLED_DRAFT, tmp_path)
    left = os.listdir(tmp_path)

    replace_whole(tmp_path / "file", b"new")

    assert len(left) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"new"}


def test_draft_that_somebody_writes_stays(tmp_path: Path) -> None:
    with draft_in(str(tmp_path)) as theirs:
        left_behind._looked_at.clear()

        replace_whole(tmp_path / "file", b"new")

        assert Path(theirs.path).is_file()


def test_files_of_other_names_stay(tmp_path: Path) -> None:
    (tmp_path / "a.tmp").touch()
    (tmp_path / ".aidevsecops.toml").touch()

    replace_whole(tmp_path / "file", b"new")

    assert sorted(os.listdir(tmp_path)) == [".aidevsecops.toml", "a.tmp", "file"]


def test_replaced_file_is_what_it_was_when_it_cannot_be_moved(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()

    with pytest.raises(OSError, match="irectory"):
        replace_whole(tmp_path / "file", b"new")

    assert os.listdir(tmp_path) == ["file"]


def test_work_folder_of_a_killed_program_goes_when_the_next_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run_killed(KILLED_WORK, tmp_path)
    left = os.listdir(tmp_path)

    with work_folder("aidevsecops-audit-") as folder:
        now = os.listdir(tmp_path)

    assert len(left) == 1
    assert now == [folder.name]


def test_work_folder_that_somebody_uses_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with work_folder("aidevsecops-lock-") as theirs:
        left_behind._looked_at.clear()
        with work_folder("aidevsecops-lock-"):
            pass

        assert theirs.is_dir()


def test_drafts_of_a_killed_change_go_when_something_else_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    script = """
import os, signal, sys
from pathlib import Path
from aidevsecops_ext.adapters import file_changes
from aidevsecops_ext.app.exchange_ports import FileChange
file_changes.put_if_new = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
changes = (FileChange("a/one", "1", None), FileChange("b/two", "2", None))
file_changes.RootedChanges(Path(sys.argv[1])).write(changes)
"""
    run_killed(script, tmp_path)
    left = [path.name for path in tmp_path.rglob(".aidevsecops-*")]

    with work_folder("aidevsecops-lock-"):
        pass

    assert len(left) == 2
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
