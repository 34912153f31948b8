"""Addresses that are none, lead elsewhere, or are written in odd ways."""

from __future__ import annotations

from typing import Any

import pytest

from .bodies import with_paths
from .routes import Caller, assert_problem

_ODD_NAMES = [
    "..%2F..%2Fetc%2Fpasswd",
    "%2e%2e",
    "..%5c..%5cwindows",
    "%252e%252e%252f",
    "%2Fetc%2Fpasswd",
    "C%3A%5Cfile",
    "a%00b",
    "-rf",
    "--upload-pack%3Dsh",
    "%F0%9F%A6%84",
    "%ff",
    "x" * 3000,
    "some%0d%0aSet-Cookie%3A%20a%3Db",
]
_OUTSIDE = [
    "../secret.ipynb",
    "a/../../secret.ipynb",
    "/../secret.ipynb",
    "..",
    "link/secret.ipynb",
]


@pytest.fixture
def outside(jp_root_dir: Any) -> Any:
    """A folder beside the root, with a link to it in the root."""
    folder = jp_root_dir.parent / "outside"
    folder.mkdir()
    (folder / "secret.ipynb").write_text("{}", encoding="utf-8")
    (jp_root_dir / "link").symlink_to(folder)
    return folder


@pytest.mark.parametrize("name", _ODD_NAMES)
async def test_every_route_with_a_name_refuses_odd_ones_with_a_problem(
    caller: Caller, jp_auth_header: dict[str, str], name: str
) -> None:
    named = [operation for operation in caller.operations if operation.is_named]
    assert len(named) > 10

    for operation in named:
        answer = await caller.call(operation, jp_auth_header, operation.at(name))

        assert 400 <= answer.code < 500, f"{operation.at(name)}: {answer.code}"
        assert_problem(answer)
        assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("path", _OUTSIDE)
async def test_every_route_refuses_paths_that_lead_out_of_the_root(
    caller: Caller, jp_auth_header: dict[str, str], outside: Any, path: str
) -> None:
    asked = 0

    for operation in caller.operations:
        for address, body in with_paths(operation, path):
            asked += 1
            answer = await caller.call(operation, jp_auth_header, address, body)

            assert answer.code in {404, 422}, f"{operation} {address} {body}: {answer.body!r}"
            assert b"secret.ipynb" not in answer.body.replace(path.encode(), b"")
    assert asked > 40
    assert [each.name for each in outside.iterdir()] == ["secret.ipynb"]


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "TRACE", "PUT"])
async def test_every_route_names_its_methods_when_another_is_asked_for(
    caller: Caller, jp_auth_header: dict[str, str], method: str
) -> None:
    by_address: dict[str, set[str]] = {}
    for operation in caller.operations:
        by_address.setdefault(operation.address, {"OPTIONS"}).add(operation.method)

    for address, methods in by_address.items():
        if method not in methods:
            body = "{}" if method in {"PATCH", "PUT"} else None
            answer = await caller.send(method, address.replace("{}", "x"), jp_auth_header, body)

            assert answer.code == 405
            assert set(answer.headers["Allow"].split(", ")) == methods


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/jobs/a/b", "/notebooks", "/%2e%2e/api"])
async def test_unknown_route_answers_a_problem_to_users_and_nothing_to_strangers(
    caller: Caller, jp_auth_header: dict[str, str], jp_base_url: str, path: str
) -> None:
    address = f"{jp_base_url}aidevsecops-ext{path}"

    known = await caller.send("GET", address.rstrip("/"), jp_auth_header)
    unknown = await caller.send("GET", address.rstrip("/"), {})

    assert known.code == 404
    assert_problem(known, "request.unknown-route")
    assert unknown.code == 403
    assert_problem(unknown, "request.forbidden")


async def test_no_route_answers_outside_the_base_url_of_a_hub(
    caller: Caller, jp_auth_header: dict[str, str], jp_base_url: str
) -> None:
    assert jp_base_url == "/user/jo/"
    for operation in caller.operations:
        assert operation.address.startswith(jp_base_url)
        for base in ("/", "/user/ann/"):
            address = operation.at().replace(jp_base_url, base, 1)
            answer = await caller.call(operation, jp_auth_header, address)

            assert answer.code in {302, 403, 404, 405}, f"{address}: {answer.code}"
            assert caller.done == 0
