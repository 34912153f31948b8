from __future__ import annotations

from typing import Any

import pytest
from packaging.version import Version

from aidevsecops_ext.domain.advisories import Severity
from aidevsecops_ext.formats.osv import (
    advisory_of,
    affects,
    fixed_versions,
    is_record,
    packages_of,
    severity_of,
)
from tests.kits.osv_service import CRITICAL, LOW, osv_record

V4_HIGH = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N"


def ranged(*events: dict[str, str], **affected: Any) -> dict[str, Any]:
    record = osv_record("X-1", "holey")
    record["affected"][0]["ranges"] = [{"type": "ECOSYSTEM", "events": [*events]}]
    record["affected"][0].update(affected)
    return record


@pytest.mark.parametrize(
    ("events", "inside", "outside"),
    [
        ([{"introduced": "0"}], ["0.1", "9", "1.0a1"], []),
        ([{"introduced": "0"}, {"fixed": "2.0"}], ["1.9", "2.0rc1"], ["2.0", "2.0.post1"]),
        ([{"introduced": "1"}, {"last_affected": "2"}], ["1", "2"], ["0.9", "2.1"]),
        (
            [{"fixed": "2"}, {"introduced": "1"}, {"introduced": "3"}, {"fixed": "4"}],
            ["1.5", "3"],
            ["0.5", "2", "4"],
        ),
        ([{"introduced": "nonsense"}], [], ["1"]),
        ([{"introduced": "1"}, {"limit": "5"}], ["1"], ["0"]),
    ],
)
def test_affects_follows_the_events_of_a_range(
    events: list[dict[str, str]], inside: list[str], outside: list[str]
) -> None:
    record = ranged(*events)

    assert [v for v in inside if not affects(record, "Holey", Version(v))] == []
    assert [v for v in outside if affects(record, "Holey", Version(v))] == []


def test_affects_takes_listed_versions_however_they_are_written() -> None:
    record = ranged(versions=["1.0.0", 7, "strange"])

    assert affects(record, "holey", Version("1.0"))
    assert not affects(record, "holey", Version("1.1"))
    assert not affects(record, "other", Version("1.0"))


def test_affects_ignores_other_ecosystems_and_ranges() -> None:
    record = ranged({"introduced": "0"})
    record["affected"][0]["ranges"][0]["type"] = "GIT"
    other = ranged({"introduced": "0"}, package={"name": "holey", "ecosystem": "npm"})

    assert not affects(record, "holey", Version("1"))
    assert not affects(other, "holey", Version("1"))
    assert packages_of(other) == frozenset()
    assert packages_of({"affected": [{"package": "holey"}, 7]}) == frozenset()


@pytest.mark.parametrize(
    ("record", "severity"),
    [
        (osv_record("X", "holey", vector=CRITICAL), Severity.CRITICAL),
        (osv_record("X", "holey", vector=LOW), Severity.LOW),
        (osv_record("X", "holey", vector=V4_HIGH), Severity.HIGH),
        (osv_record("X", "holey", vector="CVSS:3.1/nonsense"), Severity.UNKNOWN),
        (osv_record("X", "holey", vector="AV:N/AC:L/Au:N/C:P/I:P/A:P"), Severity.UNKNOWN),
        (osv_record("X", "holey", vector=None), Severity.UNKNOWN),
        (
            osv_record("X", "holey", vector=None, database_specific={"severity": "moderate"}),
            Severity.MODERATE,
        ),
        (
            osv_record("X", "holey", vector=None, database_specific={"severity": "Dire"}),
            Severity.UNKNOWN,
        ),
        (
            {**ranged(database_specific={"severity": "HIGH"}), "severity": None},
            Severity.HIGH,
        ),
        (
            {**ranged(severity=[{"type": "CVSS_V3", "score": LOW}]), "severity": []},
            Severity.LOW,
        ),
    ],
)
def test_severity_is_the_worst_vector_else_the_database_word(
    record: dict[str, Any], severity: Severity
) -> None:
    assert severity_of(record, "holey") is severity


def test_fixed_versions_are_the_later_ones_in_order() -> None:
    record = ranged(
        {"introduced": "0"},
        {"fixed": "1.2"},
        {"introduced": "2"},
        {"fixed": "10.0"},
        {"fixed": "2.5"},
    )

    assert fixed_versions(record, "holey", "2.0") == ("2.5", "10.0")
    assert fixed_versions(record, "holey", "no version") == ("1.2", "2.5", "10.0")


@pytest.mark.parametrize(
    ("more", "summary", "url"),
    [
        ({}, "holey has a hole", "https://advisories.example/X"),
        ({"summary": "", "references": None}, "Long words.", ""),
        ({"references": [{"type": "FIX", "url": "https://f.example"}]}, None, "https://f.example"),
        ({"references": [{"type": "WEB", "url": "https://w.example"}]}, None, "https://w.example"),
    ],
)
def test_advisory_has_words_and_a_link(more: dict[str, Any], summary: str | None, url: str) -> None:
    found = advisory_of(osv_record("X", "holey", **more), "holey", "1")

    assert found.summary == (summary or "holey has a hole")
    assert found.url == url


def test_advisory_takes_only_texts_for_aliases() -> None:
    assert advisory_of({"id": "X", "aliases": ["A", 7]}, "holey", "1").aliases == ("A",)
    assert advisory_of({"id": "X", "aliases": "A"}, "holey", "1").aliases == ()


@pytest.mark.parametrize("value", [[], {}, {"id": 7}, {"id": "X", "affected": {}}])
def test_record_is_none_when_its_shape_is_another(value: Any) -> None:
    assert not is_record(value)
    assert is_record(osv_record("X", "holey"))
