"""Names of variables that hold secrets."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.secret_names import is_literal, is_secret_name


@pytest.mark.parametrize(
    "name",
    ["DB_PASSWORD", "password", "API_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "KEY"],
)
def test_names_of_secrets_are_known(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["MODE", "KEYBOARD", "TOKENIZER", "PASSES", "PRIMARY_KEY_NAME"])
def test_other_names_are_not(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("x", True),
        ("", False),
        (" ", False),
        ("$A", False),
        ("${A}", False),
        ("{{a}}", False),
        ("<your key>", False),
    ],
)
def test_values_that_stand_for_others_are_no_literals(value: str, is_one: bool) -> None:
    assert is_literal(value) is is_one
