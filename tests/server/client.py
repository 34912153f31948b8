"""A client that holds every request and every answer against ``openapi.yaml``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse
from tornado.httpclient import HTTPResponse

from aidevsecops_ext.server.base import NAMESPACE
from tests.kits.contract import load_contract

Fetch = Callable[..., Awaitable[HTTPResponse]]

_TRIES = 2000
# What any route may answer, without each one listing it.
_ANYWHERE = frozenset({404, 405, 500})


@dataclass(frozen=True)
class Answer:
    """An answer that fits the contract."""

    status: int
    headers: Mapping[str, str]
    json: Any


@cache
def _api() -> OpenAPI:
    # openapi-core finds no server whose address begins with a variable.
    here = [{"url": f"http://localhost/{NAMESPACE}"}]
    return OpenAPI.from_dict({**load_contract(), "servers": here})


class Client:
    """Calls our routes as the signed-in user."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    async def get(self, path: str, query: Mapping[str, str | bytes] | None = None) -> Answer:
        """The answer to a GET that fits the contract."""
        return await self.call("GET", path, query=query)

    async def post(self, path: str, body: Any) -> Answer:
        """The answer to a POST that fits the contract."""
        return await self.call("POST", path, json.dumps(body))

    async def delete(self, path: str) -> Answer:
        """The answer to a DELETE that fits the contract."""
        return await self.call("DELETE", path)

    async def call(
        self,
        method: str,
        path: str,
        body: str | bytes | None = None,
        query: Mapping[str, str | bytes] | None = None,
        **options: Any,
    ) -> Answer:
        """The answer to a request; a request that the contract refuses must be refused."""
        data = body.encode() if isinstance(body, str) else body
        response = await self._fetch(
            NAMESPACE,
            *path.strip("/").split("/"),
            method=method,
            params=dict(query or {}),
            body=data,
            raise_error=False,
            **options,
        )
        request = MockRequest(
            "http://localhost",
            method,
            f"/{NAMESPACE}{path}",
            args=dict(query or {}),
            # Whether the token is right is no question of form.
            headers={"Authorization": "token ..."},
            data=data,
        )
        answer = Answer(
            response.code,
            dict(response.headers),
            json.loads(response.body) if response.body else None,
        )
        _check(request, answer, response.body)
        return answer

    async def wait_for_end(self, job_id: str) -> Any:
        """The job once it has ended."""
        job: Any = None
        for _ in range(_TRIES):
            job = (await self.get(f"/jobs/{job_id}")).json
            if job["state"] in {"succeeded", "failed", "cancelled"}:
                return job
            # Asked for, as by a front end that hears no events.
            await asyncio.sleep(0.02)
        raise AssertionError(f"{job} does not end")


def _check(request: MockRequest, answer: Answer, body: bytes) -> None:
    is_listed = _is_listed(request)
    if is_listed and not _fits(request):
        assert 400 <= answer.status < 500, f"{answer.status} for what the contract refuses"
    response = MockResponse(body, answer.status, content_type="application/json")
    if is_listed and answer.status not in _ANYWHERE - _statuses(request):
        _api().validate_response(request, response)
        return
    assert answer.status in _ANYWHERE | {403}, f"{answer.status} is not in the contract"
    schema = load_contract()["components"]["schemas"]["Problem"]
    assert set(answer.json) == set(schema["required"])
    assert {type(answer.json[name]) for name in ("message", "code", "request_id")} == {str}


def _operation(request: MockRequest) -> dict[str, Any] | None:
    steps = request.path.removeprefix(f"/{NAMESPACE}").split("/")
    for pattern, operations in load_contract()["paths"].items():
        expected = pattern.split("/")
        if len(expected) == len(steps) and all(
            one.startswith("{") or one == other for one, other in zip(expected, steps, strict=True)
        ):
            found: dict[str, Any] | None = operations.get(request.method)
            return found
    return None


def _is_listed(request: MockRequest) -> bool:
    return _operation(request) is not None


def _statuses(request: MockRequest) -> set[int]:
    operation = _operation(request) or {"responses": {}}
    return {int(status) for status in operation["responses"]}


def _fits(request: MockRequest) -> bool:
    try:
        _api().validate_request(request)
    except (OpenAPIError, ValueError, RecursionError):
        return False
    return True
