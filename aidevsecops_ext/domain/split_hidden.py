"""State that hides in functions and classes: defaults, closures, what a class has for all.

Told from the source, and only where it is changed: ``def add(x, seen=[])`` is as good as new each
time unless the body changes ``seen``.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .flow_facts import NO_NAMES
from .imports import UnreadableCodeError, parse_python
from .late_patterns import late_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .flow_facts import Statement

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda

_CHANGERS_WORDS = (
    "add append appendleft clear discard extend insert pop popleft popitem push put remove reverse "
    "rotate setdefault sort update"
)
CHANGERS = frozenset(_CHANGERS_WORDS.split())
"""Methods that change lists, dictionaries and the like."""
_MUTABLE = late_pattern(
    r"=\s*(?:[\[{]|(?:list|dict|set|defaultdict|deque)\()"
    r"|\w=[\w.]+\(|\b(?:def|lambda)\b[^\n]*=\s*[\w.]+\("
)
_INNER = late_pattern(r"\n\s+(?:async\s+)?def\s|\blambda\b")
_IS_CLASS = late_pattern(r"^class\s", re.MULTILINE)
_CLASS = late_pattern(
    r"(?:\bcls|\btype\(\w+\)|\.__class__)\.\w+\s*(?:[-+*/%|&^@]|//|>>|<<|\*\*)?=(?!=)"
)


_SHARED = late_pattern(
    r"^[ \t]+(\w+)(?:\s*:[^=\n]+)?\s*=\s*(?:[\[{]|(?:list|dict|set|defaultdict|deque)\()",
    re.MULTILINE,
)
_CHANGED = late_pattern(
    rf"\.(\w+)(?:\.(?:{'|'.join(sorted(CHANGERS))})\(|\[[^\]]*\]\s*[-+*/|&^]?=(?!=))"
)
_CACHED = late_pattern(
    r"^[ \t]*@(?:[\w.]+\.)?(?:cache|lru_cache|cached_property|memoize)\b", re.MULTILINE
)


def shared_attributes(source: str) -> frozenset[str]:
    """The lists and the like that the instances of a class share."""
    return frozenset(_SHARED.findall(source)) if _IS_CLASS.search(source) else NO_NAMES


def changed_attributes(source: str) -> frozenset[str]:
    """The attributes of anything of which the code changes what they stand for."""
    return frozenset(_CHANGED.findall(source))


def has_cache(source: str) -> bool:
    """True for a function that remembers what it has computed, and a class with such a property."""
    return _CACHED.search(source) is not None


def only_calls(name: str, definition: str, source: str) -> bool:
    """True for code that does no more with a function with a cache than call it."""
    is_function = has_cache(definition) and not _IS_CLASS.search(definition)
    return is_function and f"{name}." not in source


def sets_class(statement: Statement) -> bool:
    """True for code that changes a class through itself or an instance: ``cls.count += 1``."""
    source = statement.source
    # Searching takes long, and nearly no code has any of these.
    if not ("cls." in source or "type(" in source or "__class__" in source):
        return False
    return _CLASS.search(source) is not None


def keeps_state(source: str) -> bool:
    """True for code that may change a default value, or what all instances of a class share."""
    if not _MUTABLE.search(source):
        return False
    try:
        nodes = [node for statement in parse_python(source).body for node in ast.walk(statement)]
    except UnreadableCodeError:
        return True
    return any(
        _shares_state(node) if isinstance(node, ast.ClassDef) else _changes_default(node)
        for node in nodes
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    )


def gives_state(source: str) -> bool:
    """True for a function that makes functions which change what they keep, call after call."""
    if not _INNER.search(source):
        return False
    try:
        body = parse_python(source).body
    except UnreadableCodeError:
        return True
    return any(
        _changes_outer(node)
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _changes_outer(outer: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    inner = [
        node
        for statement in outer.body
        for node in ast.walk(statement)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    within = {id(each) for node in inner for part in _body(node) for each in ast.walk(part)}
    own = {node.name for node in inner if not isinstance(node, ast.Lambda)}
    own |= {
        node.id
        for statement in outer.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in within
    }
    return any(_is_changed(_body(node), own) for node in inner)


def _shares_state(node: ast.ClassDef) -> bool:
    """True for a class with a list or the like that its methods use."""
    shared = {
        target.id
        for each in node.body
        if isinstance(each, ast.Assign) and not isinstance(each.value, ast.Constant | ast.Tuple)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    return any(isinstance(each, ast.Attribute) and each.attr in shared for each in ast.walk(node))


def _changes_default(node: _Function) -> bool:
    arguments = [*node.args.posonlyargs, *node.args.args]
    defaults = node.args.defaults
    pairs = [
        *zip(arguments[len(arguments) - len(defaults) :], defaults, strict=True),
        *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
    ]
    kept, made = set(), set()
    for argument, default in pairs:
        if isinstance(default, ast.Call) and not _makes_collection(default):
            made.add(argument.arg)
        elif default is not None and not isinstance(default, ast.Constant | ast.Name | ast.Tuple):
            kept.add(argument.arg)
    body = _body(node)
    # Whoever does more than read a list as a whole may change it, or hand it out.
    is_used = any(
        isinstance(each, ast.Name) and each.id in kept for part in body for each in ast.walk(part)
    )
    return is_used or _is_changed(body, made)


def _makes_collection(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    name = call.func.id if isinstance(call.func, ast.Name) else name
    return name in ("list", "dict", "set", "defaultdict", "deque", "OrderedDict", "Counter")


def _is_changed(body: Sequence[ast.AST], names: set[str]) -> bool:
    """True where one of the names is rebound for others, or what it stands for is changed."""
    return bool(names) and any(
        changed in names
        for part in body
        for node in ast.walk(part)
        for changed in _changed_by(node)
    )


def _changed_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Nonlocal(names=names):
            yield from names
        case (
            ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del())
        ):
            yield _base(node)
        case ast.Call(func=ast.Attribute(attr=attr, value=value)) if attr in CHANGERS:
            yield _base(value)
        case ast.Call(func=ast.Name(id="next" | "setattr"), args=[first, *_]):
            yield _base(first)


def _base(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _body(node: _Function) -> list[ast.stmt] | list[ast.expr]:
    return [node.body] if isinstance(node, ast.Lambda) else node.body
