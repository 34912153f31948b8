"""What defining a function or a class does, and what running it will do."""

from __future__ import annotations

import ast
from abc import abstractmethod
from typing import TYPE_CHECKING

from .flow_arguments import dotted
from .flow_expressions import Expressions
from .flow_frames import OBJECT
from .flow_library import PLAIN_DECORATORS
from .flow_locals import FunctionNode, all_names, names_of, parameters_of
from .flow_values import (
    FRESH,
    IS,
    NO_CODE,
    PLAIN,
    Definition,
    Kind,
    Parameters,
    Summary,
    Value,
    join,
    reached,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_NO_PARAMETERS = ast.arguments([], [], None, [], [], None, [])


class Definitions(Expressions):
    """A scope that defines functions and classes."""

    @abstractmethod
    def new_scope(self, local_names: frozenset[str], outer_names: frozenset[str]) -> Definitions:
        """A scope for the body of a function in this one."""

    @abstractmethod
    def new_class_scope(self, local_names: frozenset[str]) -> Definitions:
        """A scope for the body of a class in this one."""

    @abstractmethod
    def run_body(self, body: Sequence[ast.stmt]) -> None:
        """Follow statements."""

    def define_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Value:
        """The value of a function; evaluates decorators, defaults and annotations."""
        decorators = [self.visit(each) for each in node.decorator_list]
        self._visit_signature(node)
        definition = self._new_definition(node, node.name)
        return self._decorated(Value({}, Kind.DEFINITION, what=definition), decorators)

    def define_lambda(self, node: ast.Lambda, name: str) -> Value:
        """The value of a lambda."""
        self._visit_signature(node)
        return Value({}, Kind.DEFINITION, what=self._new_definition(node, name))

    def define_timed(self, nodes: Sequence[ast.stmt]) -> Definition:
        """Statements as a function without parameters, as ``%timeit`` runs them."""
        function = ast.FunctionDef("timeit", _NO_PARAMETERS, list(nodes), [])
        return self._new_definition(function, "timeit")

    def _visit_signature(self, node: FunctionNode) -> None:
        arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self.visit(default)
        if isinstance(node, ast.Lambda) or self.known.has_late_annotations:
            return
        extra = [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
        for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *extra):
            if each.annotation is not None:
                self.visit(each.annotation)
        if node.returns is not None:
            self.visit(node.returns)

    def _decorated(self, value: Value, decorators: list[Value]) -> Value:
        """The value after its decorators, the lowest first."""
        for decorator in reversed(decorators):
            if decorator.kind is Kind.LIBRARY and decorator.what in PLAIN_DECORATORS:
                continue
            code = {value.what} if isinstance(value.what, Definition) else set()
            stored = self.facts.stored_code
            # Whatever the decorator changes may keep what it is given, and call it one day.
            for root in {*self.facts.mutated, *decorator.roots} if code else ():
                stored[root] = stored.get(root, NO_CODE) | code
            if isinstance(decorator.what, Definition):
                code.add(decorator.what)
            value = Value({}, Kind.UNKNOWN, decorator.code | value.code | frozenset(code))
        return value

    def _new_definition(self, node: FunctionNode, name: str) -> Definition:
        definition = Definition(name, node)
        definition.outer = self.function_names()
        definition.is_global = self.is_top
        definition.owner, definition.binding = self.owner, _binding_of(node)
        self.follow(definition, node)
        definition.checked = self.known.version
        facts = self.facts
        facts.log.extend(definition.mentions)
        facts.calls.extend(definition.calls)
        if not self.is_top:
            facts.inner.append(definition)
            self.add_nested(definition)
        return definition

    def function_names(self) -> frozenset[str]:
        """The names that functions defined here find in functions around them."""
        return self.outer_names | (self.local_names or frozenset()) | self.hidden

    def add_nested(self, definition: Definition) -> None:
        """Note a function in this function: it may be called at any time from now on."""
        facts = self.facts
        facts.nested.append(definition)
        for name in definition.closure:
            if self.local_names is not None and name not in self.local_names:
                facts.closure.add(name)
        for name, value in definition.summary.outer_values.items():
            mapped = self._mapped(value, {})
            if self.local_names is None or name not in self.local_names:
                facts.outer_values[name] = mapped
            else:
                self.env[name] = join((mapped, self.env.get(name, FRESH)))
                self.sticky.add(name)

    def follow(self, definition: Definition, node: FunctionNode) -> None:
        """Find out anew what a function does, with what its names stand for now."""
        parameters = parameters_of(node)
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        names = names_of(body)
        own = frozenset(names.bound | all_names(parameters))
        scope = self.new_scope(own, definition.outer - names.of_globals)
        scope.parameters = frozenset(all_names(parameters))
        for name in scope.parameters:
            scope.env[name] = Value({name: IS})
        for name in names.of_outer:
            scope.env[name] = Value({name: IS})
        scope.first_parameter = parameters.positional[0] if parameters.positional else ""
        if definition.owner is not None and parameters.positional and not definition.binding:
            first = parameters.positional[0]
            scope.env[first] = Value({first: IS}, Kind.INSTANCE, NO_CODE, definition.owner)
        self.known.followed.append(definition)
        if isinstance(node, ast.Lambda):
            scope.facts.returns.append(scope.visit(node.body))
        else:
            scope.run_body(node.body)
        self.known.followed.pop()
        conclude(definition, scope, parameters, names.of_outer)

    def define_class(self, node: ast.ClassDef) -> Value:
        """The value of a class; its body runs now, in a scope that its methods do not see."""
        decorators = [self.visit(each) for each in node.decorator_list]
        for base in node.bases:
            self.visit(base)
        for keyword in node.keywords:
            self.visit(keyword.value)
        definition = Definition(node.name, node, is_class=True, is_global=self.is_top)
        definition.bases = tuple(each.id for each in node.bases if isinstance(each, ast.Name))
        scope = self.new_class_scope(frozenset(names_of(node.body).bound))
        scope.owner = definition
        scope.run_body(node.body)
        methods = {}
        code = NO_CODE
        for name, value in scope.env.items():
            code |= value.code
            if isinstance(value.what, Definition):
                methods[name] = value.what
        definition.methods = methods
        definition.code = code
        if self.is_top:
            self.known.add_methods(definition)
        else:
            self.facts.inner.append(definition)
        return self._decorated(Value({}, Kind.DEFINITION, NO_CODE, definition), decorators)


def conclude(
    definition: Definition, scope: Definitions, parameters: Parameters, of_outer: set[str]
) -> None:
    """Note in a definition what following its body found."""
    facts = scope.facts
    _apply_nested(scope)
    own = scope.local_names or frozenset()
    exits = [*facts.exits, scope.bound] if not scope.is_dead else facts.exits
    writes = {name for name in facts.writes if scope.is_global(name)}
    sure = writes.intersection(*exits) if exits and not facts.is_generator else set()
    named = {root: level for root, level in facts.mutated.items() if not root.startswith(OBJECT)}
    definition.reads = frozenset(facts.reads)
    definition.mentions = frozenset(facts.mentions)
    definition.writes = frozenset(writes)
    definition.sure_writes = frozenset(sure)
    definition.mutates = frozenset(root for root in named if scope.is_global(root))
    definition.attributes = frozenset(facts.attributes)
    definition.closure = frozenset(facts.closure)
    definition.code = frozenset(facts.inner)
    definition.calls = tuple(facts.calls)
    definition.is_generator = facts.is_generator
    values = {name: scope.env.get(name, FRESH) for name in sure | of_outer}
    flat = {name: flattened(value, facts.holds) for name, value in values.items()}
    definition.summary = Summary(
        parameters,
        {root: named[root] for root in named.keys() - (own - scope.parameters)},
        tuple(_held_names(facts.holds)),
        flattened(join(facts.returns) if facts.returns else PLAIN, facts.holds),
        {name: flat[name] for name in sure},
        {**facts.outer_values, **{name: flat[name] for name in of_outer}},
        facts.consulted,
    )


def _binding_of(node: FunctionNode) -> str:
    """``staticmethod`` or ``classmethod`` where a method is one."""
    names = [] if isinstance(node, ast.Lambda) else [dotted(each) for each in node.decorator_list]
    return next((name for name in names if name in ("staticmethod", "classmethod")), "")


def _apply_nested(scope: Definitions) -> None:
    """Note what functions within a function do to its names, whenever they are called."""
    facts = scope.facts
    for definition in facts.nested:
        summary = definition.summary
        for root, level in summary.mutated.items():
            if root in definition.closure:
                scope.mutate(_ever(scope, root), level)
        for container, content, flags in summary.holds:
            if container in definition.closure:
                scope.put(_ever(scope, container), _ever(scope, content), flags)


def _ever(scope: Definitions, name: str) -> Value:
    """All that a name held in a function."""
    values = [value for written, value in scope.trail or () if written == name]
    if scope.local_names is None or name not in scope.local_names or name in scope.parameters:
        values.append(Value({name: IS}))
    return join(values) if values else FRESH


def flattened(value: Value, holds: Mapping[str, Mapping[str, int]]) -> Value:
    """The value in terms of names: of objects that the code makes, what they hold."""
    if not any(root.startswith(OBJECT) for root in value.roots):
        return value
    roots = reached(value, holds)
    named = {root: how for root, how in roots.items() if not root.startswith(OBJECT)}
    return Value(named, value.kind, value.code, value.what)


def _held_names(holds: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str, int]]:
    for container, contents in holds.items():
        if not container.startswith(OBJECT):
            flat = flattened(Value(contents), holds)
            for content, flags in flat.roots.items():
                yield container, content, flags
