from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.forge import ForgeKind, ForgePlace
from aidevsecops_ext.formats.forge_address import (
    PUBLIC_FORGES,
    KnownForge,
    known_forge,
    read_place,
    web_address,
)
from aidevsecops_ext.formats.forge_settings import forge_kind_of

GITHUB, GITLAB, GITEA = ForgeKind.GITHUB, ForgeKind.GITLAB, ForgeKind.GITEA
OWN = (
    KnownForge("https://git.example.org", GITEA),
    KnownForge("https://code.example.org:8443", GITLAB),
    KnownForge("https://example.org/forge", GITEA),
    KnownForge("http://localhost:3000", GITEA),
    KnownForge("https://[::1]:3000", GITEA),
)


@pytest.mark.parametrize(
    ("url", "kind", "place"),
    [
        ("https://github.com/team/app", GITHUB, "https://github.com/team/app"),
        ("https://github.com/team/app.git", GITHUB, "https://github.com/team/app"),
        ("https://www.github.com/team/app/", GITHUB, "https://github.com/team/app"),
        ("https://jo:secret@GitHub.com:443/team/app", GITHUB, "https://github.com/team/app"),
        ("git@github.com:team/app.git", GITHUB, "https://github.com/team/app"),
        ("github.com:team/app.git", GITHUB, "https://github.com/team/app"),
        ("ssh://git@github.com/team/app.git", GITHUB, "https://github.com/team/app"),
        ("ssh://git@ssh.github.com:443/team/app.git", GITHUB, "https://github.com/team/app"),
        ("git://github.com/team/app.git", GITHUB, "https://github.com/team/app"),
        ("git@gitlab.com:a/b/c/d.git", GITLAB, "https://gitlab.com/a/b/c/d"),
        ("https://gitlab.com/a/b.c", GITLAB, "https://gitlab.com/a/b.c"),
        ("https://codeberg.org/a/b", GITEA, "https://codeberg.org/a/b"),
        ("https://git.example.org/a/b", GITEA, "https://git.example.org/a/b"),
        ("ssh://git@git.example.org:2222/a/b", GITEA, "https://git.example.org/a/b"),
        ("https://code.example.org:8443/a/b", GITLAB, "https://code.example.org:8443/a/b"),
        ("git@code.example.org:a/b", GITLAB, "https://code.example.org:8443/a/b"),
        ("https://example.org/forge/a/b.git", GITEA, "https://example.org/forge/a/b"),
        ("git@example.org:a/b.git", GITEA, "https://example.org/forge/a/b"),
        ("http://localhost:3000/a/b.git", GITEA, "http://localhost:3000/a/b"),
        ("https://[::1]:3000/a/b.git", GITEA, "https://[::1]:3000/a/b"),
        ("git@[::1]:a/b.git", GITEA, "https://[::1]:3000/a/b"),
    ],
)
def test_repository_is_found_on_a_known_forge(url: str, kind: ForgeKind, place: str) -> None:
    found = read_place(url, (*OWN, *PUBLIC_FORGES))

    assert found is not None
    assert (found.kind, found.web_url) == (kind, place)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/home/jo/app",
        "../app.git",
        "file:///srv/app.git",
        "C:/work/app",
        "https://unknown.example.org/a/b",
        "git@unknown.example.org:a/b",
        "http://github.com/team/app",
        "http://localhost/a/b",
        "https://code.example.org/a/b",
        "https://example.org/a/b",
        "https://github.com/team",
        "https://github.com/team/app/tree",
        "https://github.com/../app",
        "https://github.com/team/%2e%2e",
        "https://github.com/te am/app",
        "https://github.com:x/team/app",
        "https://[::1/team/app",
        "https:///team/app",
        "s3://github.com/team/app",
        "https://github.com.evil.example/team/app",
        "https://github.com@evil.example/team/app",
    ],
)
def test_other_remotes_are_on_no_known_forge(url: str) -> None:
    assert read_place(url, (*OWN, *PUBLIC_FORGES)) is None


def test_kind_that_is_said_counts_for_hosts_that_are_not_known() -> None:
    url = "https://unknown.example.org:8443/a/b"

    assert read_place(url, (), GITEA) == ForgePlace(
        GITEA, "https://unknown.example.org:8443", "a/b"
    )
    found = read_place("ssh://git@unknown.example.org:2222/a/b/c", (), GITLAB)
    assert found == ForgePlace(GITLAB, "https://unknown.example.org", "a/b/c")
    assert read_place("http://unknown.example.org/a/b", (), GITEA) is None
    assert read_place("/srv/app.git", (), GITEA) is None


def test_settings_name_forges() -> None:
    assert known_forge("git.example.org=gitea") == KnownForge("https://git.example.org", GITEA)
    assert known_forge("HTTP://LocalHost:3000/x/ = GitLab") == KnownForge(
        "http://localhost:3000/x", GITLAB
    )


@pytest.mark.parametrize("text", ["", "gitea", "a=pagure", "ftp://a=gitea", "=gitea", "a:x=gitea"])
def test_settings_that_name_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        known_forge(text)


def test_hosts_are_addresses() -> None:
    assert web_address(" git.example.org ") == "https://git.example.org"
    assert web_address("https://git.example.org:443/") == "https://git.example.org"


def test_repository_says_what_runs_on_its_host() -> None:
    assert forge_kind_of('[forge]\nkind = "gitea"', "x.toml") is GITEA
    assert forge_kind_of("", "x.toml") is None


@pytest.mark.parametrize(
    "text",
    ['[forge]\nkind = "pagure"', '[forge]\nurl = "https://evil.example"', "forge = 1", "[forge"],
)
def test_repository_says_nothing_else_of_its_forge(text: str) -> None:
    with pytest.raises(UserError) as caught:
        forge_kind_of(text, "x.toml")

    assert caught.value.code is ErrorCode.FORGE_SETTINGS_INVALID
