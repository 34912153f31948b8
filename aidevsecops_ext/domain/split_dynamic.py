"""Statements that nobody can see through, and those after which imports find something else."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from .flow_facts import NO_NAMES
from .imports import UnreadableCodeError, parse_python
from .late_patterns import late_pattern
from .split_magics import magics_of

if TYPE_CHECKING:
    from .flow_facts import Statement

_MANY = 4096
"""Of so many functions it is kept what they are: a notebook calls few, and those often."""

DYNAMIC_CALLS = frozenset({"exec", "eval", "globals", "locals", "vars"})
DYNAMIC_MAGICS = frozenset({"run", "load", "loadpy", "rerun", "recall", "macro", "pylab", "store"})
# Methods of the shell of a kernel: what they run or change is any code and any variable.
_OF_SHELL = (".run_cell", ".run_cell_async", ".run_code")
_PATHS = ("sys.path", "os.chdir", "site.addsitedir", "importlib.reload", "sys.modules")
_INSTALLS = frozenset({"pip", "pip3", "conda", "mamba", "micromamba", "uv", "cd"})


def dynamic_part(statement: Statement) -> str | None:
    """What of a statement may read and write any variable."""
    for call in statement.calls:
        called = dynamic_call(call.target or call.callee)
        if called is None:
            continue
        # With an argument, vars() is about one object.
        if called in DYNAMIC_CALLS and not (called == "vars" and call.arguments):
            return f"{call.callee}()"
        of_shell = called not in DYNAMIC_CALLS
        if of_shell and ("get_ipython" in statement.source or not called.startswith(".")):
            return f"{called.rpartition('.')[2]}()"
    if ".user_ns" in statement.source:
        return "user_ns"
    for magic in magics_of(statement):
        is_kept = magic.name == "store" and "-r" not in magic.arguments.split()
        if magic.name in DYNAMIC_MAGICS and not is_kept:
            return f"%{magic.name}"
    return None


@lru_cache(_MANY)
def dynamic_call(target: str) -> str | None:
    """A function that may read and write any variable, as called without a module's name."""
    called = target.removeprefix("builtins.")
    is_known = called in DYNAMIC_CALLS or called in (".push", ".ex", ".ev")
    return called if is_known or called.endswith(_OF_SHELL) else None


def is_dynamic(statement: Statement) -> bool:
    """True when the statement may read and write any variable."""
    return dynamic_part(statement) is not None


_COMPARES = late_pattern(r"\bis\b|\bid\(")


def compared_names(statement: Statement) -> frozenset[str]:
    """The names of which the statement may ask whether they are one object."""
    source = statement.source
    # To look for a word is many times as fast as to look for a pattern.
    if not (("is" in source or "id(" in source) and _COMPARES.search(source)):
        return NO_NAMES
    try:
        tree = parse_python(source)
    except UnreadableCodeError:
        return statement.reads
    found = [node for node in ast.walk(tree) if _compares(node)]
    return frozenset(
        each.id for node in found for each in ast.walk(node) if isinstance(each, ast.Name)
    )


def _compares(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "id"
    return isinstance(node, ast.Compare) and not any(
        isinstance(each, ast.Constant) for each in (node.left, *node.comparators)
    )


def moves_imports(statement: Statement) -> bool:
    """True when an import after the statement may find another module, or only then find one."""
    if True in [call_moves_imports(call.target) for call in statement.calls]:
        return True
    if "sys.path" in statement.source or "os.environ" in statement.source:
        return True
    for magic in magics_of(statement):
        words = magic.arguments.split()
        if magic.name in _INSTALLS or (magic.name == "!" and words[:1] and words[0] in _INSTALLS):
            return True
    return False


@lru_cache(_MANY)
def call_moves_imports(target: str) -> bool:
    """True for a function after which an import may find another module."""
    return target.startswith(_PATHS)
