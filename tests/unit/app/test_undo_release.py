"""Releases that are gone on with, taken back, and asked after."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.git_ports import CommitRequest
from aidevsecops_ext.app.release_facts import Publication
from aidevsecops_ext.app.release_status import FilesWritten
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.release_record import ReleaseStage
from aidevsecops_ext.domain.repository import Commit, Tag
from tests.fakes.git import unreachable
from tests.kits.release_plans import AFTER, BEFORE, FakeReleases


@pytest.fixture
def kit() -> FakeReleases:
    return FakeReleases()


@pytest.fixture
def local() -> FakeReleases:
    return FakeReleases(has_remote=False)


@pytest.mark.parametrize(
    # Pull requests have a stage of their own.
    "stage",
    [stage for stage in ReleaseStage if stage not in {"done", "undone", "proposing"}],
)
def test_release_is_resumed_from_every_stage(kit: FakeReleases, stage: ReleaseStage) -> None:
    kit.cut(kit.plan(forge=kit.forge.place))
    kit.stop_at(stage)

    if stage is ReleaseStage.BEGUN:
        kit.git.move_head("c0", "c1", kit.cancel)
        kit.git.tag_list, kit.git.remote = [], {"refs/heads/main": "c0"}
    record = kit.resume()

    assert record.stage is ReleaseStage.DONE
    assert len(kit.git.history) == 2
    assert kit.git.remote == {"refs/heads/main": record.commit, "refs/tags/v1.1.0": "t1"}
    assert [one.tag for one in kit.forge.release_list] == ["v1.1.0"]


def test_nothing_is_resumed_when_all_is_done(kit: FakeReleases) -> None:
    with pytest.raises(NotFoundError):
        kit.resume()
    kit.cut()
    with pytest.raises(NotFoundError):
        kit.resume()


def test_resume_is_refused_when_a_file_was_changed(local: FakeReleases) -> None:
    local.cut()
    local.stop_at(ReleaseStage.BEGUN)
    local.files.texts["version.py"] = "mine\n"

    with pytest.raises(ConflictError) as caught:
        local.resume()

    assert caught.value.details == {"file": "version.py"}
    assert local.files.texts["version.py"] == "mine\n"


def test_resume_commits_nothing_that_somebody_wrote_since(local: FakeReleases) -> None:
    local.cut()
    local.stop_at(ReleaseStage.WRITTEN)
    local.git.tag_list = []
    local.git.move_head("c0", "c1", local.cancel)
    local.git.index = dict(BEFORE)
    local.files.texts["version.py"] = "mine\n"

    with pytest.raises(ConflictError, match=r"stays as it is.* All else is as it was\.$"):
        local.resume()

    assert local.files.texts == {**BEFORE, "version.py": "mine\n"}
    assert local.git.head == "c0"


@pytest.mark.parametrize("beginning", ["c0", "x"])
def test_resume_is_refused_when_something_else_was_committed(
    local: FakeReleases, beginning: str
) -> None:
    local.cut()
    local.stop_at(ReleaseStage.WRITTEN)
    local.git.tag_list = []
    local.git.history = [Commit(beginning, "Begin")]
    local.git.add("Something else")

    with pytest.raises(ConflictError) as caught:
        local.resume()

    assert caught.value.code is ErrorCode.RELEASE_PLAN_OUTDATED


def test_undo_takes_all_back_that_is_here(local: FakeReleases) -> None:
    local.cut()

    undone = local.undo()

    assert undone.left == ()
    assert undone.record.stage is ReleaseStage.UNDONE
    assert local.is_as_before()
    with pytest.raises(NotFoundError):
        local.undo()


def test_undo_takes_back_what_hooks_added(local: FakeReleases) -> None:
    local.git.added = {"stamp.txt": "now\n", "notes.txt": "seen\n", "log.txt": "1\n"}
    local.cut()
    local.files.texts["log.txt"] = "2\n"

    local.undo()

    assert local.files.texts == {**BEFORE, "log.txt": "2\n"}


def test_undo_takes_a_file_back_that_a_hook_changed_and_committed(local: FakeReleases) -> None:
    local.git.added = {"version.py": "1.1.0 # formatted\n"}
    local.cut()

    undone = local.undo()

    assert undone.left == ()
    assert local.is_as_before()


def test_undo_takes_a_commit_back_that_comes_while_it_waits(local: FakeReleases) -> None:
    local.git.fail("commit", CancelledError())
    local.git.fail("restore_index", unreachable())
    with pytest.raises(CancelledError):
        local.cut()
    request = CommitRequest("Release of version 1.1.0", tuple(AFTER))

    def commit() -> None:
        local.git.hooks.clear()
        local.git.commit(request, local.progress, local.cancel)

    local.git.hooks["restore_index"] = commit

    local.undo()

    assert local.is_as_before()


def test_undo_leaves_files_that_were_changed_since(local: FakeReleases) -> None:
    local.cut()
    local.files.texts["version.py"] = "mine\n"

    undone = local.undo()

    assert undone.left == ("version.py stays as it is, as it was changed since.",)
    assert local.files.texts == {**BEFORE, "version.py": "mine\n"}


def test_undo_leaves_the_commit_when_others_came_after_it(local: FakeReleases) -> None:
    local.cut()
    local.git.add("After it")

    undone = local.undo()

    assert undone.left == ("Commit c1 stays, as others came after it (git revert).",)
    assert local.git.tag_list == []
    assert local.git.head == "c2"


def test_undo_leaves_the_files_when_something_else_is_checked_out(local: FakeReleases) -> None:
    local.cut()
    local.git.history[-1] = replace(local.git.history[-1], hash="other", subject="Other")

    undone = local.undo()

    assert undone.left == ("The files stay as they are, as something else is checked out.",)


def test_undo_takes_back_a_tag_alone(local: FakeReleases) -> None:
    local.cut(local.plan(files=()))

    local.undo()

    assert local.is_as_before()


def test_undo_is_refused_when_the_release_is_out(kit: FakeReleases) -> None:
    kit.cut()

    with pytest.raises(RefusedError) as caught:
        kit.undo()

    assert caught.value.code is ErrorCode.RELEASE_IS_OUT
    assert caught.value.details == {"remote": "origin", "published": "all"}
    assert kit.journal.records[-1].stage is ReleaseStage.DONE


def test_undo_is_refused_when_nobody_can_say_what_is_out(kit: FakeReleases) -> None:
    kit.cut()
    kit.git.fail("remote_refs", unreachable())

    with pytest.raises(OutsideFailedError, match="Nothing was undone"):
        kit.undo(is_remote=True)


@pytest.mark.parametrize("is_atomic", [True, False])
def test_undo_takes_back_what_is_out_when_somebody_asks(kit: FakeReleases, is_atomic: bool) -> None:
    kit.cut()
    kit.git.is_atomic = is_atomic

    kit.undo(is_remote=True)

    assert kit.git.remote == {"refs/heads/main": "c2"}
    assert kit.git.history[-1].subject == 'Revert "Release of version 1.1.0"'
    assert kit.files.texts == BEFORE
    assert kit.git.tag_list == []


def test_undo_takes_a_tag_alone_back_that_is_out(kit: FakeReleases) -> None:
    kit.cut(kit.plan(files=()))

    kit.undo(is_remote=True)

    assert kit.git.remote == {"refs/heads/main": "c0"}
    assert kit.git.head == "c0"


def test_undo_takes_a_commit_back_whose_tag_is_gone(kit: FakeReleases) -> None:
    kit.cut()
    kit.git.tag_list = []
    kit.git.remote = {"refs/heads/main": "c1"}

    kit.undo(is_remote=True)

    assert kit.git.remote == {"refs/heads/main": "c2"}


def test_undo_goes_on_with_a_revert_that_was_made(kit: FakeReleases) -> None:
    kit.cut()
    kit.git.revert("c1", kit.progress, kit.cancel)

    kit.undo(is_remote=True)

    assert kit.git.remote == {"refs/heads/main": "c2"}
    assert len(kit.git.history) == 3


def test_undo_goes_on_with_a_revert_that_is_out(kit: FakeReleases) -> None:
    record = kit.cut()
    made = kit.git.revert("c1", kit.progress, kit.cancel)
    kit.journal.write(replace(record, revert=made))
    kit.git.remote = {"refs/heads/main": made}

    kit.undo(is_remote=True)

    assert kit.git.tag_list == []
    assert kit.git.remote == {"refs/heads/main": made}


def test_undo_is_refused_when_the_remote_went_on(kit: FakeReleases) -> None:
    kit.cut()
    kit.git.remote = {"refs/heads/main": kit.git.add("After it"), "refs/tags/v1.1.0": "t1"}

    with pytest.raises(ConflictError, match="'origin' has something else by now"):
        kit.undo(is_remote=True)


def test_undo_is_refused_when_something_else_was_committed_here(kit: FakeReleases) -> None:
    kit.cut()
    kit.git.add("After it")

    with pytest.raises(ConflictError, match="committed or checked out here since"):
        kit.undo(is_remote=True)


@pytest.mark.parametrize(("failing", "head"), [("pushed", "c2"), ("push", "c1")])
def test_undo_keeps_its_commit_only_when_the_remote_has_it(
    kit: FakeReleases, failing: str, head: str
) -> None:
    kit.cut()
    kit.git.fail(failing, unreachable())

    with pytest.raises(OutsideFailedError):
        kit.undo(is_remote=True)

    assert kit.git.head == head
    kit.undo(is_remote=True)
    assert "refs/tags/v1.1.0" not in (kit.git.remote or {})


def test_undo_of_a_tag_alone_says_that_the_remote_is_gone(kit: FakeReleases) -> None:
    kit.cut(kit.plan(files=()))
    kit.git.fail("push", unreachable())

    with pytest.raises(OutsideFailedError):
        kit.undo(is_remote=True)

    assert kit.git.tag_list != []


def test_status_has_the_tags_when_nothing_was_released(kit: FakeReleases) -> None:
    kit.git.tag_list = [Tag("v0.9.0", "c0", "c0")]

    status = kit.status()

    assert status.tags == (Tag("v0.9.0", "c0", "c0"),)
    assert (status.record, status.can_resume, status.can_undo) == (None, False, False)


@pytest.mark.parametrize(
    ("stage", "asked", "expected"),
    [
        (ReleaseStage.DONE, True, Publication.ALL),
        (ReleaseStage.DONE, False, Publication.ALL),
        (ReleaseStage.PUSHING, True, Publication.ALL),
        (ReleaseStage.PUSHING, False, Publication.UNKNOWN),
        (ReleaseStage.TAGGED, False, Publication.NOTHING),
    ],
)
def test_status_says_what_is_out(
    kit: FakeReleases, stage: ReleaseStage, asked: bool, expected: Publication
) -> None:
    kit.cut()
    kit.stop_at(stage)

    status = kit.status(is_remote_asked=asked)

    assert status.published is expected
    assert (status.commit, status.tag_id, status.files) == ("c1", "t1", FilesWritten.YES)
    assert status.can_resume is (stage is not ReleaseStage.DONE)


def test_status_of_a_release_that_stayed_here(local: FakeReleases) -> None:
    local.cut(local.plan(files=()))

    status = local.status(is_remote_asked=False)

    assert (status.published, status.files, status.commit) == (
        Publication.NOTHING,
        FilesWritten.NO,
        None,
    )


def test_status_says_how_much_is_written(local: FakeReleases) -> None:
    local.cut()
    local.files.texts["version.py"] = "mine\n"
    some = local.status()
    local.files.texts = dict(BEFORE)
    none = local.status()

    assert (some.files, none.files) == (FilesWritten.SOME, FilesWritten.NO)


@pytest.mark.parametrize(
    ("refs", "expected"),
    [
        ({}, Publication.NOTHING),
        ({"refs/heads/main": "c0"}, Publication.NOTHING),
        ({"refs/heads/main": "c1"}, Publication.COMMIT),
        ({"refs/heads/main": "c2"}, Publication.COMMIT),
        ({"refs/heads/main": "theirs"}, Publication.NOTHING),
        ({"refs/tags/v1.1.0": "t1"}, Publication.TAG),
        ({"refs/heads/main": "c2", "refs/tags/v1.1.0": "t9"}, Publication.COMMIT),
    ],
)
def test_status_asks_the_remote_what_it_has(
    kit: FakeReleases, refs: dict[str, str], expected: Publication
) -> None:
    kit.cut()
    kit.git.add("After it")
    kit.git.remote = refs

    assert kit.status().published is expected


def test_status_is_cancelled(kit: FakeReleases) -> None:
    kit.cut()
    kit.git.fail("remote_refs", CancelledError())

    with pytest.raises(CancelledError):
        kit.status()


def test_status_says_that_somebody_works_on_it(kit: FakeReleases) -> None:
    kit.cut()

    with kit.journal.locked():
        status = kit.status()

    assert (status.is_running, status.can_undo, status.can_resume) == (True, False, False)


def test_status_finds_no_commit_of_the_release_in_another_history(local: FakeReleases) -> None:
    local.cut()
    local.stop_at(ReleaseStage.WRITTEN)
    local.git.history = [replace(local.git.history[0], hash="x")]

    status = local.status()

    assert (status.commit, status.tag_id) == (None, None)
    assert AFTER.items() <= local.files.texts.items()
