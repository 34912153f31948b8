"""What each name of a notebook stands for at a point: an import, a definition, or a value.

Imports and definitions are repeated where they are used. A definition that changes, or that reads
variables when it is made, cannot be repeated: it is a value like any other.
"""

from __future__ import annotations

import ast
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_facts import NO_NAMES, StatementKind
from .imports import UnreadableCodeError, parse_python
from .split_hidden import (
    changed_attributes,
    gives_state,
    keeps_state,
    only_calls,
    sets_class,
    shared_attributes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .flow_facts import ImportBinding, Statement
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
    ``import a.c``). ``held`` are the variables that a definition which is a value uses, and that go
    with it from step to step.
    """

    name: str
    kind: Bound
    placed: Placed
    imported: ImportBinding | None = None
    needs: tuple[Binding, ...] = ()
    also: Binding | None = None
    held: frozenset[str] = NO_NAMES


_CONSTANT_NAMES = frozenset({"sys", "os", "platform", "TYPE_CHECKING"})


def changing_definitions(statements: Iterable[Placed]) -> frozenset[Placed]:
    """The definitions whose functions or classes are changed after they are made.

    And the statements that call functions which make functions that change with each call.
    """
    made: dict[str, Placed] = {}
    makers: set[str] = set()
    shared: dict[str, Placed] = {}
    changing: set[Placed] = set()
    for placed in statements:
        statement = placed.statement
        if made or statement.definitions or statement.kind is StatementKind.DEFINITION:
            changing.update(_changed_by(placed, made))
        if shared:
            changed = changed_attributes(statement.source)
            changing |= {shared[name] for name in shared.keys() & changed}
        calls = statement.calls if makers else ()
        if any(call.callee in makers and not call.is_deferred for call in calls):
            changing.add(placed)
        for name in statement.writes:
            made.pop(name, None)
            makers.discard(name)
        if statement.kind is StatementKind.DEFINITION:
            made.update(dict.fromkeys(statement.definitions, placed))
            shared.update(dict.fromkeys(shared_attributes(statement.source), placed))
            if keeps_state(statement.source) or not makers.isdisjoint(statement.reads):
                changing.add(placed)
            if gives_state(statement.source):
                makers |= statement.definitions
    return frozenset(changing)


def _changed_by(placed: Placed, made: Mapping[str, Placed]) -> Iterator[Placed]:
    """The definitions that a statement changes, or that change each time they are used."""
    statement = placed.statement
    for name in (statement.mutates | _set_by_name(statement)) & made.keys():
        found = made[name]
        if not only_calls(name, found.statement.source, statement.source):
            yield found
    for name in statement.deferred_mutates | statement.deferred_writes:
        if name in made or name in statement.definitions:
            yield made.get(name, placed)
    if sets_class(statement):
        # Whose class an object has cannot be seen.
        yield from (placed,) if statement.kind is StatementKind.DEFINITION else made.values()


def _set_by_name(statement: Statement) -> frozenset[str]:
    """What ``setattr`` and ``delattr`` change."""
    if "attr" not in statement.source:
        return NO_NAMES
    return NO_NAMES.union(
        *[
            call.arguments[0].names
            for call in statement.calls
            if call.callee in ("setattr", "delattr") and call.arguments
        ]
    )


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


def held_by(statement: Statement, bound: Mapping[str, Binding]) -> frozenset[str]:
    """The variables that a definition uses when it is called, and by what it calls."""
    seen: set[str] = set()
    waiting = [statement]
    while waiting:
        each = waiting.pop()
        for name in (each.deferred_reads | each.deferred_mutates) - seen:
            binding = bound.get(name)
            if binding is not None and binding.kind in (Bound.VALUE, Bound.DEFINITION):
                seen.add(name)
                waiting.append(binding.placed.statement)
    return frozenset([name for name in seen if bound[name].kind is Bound.VALUE])


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


def deferred_names(binding: Binding) -> frozenset[str]:
    """What using a definition, or a value made by one, reads and changes."""
    if binding.kind in (Bound.DEFINITION, Bound.VALUE):
        statement = binding.placed.statement
        return statement.deferred_reads | statement.deferred_mutates
    return NO_NAMES


def roots_of(bindings: Iterable[Binding]) -> frozenset[str]:
    """The first parts of the modules that are imported."""
    return frozenset(
        binding.imported.module.partition(".")[0]
        for binding in bindings
        if binding.imported is not None
    )
