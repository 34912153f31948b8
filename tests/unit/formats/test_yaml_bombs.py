"""Texts that are small and unpack to much, or overflow what reads them."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.packages import IndexPage
from aidevsecops_ext.formats.seldon_files import deployment_problems
from aidevsecops_ext.formats.simple_page import JSON_TYPE, read_page
from aidevsecops_ext.formats.yaml_values import yaml_value

_ALIASES = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
)
_MERGES = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40)
)


@pytest.mark.parametrize("in_python", [True, False])
@pytest.mark.parametrize("text", [_ALIASES, _MERGES, "&a [*a]", "&a {b: [*a]}"])
def test_yaml_value_refuses_what_repeats_too_much(text: str, in_python: bool) -> None:
    with pytest.raises(ValueError, match="repeats too much|recursive"):
        yaml_value(text, in_python=in_python)


def test_yaml_value_takes_aliases_that_repeat_little() -> None:
    assert yaml_value("a: &a [1, {b: c}]\nb: *a\nc: [*a, *a]") == {
        "a": ["1", {"b": "c"}],
        "b": ["1", {"b": "c"}],
        "c": [["1", {"b": "c"}]] * 2,
    }


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "? " * 100_000, "{a: " * 50_000])
def test_yaml_value_refuses_what_is_nested_too_deeply(text: str) -> None:
    with pytest.raises(ValueError, match="not YAML"):
        yaml_value(text)


@pytest.mark.parametrize("text", [_MERGES, _ALIASES])
def test_deployment_is_refused_when_it_repeats_too_much(text: str) -> None:
    assert "repeats too much" in deployment_problems(text)[0]


def test_page_of_an_index_is_refused_when_it_is_nested_too_deeply() -> None:
    page = IndexPage("demo", "https://index.example/simple", ())

    with pytest.raises(ValueError, match="nested too deeply"):
        read_page("[" * 100_000, JSON_TYPE, "https://index.example/simple/demo/", page)
