"""Addresses of remotes."""

from __future__ import annotations

import pytest

from aidevsecops_ext.formats.remote_address import (
    address_login,
    address_secrets,
    shown_address,
)


@pytest.mark.parametrize(
    ("url", "shown", "secrets"),
    [
        ("https://example.org/a.git", "https://example.org/a.git", set()),
        ("https://jo:p%40ss1@example.org/a", "https://example.org/a", {"p%40ss1", "p@ss1"}),
        ("https://ghp_token@example.org/a", "https://example.org/a", {"ghp_token"}),
        ("HTTP://jo:abc@example.org/a?x=1#y", "HTTP://example.org/a", set()),
        ("https://a:b@ss:word@example.org/a@b", "https://example.org/a@b", {"b@ss:word"}),
        ("ssh://git@example.org:22/a", "ssh://git@example.org:22/a", set()),
        ("ssh://deploy:hunter22@example.org/a", "ssh://deploy@example.org/a", {"hunter22"}),
        ("git://example.org/a", "git://example.org/a", set()),
        ("git@example.org:team/a.git", "git@example.org:team/a.git", set()),
        ("/srv/a@b.git", "/srv/a@b.git", set()),
        ("file:///srv/a.git", "file:///srv/a.git", set()),
        ("http://[broken", "http://[broken", set()),
    ],
)
def test_address_is_shown_without_what_is_secret(url: str, shown: str, secrets: set[str]) -> None:
    assert shown_address(url) == shown
    assert address_secrets(url) == secrets


@pytest.mark.parametrize(
    ("url", "login"),
    [
        ("https://jo%40x:p%40ss1@example.org/a", ("jo@x", "p@ss1")),
        ("https://jo@example.org/a", ("", "")),
        ("https://example.org/a", ("", "")),
        ("ssh://jo:secret@example.org/a", ("", "")),
        ("git@example.org:a", ("", "")),
    ],
)
def test_login_is_that_of_a_web_address(url: str, login: tuple[str, str]) -> None:
    assert address_login(url) == login
