"""The journal of a release."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.release_record import (
    RECORD_FORMAT,
    ReleasedFile,
    ReleaseRecord,
    ReleaseStage,
)
from aidevsecops_ext.formats.release_journal import read_journal, write_journal

RECORD = ReleaseRecord(
    version="1.1.0",
    tag="v1.1.0",
    head="c0",
    branch="main",
    notes="- Ü {{ all }}\r\n",
    files=(ReleasedFile("a.txt", None, "1\r\n"), ReleasedFile("b.txt", "0\n", "1\n", "100644 x")),
    begun_at=5.5,
    stage=ReleaseStage.TAGGED,
)


def test_record_is_read_as_it_was_written() -> None:
    assert read_journal(write_journal(RECORD)) == RECORD
    assert RECORD.paths == ("a.txt", "b.txt")
    assert RECORD.subject == "Release of version 1.1.0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        write_journal(replace(RECORD, format=RECORD_FORMAT + 1)),
        write_journal(replace(RECORD, format=0)),
        '"\\ud800"',
    ],
)
def test_nothing_is_read_of_another_text(text: str) -> None:
    assert read_journal(text) is None


def test_record_of_an_older_version_is_read() -> None:
    assert read_journal(write_journal(replace(RECORD, format=1))) == RECORD
