"""Texts that reach out of the root, look like options or are no names, in every field there is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.server.notebooks import make_notebook

from .bodies import described, fitting_body, resolved, smallest
from .routes import Caller, Operation, assert_problem

SECRET = "a word that is nowhere else"
TEXTS = (
    "../outside/secret.ipynb",
    "/etc/passwd",
    "..\\outside\\secret.ipynb",
    "C:\\outside\\secret.ipynb",
    "%2e%2e/outside/secret.ipynb",
    "\uff0e\uff0e/outside/secret.ipynb",
    "a\0b.ipynb",
    "--output=x",
    "link/secret.ipynb",
    "swapped.ipynb",
    ". ",
    "n" * 5000,
    "\u202egnp.\ud800",
    "e\u0301/../../outside/secret.ipynb",
)
# They name nothing on the disk; all other fields are asked, also those that are added.
_NO_NAMES = frozenset(
    {
        *("idempotency_key", "digest", "preview_digest", "revision", "engine", "environment"),
        *("markers", "specifier", "extras", "index", "trust_indexes", "upgrade_packages", "text"),
        *("platform", "token", "user", "secret", "pull_secret", "description", "query", "request"),
        *("key", "kind", "remove", "approvers", "image"),
    }
)


def spoiled(node: dict[str, Any], text: str) -> Iterator[Any]:
    """Values that fit a schema, but for one text in each of them."""
    schema = resolved(node)
    if schema.get("type") == "string" and "enum" not in schema:
        yield text
    elif schema.get("type") == "array":
        yield from ([value] for value in spoiled(schema["items"], text))
    elif schema.get("type") == "object":
        base = smallest(schema)
        known = {"path": "nb.ipynb"} if "path" in schema.get("properties", {}) else {}
        for name, each in schema.get("properties", {}).items():
            if name not in _NO_NAMES:
                yield from ({**base, **known, name: value} for value in spoiled(each, text))


def requests(operation: Operation, text: str) -> Iterator[tuple[str, Any]]:
    """Each request of an operation that has the text somewhere: the address and the body."""
    said = described(operation)
    body = said.get("requestBody")
    if body is not None:
        schema = body["content"]["application/json"]["schema"]
        yield from ((operation.at(), value) for value in spoiled(schema, text))
    given = [resolved(each) for each in said["parameters"]]
    queried = [p for p in given if p["in"] == "query"]
    needed = {p["name"]: smallest(p["schema"]) for p in queried if p.get("required")}
    for each in queried:
        is_text = resolved(each["schema"]).get("type") == "string"
        if is_text and each["name"] not in _NO_NAMES:
            query = {**needed, each["name"]: text.encode("utf-8", "replace")}
            yield f"{operation.at()}?{urlencode(query)}", fitting_body(operation)


@pytest.fixture
def outside(jp_root_dir: Path) -> Path:
    """A folder beside the root, with links to it in the root."""
    folder = jp_root_dir.parent / "outside"
    folder.mkdir()
    (folder / "secret.ipynb").write_text(json.dumps(make_notebook(f"# {SECRET}")))
    (jp_root_dir / "link").symlink_to(folder)
    (jp_root_dir / "swapped.ipynb").symlink_to(folder / "secret.ipynb")
    (jp_root_dir / "nb.ipynb").write_text(json.dumps(make_notebook("1")))
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {str(path): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:40]))
async def test_no_field_of_no_route_leads_out_of_the_root(
    caller: Caller, jp_auth_header: dict[str, str], outside: Path, text: str
) -> None:
    before = contents(outside)
    beside = {path.name for path in outside.parent.iterdir()}
    asked = 0

    for operation in caller.operations:
        for address, body in requests(operation, text):
            asked += 1
            answer = await caller.call(operation, jp_auth_header, address, body)
            what = f"{operation.method} {address[:200]} {str(body)[:200]}: {answer.code}"
            assert answer.code < 500, f"{what} {answer.body[:500]!r}"
            if answer.code >= 400:
                assert_problem(answer)
            assert SECRET.encode() not in answer.body, what

    for job in await _ended_jobs(caller, jp_auth_header):
        assert SECRET not in json.dumps(job)
        error = job["error"] or {}
        assert error.get("code") != "internal.unexpected", job
    assert asked > 60
    assert contents(outside) == before
    assert {path.name for path in outside.parent.iterdir()} == beside


async def _ended_jobs(caller: Caller, headers: dict[str, str]) -> list[dict[str, Any]]:
    address = next(o.address for o in caller.operations if o.address.endswith("/jobs"))
    while True:
        jobs = json.loads((await caller.send("GET", address, headers, None)).body)["jobs"]
        if all(job["state"] in {"succeeded", "failed", "cancelled"} for job in jobs):
            found: list[dict[str, Any]] = jobs
            return found
        await asyncio.sleep(0.2)
