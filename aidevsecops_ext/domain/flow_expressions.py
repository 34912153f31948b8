"""What evaluating an expression reads, changes and gives."""

from __future__ import annotations

import ast
from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from .flow_calls import Calls
from .flow_library import PLAIN_ATTRIBUTES, PLAIN_CONSTANTS
from .flow_results import operator_result
from .flow_values import (
    ANYHOW,
    ARRAY,
    FRESH,
    HAS,
    OVERLAP,
    PART,
    PLAIN,
    SHALLOW,
    WITH_ROWS,
    Definition,
    Kind,
    Value,
    are_apart,
    are_plain,
    code_of,
    join,
    related,
    with_kind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Never

# These give True or False, whatever is compared.
_TRUTH: frozenset[type[ast.cmpop]] = frozenset({ast.Is, ast.IsNot, ast.In, ast.NotIn})
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Expressions(Calls):
    """A scope that evaluates expressions."""

    @abstractmethod
    def define_lambda(self, node: ast.Lambda, name: str) -> Value:
        """The value of a lambda."""

    @abstractmethod
    def assign(self, target: ast.expr, value: Value) -> None:
        """Write a value to what stands left of an equals sign."""

    def visit(self, node: ast.expr) -> Value:
        """What an expression gives, noting what evaluating it does."""
        visitor = _VISITORS.get(type(node))
        return self._visit_newer(node) if visitor is None else visitor(self, node)

    def _visit_name(self, node: ast.Name) -> Value:
        value = self.load(node.id)
        self.facts.loads.add(node.id)
        if value.kind is Kind.DEFINITION and isinstance(value.what, Definition):
            self.run(value.what)
        return value

    def _visit_constant(self, _node: ast.Constant) -> Value:
        return PLAIN

    def _visit_attribute(self, node: ast.Attribute) -> Value:
        value = self.visit(node.value)
        name = node.attr
        self.facts.attributes.add(name)
        if value.kind is Kind.LIBRARY:
            target = f"{value.what}.{name}"
            if target in PLAIN_CONSTANTS:
                return PLAIN
            return Value(value.roots, Kind.LIBRARY, value.code, target)
        if self.is_top:
            for method in self.known.methods(name):
                self.run(method)
        if name in PLAIN_ATTRIBUTES or (name == "size" and value.kind is Kind.ARRAY):
            return PLAIN
        part = self.element(value)
        if name == "values" and part.kind is Kind.ARRAY:  # of a frame
            return Value(part.roots, Kind.ARRAY, part.code, WITH_ROWS)
        return part

    def _visit_subscript(self, node: ast.Subscript) -> Value:
        value = self.visit(node.value)
        self.visit(node.slice)
        if value.what == "os.environ":
            return PLAIN
        if value.kind is Kind.LIBRARY:  # rcParams["font.size"], Optional[int]
            return with_kind(related(value, PART), Kind.UNKNOWN)
        if isinstance(node.slice, ast.Slice) and value.kind is Kind.UNKNOWN:
            return related(value, PART | OVERLAP)
        return self.element(value)

    def _visit_slice(self, node: ast.Slice) -> Value:
        for each in (node.lower, node.upper, node.step):
            if each is not None:
                self.visit(each)
        return PLAIN

    def _visit_binary(self, node: ast.BinOp) -> Value:
        """An operator; long sums are nested to the left, too deeply for a function each."""
        rights = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp):
            rights.append(left)
            left = left.left
        value = self.visit(left)
        for each in reversed(rights):
            value = operator_result(each.op, value, self.visit(each.right))
        return value

    def _visit_boolean(self, node: ast.BoolOp) -> Value:
        values = [self.visit(node.values[0])]
        before = self.branch()
        values += self._visit_parts(node.values[1:])
        self.join_branches([before, self.branch()])
        return join(values)

    def _visit_conditional(self, node: ast.IfExp) -> Value:
        self.visit(node.test)
        before = self.branch()
        first = self.visit(node.body)
        after = self.branch()
        self.enter(before)
        second = self.visit(node.orelse)
        self.join_branches([after, self.branch()])
        return join((first, second))

    def _visit_unary(self, node: ast.UnaryOp) -> Value:
        value = self.visit(node.operand)
        return PLAIN if isinstance(node.op, ast.Not) or value.kind is Kind.PLAIN else ARRAY

    def _visit_compare(self, node: ast.Compare) -> Value:
        values = [self.visit(node.left), *(self.visit(each) for each in node.comparators)]
        if _TRUTH.issuperset(map(type, node.ops)):
            return PLAIN
        return PLAIN if are_plain(values) else ARRAY

    def _visit_display(self, node: ast.List | ast.Tuple | ast.Set) -> Value:
        """``[a, b]``, ``(a, b)``, ``{a, b}``."""
        return self.container(
            [
                self.element(self.visit(each.value))
                if type(each) is ast.Starred
                else self.visit(each)
                for each in node.elts
            ],
            type(node) is ast.Tuple,
        )

    def container(self, values: list[Value], is_tuple: bool = False) -> Value:
        """A container that has the values."""
        if are_plain(values):
            return PLAIN if is_tuple else FRESH
        code = join(values).code | {
            value.what
            for value in values
            if value.kind is Kind.DEFINITION and isinstance(value.what, Definition)
        }
        held = related(join([v for v in values if v.kind is not Kind.LIBRARY] or [FRESH]), HAS)
        is_apart = is_tuple and are_apart(values, self.facts.holds)
        return Value(held.roots, Kind.APART if is_apart else Kind.UNKNOWN, code)

    def _visit_dict(self, node: ast.Dict) -> Value:
        values = []
        for key, each in zip(node.keys, node.values, strict=True):
            if key is None:
                values.append(self.element(self.visit(each)))
            else:
                values += [self.visit(key), self.visit(each)]
        return self.container(values)

    def _visit_named(self, node: ast.NamedExpr) -> Value:
        """``(name := value)``: in a comprehension it binds outside of that."""
        start = len(self.facts.log)
        value = self.visit(node.value)
        self.note_made(node.target, start, value)
        self.assign(node.target, value)
        return value

    def note_made(self, target: ast.expr, start: int, value: Value) -> None:
        """Note the names that the value of a target was made of: those read since ``start``."""
        if value.kind is Kind.PLAIN or self.local_names is not None:
            return
        names = self.facts.log[start:]
        for name in bound_names(target):
            self.facts.made.setdefault(name, set()).update(names)

    def _visit_comprehension(self, node: _Comprehension) -> Value:
        targets = {name for each in node.generators for name in bound_names(each.target)}
        start = len(self.facts.log)
        saved_hidden = self.hidden
        saved = {name: self.env.get(name) for name in targets}
        result = FRESH
        first = self.visit(node.generators[0].iter)
        before = self.branch()
        self.hidden = saved_hidden | targets
        for name in targets:
            self.env[name] = FRESH
        for number, each in enumerate(node.generators):
            self.assign(each.target, self.items(first if number == 0 else self.visit(each.iter)))
            for condition in each.ifs:
                self.visit(condition)
            self.facts.has_await |= bool(each.is_async)
        if isinstance(node, ast.DictComp):
            result = self.container([self.visit(node.key), self.visit(node.value)])
        else:
            result = self.container([self.visit(node.elt)])
        self.hidden = saved_hidden
        for name, value in saved.items():
            if value is None:
                self.env.pop(name, None)
            else:
                self.env[name] = value
        self.join_branches([before, self.branch()])
        log = self.facts.log
        log[start:] = [name for name in log[start:] if name not in targets]
        if type(node) is ast.GeneratorExp:
            shared = join((result, related(first, HAS)))
            return Value(shared.roots, Kind.ITERATOR, result.code)
        return result

    def items(self, value: Value) -> Value:
        """What a loop over a value gives; a loop uses an iterator up."""
        if value.kind is Kind.ITERATOR:
            self.mutate(value, SHALLOW)
        return self.element(value)

    def _visit_lambda(self, node: ast.Lambda) -> Value:
        value = self.define_lambda(node, "<lambda>")
        self._run_all(code_of(value))
        return value

    def _visit_await(self, node: ast.Await) -> Value:
        self.facts.has_await = True
        return self.visit(node.value)

    def _visit_yield(self, node: ast.Yield | ast.YieldFrom) -> Value:
        self.facts.is_generator = True
        if node.value is not None:
            self.facts.returns.append(self.visit(node.value))
        return Value(join([*self.facts.returns, FRESH]).roots)

    def _visit_string(self, node: ast.JoinedStr) -> Value:
        self._visit_parts(node.values)
        return PLAIN

    def _visit_formatted(self, node: ast.FormattedValue) -> Value:
        self.visit(node.value)
        if node.format_spec is not None:
            self.visit(node.format_spec)
        return PLAIN

    def _visit_parts(self, nodes: Sequence[ast.expr]) -> list[Value]:
        return [self.visit(node) for node in nodes]

    def _visit_newer(self, node: ast.expr) -> Value:
        """An expression of a Python newer than this program."""
        parts = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
        return related(join([*self._visit_parts(parts), FRESH]), ANYHOW)

    def store(self, target: ast.Attribute | ast.Subscript, value: Value) -> None:
        """``target.name = value`` or ``target[...] = value``."""
        container = self.visit(target.value)
        if isinstance(target, ast.Subscript):
            self.visit(target.slice)
        self.mutate(container, SHALLOW)
        self.put(container, value, HAS | OVERLAP if is_slice(target) else HAS)


def is_slice(node: ast.expr) -> bool:
    """True for ``x[a:b]``."""
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)


def bound_names(target: ast.expr) -> list[str]:
    """The names that writing to a target binds."""
    if type(target) is ast.Name:
        return [target.id]
    if isinstance(target, ast.Tuple | ast.List):
        return [name for each in target.elts for name in bound_names(each)]
    return bound_names(target.value) if isinstance(target, ast.Starred) else []


_BY_TYPE: dict[type[ast.expr], Callable[[Expressions, Never], Value]] = {
    ast.Name: Expressions._visit_name,
    ast.Constant: Expressions._visit_constant,
    ast.Attribute: Expressions._visit_attribute,
    ast.Subscript: Expressions._visit_subscript,
    ast.Slice: Expressions._visit_slice,
    ast.Call: Expressions.call,
    ast.BinOp: Expressions._visit_binary,
    ast.BoolOp: Expressions._visit_boolean,
    ast.IfExp: Expressions._visit_conditional,
    ast.UnaryOp: Expressions._visit_unary,
    ast.Compare: Expressions._visit_compare,
    ast.List: Expressions._visit_display,
    ast.Tuple: Expressions._visit_display,
    ast.Set: Expressions._visit_display,
    ast.Dict: Expressions._visit_dict,
    ast.NamedExpr: Expressions._visit_named,
    ast.ListComp: Expressions._visit_comprehension,
    ast.SetComp: Expressions._visit_comprehension,
    ast.DictComp: Expressions._visit_comprehension,
    ast.GeneratorExp: Expressions._visit_comprehension,
    ast.Lambda: Expressions._visit_lambda,
    ast.Await: Expressions._visit_await,
    ast.Yield: Expressions._visit_yield,
    ast.YieldFrom: Expressions._visit_yield,
    ast.JoinedStr: Expressions._visit_string,
    ast.FormattedValue: Expressions._visit_formatted,
}
# Each is called with nodes of the type of its key alone.
_VISITORS = cast("dict[type[ast.expr], Callable[[Expressions, ast.expr], Value]]", _BY_TYPE)
