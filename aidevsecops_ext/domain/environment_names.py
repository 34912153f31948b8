"""The environment variables that code asks for: ``os.environ["A"]``, ``os.getenv("B", "x")``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from .imports import UnreadableCodeError
from .ipython import parse_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What every machine has, and what Elyra sets itself.
_EVERYWHERE = frozenset({"HOME", "PATH", "PWD", "SHELL", "TMPDIR", "USER", "LANG", "HOSTNAME"})
_OF_ENGINE = "ELYRA_"
_READING = frozenset({"get", "pop", "setdefault", "__getitem__"})


class Variable(Struct, frozen=True):
    """A variable that code asks for; without it code that requires it fails."""

    name: str
    is_required: bool


def variables_of(sources: Iterable[str]) -> tuple[Variable, ...]:
    """The variables that pieces of code ask for, sorted; a piece that is not Python has none.

    One that the code sets itself before anything else is said of it is not asked for.
    """
    found: dict[str, bool] = {}
    for use in _uses(sources):
        found[use.name] = found.get(use.name, False) or use.is_required
    return tuple(Variable(name, found[name]) for name in sorted(found))


def needed_names(sources: Iterable[str]) -> tuple[str, ...]:
    """The names of the variables that pieces of code have no other value for, sorted."""
    return tuple(sorted({use.name for use in _uses(sources) if not use.has_default}))


class _Use(Struct, frozen=True):
    """One place that asks for a variable."""

    name: str
    is_required: bool
    has_default: bool


def _uses(sources: Iterable[str]) -> Iterator[_Use]:
    own: set[str] = set()
    for source in sources:
        if "environ" not in source and "getenv" not in source:
            continue
        try:
            _, tree = parse_cell(source)
        except UnreadableCodeError:
            continue
        yield from _asked(tree, own)


def _asked(tree: ast.AST, own: set[str]) -> Iterator[_Use]:
    nodes = sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Subscript | ast.Call)),
        key=lambda node: (node.lineno, node.col_offset),
    )
    for node in nodes:
        use = _use(node)
        if use is None or use.name in _EVERYWHERE or use.name.startswith(_OF_ENGINE):
            continue
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            own.add(use.name)
        elif use.name not in own:
            yield use


def _use(node: ast.Subscript | ast.Call) -> _Use | None:
    """The variable that an expression is about, and whether it has to be there."""
    if isinstance(node, ast.Subscript):
        return _named(node.slice, is_required=True) if _ends(node.value, "environ") else None
    function = node.func
    if not node.args:
        return None
    has_default = len(node.args) > 1 or bool(node.keywords)
    if _ends(function, "getenv"):
        return _named(node.args[0], has_default=has_default)
    if isinstance(function, ast.Attribute) and _ends(function.value, "environ"):
        is_required = function.attr in {"pop", "__getitem__"} and len(node.args) == 1
        if function.attr in _READING:
            return _named(node.args[0], is_required=is_required, has_default=has_default)
    return None


def _ends(node: ast.expr, name: str) -> bool:
    """True for ``os.environ`` and ``environ``, and the like."""
    if isinstance(node, ast.Attribute):
        return node.attr == name
    return isinstance(node, ast.Name) and node.id == name


def _named(node: ast.expr, *, is_required: bool = False, has_default: bool = False) -> _Use | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return _Use(node.value, is_required, has_default)
    return None
