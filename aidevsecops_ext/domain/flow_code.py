"""What running statements does to the names of a scope."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, cast

from .flow_blocks import Blocks
from .flow_facts import ImportBinding
from .flow_library import PLAIN_CONSTANTS
from .flow_results import operator_result
from .flow_values import (
    HAS,
    IS,
    NO_CODE,
    OVERLAP,
    PLAIN,
    SHALLOW,
    Definition,
    Kind,
    Value,
    code_of,
    join,
    related,
    with_kind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Never


class Scope(Blocks):
    """A scope whose statements are followed one by one."""

    def new_scope(self, local_names: frozenset[str], outer_names: frozenset[str]) -> Scope:
        """A scope for the body of a function in this one."""
        scope = Scope(self.known, local_names, outer_names)
        scope.trail = []
        return scope

    def new_class_scope(self, local_names: frozenset[str]) -> Scope:
        """A scope for the body of a class in this one."""
        return ClassScope(self, local_names)

    def run_body(self, body: Sequence[ast.stmt]) -> None:
        """Follow statements."""
        self.is_nested = True
        for node in body:
            self.run_statement(node)

    def run_statement(self, node: ast.stmt) -> None:
        """Follow one statement."""
        _RUNNERS.get(type(node), Scope._run_newer)(self, node)

    def assign(self, target: ast.expr, value: Value) -> None:
        """Write a value to what stands left of an equals sign."""
        if isinstance(target, ast.Name):
            self.bind(target.id, value)
        elif isinstance(target, ast.Attribute | ast.Subscript):
            self.store(target, value)
        else:
            if not value.roots and value.kind in _MAY_SHARE_PARTS:
                value = self.new_object(value, target)
            part = self.items(value)
            for each in _targets_in(target):
                if isinstance(each, ast.Starred):
                    self.assign(each.value, with_kind(related(part, HAS), Kind.UNKNOWN))
                else:
                    self.assign(each, part)

    def _run_assign(self, node: ast.Assign) -> None:
        start = len(self.facts.log)
        targets = node.targets
        pair = _paired(targets[0], node.value) if len(targets) == 1 else None
        if pair is not None:
            values = [self.visit(each) for each in pair[1]]
            for target, value in zip(pair[0], values, strict=True):
                self.note_made(target, start, value)
                self.assign(target, self.new_object(value, target))
            return
        value = self._assigned_value(node)
        if self.is_nested or len(targets) > 1:
            value = self.new_object(value, node)
        for target in targets:
            self.note_made(target, start, value)
            self.assign(target, value)

    def _assigned_value(self, node: ast.Assign) -> Value:
        target = node.targets[0]
        if isinstance(node.value, ast.Lambda) and isinstance(target, ast.Name):
            value = self.define_lambda(node.value, target.id)
            self._note_defined(value)
            return value
        return self.visit(node.value)

    def _run_annotated(self, node: ast.AnnAssign) -> None:
        start = len(self.facts.log)
        value = None if node.value is None else self.visit(node.value)
        is_evaluated = not self.is_function or not node.simple
        if is_evaluated and not self.known.has_late_annotations:
            self.visit(node.annotation)
        if value is not None:
            self.note_made(node.target, start, value)
            self.assign(node.target, value)

    def _run_augmented(self, node: ast.AugAssign) -> None:
        start = len(self.facts.log)
        target = node.target
        if isinstance(target, ast.Name):
            before = self.load(target.id)
            self.facts.loads.add(target.id)
        else:
            before = self.element(self.visit(target.value))
        value = self.visit(node.value)
        result = operator_result(node.op, before, value)
        if before.kind is not Kind.PLAIN:
            self.mutate(before, SHALLOW)
            self.put(before, value, OVERLAP)
            result = join((before, with_kind(result, before.kind)))
        self.note_made(target, start, result)
        self.assign(target, result)

    def _run_delete(self, node: ast.Delete) -> None:
        waiting = list(node.targets)
        while waiting:
            target = waiting.pop(0)
            if isinstance(target, ast.Name):
                self.unbind(target.id)
            elif isinstance(target, ast.Attribute | ast.Subscript):
                container = self.visit(target.value)
                if isinstance(target, ast.Subscript):
                    self.visit(target.slice)
                self.mutate(container, SHALLOW)
            else:
                waiting = [*_targets_in(target), *waiting]

    def _run_expression(self, node: ast.Expr) -> None:
        self.visit(node.value)

    def _run_import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            module = alias.name if alias.asname else name
            self.bind(name, Value({name: IS}, Kind.LIBRARY, NO_CODE, module))
            loaded = "" if module == alias.name else alias.name
            self.facts.imports.append(ImportBinding(name, module, loaded=loaded))

    def _run_import_from(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            name = alias.asname or alias.name
            self.facts.imports.append(ImportBinding(name, module, alias.name))
            if name == "*":
                self.known.add_star(module)
                continue
            if module == "__future__" and alias.name == "annotations":
                self.known.has_late_annotations = True
            target = f"{module}.{alias.name}"
            is_plain = target in PLAIN_CONSTANTS
            kind = Kind.PLAIN if is_plain else Kind.LIBRARY
            self.bind(name, Value({name: IS}, kind, NO_CODE, None if is_plain else target))

    def _run_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        value = self.define_function(node)
        self._note_defined(value)
        self.bind(node.name, value)

    def _run_class(self, node: ast.ClassDef) -> None:
        value = self.define_class(node)
        self._note_defined(value)
        self.bind(node.name, value)

    def _note_defined(self, value: Value) -> None:
        if self.is_top:
            self.facts.defined.extend(code_of(value))

    def _run_return(self, node: ast.Return) -> None:
        value = PLAIN if node.value is None else self.visit(node.value)
        self.facts.returns.append(self._leaving(value))
        self.facts.exits.append(set(self.bound))
        self.is_dead = True

    def _leaving(self, value: Value) -> Value:
        """A value as it is outside: a function keeps what it uses of the names here."""
        what = value.what
        if value.kind is not Kind.DEFINITION or not isinstance(what, Definition):
            return value
        if what.is_class:
            return Value({}, Kind.UNKNOWN, frozenset({what}))
        if not what.closure:
            return value
        held = join([self.env.get(name) or self.outer_value(name) for name in what.closure])
        return Value(related(held, HAS).roots, Kind.UNKNOWN, held.code | {what})

    def _run_raise(self, node: ast.Raise) -> None:
        for each in (node.exc, node.cause):
            if each is not None:
                self.visit(each)
        self.is_dead = True

    def _run_assert(self, node: ast.Assert) -> None:
        self.visit(node.test)
        if node.msg is not None:
            self.visit(node.msg)

    def _run_leave_loop(self, _node: ast.stmt) -> None:
        if self.loops:
            self.loops[-1].append((dict(self.env), set(self.bound), False))
        self.is_dead = True

    def _run_nothing(self, _node: ast.stmt) -> None:
        return

    def _run_newer(self, node: ast.stmt) -> None:
        """A statement of a newer Python: ``type Name = ...``, or one newer than this program."""
        name = getattr(node, "name", None)
        if isinstance(name, ast.Name):
            # What the type stands for is evaluated when somebody asks.
            self.bind(name.id, PLAIN)
            return
        for each in ast.iter_child_nodes(node):
            if isinstance(each, ast.expr):
                self.visit(each)


class ClassScope(Scope):
    """The body of a class: it runs at once, and what it binds belongs to the class."""

    def __init__(self, parent: Scope, local_names: frozenset[str]) -> None:
        super().__init__(parent.known, local_names, parent.outer_names)
        self._parent = parent
        self.facts = parent.facts
        self.is_top = parent.is_top
        self.is_function = False

    def load(self, name: str) -> Value:
        """What a name of the class holds, or one of the scope around it."""
        if name not in self.env:
            return self._parent.load(name)
        if name in self.bound or name in self.hidden:
            return self.env[name]
        return join((self.env[name], self._parent.load(name)))

    def outer_value(self, name: str) -> Value:
        """What a name holds around the class."""
        return self._parent.env.get(name) or self._parent.outer_value(name)

    def is_global(self, name: str) -> bool:
        """True where the name is one of the notebook's namespace."""
        return name not in self.env and self._parent.is_global(name)

    def bind(self, name: str, value: Value) -> None:
        """Note that a name is written."""
        if name in (self.local_names or ()) or name in self.hidden:
            self.env[name] = value
            self.bound.add(name)
        else:
            self._parent.bind(name, value)

    def unbind(self, name: str) -> None:
        """Note that a name is deleted."""
        if name in (self.local_names or ()):
            self.env.pop(name, None)
        else:
            self._parent.unbind(name)

    def run(self, definition: Definition) -> None:
        """Note what code of the notebook does when it runs."""
        self._parent.run(definition)

    def function_names(self) -> frozenset[str]:
        """The names that functions defined here find in functions around them."""
        return self._parent.function_names()

    def add_nested(self, definition: Definition) -> None:
        """Note a method: it may be called at any time from now on."""
        self._parent.add_nested(definition)


_MAY_SHARE_PARTS = frozenset({Kind.UNKNOWN, Kind.ITERATOR, Kind.INSTANCE})


def _paired(target: ast.expr, source: ast.expr) -> tuple[list[ast.expr], list[ast.expr]] | None:
    """The targets and the sources of ``a, b = c, d``, each with its own."""
    if isinstance(target, ast.Tuple | ast.List) and isinstance(source, ast.Tuple | ast.List):
        targets, sources = target.elts, source.elts
        starred = any(isinstance(each, ast.Starred) for each in (*targets, *sources))
        if len(targets) == len(sources) and not starred:
            return targets, sources
    return None


def _targets_in(target: ast.expr) -> list[ast.expr]:
    """The targets in a tuple or list of them."""
    return target.elts if isinstance(target, ast.Tuple | ast.List) else []


_BY_TYPE: dict[type[ast.stmt], Callable[[Scope, Never], None]] = {
    ast.Assign: Scope._run_assign,
    ast.AnnAssign: Scope._run_annotated,
    ast.AugAssign: Scope._run_augmented,
    ast.Delete: Scope._run_delete,
    ast.Expr: Scope._run_expression,
    ast.Import: Scope._run_import,
    ast.ImportFrom: Scope._run_import_from,
    ast.FunctionDef: Scope._run_function,
    ast.AsyncFunctionDef: Scope._run_function,
    ast.ClassDef: Scope._run_class,
    ast.Return: Scope._run_return,
    ast.Raise: Scope._run_raise,
    ast.Assert: Scope._run_assert,
    ast.Break: Scope._run_leave_loop,
    ast.Continue: Scope._run_leave_loop,
    ast.Pass: Scope._run_nothing,
    ast.Global: Scope._run_nothing,
    ast.Nonlocal: Scope._run_nothing,
    ast.If: Scope.run_if,
    ast.For: Scope.run_for,
    ast.AsyncFor: Scope.run_for,
    ast.While: Scope.run_while,
    ast.With: Scope.run_with,
    ast.AsyncWith: Scope.run_with,
    ast.Try: Scope.run_try,
    ast.Match: Scope.run_match,
}
# Newer than the oldest Python that runs this.
_BY_TYPE.update({getattr(ast, name): Scope.run_try for name in ("TryStar",) if hasattr(ast, name)})
# Each is called with nodes of the type of its key alone.
_RUNNERS = cast("dict[type[ast.stmt], Callable[[Scope, ast.stmt], None]]", _BY_TYPE)
