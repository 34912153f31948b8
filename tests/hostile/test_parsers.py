"""Every reader of somebody else's text gives a result or a clear error, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.parsers import PARSERS
from tests.hostile.mutations import documents, texts

_SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

_WITH_VALUES = [name for name, parser in PARSERS.items() if documents(parser.seeds) is not None]


@pytest.mark.parametrize("name", PARSERS)
def test_parser_understands_its_examples(name: str) -> None:
    parser = PARSERS[name]
    understood = []

    for seed in parser.seeds:
        try:
            parser.read(seed)
        except parser.errors:
            continue
        understood.append(seed)

    assert understood


@pytest.mark.parametrize("name", PARSERS)
@_SETTINGS
@given(data=st.data())
def test_parser_gives_a_result_or_a_clear_error_for_any_text(
    name: str, data: st.DataObject
) -> None:
    parser = PARSERS[name]

    parser.accept(data.draw(texts(parser.seeds)))


@pytest.mark.parametrize("name", _WITH_VALUES)
@_SETTINGS
@given(data=st.data())
def test_parser_gives_a_result_or_a_clear_error_for_any_values(
    name: str, data: st.DataObject
) -> None:
    parser = PARSERS[name]
    changed = documents(parser.seeds)
    assert changed is not None

    parser.accept(data.draw(changed))
