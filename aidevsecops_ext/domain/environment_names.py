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
    own: set[str] = set()
    for source in sources:
        if "environ" not in source and "getenv" not in source:
            continue
        try:
            _, tree = parse_cell(source)
        except UnreadableCodeError:
            continue
        for name, is_required in _asked(tree, own):
            found[name] = found.get(name, False) or is_required
    return tuple(Variable(name, found[name]) for name in sorted(found))


def _asked(tree: ast.AST, own: set[str]) -> Iterator[tuple[str, bool]]:
    nodes = sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Subscript | ast.Call)),
        key=lambda node: (node.lineno, node.col_offset),
    )
    for node in nodes:
        use = _use(node)
        if use is None or use[0] in _EVERYWHERE or use[0].startswith(_OF_ENGINE):
            continue
        name, is_required = use
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            own.add(name)
        elif name not in own:
            yield name, is_required


def _use(node: ast.Subscript | ast.Call) -> tuple[str, bool] | None:
    """The variable that an expression is about, and whether it has to be there."""
    if isinstance(node, ast.Subscript):
        return _named(node.slice, is_required=True) if _ends(node.value, "environ") else None
    function = node.func
    if not node.args:
        return None
    if _ends(function, "getenv"):
        return _named(node.args[0], is_required=False)
    if isinstance(function, ast.Attribute) and _ends(function.value, "environ"):
        is_required = function.attr in {"pop", "__getitem__"} and len(node.args) == 1
        return _named(node.args[0], is_required=is_required) if function.attr in _READING else None
    return None


def _ends(node: ast.expr, name: str) -> bool:
    """True for ``os.environ`` and ``environ``, and the like."""
    if isinstance(node, ast.Attribute):
        return node.attr == name
    return isinstance(node, ast.Name) and node.id == name


def _named(node: ast.expr, *, is_required: bool) -> tuple[str, bool] | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return node.value, is_required
    return None
