"""Requests to package indexes, against servers on this machine."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.index_http import (
    HttpSettings,
    IndexAddress,
    IndexRefusedError,
    IndexSilentError,
    ask,
)

SETTINGS = HttpSettings(timeout=20.0)
Answering = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answering: Answering) -> Iterator[str]:
    """The address of a server that answers so."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
            answering(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            del format, args

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}"
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def text_of(url: str, index: IndexAddress, settings: HttpSettings = SETTINGS) -> bytes:
    answer = ask(url, index, settings, {"Accept": "text/html"})
    try:
        return b"".join(answer.pieces())
    finally:
        answer.close()


def test_ask_unpacks_what_is_compressed() -> None:
    content = gzip.compress(b"names" * 100_000)

    with server(lambda handler: send(handler, 200, content, Content_Encoding="gzip")) as url:
        text = text_of(url, IndexAddress(url))

    assert text == b"names" * 100_000


def test_pieces_are_small_when_what_is_compressed_is_a_thousand_times_as_long() -> None:
    content = gzip.compress(bytes(50_000_000))

    with server(lambda handler: send(handler, 200, content, Content_Encoding="gzip")) as url:
        answer = ask(url, IndexAddress(url), SETTINGS, {})
        sizes = [len(piece) for piece in answer.pieces()]
        answer.close()

    assert sum(sizes) == 50_000_000
    assert max(sizes) <= 1_000_000


def test_ask_keeps_credentials_on_the_index_when_it_is_sent_elsewhere() -> None:
    seen: dict[str, str | None] = {}

    def other(handler: BaseHTTPRequestHandler) -> None:
        seen["other"] = handler.headers.get("Authorization")
        send(handler, 200, b"there")

    with server(other) as elsewhere:

        def own(handler: BaseHTTPRequestHandler) -> None:
            seen[handler.path] = handler.headers.get("Authorization")
            target = {"/a": "/b", "/b": f"{elsewhere}/c"}[handler.path]
            send(handler, 301, Location=target)

        with server(own) as url:
            text = text_of(f"{url}/a", IndexAddress(url, "Basic abc"))

    assert text == b"there"
    assert seen == {"/a": "Basic abc", "/b": "Basic abc", "other": None}


def test_ask_sends_no_credentials_when_a_file_is_on_another_host() -> None:
    seen: list[str | None] = []

    def answering(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers.get("Authorization"))
        send(handler, 200)

    with server(answering) as url:
        text_of(url, IndexAddress("https://index.example/simple", "Basic abc"))

    assert seen == [None]


def test_ask_goes_through_the_proxy_of_the_configuration() -> None:
    seen: list[str] = []

    def proxy(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.path)
        send(handler, 200, b"by proxy")

    with server(proxy) as url:
        settings = HttpSettings.of({"ALL_PROXY": url, "NO_PROXY": ""}, 20.0)
        text = text_of(
            "http://index.example/simple/", IndexAddress("http://index.example"), settings
        )

    assert (text, seen) == (b"by proxy", ["http://index.example/simple/"])


def test_ask_reads_an_index_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "holey").mkdir()
    (tmp_path / "holey" / "index.html").write_text("page", encoding="utf-8")
    index = IndexAddress(tmp_path.as_uri())

    text = text_of(f"{tmp_path.as_uri()}/holey/", index)

    assert text == b"page"
    with pytest.raises(IndexRefusedError) as raised:
        text_of(f"{tmp_path.as_uri()}/gone/", index)
    assert raised.value.status == 404


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/x", "gopher:x", ""])
def test_ask_goes_nowhere_when_an_index_leads_out_of_the_web(url: str) -> None:
    with pytest.raises(IndexSilentError):
        ask(url, IndexAddress("https://index.example"), SETTINGS, {})


@pytest.mark.parametrize("status", [304, 401, 403, 404, 500])
def test_ask_says_the_status_of_a_refusal(status: int) -> None:
    with (
        server(lambda handler: send(handler, status)) as url,
        pytest.raises(IndexRefusedError, match=str(status)) as raised,
    ):
        ask(url, IndexAddress(url), SETTINGS, {})

    assert raised.value.status == status


def test_ask_says_when_nobody_answers() -> None:
    with server(lambda handler: send(handler, 200)) as url:
        pass

    with pytest.raises(IndexSilentError, match="cannot be reached") as raised:
        ask(url, IndexAddress(url), SETTINGS, {})
    assert not raised.value.is_timeout


def test_ask_gives_up_after_its_time() -> None:
    released = threading.Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        del handler
        released.wait(30)

    with server(wait) as url:
        with pytest.raises(IndexSilentError) as raised:
            ask(url, IndexAddress(url), HttpSettings(timeout=0.2), {})
        released.set()

    assert raised.value.is_timeout


def test_pieces_say_when_an_answer_breaks_off() -> None:
    with (
        server(lambda handler: send(handler, 200, b"half", Content_Length="400")) as url,
        pytest.raises(IndexSilentError),
    ):
        text_of(url, IndexAddress(url))


def test_settings_are_those_of_uv_and_pip() -> None:
    settings = HttpSettings.of(
        {
            "https_proxy": "http://proxy.example",
            "ALL_PROXY": "http://all.example",
            "UV_INSECURE_HOST": "a.example,b.example:8443 c.example",
            "SSL_CERT_FILE": "/ca.pem",
            "SSL_CERT_DIR": "/ca",
            "SSL_CLIENT_CERT": "/me.pem",
        },
        3.0,
    )

    assert settings == HttpSettings(
        3.0,
        {"http": "http://all.example", "https": "http://proxy.example"},
        ("a.example", "b.example:8443", "c.example"),
        "/ca.pem",
        "/ca",
        "/me.pem",
    )
    assert "proxy.example" not in repr(settings)
