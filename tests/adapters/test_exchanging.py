"""Folders that change places."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.exchanging import exchange


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders in one step")
def test_folders_change_places_with_what_is_in_them(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    is_done = exchange(tmp_path / "one", tmp_path / "other")

    assert is_done
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["other"]
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["one"]


def test_exchange_leaves_a_folder_where_it_is_when_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()

    is_done = exchange(tmp_path / "one", tmp_path / "other")

    assert not is_done
    assert (tmp_path / "one").is_dir()
