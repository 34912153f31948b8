"""YAML as texts, lists and tables."""

from __future__ import annotations

import pytest

from aidevsecops_ext.formats.yaml_values import yaml_table, yaml_value

_EITHER = pytest.mark.parametrize("in_python", [True, False])


@_EITHER
def test_yaml_value_keeps_texts_when_they_look_like_something_else(in_python: bool) -> None:
    value = yaml_value(
        "python: 3.10\non: yes\nempty:\nlist: [1, !!python/name:os ~]", in_python=in_python
    )

    assert value == {"python": "3.10", "on": "yes", "empty": "", "list": ["1", "~"]}


@_EITHER
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [", r"it is not YAML \(line \d: "),
        ("a: 1\nb:\n\t- c", r"it is not YAML \(line 3: found character"),
        ("[" * 5000, "it is not YAML"),
        ("- a", "it is not a table"),
        ("# nothing", "it is empty"),
        ("---\n", "it is empty"),
    ],
)
def test_yaml_table_says_what_is_wrong(text: str, problem: str, in_python: bool) -> None:
    with pytest.raises(ValueError, match=problem):
        yaml_table(text, in_python=in_python)
