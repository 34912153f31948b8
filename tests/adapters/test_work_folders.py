"""Temporary folders that no library has to be imported for."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.left_behind import unused_path
from aidevsecops_ext.adapters.work_folders import work_folder

PROJECT = Path(__file__).parents[2]
# Here ``tempfile`` is imported; a command starts without it.
SCRIPT = """
import os, sys
from aidevsecops_ext.adapters.work_folders import work_folder
assert "tempfile" not in sys.modules
with work_folder("work-") as folder:
    (folder / "file").write_text("x")
    print(folder.parent, oct(folder.stat().st_mode & 0o777), "tempfile" in sys.modules)
print(folder.exists())
"""


def run_without_tempfile(place: Path, script: str = SCRIPT, **environ: str) -> list[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("TMPDIR", "TEMP", "TMP")}
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=place,
        env={**environment, "PYTHONPATH": str(PROJECT), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


@pytest.mark.parametrize("variable", ["TMPDIR", "TEMP", "TMP"])
def test_work_folder_is_private_and_removed_when_tempfile_is_not_imported(
    tmp_path: Path, variable: str
) -> None:
    said = run_without_tempfile(tmp_path, **{variable: str(tmp_path)})

    assert said == [str(tmp_path), "0o700", "False", "False"]
    assert os.listdir(tmp_path) == []


def test_work_folder_is_absolute_when_the_place_is_not(tmp_path: Path) -> None:
    said = run_without_tempfile(tmp_path, TMPDIR=".")

    assert said[0] == str(tmp_path)


def test_work_folder_is_elsewhere_when_the_place_cannot_be_used(tmp_path: Path) -> None:
    said = run_without_tempfile(tmp_path, TMPDIR=str(tmp_path / "gone"))

    assert said[0] != str(tmp_path / "gone")
    assert said[1:] == ["0o700", "True", "False"]


def test_work_folder_is_where_tempfile_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with work_folder("work-") as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "file").write_text("x")
        mode = stat.S_IMODE(folder.stat().st_mode)

    assert folder.parent == tmp_path
    assert mode == 0o700
    assert os.listdir(tmp_path) == []


def test_work_folder_is_removed_when_the_work_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(FileNotFoundError), work_folder("work-") as folder:
        folder.joinpath("file").rename(tmp_path / "gone" / "file")

    assert os.listdir(tmp_path) == []


def test_unused_path_differs_each_time() -> None:
    paths = {unused_path("folder", ".a-", ".tmp") for _ in range(9)}

    assert len(paths) == 9
    assert all(os.path.dirname(path) == "folder" for path in paths)
    assert all(path.endswith(".tmp") for path in paths)
