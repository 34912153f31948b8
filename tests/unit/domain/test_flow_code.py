"""What statements and expressions do that no Python which runs this may know yet."""

from __future__ import annotations

import ast

from aidevsecops_ext.domain.flow_code import Scope
from aidevsecops_ext.domain.flow_known import KnownNames


class _NewStatement(ast.stmt):
    _fields = ("name", "value", "others")

    def __init__(self, name: str | ast.Name, value: ast.expr, *others: ast.AST) -> None:
        super().__init__()
        self.name = name
        self.value = value
        self.others = [*others]


class _NewExpression(ast.expr):
    _fields = ("left", "right", "sign")

    def __init__(self, left: ast.expr, right: ast.expr) -> None:
        super().__init__()
        self.left = left
        self.right = right
        self.sign = ast.Add()


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def test_scope_reads_what_an_unknown_statement_holds() -> None:
    scope = Scope(KnownNames())

    scope.run_statement(_NewStatement("x", _load("a"), _load("b"), ast.Pass()))

    assert scope.facts.loads == {"a", "b"}
    assert scope.bound == set()


def test_scope_binds_the_name_of_a_type() -> None:
    scope = Scope(KnownNames())

    scope.run_statement(_NewStatement(ast.Name("T", ast.Store()), _load("a")))

    assert scope.facts.loads == set()
    assert scope.bound == {"T"}


def test_scope_reads_what_an_unknown_expression_holds() -> None:
    scope = Scope(KnownNames())
    value = _NewExpression(_load("a"), _load("b"))

    scope.run_statement(ast.Assign([ast.Name("c", ast.Store())], value))

    assert scope.facts.loads == {"a", "b"}
    assert {"a", "b"} <= {*scope.env["c"].roots}
