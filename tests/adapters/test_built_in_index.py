"""The index that uv has built in is asked for once, and asked for again when uv has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.built_in_index import built_in_index

URL = "https://index.example/simple"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for the data of Jupyter."""
    folder = tmp_path / "data"
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))
    return folder


class Asked:
    """Answers, and counts how often it was asked."""

    def __init__(self, url: str | None = URL) -> None:
        self.url = url
        self.count = 0

    def __call__(self) -> str | None:
        self.count += 1
        return self.url


@pytest.fixture
def uv(tmp_path: Path) -> Path:
    """A program."""
    program = tmp_path / "uv"
    program.write_text("one")
    return program


@pytest.mark.usefixtures("data")
def test_built_in_index_is_asked_for_once(uv: Path) -> None:
    ask = Asked()

    answers = [built_in_index(str(uv), ask), built_in_index(str(uv), ask)]

    assert answers == [URL, URL]
    assert ask.count == 1


@pytest.mark.usefixtures("data")
def test_built_in_index_is_asked_for_again_when_uv_was_replaced(uv: Path) -> None:
    built_in_index(str(uv), Asked("https://old.example/simple"))
    uv.write_text("another")

    assert built_in_index(str(uv), Asked()) == URL


@pytest.mark.usefixtures("data")
def test_built_in_index_is_asked_for_again_when_there_was_no_answer(uv: Path) -> None:
    first = built_in_index(str(uv), Asked(None))

    assert first is None
    assert built_in_index(str(uv), Asked()) == URL


@pytest.mark.parametrize("text", ["", "not JSON", "[]", '{"uv": 1}'])
def test_built_in_index_is_asked_for_when_what_was_kept_is_not_valid(
    uv: Path, data: Path, text: str
) -> None:
    data.joinpath("aidevsecops").mkdir(parents=True)
    data.joinpath("aidevsecops", "built-in-index.json").write_text(text)

    assert built_in_index(str(uv), Asked()) == URL


def test_built_in_index_is_answered_when_it_cannot_be_kept(uv: Path, data: Path) -> None:
    data.write_text("not a folder")

    assert built_in_index(str(uv), Asked()) == URL


def test_built_in_index_leaves_no_draft(uv: Path, data: Path) -> None:
    built_in_index(str(uv), Asked())

    assert os.listdir(data / "aidevsecops") == ["built-in-index.json"]
