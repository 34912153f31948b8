"""Texts that are short to write and may be dear to read: nested, repeated, wide, or endless.

Made for every parser alike, and out of the examples of each: what is in them, a thousandfold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from . import bomb_texts
from .parser import Parser

Bomb = Callable[[], str]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_DEEP = 900


def bombs_for(parser: Parser, size: int, grown: int) -> Mapping[str, Bomb]:
    """By name, texts of about so many characters; ``grown`` of them out of its examples."""
    found = dict(bomb_texts.bombs(size))
    for number, seed in enumerate(parser.seeds):
        made = [*_values(seed, size), *_tokens(seed, size)]
        step = max(1, len(made) * len(parser.seeds) // grown)
        found.update({f"example {number}: {name}": text for name, text in made[::step]})
        found[f"example {number}, again and again"] = _again(seed, size)
    return found


def _again(piece: str, size: int, before: str = "", after: str = "") -> Bomb:
    return lambda: before + piece * max(1, size // max(1, len(piece))) + after


def _tokens(seed: str, size: int) -> Iterator[tuple[str, Bomb]]:
    """Each word, blank and sign of an example many times in its place, with what follows or not."""
    first = {found.group(): found for found in reversed([*_TOKEN.finditer(seed)])}
    for word, found in sorted(first.items(), key=lambda each: each[1].start()):
        before, after = seed[: found.start()], seed[found.end() :]
        yield f"{word[:9]!r} at {found.start()}", _again(word, size, before, after)
        yield f"{word[:9]!r} at {found.start()} to the end", _again(word, size, before)


def _values(seed: str, size: int) -> Iterator[tuple[str, Bomb]]:
    """A JSON example with much in each of its places."""
    try:
        value = json.loads(seed)
    except ValueError:
        return
    for path in _places(value):
        old = _at(value, path)
        for name, new in _grown(old, size).items():
            yield f"{'/'.join(map(str, path))} {name}", _with(value, path, new)


def _grown(old: Any, size: int) -> Mapping[str, Any]:
    many = max(1, size // max(1, len(json.dumps(old))))
    found: dict[str, Any] = {"nested": _nested(old), "a number": 10**4_000}
    if isinstance(old, str):
        found |= {"again": old * many, "brackets": "[" * size}
    elif isinstance(old, list):
        found |= {"again": old * many, "words": [f"a{each}" for each in range(size // 10)]}
    elif isinstance(old, dict):
        wide = {f"{key}{n}": each for n in range(many) for key, each in old.items()}
        found["wide"] = wide or {f"k{each}": 1 for each in range(size // 10)}
    return found


def _nested(value: Any) -> Any:
    for _ in range(_DEEP):
        value = [value]
    return value


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(each, (*path, key))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Bomb:
    def dump() -> str:
        changed = json.loads(json.dumps(value))
        if not path:
            return json.dumps(new)
        _at(changed, path[:-1])[path[-1]] = new
        return json.dumps(changed)

    return dump
