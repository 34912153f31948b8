from __future__ import annotations

import json
from typing import Any

import pytest

from aidevsecops_ext.adapters.json_child import ChildSlimmer
from aidevsecops_ext.domain.errors import CancelledError
from tests.fakes.cancel import FakeCancelToken

_BIG = "y" * 1_500_000


def _notebook(output: str) -> dict[str, Any]:
    cell = {
        "cell_type": "code",
        "source": "é = 1",
        "outputs": [{"data": {"image/png": output}}],
        "attachments": {"a.png": {}},
    }
    return {"nbformat": 4, "metadata": {"title": "ü\U0001f600"}, "cells": [cell]}


def test_slim_answers_the_same_text_when_it_is_small() -> None:
    text = json.dumps(_notebook("small"))

    assert ChildSlimmer().slim(text, FakeCancelToken()) is text


@pytest.mark.parametrize("is_wrapped", [False, True])
def test_slim_drops_outputs_and_keeps_all_else_when_it_is_large(is_wrapped: bool) -> None:
    notebook = _notebook(_BIG)
    value: dict[str, Any] = {"path": "nb.ipynb", "notebook": notebook} if is_wrapped else notebook
    text = json.dumps(value, ensure_ascii=False)

    slim = json.loads(ChildSlimmer().slim(text, FakeCancelToken()))

    del notebook["cells"][0]["outputs"], notebook["cells"][0]["attachments"]
    assert slim == value


def test_slim_keeps_pictures_when_they_are_asked_for() -> None:
    notebook = _notebook(_BIG)

    slim = ChildSlimmer().slim(json.dumps(notebook), FakeCancelToken(), has_attachments=True)

    del notebook["cells"][0]["outputs"]
    assert json.loads(slim) == notebook


@pytest.mark.parametrize(
    "text", [f'{{"cells": "{_BIG}"', f'["{_BIG}"]', f'{{"cells": "{_BIG}"}}', "[" * 1_500_000]
)
def test_slim_answers_the_same_text_when_it_is_no_notebook(text: str) -> None:
    assert ChildSlimmer().slim(text, FakeCancelToken()) == text


@pytest.mark.parametrize("size", [10, 2_000_000])
def test_slim_reads_bytes_as_utf_8(size: int) -> None:
    text = json.dumps({"cells": [], "note": "\u00e9" * size}, ensure_ascii=False)

    slim = ChildSlimmer().slim(text.encode(), FakeCancelToken())

    assert json.loads(slim) == json.loads(text)


@pytest.mark.parametrize("size", [10, 2_000_000])
def test_slim_refuses_bytes_that_are_not_utf_8(size: int) -> None:
    with pytest.raises(UnicodeDecodeError):
        ChildSlimmer().slim(b'{"cells": []}' + b"\xff" * size, FakeCancelToken())


def test_slim_stops_when_cancelled() -> None:
    text = json.dumps(_notebook(_BIG))

    with pytest.raises(CancelledError):
        ChildSlimmer().slim(text, FakeCancelToken(is_cancelled=True))
