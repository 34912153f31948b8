from __future__ import annotations

import pytest

from aidevsecops_ext.app.describe_package import DescribePorts, describe_package
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError, UserError
from aidevsecops_ext.domain.packages import (
    IndexFile,
    IndexPage,
    PackageDetails,
    PackageVersion,
)
from aidevsecops_ext.domain.target import Target
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.catalogue import FakeCatalogue

INDEX = "https://index.example/simple"
PLATFORMS = ("manylinux_2_17_x86_64", "linux_x86_64")


def file(name: str, **options: str | None) -> IndexFile:
    return IndexFile(name, f"https://files.example/{name}", **options)


def describe(
    *files: IndexFile,
    target: Target | None = None,
    described: dict[str, str] | None = None,
    name: str = "Holey",
) -> PackageDetails:
    pages = {"holey": IndexPage("Holey", INDEX, files)}
    ports = DescribePorts(FakeCatalogue(pages=pages, described=described), lambda: PLATFORMS)
    return describe_package(name, target or Target("3.11"), ports, FakeCancelToken())


def test_describe_package_lists_versions_newest_first() -> None:
    found = describe(
        file("holey-1.9.tar.gz"), file("holey-1.10.tar.gz"), file("holey-2.0rc1.tar.gz")
    )

    assert [version.version for version in found.versions] == ["2.0rc1", "1.10", "1.9"]
    assert [version.is_prerelease for version in found.versions] == [True, False, False]
    assert found.latest is not None
    assert (found.name, found.index, found.latest.version) == ("Holey", INDEX, "1.10")


def test_describe_package_joins_the_files_of_a_version() -> None:
    found = describe(
        file("holey-1.0.tar.gz", uploaded_at="2026-01-02T00:00:00Z", requires_python=">=3.9"),
        file("holey-1.0-cp311-cp311-manylinux_2_17_x86_64.whl", uploaded_at="2026-01-01T00:00:00Z"),
        file("holey-1.0-cp311-cp311-win_amd64.whl"),
    )

    assert found.versions == (
        PackageVersion(
            "1.0",
            requires_python=">=3.9",
            uploaded_at="2026-01-01T00:00:00Z",
            has_wheel=True,
            has_sdist=True,
        ),
    )


def test_describe_package_says_for_which_platform_there_are_wheels() -> None:
    wheel = file("holey-1.0-cp311-cp311-win_amd64.whl")

    here, there = describe(wheel), describe(wheel, target=Target("3.11", "windows"))

    assert [found.versions[0].has_wheel for found in (here, there)] == [False, True]


@pytest.mark.parametrize(
    ("asked", "fits"),
    [(">=3.11", True), (">=3.11.4", True), ("<3.11", False), ("==3.11.*", True), ("<=3.11", True),
     (">=3.12", False), ("no specifier", True), (None, True)],
)  # fmt: skip
def test_describe_package_says_which_versions_fit_the_python(asked: str | None, fits: bool) -> None:
    found = describe(file("holey-1.0.tar.gz", requires_python=asked))

    assert found.versions[0].fits_python is fits
    assert (found.latest is not None) is fits


def test_describe_package_counts_a_version_as_yanked_when_all_its_files_are() -> None:
    found = describe(
        file("holey-3.0.tar.gz", yanked=""),
        file("holey-3.0-py3-none-any.whl", yanked="It is broken."),
        file("holey-2.0.tar.gz"),
        file("holey-2.0-py3-none-any.whl", yanked="Wrong file."),
        file("holey-1.0.tar.gz", yanked=""),
    )

    assert [version.yanked for version in found.versions] == ["It is broken.", None, ""]
    assert [version.has_wheel for version in found.versions] == [True, False, False]
    assert found.latest == found.versions[1]


def test_describe_package_leaves_out_what_is_no_version() -> None:
    found = describe(
        file("holey-1.0.tar.gz"),
        file("holey-1.0.exe"),
        file("holey-1.0-py2.7.egg"),
        file("holey-1.0-broken.whl"),
        file("holey-not.a.version.tar.gz"),
    )

    assert [version.version for version in found.versions] == ["1.0"]


@pytest.mark.parametrize(
    ("metadata", "summary"),
    [
        ("Metadata-Version: 2.1\nName: holey\nSummary: Has holes\n\nSummary: no", "Has holes"),
        ("Name: holey\nSummary: UNKNOWN\n", None),
        ("Name: holey\n", None),
        (None, None),
    ],
)
def test_describe_package_takes_the_summary_of_the_latest_version(
    metadata: str | None, summary: str | None
) -> None:
    found = describe(
        file("holey-2.0rc1-py3-none-any.whl", metadata_url="https://a.example"),
        file("holey-1.0.tar.gz"),
        file("holey-1.0-py3-none-any.whl", metadata_url="https://b.example"),
        described={"holey-1.0-py3-none-any.whl": metadata} if metadata is not None else None,
    )

    assert found.summary == summary


def test_describe_package_has_no_latest_when_there_are_no_files() -> None:
    found = describe()

    assert (found.versions, found.latest, found.summary) == ((), None, None)


def test_describe_package_fails_when_no_index_has_it() -> None:
    with pytest.raises(NotFoundError) as raised:
        describe(name="gone")

    assert raised.value.code is ErrorCode.LOCK_PACKAGE_NOT_FOUND


@pytest.mark.parametrize("name", ["", "../x", "a b", "-a"])
def test_describe_package_is_refused_when_the_name_is_none(name: str) -> None:
    with pytest.raises(UserError):
        describe(name=name)


def test_describe_package_is_refused_when_the_platform_is_not_known() -> None:
    with pytest.raises(UserError) as raised:
        describe(target=Target("3.11", "wasm32-pyodide2024"))

    assert raised.value.code is ErrorCode.TARGET_INVALID
