from __future__ import annotations

import json

import pytest

from aidevsecops_ext.formats.visible_text import (
    visible,
    visible_json,
    visible_line,
    without_colours,
)

STEERING = "".join(
    map(chr, (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), 0x2066, 0x2069))
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 漢字 🦄 مرحبا", "plain é 漢字 🦄 مرحبا"),
        ("\x1b]8;;https://a.example\x07b", r"\x1b]8;;https://a.example\x07b"),
        ("gone\rhere\b", r"gone\rhere\x08"),
        ("\x9b2J\x7f\0", r"\x9b2J\x7f\x00"),
        ("\u202egpj.exe\u2066", r"\u202egpj.exe\u2066"),
        ("half \ud800", r"half \ud800"),
        ("two\r\nlines\n\tin\n", "two\nlines\n\tin\n"),
    ],
)
def test_what_steers_a_terminal_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_steering_character_is_left() -> None:
    assert not set(visible(STEERING)) & set(STEERING)
    assert not set(visible_line(STEERING)) & set(STEERING)


@pytest.mark.parametrize(
    ("text", "shown"), [("one", "one"), ("a\nb\tc\r\n\u2028", r"a\nb\tc\r\n\u2028")]
)
def test_line_of_a_log_is_one_line(text: str, shown: str) -> None:
    assert visible_line(text) == shown


@pytest.mark.parametrize("value", ["plain", "é 漢字", STEERING])
def test_json_says_the_same_without_steering_characters(value: str) -> None:
    text = json.dumps([value], ensure_ascii=False)

    shown = visible_json(text)

    assert json.loads(shown) == [value]
    assert not set(shown) & set(STEERING)


@pytest.mark.parametrize(
    ("text", "left"), [("plain", "plain"), ("\x1b[1;31mred\x1b[0m\x1b[2J", "red\x1b[2J")]
)
def test_colours_of_a_program_are_left_out(text: str, left: str) -> None:
    assert without_colours(text) == left
