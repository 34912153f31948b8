"""Valid texts, changed: as texts, and by the values in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import tomlkit
import yaml
from hypothesis import strategies as st

from aidevsecops_ext.formats.toml_text import parse_toml

_PIECES = (
    *("\0", "\ufeff", "\r", "\r\n", "\u2028", "\x85", "\x0c", "\x1b[31m", "\u202e", "é", "é"),
    *("\ud800", "😀", "'", '"', "`", "\\", "\\\n", "{{", "}}", "${HOME}", "%s", "%(x)s", "$(id)"),
    *("[", "]", "(", ")", "{", "}", "<", ">", "&a", "*a", "!!python/object:os.system", "|", ">-"),
    *("---\n", "...\n", "# ", "#", ";", ",", ":", "=", "==", ">=", "*", "@", "-r", "--", "!", "%"),
    *("..", "/", "../../etc/passwd", "C:\\", "file:///etc/passwd", "http://[::1", "://", "NaN"),
    *("1e999", "9" * 5000, "-0", "0x", "1_0", "2020-01-01", "T00:00", "true", "null", "~", "inf"),
    *("\n\n", " ", "\t", " " * 1000, "\n" * 200, "[" * 300, "(" * 300, "-" * 100, "a" * 10_000),
)
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, float("inf"), float("nan"), "", " ", "*", "\ud800"),
    *("x" * 5000, "\0", "../../x", "-x", "9" * 5000, "${HOME}", "a\nb", "\u202e", "1e999", "=="),
    *([], [[]], [None], [1, "a"], {}, {"": ""}, {"a": {"b": [{}]}}, [{"name": 1}], [{}]),
    *({"version": 1}, {"version": "*", "markers": 1}, {"git": []}, [["a", "b"]], {"name": None}),
)


def texts(seeds: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Anything, and seeds that were cut, doubled, joined and written into."""
    return st.one_of(st.text(max_size=200), _cut(seeds), _written_into(seeds))


@st.composite
def _cut(draw: st.DrawFn, seeds: tuple[str, ...]) -> str:
    text = draw(st.sampled_from(seeds))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    times = draw(st.integers(0, 3))
    return text[:start] + text[start:end] * times + text[end:]


@st.composite
def _written_into(draw: st.DrawFn, seeds: tuple[str, ...]) -> str:
    text = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 12))
        piece = draw(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)))
        text = text[:at] + piece + text[at + gone :]
    return text


def documents(seeds: tuple[str, ...]) -> st.SearchStrategy[str] | None:
    """Seeds with other values in some of their places; None where they have no values."""
    known = [(value, write) for seed in seeds for value, write in _read(seed)]
    return _changed(known) if known else None


@st.composite
def _changed(draw: st.DrawFn, known: list[tuple[Any, Callable[[Any], str]]]) -> str:
    value, write = draw(st.sampled_from(known))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(value))
        path = draw(st.sampled_from(places))
        value = _with(value, path, draw(st.sampled_from(_VALUES)))
    return str(write(value))


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(each, (*path, key))


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = _with(value[path[0]], path[1:], new)
    return copied


def _read(seed: str) -> Iterator[tuple[Any, Callable[[Any], str]]]:
    for read, write in (
        (json.loads, json.dumps),
        (parse_toml, _toml),
        (yaml.safe_load, _yaml),
    ):
        try:
            value = read(seed)
        except (ValueError, yaml.YAMLError):
            continue
        if isinstance(value, dict | list) and value:
            yield value, write
            return


def _toml(value: Any) -> str:
    """What TOML cannot hold is left out."""
    return tomlkit.dumps(_without_none(value)) if isinstance(value, dict) else str(value)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {k or "''": _without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_none(each) for each in value if each is not None]
    return value


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True))
