"""Issues from templates, and the usual ones."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.bot_issues import IssueText
from aidevsecops_ext.domain.bot_requests import request_named
from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.formats.issue_template import (
    is_issue_template,
    read_issue_template,
    usual_issue,
    with_tag,
)

DELIVERY = "Hey, AICoE-CI!\n\nPlease build and deliver the following git tag:\n\nTag: x.y.z"


def test_template_says_title_labels_assignees_and_body() -> None:
    text = (
        "---\nname: Minor release\ntitle: New minor release\nassignees: 'sesheta'\n"
        "labels: bot, priority/critical-urgent\n---\n\nHey, Kebechet!\n\nCreate one, please.\n"
    )

    expected = IssueText(
        "New minor release",
        "Hey, Kebechet!\n\nCreate one, please.",
        ("bot", "priority/critical-urgent"),
        ("sesheta",),
    )
    assert read_issue_template(text) == expected
    assert read_issue_template(text.replace("\n", "\r\n")) == expected


def test_template_may_have_lists_and_no_labels() -> None:
    listed = read_issue_template("---\ntitle: T\nlabels: [a, ' b ', [c]]\n---\n")
    bare = read_issue_template("---\ntitle: T\nlabels: {a: b}\n---")

    assert listed == IssueText("T", "", ("a", "b"))
    assert bare == IssueText("T", "")


@pytest.mark.parametrize(
    "text", ["", "# Title\n", "---\n: [\n---\n", "---\nname: x\n---\n", "---\ntitle: ''\n---\n"]
)
def test_other_texts_are_no_templates(text: str) -> None:
    assert read_issue_template(text) is None


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        (".github/ISSUE_TEMPLATE/minor-release.md", True),
        (".gitea/issue_template/x.md", True),
        (".github/ISSUE_TEMPLATE/config.yml", False),
        ("docs/.github/ISSUE_TEMPLATE/x.md", False),
    ],
)
def test_templates_are_found_by_their_place(path: str, is_one: bool) -> None:
    assert is_issue_template(path) is is_one


@pytest.mark.parametrize(
    ("name", "assignees", "last"),
    [
        ("minor", ("sesheta",), "Create a new minor release, please."),
        ("prerelease", ("sesheta",), "Create a new pre-release, please."),
        ("finalize", ("sesheta",), "Finalize the version, please."),
        ("1.4.0", ("sesheta",), "Release version 1.4.0, please."),
        ("update", (), "Update my dependencies, please."),
        ("advise", (), "Update my dependencies, please."),
        ("info", ("sesheta",), "Give me information about my dependencies, please."),
        ("deliver-image", ("sesheta",), "Tag: x.y.z"),
    ],
)
def test_usual_issue_is_that_of_the_tutorials(
    name: str, assignees: tuple[str, ...], last: str
) -> None:
    issue = usual_issue(request_named(name))

    assert issue.title == request_named(name).title
    assert (issue.labels, issue.assignees) == (("bot",), assignees)
    assert issue.body.splitlines()[-1] == last


def test_tag_stands_in_its_line_alone() -> None:
    assert with_tag(DELIVERY, "v1.4.0") == DELIVERY.replace("x.y.z", "v1.4.0")


@pytest.mark.parametrize(
    "body", ["No line", "Tag: a\nTag: b", "Tag: x\nSee: the docs", "Tag: x\nhttps://example.org"]
)
def test_template_that_would_say_more_than_the_tag_is_not_used(body: str) -> None:
    assert with_tag(body, "v1.4.0") is None


@pytest.mark.parametrize("tag", ["", "a b", "v1:2", "v1\nTag: x", "-v", "../x"])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(UserError) as caught:
        with_tag(DELIVERY, tag)

    assert caught.value.code is ErrorCode.BOT_TAG_INVALID
