"""Which environment a lock asks for, and what differs from it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.kernels import (
    Machine,
    PackageDifference,
    differences_of,
    environment_key,
    is_kernel_name,
    is_reserved_name,
    kernel_name_of,
    packages_for,
)
from aidevsecops_ext.domain.lock import Lock, LockedPackage

LINUX = Machine("3.11", "linux-x86_64", {"sys_platform": "linux", "python_version": "3.11"})
SIX = LockedPackage("six", "1.16.0", ("sha256:b", "sha256:a"))
TABULATE = LockedPackage("Tabulate", "0.9", ("sha256:c",))


def lock(*packages: LockedPackage) -> Lock:
    return Lock(packages, "hash")


def test_packages_for_leaves_out_what_the_machine_does_not_need() -> None:
    windows = replace(TABULATE, markers="sys_platform == 'win32'")
    recent = replace(SIX, markers="python_version >= '3.9'")

    found = packages_for(lock(windows, recent), LINUX)

    assert [package.key for package in found] == ["six"]


def test_packages_for_has_each_name_once_and_sorted() -> None:
    development = replace(SIX, is_dev=True)

    found = packages_for(lock(TABULATE, SIX, development), LINUX)

    assert found == (SIX, TABULATE)


@pytest.mark.parametrize("marker", ["nonsense", "extra == 'x' and unknown == '1'"])
def test_packages_for_names_the_package_when_its_marker_cannot_be_read(marker: str) -> None:
    with pytest.raises(UserError, match="six") as caught:
        packages_for(lock(replace(SIX, markers=marker)), LINUX)

    assert caught.value.code is ErrorCode.REQUIREMENTS_INVALID


def test_packages_for_takes_no_extra_as_none() -> None:
    optional = replace(SIX, markers="extra == 'socks'")

    assert packages_for(lock(optional), LINUX) == ()


def test_environment_key_is_the_same_when_only_the_order_differs() -> None:
    turned = replace(SIX, hashes=SIX.hashes[::-1])

    assert environment_key([SIX, TABULATE], LINUX) == environment_key([TABULATE, turned], LINUX)


@pytest.mark.parametrize(
    ("package", "machine"),
    [
        (replace(SIX, version="1.17"), LINUX),
        (replace(SIX, hashes=("sha256:d",)), LINUX),
        (SIX, replace(LINUX, python_version="3.12")),
        (SIX, replace(LINUX, platform="linux-aarch64")),
    ],
)
def test_environment_key_differs_when_the_content_does(
    package: LockedPackage, machine: Machine
) -> None:
    key = environment_key([package], machine)

    assert len(key) == 16
    assert key != environment_key([SIX], LINUX)


def test_differences_of_takes_equal_versions_as_the_same() -> None:
    assert differences_of([replace(TABULATE, version="0.9.0")], {"tabulate": "0.9"}) == ()


def test_differences_of_names_what_is_missing_or_of_another_version() -> None:
    found = differences_of([SIX, TABULATE], {"tabulate": "0.8", "other": "1"})

    assert found == (
        PackageDifference("Tabulate", "0.9", "0.8"),
        PackageDifference("six", "1.16.0", None),
    )


def test_differences_of_compares_texts_when_a_version_is_none() -> None:
    old = replace(SIX, version="2004d")

    assert differences_of([old], {"six": "2004d"}) == ()
    assert differences_of([old], {"six": "1"}) == (PackageDifference("six", "2004d", "1"),)


def test_differences_of_names_what_was_added_when_that_is_not_allowed() -> None:
    installed = {"six": "1.16.0", "ipykernel": "7", "sneaky": "1"}

    found = differences_of([SIX], installed, allowed=["IPyKernel"])

    assert found == (PackageDifference("sneaky", None, "1"),)


@pytest.mark.parametrize(
    ("text", "name"),
    [("My Notebook (2)", "my-notebook-2"), ("..x..", "x"), ("Žluť", "lu"), ("日本", "notebook")],
)
def test_kernel_name_of_is_a_name_that_jupyter_takes(text: str, name: str) -> None:
    assert kernel_name_of(text) == name
    assert is_kernel_name(name)


@pytest.mark.parametrize("name", ["", "a b", "../x", "-x", "ä", "x" * 101])
def test_is_kernel_name_is_false_for_what_is_no_name(name: str) -> None:
    assert not is_kernel_name(name)


@pytest.mark.parametrize(("name", "answer"), [("python3", True), ("python", True), ("py", False)])
def test_is_reserved_name_knows_jupyters_own_kernel(name: str, answer: bool) -> None:
    assert is_reserved_name(name) is answer
