"""Services that a user configured, over HTTP: every answer is one, also those that refuse.

Redirects are not followed: what is sent along is for the configured host alone.
"""

from __future__ import annotations

import http.client
import ssl
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from msgspec import Struct, field

from ..domain.errors import ErrorCode, OutsideFailedError, TimedOutError
from .answer_bodies import pieces_of, whole
from .index_http import silence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LARGEST = 20_000_000


class Question(Struct, frozen=True):
    """A request; ``headers`` may hold what lets somebody in. ``ca_file`` is trusted beside none."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout: float = 30.0
    ca_file: str | None = None

    def __repr__(self) -> str:
        # Logs and tracebacks show this: nothing that may hold a secret.
        return f"Question({self.method} {place_of(self.url)})"


class Reply(Struct, frozen=True):
    """What a service answered, with names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body to read."""
        return self.body.decode("utf-8", "replace")


def ask(question: Question) -> Reply:
    """The answer, whatever its status.

    Raises:
        OutsideFailedError: nobody answers at that address, or it is none of http or https.
        TimedOutError: no answer in time.
    """
    if urlsplit(question.url).scheme not in ("http", "https"):
        raise _unreachable(question, "its address is not one of http or https")
    request = Request(  # noqa: S310 - of http or https
        question.url, data=question.body, headers=dict(question.headers), method=question.method
    )
    try:
        handlers = [_NoRedirects(), HTTPSHandler(context=_context(question))]
        try:
            with build_opener(*handlers).open(request, timeout=question.timeout) as answer:
                return _reply(answer.status, answer.headers.items(), answer, question)
        except HTTPError as refusal:
            with refusal:
                return _reply(refusal.code, refusal.headers.items(), refusal, question)
    except (OSError, http.client.HTTPException, ValueError) as error:
        silence = silence_of(error)
        if silence.is_timeout:
            raise TimedOutError(
                ErrorCode.SERVICE_TIMED_OUT,
                f"{place_of(question.url)} does not answer within {question.timeout:g} s.",
                hint="Try again later. Is a proxy or a VPN in between?",
                details={"service": place_of(question.url)},
            ) from error
        raise _unreachable(question, str(silence)) from error


def strange_answer(code: ErrorCode, url: str, said: str, hint: str) -> OutsideFailedError:
    """The error where a service answered something that can not come from one of its kind."""
    return OutsideFailedError(
        code,
        f"{place_of(url)} gave no answer that can be understood ({said}).",
        hint=hint,
        details={"service": place_of(url)},
    )


def place_of(url: str) -> str:
    """Scheme and host of an address, to show: without credentials, path and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _reply(
    status: int, headers: Iterable[tuple[str, str]], stream: IO[bytes], question: Question
) -> Reply:
    told = {name.lower(): value for name, value in headers}
    body = whole(pieces_of(stream, question.timeout), _LARGEST)
    # Of an answer that breaks off Python's client says nothing when it is read in pieces.
    is_whole = str(len(body)) == told.get("content-length", str(len(body)))
    if question.method != "HEAD" and not is_whole:
        raise ValueError("its answer broke off")
    return Reply(status, told, body)


def _context(question: Question) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if question.ca_file:
        context.load_verify_locations(question.ca_file)
    return context


def _unreachable(question: Question, why: str) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.SERVICE_UNREACHABLE,
        f"{place_of(question.url)} does not answer: {why}.",
        hint="Look at the address in the runtime configuration, and at the network.",
        details={"service": place_of(question.url)},
    )


class _NoRedirects(HTTPRedirectHandler):
    """Leaves a redirect as the answer that it is."""

    def redirect_request(self, *_details: object, **_more: object) -> None:
        """No request."""
