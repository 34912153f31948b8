from __future__ import annotations

from aidevsecops_ext.domain.packages import rank_names

KNOWN = frozenset({"pandas"})


def ranked(query: str, *names: str, limit: int = 9) -> list[tuple[str, str]]:
    return [(one.name, one.match.value) for one in rank_names(names, query, KNOWN, limit)]


def test_rank_names_puts_the_exact_name_first_and_parts_last() -> None:
    found = ranked("pan", "geopan", "panda", "pan", "other")

    assert found == [("pan", "exact"), ("panda", "prefix"), ("geopan", "part")]


def test_rank_names_prefers_well_known_names_and_then_short_ones() -> None:
    found = ranked("pa", "path", "pandas", "pa-long", "pab", "paa")

    assert [name for name, _ in found] == ["pandas", "paa", "pab", "path", "pa-long"]


def test_rank_names_answers_no_more_than_asked_for_and_each_once() -> None:
    found = ranked("p", "pb", "pa", "pa", "pc", limit=2)

    assert found == [("pa", "prefix"), ("pb", "prefix")]
