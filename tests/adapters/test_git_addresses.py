"""Addresses of remotes with a login in them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.git_addresses import login_settings
from aidevsecops_ext.adapters.git_program import GitCall, GitProgram
from tests.fakes.cancel import FakeCancelToken
from tests.kits.git_repo import make_repo


@pytest.mark.parametrize(
    "url",
    [
        "https://git.example/team/app.git",
        "https://jo@git.example/team/app.git",
        "git@git.example:team/app.git",
        "ssh://git@git.example/team/app.git",
        "/srv/app.git",
    ],
)
def test_address_without_a_password_needs_no_settings(url: str) -> None:
    assert login_settings(url) == ()


def test_git_asks_an_address_without_the_login_that_is_in_it(tmp_path: Path) -> None:
    url = "http://jo:p%40ss@127.0.0.1:9/team/app.git"
    repo = make_repo(tmp_path, {"a.txt": "1\n"})
    repo.git("remote", "add", "origin", url)
    git, nobody = GitProgram(tmp_path), FakeCancelToken()
    settings = login_settings(url)

    found = {}
    for words in (("get-url",), ("get-url", "--push")):
        call = GitCall(("remote", *words, "origin"), 20, settings=settings, is_raw=True)
        found[words[-1]] = git.run(call, nobody).stdout.strip()
    asked = GitCall(
        ("config", "--get-urlmatch", "http.extraHeader", "http://127.0.0.1:9/team/app.git"),
        20,
        settings=settings,
        is_raw=True,
    )
    header = git.run(asked, nobody).stdout.strip()

    assert set(found.values()) == {"http://127.0.0.1:9/team/app.git"}
    kind, login = header.removeprefix("Authorization: ").split(" ")
    assert (kind, base64.b64decode(login)) == ("Basic", b"jo:p@ss")
    assert repo.git("remote", "get-url", "origin").strip() == url
