from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.changelog import ChangelogEntry
from aidevsecops_ext.formats.git_cliff import entries_of, plain_line


def printed(*messages: str, **more: bool) -> str:
    commits = [{"id": f"{n:040x}", "raw_message": text, **more} for n, text in enumerate(messages)]
    return "\n".join(["", *map(json.dumps, commits), ""])


def only(message: str, **more: bool) -> ChangelogEntry:
    (found,) = entries_of(printed(message, **more))
    return found


def test_entries_of_keeps_the_order() -> None:
    found = entries_of(printed("New", "Old"))

    assert [entry.summary for entry in found] == ["New", "Old"]


def test_entries_of_reads_conventional_commits() -> None:
    found = only("feat(api): answer sooner\n\nBecause.", breaking=True)

    assert (found.summary, found.commit_type, found.is_breaking) == (
        "api: answer sooner",
        "feat",
        True,
    )
    assert found.subject == "feat(api): answer sooner"


def test_entries_of_begins_a_sentence_with_a_capital_and_sees_the_mark_of_what_breaks() -> None:
    found = only("fix!: answer sooner")

    assert (found.summary, found.is_breaking) == ("Answer sooner", True)


@pytest.mark.parametrize(
    ("message", "summary", "request_number"),
    [
        ("Merge pull request #12 from a/b\n\nfeat: Add it", "Add it", 12),
        ("Merge pull request #12 from a/b", "Merge pull request #12 from a/b", 12),
        ("Merge branch 'x' into 'main'\n\nAdd it\n\nSee merge request g/p!7", "Add it", 7),
        ("Merge branch 'x'\n\nSee merge request g/p!7", "Merge branch 'x'", 7),
        ("Add it (#9)", "Add it", 9),
        ("Add it (!9)", "Add it", 9),
        ("Merge branch 'x'", "Merge branch 'x'", None),
        ("Count to #9", "Count to #9", None),
    ],
)
def test_entries_of_finds_the_pull_request_and_its_title(
    message: str, summary: str, request_number: int | None
) -> None:
    found = only(message, merge_commit=True)

    assert (found.summary, found.pull_request, found.is_merge) == (summary, request_number, True)


@pytest.mark.parametrize("text", ["words", "{}", "[]", '{"id": 3, "raw_message": ""}'])
def test_entries_of_refuses_what_is_something_else(text: str) -> None:
    with pytest.raises(ValueError, match="something else than expected"):
        entries_of(text)


def test_plain_line_shortens_what_is_longer_than_a_line() -> None:
    assert plain_line("word " * 1000).endswith(" word…")
    assert len(plain_line("w" * 10_000)) == 200


@given(st.text(max_size=300))
def test_plain_line_holds_nothing_that_is_not_seen(text: str) -> None:
    line = plain_line(text)

    assert len(line) <= 200
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} for char in line)
    assert line == line.strip()
