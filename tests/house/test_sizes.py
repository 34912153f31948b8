"""Small files, small functions: a list of exceptions that may only become shorter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from .sources import find_sources, name_of

SOURCE_LINES, TEST_LINES, FUNCTION_LINES, PARAMETERS, COMPONENT_LINES = 400, 600, 60, 5, 200

ALLOWED: dict[str, tuple[int, str]] = {}
"""What is larger, by how much, and since when; an entry goes when it is no longer needed."""


@cache
def _sizes() -> tuple[tuple[str, int, int], ...]:
    return tuple(_find_sizes())


def _find_sizes() -> Iterator[tuple[str, int, int]]:
    """Every size that has a limit: what it is of, the size, the limit."""
    for folder in ("aidevsecops_ext", "tests", "scripts", "benchmarks", "fuzz"):
        limit = TEST_LINES if folder == "tests" else SOURCE_LINES
        for path in find_sources(folder, ".py"):
            text = path.read_text(encoding="utf-8")
            yield name_of(path), len(text.splitlines()), limit
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    where = f"{name_of(path)}::{node.name}"
                    lines = (node.end_lineno or node.lineno) - node.lineno + 1
                    yield where, lines, FUNCTION_LINES
                    if folder == "aidevsecops_ext":
                        yield f"{where} parameters", _count_parameters(node), PARAMETERS
    for path in find_sources("src", ".ts", ".tsx"):
        count = len(path.read_text(encoding="utf-8").splitlines())
        is_test = "__tests__" in path.parts
        is_component = path.suffix == ".tsx" and not is_test
        limit = TEST_LINES if is_test else COMPONENT_LINES if is_component else SOURCE_LINES
        yield name_of(path), count, limit


def _count_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    arguments = node.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_sizes_are_within_their_limits() -> None:
    too_large = {
        where: size for where, size, limit in _sizes() if size > ALLOWED.get(where, (limit, ""))[0]
    }

    assert too_large == {}


def test_allowed_sizes_are_needed() -> None:
    needed = {where for where, size, limit in _sizes() if size > limit}

    assert set(ALLOWED) <= needed
