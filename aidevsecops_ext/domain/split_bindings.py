"""What each name of a notebook stands for at a point: an import, a definition, or a value.

Imports and definitions are repeated where they are used. A definition that changes, or that reads
variables when it is made, cannot be repeated: it is a value like any other.
"""

from __future__ import annotations

import ast
import re
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_facts import StatementKind
from .imports import UnreadableCodeError, parse_python

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .flow_facts import ImportBinding
    from .split_cells import Placed


class Bound(str, Enum):
    """How a step comes by a name."""

    IMPORT = "import"
    DEFINITION = "definition"
    PARAMETER = "parameter"
    VALUE = "value"


class Binding(Struct, eq=False):
    """What a name stands for, and where it came to.

    ``needs`` are the bindings that making it takes: the base classes of a class, what decorates
    a function. ``also`` is the import of the same module that came before (``import a.b`` after
    ``import a.c``).
    """

    name: str
    kind: Bound
    placed: Placed
    imported: ImportBinding | None = None
    needs: tuple[Binding, ...] = ()
    also: Binding | None = None


_MUTABLE_DEFAULT = re.compile(r"=\s*(?:[\[{]|(?:list|dict|set|defaultdict|deque)\()")
_CONSTANT_NAMES = frozenset({"sys", "os", "platform", "TYPE_CHECKING"})


def changing_definitions(statements: Iterable[Placed]) -> frozenset[Placed]:
    """The definitions whose functions or classes are changed after they are made."""
    made: dict[str, Placed] = {}
    changing: set[Placed] = set()
    for placed in statements:
        statement = placed.statement
        for name in statement.mutates:
            if name in made and made[name] is not placed:
                changing.add(made[name])
        for name in statement.deferred_mutates | statement.deferred_writes:
            if name in made or name in statement.definitions:
                changing.add(made.get(name, placed))
        for name in statement.writes:
            made.pop(name, None)
        if statement.kind is StatementKind.DEFINITION:
            made.update(dict.fromkeys(statement.definitions, placed))
            if _MUTABLE_DEFAULT.search(statement.source) and _keeps_state(statement.source):
                changing.add(placed)
    return frozenset(changing)


def is_import_block(source: str) -> bool:
    """True for ``try: import a`` with ``except ImportError: a = None`` and the like."""
    try:
        (statement,) = parse_python(source).body
    except UnreadableCodeError:
        return False
    return isinstance(statement, ast.Try | ast.If) and _only_imports(statement)


def _only_imports(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.If):
        names = {each.id for each in ast.walk(statement.test) if isinstance(each, ast.Name)}
        return names <= _CONSTANT_NAMES and all(map(_only_imports, _inner(statement)))
    if isinstance(statement, ast.Try):
        return all(map(_only_imports, _inner(statement)))
    if isinstance(statement, ast.Assign):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass)


def _inner(statement: ast.If | ast.Try) -> Iterator[ast.stmt]:
    yield from statement.body
    yield from statement.orelse
    if isinstance(statement, ast.Try):
        yield from statement.finalbody
        for handler in statement.handlers:
            yield from handler.body


def _keeps_state(source: str) -> bool:
    """True for code that may change a default value, or what all instances of a class share."""
    try:
        nodes = [node for statement in parse_python(source).body for node in ast.walk(statement)]
    except UnreadableCodeError:
        return True
    return any(
        _shares_state(node) if isinstance(node, ast.ClassDef) else _changes_default(node)
        for node in nodes
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    )


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


def _changes_default(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> bool:
    arguments = [*node.args.posonlyargs, *node.args.args]
    pairs = [
        *zip(
            arguments[len(arguments) - len(node.args.defaults) :], node.args.defaults, strict=True
        ),
        *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
    ]
    kept = {
        argument.arg
        for argument, default in pairs
        if default is not None and not isinstance(default, ast.Constant | ast.Name | ast.Tuple)
    }
    if not kept:
        return False
    body = node.body if isinstance(node.body, list) else [node.body]
    # Whoever does more than read it as a whole may change it, or hand it out.
    return any(
        isinstance(each, ast.Name) and each.id in kept for part in body for each in ast.walk(part)
    )


def is_definition_by_value(binding: Binding) -> bool:
    is_definition = binding.placed.statement.kind is StatementKind.DEFINITION
    return is_definition and binding.kind is Bound.VALUE


def is_same_import(before: Binding | None, found: Binding) -> bool:
    """True for an import of what is imported already."""
    each = before
    while each is not None:
        if each.kind is Bound.IMPORT and each.imported == found.imported:
            return not each.placed.statement.is_conditional
        each = each.also
    return False


def goes_on(before: Binding, found: ImportBinding) -> bool:
    """True for ``import a.b`` where ``a`` is imported already."""
    one = before.imported
    return (
        before.kind is Bound.IMPORT
        and one is not None
        and (found.attribute, one.attribute) == (None, None)
        and one.module == found.module
        and one.loaded != found.loaded
    )
