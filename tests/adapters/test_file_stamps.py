"""Stamps of real files: another one after each kind of change."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.file_stamps import RootedStamps


def _write_in_place(path: Path) -> None:
    path.write_text("two")


def _replace_with_same_size_and_time(path: Path) -> None:
    before = path.stat()
    other = path.with_name("other")
    other.write_text("two")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("change", [_write_in_place, _replace_with_same_size_and_time])
def test_stamp_is_another_after_the_file_was_written(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    os.utime(path, (0, 0))
    stamps = RootedStamps(tmp_path)
    before, again = stamps.stamp("a.txt"), stamps.stamp("a.txt")

    change(path)

    assert before == again
    assert stamps.stamp("a.txt") != before


def test_time_of_a_change_cannot_be_set_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    now = (tmp_path / "a.txt").stat().st_ctime
    os.utime(tmp_path / "a.txt", (0, 0))

    stamp = RootedStamps(tmp_path).stamp("a.txt")

    assert stamp is not None
    assert stamp.changed >= now


@pytest.mark.parametrize("path", ["nowhere.txt", "a\0b", "a.txt/b"])
def test_what_is_not_there_has_no_stamp(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.txt").write_text("one")

    assert RootedStamps(tmp_path).stamp(path) is None
