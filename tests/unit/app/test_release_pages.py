"""Releases on the forge of a remote: made after the push, and taken back before it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from aidevsecops_ext.domain.forge import ForgeRelease
from aidevsecops_ext.domain.release_proposal import Proposal
from aidevsecops_ext.domain.release_record import ReleasePage, ReleaseRecord, ReleaseStage
from tests.kits.release_plans import FakeReleases

URL = "https://example.org/v1.1.0"
WEB = "https://example.org/group/a"
DOWN = OutsideFailedError(ErrorCode.FORGE_UNREACHABLE, "https://example.org cannot be reached.")
NOT_LET_IN = RefusedError(ErrorCode.FORGE_NO_CREDENTIALS, "https://example.org wants credentials.")
NO_CLIENT = ToolMissingError(ErrorCode.FORGE_NO_CLIENT, "ogr is not installed.")
HIDDEN = NotFoundError(ErrorCode.FORGE_NOT_FOUND, "https://example.org has no group/a.")


@pytest.fixture
def kit() -> FakeReleases:
    return FakeReleases()


def cut(kit: FakeReleases, **changes: Any) -> ReleaseRecord:
    return kit.cut(kit.plan(forge=kit.forge.place, **changes))


def page_of(record: ReleaseRecord | None) -> ReleasePage:
    assert record is not None
    assert record.page is not None
    return record.page


def test_release_is_made_on_the_forge_after_the_push(kit: FakeReleases) -> None:
    record = cut(kit)

    assert record.stage is ReleaseStage.DONE
    assert page_of(record) == ReleasePage("https://example.org/a", WEB, URL)
    assert kit.forge.release_list == [ForgeRelease("v1.1.0", "v1.1.0", "- All\n", URL)]
    assert kit.forge.prereleases == []
    assert not kit.status().can_resume
    stages = [one.stage for one in kit.journal.records]
    assert stages[-2:] == [ReleaseStage.RELEASING, ReleaseStage.DONE]


def test_prereleases_are_marked(kit: FakeReleases) -> None:
    record = kit.cut(replace(kit.plan(forge=kit.forge.place), next="1.1.0-rc.1", tag="v1.1.0-rc.1"))

    assert record.stage is ReleaseStage.DONE
    assert kit.forge.prereleases == ["v1.1.0-rc.1"]


def test_nothing_is_made_where_the_plan_says_nothing_of_it(kit: FakeReleases) -> None:
    assert kit.cut().page is None
    assert kit.forge.release_list == []


def test_nothing_is_made_of_what_is_not_pushed(kit: FakeReleases) -> None:
    assert kit.cut(kit.plan(forge=kit.forge.place), is_pushed=False).page is None
    assert kit.forge.release_list == []


def test_nothing_is_made_of_a_pull_request(kit: FakeReleases) -> None:
    proposal = Proposal("v1.1.0", "main", "T", "", remote_url="https://example.org/a")

    assert kit.cut(kit.plan(forge=kit.forge.place, proposal=proposal)).page is None


@pytest.mark.parametrize("error", [DOWN, TimedOutError(ErrorCode.FORGE_TIMED_OUT, "No answer.")])
def test_forge_that_is_away_leaves_what_is_out_and_can_be_gone_on_with(
    kit: FakeReleases, error: AidevsecopsError
) -> None:
    kit.forge.fail("create_release", type(error)(error.code, error.message))

    with pytest.raises(type(error)) as caught:
        cut(kit)

    assert caught.value.message.startswith(error.message)
    assert "Its commit and its tag are on 'origin'." in caught.value.message
    assert f"Whether {WEB} has a release of it is not known." in caught.value.message
    assert "release resume" in caught.value.message
    status = kit.status()
    assert status.can_resume
    assert status.record is not None
    assert (status.record.stage, status.record.error) == (ReleaseStage.RELEASING, error.message)
    assert kit.git.remote == {"refs/heads/main": "c1", "refs/tags/v1.1.0": "t1"}

    record = kit.resume()

    assert (record.stage, record.error) == (ReleaseStage.DONE, "")
    assert page_of(record).url == URL


def test_release_that_is_there_already_is_not_made_again(kit: FakeReleases) -> None:
    kit.forge.hooks["create_release"] = lambda: kit.forge.fail("release", None)
    kit.forge.fail("create_release", CancelledError())
    kit.forge.release_list = []
    with pytest.raises(CancelledError):
        cut(kit)
    kit.forge.release_list = [ForgeRelease("v1.1.0", "v1.1.0", "- All\n", URL)]

    record = kit.resume()

    assert page_of(record).url == URL
    assert len(kit.forge.release_list) == 1


@pytest.mark.parametrize("error", [NOT_LET_IN, NO_CLIENT, HIDDEN])
def test_forge_that_does_not_let_us_in_is_left_to_people(
    kit: FakeReleases, error: AidevsecopsError
) -> None:
    kit.forge.fail("release", error)

    record = cut(kit)

    assert record.stage is ReleaseStage.DONE
    assert page_of(record).url == ""
    assert page_of(record).note == f"{WEB} has no release of it. {error.message}"
    assert kit.status().can_resume

    record = kit.resume()

    assert page_of(record) == ReleasePage("https://example.org/a", WEB, URL)
    assert not kit.status().can_resume


def test_forge_that_is_not_known_any_more_is_left_to_people(kit: FakeReleases) -> None:
    kit.forges.known = None

    assert "on no forge that is known" in page_of(cut(kit)).note


def test_next_release_does_not_wait_for_a_forge_that_is_away(kit: FakeReleases) -> None:
    kit.forge.fail("create_release", OutsideFailedError(DOWN.code, DOWN.message))
    with pytest.raises(OutsideFailedError):
        cut(kit)

    plan = replace(kit.plan(files=()), next="1.2.0", tag="v1.2.0", head=kit.git.head)
    record = kit.cut(plan)

    assert (record.stage, record.version) == (ReleaseStage.DONE, "1.2.0")


def test_no_release_is_made_of_a_tag_that_is_gone(kit: FakeReleases) -> None:
    kit.forge.fail("create_release", DOWN)
    with pytest.raises(OutsideFailedError):
        cut(kit)
    assert kit.git.remote is not None
    del kit.git.remote["refs/tags/v1.1.0"]

    with pytest.raises(ConflictError) as caught:
        kit.resume()

    assert caught.value.code is ErrorCode.RELEASE_REMOTE_MOVED
    assert kit.forge.release_list == []


def test_release_is_deleted_before_its_tag(kit: FakeReleases) -> None:
    cut(kit)
    tags: list[bool] = []
    assert kit.git.remote is not None
    kit.git.hooks["push"] = lambda: tags.append(not kit.forge.release_list)

    undone = kit.undo(is_remote=True)

    assert tags == [True]
    assert undone.left == ()
    assert page_of(undone.record).url == ""
    assert kit.git.remote == {"refs/heads/main": "c2"}


def test_release_that_was_deleted_already_is_no_hindrance(kit: FakeReleases) -> None:
    cut(kit)
    kit.forge.fail("delete_release", HIDDEN)

    assert kit.undo(is_remote=True).left == ()


def test_forge_that_is_away_keeps_all_from_being_undone(kit: FakeReleases) -> None:
    cut(kit)
    before = dict(kit.git.remote or {})
    kit.forge.fail("delete_release", OutsideFailedError(DOWN.code, DOWN.message))

    with pytest.raises(OutsideFailedError, match="Nothing was undone"):
        kit.undo(is_remote=True)

    assert kit.git.remote == before
    assert kit.undo(is_remote=True).record.stage is ReleaseStage.UNDONE


def test_release_that_we_may_not_delete_stays_and_is_told(kit: FakeReleases) -> None:
    cut(kit)
    kit.forge.fail("delete_release", NOT_LET_IN)

    undone = kit.undo(is_remote=True)

    assert undone.left == (f"The release on {WEB} stays ({URL}). {NOT_LET_IN.message}",)
    assert undone.record.stage is ReleaseStage.UNDONE


def test_failure_after_all_was_pushed_goes_on_to_the_forge(kit: FakeReleases) -> None:
    kit.git.fail("pushed", OutsideFailedError(ErrorCode.RELEASE_REMOTE_UNREACHABLE, "Broke off."))

    record = cut(kit)

    assert record.stage is ReleaseStage.DONE
    assert page_of(record).url == URL


def test_status_says_what_is_out_while_the_forge_is_to_be_asked(kit: FakeReleases) -> None:
    kit.forge.fail("create_release", OutsideFailedError(DOWN.code, DOWN.message))
    with pytest.raises(OutsideFailedError):
        cut(kit)

    assert kit.status(is_remote_asked=False).published.value == "all"
    assert kit.status().published.value == "all"
