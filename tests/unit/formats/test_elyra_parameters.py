"""Tests of values of parameters in Elyra's documents."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.elyra_parameters import with_values
from tests.kits.pipelines import document


def _document(kind: str, value: Json) -> dict[str, Json]:
    parameters: Json = [
        {"name": "wanted", "default_value": {"type": kind, "value": value}},
        {"name": "other", "default_value": {"type": "String", "value": "same"}},
    ]
    made = document(properties={"pipeline_parameters": parameters})
    made["pipelines"] = [{"id": "another"}, *made["pipelines"]]  # type: ignore[misc]
    return made


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("String", "a=b", "a=b"),
        ("Integer", "7", 7),
        ("Integer", "", None),
        ("Float", "0.5", 0.5),
        ("Float", "", None),
        ("Bool", "True", True),
        ("Bool", "no", False),
    ],
)
def test_with_values_changes_defaults(kind: str, text: str, value: Json) -> None:
    before = _document(kind, None)

    after = with_values(before, {"wanted": text})

    assert after == _document(kind, value)
    assert before == _document(kind, None)


def test_with_values_changes_nothing_without_any() -> None:
    before = _document("String", "x")

    assert with_values(before, {}) is before
