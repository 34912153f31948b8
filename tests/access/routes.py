"""Every method of every handler that the server has registered, as requests can be made of it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tornado.httpclient import HTTPResponse
from tornado.routing import PathMatches, Rule, RuleRouter

from aidevsecops_ext.server.access import ACTION_ATTRIBUTE
from aidevsecops_ext.server.base import BaseRouteHandler

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_NAME = "([^/]+)"

Fetch = Callable[..., Awaitable[HTTPResponse]]


@dataclass(frozen=True)
class Operation:
    """A method of a handler: what it asks for, and the address with ``{}`` for each name."""

    method: str
    address: str
    action: str

    def at(self, name: str = "some") -> str:
        """The address with that name in it."""
        return self.address.replace("{}", name)

    @property
    def is_named(self) -> bool:
        """True when the address has names in it."""
        return "{}" in self.address


def registered(serverapp: Any) -> list[Operation]:
    """The operations of this server, read from its application and from nothing else."""
    found = [
        Operation(verb, _address(rule.matcher), getattr(method, ACTION_ATTRIBUTE))
        for rule in _rules(serverapp.web_app.default_router)
        if isinstance(rule.target, type) and issubclass(rule.target, BaseRouteHandler)
        for verb in VERBS
        if hasattr(method := getattr(rule.target, verb.lower()), ACTION_ATTRIBUTE)
    ]
    assert len(found) > 70
    return found


def _rules(router: RuleRouter) -> Iterator[Rule]:
    for rule in router.rules:
        yield rule
        if isinstance(rule.target, RuleRouter):
            yield from _rules(rule.target)


def _address(matcher: Any) -> str:
    assert isinstance(matcher, PathMatches)
    pattern = matcher.regex.pattern.removesuffix("$")
    address = pattern.replace(_NAME, "{}")
    assert not set("()[]*+?") & set(address), f"{pattern} is no address with names"
    return address


class Caller:
    """Sends requests as they are, with nothing added, and sees whether they did anything."""

    def __init__(self, fetch: Fetch, operations: list[Operation]) -> None:
        self._fetch = fetch
        self.operations = operations
        self.done = 0

    async def call(
        self,
        operation: Operation,
        headers: Mapping[str, str],
        address: str | None = None,
        body: Any = None,
    ) -> HTTPResponse:
        """The answer to one operation."""
        sent = None
        if operation.method in WITH_BODY:
            sent = json.dumps({} if body is None else body)
        return await self.send(operation.method, address or operation.at(), headers, sent)

    async def send(
        self, method: str, address: str, headers: Mapping[str, str], body: str | None = None
    ) -> HTTPResponse:
        """The answer to any request."""
        return await self._fetch(
            address,
            method=method,
            headers=dict(headers),
            body=body,
            raise_error=False,
            follow_redirects=False,
            allow_nonstandard_methods=True,
        )

    def assert_refused(self, response: HTTPResponse, operation: Operation) -> None:
        """It was answered with a Problem that says so, and nothing was done."""
        assert response.code == 403, f"{operation}: {response.code}"
        assert_problem(response, "request.forbidden")
        assert self.done == 0, f"{operation} did something"


def assert_problem(response: HTTPResponse, code: str | None = None) -> dict[str, Any]:
    """The body is a Problem, of that code."""
    assert response.headers["Content-Type"].startswith("application/json")
    problem: dict[str, Any] = json.loads(response.body)
    assert set(problem) == {"message", "reason", "code", "hint", "details", "request_id"}
    assert code is None or problem["code"] == code
    return problem
