"""What calls do to what they are given, and what they give."""

from __future__ import annotations

import ast
from abc import abstractmethod
from typing import TYPE_CHECKING

from .flow_arguments import Passed, argument_of, by_parameter, dotted
from .flow_facts import Argument, CallUse
from .flow_frames import Frame
from .flow_instances import CONSTRUCTING, LEAVES_ALONE, Use
from .flow_library import CHANGES_ARGUMENT, WELL_BEHAVED, root_of
from .flow_methods import (
    CHANGED_KEYWORDS,
    DRAWING_METHODS,
    FITTING_METHODS,
    FRESH_METHODS,
    PLAIN_METHODS,
    SHARING_METHODS,
    STORING_METHODS,
)
from .flow_results import library_result, same_parts
from .flow_values import (
    ANYHOW,
    COMPOSED,
    DEEP,
    DRAWING,
    FRESH,
    HAS,
    IS,
    NDARRAY,
    NO_CODE,
    OVERLAP,
    PLAIN,
    SHALLOW,
    WITH_ROWS,
    Definition,
    Kind,
    Roots,
    Summary,
    Value,
    are_plain,
    join,
    related,
    with_kind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .flow_locals import FunctionNode

_PLAIN = Passed(PLAIN)
_DEEPEST = 10
"""How far calls in functions are followed; beyond, a function is one that nobody knows."""


class Calls(Frame):
    """A scope that knows what calls do."""

    @abstractmethod
    def visit(self, node: ast.expr) -> Value:
        """What an expression gives, noting what evaluating it does."""

    @abstractmethod
    def follow(self, definition: Definition, node: FunctionNode) -> None:
        """Find out anew what a function does, with what its names stand for now."""

    def call(self, node: ast.Call) -> Value:
        """What a call gives, noting what it does."""
        function = node.func
        receiver: Value | None = None
        if type(function) is ast.Name:
            callee = self.load(function.id)
            if self.is_global(function.id) and function.id not in self.env:
                callee = self.known.called(function.id, callee)
                self._consult(function.id, callee)
        elif type(function) is ast.Attribute:
            receiver = self.visit(function.value)
            self.facts.attributes.add(function.attr)
            callee = self.attribute(receiver, function.attr)
        else:
            callee = self.visit(function)
        passed = self._pass(node, callee)
        for argument in passed:
            if argument.value.kind is Kind.ITERATOR:
                self.mutate(argument.value, SHALLOW)
        if callee.kind is Kind.LIBRARY:
            return self._call_library(str(callee.what), passed, node)
        if callee.kind is Kind.DEFINITION and isinstance(callee.what, Definition):
            return self.call_definition(callee.what, passed)
        if receiver is not None and type(function) is ast.Attribute:
            return self._call_method(receiver, function.attr, passed)
        return self._call_object(callee, passed, _last_name(function))

    def attribute(self, value: Value, name: str) -> Value:
        """What an attribute of a value is, as far as it needs no running of code."""
        if value.kind is Kind.LIBRARY:
            return Value(value.roots, Kind.LIBRARY, value.code, f"{value.what}.{name}")
        return FRESH

    def _consult(self, name: str, value: Value) -> None:
        if not self.is_top:
            self.facts.consulted[name] = (value.kind, value.what)

    def _pass(self, node: ast.Call, callee: Value) -> list[Passed]:
        """The arguments, evaluated; notes the call."""
        passed: list[Passed] = []
        arguments: list[Argument] = []
        log = self.facts.log
        for argument in node.args:
            start = len(log)
            if type(argument) is ast.Starred:
                passed.append(Passed(self.element(self.visit(argument.value)), None, 1))
                arguments.append(Argument(names=frozenset(log[start:]), stars=1))
            else:
                is_constant = type(argument) is ast.Constant
                passed.append(_PLAIN if is_constant else Passed(self.visit(argument)))
                arguments.append(argument_of(argument, None, log, start))
        for keyword in node.keywords:
            start = len(log)
            if keyword.arg is None:
                passed.append(Passed(self.element(self.visit(keyword.value)), None, 2))
                arguments.append(Argument(names=frozenset(log[start:]), stars=2))
            else:
                passed.append(Passed(self.visit(keyword.value), keyword.arg))
                arguments.append(argument_of(keyword.value, keyword.arg, log, start))
        is_known = callee.kind is Kind.LIBRARY
        self.facts.calls.append(
            CallUse(
                dotted(node.func),
                str(callee.what).removeprefix("builtins.") if is_known else "",
                node.lineno,
                tuple(arguments),
                not self.is_top,
            )
        )
        return passed

    def _call_library(self, target: str, passed: list[Passed], node: ast.Call) -> Value:
        """A call of what an import or Python itself provides."""
        name = target.rpartition(".")[2]
        root = root_of(target)
        values = [each.value for each in passed]
        if root in WELL_BEHAVED and target != "builtins.super" and are_plain(values):
            return library_result(target, values, node)  # what is plain cannot be changed
        if root not in LEAVES_ALONE:
            self.use_all(passed, Use.HANDED)
        if root not in WELL_BEHAVED:
            callee = Value({}, Kind.LIBRARY, frozenset(), target)
            return self._call_unknown(callee, passed, name)
        if target == "builtins.super":
            return related(self.env.get(self.first_parameter, FRESH), IS)
        self._change_named(passed)
        if target in CHANGES_ARGUMENT:
            position = CHANGES_ARGUMENT[target]
            self._change(passed if position is None else passed[position : position + 1])
            self._store_between(passed)
        elif name.endswith("_") and not name.endswith("__"):
            self._change(passed)
        self._run_passed(passed)
        return library_result(target, values, node)

    def _change(self, passed: Sequence[Passed]) -> None:
        for argument in passed:
            self.mutate(argument.value, DEEP)

    def _change_named(self, passed: list[Passed]) -> None:
        """Arguments that are there to be changed: ``out=x``, ``ax=axes[0]``, or drawn from."""
        for argument in passed:
            if argument.keyword in CHANGED_KEYWORDS:
                self.mutate(argument.value, DEEP)

    def _run_passed(self, passed: Sequence[Passed], receiver: Value = FRESH) -> None:
        """Functions of the notebook that are passed on get what else is passed."""
        for argument in passed:
            what = argument.value.what
            if argument.value.kind is Kind.DEFINITION and isinstance(what, Definition):
                summary = self.summary_of(what)
                if summary is None or summary.mutated:
                    self.mutate(receiver, DEEP)
                    self._change([other for other in passed if other is not argument])

    def _store_between(self, passed: list[Passed]) -> None:
        """Note that each argument may hold the others from now on."""
        values = [each.value for each in passed if each.value.roots]
        if len(values) > 1:
            for value in values:
                for other in values:
                    if other is not value:
                        self.put(value, other, ANYHOW)

    def _call_object(self, callee: Value, passed: list[Passed], name: str) -> Value:
        """A call of what is no function: of an instance that can be called, or nobody knows."""
        what = callee.what if callee.kind is Kind.INSTANCE else None
        if isinstance(what, Definition) and (method := self.known.find_method(what, "__call__")):
            return self._call_bound(method, callee, passed)
        self.use(callee, Use.CALLED)
        return self._call_unknown(callee, passed, name)

    def _call_unknown(self, callee: Value, passed: list[Passed], name: str) -> Value:
        """A call of what nobody knows: a class, by its name, keeps what it is given."""
        self.use_all(passed, Use.HANDED)
        given = join([each.value for each in passed] or [FRESH])
        if name[:1].isupper():
            return with_kind(related(given, HAS | OVERLAP), Kind.UNKNOWN)
        self._change(passed)
        self._store_between(passed)
        if callee.kind in (Kind.UNKNOWN, Kind.INSTANCE):
            is_variable = any(
                self.known.is_bound(root) or root in self.facts.writes for root in callee.roots
            )
            if is_variable:
                self.mutate(callee, DEEP)
                return related(join((given, callee)), ANYHOW)
        return related(given, ANYHOW)

    def _call_method(self, receiver: Value, name: str, passed: list[Passed]) -> Value:
        """A call of a method of a value."""
        found = self._methods(receiver, name)
        if not self.is_top:
            self.facts.consulted[f".{name}"] = (Kind.UNKNOWN, str(len(self.known.methods(name))))
        results = [self._call_bound(each, receiver, passed) for each in found]
        if not found:
            self.use(receiver, Use.CALLED)
            self.use_all(passed, Use.HANDED)
        if not found or receiver.kind not in (Kind.INSTANCE, Kind.DEFINITION):
            results.append(self._call_any_method(receiver, name, passed))
        return results[0] if len(results) == 1 else join(results)

    def _methods(self, receiver: Value, name: str) -> list[Definition]:
        """The methods of the notebook's classes that may be meant."""
        if receiver.kind in (Kind.PLAIN, Kind.ARRAY):
            return []
        if isinstance(receiver.what, Definition):
            method = self.known.find_method(receiver.what, name)
            if method is not None:
                return [method]
        return [each for each in self.known.methods(name) if each not in self.known.followed]

    def _call_bound(self, method: Definition, receiver: Value, passed: list[Passed]) -> Value:
        """A call of a method, which gets what it is a method of."""
        if method.binding == "staticmethod":
            return self.call_definition(method, passed)
        if receiver.kind is Kind.DEFINITION and not method.binding:
            return self.call_definition(method, passed)
        return self.call_definition(method, [Passed(receiver), *passed])

    def _call_any_method(self, receiver: Value, name: str, passed: list[Passed]) -> Value:
        """A method as its name tells; what nobody knows may change all that it gets."""
        self._change_named(passed)
        if receiver.kind is Kind.PLAIN:
            return PLAIN if name in PLAIN_METHODS else FRESH
        if receiver.kind is Kind.ITERATOR:
            self.mutate(receiver, SHALLOW)
        if any(each.keyword == "inplace" for each in passed):
            self.mutate(receiver, SHALLOW)
        if name[:1].isupper():  # a class, of a module that nobody imports here
            return related(join([each.value for each in passed] or [FRESH]), HAS | OVERLAP)
        if name == "split" and receiver.what == DRAWING:
            self.mutate(receiver, DEEP)
        if name in FRESH_METHODS or name in SHARING_METHODS:
            self._run_passed(passed, receiver)
            return self._read_only_result(receiver, name, passed)
        return self._call_changing_method(receiver, name, passed)

    def _call_changing_method(self, receiver: Value, name: str, passed: list[Passed]) -> Value:
        if name in STORING_METHODS:
            self.mutate(receiver, SHALLOW)
            for each in passed:
                self.put(receiver, each.value, HAS | OVERLAP)
            return related(join([receiver, *(each.value for each in passed)]), ANYHOW)
        if name in FITTING_METHODS:
            self.mutate(receiver, DEEP)
            return receiver if name == "fit" else NDARRAY
        if name in DRAWING_METHODS:
            if receiver.kind is not Kind.ARRAY:
                self.mutate(receiver, DEEP)
            return related(receiver, ANYHOW)
        return self._call_unknown_method(receiver, name, passed)

    def _call_unknown_method(self, receiver: Value, name: str, passed: list[Passed]) -> Value:
        self.mutate(receiver, DEEP)
        self._run_passed(passed, receiver)
        if receiver.kind is Kind.ARRAY or name.endswith("_"):
            return with_kind(related(receiver, ANYHOW), receiver.kind)
        self._change(passed)
        for each in passed:
            self.put(receiver, each.value, ANYHOW)
        self._store_between(passed)
        return related(join([receiver, *(each.value for each in passed)]), ANYHOW)

    def _read_only_result(self, receiver: Value, name: str, passed: list[Passed]) -> Value:
        """What a method gives that changes nothing, but may give a part of what it has."""
        if name in PLAIN_METHODS:
            return PLAIN
        is_array = receiver.kind is Kind.ARRAY
        if name in FRESH_METHODS:
            return Value({}, Kind.ARRAY, NO_CODE, receiver.what) if is_array else FRESH
        if name == "copy":
            return same_parts(receiver)
        if is_array:
            shared = related(receiver, ANYHOW)
            what = WITH_ROWS if name in ("reshape", "to_numpy") else receiver.what
            return Value(shared.roots, Kind.ARRAY, shared.code, what)
        given = [related(receiver, ANYHOW), self.element(receiver)]
        given += [each.value for each in passed]
        return with_kind(join(given), Kind.UNKNOWN)

    def summary_of(self, definition: Definition) -> Summary | None:
        """What a function does to its arguments; None where that cannot be told."""
        summary = definition.summary
        known = self.known
        if definition in known.followed or len(known.followed) > _DEEPEST:
            return None
        if definition.checked != known.version:
            node = definition.node
            # What a class does, it did when it was defined.
            if not isinstance(node, ast.ClassDef) and not self._is_current(summary):
                self.follow(definition, node)
            definition.checked = known.version
        return definition.summary

    def _is_current(self, summary: Summary) -> bool:
        for name, meant in summary.consulted.items():
            if name[0] == ".":
                count = str(len(self.known.methods(name[1:])))
                if meant[1] != count:
                    return False
            else:
                value = self.known.called(name, self.known.value(name))
                if (value.kind, value.what) != meant:
                    return False
        return True

    def call_definition(self, definition: Definition, passed: list[Passed]) -> Value:
        """A call of a function or class of the notebook."""
        if definition.is_class:
            return self._construct(definition, passed)
        summary = self.summary_of(definition)
        self.use_all(passed, Use.CALLED)
        self.run(definition)
        if summary is None:
            return self._call_unknown(Value({}), passed, "")
        values = by_parameter(summary.parameters, passed)
        for root, level in summary.mutated.items():
            if root in values or not self.is_global(root):
                self.mutate(self._root_value(root, values), level)
        for container, content, flags in summary.holds:
            left, right = self._root_value(container, values), self._root_value(content, values)
            self.put(left, right, flags)
        for name in definition.sure_writes:
            self.bind(name, self._mapped(summary.global_values[name], values))
        if definition.is_generator:
            given = join([*values.values(), self._mapped(summary.returns, values), FRESH])
            how = ANYHOW if summary.mutated else HAS
            return Value(related(given, how).roots, Kind.ITERATOR, frozenset({definition}))
        return self._mapped(summary.returns, values)

    def _construct(self, definition: Definition, passed: list[Passed]) -> Value:
        made = self.new_object(FRESH, definition)
        is_known = False
        for name in CONSTRUCTING:
            method = self.known.find_method(definition, name)
            if method is not None:
                self.call_definition(method, [Passed(made), *passed])
                is_known = True
        if not is_known:
            for argument in passed:
                self.put(made, argument.value)
        self.run(definition)
        code = frozenset({definition}).union(*(each.value.code for each in passed))
        return Value(made.roots, Kind.INSTANCE, code, definition)

    def _root_value(self, root: str, values: dict[str, Value]) -> Value:
        """What a root of a summary stands for here."""
        if root in values:
            return values[root]
        return self.env.get(root) or self.outer_value(root)

    def _mapped(self, value: Value, values: dict[str, Value]) -> Value:
        """A value of a summary, in terms of the names here."""
        roots: Roots = {}
        code = value.code
        kind, what = value.kind, value.what
        for root, how in value.roots.items():
            here = self._root_value(root, values)
            code |= here.code
            if how == IS and len(value.roots) == 1 and kind is Kind.UNKNOWN:
                return here
            if here.kind is Kind.PLAIN or (how == OVERLAP and here.kind is Kind.ARRAY):
                continue
            for other, relation in here.roots.items():
                roots[other] = roots.get(other, 0) | COMPOSED[how][relation]
        return Value(roots, kind, code, what)


def _last_name(node: ast.expr) -> str:
    return node.id if type(node) is ast.Name else ""
