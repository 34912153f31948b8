"""A step is done again when what it is made from changed, and only then."""

from __future__ import annotations

from pathlib import Path

from scripts.stamps import Stamps, fingerprint


def test_stamp_is_current_when_contents_are_the_same_at_another_time(tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    source.write_text("a", encoding="utf-8")
    stamps = Stamps(tmp_path / "stamps")
    stamps.keep("step", fingerprint([source]))

    source.unlink()
    source.write_text("a", encoding="utf-8")

    assert stamps.is_current("step", fingerprint([source]))


def test_stamp_is_not_current_when_a_file_in_a_folder_moved(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one").write_text("a", encoding="utf-8")
    stamps = Stamps(tmp_path / "stamps")
    stamps.keep("step", fingerprint([folder]))

    (folder / "one").rename(folder / "two")

    assert not stamps.is_current("step", fingerprint([folder]))


def test_stamp_is_not_current_when_a_word_differs(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path)
    stamps.keep("step", fingerprint([], "v20"))

    is_current = stamps.is_current("step", fingerprint([], "v22"))

    assert not is_current
