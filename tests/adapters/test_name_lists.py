"""Lists of names, fetched by the real child process from an index of the test's own."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.index_http import HttpSettings, IndexAddress
from aidevsecops_ext.adapters.name_lists import NameLists
from aidevsecops_ext.domain.errors import CancelledError
from aidevsecops_ext.domain.packages import ListState
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.kits.package_index import PackageIndex, serve

SETTINGS = HttpSettings(timeout=20.0)
NOBODY: frozenset[str] = frozenset()


def lists(folder: Path, hours: float = 24.0) -> NameLists:
    return NameLists(folder / "lists", hours, CancelSource())


def address(index: PackageIndex) -> IndexAddress:
    return IndexAddress(index.simple_url)


def listed(*names: str) -> PackageIndex:
    index = PackageIndex(is_listed=True)
    for name in names:
        index.add_wheel(name, "1.0")
    return index


def test_renew_keeps_a_list_that_the_next_one_searches(tmp_path: Path) -> None:
    with serve(listed("Alpha_Beta", "gamma")) as index:
        lists(tmp_path).renew(address(index), SETTINGS, CancelSource())
        again = lists(tmp_path)

        found = again.search(address(index), "alpha-", NOBODY)
        state = again.state(address(index))
        again.renew(address(index), SETTINGS, CancelSource())

    assert found == (("alpha-beta",), True)
    assert (state.state, state.projects, state.reason) == (ListState.LISTED, 2, "")
    assert state.updated_at is not None
    assert len(index.requests) == 1


def test_renew_takes_nothing_new_when_the_list_did_not_change(tmp_path: Path) -> None:
    with serve(listed("alpha")) as index:
        lists(tmp_path).renew(address(index), SETTINGS, CancelSource())
        old = lists(tmp_path, hours=1e-9)
        index.add_wheel("beta", "1.0")
        old.renew(address(index), SETTINGS, CancelSource())
        unchanged = old.search(address(index), "a", NOBODY)
        index.tag = '"2"'
        old.renew(address(index), SETTINGS, CancelSource())
        changed = old.search(address(index), "a", NOBODY)

    assert [line.rpartition(" -")[0].rpartition(" ")[2] for line in index.requests] == [
        "200",
        "304",
        "200",
    ]
    assert (set(unchanged[0]), set(changed[0])) == ({"alpha"}, {"alpha", "beta"})


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("refuses", "404"),
        ("wants a password", "401"),
        ("breaks off", "broke off"),
        ("has no names", "is empty"),
    ],
)
def test_renew_says_why_there_is_no_list(tmp_path: Path, behaviour: str, reason: str) -> None:
    index = listed(*([] if behaviour == "has no names" else ["alpha"]))
    index.is_listed = behaviour != "refuses"
    index.needs_password = behaviour == "wants a password"
    if behaviour == "breaks off":
        index.cut_off.add("simple")
    found = lists(tmp_path)

    with serve(index):
        found.renew(address(index), SETTINGS, CancelSource())

    state = found.state(address(index))
    assert state.state is ListState.UNLISTED
    assert reason in state.reason
    assert found.search(address(index), "alpha", NOBODY) == ((), False)
    assert not found.is_due(address(index))


def test_renew_keeps_the_old_list_when_there_is_no_newer_one(tmp_path: Path) -> None:
    with serve(listed("alpha")) as index:
        lists(tmp_path).renew(address(index), SETTINGS, CancelSource())
        old = lists(tmp_path, hours=1e-9)
        index.is_listed = False
        old.renew(address(index), SETTINGS, CancelSource())

    state = old.state(address(index))
    assert (state.state, state.projects) == (ListState.LISTED, 1)
    assert "404" in state.reason
    assert old.search(address(index), "alpha", NOBODY) == (("alpha",), True)


def test_renew_sends_the_credentials_of_the_index(tmp_path: Path) -> None:
    index = listed("alpha")
    index.needs_password = True
    found = lists(tmp_path)

    with serve(index):
        secret = IndexAddress(index.simple_url, "Basic YWxpY2U6czNjcjN0LXBhNTU=")
        found.renew(secret, SETTINGS, CancelSource())

    assert found.state(secret).state is ListState.LISTED
    kept = b"".join(path.read_bytes() for path in (tmp_path / "lists").iterdir())
    assert b"YWxpY2U6" not in kept


def test_renew_says_so_when_the_list_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a file where the folder belongs", encoding="utf-8")
    found = lists(tmp_path)

    found.renew(IndexAddress("https://index.example/simple"), SETTINGS, CancelSource())

    state = found.state(IndexAddress("https://index.example/simple"))
    assert "cannot be kept" in state.reason


def test_renew_later_lists_in_the_background(tmp_path: Path) -> None:
    with serve(listed("alpha")) as index:
        found = lists(tmp_path)
        before = found.state(address(index)).state
        found.renew_later(address(index), SETTINGS)
        found.renew_later(address(index), SETTINGS)
        for thread in threading.enumerate():
            if thread.name == "aidevsecops-names":
                thread.join()

    assert before is ListState.LOADING
    assert found.state(address(index)).state is ListState.LISTED
    assert len(index.requests) == 1


def test_close_stops_what_runs_in_the_background(tmp_path: Path) -> None:
    index = listed("alpha")
    index.hanging.add("simple")

    with serve(index):
        found = lists(tmp_path)
        found.renew_later(address(index), SETTINGS)
        assert index.asked.wait(60)
        found.close()

    assert not any(thread.name == "aidevsecops-names" for thread in threading.enumerate())
    assert [path.suffix for path in (tmp_path / "lists").iterdir()] == [".lock"]


def test_renew_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    cancel = CancelSource()
    cancel.cancel()

    with pytest.raises(CancelledError):
        lists(tmp_path).renew(IndexAddress("https://index.example"), SETTINGS, cancel)


def test_lists_are_not_fetched_when_they_are_turned_off(tmp_path: Path) -> None:
    with serve(listed("alpha")) as index:
        found = lists(tmp_path, hours=0)
        found.renew_later(address(index), SETTINGS)
        found.renew(address(index), SETTINGS, CancelSource())

    state = found.state(address(index))
    assert (state.state, index.requests) == (ListState.UNLISTED, [])
    assert "package_list_hours" in state.reason


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"projects": 1, "known_at": "x"}'])
def test_lists_are_fetched_anew_when_their_record_is_damaged(tmp_path: Path, text: str) -> None:
    with serve(listed("alpha")) as index:
        found = lists(tmp_path)
        found.renew(address(index), SETTINGS, CancelSource())
        [record] = (tmp_path / "lists").glob("*.json")
        record.write_text(text, encoding="utf-8")

        assert found.is_due(address(index))
        found.renew(address(index), SETTINGS, CancelSource())

    assert found.state(address(index)).state is ListState.LISTED
