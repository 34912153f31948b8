from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.formats.redaction import redact, secrets_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing here", "nothing here"),
        ("mail a@b.example", "mail a@b.example"),
        ("get https://index.example/simple", "get https://index.example/simple"),
        ("get https://me:pw@index.example/simple", "get https://***@index.example/simple"),
        ("get https://token@index.example/simple", "get https://***@index.example/simple"),
        ("ssh://git@host.example/x", "ssh://git@host.example/x"),
        ("ssh://git:pw@host.example/x", "ssh://git:***@host.example/x"),
        (
            "'https://a:b@x.example' 'https://c:d@y.example'",
            "'https://***@x.example' 'https://***@y.example'",
        ),
    ],
)
def test_redact_masks_only_credentials(text: str, expected: str) -> None:
    assert redact(text) == expected


def test_redact_masks_known_secrets_when_one_holds_another() -> None:
    text = redact("key hunter22-long and hunter22", {"hunter22", "hunter22-long"})

    assert text == "key *** and ***"


def test_secrets_in_finds_passwords_and_tokens() -> None:
    found = secrets_in(
        [
            "https://me:p%40ssword@x.example",
            "https://token@x.example",
            "https://a:b@x.example",
            "https://x.example",
            "/a/folder",
        ]
    )

    assert found == {"p%40ssword", "p@ssword", "token"}


@given(st.text(alphabet="abcdefgh123", min_size=4), st.text(alphabet="xyz ", max_size=20))
def test_redact_never_shows_a_password(password: str, around: str) -> None:
    url = f"{around} https://user:{password}@host.zzz/simple {around}"

    assert f":{password}@" not in redact(url)
    assert redact(redact(url)) == redact(url)
