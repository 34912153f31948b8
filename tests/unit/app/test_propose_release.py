"""Releases by pull request: proposed, resumed, undone, and what people are told."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.release_facts import Publication
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    ToolMissingError,
)
from aidevsecops_ext.domain.forge import ForgeKind, PullRequestState
from aidevsecops_ext.domain.release_proposal import Proposal, ReleaseMode
from aidevsecops_ext.domain.release_record import ReleaseRecord, ReleaseStage
from tests.fakes.forge import FakeForge
from tests.fakes.git import unreachable
from tests.kits.release_plans import AFTER, BEFORE, FakeReleases

PROPOSAL = Proposal(
    branch="v1.1.0",
    target="main",
    title="Release of version 1.1.0",
    body="Changelog: …",
    labels=("bot",),
    remote_url="https://example.org/a",
)
REFS = {"refs/heads/main": "c0", "refs/heads/v1.1.0": "a1"}


@pytest.fixture
def kit() -> FakeReleases:
    return FakeReleases()


def propose(kit: FakeReleases) -> ReleaseRecord:
    return kit.cut(kit.plan(proposal=PROPOSAL))


def forge_down() -> OutsideFailedError:
    return OutsideFailedError(ErrorCode.RELEASE_REMOTE_UNREACHABLE, "The forge is down.")


def not_let_in() -> RefusedError:
    return RefusedError(ErrorCode.RELEASE_NO_CREDENTIALS, "It wants a token.")


def expect_nothing_done(kit: FakeReleases, error: AidevsecopsError) -> None:
    assert "All is as it was." in error.message
    assert kit.journal.records[-1].stage is ReleaseStage.UNDONE
    assert kit.git.remote == {"refs/heads/main": "c0"}
    assert kit.forge.requests == []
    assert kit.is_as_before()


def test_release_is_a_branch_and_a_pull_request_and_nothing_here(kit: FakeReleases) -> None:
    record = propose(kit)

    (opened,) = kit.forge.requests
    assert record.stage is ReleaseStage.DONE
    assert record.mode is ReleaseMode.PULL_REQUEST
    assert record.proposal == replace(PROPOSAL, number=1, url=opened.url)
    assert (opened.title, opened.body, opened.labels) == (
        "Release of version 1.1.0",
        "Changelog: …",
        ("bot",),
    )
    assert (opened.source_branch, opened.target_branch) == ("v1.1.0", "main")
    assert kit.git.remote == REFS
    assert kit.git.aside["a1"] == {**BEFORE, **AFTER}
    assert kit.git.messages == ["Release of version 1.1.0"]
    assert kit.is_as_before()
    assert [written.stage.value for written in kit.journal.records] == [
        *("begun", "committed", "pushing", "proposing", "done")
    ]
    assert kit.progress.messages[-1] == ("Proposed v1.1.0", 1.0)


def test_release_that_is_proposed_again_is_the_same_pull_request(kit: FakeReleases) -> None:
    first = propose(kit)

    again = propose(kit)

    assert again == first
    assert len(kit.forge.requests) == 1
    assert kit.git.remote == REFS


def test_release_is_proposed_anew_when_it_was_undone_or_closed(kit: FakeReleases) -> None:
    propose(kit)
    kit.undo()
    anew = propose(kit)
    kit.forge.settle(2, PullRequestState.CLOSED)
    once_more = propose(kit)

    assert [one.number for one in kit.forge.requests] == [1, 2, 3]
    assert anew.proposal is not None
    assert once_more.proposal is not None
    assert (anew.proposal.number, once_more.proposal.number) == (2, 3)


def test_release_stays_done_when_its_pull_request_was_merged(kit: FakeReleases) -> None:
    first = propose(kit)
    kit.forge.settle(1, PullRequestState.MERGED)

    assert propose(kit) == first
    assert len(kit.forge.requests) == 1


def test_release_is_another_pull_request_when_another_version_is_proposed(
    kit: FakeReleases,
) -> None:
    propose(kit)
    other = replace(PROPOSAL, branch="v2.0.0", title="Release of version 2.0.0")

    record = kit.cut(replace(kit.plan(proposal=other), next="2.0.0", tag="v2.0.0"))

    assert record.proposal is not None
    assert record.proposal.number == 2


def test_release_is_refused_when_the_remote_has_another_branch_of_that_name(
    kit: FakeReleases,
) -> None:
    kit.git.remote = {"refs/heads/main": "c0", "refs/heads/v1.1.0": "x"}

    with pytest.raises(ConflictError) as caught:
        propose(kit)

    assert caught.value.code is ErrorCode.RELEASE_BRANCH_TAKEN
    assert kit.git.remote["refs/heads/v1.1.0"] == "x"
    assert kit.journal.records[-1].stage is ReleaseStage.UNDONE


@pytest.mark.parametrize(
    ("remotes", "code"),
    [
        ((), ErrorCode.RELEASE_NO_REMOTE),
        (("one", "two"), ErrorCode.RELEASE_REMOTE_UNCLEAR),
    ],
)
def test_release_is_refused_when_there_is_no_remote_to_push_to(
    remotes: tuple[str, ...], code: ErrorCode
) -> None:
    kit = FakeReleases(has_remote=False)
    kit.git.base = replace(kit.git.base, remotes=remotes)

    with pytest.raises(RefusedError) as caught:
        propose(kit)

    assert caught.value.code is code
    assert kit.journal.records == []


@pytest.mark.parametrize("method", ["commit_aside", "push"])
def test_release_leaves_all_as_it_was_when_nothing_is_out(kit: FakeReleases, method: str) -> None:
    kit.git.fail(method, not_let_in())

    with pytest.raises(RefusedError) as caught:
        propose(kit)

    expect_nothing_done(kit, caught.value)


def test_release_leaves_all_as_it_was_when_it_is_cancelled(kit: FakeReleases) -> None:
    kit.git.hooks["commit_aside"] = kit.cancel.cancel

    with pytest.raises(CancelledError) as caught:
        propose(kit)

    expect_nothing_done(kit, caught.value)


def test_release_goes_on_when_the_push_arrived_in_spite_of_a_failure(kit: FakeReleases) -> None:
    kit.git.fail("pushed", unreachable())

    with pytest.raises(OutsideFailedError) as caught:
        propose(kit)
    status = kit.status()
    record = kit.resume()

    assert "Its branch 'v1.1.0' is on 'origin', its pull request is not open." in str(caught.value)
    assert "release resume" in str(caught.value)
    assert (status.can_resume, status.published) == (True, Publication.COMMIT)
    assert record.stage is ReleaseStage.DONE
    assert len(kit.forge.requests) == 1


def test_release_says_when_nobody_knows_what_arrived(kit: FakeReleases) -> None:
    kit.git.fail("pushed", unreachable())
    kit.git.fail("remote_refs", None, None, unreachable(), unreachable())

    with pytest.raises(OutsideFailedError) as caught:
        propose(kit)

    assert "Whether its branch 'v1.1.0' is on 'origin' is unknown" in str(caught.value)
    assert kit.journal.records[-1].stage is ReleaseStage.PUSHING
    assert kit.status().published is Publication.UNKNOWN


def test_release_goes_on_when_the_forge_is_back(kit: FakeReleases) -> None:
    kit.forge.fail("create_pull_request", forge_down())

    with pytest.raises(OutsideFailedError):
        propose(kit)
    stopped = kit.journal.records[-1]
    record = kit.resume()

    assert (stopped.stage, stopped.error) == (ReleaseStage.PROPOSING, "The forge is down.")
    assert (record.stage, record.error) == (ReleaseStage.DONE, "")
    assert kit.git.remote == REFS


def test_release_takes_the_pull_request_that_was_opened_when_nobody_learned_of_it(
    kit: FakeReleases,
) -> None:
    def fail() -> None:
        raise forge_down()

    kit.forge.hooks["create_pull_request"] = fail

    with pytest.raises(OutsideFailedError):
        propose(kit)
    record = kit.resume()

    assert record.proposal is not None
    assert record.proposal.number == 1
    assert len(kit.forge.requests) == 1


@pytest.mark.parametrize(
    "stage", [ReleaseStage.BEGUN, ReleaseStage.COMMITTED, ReleaseStage.PUSHING, "proposing"]
)
def test_release_is_resumed_from_every_stage(kit: FakeReleases, stage: ReleaseStage) -> None:
    propose(kit)
    kit.stop_at(stage)
    if stage is ReleaseStage.BEGUN:
        assert kit.git.remote is not None
        del kit.git.remote["refs/heads/v1.1.0"]
        kit.forge.settle(1, PullRequestState.CLOSED)

    record = kit.resume()

    assert record.stage is ReleaseStage.DONE
    open_ones = [one for one in kit.forge.requests if one.state is PullRequestState.OPEN]
    assert len(open_ones) == 1


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        (ForgeKind.GITHUB, "https://example.org/group/a/compare/main...v1.1.0"),
        (ForgeKind.GITEA, "https://example.org/group/a/compare/main...v1.1.0"),
        (
            ForgeKind.GITLAB,
            "https://example.org/group/a/-/merge_requests/new"
            "?merge_request%5Bsource_branch%5D=v1.1.0&merge_request%5Btarget_branch%5D=main",
        ),
    ],
)
def test_people_are_told_where_to_open_it_when_the_forge_does_not_let_us_in(
    kit: FakeReleases, kind: ForgeKind, page: str
) -> None:
    forge = kit.forges.known = FakeForge(kind)
    forge.fail("pull_requests", not_let_in())

    record = propose(kit)

    assert record.stage is ReleaseStage.DONE
    assert record.proposal is not None
    assert record.proposal.number is None
    assert "It wants a token." in record.proposal.note
    assert f"Open it yourself at {page}, titled 'Release of" in record.proposal.note
    assert propose(kit).proposal == replace(PROPOSAL, number=1, url=forge.requests[0].url)


def test_pull_request_that_is_known_is_told_when_the_forge_does_not_let_us_in_any_more(
    kit: FakeReleases,
) -> None:
    first = propose(kit)
    kit.forge.fail("pull_request", not_let_in())

    assert propose(kit) == first


def test_people_are_told_when_there_is_no_forge(kit: FakeReleases) -> None:
    kit.forges.known = None

    record = propose(kit)

    assert record.stage is ReleaseStage.DONE
    assert record.proposal is not None
    assert "Open it yourself from 'v1.1.0' to 'main'" in record.proposal.note
    assert kit.git.remote == REFS


def test_people_are_told_when_nothing_speaks_to_forges(kit: FakeReleases) -> None:
    kit.forges.error = ToolMissingError(ErrorCode.RELEASE_NO_GIT, "Install it.")

    record = propose(kit)

    assert record.proposal is not None
    assert "Install it." in record.proposal.note


def test_undo_closes_the_pull_request_and_deletes_the_branch(kit: FakeReleases) -> None:
    propose(kit)

    undone = kit.undo()

    assert (undone.record.stage, undone.left) == (ReleaseStage.UNDONE, ())
    assert kit.forge.requests[0].state is PullRequestState.CLOSED
    assert kit.git.remote == {"refs/heads/main": "c0"}
    assert kit.is_as_before()


def test_undo_leaves_a_branch_that_has_other_commits(kit: FakeReleases) -> None:
    propose(kit)
    assert kit.git.remote is not None
    kit.git.remote["refs/heads/v1.1.0"] = "x"

    undone = kit.undo()

    assert undone.left == ("Branch 'v1.1.0' on 'origin' stays, as it has other commits.",)
    assert kit.forge.requests[0].state is PullRequestState.CLOSED
    assert kit.git.remote["refs/heads/v1.1.0"] == "x"


def test_undo_has_nothing_to_do_when_the_branch_and_the_pull_request_are_gone(
    kit: FakeReleases,
) -> None:
    propose(kit)
    assert kit.git.remote is not None
    del kit.git.remote["refs/heads/v1.1.0"]
    kit.forge.requests.clear()

    assert kit.undo().left == ()


def test_undo_leaves_what_people_closed(kit: FakeReleases) -> None:
    propose(kit)
    kit.forge.settle(1, PullRequestState.CLOSED)
    kit.forge.fail("close_pull_request", forge_down())

    assert kit.undo().left == ()
    assert kit.git.remote == {"refs/heads/main": "c0"}


def test_undo_is_refused_when_it_was_merged(kit: FakeReleases) -> None:
    propose(kit)
    kit.forge.settle(1, PullRequestState.MERGED)

    with pytest.raises(RefusedError) as caught:
        kit.undo()

    assert caught.value.code is ErrorCode.RELEASE_IS_OUT
    assert kit.git.remote == REFS
    assert kit.status().can_undo


def test_undo_is_refused_when_people_merged_what_they_opened(kit: FakeReleases) -> None:
    kit.forges.known = None
    record = propose(kit)
    assert kit.git.remote is not None
    kit.git.remote["refs/heads/main"] = record.commit or ""
    kit.git.ancestors.add((record.commit, record.commit))

    with pytest.raises(RefusedError) as caught:
        kit.undo()

    assert caught.value.code is ErrorCode.RELEASE_IS_OUT


def test_undo_takes_the_branch_back_when_no_forge_is_known(kit: FakeReleases) -> None:
    kit.forges.known = None
    propose(kit)

    assert kit.undo().left == ()
    assert kit.git.remote == {"refs/heads/main": "c0"}


def test_undo_is_refused_when_the_forge_does_not_let_us_in(kit: FakeReleases) -> None:
    propose(kit)
    kit.forge.fail("pull_request", not_let_in())

    with pytest.raises(RefusedError):
        kit.undo()

    assert kit.git.remote == REFS
    assert kit.status().can_undo


def test_undo_is_refused_when_the_remote_cannot_be_asked(kit: FakeReleases) -> None:
    propose(kit)
    kit.git.fail("remote_refs", unreachable())

    with pytest.raises(OutsideFailedError) as caught:
        kit.undo()

    assert "Nothing was undone." in caught.value.message
    assert kit.forge.requests[0].state is PullRequestState.OPEN


def test_undo_has_nothing_to_do_when_nothing_is_out(kit: FakeReleases) -> None:
    propose(kit)
    kit.stop_at(ReleaseStage.COMMITTED)

    undone = kit.undo()

    assert (undone.record.stage, undone.left) == (ReleaseStage.UNDONE, ())


def test_undo_is_cancelled(kit: FakeReleases) -> None:
    propose(kit)
    kit.cancel.cancel()

    with pytest.raises(CancelledError):
        kit.undo()


def test_status_is_that_of_the_pull_request(kit: FakeReleases) -> None:
    propose(kit)
    assert kit.git.remote is not None

    proposed = kit.status()
    presumed = kit.status(is_remote_asked=False)
    kit.forge.settle(1, PullRequestState.MERGED)
    del kit.git.remote["refs/heads/v1.1.0"]
    merged = kit.status()
    kit.git.remote["refs/tags/v1.1.0"] = "t1"
    tagged = kit.status()

    assert proposed.pull_request is not None
    assert proposed.pull_request.state is PullRequestState.OPEN
    assert (proposed.published, proposed.can_resume, proposed.can_undo) == (
        Publication.COMMIT,
        False,
        True,
    )
    assert (presumed.published, presumed.pull_request) == (Publication.COMMIT, None)
    assert (merged.published, tagged.published) == (Publication.COMMIT, Publication.ALL)


def test_status_says_what_cannot_be_known(kit: FakeReleases) -> None:
    propose(kit)
    kit.git.fail("remote_refs", unreachable())
    kit.forge.fail("pull_request", forge_down())
    unknown = kit.status()
    kit.stop_at(ReleaseStage.PUSHING)
    pushing = kit.status(is_remote_asked=False)
    kit.stop_at(ReleaseStage.BEGUN)
    begun = kit.status(is_remote_asked=False)

    assert (unknown.published, unknown.pull_request) == (Publication.UNKNOWN, None)
    assert (pushing.published, begun.published) == (Publication.UNKNOWN, Publication.NOTHING)


def test_status_is_nothing_when_branch_and_pull_request_are_gone(kit: FakeReleases) -> None:
    propose(kit)
    kit.git.remote = {"refs/heads/main": "c0"}
    kit.forge.fail("pull_request", NotFoundError(ErrorCode.RELEASE_NONE, "Gone."))

    assert kit.status().published is Publication.NOTHING


@pytest.mark.parametrize("method", ["pull_request", "remote_refs"])
def test_status_is_cancelled(kit: FakeReleases, method: str) -> None:
    propose(kit)
    source = kit.forge if method == "pull_request" else kit.git
    source.fail(method, CancelledError())

    with pytest.raises(CancelledError):
        kit.status()
