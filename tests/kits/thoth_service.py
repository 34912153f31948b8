"""A small Thoth service on this machine, which remembers every exchange for its judges."""

from __future__ import annotations

import json
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.kits.tls_sockets import ClosingSocket

Body = dict[str, Any]

HASH = f"sha256:{'a' * 64}"
PYPI = {"name": "pypi", "url": "https://index.example/simple", "verify_ssl": True}
ANALYSIS = "adviser-261121040506-0123456789abcdef"

needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl makes the service's certificate"
)

_ADVISE = "/api/v1/advise/python"
_ABOUT = re.compile(rf"{_ADVISE}/(?P<id>[^/?]+)(?P<what>/status|/log)?$")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what was answered; bodies are the bytes that were sent."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer: bytes

    def json(self) -> Body:
        """The request's body."""
        value: Body = json.loads(self.body)
        return value


@dataclass(slots=True)
class ThothService:
    """What the service recommends and how it behaves.

    ``locked`` are the entries of the lock's sections; ``polls`` is how often an advise is not ready
    yet, None for ever. ``error`` is why there is no recommendation. ``discovery`` and ``refusal``
    are statuses in place of a good answer to the first and the second request; ``result`` takes the
    place of the whole result.
    """

    locked: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=lambda: [PYPI])
    polls: int | None = 1
    error: str | None = None
    guidance: list[dict[str, Any]] = field(default_factory=list)
    discovery: int = 200
    refusal: int | None = None
    result: object = None
    log: str = "Resolving for everybody\nFound a stack\n"
    host: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    is_polled: threading.Event = field(default_factory=threading.Event)
    _left: int | None = None
    _asked: Body = field(default_factory=dict)

    @property
    def advise(self) -> Exchange:
        """The one request for an advise."""
        (found,) = [exchange for exchange in self.exchanges if exchange.method == "POST"]
        return found

    def reply(self, method: str, path: str, body: bytes) -> tuple[int, object]:
        """The status and the JSON for a request."""
        if path == "/api/v1":
            return self.discovery, {"paths": []}
        if method == "POST" and path == _ADVISE:
            return self._submit(body)
        about = _ABOUT.fullmatch(path)
        if about is None or about["id"] != ANALYSIS:
            return 404, {"error": "There is no such analysis.", "parameters": {}}
        parameters = {"analysis_id": ANALYSIS}
        if about["what"] == "/log":
            return 200, {"log": self.log, "parameters": parameters}
        state = {"state": "running", "reason": None, "finished_at": None, "started_at": None}
        status = {"parameters": parameters, "status": state}
        if about["what"] == "/status":
            return 200, status
        self.is_polled.set()
        if self._left is None or self._left > 0:
            self._left = self._left and self._left - 1
            return 202, status
        return 200, {"metadata": _metadata(), "result": self.result or self._result()}

    def _submit(self, body: bytes) -> tuple[int, object]:
        if self.refusal is not None:
            return self.refusal, {"error": "The token is not valid.", "parameters": {}}
        self._asked, self._left = json.loads(body), self.polls
        submitted = {"analysis_id": ANALYSIS, "parameters": {}}
        return 202, {**submitted, "authenticated": False, "cached": False}

    def _result(self) -> Body:
        report: Body = {"stack_info": self.guidance, "resolver_iterations": 1}
        if self.error is None:
            report["products"] = [self._product()]
        return {
            "error": self.error is not None,
            "error_msg": self.error,
            "parameters": {},
            "report": report,
        }

    def _product(self) -> Body:
        environment = self._asked["runtime_environment"]
        names = sorted({name for section in self.locked.values() for name in section})
        lock = {
            "_meta": {
                "hash": {"sha256": "0" * 64},
                "pipfile-spec": 6,
                "requires": {"python_version": environment["python_version"]},
                "sources": self.sources,
            },
            "default": self.locked.get("default", {}),
            "develop": self.locked.get("develop", {}),
        }
        requirements: Body = {"packages": {}, "dev-packages": {}, "source": self.sources}
        return {
            "score": 0.5,
            "dependency_graph": {"nodes": names, "edges": []},
            "justification": [
                {
                    "type": "INFO",
                    "message": "This version is the best",
                    "link": "https://thoth.example/why",
                    "package_name": names[0] if names else None,
                }
            ],
            "project": {
                "requirements": requirements,
                "requirements_locked": lock,
                "runtime_environment": environment,
                "constraints": [],
            },
            "advised_runtime_environment": environment,
            "advised_manifest_changes": [],
        }


def pin(version: str, index: str | None = "pypi") -> Body:
    """The entry of a package in a Pipfile.lock."""
    entry: Body = {"hashes": [HASH], "version": f"=={version}"}
    return entry if index is None else {**entry, "index": index}


@contextmanager
def serve_thoth(service: ThothService, folder: Path) -> Iterator[ThothService]:
    """The service behind TLS on a free port until the block ends; its certificate is in folder."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1")
    files = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run(("openssl", *words.split(), *subject, *files), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sslsocket_class = ClosingSocket
    context.load_cert_chain(certificate, key)

    class Handler(_Handler):
        held = service

    server = _Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    service.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that only knocks, or does not trust us, is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    held: ThothService

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self._answer(b"")

    def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: ``exchanges`` has it."""

    def _answer(self, body: bytes) -> None:
        status, value = self.held.reply(self.command, self.path.partition("?")[0], body)
        answer = json.dumps(value).encode()
        headers = dict(self.headers.items())
        exchange = Exchange(self.command, self.path, headers, body, status, answer)
        self.held.exchanges.append(exchange)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def _metadata() -> Body:
    parts = {"build_number": "1", "major": "8", "minor": "1"}
    return {
        "analyzer": "thoth-adviser",
        "analyzer_version": "1.0.0",
        "arguments": {},
        "datetime": "2026-11-21T04:05:06",
        "distribution": {
            "codename": "Ootpa",
            "id": "rhel",
            "like": "fedora",
            "version": "8.1",
            "version_parts": parts,
        },
        "document_id": ANALYSIS,
        "duration": 1,
        "hostname": ANALYSIS,
        "os_release": {},
        "python": {
            "api_version": 1013,
            "implementation_name": "cpython",
            "major": 3,
            "minor": 8,
            "micro": 1,
            "releaselevel": "final",
            "serial": 0,
        },
        "thoth_deployment_name": "test",
        "timestamp": 1795233906,
    }
