"""Nobody who is not signed in gets anything done, or learns anything."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from tornado.httpclient import HTTPResponse

from .routes import Caller, Operation, assert_problem

_STRANGERS = {
    "nobody": {},
    "an empty token": {"Authorization": "token "},
    "a wrong token": {"Authorization": "token not-the-token"},
    "a wrong token of another kind": {"Authorization": "Bearer not-the-token"},
    "a wrong password": {"Authorization": "Basic am86d3Jvbmc="},
    "a cookie of their own": {"Cookie": "username-localhost-8888=2|1:0|jo; _xsrf=c0ffee"},
    "only an XSRF header": {"X-XSRFToken": "c0ffee", "Cookie": "_xsrf=c0ffee"},
}


@pytest.fixture(params=[False, True], ids=["access-closed", "access-open"])
def jp_server_config(
    jp_server_config: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    """Also a server that lets anybody in who is not refused by a handler itself."""
    jp_server_config["ServerApp"]["allow_unauthenticated_access"] = request.param
    return jp_server_config


@pytest.mark.parametrize("who", _STRANGERS)
async def test_every_route_refuses_strangers(caller: Caller, who: str) -> None:
    for operation in caller.operations:
        caller.assert_refused(await caller.call(operation, _STRANGERS[who]), operation)


async def test_every_route_refuses_a_wrong_token_in_the_address(caller: Caller) -> None:
    for operation in caller.operations:
        answer = await caller.call(operation, {}, f"{operation.at()}?token=not-the-token")

        caller.assert_refused(answer, operation)


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "TRACE"])
async def test_no_route_tells_strangers_anything_by_another_method(
    caller: Caller, method: str
) -> None:
    for operation in caller.operations:
        answer = await caller.send(method, operation.at(), {})

        assert answer.code in {403, 405}
        assert caller.done == 0


async def test_every_route_tells_browsers_what_they_may_send_and_does_nothing(
    caller: Caller,
) -> None:
    for operation in caller.operations:
        answer = await caller.send("OPTIONS", operation.at(), {"Origin": "https://evil.example"})

        assert answer.code == 200
        assert not answer.body
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert caller.done == 0


async def test_every_changing_route_refuses_a_cookie_without_its_xsrf_header(
    caller: Caller, http_server_client: Any, jp_serverapp: Any
) -> None:
    cookie = await sign_in(http_server_client, jp_serverapp)

    for operation in caller.operations:
        if operation.method != "GET":
            answer = await caller.call(operation, {"Cookie": cookie})

            caller.assert_refused(answer, operation)
            assert "_xsrf" in assert_problem(answer)["message"]


async def test_every_changing_route_refuses_a_cookie_with_another_xsrf_header(
    caller: Caller, http_server_client: Any, jp_serverapp: Any
) -> None:
    cookie = await sign_in(http_server_client, jp_serverapp)
    headers = {"Cookie": f"{cookie}; _xsrf=c0ffee", "X-XSRFToken": "tea"}

    for operation in caller.operations:
        if operation.method != "GET":
            caller.assert_refused(await caller.call(operation, headers), operation)


async def test_every_route_refuses_a_browser_on_a_page_of_another_origin(
    caller: Caller, http_server_client: Any, jp_serverapp: Any
) -> None:
    cookie = await sign_in(http_server_client, jp_serverapp)
    headers = {
        "Cookie": f"{cookie}; _xsrf=c0ffee",
        "X-XSRFToken": "c0ffee",
        "Origin": "https://evil.example",
    }

    for operation in caller.operations:
        answer = await caller.call(operation, headers)

        # What Jupyter Server says to those who ask from elsewhere.
        assert answer.code == 404, operation
        assert_problem(answer, "request.unknown-route")
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert caller.done == 0


async def test_every_route_lets_in_a_cookie_with_its_xsrf_header(
    caller: Caller, http_server_client: Any, jp_serverapp: Any
) -> None:
    cookie = await sign_in(http_server_client, jp_serverapp)
    headers = {"Cookie": f"{cookie}; _xsrf=c0ffee", "X-XSRFToken": "c0ffee"}

    for operation in caller.operations:
        assert_let_in(await caller.call(operation, headers), operation)


async def test_every_reading_route_lets_in_a_cookie_alone(
    caller: Caller, http_server_client: Any, jp_serverapp: Any
) -> None:
    headers = {"Cookie": await sign_in(http_server_client, jp_serverapp)}

    for operation in caller.operations:
        if operation.method == "GET":
            assert operation.action == "read"
            assert_let_in(await caller.call(operation, headers), operation)


def assert_let_in(response: HTTPResponse, operation: Operation) -> None:
    """The user was let in, and what they asked for was done or refused for what it is."""
    assert response.code < 500, operation
    assert response.code not in {401, 403, 405}, operation


async def sign_in(client: Any, serverapp: Any) -> str:
    """The cookies of a browser that has signed in."""
    response = await client.fetch(
        f"{serverapp.base_url}login?token={serverapp.identity_provider.token}",
        follow_redirects=False,
        raise_error=False,
    )
    cookies: SimpleCookie = SimpleCookie()
    for line in response.headers.get_list("Set-Cookie"):
        cookies.load(line)
    assert cookies
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
