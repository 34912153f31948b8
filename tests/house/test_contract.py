"""``openapi.yaml`` and the server say the same."""

from __future__ import annotations

import ast

import pytest

from aidevsecops_ext.domain.advisories import Severity
from aidevsecops_ext.domain.jobs import JobState
from aidevsecops_ext.domain.lock import LockStatus
from aidevsecops_ext.domain.packages import ListState
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import RequirementSource
from aidevsecops_ext.jobs.event_schema import SCHEMA_ID, SCHEMA_PATH
from aidevsecops_ext.server.access import ACTION_ATTRIBUTE
from aidevsecops_ext.server.base import BaseRouteHandler
from aidevsecops_ext.server.extension import ROUTES
from scripts import request_schemas
from tests.kits.contract import load_contract

from .sources import PACKAGE, find_sources, name_of

_VERBS = ("get", "post", "put", "patch", "delete")


def _operations() -> dict[tuple[str, str], str]:
    """The action of each operation that the contract describes."""
    return {
        (path, verb): operation["x-action"]
        for path, operations in load_contract()["paths"].items()
        for verb, operation in operations.items()
        if verb in _VERBS
    }


def _handled() -> dict[tuple[str, str], str | None]:
    """The action that each method of a registered handler asks for."""
    return {
        (path, verb): getattr(vars(handler)[verb], ACTION_ATTRIBUTE, None)
        for path, handler in ROUTES.items()
        for verb in _VERBS
        if verb in vars(handler)
    }


def test_routes_are_those_of_the_contract_with_the_same_actions() -> None:
    assert _handled() == _operations()


def test_routes_are_for_users_who_may_use_our_resource() -> None:
    for handler in ROUTES.values():
        assert issubclass(handler, BaseRouteHandler)
        assert handler.auth_resource == "aidevsecops"


def test_every_method_of_every_handler_is_guarded() -> None:
    unguarded = [
        f"{name_of(path)}::{cls.name}.{method.name}"
        for path in find_sources("aidevsecops_ext/server", ".py")
        for cls in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(cls, ast.ClassDef)
        for method in cls.body
        if isinstance(method, ast.AsyncFunctionDef | ast.FunctionDef) and method.name in _VERBS
        if not any(
            ast.unparse(decorator).startswith("allowed(") for decorator in method.decorator_list
        )
        # Not a handler: it shares the letters of a verb with one.
        if any("RouteHandler" in ast.unparse(base) for base in cls.bases)
    ]

    assert unguarded == []


@pytest.mark.parametrize(
    ("schema", "field", "values"),
    [
        ("Job", "state", {state.value for state in JobState}),
        ("Dependencies", "status", {status.value for status in LockStatus}),
        ("DependencyRow", "source", {source.value for source in RequirementSource}),
        ("Advisory", "severity", {severity.value for severity in Severity}),
        ("IndexList", "state", {state.value for state in ListState}),
        ("LockResult", "recommendation_type", {kind.value for kind in RecommendationType}),
    ],
)
def test_contract_lists_the_words_of_the_domain(schema: str, field: str, values: set[str]) -> None:
    described = load_contract()["components"]["schemas"][schema]["properties"][field]["enum"]

    assert set(described) == values


def test_event_schema_has_the_id_that_events_are_sent_with() -> None:
    text = SCHEMA_PATH.read_text(encoding="utf-8")

    assert f"$id: {SCHEMA_ID}\n" in text
    assert SCHEMA_PATH.is_relative_to(PACKAGE)


def test_schemas_of_bodies_are_generated_from_the_contract() -> None:
    written = request_schemas.TARGET.read_text(encoding="utf-8")

    assert written == request_schemas.request_schemas_text(), "run `jlpm generate:api`"
