from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.changelog import (
    ChangelogEntry,
    ChangelogSource,
    ChangeType,
    entries_for,
    kind_by,
)
from aidevsecops_ext.domain.versions import ReleaseKind


def entry(subject: str, commit_type: str = "", **more: bool | int) -> ChangelogEntry:
    return ChangelogEntry(
        summary=subject,
        commit="a" * 40,
        subject=subject,
        commit_type=commit_type,
        is_breaking=bool(more.get("is_breaking")),
        is_merge=bool(more.get("is_merge")),
        pull_request=more.get("pull_request"),
    )


@pytest.mark.parametrize(
    ("told", "current", "expected"),
    [
        ([], "1.0.0", ReleaseKind.PATCH),
        ([entry("words")], "1.0.0", ReleaseKind.PATCH),
        ([entry("x", "fix"), entry("y", "feat")], "1.0.0", ReleaseKind.MINOR),
        ([entry("x", "fix", is_breaking=True), entry("y", "feat")], "1.0.0", ReleaseKind.MAJOR),
        ([entry("x", "fix", is_breaking=True)], "0.9.0", ReleaseKind.MINOR),
    ],
)
def test_kind_by_follows_conventional_commits(
    told: list[ChangelogEntry], current: str, expected: ReleaseKind
) -> None:
    assert kind_by(told, current) is expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (entry("whatever", "feat"), ChangeType.ADDED),
        (entry("Add a thing"), ChangeType.ADDED),
        (entry("Fixes a thing"), ChangeType.FIXED),
        (entry("Remove a thing"), ChangeType.REMOVED),
        (entry("Deprecate a thing"), ChangeType.DEPRECATED),
        (entry("whatever", "security"), ChangeType.SECURITY),
        (entry("Rewrite a thing"), ChangeType.CHANGED),
        (entry("", "chore"), ChangeType.CHANGED),
    ],
)
def test_change_type_is_told_by_type_or_first_word(
    told: ChangelogEntry, expected: ChangeType
) -> None:
    assert told.change_type is expected


def test_entries_for_commits_leave_out_merges_and_releases() -> None:
    told = (
        entry("Add a thing"),
        entry("Merge branch 'x'", is_merge=True),
        entry("'Release of version 1.2.3'"),
        entry("Release of version 1.2.2"),
        entry('Revert "Release of version 1.2.2"'),
        entry("chore(release): 1.2.1"),
        entry("Bump 1.2.0"),
        entry("Release notes are read"),
        replace(entry("Release of version 1.2.4 (#7)"), summary="Release of version 1.2.4"),
    )

    kept = entries_for(told, ChangelogSource.COMMITS)

    assert [one.subject for one in kept] == ["Add a thing", "Release notes are read"]


def test_entries_for_pull_requests_are_those_that_came_by_one() -> None:
    merged = entry("Merge pull request #4 from a/b", is_merge=True, pull_request=4)
    squashed = entry("Add a thing (#5)", pull_request=5)

    release = replace(merged, summary="Release of version 1.2.4", pull_request=6)

    told = (entry("wip"), merged, squashed, release)
    kept = entries_for(told, ChangelogSource.PULL_REQUESTS)

    assert kept == (merged, squashed)
