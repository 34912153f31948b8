"""The digest of a plan."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.file_preview import FilePreview
from aidevsecops_ext.domain.forge import ForgeKind, ForgePlace
from aidevsecops_ext.domain.release import (
    Check,
    CheckStatus,
    Reference,
    ReleasePlan,
    VersionPlace,
)
from aidevsecops_ext.domain.release_digest import digest_of_plan, moment_of_digest
from aidevsecops_ext.domain.release_settings import CheckName
from aidevsecops_ext.domain.versions import ReleaseKind

MOMENT = 1_795_000_000
PLAN = ReleasePlan("1.0.0", "1.1.0", "v1.1.0", ReleaseKind.MINOR, "c0", branch="main")


def test_digest_says_when_the_plan_was_made() -> None:
    assert moment_of_digest(digest_of_plan(PLAN, MOMENT)) == MOMENT


@pytest.mark.parametrize(
    "change",
    [
        {"current": None},
        {"next": "1.1.1"},
        {"tag": "v1.1.1"},
        {"kind": ReleaseKind.AUTO},
        {"head": "c1"},
        {"branch": "other"},
        {"changelog": "- All"},
        {"versions": (VersionPlace("version.py", 1, "1.0.0"),)},
        {"references": (Reference("a.yaml", "image", "a:v1.0.0", "a:v1.1.0"),)},
        {"images": ("a:v1.1.0",)},
        {"files": (FilePreview("\udcff.py", ""),)},
    ],
)
def test_digest_is_another_one_when_the_release_would_be(change: dict[str, Any]) -> None:
    changed = replace(PLAN, **change)

    assert digest_of_plan(changed, MOMENT) != digest_of_plan(PLAN, MOMENT)


def test_digest_is_the_same_however_the_checks_went() -> None:
    checked = replace(PLAN, checks=(Check(CheckName.TREE, CheckStatus.WARNED, "Look."),))

    assert digest_of_plan(checked, MOMENT) == digest_of_plan(PLAN, MOMENT)


def test_digest_is_the_same_whether_a_forge_lets_us_in_or_not() -> None:
    place = ForgePlace(ForgeKind.GITHUB, "https://example.org", "a/b")

    assert digest_of_plan(replace(PLAN, forge=place), MOMENT) == digest_of_plan(PLAN, MOMENT)


@pytest.mark.parametrize("text", ["", "12", "-", "x-1", "-1-2", "٣-1", "9" * 12 + "-1"])
def test_digest_has_no_moment_when_it_is_none(text: str) -> None:
    assert moment_of_digest(text) is None
