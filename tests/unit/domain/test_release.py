"""Plans of releases."""

from __future__ import annotations

from aidevsecops_ext.domain.release import Check, CheckStatus, ReleasePlan, releases_among
from aidevsecops_ext.domain.release_settings import CheckName
from aidevsecops_ext.domain.repository import Tag
from aidevsecops_ext.domain.versions import ReleaseKind


def test_failures_are_the_checks_that_forbid_the_release() -> None:
    checks = tuple(Check(CheckName.TREE, status, "Because.") for status in CheckStatus)

    plan = ReleasePlan("1.0.0", "1.0.1", "v1.0.1", ReleaseKind.PATCH, "abc", checks=checks)

    assert [check.status for check in plan.failures] == [CheckStatus.FAILED]


def test_releases_among_tags_are_versions_by_their_order_and_not_by_their_letters() -> None:
    tags = [Tag(name, "a", "a") for name in ("nightly", "v0.1.9", "v0.1.10", "0.1.2", "v1")]

    found = releases_among(tags)

    assert [tag.name for tag in found] == ["v0.1.10", "v0.1.9", "0.1.2"]


def test_releases_among_tags_are_those_of_other_tools_too() -> None:
    names = ("v2026.01.05", "V1.2.0", "1.3", "v1.4.0rc1", "release-1.2.0", "v1.2.x", "1.2.3.4")

    found = releases_among([Tag(name, "a", "a") for name in names])

    assert [tag.name for tag in found] == ["v2026.01.05", "v1.4.0rc1", "1.3", "V1.2.0"]
