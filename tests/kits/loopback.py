"""A small service on loopback that answers what a test says, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Heard:
    """A request, with names of headers in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Loopback:
    """A service that is served: where it is, and all exchanges in their order."""

    url: str
    exchanges: list[tuple[Heard, Said]] = field(default_factory=list)


@contextmanager
def serve(answer: Callable[[Heard], Said]) -> Iterator[Loopback]:
    """A service on a free port until the block ends."""

    class Handler(_Handler):
        say = staticmethod(answer)

    server = _Server(("127.0.0.1", 0), Handler)
    Handler.served = Loopback(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Handler.served
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
    served: Loopback
    say: Callable[[Heard], Said]

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        heard = Heard(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("Content-Length", 0))),
        )
        said = self.say(heard)
        self.served.exchanges.append((heard, said))
        self.send_response(said.status)
        self.send_header("Content-Length", str(len(said.body)))
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: ``exchanges`` has it."""
