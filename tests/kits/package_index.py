"""A tiny package index (PEP 503) that really answers HTTP, with packages made on the spot."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from packaging.utils import canonicalize_name

USER = "alice"
_JSON = "application/vnd.pypi.simple.v1+json"
PASSWORD = "s3cr3t-pa55"
_POLL_SECONDS = 0.02
_CREDENTIALS = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


@dataclass(slots=True)
class PackageIndex:
    """What the index holds, how it behaves, and what it was asked for.

    ``hanging`` paths get no answer as long as they are there, ``cut_off`` ones only half of
    it; ``wrong_hashes`` are the files whose announced hash is not theirs; ``uploaded`` says when
    files came (then pages are JSON, PEP 700), ``yanked`` which ones were taken back.
    With ``is_listed`` it lists the names of all packages, ``tag`` being the list's entity tag.
    """

    url: str = ""
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    needs_password: bool = False
    hanging: set[str] = field(default_factory=set)
    cut_off: set[str] = field(default_factory=set)
    wrong_hashes: set[str] = field(default_factory=set)
    uploaded: dict[str, str] = field(default_factory=dict)
    yanked: set[str] = field(default_factory=set)
    is_listed: bool = False
    tag: str = '"1"'
    requests: list[str] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def simple_url(self) -> str:
        """The address to configure, without credentials."""
        return f"{self.url}/simple"

    @property
    def secret_url(self) -> str:
        """The same address with credentials."""
        return self.simple_url.replace("://", f"://{USER}:{PASSWORD}@")

    def add_wheel(self, name: str, version: str, requires: Sequence[str] = ()) -> str:
        """Add a wheel that holds one module of that name; returns the file's name."""
        file, content = make_wheel(name, version, requires)
        self.files.setdefault(canonicalize_name(name), {})[file] = content
        return file

    def add_sdist(self, name: str, version: str, setup: str) -> str:
        """Add a source distribution with that ``setup.py``; returns the file's name."""
        file = f"{name}-{version}.tar.gz"
        text = io.BytesIO()
        with tarfile.open(fileobj=text, mode="w:gz") as archive:
            for path, content in (
                ("setup.py", setup),
                ("PKG-INFO", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"),
            ):
                info = tarfile.TarInfo(f"{name}-{version}/{path}")
                info.size = len(content.encode())
                archive.addfile(info, io.BytesIO(content.encode()))
        self.files.setdefault(canonicalize_name(name), {})[file] = text.getvalue()
        return file

    def hash_of(self, name: str, file: str) -> str:
        """The true hash of a file, as locks record it."""
        return f"sha256:{hashlib.sha256(self.files[name][file]).hexdigest()}"

    def page(self, name: str) -> bytes:
        """The page that lists a package's files."""
        links = []
        for file, content in self.files[name].items():
            digest = hashlib.sha256(content).hexdigest()
            if file in self.wrong_hashes:
                digest = "0" * 64
            taken_back = ' data-yanked=""' if file in self.yanked else ""
            links.append(f'<a{taken_back} href="/files/{name}/{file}#sha256={digest}">{file}</a>')
        return f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode()

    def names_page(self) -> bytes:
        """The list of all names (PEP 691)."""
        projects = [{"name": name} for name in self.files]
        return json.dumps({"meta": {"api-version": "1.1"}, "projects": projects}).encode()

    def json_page(self, name: str) -> bytes:
        """The same page as JSON, with upload times."""
        files = [
            {
                "filename": file,
                "url": f"/files/{name}/{file}",
                "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
                "upload-time": self.uploaded[file],
                "yanked": file in self.yanked,
            }
            for file, content in self.files[name].items()
        ]
        page = {"meta": {"api-version": "1.1"}, "name": name, "files": files}
        return json.dumps(page).encode()


def make_wheel(name: str, version: str, requires: Sequence[str] = ()) -> tuple[str, bytes]:
    """A real wheel of one module: its file name and its bytes."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {requirement}\n" for requirement in requires)
    members = {
        f"{name}.py": f"__version__ = {version!r}\n",
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = "".join(f"{path},{_record(text)}\n" for path, text in members.items())
    members[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in members.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return f"{name}-{version}-py3-none-any.whl", content.getvalue()


def _record(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(text.encode())}"


@contextmanager
def serve(index: PackageIndex) -> Iterator[PackageIndex]:
    """The index, answering on a free port of this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(index))
    server.daemon_threads = True
    index.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield index
    finally:
        index.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(index: PackageIndex) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        held = index

    return Handler


class _Handler(BaseHTTPRequestHandler):
    held: PackageIndex

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self._answer(is_head=False)

    def do_HEAD(self) -> None:  # noqa: N802 - the name that http.server calls
        self._answer(is_head=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        self.held.requests.append(format % args)

    def _answer(self, *, is_head: bool) -> None:
        path = self.path.strip("/")
        self.held.asked.set()
        while path in self.held.hanging:
            if self.held.closed.wait(_POLL_SECONDS):
                return
        if self.held.needs_password and self.headers.get("Authorization") != _CREDENTIALS:
            self._send(401, b"", {"WWW-Authenticate": "Basic"})
            return
        if path == "simple" and self.held.is_listed:
            self._answer_names()
            return
        content = self._content(path)
        if content is None:
            self._send(404, b"", {})
            return
        page = _JSON if self.held.uploaded else "text/html"
        kind = page if path.startswith("simple/") else "application/zip"
        is_cut = path in self.held.cut_off
        body = b"" if is_head else content[: len(content) // 2] if is_cut else content
        self._send(200, body, {"Content-Type": kind, "Content-Length": str(len(content))})

    def _answer_names(self) -> None:
        if self.headers.get("If-None-Match") == self.held.tag:
            self._send(304, b"", {})
            return
        body = self.held.names_page()
        headers = {"Content-Type": _JSON, "ETag": self.held.tag, "Content-Length": str(len(body))}
        is_cut = "simple" in self.held.cut_off
        self._send(200, body[: len(body) // 2] if is_cut else body, headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _content(self, path: str) -> bytes | None:
        kind, _, rest = path.partition("/")
        if kind == "simple" and rest in self.held.files:
            return self.held.json_page(rest) if self.held.uploaded else self.held.page(rest)
        name, _, file = rest.partition("/")
        return self.held.files.get(name, {}).get(file) if kind == "files" else None
