"""A small OSV service on this machine, and records in the form that OSV publishes them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
LOW = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"

Record = dict[str, Any]


def osv_record(
    identity: str,
    package: str,
    *,
    introduced: str = "0",
    fixed: str | None = None,
    vector: str | None = CRITICAL,
    **more: Any,
) -> Record:
    """A record against a range of a package's versions."""
    events = [{"introduced": introduced}, *([{"fixed": fixed}] if fixed else [])]
    severity = [{"type": "CVSS_V3", "score": vector}] if vector else []
    return {
        "schema_version": "1.7.0",
        "id": identity,
        "modified": "2026-01-02T00:00:00Z",
        "published": "2026-01-01T00:00:00Z",
        "summary": f"{package} has a hole",
        "details": "Long words.",
        "severity": severity,
        "affected": [
            {
                "package": {
                    "name": package,
                    "ecosystem": "PyPI",
                    "purl": f"pkg:pypi/{package}",
                },
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
        ],
        "references": [{"type": "ADVISORY", "url": f"https://advisories.example/{identity}"}],
        **more,
    }


@dataclass(slots=True)
class OsvService:
    """What the service knows and how it behaves; ``asked`` are the paths it was asked for.

    ``hits`` are the ids for each (name, version). With ``is_hanging`` no answer comes before the
    service is closed; ``batch_answer`` takes the place of every answer to a batch of queries;
    ``has_records`` False makes it refuse single records to others than uv, ``record_answer``
    is what they get instead.
    """

    records: list[Record] = field(default_factory=list)
    hits: dict[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    is_hanging: bool = False
    batch_answer: tuple[int, bytes] | None = None
    has_records: bool = True
    record_answer: bytes | None = None
    url: str = ""
    asked: list[str] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serve_osv(service: OsvService) -> Iterator[OsvService]:
    """The service, answering on a free port of this machine until the block ends."""

    class Handler(_Handler):
        held = service

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    held: OsvService

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self.held.asked.append(self.path)
        kind, _, identity = self.path.rpartition("/")
        found = [record for record in self.held.records if record["id"] == identity]
        # uv needs the record for what it answers itself: only later readers are refused.
        is_reader = "uv/" not in self.headers.get("User-Agent", "")
        if kind != "/v1/vulns" or not found or (is_reader and not self.held.has_records):
            self._send(404, b'{"code":5,"message":"Bug not found."}')
        elif is_reader and self.held.record_answer is not None:
            self._send(200, self.held.record_answer)
        else:
            self._send(200, json.dumps(found[0]).encode())

    def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
        self.held.asked.append(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.held.is_hanging:
            self.held.closed.wait()
        elif self.path == "/v1/query":
            ids = {hit["id"] for hit in self._result(body).get("vulns", ())}
            whole = [record for record in self.held.records if record["id"] in ids]
            self._send(200, json.dumps({"vulns": whole} if whole else {}).encode())
        elif self.path != "/v1/querybatch":
            self._send(404, b"{}")
        elif self.held.batch_answer is not None:
            self._send(*self.held.batch_answer)
        else:
            results = [self._result(query) for query in body["queries"]]
            self._send(200, json.dumps({"results": results}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: ``asked`` has it."""

    def _result(self, query: dict[str, Any]) -> dict[str, Any]:
        assert query["package"]["ecosystem"] == "PyPI"
        ids = self.held.hits.get((query["package"]["name"], query["version"]), ())
        modified = {record["id"]: record["modified"] for record in self.held.records}
        hits = [{"id": identity, "modified": modified[identity]} for identity in ids]
        return {"vulns": hits} if hits else {}

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
