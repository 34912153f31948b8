"""Listeners to events that never read what they are sent."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from aidevsecops_ext.jobs.event_schema import SCHEMA_ID
from aidevsecops_ext.server.base import NAMESPACE
from aidevsecops_ext.server.extension import SIGN_OF_LIFE_SECONDS

EVENT = {
    "job_id": "a" * 32,
    "kind": "lock",
    "key": "nb.ipynb",
    "state": "running",
    "progress": {"message": "x" * 1_000, "fraction": 0.5},
}


@pytest.fixture
def subscriber(
    jp_serverapp: Any, jp_http_port: int, jp_base_url: str, jp_auth_header: dict[str, str]
) -> Iterator[socket.socket]:
    """Somebody who will subscribe, with a small window for what comes."""
    del jp_serverapp, jp_base_url, jp_auth_header
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    made.connect(("127.0.0.1", jp_http_port))
    yield made
    made.close()


def _subscribe(to: socket.socket, base_url: str, headers: dict[str, str]) -> None:
    key = base64.b64encode(b"0123456789abcdef").decode()
    host = urlsplit(f"//127.0.0.1:{to.getpeername()[1]}").netloc
    lines = [
        f"GET {base_url}api/events/subscribe HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        *(f"{name}: {value}" for name, value in headers.items()),
        "",
        "",
    ]
    to.sendall("\r\n".join(lines).encode())


def _listeners(logger: Any) -> list[Any]:
    kinds = (logger._modified_listeners, logger._unmodified_listeners)
    return [one for kind in kinds for one in kind.get(SCHEMA_ID, ())]


async def _until(condition: Any) -> None:
    while not condition():
        # The logger tells nobody who listens to it; the test's time limit ends a vain wait.
        await asyncio.sleep(0.02)


def test_server_asks_listeners_for_a_sign_of_life(jp_serverapp: Any) -> None:
    settings = jp_serverapp.web_app.settings

    assert settings["websocket_ping_interval"] == SIGN_OF_LIFE_SECONDS
    assert settings["websocket_ping_timeout"] == SIGN_OF_LIFE_SECONDS


@pytest.mark.parametrize(
    "jp_server_config",
    [
        {
            "ServerApp": {
                "base_url": "/user/jo/",
                "allow_unauthenticated_access": False,
                "websocket_ping_interval": 7,
                "jpserver_extensions": {"aidevsecops_ext": True},
            }
        }
    ],
)
def test_what_an_administrator_says_counts(jp_serverapp: Any) -> None:
    assert jp_serverapp.web_app.settings["websocket_ping_interval"] == 7


async def test_listener_that_never_reads_blocks_nobody_and_is_let_go(
    jp_serverapp: Any,
    subscriber: socket.socket,
    jp_base_url: str,
    jp_auth_header: dict[str, str],
    jp_fetch: Any,
) -> None:
    settings, logger = jp_serverapp.web_app.settings, jp_serverapp.event_logger
    settings |= {"websocket_ping_interval": 0.2, "websocket_ping_timeout": 0.2}
    _subscribe(subscriber, jp_base_url, jp_auth_header)
    await _until(lambda: _listeners(logger))

    for _ in range(10):
        for _ in range(200):
            logger.emit(schema_id=SCHEMA_ID, data=EVENT)
        answer = await jp_fetch(NAMESPACE, "health")
        assert answer.code == 200

    await _until(lambda: not _listeners(logger))
