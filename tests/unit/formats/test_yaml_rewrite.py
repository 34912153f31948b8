"""YAML files that say something else by now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.errors import RefusedError, UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.yaml_places import locate_yaml
from aidevsecops_ext.formats.yaml_rewrite import with_document

TEXT = """\
# Above.
host: "thoth.example"  # whose
tls_verify: true

runtime_environments:
  # the first
  - name: training  # for us
    python_version: '3.11'
    operating_system: {name: ubi, version: "9"}

  - name: scoring
    labels: [a, b]
# between
managers:
"""


def _document() -> dict[str, Json]:
    value = locate_yaml(TEXT).value
    assert isinstance(value, dict)
    return value


def _environments(document: dict[str, Json]) -> list[dict[str, Json]]:
    found = document["runtime_environments"]
    assert isinstance(found, list)
    return [entry for entry in found if isinstance(entry, dict)]


def test_nothing_changes_where_nothing_is_wanted() -> None:
    assert with_document(TEXT, _document(), ".thoth.yaml") == TEXT


def test_values_are_changed_where_they_stand() -> None:
    wanted = _document()
    wanted["host"] = "other.example"
    wanted["tls_verify"] = False
    first, second = _environments(wanted)
    first["python_version"] = "3.12"
    first["operating_system"] = {"name": "ubi", "version": "10"}
    second["labels"] = ["a", True]
    wanted["managers"] = [{"name": "update", "configuration": {"labels": ["bot"]}}, "info"]

    changed = with_document(TEXT, wanted, ".thoth.yaml")

    assert changed == (
        TEXT.replace('"thoth.example"', '"other.example"')
        .replace("tls_verify: true", "tls_verify: false")
        .replace("'3.11'", "'3.12'")
        .replace('version: "9"', 'version: "10"')
        .replace("[a, b]", "[a, true]")
        + "  - name: update\n    configuration:\n      labels:\n        - bot\n  - info\n"
    )


def test_keys_and_entries_come_and_go() -> None:
    wanted = _document()
    first, second = _environments(wanted)
    del first["operating_system"]
    first["gpu"] = "x"
    second = {"platform": "linux"}
    wanted["runtime_environments"] = [first, second, {}]
    del wanted["managers"]
    wanted["virtualenv"] = None
    wanted["more"] = {"a": [], "b": {}}

    changed = with_document(TEXT, wanted, ".thoth.yaml")

    assert locate_yaml(changed).value == wanted
    assert "  - name: training  # for us\n    python_version: '3.11'\n    gpu: x\n" in changed
    assert "  - platform: linux\n" in changed
    assert changed.startswith('# Above.\nhost: "thoth.example"  # whose\n')
    assert "# between" in changed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\nb:\n  - 1\n  - 2\n  - 3\n", {"a": 1, "b": [1, 3]}),
        ("a:\n  - 1\n", {"a": []}),
        ("a:\n  - 1", {"a": [1, {"b": "c"}]}),
        ("a: x\r\nb: y\r\n", {"a": {"c": [1]}, "b": "y"}),
        ("a: |\n  text\nb: 1\n", {"a": "other", "b": 1}),
        ("{a: 1, b: [c]}", {"a": {"d": [1, None]}}),
        ("a:\n- b: 1\n  c: 2\n- d\n", {"a": [{"c": 2}, ["e"]]}),
        ("a:\n  b:\n    c: 1\n", {"a": {"b": {}}}),
        ("a: 1\nb: true\n", {"a": True, "b": 1}),
        ("a:\n  - - 1\n    - 2\n", {"a": [[{"b": 1}]]}),
    ],
)
def test_whatever_is_wanted_is_said(text: str, wanted: dict[str, Json]) -> None:
    changed = with_document(text, wanted, "x")

    assert locate_yaml(changed).value == wanted
    assert ("\r\n" in changed) is ("\r\n" in text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\n", {}),
        ("- a\n", {"a": 1}),
        ("a: &x [1]\nb: *x\n", {"a": [2], "b": [1]}),
    ],
)
def test_what_cannot_be_written_is_refused(text: str, wanted: dict[str, Json]) -> None:
    with pytest.raises(RefusedError, match="x is written in a way"):
        with_document(text, wanted, "x")


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(UserError, match="cannot be read"):
        with_document("a: [", {"a": 1}, "x")


_TEXTS = st.sampled_from(["x", "3.10", "no", "a: b", "", "#"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["host", "tls_verify", "new"]), _VALUES))
def test_what_is_written_is_exactly_what_is_wanted(change: dict[str, Json]) -> None:
    wanted = {**_document(), **change}

    changed = with_document(TEXT, wanted, "x")

    assert locate_yaml(changed).value == wanted
    assert "# the first\n  - name: training  # for us\n" in changed
