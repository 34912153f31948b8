"""Bots that are asked for something by an issue, and what came of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.ask_bot import AskRequest, ask_bot, plan_issue
from aidevsecops_ext.app.bot_ports import AskPorts
from aidevsecops_ext.app.follow_request import follow_request, known_requests, open_requests
from aidevsecops_ext.app.forge_ports import NewPullRequest
from aidevsecops_ext.domain.bot_requests import request_named
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.forge import Build, BuildState, PullRequestState
from tests.kits.release_plans import FakeReleases

FOLDER = ".github/ISSUE_TEMPLATE"
TEMPLATE = "---\ntitle: new minor release\nlabels: bot, urgent\n---\nHey!\n"
DELIVERY = "---\ntitle: Deliver Container Image\n---\nHello.\n\nTag: x.y.z\n"


class Kit(FakeReleases):
    """A repository with templates, on a forge."""

    def __init__(self) -> None:
        super().__init__()
        self.files.texts |= {
            f"{FOLDER}/a.md": "no template",
            f"{FOLDER}/minor.md": TEMPLATE,
            f"{FOLDER}/deliver.md": DELIVERY,
        }
        self.git.add("Templates")
        self.asking = AskPorts(self.files, self.git, self.forges)

    def ask(self, name: str, tag: str = "") -> int:
        planned = plan_issue(AskRequest(request_named(name), tag), self.asking, self.cancel)
        return ask_bot(planned, self.asking, self.cancel).number


@pytest.fixture
def kit() -> Kit:
    return Kit()


def test_issue_is_that_of_the_template_with_the_exact_title(kit: Kit) -> None:
    kit.ask("minor")

    (issue,) = kit.forge.issues
    assert (issue.title, issue.body) == ("New minor release", "Hey!")
    assert (issue.labels, issue.assignees) == (("bot", "urgent"), ())


def test_issue_is_the_usual_one_when_there_is_no_template(kit: Kit) -> None:
    kit.ask("info")

    (issue,) = kit.forge.issues
    assert (issue.title, issue.labels, issue.assignees) == (
        "Kebechet info",
        ("bot",),
        ("sesheta",),
    )


def test_issue_that_is_open_is_not_opened_again(kit: Kit) -> None:
    first = kit.ask("minor")

    assert kit.ask("minor") == first
    kit.forge.close_issue(first, kit.cancel)
    assert kit.ask("minor") == first + 1


def test_delivery_has_the_tag_in_its_line(kit: Kit) -> None:
    kit.ask("deliver-image", "v1.4.0")
    kit.ask("deliver-image", "v1.5.0")
    kit.ask("deliver-image", "v1.5.0")

    assert [issue.body for issue in kit.forge.issues] == [
        "Hello.\n\nTag: v1.4.0",
        "Hello.\n\nTag: v1.5.0",
    ]


def test_delivery_is_the_usual_one_when_the_template_says_too_much(kit: Kit) -> None:
    kit.files.texts[f"{FOLDER}/deliver.md"] = DELIVERY.replace("Hello.", "See: the docs")

    kit.ask("deliver-image", "v1.4.0")

    assert kit.forge.issues[0].body.startswith("Hey, AICoE-CI!")
    assert kit.forge.issues[0].body.endswith("\nTag: v1.4.0")


@pytest.mark.parametrize(("name", "tag"), [("deliver-image", ""), ("minor", "v1.4.0")])
def test_tag_is_refused_where_it_is_missing_or_not_wanted(kit: Kit, name: str, tag: str) -> None:
    with pytest.raises(UserError) as caught:
        kit.ask(name, tag)

    assert caught.value.code is ErrorCode.BOT_TAG_INVALID
    assert kit.forge.issues == []


def test_nobody_is_asked_where_there_is_no_forge(kit: Kit) -> None:
    kit.forges.known = None

    with pytest.raises(RefusedError) as caught:
        kit.ask("minor")

    assert caught.value.code is ErrorCode.RELEASE_NO_FORGE


def test_template_that_cannot_be_read_is_none(kit: Kit) -> None:
    del kit.files.texts[f"{FOLDER}/a.md"]

    kit.ask("minor")

    assert kit.forge.issues[0].body == "Hey!"


def test_request_is_followed_to_its_tag(kit: Kit) -> None:
    number = kit.ask("minor")
    asked = follow_request(number, kit.asking, kit.cancel)
    kit.forge.comment(number, "On it.", kit.cancel)
    for body in (f"Closes: #{number}9", f"Closes: #{number}", "Nothing"):
        new = NewPullRequest("Release of version 1.1.0", body, "v1.1.0", "main")
        kit.forge.create_pull_request(new, kit.cancel)
    proposed = follow_request(number, kit.asking, kit.cancel)
    kit.forge.settle(3, PullRequestState.MERGED, "c9")
    kit.forge.build_list = [Build("ci", BuildState.PASSED)]
    merged = follow_request(number, kit.asking, kit.cancel)
    assert kit.git.remote is not None
    kit.git.remote["refs/tags/v1.1.0"] = "t1"
    tagged = follow_request(number, kit.asking, kit.cancel)

    assert (asked.comments, asked.pull_request) == ((), None)
    assert [comment.body for comment in proposed.comments] == ["On it."]
    assert proposed.pull_request is not None
    assert (proposed.pull_request.number, proposed.tag, proposed.builds) == (3, "", ())
    assert (merged.tag, merged.builds) == ("", (Build("ci", BuildState.PASSED),))
    assert tagged.tag == "v1.1.0"


def test_request_is_followed_to_what_is_no_release(kit: Kit) -> None:
    number = kit.ask("update")
    new = NewPullRequest("Automatic update", f"Fixes #{number}", "b", "main")
    opened = kit.forge.create_pull_request(new, kit.cancel)
    kit.forge.settle(opened.number, PullRequestState.MERGED)

    found = follow_request(number, kit.asking, kit.cancel)

    assert found.pull_request is not None
    assert (found.tag, found.builds) == ("", ())


def test_request_that_is_not_there_cannot_be_followed(kit: Kit) -> None:
    with pytest.raises(NotFoundError):
        follow_request(7, kit.asking, kit.cancel)


def test_requests_are_the_open_issues_that_ask_a_bot(kit: Kit) -> None:
    kit.forge.ask("Kebechet update")
    kit.forge.ask("It does not work")

    assert [issue.number for issue in open_requests(kit.asking, kit.cancel)] == [1]
    assert [issue.number for issue in known_requests(kit.asking, kit.cancel)] == [1]


def test_requests_are_not_known_where_nobody_can_be_asked(kit: Kit) -> None:
    kit.forge.ask("Kebechet update")
    down = OutsideFailedError(ErrorCode.RELEASE_NO_GIT, "Down.")

    kit.forge.fail("open_issues", down, CancelledError())
    assert known_requests(kit.asking, kit.cancel) == ()
    with pytest.raises(CancelledError):
        known_requests(kit.asking, kit.cancel)
    kit.forge.is_let_in = False
    assert known_requests(kit.asking, kit.cancel) == ()
    kit.git.base = replace(kit.git.base, remote=None)
    assert known_requests(kit.asking, kit.cancel) == ()
