from __future__ import annotations

import pytest

from aidevsecops_ext.domain.tree import Need
from aidevsecops_ext.formats.requirements_txt import CompiledPackage, CompiledRequirements
from aidevsecops_ext.formats.uv_needs import read_needs, specifier_of

SAYS = "DEBUG Adding transitive dependency for"


def compiled(**via: str) -> CompiledRequirements:
    return CompiledRequirements(
        tuple(
            CompiledPackage(name, "1", via=frozenset(parents.split()))
            for name, parents in via.items()
        )
    )


def test_read_needs_takes_what_is_asked_for_from_the_log() -> None:
    log = [
        f"{SAYS} web==1: click>=8.1.3, <9",
        f"{SAYS} click==1: colorama{{sys_platform == 'win32'}}*",
        f"{SAYS} colorama==1: colorama{{sys_platform == 'win32'}}==1",
        "DEBUG Selecting: web==1 [compatible] (web-1-py3-none-any.whl)",
    ]

    needs = read_needs(log, compiled(click="web", colorama="click", web=""))

    assert needs == (
        Need("web", "click", ">=8.1.3,<9"),
        Need("click", "colorama", "", "sys_platform == 'win32'"),
    )


def test_read_needs_joins_a_package_and_its_extras() -> None:
    log = [
        f"{SAYS} web==1: requests>=2",
        f"{SAYS} web==1: requests[socks]>=2",
        f"{SAYS} requests==1: requests[socks]==1",
    ]

    needs = read_needs(log, compiled(requests="web", web=""))

    assert needs == (Need("web", "requests", ">=2", "", ("socks",)),)


def test_read_needs_leaves_out_what_another_version_asked_for() -> None:
    log = [f"{SAYS} web==2: click>=9", f"{SAYS} web==1: gone>=1"]

    needs = read_needs(log, compiled(click="web", web=""))

    assert needs == (Need("web", "click"),)


def test_read_needs_knows_who_asks_when_the_log_says_nothing() -> None:
    assert read_needs([], compiled(click="tool web")) == (
        Need("tool", "click"),
        Need("web", "click"),
    )


@pytest.mark.parametrize(
    ("versions", "specifier"),
    [
        ("*", ""),
        (">=8.1.3", ">=8.1.3"),
        (">=2, <4", ">=2,<4"),
        ("==1.0", "==1.0"),
        (">=1.8.2, <1.8.2+", "==1.8.2"),
        ("<1.5.7 | >=1.5.7+", "!=1.5.7"),
        (">=1.5.6, <1.5.7 | >=1.5.7+", ">=1.5.6,!=1.5.7"),
        (">=1, <2 | >2+, <3", ">=1,!=2,<3"),
        ("<2+", "<=2"),
        (">=1.0, <2.dev0", ">=1.0,<2"),
        (">=2+", ">2"),
    ],
)
def test_specifier_of_is_what_people_write(versions: str, specifier: str) -> None:
    assert specifier_of(versions) == specifier
