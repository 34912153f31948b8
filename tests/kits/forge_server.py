"""A forge on this machine: its API and its repository at the same host, every exchange kept."""

from __future__ import annotations

import base64
import binascii
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from aidevsecops_ext.domain.forge import ForgeKind, ForgePlace
from tests.kits.forge_state import PROJECT, ForgeState, bare_repository
from tests.kits.git_http import answer_git, ask_password

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the API: ``path`` is behind its root, ``user`` None for nobody in particular."""

    method: str
    path: str
    query: dict[str, str]
    body: Body
    user: str | None
    base: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; ``value`` is sent as JSON, a text as it is."""

    status: int
    value: object = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request to the API and what was answered."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    status: int
    answer: bytes


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of forge is talked to: below ``root``, with ``reply``."""

    kind: ForgeKind
    root: str
    reply: Callable[[ForgeState, Asked], Reply]
    is_sequence_shared: bool = True


@dataclass(slots=True)
class FakeForge:
    """A forge that is served: ``instead`` may answer in place of it."""

    dialect: Dialect
    url: str
    folder: Path
    state: ForgeState
    exchanges: list[Exchange] = field(default_factory=list)
    instead: Callable[[Asked], Reply | None] = lambda _asked: None

    @property
    def place(self) -> ForgePlace:
        return ForgePlace(self.dialect.kind, self.url, PROJECT)

    @property
    def remote_url(self) -> str:
        """Where git finds the repository."""
        return f"{self.url}/{PROJECT}.git"

    def asked(self, method: str, end: str = "") -> list[Exchange]:
        """The exchanges of a method whose path ends so."""
        return [one for one in self.exchanges if one.method == method and one.path.endswith(end)]


@contextmanager
def serve_forge(
    dialect: Dialect, folder: Path, original: Path | None = None
) -> Iterator[FakeForge]:
    """A forge with one repository, on a free port until the block ends.

    It is empty, or a copy of ``original``.
    """
    state = ForgeState(
        bare_repository(folder, original), is_sequence_shared=dialect.is_sequence_shared
    )

    class Handler(_Handler):
        """Answers for this forge alone."""

    server = _Server(("127.0.0.1", 0), Handler)
    Handler.forge = FakeForge(dialect, f"http://127.0.0.1:{server.server_port}", folder, state)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Handler.forge
    finally:
        server.shutdown()
        thread.join()
        # Waits for whoever is being answered.
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that does not wait for its answer is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    forge: FakeForge

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: ``exchanges`` has it."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if urlsplit(self.path).path.startswith(f"{self.forge.dialect.root}/"):
            self._answer_api(body)
        elif "git-receive-pack" in self.path and self._user() is None:
            ask_password(self)
        else:
            answer_git(self, self.forge.folder, body)

    def _answer_api(self, body: bytes) -> None:
        forge, parts = self.forge, urlsplit(self.path)
        asked = Asked(
            method=self.command,
            # A slash in a name is encoded, those between names are not.
            path=parts.path.removeprefix(forge.dialect.root),
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            body=json.loads(body) if body else {},
            user=self._user(),
            base=f"{forge.url}{forge.dialect.root}",
        )
        has_token = any(name in self.headers for name in ("Authorization", "PRIVATE-TOKEN"))
        if has_token and asked.user is None:
            reply = Reply(401, {"message": "Bad credentials"})
        else:
            reply = forge.instead(asked) or forge.dialect.reply(forge.state, asked)
        has_body = reply.status != 204
        is_text = isinstance(reply.value, str)
        answer = str(reply.value).encode() if is_text else json.dumps(reply.value).encode()
        answer = answer if has_body else b""
        headers = dict(self.headers.items())
        forge.exchanges.append(
            Exchange(asked.method, asked.path, asked.query, headers, body, reply.status, answer)
        )
        self.send_response(reply.status)
        if has_body:
            self.send_header("Content-Type", "text/html" if is_text else "application/json")
        self.send_header("Content-Length", str(len(answer)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def _user(self) -> str | None:
        """Who asks; None for nobody in particular, and for somebody with a wrong token."""
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "basic":
            try:
                value = base64.b64decode(value).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                value = ""
        return self.forge.state.tokens.get(value or self.headers.get("PRIVATE-TOKEN", ""))


def names_of(path: str) -> list[str]:
    """The names in a path, decoded."""
    return [unquote(name) for name in path.strip("/").split("/")]
