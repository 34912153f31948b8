"""Versions of packages."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.package_versions import package_version
from aidevsecops_ext.domain.versions import parse_version

ENDLESS = "9" * 5_000


def test_version_is_read_as_python_writes_it() -> None:
    assert str(package_version("1.0-RC1")) == "1.0rc1"


@pytest.mark.parametrize("text", ["", "main", "==1.0", ENDLESS, f"1.{ENDLESS}"])
def test_what_is_no_version_is_none(text: str) -> None:
    assert package_version(text) is None


def test_release_of_an_endless_number_is_refused() -> None:
    with pytest.raises(UserError, match="is no version"):
        parse_version(ENDLESS)
