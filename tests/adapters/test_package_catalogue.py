"""Packages on an index of the test's own, found by way of the real uv's configuration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.index_addresses import IndexAddresses
from aidevsecops_ext.adapters.package_catalogue import IndexCatalogue
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    TimedOutError,
)
from aidevsecops_ext.domain.packages import IndexFile, ListState
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.progress import FakeProgress
from tests.kits.package_index import PASSWORD, USER, PackageIndex, serve

pytestmark = pytest.mark.needs_uv

NOBODY: frozenset[str] = frozenset()


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PackageIndex]:
    """An index that is the only one that uv knows of, with a list of its names."""
    for name in [*os.environ]:
        if name.startswith(("UV_", "PIP_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    with serve(PackageIndex(is_listed=True)) as served:
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("UV_NO_CONFIG", "1")
        monkeypatch.setenv("UV_DEFAULT_INDEX", served.simple_url)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        yield served


@pytest.fixture
def other() -> Iterator[PackageIndex]:
    """One more index."""
    with serve(PackageIndex(is_listed=True)) as served:
        yield served


def catalogue(root: Path, timeout: float = 20.0) -> IndexCatalogue:
    return IndexCatalogue(
        IndexAddresses(root, timeout=timeout),
        (root / "lists", 24.0),
        CancelSource(),
        timeout=timeout,
    )


def test_names_are_those_of_all_indexes_once_they_are_loaded(
    index: PackageIndex, other: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add_wheel("holey", "1.0")
    other.add_wheel("holey_tools", "1.0")
    monkeypatch.setenv("UV_INDEX", other.simple_url)
    found, progress = catalogue(tmp_path), FakeProgress()

    found.load(progress, CancelSource())
    names, is_all = found.names("holey", frozenset({"holey-tools", "numpy"}), CancelSource())
    states = found.lists(CancelSource())

    assert (set(names), is_all) == ({"holey", "holey-tools"}, True)
    assert [state.url for state in states] == [other.simple_url, index.simple_url]
    assert {state.state for state in states} == {ListState.LISTED}
    assert [message for message, _ in progress.messages] == [
        f"Fetching the list of names of {other.simple_url}",
        f"Fetching the list of names of {index.simple_url}",
    ]


def test_names_come_from_a_list_that_is_fetched_in_the_background(
    index: PackageIndex, tmp_path: Path
) -> None:
    index.hanging.add("simple")
    found = catalogue(tmp_path)

    names = found.names("holey", NOBODY, CancelSource())
    [state] = found.lists(CancelSource())
    assert index.asked.wait(60)
    found.close()

    assert names == ((), False)
    assert state.state is ListState.LOADING


def test_page_lists_files_and_where_they_are_from(index: PackageIndex, tmp_path: Path) -> None:
    file = index.add_wheel("holey", "1.0")
    index.uploaded[file] = "2026-01-02T03:04:05Z"
    index.yanked.add(file)

    page = catalogue(tmp_path).page("holey", CancelSource())

    assert page is not None
    assert (page.name, page.index) == ("holey", index.simple_url)
    assert page.files == (
        IndexFile(
            file,
            f"{index.url}/files/holey/{file}",
            yanked="",
            uploaded_at="2026-01-02T03:04:05Z",
        ),
    )


def test_page_is_none_when_no_index_has_the_package(index: PackageIndex, tmp_path: Path) -> None:
    assert catalogue(tmp_path).page("gone", CancelSource()) is None
    assert index.requests != []


@pytest.mark.parametrize("strategy", ["first-index", "unsafe-best-match"])
def test_page_is_of_the_indexes_that_uv_would_take_it_from(
    index: PackageIndex,
    other: PackageIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    strategy: str,
) -> None:
    index.add_wheel("holey", "1.0")
    index.add_wheel("holey", "2.0")
    other.add_wheel("holey", "1.0")
    monkeypatch.setenv("UV_INDEX", other.simple_url)
    monkeypatch.setenv("UV_INDEX_STRATEGY", strategy)

    page = catalogue(tmp_path).page("holey", CancelSource())

    assert page is not None
    versions = [file.name.split("-")[1] for file in page.files]
    assert (page.index, versions) == (
        other.simple_url,
        ["1.0"] if strategy == "first-index" else ["1.0", "2.0"],
    )


@pytest.mark.parametrize("place", ["address", "variables", "netrc"])
def test_page_is_asked_for_with_the_credentials_of_the_index(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    index.add_wheel("holey", "1.0")
    index.needs_password = True
    if place == "address":
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.secret_url)
    elif place == "variables":
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"my-own={index.simple_url}")
        monkeypatch.setenv("UV_INDEX_MY_OWN_USERNAME", USER)
        monkeypatch.setenv("UV_INDEX_MY_OWN_PASSWORD", PASSWORD)
    else:
        (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))

    page = catalogue(tmp_path).page("holey", CancelSource())

    assert page is not None
    assert page.index == index.simple_url
    assert PASSWORD not in repr(page)


def test_page_fails_when_the_index_wants_other_credentials(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.needs_password = True
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.simple_url.replace("://", "://bob:wr0ng-pass@"))

    with pytest.raises(OutsideFailedError) as raised:
        catalogue(tmp_path).page("holey", CancelSource())

    assert raised.value.code is ErrorCode.LOCK_INDEX_UNREACHABLE
    assert "401" in raised.value.message
    assert "wr0ng" not in f"{raised.value.message}{raised.value.details}"


@pytest.mark.parametrize(
    ("url", "kind"),
    [("http://127.0.0.1:9/simple", OutsideFailedError), ("hanging", TimedOutError)],
)
def test_page_fails_when_the_index_is_away(
    index: PackageIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    kind: type[AidevsecopsError],
) -> None:
    index.hanging.add("simple/holey")
    if url != "hanging":
        monkeypatch.setenv("UV_DEFAULT_INDEX", url)

    with pytest.raises(kind) as raised:
        catalogue(tmp_path, timeout=3.0).page("holey", CancelSource())

    assert raised.value.code is ErrorCode.LOCK_INDEX_UNREACHABLE


def test_page_fails_when_the_answer_is_no_page(index: PackageIndex, tmp_path: Path) -> None:
    index.files["holey"] = {"holey-1.0.tar.gz": b""}
    index.uploaded["holey-1.0.tar.gz"] = "now"
    index.cut_off.add("simple/holey")

    with pytest.raises(OutsideFailedError, match="broke off"):
        catalogue(tmp_path).page("holey", CancelSource())


def test_metadata_is_what_lies_beside_a_file(index: PackageIndex, tmp_path: Path) -> None:
    index.files["holey"] = {"holey-1.whl.metadata": b"Summary: Holes\n"}
    beside = f"{index.url}/files/holey/holey-1.whl.metadata"
    found = catalogue(tmp_path)

    texts = [
        found.metadata(IndexFile("holey-1.whl", "", metadata_url=url), CancelSource())
        for url in (beside, f"{beside}.gone", None)
    ]

    assert texts == ["Summary: Holes\n", None, None]


@pytest.mark.parametrize(
    "place", ["file", "http://127.0.0.1:99999/holey-1.whl.metadata", "http://["]
)
def test_metadata_is_none_when_an_index_leads_out_of_the_web(
    index: PackageIndex, tmp_path: Path, place: str
) -> None:
    secret = tmp_path / "secret.metadata"
    secret.write_text("Summary: of this machine\n", encoding="utf-8")
    url = secret.as_uri() if place == "file" else place
    file = IndexFile("holey-1.whl", "", metadata_url=url)

    text = catalogue(tmp_path).metadata(file, CancelSource())

    assert text is None
    assert index.requests == []


def test_names_fail_when_the_configuration_of_uv_is_not_valid(
    index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_INDEX_STRATEGY", "no strategy")

    with pytest.raises(OutsideFailedError) as raised:
        catalogue(tmp_path).names("holey", NOBODY, CancelSource())

    assert raised.value.code is ErrorCode.LOCK_ENGINE_FAILED
    assert index.requests == []
