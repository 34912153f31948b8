from __future__ import annotations

from datetime import date

import pytest

from aidevsecops_ext.domain.advisories import (
    Advisory,
    Audit,
    AuditedPackage,
    IgnoredAdvisory,
    Severity,
    Unchecked,
    compare_audits,
    joined,
    without_ignored,
)


def test_joined_makes_one_of_advisories_that_name_each_other() -> None:
    found = joined(
        [
            Advisory("PYSEC-1", ("CVE-1",), fixed=("2",)),
            Advisory("GHSA-9", (), Severity.LOW),
            Advisory("GHSA-1", ("GHSA-1b",), Severity.HIGH),
            Advisory("OTHER", ("CVE-1", "GHSA-1")),
        ]
    )

    assert [advisory.id for advisory in found] == ["GHSA-1", "GHSA-9"]
    assert found[0].aliases == ("CVE-1", "GHSA-1b", "OTHER", "PYSEC-1")


def test_joined_puts_the_worst_first() -> None:
    found = joined(Advisory(severity.value, (), severity) for severity in reversed(Severity))

    assert [advisory.severity.value for advisory in found] == [
        "critical",
        "high",
        "moderate",
        "unknown",
        "low",
    ]


@pytest.mark.parametrize(("day", "counts"), [(31, False), (30, False), (29, True)])
def test_without_ignored_counts_again_when_the_day_is_over(day: int, counts: bool) -> None:
    package = AuditedPackage("holey", "1", (Advisory("GHSA-1", ("CVE-1",)), Advisory("GHSA-2")))
    entry = IgnoredAdvisory("CVE-1", "not reachable", date(2026, 1, day))
    unrelated = IgnoredAdvisory("CVE-9", "gone", date(2020, 1, 1))

    audit = without_ignored(Audit((package,)), [entry, unrelated], date(2026, 1, 30))

    ids = [advisory.id for advisory in audit.packages[0].advisories]
    assert ids == (["GHSA-1", "GHSA-2"] if counts else ["GHSA-2"])
    assert (audit.expired, audit.ignored) == (((entry,), ()) if counts else ((), (entry,)))
    assert audit.vulnerable == audit.packages


def test_compare_audits_knows_an_advisory_by_any_of_its_names() -> None:
    old = Audit((AuditedPackage("holey", "1", (Advisory("GHSA-1", ("CVE-1",)),)),))
    new = Audit((AuditedPackage("holey", "2", (Advisory("PYSEC-1", ("CVE-1",)),)),))

    change = compare_audits(old, new)

    assert (change.gained, change.lost) == ((), ())
    assert [(entry.version, entry.advisory.id) for entry in change.kept] == [("2", "PYSEC-1")]


@pytest.mark.parametrize("is_turned", [False, True])
def test_compare_audits_makes_nothing_of_a_package_that_one_side_did_not_check(
    is_turned: bool,
) -> None:
    known = Audit((AuditedPackage("holey", "1", (Advisory("GHSA-1"),)),))
    unknown = Audit((), (Unchecked("Holey", "2", "The service is away."),))

    change = compare_audits(unknown, known) if is_turned else compare_audits(known, unknown)

    assert (change.gained, change.lost, change.kept) == ((), (), ())
    assert change.unchecked == unknown.unchecked
