"""Which commit a release is tagged on."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.merged_release import MergedRelease, find_merged, version_released
from aidevsecops_ext.domain.repository import Commit


def commit(hash_: str, subject: str, *parents: str) -> Commit:
    return Commit(hash_, subject, parents=parents)


@pytest.mark.parametrize(
    ("subject", "version"),
    [
        ("Release of version 1.2.0", "1.2.0"),
        ("'Release of version 1.2.0'", "1.2.0"),
        ("Release of version 1.2.0 (#12)", "1.2.0"),
        ("Release of version 1.2.0-rc.1 (!12)", "1.2.0-rc.1"),
        ("Release of version 1.2.0 and more", None),
        ("Release of version next", None),
        ('Revert "Release of version 1.2.0"', None),
        ("Release of version 1.2.0\nRelease of version 9.9.9", None),
    ],
)
def test_version_is_that_of_the_subject(subject: str, version: str | None) -> None:
    assert version_released(subject) == version


def test_release_is_tagged_on_the_merge_that_brought_it() -> None:
    commits = [
        commit("later", "More", "merge"),
        commit("merge", "Merge pull request #2 from a/v1.1.0", "main", "release"),
        commit("main", "Meanwhile", "root"),
        commit("release", "Release of version 1.1.0", "root"),
        commit("root", "Begin"),
    ]

    found = find_merged(commits)

    assert found == MergedRelease("1.1.0", "release", "merge")
    assert found.tag == "v1.1.0"


def test_release_is_tagged_on_itself_when_it_was_squashed_or_rebased() -> None:
    commits = [
        commit("later", "More", "release"),
        commit("release", "Release of version 1.1.0 (#2)", "root"),
        commit("root", "Begin"),
    ]

    assert find_merged(commits) == MergedRelease("1.1.0", "release", "release")


def test_release_is_found_whatever_order_clocks_make() -> None:
    commits = [
        commit("merge", "Merge", "main", "side"),
        commit("release", "Release of version 1.1.0", "root"),
        commit("side", "Mend the release", "release"),
        commit("main", "Meanwhile", "root"),
        commit("root", "Begin"),
    ]

    assert find_merged(commits) == MergedRelease("1.1.0", "release", "merge")


def test_release_of_the_first_commit_is_found() -> None:
    assert find_merged([commit("a", "Release of version 1.0.0")]) == MergedRelease(
        "1.0.0", "a", "a"
    )


def test_release_that_was_reverted_is_none() -> None:
    commits = [
        commit("revert", 'Revert "Release of version 1.1.0 (#2)" (#3)', "release"),
        commit("unrelated", 'Revert "All"', "release"),
        commit("release", "Release of version 1.1.0 (#2)", "before"),
        commit("before", "Release of version 1.0.0", "root"),
    ]

    assert find_merged(commits[2:]) == MergedRelease("1.1.0", "release", "release")
    assert find_merged(commits[:3]) is None


def test_release_that_was_made_again_counts() -> None:
    commits = [
        commit("again", "Release of version 1.1.0", "revert"),
        commit("revert", 'Revert "Release of version 1.1.0"', "release"),
        commit("release", "Release of version 1.1.0", "root"),
    ]

    assert find_merged(commits) == MergedRelease("1.1.0", "again", "again")
