"""Package indexes over HTTP, or in folders, for what uv does not tell: names and versions.

Needs nothing but the standard library: it also runs in a process of its own (``name_list_child``).
"""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
    url2pathname,
)

from .answer_bodies import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEFAULT_PORTS = {"http": 80, "https": 443}
# What is a thousand times as long unpacked comes in pieces, too.
_UNPACKED = 1_000_000


class IndexRefusedError(Exception):
    """An index answers, but not with what is asked for; ``status`` is its HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"it answered {status} {http.client.responses.get(status, '')}".rstrip())
        self.status = status


class IndexSilentError(Exception):
    """An index cannot be reached, or its answer breaks off; the message says why."""

    def __init__(self, message: str, *, is_timeout: bool = False) -> None:
        super().__init__(message)
        self.is_timeout = is_timeout


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """How to reach indexes: what the user configured for uv and pip."""

    timeout: float
    proxies: Mapping[str, str] = field(default_factory=dict, repr=False)
    insecure_hosts: tuple[str, ...] = ()
    ca_file: str | None = None
    ca_folder: str | None = None
    client_certificate: str | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str], timeout: float) -> HttpSettings:
        """The settings that an environment for uv holds."""

        def value(*names: str) -> str | None:
            spellings = [spelling for name in names for spelling in (name.lower(), name)]
            return next((environment[s] for s in spellings if environment.get(s)), None)

        proxies = {
            scheme: proxy
            for scheme in ("http", "https")
            if (proxy := value(f"{scheme.upper()}_PROXY", "ALL_PROXY"))
        }
        hosts = (value("UV_INSECURE_HOST") or "").replace(",", " ").split()
        return cls(
            timeout=timeout,
            proxies=proxies,
            insecure_hosts=tuple(hosts),
            ca_file=value("SSL_CERT_FILE"),
            ca_folder=value("SSL_CERT_DIR"),
            client_certificate=value("SSL_CLIENT_CERT"),
        )


@dataclass(frozen=True, slots=True)
class IndexAddress:
    """An index: its address without credentials, and the header that carries them."""

    url: str
    authorization: str | None = field(default=None, repr=False)


@dataclass(slots=True)
class IndexAnswer:
    """An answer that has begun; to be closed."""

    stream: IO[bytes]
    headers: Mapping[str, str]
    url: str

    def pieces(self, timeout: float | None = None) -> Iterator[bytes]:
        """The body, decompressed; ``timeout`` as of :func:`pieces_of`.

        Raises:
            IndexSilentError: it breaks off, or takes longer.
        """
        decoder = zlib.decompressobj(31) if self.headers.get("content-encoding") == "gzip" else None
        size = 0
        try:
            for piece in pieces_of(self.stream, timeout):
                size += len(piece)
                while decoder and piece:
                    yield decoder.decompress(piece, _UNPACKED)
                    piece = decoder.unconsumed_tail
                yield piece
            yield decoder.flush() if decoder else b""
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise silence_of(error) from error
        # Of an answer that breaks off Python's client says nothing when it is read in pieces.
        if str(size) != self.headers.get("content-length", str(size)):
            raise IndexSilentError("its answer broke off")

    def close(self) -> None:
        """Let go of the connection."""
        self.stream.close()


def ask(
    url: str, index: IndexAddress, settings: HttpSettings, headers: Mapping[str, str]
) -> IndexAnswer:
    """The beginning of the answer to a GET; credentials go to the index's own host only.

    Raises:
        IndexRefusedError: any status other than 200.
        IndexSilentError: it cannot be reached.
    """
    try:
        scheme = urlsplit(url).scheme
    except ValueError as error:
        raise silence_of(error) from error
    if scheme == "file" and index.url.startswith("file:"):
        return _open_file(url)
    if scheme not in _DEFAULT_PORTS:
        raise IndexSilentError("its address is not one of http, https or file")
    request = Request(url, headers={"Accept-Encoding": "gzip", **headers})  # noqa: S310 - checked
    if index.authorization is not None and is_same_origin(url, index.url):
        request.add_unredirected_header("Authorization", index.authorization)
    try:
        answer = _opener(url, settings).open(request, timeout=settings.timeout)
    except HTTPError as error:
        error.close()
        raise IndexRefusedError(error.code) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise silence_of(error) from error
    return IndexAnswer(answer, {k.lower(): v for k, v in answer.headers.items()}, answer.url)


def _open_file(url: str) -> IndexAnswer:
    """A page of an index that is a folder."""
    path = Path(url2pathname(urlsplit(url).path))
    try:
        stream = (path / "index.html" if path.is_dir() else path).open("rb")
    except FileNotFoundError as error:
        raise IndexRefusedError(http.HTTPStatus.NOT_FOUND) from error
    except OSError as error:
        raise silence_of(error) from error
    return IndexAnswer(stream, {"content-type": "text/html"}, url)


def _opener(url: str, settings: HttpSettings) -> OpenerDirector:
    handlers = [ProxyHandler(dict(settings.proxies)), _SameOriginAuthorization()]
    if url.startswith("https:"):
        handlers.append(HTTPSHandler(context=_context(url, settings)))
    return build_opener(*handlers)


def _context(url: str, settings: HttpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.ca_file, capath=settings.ca_folder)
    if settings.client_certificate:
        context.load_cert_chain(settings.client_certificate)
    parts = urlsplit(url)
    if {parts.hostname, parts.netloc} & set(settings.insecure_hosts):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


class _SameOriginAuthorization(HTTPRedirectHandler):
    """Follows redirects, and sends credentials on only to where they were sent before."""

    def redirect_request(self, req: Request, *details: Any, **more: Any) -> Request | None:
        """The request to the new address."""
        redirected = super().redirect_request(req, *details, **more)
        known = req.unredirected_hdrs.get("Authorization")
        if redirected and known and is_same_origin(redirected.full_url, req.full_url):
            redirected.add_unredirected_header("Authorization", known)
        return redirected


def is_same_origin(one: str, other: str) -> bool:
    """True when two addresses are on the same server; one that is not valid is on none."""
    try:
        return _origin(one) == _origin(other)
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def silence_of(error: Exception) -> IndexSilentError:
    """Why nobody answered, in words without addresses."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError | socket.timeout):
        return IndexSilentError("it does not answer", is_timeout=True)
    if isinstance(cause, ssl.SSLError):
        return IndexSilentError("its certificate is not trusted, or the connection is not secure")
    if isinstance(cause, socket.gaierror):
        return IndexSilentError("its host is not known")
    if isinstance(cause, OSError) and cause.strerror:
        return IndexSilentError(f"it cannot be reached ({cause.strerror})")
    # The words of other errors may hold an address with credentials.
    return IndexSilentError("it cannot be reached, or its answer broke off")
