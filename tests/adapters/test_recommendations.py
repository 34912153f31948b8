"""Recommendation types with the real uv, and a small index and OSV service of the test's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.advisories import OsvAdvisories
from aidevsecops_ext.adapters.uv import UvResolver
from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.ports import ResolveRequest
from aidevsecops_ext.app.recommend import Recommended, RecommendPorts, resolve_for
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.kits.osv_service import LOW, OsvService, osv_record, serve_osv
from tests.kits.package_index import PackageIndex, serve

pytestmark = pytest.mark.needs_uv

HERE = Target(f"{sys.version_info.major}.{sys.version_info.minor}")
NOW = datetime(2026, 3, 31, 12, tzinfo=timezone.utc).timestamp()


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PackageIndex]:
    """An index with a package of many kinds of versions."""
    for name in [*os.environ]:
        if name.startswith(("UV_", "PIP_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    made = PackageIndex()
    for version, day in (
        ("1.0", "2026-01-01"),
        ("1.1", "2026-03-16"),
        ("1.2", "2026-03-16"),
        ("1.3", "2026-03-18"),
        ("1.4rc1", "2026-01-02"),
    ):
        made.uploaded[made.add_wheel("top", version)] = f"{day}T12:00:00Z"
    made.yanked.add("top-1.2-py3-none-any.whl")
    with serve(made) as served:
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("UV_DEFAULT_INDEX", served.simple_url)
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        yield served


def recommend(
    root: Path,
    kind: RecommendationType,
    *requirements: Requirement,
    service: str = "absent",
) -> Recommended:
    resolver = UvResolver(root, timeout=60.0, index_timeout=20.0)
    audit = AuditPorts(FakeFiles(), OsvAdvisories(root, service, timeout=30.0), FakeClock(NOW))
    asked = ResolveRequest(
        requirements or (Requirement("top"),), HERE, "", preferred=(LockedPackage("top", "1.2"),)
    )
    cancel = CancelSource()
    return resolve_for(
        kind,
        asked,
        RecommendPorts(audit.clock, lambda: audit, 14),
        lambda wish: resolver.resolve(wish, FakeProgress(), cancel),
        cancel,
    )


def version_of(found: Recommended) -> str:
    [package] = found.resolution.packages
    return package.version


def test_stable_takes_nothing_young_nor_taken_back_nor_preliminary(
    index: PackageIndex, tmp_path: Path
) -> None:
    assert index.uploaded

    assert version_of(recommend(tmp_path, RecommendationType.STABLE)) == "1.1"


def test_stable_refuses_a_prerelease_that_is_asked_for(index: PackageIndex, tmp_path: Path) -> None:
    assert index.uploaded

    with pytest.raises(RefusedError) as caught:
        recommend(tmp_path, RecommendationType.STABLE, Requirement("top", ">=1.4rc1"))

    assert caught.value.code is ErrorCode.LOCK_UNSATISFIABLE


def test_stable_refuses_what_has_no_age(index: PackageIndex, tmp_path: Path) -> None:
    index.uploaded.clear()

    with pytest.raises(RefusedError):
        recommend(tmp_path, RecommendationType.STABLE)


def test_testing_takes_a_prerelease(index: PackageIndex, tmp_path: Path) -> None:
    index.files["top"].pop("top-1.2-py3-none-any.whl")

    assert version_of(recommend(tmp_path, RecommendationType.TESTING)) == "1.4rc1"


def test_performance_takes_what_has_a_wheel(index: PackageIndex, tmp_path: Path) -> None:
    index.uploaded.clear()
    index.add_wheel("built", "1.0")
    index.add_sdist("built", "2.0", "from setuptools import setup\nsetup()\n")

    found = recommend(tmp_path, RecommendationType.PERFORMANCE, Requirement("built"))

    assert version_of(found) == "1.0"


def test_security_takes_the_newest_without_an_advisory(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.txt").write_text("top!=1.1\n")
    monkeypatch.setenv("UV_CONSTRAINT", str(tmp_path / "mine.txt"))
    known = OsvService([osv_record("GHSA-1", "top")], {("top", "1.3"): ("GHSA-1",)})

    with serve_osv(known):
        found = recommend(tmp_path, RecommendationType.SECURITY, service=known.url)

    assert (version_of(found), found.notes) == ("1.0", ())
    assert index.requests


def test_security_takes_the_least_severe_with_the_reason(
    index: PackageIndex, tmp_path: Path
) -> None:
    known = OsvService(
        [osv_record("GHSA-1", "top"), osv_record("GHSA-2", "top", vector=LOW)],
        {("top", "1.3"): ("GHSA-1",), ("top", "1.1"): ("GHSA-2",)},
    )

    with serve_osv(known):
        found = recommend(
            tmp_path, RecommendationType.SECURITY, Requirement("top", ">1"), service=known.url
        )

    assert version_of(found) == "1.1"
    assert "the least severe has: top 1.1 (GHSA-2, low)" in found.notes[0]
    assert index.requests
