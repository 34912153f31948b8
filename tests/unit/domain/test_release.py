"""Plans of releases."""

from __future__ import annotations

from aidevsecops_ext.domain.release import Check, CheckStatus, ReleasePlan
from aidevsecops_ext.domain.release_settings import CheckName
from aidevsecops_ext.domain.versions import ReleaseKind


def test_failures_are_the_checks_that_forbid_the_release() -> None:
    checks = tuple(Check(CheckName.TREE, status, "Because.") for status in CheckStatus)

    plan = ReleasePlan("1.0.0", "1.0.1", "v1.0.1", ReleaseKind.PATCH, "abc", checks=checks)

    assert [check.status for check in plan.failures] == [CheckStatus.FAILED]
