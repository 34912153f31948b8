from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.step_names import is_kale_name, is_safe_name, safe_name, unique_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Load data", "load_data"),
        ("1. Load data", "load_data"),
        ("2.3) Load data", "load_data"),
        ("IV. Load data", "load_data"),
        ("Step 3: Load data", "load_data"),
        ("Part 2 - Load data", "load_data"),
        ("Step 3", "step_3"),
        ("2024 results", "step_2024_results"),
        ("3d-plots", "step_3d_plots"),
        ("Größe & Übergänge", "grosse_ubergange"),
        ("../../etc/passwd", "etc_passwd"),
        ("-rf .", "rf"),
        ("CON", "step_con"),
        ("_private", "_private"),
        ("mix it", "mix_it"),
        ("Ivory", "ivory"),
        ("a" * 50, "a" * 40),
        (
            "Fine-tuning the model on many more examples than before",
            "fine_tuning_the_model_on_many_more",
        ),
        ("a name of forty letters until here and no", "a_name_of_forty_letters_until_here_and"),
    ],
)
def test_safe_name_says_what_the_title_says(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_safe_name_is_stable_when_nothing_of_a_title_is_ascii() -> None:
    assert safe_name("数据") == safe_name("数据")
    assert safe_name("数据") != safe_name("训练")
    assert is_safe_name(safe_name("数据"))


def test_unique_names_keep_the_first_and_number_the_others() -> None:
    assert unique_names(["load", "train", "load", "load"]) == ["load", "train", "load_2", "load_3"]


def test_unique_names_keep_a_name_that_looks_numbered() -> None:
    assert unique_names(["load", "load", "load_2"]) == ["load", "load_3", "load_2"]


@given(st.lists(st.text(max_size=60), max_size=20))
def test_names_are_safe_and_unique_whatever_the_titles(titles: list[str]) -> None:
    names = unique_names([safe_name(title) for title in titles])

    assert len({name.casefold() for name in names}) == len(titles)
    assert all(is_safe_name(name) and is_kale_name(name) and len(name) <= 40 for name in names)
    assert [safe_name(name) for name in names] == names
