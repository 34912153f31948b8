"""Files that are read once, however often they are asked for."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.ports import FileText
from aidevsecops_ext.app.read_once import ReadOnce
from aidevsecops_ext.domain.errors import NotFoundError
from tests.fakes.files import FakeFiles


class _CountingFiles(FakeFiles):
    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__(texts)
        self.reads: list[str] = []

    def read(self, path: str) -> FileText:
        self.reads.append(path)
        return super().read(path)


def test_a_file_is_read_once() -> None:
    behind = _CountingFiles({"a/b.txt": "one"})
    files = ReadOnce(behind)

    read = [files.read("a/b.txt").text for _ in range(3)]

    assert read == ["one"] * 3
    assert behind.reads == ["a/b.txt"]
    assert files.is_file("a/b.txt")
    assert files.is_folder("a")
    assert files.entries("a").files == ("b.txt",)


def test_a_file_that_was_not_there_is_asked_for_again() -> None:
    behind = FakeFiles({"a": ""})
    files = ReadOnce(behind)
    with pytest.raises(NotFoundError):
        files.read("b")

    behind.texts["b"] = "there"

    assert files.read("b").text == "there"


def test_what_was_replaced_is_read_anew() -> None:
    files = ReadOnce(FakeFiles({"a": "one"}))
    opened = files.read("a")

    files.replace("a", "two", opened.revision)

    assert files.read("a").text == "two"
