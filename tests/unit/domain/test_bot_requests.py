"""What bots are asked for, and how it is called."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.bot_requests import (
    BotRequest,
    Wish,
    request_named,
    request_titled,
)
from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.versions import ReleaseKind

TITLES = {
    "major": "New major release",
    "minor": "New minor release",
    "patch": "New patch release",
    "calver": "New calendar release",
    "prerelease": "New pre-release",
    "build": "New build release",
    "finalize": "Finalize version",
    "1.4.0": "1.4.0 release",
    "update": "Kebechet update",
    "info": "Kebechet info",
    "advise": "Kebechet Advise",
    "deliver-image": "Deliver Container Image",
    "deliver-module": "Deliver Missing Module",
}


@pytest.mark.parametrize(("name", "title"), TITLES.items())
def test_request_has_the_title_that_bots_act_on(name: str, title: str) -> None:
    request = request_named(name)

    assert request.title == title
    assert request_titled(title) == request_titled(title.upper()) == request


@pytest.mark.parametrize(
    "title",
    [
        "New minor release ",
        " New minor release",
        "New  minor release",
        "New minor release!",
        "Major release",
        "1.4 release",
        "1.4.0  release",
        "1.4.0 release please",
        "$(id) release",
        "1.4.0\nrelease",
        "",
    ],
)
def test_other_titles_ask_for_nothing(title: str) -> None:
    assert request_titled(title) is None


def test_version_may_have_a_letter() -> None:
    assert request_titled("v1.4.0 release") == BotRequest(
        Wish.RELEASE, ReleaseKind.EXPLICIT, "1.4.0"
    )
    assert request_named("v1.4.0").title == "1.4.0 release"


@pytest.mark.parametrize("name", ["auto", "release", "1.4", "Minor"])
def test_name_that_is_no_request_is_refused(name: str) -> None:
    with pytest.raises(UserError) as caught:
        request_named(name)

    assert caught.value.code is ErrorCode.BOT_REQUEST_UNKNOWN
