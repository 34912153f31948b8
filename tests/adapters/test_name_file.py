from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.adapters.name_file import MANY, search_names

_NAMES = st.from_regex(r"[a-c0-1](-?[a-c0-1]){0,4}", fullmatch=True)


def write(path: Path, names: Iterable[str]) -> Path:
    path.write_text("\n" + "".join(f"{name}\n" for name in sorted(names)), encoding="ascii")
    return path


@given(names=st.sets(_NAMES, min_size=1, max_size=30), query=_NAMES)
def test_search_names_finds_all_that_hold_the_query(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], query: str
) -> None:
    path = write(tmp_path_factory.mktemp("names") / "names", names)

    found, is_all = search_names(path, query, ["a", "zz"])

    assert set(found) == {name for name in names if query in name} | ({"a"} & names)
    assert is_all


def test_search_names_answers_the_shortest_when_many_begin_with_the_query(tmp_path: Path) -> None:
    path = write(tmp_path / "names", [f"pa{'x' * (n % 50)}{n}" for n in range(5000)] + ["pandas-x"])

    found, is_all = search_names(path, "pa", ["pandas-x", "not-there"])

    assert not is_all
    assert {"pa0", "pandas-x"} <= set(found)
    assert "not-there" not in found
    assert len(found) <= MANY + 2


def test_search_names_answers_the_shortest_when_many_hold_the_query(tmp_path: Path) -> None:
    path = write(tmp_path / "names", [*(f"n{n}-tool" for n in range(9000)), "tool", "toolbox"])

    found, is_all = search_names(path, "tool", [])

    assert not is_all
    assert {"tool", "toolbox", "n0-tool"} <= set(found)
    assert len(found) == len(set(found)) <= MANY + 2


@pytest.mark.parametrize("text", [None, "", "\nalpha\nbe", "alpha\n"])
def test_search_names_fails_when_there_is_no_list(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "names"
    if text is not None:
        path.write_text(text, encoding="ascii")

    with pytest.raises(OSError, match="."):
        search_names(path, "a", [])
