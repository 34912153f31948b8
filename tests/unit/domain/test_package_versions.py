"""Versions of packages."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.package_versions import is_allowed, package_specifier, package_version
from aidevsecops_ext.domain.versions import parse_version

ENDLESS = "9" * 5_000


def test_version_is_read_as_python_writes_it() -> None:
    assert str(package_version("1.0-RC1")) == "1.0rc1"


@pytest.mark.parametrize("text", ["", "main", "==1.0", ENDLESS, f"1.{ENDLESS}"])
def test_what_is_no_version_is_none(text: str) -> None:
    assert package_version(text) is None


@pytest.mark.parametrize("text", ["1.0", "=>1", f"==1,=={ENDLESS}", f"=={ENDLESS}.*"])
def test_what_is_no_constraint_is_none(text: str) -> None:
    assert package_specifier(text) is None


@pytest.mark.parametrize(
    ("version", "specifier", "allowed"),
    [
        ("1.5", ">=1,<2", True),
        ("2.0", ">=1,<2", False),
        ("2.0b1", ">=1", True),
        ("1.0", "", True),
        ("1.0", "about 1", False),
        (ENDLESS, ">=1", False),
        ("1.0", f"<{ENDLESS}", False),
    ],
)
def test_version_is_allowed_when_it_fulfils_all_constraints(
    version: str, specifier: str, allowed: bool
) -> None:
    assert is_allowed(version, specifier) is allowed


def test_release_of_an_endless_number_is_refused() -> None:
    with pytest.raises(UserError, match="is no version"):
        parse_version(ENDLESS)
