"""The arguments of calls, and which parameter gets which."""

from __future__ import annotations

import ast

from msgspec import Struct

from .flow_facts import NO_NAMES, Argument
from .flow_values import FRESH, HAS, Parameters, Value, join, related


class Passed(Struct, frozen=True):
    """An argument of a call: ``stars`` are 1 for ``*x`` and 2 for ``**x``."""

    value: Value
    keyword: str | None = None
    stars: int = 0


def by_parameter(parameters: Parameters, passed: list[Passed]) -> dict[str, Value]:
    """What each parameter gets."""
    values: dict[str, Value] = {}
    extra: list[Value] = []
    options: list[Value] = []
    spread = [each.value for each in passed if each.stars]
    position = 0
    for argument in passed:
        if argument.stars:
            continue
        if argument.keyword is not None:
            if argument.keyword in parameters.keywords:
                values[argument.keyword] = argument.value
            else:
                options.append(argument.value)
        elif position < len(parameters.positional):
            values[parameters.positional[position]] = argument.value
            position += 1
        else:
            extra.append(argument.value)
    for name in {*parameters.positional, *parameters.keywords} - values.keys():
        values[name] = join(spread) if spread else FRESH
    if parameters.rest:
        values[parameters.rest] = related(join([*extra, *spread, FRESH]), HAS)
    if parameters.options:
        values[parameters.options] = related(join([*options, *spread, FRESH]), HAS)
    return values


def dotted(node: ast.expr) -> str:
    """A name with its attributes as written; begins with a dot where it hangs on no name."""
    if type(node) is ast.Name:
        return node.id
    parts: list[str] = []
    while type(node) is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if type(node) is ast.Name else "")
    parts.reverse()
    return ".".join(parts)


def argument_of(node: ast.expr, keyword: str | None, log: list[str], start: int) -> Argument:
    """An argument as written; the names in it are those of the log from ``start`` on."""
    if type(node) is ast.Constant:
        value = node.value
        if value is None or isinstance(value, (str, int, float)):
            return Argument(keyword, True, value)
        return Argument(keyword)
    return Argument(keyword, names=frozenset(log[start:]) if len(log) > start else NO_NAMES)
