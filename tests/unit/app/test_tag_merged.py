"""Releases that are tagged when their pull request was merged."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.tag_merged import TaggedRelease, tag_merged
from aidevsecops_ext.domain.errors import (
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    ToolMissingError,
)
from aidevsecops_ext.domain.repository import Tag
from tests.kits.release_plans import FakeReleases

CHANGELOG = """\
# Changelog

## [1.1.0] - 2026-11-21

- All

## [1.0.0] - 2026-01-01

- First
"""
FILES = {"version.py": '__version__ = "1.1.0"\n', "CHANGELOG.md": CHANGELOG}


@pytest.fixture
def kit() -> FakeReleases:
    """A repository where the release was merged by rebasing."""
    made = FakeReleases()
    merge(made)
    return made


def merge(kit: FakeReleases, subject: str = "Release of version 1.1.0") -> None:
    kit.files.texts.update(FILES)
    kit.git.remote = {"refs/heads/main": kit.git.add(subject)}


def run(kit: FakeReleases, *, is_dry_run: bool = False) -> TaggedRelease | None:
    return tag_merged(kit.ports, kit.progress, kit.cancel, is_dry_run=is_dry_run)


def refused() -> RefusedError:
    return RefusedError(ErrorCode.RELEASE_NO_CREDENTIALS, "It wants a token.")


def test_release_is_tagged_and_made_on_the_forge(kit: FakeReleases) -> None:
    assert kit.git.remote is not None
    kit.git.remote["refs/heads/v1.1.0"] = "c1"

    found = run(kit)

    (made,) = kit.forge.release_list
    assert found == TaggedRelease(
        "1.1.0",
        "v1.1.0",
        "c1",
        (
            "Tagged c1 as v1.1.0 and pushed the tag to origin.",
            f"Made the release {made.url}.",
            "Deleted the branch v1.1.0 of origin.",
        ),
        (),
        made.url,
    )
    assert kit.git.remote == {"refs/heads/main": "c1", "refs/tags/v1.1.0": "t1"}
    assert kit.git.messages == ["Release of version 1.1.0\n\n- All\n"]
    assert (made.tag, made.name, made.notes) == ("v1.1.0", "v1.1.0", "- All")


def test_nothing_is_done_again(kit: FakeReleases) -> None:
    run(kit)

    again = run(kit)

    assert again is not None
    assert (again.done, again.left) == ((), ())
    assert again.url == kit.forge.release_list[0].url


def test_what_was_stopped_goes_on(kit: FakeReleases) -> None:
    kit.forge.fail("create_release", OutsideFailedError(ErrorCode.RELEASE_NO_GIT, "Down."))
    with pytest.raises(OutsideFailedError):
        run(kit)

    again = run(kit)

    assert again is not None
    assert again.done == (f"Made the release {kit.forge.release_list[0].url}.",)


def test_tag_that_was_not_pushed_is(kit: FakeReleases) -> None:
    kit.git.fail("push", refused())
    with pytest.raises(RefusedError):
        run(kit)

    again = run(kit)

    assert again is not None
    assert len(kit.git.tag_list) == 1
    assert kit.git.remote is not None
    assert kit.git.remote["refs/tags/v1.1.0"] == "t1"


def test_dry_run_changes_nothing(kit: FakeReleases) -> None:
    found = run(kit, is_dry_run=True)

    assert found is not None
    assert found.done == ("Tag v1.1.0 on c1 and push it to origin.",)
    assert kit.git.tag_list == []
    assert kit.forge.release_list == []


def test_nothing_is_done_when_nothing_was_merged() -> None:
    kit = FakeReleases()

    assert run(kit) is None
    kit.git.history = []
    assert run(kit) is None


def test_nothing_is_done_when_the_release_was_tagged_long_ago(kit: FakeReleases) -> None:
    run(kit)
    kit.forge.release_list.clear()
    kit.git.add("More")

    assert run(kit) is None
    assert kit.forge.release_list == []


def test_release_has_no_notes_when_there_is_no_changelog(kit: FakeReleases) -> None:
    del kit.files.texts["CHANGELOG.md"]

    run(kit)

    assert kit.forge.release_list[0].notes == ""
    assert kit.git.messages == ["Release of version 1.1.0\n"]


def test_release_is_refused_when_files_say_another_version(kit: FakeReleases) -> None:
    kit.files.texts["version.py"] = '__version__ = "1.0.0"\n'

    with pytest.raises(RefusedError) as caught:
        run(kit)

    assert caught.value.code is ErrorCode.RELEASE_VERSIONS_DIFFER
    assert kit.git.tag_list == []


def test_release_is_refused_when_there_is_no_remote(kit: FakeReleases) -> None:
    kit.git.base = replace(kit.git.base, remote=None, remotes=())

    with pytest.raises(RefusedError) as caught:
        run(kit)

    assert caught.value.code is ErrorCode.RELEASE_NO_REMOTE


@pytest.mark.parametrize(
    ("tags", "remote_tag", "where"),
    [
        ([Tag("v1.1.0", "c0", "t0")], None, "here, on commit c0"),
        ([Tag("v1.1.0", "c1", "t1")], "t2", "on 'origin'"),
        ([], "t2", "on 'origin'"),
    ],
)
def test_tag_that_is_another_one_stays(
    kit: FakeReleases, tags: list[Tag], remote_tag: str | None, where: str
) -> None:
    kit.git.tag_list = tags
    assert kit.git.remote is not None
    if remote_tag is not None:
        kit.git.remote["refs/tags/v1.1.0"] = remote_tag

    with pytest.raises(ConflictError) as caught:
        run(kit)

    assert caught.value.code is ErrorCode.RELEASE_TAG_TAKEN
    assert where in caught.value.message


def test_tag_that_only_the_remote_has_is_fetched(kit: FakeReleases) -> None:
    assert kit.git.remote is not None
    kit.git.remote["refs/tags/v1.1.0"] = "t1"
    tag = Tag("v1.1.0", "c1", "t1")
    kit.git.hooks["fetch"] = lambda: kit.git.tag_list.append(tag)

    found = run(kit)

    assert found is not None
    assert found.done == (f"Made the release {kit.forge.release_list[0].url}.",)


@pytest.mark.parametrize(
    "error", [refused(), ToolMissingError(ErrorCode.RELEASE_NO_GIT, "Install it.")]
)
def test_tag_is_made_when_the_forge_makes_no_release(
    kit: FakeReleases, error: RefusedError | ToolMissingError
) -> None:
    kit.forge.fail("release", error)

    found = run(kit)

    assert found is not None
    assert found.left == (f"No release was made on the forge: {error.message}",)
    assert len(kit.git.tag_list) == 1


def test_tag_is_all_when_there_is_no_forge(kit: FakeReleases) -> None:
    kit.forges.known = None

    found = run(kit)

    assert found is not None
    assert found.left == ("The remote is on no known forge: the tag is all there is.",)


def test_release_that_somebody_makes_meanwhile_is_enough(kit: FakeReleases) -> None:
    kit.forge.fail("create_release", ConflictError(ErrorCode.RELEASE_TAG_TAKEN, "There."))

    found = run(kit)

    assert found is not None
    assert found.left == ()


@pytest.mark.parametrize("branch", ["x", None])
def test_branch_stays_when_it_has_more_or_cannot_be_deleted(
    kit: FakeReleases, branch: str | None
) -> None:
    assert kit.git.remote is not None
    kit.git.remote["refs/heads/v1.1.0"] = branch or "c1"
    if branch is None:
        kit.git.fail("push", None, refused())

    found = run(kit)

    assert found is not None
    assert len(found.done) == 2
    assert "refs/heads/v1.1.0" in kit.git.remote


def test_prerelease_is_told_as_one(kit: FakeReleases) -> None:
    kit.files.texts["version.py"] = '__version__ = "1.2.0-rc.1"\n'
    kit.git.add("Release of version 1.2.0-rc.1")

    found = run(kit)

    assert found is not None
    assert found.tag == "v1.2.0-rc.1"
    assert kit.forge.prereleases == ["v1.2.0-rc.1"]
