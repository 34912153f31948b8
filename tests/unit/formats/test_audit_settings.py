from __future__ import annotations

from datetime import date

import pytest

from aidevsecops_ext.domain.advisories import IgnoredAdvisory
from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.formats.audit_settings import ignored_of


@pytest.mark.parametrize("day", ["2027-01-31", '"2027-01-31"', "2027-01-31T10:00:00"])
def test_ignored_has_reason_and_day(day: str) -> None:
    text = f'[[audit.ignore]]\nid = "CVE-1"\nreason = "not reachable"\nexpires = {day}\n'

    assert ignored_of(text) == (IgnoredAdvisory("CVE-1", "not reachable", date(2027, 1, 31)),)


def test_ignored_is_nothing_when_the_file_is_about_something_else() -> None:
    assert ignored_of("[release]\nkind = 1\n") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[audit", "it is not TOML"),
        ("audit = 1", "must be a list of tables"),
        ("[audit]\nignore = 'x'", "must be a list of tables"),
        ("[audit]\nignore = ['CVE-1']", "entry 1 of '[[audit.ignore]]' has no id"),
        ("[[audit.ignore]]\nid = 'CVE-1'\nexpires = 2027-01-31", "without a reason"),
        ("[[audit.ignore]]\nid = 'CVE-1'\nreason = ' '\nexpires = 2027-01-31", "without a reason"),
        ("[[audit.ignore]]\nid = 'CVE-1'\nreason = 'so'", "without a day"),
        ("[[audit.ignore]]\nid = 'CVE-1'\nreason = 'so'\nexpires = 'soon'", "without a day"),
    ],
)
def test_ignored_is_refused_when_something_is_missing(text: str, said: str) -> None:
    with pytest.raises(UserError, match="cannot be used") as caught:
        ignored_of(text)

    assert caught.value.code is ErrorCode.AUDIT_SETTINGS_INVALID
    assert said in caught.value.message
