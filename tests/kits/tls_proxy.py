"""A proxy that stands for every host behind TLS: it answers as a package index, whoever is asked.

So a test sees what a tool asks of hosts that are built into it, and nothing leaves the machine.
"""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from tests.kits.package_index import PackageIndex
from tests.kits.tls_sockets import ClosingSocket

OPENSSL = shutil.which("openssl")


@dataclass(slots=True)
class TlsProxy:
    """The proxy's address and authority, and the paths that were asked for behind it.

    ``indexes`` are what is behind the proxy, by the last folder of their addresses.
    """

    folder: Path
    indexes: dict[str, PackageIndex] = field(default_factory=dict)
    url: str = ""
    paths: list[str] = field(default_factory=list)

    @property
    def authority(self) -> Path:
        """The certificate that clients have to trust."""
        return self.folder / "ca.pem"

    def context_for(self, host: str) -> ssl.SSLContext:
        """The context of a server of that name."""
        key, request, leaf = (self.folder / f"{host}.{end}" for end in ("key", "csr", "pem"))
        names = self.folder / f"{host}.ext"
        names.write_text(f"subjectAltName=DNS:{host}\nbasicConstraints=CA:FALSE\n")
        _openssl("req", "-new", *_KEY, "-keyout", key, "-out", request, "-subj", "/CN=leaf")
        _openssl(
            "x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", self.folder / "ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", names, "-out", leaf,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sslsocket_class = ClosingSocket
        context.load_cert_chain(leaf, key)
        return context


_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def _openssl(*words: str | Path) -> None:
    assert OPENSSL is not None
    subprocess.run([OPENSSL, *map(str, words)], check=True, capture_output=True)


@contextmanager
def serve_tls(folder: Path) -> Iterator[TlsProxy]:
    """The proxy, answering until the block ends; its files are in the folder."""
    folder.mkdir()
    proxy = TlsProxy(folder)
    _openssl(
        "req", "-x509", *_KEY, "-keyout", folder / "ca.key", "-out", proxy.authority,
        "-subj", "/CN=authority", "-days", "2", "-addext", "keyUsage=keyCertSign",
    )  # fmt: skip
    handler = type("Handler", (_Handler,), {"proxy": proxy, "lock": threading.Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    proxy.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    proxy: TlsProxy
    lock: threading.Lock
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:  # noqa: N802 - the name that http.server calls
        with self.lock:
            context = self.proxy.context_for(self.path.partition(":")[0])
        self.send_response(200)
        self.end_headers()
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except OSError:
            # A client that only tries a connection.
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self._answer(is_head=False)

    def do_HEAD(self) -> None:  # noqa: N802 - the name that http.server calls
        self._answer(is_head=True)

    def finish(self) -> None:
        super().finish()
        # The server closes the connection that it knows, which is not the one within.
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        del format, args

    def _answer(self, *, is_head: bool) -> None:
        self.proxy.paths.append(self.path)
        path = unquote(self.path.partition("?")[0]).rstrip("/")
        *_, folder, name = path.split("/")
        index = self.proxy.indexes.get(folder)
        content, kind = None, "text/html"
        if index is not None and name in index.files:
            content = index.page(name)
        for known in self.proxy.indexes.values():
            if name in known.files.get(folder, {}):
                content, kind = known.files[folder][name], "application/zip"
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        if not is_head:
            self.wfile.write(content or b"")
