from __future__ import annotations

import pytest

from aidevsecops_ext.app.search_packages import SearchPorts, search_packages
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.packages import PackageSearch
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.catalogue import LISTED, LOADING, UNLISTED, FakeCatalogue
from tests.fakes.package_index import FakePackageIndex

AWAY = OutsideFailedError(ErrorCode.LOCK_INDEX_UNREACHABLE, "It is away.")


def search(
    query: str,
    catalogue: FakeCatalogue,
    index: FakePackageIndex | None = None,
    limit: int = 20,
) -> PackageSearch:
    ports = SearchPorts(catalogue, index or FakePackageIndex())
    return search_packages(query, limit, ports, FakeCancelToken())


def names(found: PackageSearch) -> list[str]:
    return [package.name for package in found.packages]


@pytest.mark.parametrize("query", ["scikit_L", " Scikit.l", "scikit-l", "scikit--l"])
def test_search_packages_finds_a_name_however_it_is_spelled(query: str) -> None:
    found = search(query, FakeCatalogue(["scikit-learn", "other"]))

    assert (found.query, names(found)) == ("scikit-l", ["scikit-learn"])
    assert found.is_complete


def test_search_packages_finds_half_a_name_that_ends_with_a_separator() -> None:
    assert names(search("scikit-", FakeCatalogue(["scikit-learn"]))) == ["scikit-learn"]


def test_search_packages_prefers_what_notebooks_import() -> None:
    catalogue = FakeCatalogue(["num", "numa", "numpy"])

    assert names(search("nu", catalogue)) == ["numpy", "num", "numa"]


@pytest.mark.parametrize("query", [" ", "a b", "a@b", "é", "x" * 300])
def test_search_packages_finds_nothing_when_no_name_can_hold_it(query: str) -> None:
    index = FakePackageIndex()

    found = search(query, FakeCatalogue(["a"], (UNLISTED,)), index)

    assert (names(found), found.indexes, index.asked) == ([], (UNLISTED,), [])


def test_search_packages_asks_for_the_exact_name_when_an_index_has_no_list() -> None:
    catalogue = FakeCatalogue(["inner-tool-box"], (LISTED, UNLISTED))

    found = search("inner-tool", catalogue, FakePackageIndex("inner-tool"))

    assert names(found) == ["inner-tool", "inner-tool-box"]
    assert not found.is_complete


@pytest.mark.parametrize("query", ["numpy", "num-"])
def test_search_packages_asks_nobody_when_that_can_bring_nothing(query: str) -> None:
    index = FakePackageIndex()

    search(query, FakeCatalogue(["numpy"], (LISTED, UNLISTED)), index)

    assert index.asked == []


def test_search_packages_asks_nobody_while_a_list_is_on_its_way() -> None:
    index = FakePackageIndex("numpy")

    found = search("numpy", FakeCatalogue([], (LOADING,)), index)

    assert (names(found), found.is_complete, index.asked) == ([], False, [])


def test_search_packages_answers_what_is_listed_when_another_index_is_away() -> None:
    catalogue = FakeCatalogue(["toolbox"], (LISTED, UNLISTED))

    assert names(search("tool", catalogue, FakePackageIndex(error=AWAY))) == ["toolbox"]


def test_search_packages_fails_when_nothing_is_listed_and_the_index_is_away() -> None:
    with pytest.raises(OutsideFailedError):
        search("tool", FakeCatalogue([], (UNLISTED,)), FakePackageIndex(error=AWAY))


@pytest.mark.parametrize(("limit", "is_complete"), [(2, False), (3, True)])
def test_search_packages_says_when_there_may_be_more(limit: int, is_complete: bool) -> None:
    found = search("a", FakeCatalogue(["a", "aa"]), limit=limit)

    assert (names(found), found.is_complete) == (["a", "aa"], is_complete)
