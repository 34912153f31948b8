"""Releases that are cut, or leave all as it was."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.release import Check, CheckStatus
from aidevsecops_ext.domain.release_record import ReleaseStage
from aidevsecops_ext.domain.release_settings import CheckName
from aidevsecops_ext.domain.repository import Operation, Tag
from tests.fakes.git import unreachable
from tests.kits.release_plans import AFTER, BEFORE, FakeReleases


@pytest.fixture
def kit() -> FakeReleases:
    return FakeReleases()


def refused(code: ErrorCode = ErrorCode.RELEASE_COMMIT_FAILED) -> RefusedError:
    return RefusedError(code, "No.")


def test_release_is_committed_tagged_and_pushed(kit: FakeReleases) -> None:
    record = kit.cut()

    assert record.stage is ReleaseStage.DONE
    assert (record.commit, record.tag_id, record.begun_at) == ("c1", "t1", 5.0)
    assert kit.git.remote == {"refs/heads/main": "c1", "refs/tags/v1.1.0": "t1"}
    assert kit.files.texts == {**BEFORE, **AFTER}
    assert kit.git.messages == [
        "Release of version 1.1.0",
        "Release of version 1.1.0\n\n- All\n",
    ]
    assert [written.stage.value for written in kit.journal.records] == [
        *("begun", "written", "committed", "tagged", "pushing", "done")
    ]
    assert kit.progress.messages[-1] == ("Released v1.1.0", 1.0)


def test_release_is_not_pushed_when_there_is_no_remote() -> None:
    kit = FakeReleases(has_remote=False)

    assert kit.cut().stage is ReleaseStage.DONE
    assert kit.progress.lines == ["hooks run"]


def test_release_is_not_pushed_when_nobody_wants_it(kit: FakeReleases) -> None:
    record = kit.cut(is_pushed=False)

    assert record.remote is None
    assert kit.git.remote == {"refs/heads/main": "c0"}


def test_release_is_a_tag_alone_when_no_file_changes(kit: FakeReleases) -> None:
    unchanged = tuple(replace(file, text=file.old or "") for file in kit.plan().files[:1])

    record = kit.cut(kit.plan(files=unchanged))

    assert (record.commit, record.files) == ("c0", ())
    assert kit.git.remote == {"refs/heads/main": "c0", "refs/tags/v1.1.0": "t1"}


def test_release_creates_the_branch_when_the_remote_has_none(kit: FakeReleases) -> None:
    kit.git.remote = {}

    kit.cut()

    assert kit.git.remote == {"refs/heads/main": "c1", "refs/tags/v1.1.0": "t1"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"operation": Operation.MERGE}, ErrorCode.RELEASE_OPERATION_OPEN),
        ({"branch": None}, ErrorCode.RELEASE_DETACHED),
        (
            {"identity": None, "missing_identity": ("user.name", "user.email")},
            ErrorCode.RELEASE_NO_IDENTITY,
        ),
        ({"remote": None, "remotes": ("one", "two")}, ErrorCode.RELEASE_REMOTE_UNCLEAR),
    ],
)
def test_release_is_refused_when_the_repository_is_in_no_state_for_it(
    kit: FakeReleases, changes: dict[str, Any], code: ErrorCode
) -> None:
    kit.git.base = replace(kit.git.base, **changes)

    with pytest.raises(RefusedError) as caught:
        kit.cut()

    assert caught.value.code is code
    assert caught.value.hint
    assert kit.journal.records == []


def test_release_is_refused_when_nothing_was_committed(kit: FakeReleases) -> None:
    kit.git.history = []

    with pytest.raises(RefusedError) as caught:
        kit.cut()

    assert caught.value.code is ErrorCode.RELEASE_NO_COMMITS


def test_release_is_refused_when_a_check_forbids_it(kit: FakeReleases) -> None:
    checks = (
        Check(CheckName.TREE, CheckStatus.FAILED, "2 files changed.", "Commit them."),
        Check(CheckName.TAG, CheckStatus.FAILED, "It is taken."),
        Check(CheckName.NOTES, CheckStatus.WARNED, "There are none."),
    )

    with pytest.raises(RefusedError, match=r"tree: 2 files changed\. tag: It is taken\.") as caught:
        kit.cut(kit.plan(checks=checks))

    assert caught.value.hint == "Commit them."
    assert caught.value.details == {"checks": ["tree", "tag"]}


def test_release_is_refused_when_the_plan_fits_no_more(kit: FakeReleases) -> None:
    kit.files.texts["version.py"] = "mine\n"
    kit.files.texts["CHANGELOG.md"] = "mine\n"
    kit.git.add("Something else")

    with pytest.raises(ConflictError) as caught:
        kit.cut(kit.plan(branch="topic"))

    assert caught.value.message == (
        "Since the plan was made, something was committed or checked out, 'main' is checked out "
        "instead of 'topic', version.py was changed, CHANGELOG.md was changed. Nothing was done."
    )


def test_release_is_refused_when_the_tag_is_here(kit: FakeReleases) -> None:
    kit.git.tag_list = [Tag("v1.1.0", "c0", "c0")]

    with pytest.raises(ConflictError, match="'v1.1.0' here already"):
        kit.cut()


def test_release_is_refused_when_the_tag_is_there(kit: FakeReleases) -> None:
    kit.git.remote = {"refs/tags/v1.1.0": "t9"}

    with pytest.raises(ConflictError, match="'v1.1.0' on 'origin' already"):
        kit.cut()


def test_release_is_refused_when_the_remote_went_on(kit: FakeReleases) -> None:
    kit.git.remote = {"refs/heads/main": "theirs"}

    with pytest.raises(ConflictError) as caught:
        kit.cut()

    assert caught.value.code is ErrorCode.RELEASE_REMOTE_MOVED


def test_release_is_refused_while_one_is_not_done(kit: FakeReleases) -> None:
    kit.cut()
    kit.stop_at(ReleaseStage.TAGGED)

    with pytest.raises(ConflictError) as caught:
        kit.cut()

    assert caught.value.details == {"version": "1.1.0", "stage": "tagged"}


@pytest.mark.parametrize("method", ["commit", "tag", "push"])
def test_release_leaves_all_as_it_was_when_a_stage_fails(kit: FakeReleases, method: str) -> None:
    kit.git.fail(method, refused())

    with pytest.raises(RefusedError, match=r"^No\. All is as it was\.$"):
        kit.cut()

    assert kit.is_as_before()
    assert kit.git.remote == {"refs/heads/main": "c0"}
    record = kit.journal.records[-1]
    assert (record.stage, record.error) == (ReleaseStage.UNDONE, "No.")


def test_release_leaves_all_as_it_was_when_it_is_cancelled(kit: FakeReleases) -> None:
    kit.git.fail("tag", CancelledError())

    with pytest.raises(CancelledError, match="All is as it was"):
        kit.cut()

    assert kit.is_as_before()


def test_release_leaves_all_as_it_was_when_its_journal_cannot_be_written(
    kit: FakeReleases,
) -> None:
    kit.journal.errors = [None, None, unreachable()]

    with pytest.raises(OutsideFailedError, match="All is as it was"):
        kit.cut()

    assert kit.is_as_before()


@pytest.mark.parametrize(
    ("made", "words"),
    [("formatted\n", r" What a hook made of version\.py is kept: git show k1\."), (None, "")],
)
def test_release_leaves_all_as_it_was_when_a_hook_changed_the_files_and_failed(
    kit: FakeReleases, made: str | None, words: str
) -> None:
    def change() -> None:
        kit.files.texts |= {"version.py": made or ""}
        for path in ("CHANGELOG.md", *(() if made else ("version.py",))):
            del kit.files.texts[path]

    kit.git.hooks["commit"] = change
    kit.git.fail("commit", refused())

    with pytest.raises(RefusedError, match=rf"^No\. All is as it was\.{words}$"):
        kit.cut()

    assert kit.is_as_before()
    assert kit.git.kept == ([made] if made else [])


def test_release_is_done_when_it_is_out_in_spite_of_a_failure(kit: FakeReleases) -> None:
    kit.git.fail("pushed", unreachable())

    assert kit.cut().stage is ReleaseStage.DONE


def test_release_says_what_is_unknown_when_the_remote_is_gone(kit: FakeReleases) -> None:
    kit.git.fail("push", unreachable())
    kit.git.fail("remote_refs", None, None, unreachable())

    with pytest.raises(OutsideFailedError, match="whether 'origin' has them is unknown"):
        kit.cut()

    assert kit.journal.records[-1].error == "Nobody answers."
    assert kit.journal.records[-1].stage is ReleaseStage.PUSHING


def test_release_says_what_is_out_when_the_tag_alone_is_refused(kit: FakeReleases) -> None:
    kit.git.is_atomic = False
    kit.git.refused = {"refs/tags/v1.1.0"}

    with pytest.raises(RefusedError, match="Its commit is on 'origin', its tag is not") as caught:
        kit.cut()

    assert "release resume" in caught.value.message
    assert kit.git.tag_list != []
    kit.git.refused = set()
    assert kit.resume().stage is ReleaseStage.DONE


def test_release_goes_branch_first_when_the_remote_takes_no_two_as_one(kit: FakeReleases) -> None:
    kit.git.is_atomic = False

    kit.cut()

    assert kit.git.remote == {"refs/heads/main": "c1", "refs/tags/v1.1.0": "t1"}
    assert any("the branch goes first" in line for line in kit.progress.lines)


def test_release_says_when_taking_back_fails_as_well(kit: FakeReleases) -> None:
    kit.git.fail("tag", refused(ErrorCode.RELEASE_TAG_FAILED))
    kit.git.fail("restore_index", unreachable())

    with pytest.raises(RefusedError, match=r"failed as well: Nobody answers\. 'aidevsecops") as c:
        kit.cut()

    assert c.value.code is ErrorCode.RELEASE_TAG_FAILED
    assert kit.journal.records[-1].stage is ReleaseStage.COMMITTED
    kit.undo()
    assert kit.is_as_before()
