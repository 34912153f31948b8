"""Which names a function has for itself, found before its code is followed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .flow_values import Parameters

if TYPE_CHECKING:
    from collections.abc import Sequence

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class ScopeNames(Struct):
    """The names that code binds, and those that it declares to be of another scope."""

    bound: set[str] = field(default_factory=set)
    of_globals: set[str] = field(default_factory=set)
    of_outer: set[str] = field(default_factory=set)


def parameters_of(node: FunctionNode) -> Parameters:
    """The parameters of a function."""
    arguments = node.args
    positional = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
    keywords = [each.arg for each in (*arguments.args, *arguments.kwonlyargs)]
    return Parameters(
        tuple(positional),
        frozenset(keywords),
        arguments.vararg.arg if arguments.vararg else "",
        arguments.kwarg.arg if arguments.kwarg else "",
    )


def all_names(parameters: Parameters) -> set[str]:
    """The names of all parameters."""
    names = {*parameters.positional, *parameters.keywords, parameters.rest, parameters.options}
    return names - {""}


def names_of(body: Sequence[ast.AST]) -> ScopeNames:
    """The names that the code of a scope binds and declares, without those of scopes within."""
    names = ScopeNames()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                names.bound.add(node.id)
        elif isinstance(node, _SCOPES):
            names.bound.add(node.name)
            waiting.extend(node.decorator_list)
        elif isinstance(node, ast.Lambda):
            continue
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            names.bound.update(
                each.target.id
                for each in ast.walk(node)
                if isinstance(each, ast.NamedExpr) and isinstance(each.target, ast.Name)
            )
        else:
            _add_others(node, names)
            waiting.extend(ast.iter_child_nodes(node))
    names.bound -= names.of_globals | names.of_outer
    return names


def _add_others(node: ast.AST, names: ScopeNames) -> None:
    match node:
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            names.bound.update(each.asname or each.name.partition(".")[0] for each in aliases)
        case ast.ExceptHandler(name=str(name)):
            names.bound.add(name)
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            names.bound.add(name)
        case ast.MatchMapping(rest=str(name)):
            names.bound.add(name)
        case ast.Global(names=declared):
            names.of_globals.update(declared)
        case ast.Nonlocal(names=declared):
            names.of_outer.update(declared)
