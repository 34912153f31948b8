"""What is known of a repository."""

from __future__ import annotations

from aidevsecops_ext.domain.repository import (
    ChangedFile,
    Commit,
    FileState,
    RepositoryState,
    Tag,
)


def test_repository_is_clean_when_no_file_differs() -> None:
    assert RepositoryState("/r", None, "main").is_clean
    changed = (ChangedFile("a", FileState.UNTRACKED),)
    assert not RepositoryState("/r", None, "main", changed=changed).is_clean


def test_tag_is_annotated_when_it_is_more_than_its_commit() -> None:
    assert Tag("v1", "c", "t").is_annotated
    assert not Tag("v1", "c", "c").is_annotated


def test_commit_is_a_merge_when_it_has_several_parents() -> None:
    assert Commit("c", "s", parents=("a", "b")).is_merge
    assert not Commit("c", "s", parents=("a",)).is_merge
