"""The same questions to each kind of forge, on this machine."""

from __future__ import annotations

import base64
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from aidevsecops_ext.app.forge_ports import Forge, NewIssue, NewPullRequest, NewRelease
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
)
from aidevsecops_ext.domain.forge import BuildState, ForgeRelease, PullRequestState
from tests.fakes.cancel import FakeCancelToken
from tests.kits.forge_contract import faults_of, is_described, is_published
from tests.kits.forge_github import GITHUB
from tests.kits.forge_server import Asked, Dialect, FakeForge, Reply
from tests.kits.forge_state import TOKEN, HeldBuild
from tests.kits.forges import DIALECTS, client_of, serve_app

NEW_RELEASE = NewRelease("v1.0.0", "v1.0.0", "### Added\n\n- Umlauts: ä\n")


@pytest.fixture(params=DIALECTS, ids=lambda dialect: dialect.kind.value)
def served(request: pytest.FixtureRequest, tmp_path: Path, app: Path) -> Iterator[FakeForge]:
    dialect: Dialect = request.param
    with serve_app(dialect, tmp_path, app) as forge:
        yield forge
    if is_described(dialect.kind):
        assert faults_of(dialect.kind, forge.exchanges) == []


@pytest.fixture
def forge(served: FakeForge) -> Forge:
    return client_of(served)


@pytest.fixture
def cancel() -> FakeCancelToken:
    return FakeCancelToken()


def test_descriptions_hold_what_is_exchanged() -> None:
    kinds = [one.kind for one in DIALECTS if is_published(one.kind)]
    missing = [kind.value for kind in kinds if not is_described(kind)]
    if missing:
        # The other tests hold the exchanges against those alone that the environment names.
        pytest.skip(f"not held against the descriptions of {', '.join(missing)}")


def test_account_and_branch_are_told(forge: Forge, cancel: FakeCancelToken) -> None:
    assert forge.has_credentials(cancel)
    assert forge.user(cancel) == "jo"
    assert forge.default_branch(cancel) == "main"
    assert forge.can_push(cancel)


def test_what_a_credential_helper_gives_lets_in_and_is_in_no_log(
    served: FakeForge, cancel: FakeCancelToken, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    assert client_of(served, user="jo").user(cancel) == "jo"

    assert TOKEN not in caplog.text
    assert base64.b64encode(f"jo:{TOKEN}".encode()).decode() not in caplog.text


def test_one_who_may_only_read_cannot_push(served: FakeForge, cancel: FakeCancelToken) -> None:
    assert not client_of(served, "token-of-ada").can_push(cancel)
    nobody = client_of(served, None)
    assert not nobody.has_credentials(cancel)
    assert not nobody.can_push(cancel)


def test_token_of_a_job_is_that_of_no_account(
    tmp_path: Path, app: Path, cancel: FakeCancelToken
) -> None:
    with serve_app(GITHUB, tmp_path, app) as forge:
        # GitHub says nothing of what such a token may do, or that it may do nothing.
        forge.state.tokens["ghs_of-a-job"] = "github-actions[bot]"

        assert client_of(forge, "ghs_of-a-job").can_push(cancel)


def test_writers_are_known(forge: Forge, cancel: FakeCancelToken) -> None:
    assert forge.can_write("jo", cancel)
    assert not forge.can_write("ada", cancel)
    assert not forge.can_write("nobody-at-all", cancel)


def test_release_is_made_found_and_deleted(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    assert forge.release("v1.0.0", cancel) is None

    made = forge.create_release(NEW_RELEASE, cancel)

    assert (made.tag, made.name, made.notes) == ("v1.0.0", "v1.0.0", NEW_RELEASE.notes)
    assert made.url.startswith(f"{served.place.web_url}/")
    assert made.url.endswith("v1.0.0")
    assert forge.release("v1.0.0", cancel) == made
    assert forge.releases(5, cancel) == (made,)
    assert not served.state.releases[0].is_prerelease
    forge.delete_release("v1.0.0", cancel)
    assert forge.release("v1.0.0", cancel) is None
    assert served.state.has("refs/tags/v1.0.0")


def test_prereleases_are_marked(served: FakeForge, forge: Forge, cancel: FakeCancelToken) -> None:
    forge.create_release(NewRelease("v1.0.0", "v1.0.0", "", is_prerelease=True), cancel)

    # GitLab has no such mark.
    assert served.state.releases[0].is_prerelease is (served.dialect.kind.value != "gitlab")


def test_release_that_is_there_is_a_conflict(forge: Forge, cancel: FakeCancelToken) -> None:
    forge.create_release(NEW_RELEASE, cancel)

    with pytest.raises(ConflictError) as caught:
        forge.create_release(NEW_RELEASE, cancel)

    assert caught.value.code is ErrorCode.FORGE_TAKEN


def test_newest_releases_come_first(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    for number in range(3):
        served.state.add_release(f"v0.{number}.0", f"Name {number}", "")

    found = forge.releases(2, cancel)

    assert [one.tag for one in found] == ["v0.2.0", "v0.1.0"]
    assert isinstance(found[0], ForgeRelease)
    assert (found[0].name, found[0].notes) == ("Name 2", "")


def test_release_that_is_not_there_cannot_be_deleted(forge: Forge, cancel: FakeCancelToken) -> None:
    with pytest.raises(NotFoundError) as caught:
        forge.delete_release("v9.9.9", cancel)

    assert caught.value.code is ErrorCode.FORGE_NOT_FOUND


def test_issue_is_opened_answered_and_closed(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    new = NewIssue("New patch release", "Hey, bot!", ("bot", "new kind"), ("jo", "nobody-at-all"))

    made = forge.create_issue(new, cancel)

    assert (made.title, made.body, made.author) == ("New patch release", "Hey, bot!", "jo")
    assert sorted(made.labels) == ["bot", "new kind"]
    assert made.assignees == ("jo",)
    assert made.is_open
    assert made.created_at > 1_790_000_000
    assert made.url.startswith(served.place.web_url)
    assert forge.open_issues(cancel) == (made,)
    answer = forge.comment(made.number, "It is on its way.", cancel)
    assert (answer.author, answer.body) == ("jo", "It is on its way.")
    assert answer.url.startswith(served.place.web_url)
    forge.close_issue(made.number, cancel)
    assert not forge.issue(made.number, cancel).is_open
    assert forge.open_issues(cancel) == ()
    assert forge.comments(made.number, cancel) == (answer,)


def test_issues_come_oldest_first_from_all_pages_without_pull_requests(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    for number in range(120):
        served.state.add_issue(f"Issue {number}")
    served.state.add_pull_request("Not an issue", "v1.1.0")
    served.state.issues[3].is_open = False

    found = forge.open_issues(cancel)

    assert [one.title for one in found] == [f"Issue {n}" for n in range(120) if n != 3]
    assert found[0].body == ""


def test_answers_come_oldest_first_and_are_those_of_people(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    issue = served.state.add_issue("Kebechet info")
    served.state.comment(issue, "ada", "assigned to @jo", is_system=True)
    for number in range(110):
        served.state.comment(issue, "ada", f"Answer {number}")

    found = forge.comments(issue.number, cancel)

    expected = [f"Answer {number}" for number in range(110)]
    if served.dialect.kind.value != "gitlab":
        expected = ["assigned to @jo", *expected]
    assert [one.body for one in found] == expected
    assert found[0].created_at < found[-1].created_at


def test_issue_that_is_not_there_is_not_found(forge: Forge, cancel: FakeCancelToken) -> None:
    for ask in (forge.issue, forge.comments, forge.close_issue):
        with pytest.raises(NotFoundError):
            ask(77, cancel)
    with pytest.raises(NotFoundError):
        forge.comment(77, "Hello?", cancel)


def test_pull_request_is_opened_and_merged(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    new = NewPullRequest("Release of version 1.1.0", "Changelog", "v1.1.0", "main", ("bot",))

    made = forge.create_pull_request(new, cancel)

    assert (made.title, made.body, made.author) == ("Release of version 1.1.0", "Changelog", "jo")
    assert (made.source_branch, made.target_branch) == ("v1.1.0", "main")
    assert (made.state, made.merge_commit) == (PullRequestState.OPEN, None)
    assert made.labels == ("bot",)
    assert made.url.startswith(served.place.web_url)
    assert forge.pull_request(made.number, cancel) == made
    commit = served.state.merge(made.number)
    merged = forge.pull_request(made.number, cancel)
    assert (merged.state, merged.merge_commit) == (PullRequestState.MERGED, commit)
    assert forge.pull_requests(cancel) == (merged,)


def test_pull_request_is_closed(served: FakeForge, forge: Forge, cancel: FakeCancelToken) -> None:
    made = forge.create_pull_request(NewPullRequest("T", "", "v1.1.0", "main"), cancel)

    forge.close_pull_request(made.number, cancel)

    closed = forge.pull_request(made.number, cancel)
    assert (closed.state, closed.merge_commit) == (PullRequestState.CLOSED, None)
    assert not served.state.pull_requests[0].is_open
    with pytest.raises(NotFoundError):
        forge.pull_request(99, cancel)
    with pytest.raises(NotFoundError):
        forge.close_pull_request(99, cancel)


def test_second_pull_request_of_a_branch_is_a_conflict(
    forge: Forge, cancel: FakeCancelToken
) -> None:
    new = NewPullRequest("T", "", "v1.1.0", "main")
    forge.create_pull_request(new, cancel)

    with pytest.raises(ConflictError) as caught:
        forge.create_pull_request(new, cancel)

    assert caught.value.code is ErrorCode.FORGE_TAKEN


def test_there_may_be_nothing(forge: Forge, cancel: FakeCancelToken) -> None:
    found = (forge.releases(10, cancel), forge.open_issues(cancel), forge.pull_requests(cancel))

    assert found == ((), (), ())


def test_newest_hundred_pull_requests_come_newest_first(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    for number in range(110):
        served.state.add_pull_request(f"Change {number}", "v1.1.0").is_open = number % 2 == 0

    found = forge.pull_requests(cancel)

    assert [one.title for one in found] == [f"Change {n}" for n in range(109, 9, -1)]


def test_builds_of_a_commit_are_told(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    commit = served.state.repo.git("rev-parse", "main")
    url = "https://ci.example.org/1"
    served.state.builds[commit] = [
        HeldBuild("lint", "passed", url),
        HeldBuild("image", "failed", url),
        HeldBuild("docs", "running", url),
        HeldBuild("test", "passed", url),
        HeldBuild("wheel", "failed", url),
        HeldBuild("deploy", "running", url),
    ]

    found = {build.name: build for build in forge.builds(commit, cancel)}

    states = {name: build.state for name, build in found.items()}
    assert states == {
        "lint": BuildState.PASSED,
        "image": BuildState.FAILED,
        "docs": BuildState.RUNNING,
        "test": BuildState.PASSED,
        "wheel": BuildState.FAILED,
        "deploy": BuildState.RUNNING,
    }
    assert found["image"].url == url


def test_commit_that_nothing_is_known_of_has_no_builds(
    served: FakeForge, forge: Forge, cancel: FakeCancelToken
) -> None:
    assert forge.builds(served.state.repo.git("rev-parse", "main"), cancel) == ()
    assert forge.builds("0" * 40, cancel) == ()


def test_wrong_token_is_refused_without_telling_it(
    served: FakeForge, cancel: FakeCancelToken
) -> None:
    with pytest.raises(RefusedError) as caught:
        client_of(served, "wrong-token-5678").release("v1.0.0", cancel)

    assert caught.value.code is ErrorCode.FORGE_NO_CREDENTIALS
    assert "wrong-token-5678" not in _all_of(caught.value)


def test_nobody_in_particular_may_read_and_not_write(
    served: FakeForge, cancel: FakeCancelToken
) -> None:
    nobody = client_of(served, None)

    assert nobody.default_branch(cancel) == "main"
    with pytest.raises(RefusedError) as caught:
        nobody.create_release(NEW_RELEASE, cancel)
    assert caught.value.code is ErrorCode.FORGE_NO_CREDENTIALS
    assert not any(
        {"Authorization", "PRIVATE-TOKEN"} & set(one.headers) for one in served.exchanges
    )


def test_one_who_may_only_read_makes_no_release(served: FakeForge, cancel: FakeCancelToken) -> None:
    with pytest.raises(RefusedError) as caught:
        client_of(served, "token-of-ada").create_release(NEW_RELEASE, cancel)

    assert caught.value.code is ErrorCode.FORGE_REFUSED


@pytest.mark.parametrize(
    ("reply", "kind", "code"),
    [
        (Reply(403, {"message": "x"}), RefusedError, ErrorCode.FORGE_REFUSED),
        (
            Reply(403, {"message": "API rate limit exceeded for user ID 1."}),
            OutsideFailedError,
            ErrorCode.FORGE_BUSY,
        ),
        (Reply(429, {"message": "slow down"}), OutsideFailedError, ErrorCode.FORGE_BUSY),
        (Reply(500, {"message": "boom"}), OutsideFailedError, ErrorCode.FORGE_FAILED),
        (Reply(503, "<html>Down</html>"), OutsideFailedError, ErrorCode.FORGE_FAILED),
        (Reply(200, "<html>Sign in</html>"), OutsideFailedError, ErrorCode.FORGE_FAILED),
        (Reply(200, [1, 2]), OutsideFailedError, ErrorCode.FORGE_FAILED),
    ],
)
def test_answers_that_are_none_are_told_as_such(
    served: FakeForge,
    cancel: FakeCancelToken,
    reply: Reply,
    kind: type[AidevsecopsError],
    code: ErrorCode,
) -> None:
    served.instead = lambda _asked: reply
    client = client_of(served)

    with pytest.raises(kind) as caught:
        client.default_branch(cancel)

    assert caught.value.code is code
    assert "<html>" not in _all_of(caught.value)
    assert TOKEN not in _all_of(caught.value)
    # Nobody waits for minutes, and nothing is done twice.
    assert len(served.exchanges) == 1
    served.exchanges.clear()


def test_forge_that_is_away_is_told(served: FakeForge, cancel: FakeCancelToken) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    served.url = f"http://127.0.0.1:{port}"

    with pytest.raises(OutsideFailedError) as caught:
        client_of(served).release("v1.0.0", cancel)

    assert caught.value.code is ErrorCode.FORGE_UNREACHABLE
    assert TOKEN not in _all_of(caught.value)


def test_forge_that_does_not_answer_is_given_up(served: FakeForge, cancel: FakeCancelToken) -> None:
    is_over = threading.Event()
    served.instead = lambda _asked: _wait(is_over)
    try:
        with pytest.raises(TimedOutError) as caught:
            client_of(served, timeout=1).release("v1.0.0", cancel)
    finally:
        is_over.set()

    assert caught.value.code is ErrorCode.FORGE_TIMED_OUT


def test_question_can_be_cancelled(served: FakeForge, cancel: FakeCancelToken) -> None:
    is_over = threading.Event()

    def stall(_asked: Asked) -> Reply | None:
        cancel.cancel()
        return _wait(is_over)

    served.instead = stall
    try:
        with pytest.raises(CancelledError):
            client_of(served).release("v1.0.0", cancel)
    finally:
        is_over.set()
        _join_questions()


def test_token_does_not_follow_to_another_host(
    served: FakeForge, cancel: FakeCancelToken, tmp_path: Path, app: Path
) -> None:
    with serve_app(served.dialect, tmp_path / "other", app) as other:
        # The same machine by another name.
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        root = served.dialect.root
        served.instead = lambda asked: Reply(
            302, {}, {"Location": f"{elsewhere}{root}{asked.path}"}
        )

        # Some clients go there without the token, others do not go.
        with suppress(OutsideFailedError, RefusedError):
            client_of(served).default_branch(cancel)

        assert not any(TOKEN in str(one.headers) for one in other.exchanges)
        served.exchanges.clear()


def _wait(is_over: threading.Event) -> Reply | None:
    is_over.wait(timeout=30)
    return None


def _join_questions() -> None:
    """Wait for questions that nobody waits for any more."""
    for thread in threading.enumerate():
        if thread.name == "aidevsecops-outside":
            thread.join(timeout=30)


def _all_of(error: AidevsecopsError) -> str:
    return f"{error.message} {error.hint} {error.details}"
