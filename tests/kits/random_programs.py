"""Random programs over a few names that hold lists of lists, and what running them really does."""

from __future__ import annotations

import builtins
import copy
import re
from random import Random
from typing import Any, NamedTuple

NAMES = ("a", "b", "c", "d", "e")
FUNCTIONS = ("f", "g", "h")
CLASSES = ("K",)

Namespace = dict[str, Any]


def initial() -> Namespace:
    """What the names hold before the program: lists of lists that share nothing."""
    return {name: [[index, 1], [index, 2], [[index]]] for index, name in enumerate(NAMES)}


class Outcome(NamedTuple):
    """What a program did: the objects that it began with, and what the names hold after."""

    before: Namespace
    after: Namespace
    changed: set[str]


def run(source: str, names: set[str] | None = None) -> Outcome | None:
    """What the program does when only those names are there; None when it fails."""
    start = initial()
    given = {name: value for name, value in start.items() if names is None or name in names}
    original = copy.deepcopy(given)
    space: Namespace = dict(given)
    space["__builtins__"] = {**vars(builtins), "hash": _Clock().tick}
    try:
        exec(source, space)
    except Exception:  # any failure of a random program will do
        return None
    del space["__builtins__"]
    changed = {name for name, value in given.items() if _text(value) != _text(original[name])}
    return Outcome(given, space, changed)


class _Clock:
    """Ends programs that run for too long: their functions and loops call it as ``hash``."""

    def __init__(self) -> None:
        self._ticks = 0

    def tick(self, _: object) -> None:
        self._ticks += 1
        if self._ticks > 40:
            raise TimeoutError


def _text(value: object, depth: int = 4) -> str:
    """The value as text, down to a depth: shared parts make the whole of it endless."""
    if isinstance(value, list) and depth:
        parts = [_text(each, depth - 1) for each in value[:5]]
        return f"[{', '.join(parts)}, {_text(getattr(value, 'kept', None), depth - 1)}]"
    return repr(value) if isinstance(value, int | None) else type(value).__name__


def plain_state(space: Namespace) -> dict[str, str]:
    """The lists that names hold, as text."""
    return {name: _text(value) for name, value in space.items() if isinstance(value, list | int)}


def parts_of(value: object) -> set[int]:
    """The identities of all lists and objects within a value."""
    seen: dict[int, object] = {}
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, int | str | type | None):
            continue
        if isinstance(each, list | tuple):
            seen[id(each)] = each
            waiting.extend(each)
        elif hasattr(each, "kept"):
            seen[id(each)] = each
            waiting.append(vars(each))
        elif isinstance(each, dict):
            waiting.extend(each.values())
    return set(seen)


_EXPRESSIONS = (
    """
NAME|NAME|NAME|NAME[0]|NAME[1:]|NAME.copy()|[EXPR, EXPR]|list(EXPR)|(NAME[:2] + EXPR[:2])
(EXPR if len(EXPR) > 2 else EXPR)|[z for z in EXPR]|(EXPR or EXPR)|(lambda q: [q, EXPR])(EXPR)
max(EXPR, EXPR, key=len)|[*EXPR[:2], NAME]|(TARGET := EXPR)|dict(k=EXPR)['k']|FUNCTION(EXPR, EXPR)
""".strip()
    .replace("\n", "|")
    .split("|")
)
_HOLE = re.compile("NAME|EXPR|TARGET|FUNCTION")


def expressions(rnd: Random, names: tuple[str, ...], depth: int = 2) -> str:
    """An expression over the names."""

    def fill(hole: re.Match[str]) -> str:
        if hole[0] == "EXPR" and depth:
            return expressions(rnd, names, depth - 1)
        choices = {"TARGET": NAMES, "FUNCTION": FUNCTIONS}
        return rnd.choice(choices.get(hole[0], names))

    return _HOLE.sub(fill, rnd.choice(_EXPRESSIONS))


def simple_statements(rnd: Random, names: tuple[str, ...]) -> str:
    """A statement without blocks."""
    value = expressions(rnd, names)
    target, other = rnd.choice(names), rnd.choice(names)
    templates = [
        f"{target} = {value}",
        f"{target} = {value}",
        f"{target} = {other} = {value}",
        f"{target}, {other} = {other}, {value}",
        f"{target}.append({value})",
        f"{target}[0] = {value}",
        f"{target}[0].append({value})",
        f"{target} += [{value}]",
        f"{target}[0] += [{value}]",
        f"{target}.insert(0, {value})",
        f"{target}.extend({value}[:2])",
        f"{target}, *{other} = {value}",
        f"del {target}[0]",
        f"{target}.sort(key=len)",
        f"{target}.pop()",
        f"{rnd.choice(FUNCTIONS)}({value}, {other})",
        f"{target} = K({value})",
        f"{target} = {other}.kept",
        f"{target}.keep({value})",
        f"{target} = {rnd.choice(FUNCTIONS)}",
        f"{target} = {other}({value}, {value})",
        f"{target} = [lambda p, q: [p, {value}]]",
        f"{target}[0]({value}, {other})",
    ]
    return rnd.choice(templates)


def blocks(rnd: Random, names: tuple[str, ...], depth: int) -> list[str]:
    """Statements, of which some have blocks."""
    lines: list[str] = []
    for _ in range(rnd.randint(1, 4)):
        lines += statements(rnd, names, depth)
    return lines


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def statements(rnd: Random, names: tuple[str, ...], depth: int) -> list[str]:
    """A statement, maybe with a block."""
    kind = rnd.randint(0, 12) if depth else 0
    if kind < 6:
        return [simple_statements(rnd, names)]
    body = _indented(blocks(rnd, names, depth - 1))
    other = _indented(blocks(rnd, names, depth - 1))
    value = expressions(rnd, names)
    target = rnd.choice(names)
    match kind:
        case 6:
            return [f"if len({value}) > 1:", *body, "else:", *other]
        case 7:
            return [f"if len({value}) > 2:", *body]
        case 8:
            return [f"for {target} in list({value})[:3]:", "    hash(0)", *body]
        case 9:
            return ["try:", *body, "except Exception:", *other]
        case 10:
            return ["try:", *body, "finally:", *other]
        case 11:
            leave = rnd.choice(["break", "continue"])
            return ["for _ in range(2):", *body, f"    if len({value}) > 2: {leave}", *other]
        case _:
            return [f"match {value}:", f"    case [{target}, *_]:", *_indented(body)]


def functions(rnd: Random, name: str) -> list[str]:
    """A function with parameters, globals and maybe a function of its own."""
    globals_ = rnd.sample(NAMES, rnd.randint(0, 2))
    names = ("p", "q", "r", *rnd.sample(NAMES, rnd.randint(1, 2)))
    head = [f"def {name}(p, q):"]
    if globals_:
        head.append(f"    global {', '.join(globals_)}")
    head += ["    hash(0)", "    r = [p]"]
    if rnd.random() < 0.5:
        inner = _indented(blocks(rnd, names, 0))
        head += ["    def i():", "        nonlocal r", *_indented(inner), "        return r"]
        head += ["    r = i()"] if rnd.random() < 0.5 else ["    r = i() + r", "    r.append(i)"]
    body = _indented(blocks(rnd, names, 1))
    return [*head, *body, f"    return {expressions(rnd, names)}"]


_CLASS = """
class K(list):
    kept = None
    def __init__(self, x):
        super().__init__([x, [1], [2]])
        self.kept = x
    def keep(self, x):
        self.kept = x
        {extra}
""".strip()


def programs(rnd: Random) -> str:
    """A program: definitions among statements."""
    lines: list[str] = []
    for name in rnd.choices(FUNCTIONS, k=rnd.randint(0, 3)):
        lines += functions(rnd, name)
        if rnd.random() < 0.5:
            lines += statements(rnd, NAMES, 2)
    if rnd.random() < 0.5:
        extra = simple_statements(rnd, ("x", *NAMES))
        lines += _CLASS.format(extra=extra).split("\n")
    lines += blocks(rnd, NAMES, 2)
    return "\n".join(lines)
