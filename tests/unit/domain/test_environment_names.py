"""The environment variables that code asks for."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.environment_names import Variable, needed_names, variables_of


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('import os\nos.environ["A"]', [("A", True)]),
        ('from os import environ\nenviron["A"]', [("A", True)]),
        ('os.getenv("A")', [("A", False)]),
        ('getenv("A", "x")', [("A", False)]),
        ('os.environ.get("A", "x")', [("A", False)]),
        ('os.environ.setdefault("A", "x")', [("A", False)]),
        ('os.environ.pop("A")', [("A", True)]),
        ('os.environ.pop("A", None)', [("A", False)]),
        ('os.environ["A"] = "1"\nos.environ["A"]', []),
        ('x = os.environ["A"]\nos.environ["A"] = "1"', [("A", True)]),
        ('os.environ["B"], os.getenv("A")', [("A", False), ("B", True)]),
        ('os.getenv("A")\nos.environ["A"]', [("A", True)]),
        ('os.environ["HOME"], os.environ["ELYRA_RUN_NAME"]', []),
        ('os.environ[name], os.getenv(name), os.getenv(), os.environ.get("")', []),
        ('environ.update(A="1"), environ.keys("A"), other["environ"]', []),
        ("os.environ.copy()", []),
        ('functions[0]("environ"), os.environ.copy("A")', []),
        ('%cd x\nos.getenv("A")', [("A", False)]),
        ('os.getenv("A"', []),
    ],
)
def test_variables_are_those_that_are_read(code: str, found: list[tuple[str, bool]]) -> None:
    assert variables_of([code]) == tuple(Variable(name, required) for name, required in found)


def test_what_one_cell_sets_others_need_not_be_given() -> None:
    assert variables_of(['os.environ["A"] = "1"', 'os.environ["A"]', "print()"]) == ()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('os.environ["A"], os.getenv("B"), os.environ.get("C")', ("A", "B", "C")),
        ('os.getenv("A", "x"), os.getenv("B", default="x"), os.environ.get("C", "")', ()),
        ('os.environ["A"] = "1"\nos.getenv("A")', ()),
    ],
)
def test_what_has_another_value_is_not_needed(code: str, found: tuple[str, ...]) -> None:
    assert needed_names([code]) == found
