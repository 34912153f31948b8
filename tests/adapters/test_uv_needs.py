"""What packages ask for by the real uv, from a tiny index of the test's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.uv_needs import UvNeeds
from aidevsecops_ext.app.ports import ResolveRequest
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, RefusedError, TimedOutError
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.domain.tree import Need
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.progress import FakeProgress
from tests.kits.package_index import PackageIndex

pytestmark = pytest.mark.needs_uv

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def request_of(
    *pins: str, is_universal: bool = False, platform: str | None = None
) -> ResolveRequest:
    requirements = []
    for pin in pins:
        name, _, rest = pin.partition("==")
        version, _, markers = rest.partition(" ; ")
        bare, _, extras = name.rstrip("]").partition("[")
        requirements.append(Requirement(bare, f"=={version}", (extras,) if extras else (), markers))
    return ResolveRequest((*requirements,), Target(PYTHON, platform, is_universal), "")


def packages(root: Path, timeout: float = 60.0) -> UvNeeds:
    return UvNeeds(root, timeout=timeout, index_timeout=10.0)


def needs(root: Path, request: ResolveRequest) -> tuple[Need, ...]:
    return packages(root).needs(request, FakeProgress(), FakeCancelToken())


def test_needs_says_who_asks_for_which_versions(index: PackageIndex, tmp_path: Path) -> None:
    index.add_wheel("web", "1.0", ["templates>=2,!=2.5,<4", "escape"])
    index.add_wheel("templates", "3.0", ["Escape ~= 1.0"])
    index.add_wheel("escape", "1.5")
    index.add_wheel("escape", "1.6")

    found = needs(tmp_path, request_of("web==1.0", "templates==3.0", "escape==1.5"))

    assert set(found) == {
        Need("web", "templates", ">=2,!=2.5,<4"),
        Need("web", "escape"),
        Need("templates", "escape", ">=1.0,<2"),
    }


def test_needs_says_which_extras_are_asked_for(index: PackageIndex, tmp_path: Path) -> None:
    index.add_wheel("top", "1.0", ["web[fast]>=1"])
    index.add_wheel("web", "1.0", ["quick; extra == 'fast'"])
    index.add_wheel("quick", "1.0")

    found = needs(tmp_path, request_of("top==1.0", "web[fast]==1.0", "quick==1.0"))

    assert set(found) == {Need("top", "web", ">=1", "", ("fast",)), Need("web", "quick")}


def test_needs_says_for_which_platform_in_a_universal_lock(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("web", "1.0", ["colours; sys_platform == 'win32'"])
    index.add_wheel("colours", "1.0")
    pins = ("web==1.0", "colours==1.0 ; sys_platform == 'win32'")

    universal = needs(tmp_path, request_of(*pins, is_universal=True))
    elsewhere = needs(tmp_path, request_of(*pins, platform="linux"))

    assert universal == (Need("web", "colours", "", "sys_platform == 'win32'"),)
    assert elsewhere == ()


def test_links_knows_who_asks_when_the_versions_contradict_each_other(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("web", "1.0", ["escape>=2"])
    index.add_wheel("escape", "1.0")
    request = request_of("web==1.0", "escape==1.0")

    with pytest.raises(RefusedError) as raised:
        needs(tmp_path, request)
    found = packages(tmp_path).links(request, FakeProgress(), FakeCancelToken())

    assert raised.value.code is ErrorCode.LOCK_UNSATISFIABLE
    assert found == (Need("web", "escape"),)


def test_needs_is_refused_when_the_index_has_a_version_no_longer(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.add_wheel("web", "2.0")

    with pytest.raises(RefusedError) as raised:
        needs(tmp_path, request_of("web==1.0"))

    assert raised.value.code is ErrorCode.LOCK_UNSATISFIABLE
    assert str(tmp_path) not in raised.value.message


def test_needs_asks_nobody_when_nothing_is_locked(tmp_path: Path) -> None:
    assert needs(tmp_path, request_of()) == ()


def test_needs_is_given_up_after_its_time(index: PackageIndex, tmp_path: Path) -> None:
    index.hanging.add("simple/web")

    with pytest.raises(TimedOutError) as raised:
        packages(tmp_path, timeout=0.5).needs(
            request_of("web==1.0"), FakeProgress(), FakeCancelToken()
        )

    assert raised.value.code is ErrorCode.LOCK_TIMED_OUT


def test_needs_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        packages(tmp_path).needs(
            request_of("web==1.0"), FakeProgress(), FakeCancelToken(is_cancelled=True)
        )
