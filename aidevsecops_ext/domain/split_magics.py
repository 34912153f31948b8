"""The magics of a statement, with those that it runs as ``get_ipython().run_line_magic(…)``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .flow_facts import MagicUse
from .imports import UnreadableCodeError, parse_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .flow_facts import Statement

_SHELL = frozenset({"system", "system_piped", "system_raw", "getoutput"})


def magics_of(statement: Statement) -> tuple[MagicUse, ...]:
    """The magics that a statement runs, however it is written."""
    if "get_ipython" not in statement.source and "run_line_magic" not in statement.source:
        return statement.magics
    try:
        tree = parse_python(statement.source)
    except UnreadableCodeError:
        return statement.magics
    return (*statement.magics, *_called(tree, statement.line - 1))


def _called(tree: ast.Module, before: int) -> Iterator[MagicUse]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(), attr="run_line_magic" as method),
                args=arguments,
            ):
                yield from _magic(method, [_text(each) for each in arguments], before + node.lineno)
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Call(
                        func=ast.Name(id="get_ipython") | ast.Attribute(attr="get_ipython")
                    ),
                    attr=method,
                ),
                args=arguments,
            ):
                yield from _magic(method, [_text(each) for each in arguments], before + node.lineno)


def _text(node: ast.expr) -> str:
    """What is written; a variable where it is not."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else "$"


def _magic(method: str, texts: list[str], line: int) -> Iterator[MagicUse]:
    if method in _SHELL:
        yield MagicUse("!", " ".join(texts), line)
    elif method in ("run_line_magic", "magic") and texts:
        name, _, rest = " ".join(texts).lstrip("%").partition(" ")
        yield MagicUse(name, rest.strip(), line)
    elif method == "run_cell_magic" and texts:
        yield MagicUse(texts[0], " ".join(texts[1:2]), line, True)
