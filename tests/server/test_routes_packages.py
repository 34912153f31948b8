from __future__ import annotations

import asyncio
import logging
import threading
from pathlib import Path

import pytest

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.packages import IndexFile, IndexList, IndexPage
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.wiring import Services
from tests.fakes.catalogue import LISTED, UNLISTED, FakeCatalogue
from tests.kits.services import with_ports

from .client import Client

_PATIENCE = 60.0
WHEEL = "holey-1.0-py3-none-any.whl"
PAGE = IndexPage(
    "Holey",
    LISTED.url,
    (
        IndexFile(
            WHEEL,
            f"https://files.example/{WHEEL}",
            ">=3.9",
            uploaded_at="2026-01-02T03:04:05Z",
            metadata_url=f"https://files.example/{WHEEL}.metadata",
        ),
        IndexFile("holey-0.9.tar.gz", "https://files.example/x", ">=3.99", yanked="Broken."),
        IndexFile("holey-2.0a1.tar.gz", "https://files.example/y", yanked=""),
    ),
)


class ForsakenCatalogue(FakeCatalogue):
    """Answers only when nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked = threading.Event()
        self.is_forsaken = threading.Event()

    def lists(self, cancel: CancelToken) -> tuple[IndexList, ...]:
        self.is_asked.set()
        cancel.on_cancel(self.is_forsaken.set)
        assert self.is_forsaken.wait(_PATIENCE)
        return self.indexes


def know(backstage: Backstage, catalogue: FakeCatalogue) -> None:
    build = backstage.build

    def with_catalogue(root: Path, settings: Settings) -> Services:
        return with_ports(
            build(root, settings),
            catalogue=catalogue,
        )

    backstage.build = with_catalogue


async def test_search_answers_names_and_what_was_searched(
    client: Client, backstage: Backstage
) -> None:
    know(backstage, FakeCatalogue(["scikit-learn", "scikit-learn-extra"], (LISTED, UNLISTED)))

    answer = await client.get("/packages", {"query": "Scikit_Learn"})

    assert answer.status == 200
    assert answer.json == {
        "query": "scikit-learn",
        "packages": [
            {"name": "scikit-learn", "match": "exact"},
            {"name": "scikit-learn-extra", "match": "prefix"},
        ],
        "complete": False,
        "indexes": [
            {
                "url": "https://index.example/simple",
                "state": "listed",
                "projects": 3,
                "updated_at": 10.0,
                "reason": "",
            },
            {
                "url": "https://inner.example/simple",
                "state": "unlisted",
                "projects": 0,
                "updated_at": None,
                "reason": "It has no list.",
            },
        ],
    }


async def test_search_answers_no_more_names_than_asked_for(
    client: Client, backstage: Backstage
) -> None:
    know(backstage, FakeCatalogue([f"p{number}" for number in range(50)]))

    usual = await client.get("/packages", {"query": "p"})
    few = await client.get("/packages", {"query": "p", "limit": "3"})

    assert [len(answer.json["packages"]) for answer in (usual, few)] == [20, 3]


@pytest.mark.parametrize(
    "query",
    [{}, {"query": ""}, *({"query": "a", "limit": x} for x in ("0", "101", "-1", "x", "9" * 30))],
)
async def test_search_is_refused_when_the_query_does_not_fit(
    client: Client, backstage: Backstage, query: dict[str, str]
) -> None:
    know(backstage, FakeCatalogue())

    answer = await client.get("/packages", query)

    assert (answer.status, answer.json["code"]) == (400, "request.invalid")


async def test_package_answers_its_versions(client: Client, backstage: Backstage) -> None:
    described = {WHEEL: "Name: holey\nSummary: Has holes\n"}
    know(backstage, FakeCatalogue(pages={"holey": PAGE}, described=described))

    answer = await client.get("/packages/Holey", {"python_version": "3.11", "platform": "linux"})

    assert answer.status == 200
    assert answer.json == {
        "name": "Holey",
        "index": "https://index.example/simple",
        "summary": "Has holes",
        "target": {
            "python_version": "3.11",
            "platform": "linux",
            "universal": False,
            "description": "Python 3.11 on linux",
        },
        "latest": "1.0",
        "versions": [
            {
                "version": "2.0a1",
                "prerelease": True,
                "yanked": True,
                "yanked_reason": None,
                "requires_python": None,
                "fits_python": True,
                "uploaded_at": None,
                "has_wheel": False,
                "has_sdist": True,
            },
            {
                "version": "1.0",
                "prerelease": False,
                "yanked": False,
                "yanked_reason": None,
                "requires_python": ">=3.9",
                "fits_python": True,
                "uploaded_at": "2026-01-02T03:04:05Z",
                "has_wheel": True,
                "has_sdist": False,
            },
            {
                "version": "0.9",
                "prerelease": False,
                "yanked": True,
                "yanked_reason": "Broken.",
                "requires_python": ">=3.99",
                "fits_python": False,
                "uploaded_at": None,
                "has_wheel": False,
                "has_sdist": True,
            },
        ],
    }


async def test_package_is_for_this_server_when_the_request_does_not_say(
    client: Client, backstage: Backstage
) -> None:
    know(backstage, FakeCatalogue(pages={"holey": PAGE}))

    answer = await client.get("/packages/holey")

    assert answer.json["target"]["platform"] is None
    assert [version["has_wheel"] for version in answer.json["versions"]] == [False, True, False]


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/packages/gone", {}, 404, "lock.package-not-found"),
        ("/packages/-a", {}, 400, "request.invalid"),
        ("/packages/holey", {"python_version": "3"}, 400, "target.invalid"),
        ("/packages/holey", {"platform": "amiga"}, 400, "target.invalid"),
    ],
)
async def test_package_is_refused_when_it_cannot_be_described(  # noqa: PLR0913 - fixtures and cases
    client: Client,
    backstage: Backstage,
    path: str,
    query: dict[str, str],
    status: int,
    code: str,
) -> None:
    know(backstage, FakeCatalogue(pages={"holey": PAGE}))

    answer = await client.get(path, query)

    assert (answer.status, answer.json["code"]) == (status, code)


async def test_server_stops_what_the_catalogue_does_in_the_background(
    client: Client, backstage: Backstage
) -> None:
    catalogue = FakeCatalogue()
    know(backstage, catalogue)
    await client.get("/packages", {"query": "a"})

    await backstage.close()

    assert catalogue.is_closed


async def test_server_logs_no_failure_when_a_client_leaves_early(  # noqa: PLR0913 - fixtures
    client: Client,
    backstage: Backstage,
    jp_http_port: int,
    jp_base_url: str,
    jp_auth_header: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    catalogue = ForsakenCatalogue()
    know(backstage, catalogue)
    caplog.set_level(logging.DEBUG)
    _, writer = await asyncio.open_connection("127.0.0.1", jp_http_port)
    header = f"Authorization: {jp_auth_header['Authorization']}"
    path = f"{jp_base_url}aidevsecops-ext/packages?query=a"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n".encode())

    await asyncio.to_thread(catalogue.is_asked.wait, _PATIENCE)
    writer.close()
    await asyncio.to_thread(catalogue.is_forsaken.wait, _PATIENCE)
    while "did not wait for the answer" not in caplog.text:
        await asyncio.sleep(0)

    assert catalogue.is_forsaken.is_set()
    assert "Traceback" not in caplog.text
    assert (await client.get("/health")).status == 200
