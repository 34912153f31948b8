"""Who may use the routes; every test goes over every operation of the contract."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from jupyter_server.auth.authorizer import Authorizer
from tornado.httpclient import HTTPResponse

from aidevsecops_ext.server.base import NAMESPACE
from tests.kits.contract import load_contract

Fetch = Callable[..., Awaitable[HTTPResponse]]


def _operations() -> Iterator[tuple[str, str, str]]:
    for path, operations in load_contract()["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                yield method.upper(), path.replace("{job_id}", "some"), operation["x-action"]


OPERATIONS = list(_operations())


def _needing(action: str) -> list[tuple[str, str]]:
    found = [(method, path) for method, path, needed in OPERATIONS if needed == action]
    assert found
    return found


async def _call(fetch: Fetch, method: str, path: str, **options: Any) -> HTTPResponse:
    body = "{}" if method in {"POST", "PUT", "PATCH"} else None
    return await fetch(
        NAMESPACE,
        *path.strip("/").split("/"),
        method=method,
        body=body,
        raise_error=False,
        **options,
    )


def _assert_forbidden(response: HTTPResponse) -> None:
    assert response.code == 403
    problem = json.loads(response.body)
    assert problem["code"] == "request.forbidden"
    assert problem["request_id"]


class _Bouncer(Authorizer):
    """Lets users do only what is asked for in ``allowed``, and notes what they asked."""

    allowed: frozenset[tuple[str, str]] = frozenset()

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        assert handler is not None
        assert user is not None
        return (action, resource) in self.allowed


async def test_every_route_refuses_when_nobody_is_signed_in(jp_fetch: Fetch) -> None:
    for method, path, _ in OPERATIONS:
        response = await _call(jp_fetch, method, path, headers={"Authorization": ""})

        _assert_forbidden(response)


@pytest.mark.parametrize(("action", "other"), [("read", "execute"), ("execute", "read")])
async def test_every_route_refuses_when_the_user_may_do_only_something_else(
    jp_fetch: Fetch, jp_serverapp: Any, action: str, other: str
) -> None:
    bouncer = _Bouncer(parent=jp_serverapp)
    bouncer.allowed = frozenset({(other, "aidevsecops"), (action, "contents")})
    jp_serverapp.web_app.settings["authorizer"] = bouncer

    for method, path in _needing(action):
        _assert_forbidden(await _call(jp_fetch, method, path))


@pytest.mark.parametrize("action", ["read", "execute"])
async def test_every_route_lets_in_when_the_user_may_do_just_this(
    jp_fetch: Fetch, jp_serverapp: Any, action: str
) -> None:
    bouncer = _Bouncer(parent=jp_serverapp)
    bouncer.allowed = frozenset({(action, "aidevsecops")})
    jp_serverapp.web_app.settings["authorizer"] = bouncer

    for method, path in _needing(action):
        response = await _call(jp_fetch, method, path)

        assert response.code in {200, 201, 202, 204, 400, 404}


async def test_every_writing_route_refuses_when_a_cookie_comes_without_its_xsrf_header(
    jp_fetch: Fetch, jp_serverapp: Any
) -> None:
    headers = {"Authorization": "", "Cookie": await _sign_in(jp_fetch, jp_serverapp)}

    for method, path, _ in OPERATIONS:
        response = await _call(jp_fetch, method, path, headers=headers)

        if method != "GET":
            _assert_forbidden(response)
            assert "_xsrf" in json.loads(response.body)["message"]


async def test_every_route_lets_in_when_a_cookie_comes_with_its_xsrf_header(
    jp_fetch: Fetch, jp_serverapp: Any
) -> None:
    cookie = await _sign_in(jp_fetch, jp_serverapp) + "; _xsrf=c0ffee"
    headers = {"Authorization": "", "Cookie": cookie, "X-XSRFToken": "c0ffee"}

    for method, path, _ in OPERATIONS:
        response = await _call(jp_fetch, method, path, headers=headers)

        assert response.code in {200, 201, 202, 204, 400, 404}


async def _sign_in(fetch: Fetch, serverapp: Any) -> str:
    """The cookies of a browser that has signed in."""
    response = await fetch(
        "login",
        params={"token": serverapp.identity_provider.token},
        headers={"Authorization": ""},
        follow_redirects=False,
        raise_error=False,
    )
    cookies: SimpleCookie = SimpleCookie()
    for line in response.headers.get_list("Set-Cookie"):
        cookies.load(line)
    assert cookies
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())


@pytest.mark.parametrize("path", ["", "/nothing", "/jobs/a/b", "/notebooks"])
async def test_unknown_route_answers_a_problem(jp_fetch: Fetch, path: str) -> None:
    response = await _call(jp_fetch, "GET", path)

    assert response.code == 404
    assert json.loads(response.body)["code"] == "request.unknown-route"


async def test_unknown_route_tells_strangers_nothing(jp_fetch: Fetch) -> None:
    response = await _call(jp_fetch, "GET", "/nothing", headers={"Authorization": ""})

    _assert_forbidden(response)


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/jobs"), ("POST", "/health"), ("PATCH", "/jobs/some")]
)
async def test_route_answers_a_problem_when_the_method_is_unknown(
    jp_fetch: Fetch, method: str, path: str
) -> None:
    response = await _call(jp_fetch, method, path)

    assert response.code == 405
    assert json.loads(response.body)["code"] == "request.unknown-route"
