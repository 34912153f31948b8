"""The real uv, when what it has to know was found out before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters import uv_program
from aidevsecops_ext.adapters.uv import UvResolver
from aidevsecops_ext.app.ports import Resolution, ResolveRequest
from aidevsecops_ext.domain.errors import ErrorCode, ToolMissingError
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.progress import FakeProgress
from tests.kits.package_index import PackageIndex, serve

pytestmark = pytest.mark.needs_uv

HERE = Target(f"{sys.version_info.major}.{sys.version_info.minor}")


def resolver(root: Path) -> UvResolver:
    return UvResolver(root, timeout=60.0, index_timeout=20.0)


def versions(resolution: Resolution) -> dict[str, str]:
    return {package.name: package.version for package in resolution.packages}


def test_resolve_answers_the_same_when_it_was_prepared(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add_wheel("best", "2.0")
    with serve(PackageIndex()) as extra:
        extra.add_wheel("best", "1.0")
        extra.add_wheel("private", "1.0")
        monkeypatch.setenv("PIP_EXTRA_INDEX_URL", extra.simple_url)
        request = ResolveRequest((Requirement("best"), Requirement("private")), HERE, "")
        engine = resolver(tmp_path)

        engine.prepare("", CancelSource())
        prepared = engine.resolve(request, FakeProgress(), CancelSource())
        again = engine.resolve(request, FakeProgress(), CancelSource())

    assert versions(prepared) == {"best": "2.0", "private": "1.0"}
    assert prepared.default_index.url == index.simple_url
    assert again == prepared


def test_resolve_uses_the_index_of_the_notebook_when_that_of_the_user_was_prepared(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add_wheel("best", "2.0")
    with serve(PackageIndex()) as own, serve(PackageIndex()) as extra:
        own.add_wheel("best", "1.0")
        monkeypatch.setenv("PIP_EXTRA_INDEX_URL", extra.simple_url)
        request = ResolveRequest(
            (Requirement("best"),), HERE, "", indexes=(Index("own", own.simple_url),)
        )
        engine = resolver(tmp_path)

        engine.prepare("", CancelSource())
        resolution = engine.resolve(request, FakeProgress(), CancelSource())

    assert versions(resolution) == {"best": "1.0"}


def test_resolve_says_that_uv_is_missing_when_it_was_prepared_without(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> str:
        raise ToolMissingError(ErrorCode.ENGINE_MISSING, "not there")

    monkeypatch.setattr(uv_program, "find_uv", missing)
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", index.simple_url)
    engine = resolver(tmp_path)

    engine.prepare("", CancelSource())

    with pytest.raises(ToolMissingError):
        engine.resolve(
            ResolveRequest((Requirement("best"),), HERE, ""), FakeProgress(), CancelSource()
        )
