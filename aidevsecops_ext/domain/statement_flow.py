"""What each statement of a cell does to the names of the notebook."""

from __future__ import annotations

import ast
import builtins

from .flow_facts import (
    Argument,
    CallUse,
    HistoryUse,
    ImportBinding,
    MagicUse,
    Statement,
    StatementKind,
)
from .imports import parse_python
from .ipython import read_cell

__all__ = [
    "Argument",
    "CallUse",
    "HistoryUse",
    "ImportBinding",
    "KnownNames",
    "MagicUse",
    "Statement",
    "StatementKind",
    "is_builtin",
    "read_statements",
]

_BUILTINS = frozenset(dir(builtins)) | {"__file__", "get_ipython", "display", "exit", "quit"}


class KnownNames:
    """What earlier cells have bound: imports and definitions; grows as cells are read."""


def is_builtin(name: str) -> bool:
    """True for a name that Python or IPython has before anybody binds it."""
    return name in _BUILTINS


def read_statements(
    source: str,
    known: KnownNames | None = None,  # noqa: ARG001
) -> tuple[Statement, ...]:
    """The statements of a cell in order; ``known`` learns what they bind.

    Raises:
        UnreadableCodeError: the cell is not Python, or is nested too deeply.
    """
    python = read_cell(source).python
    return tuple(_statement(node, python) for node in parse_python(python).body)


def _statement(node: ast.stmt, python: str) -> Statement:
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    writes = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    reads = {each.id for each in names if isinstance(each.ctx, ast.Load)}
    imports: tuple[ImportBinding, ...] = ()
    kind = StatementKind.PLAIN
    definitions: set[str] = set()
    if isinstance(node, ast.Import):
        kind = StatementKind.IMPORT
        imports = tuple(
            ImportBinding(a.asname or a.name.partition(".")[0], a.name) for a in node.names
        )
    elif isinstance(node, ast.ImportFrom):
        kind = StatementKind.IMPORT
        module = "." * node.level + (node.module or "")
        imports = tuple(ImportBinding(a.asname or a.name, module, a.name) for a in node.names)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        kind = StatementKind.DEFINITION
        definitions = {node.name}
        reads -= writes
        writes = set()
    return Statement(
        node.lineno,
        node.end_lineno or node.lineno,
        ast.get_source_segment(python, node) or "",
        kind,
        reads=frozenset(name for name in reads if not is_builtin(name)),
        writes=frozenset(writes | definitions | {each.name for each in imports}),
        imports=imports,
        definitions=frozenset(definitions),
    )
