"""What ``thamos --verbose`` says: its log, how far the service is, and why it failed."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(
    r"\d{4}-\d\d-\d\d [\d:,.]+ \[\d+\] (?P<level>[A-Z]+) +(?P<name>[\w.]+): (?P<text>.*)"
)
_STATE = re.compile(r"Waiting for '[^']*' to finish for .* \(state: (?P<state>[^)]*)\)")
_SUBMITTED = re.compile(r"Successfully submitted advise analysis '(?P<id>[^']+)' to ")
_FOR_PEOPLE = frozenset({"INFO", "WARNING", "ERROR"})
# The last line of a traceback: a dotted class, or a class of the language itself.
_RAISED = re.compile(r"(?P<kind>(?:\w+\.)+[A-Z]\w*|[A-Z]\w*Error): ?(?P<text>.*)")
_STATUS = re.compile(r"\((\d{3})\)|\b(\d{3}) (?:Server|Client) Error|Returned code - (\d{3})")
_BODY = re.compile(r"""(?s)["']error["']: ?"(?P<error>(?:[^"\\]|\\.)*)\"""")
_CAUSE = re.compile(r"\[(?:Errno -?\d+|SSL: \w+)\] (?P<cause>[^()\"']+)")
_TRACEBACK = "Traceback (most recent call last):"

_BROKEN = frozenset({"ImportError", "ModuleNotFoundError", "SyntaxError", "AttributeError"})
_TIMED_OUT = frozenset({"TimeoutError", "ReadTimeout", "ReadTimeoutError"})
_UNREACHABLE = frozenset(
    {
        "SSLError",
        "ProxyError",
        "ConnectionError",
        "ConnectTimeout",
        "ConnectionResetError",
        "MaxRetryError",
        "NewConnectionError",
        "ProtocolError",
        "ChunkedEncodingError",
        "ServiceUnavailable",
    }
)
_ANSWERED = frozenset({"ApiException", "ApiError", "NoApiSupported", "HTTPError"})
_BAD_ANSWER = frozenset({"JSONDecodeError", "ValueError", "TypeError", "KeyError"})
# A gateway says so for a service behind it that is not there.
_GATEWAY = frozenset({502, 503, 504})


class ThamosFailureKind(Enum):
    """What went wrong."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    TIMED_OUT = "timed out"
    BAD_ANSWER = "bad answer"
    BROKEN = "broken"
    OTHER = "other"


class ThamosFailure(Struct, frozen=True):
    """Why thamos failed; ``reason`` are words for a sentence, without a traceback."""

    kind: ThamosFailureKind
    reason: str
    is_certificate: bool = False


class ThamosLine(Struct, frozen=True):
    """One line of the log: what it says to people, else the state or the analysis it tells of."""

    message: str | None = None
    state: str | None = None
    analysis_id: str | None = None


def read_line(line: str) -> ThamosLine:
    """What a line says; nothing where it is for developers."""
    match = _LINE.fullmatch(line)
    if match is None:
        return ThamosLine()
    text = match["text"]
    state, submitted = _STATE.match(text), _SUBMITTED.match(text)
    return ThamosLine(
        message=text if match["level"] in _FOR_PEOPLE else None,
        state=state["state"] if state else None,
        analysis_id=submitted["id"] if submitted else None,
    )


def read_failure(lines: Sequence[str]) -> ThamosFailure:
    """The failure that the last traceback among the lines tells."""
    starts = [number for number, line in enumerate(lines) if line.endswith(_TRACEBACK)]
    said = lines[starts[-1] :] if starts else lines
    raised = [(n, match) for n, line in enumerate(said) if (match := _RAISED.match(line))]
    if not starts or not raised:
        spoken = [line for line in said if line.strip()]
        return ThamosFailure(ThamosFailureKind.OTHER, spoken[-1].strip() if spoken else "")
    number, match = raised[-1]
    kind = match["kind"].rpartition(".")[2]
    whole = "\n".join([match["text"], *said[number + 1 :]])
    # The status may be told by what the last error came from.
    return _failure(kind, whole, "\n".join([match["text"], *lines]))


def _failure(kind: str, text: str, everything: str) -> ThamosFailure:
    first = text.splitlines()[0].strip() if text.strip() else kind
    if kind in _BROKEN:
        return ThamosFailure(ThamosFailureKind.BROKEN, first)
    if kind in _TIMED_OUT:
        return ThamosFailure(ThamosFailureKind.TIMED_OUT, first)
    if kind in _UNREACHABLE:
        cause = _CAUSE.search(text)
        words = cause["cause"].strip() if cause else first
        return ThamosFailure(ThamosFailureKind.UNREACHABLE, words, "SSL" in text)
    if kind in _ANSWERED:
        return _answered(text, everything)
    if kind in _BAD_ANSWER:
        return ThamosFailure(ThamosFailureKind.BAD_ANSWER, first)
    return ThamosFailure(ThamosFailureKind.OTHER, first)


def _answered(text: str, everything: str) -> ThamosFailure:
    found = _STATUS.search(text) or _STATUS.search(everything)
    status = int(next(filter(None, found.groups()))) if found else 0
    words = f"HTTP {status}" if status else text.splitlines()[0]
    body = _BODY.search(text)
    if body is not None:
        words = f"{body['error']} ({words})"
    if status in _GATEWAY:
        return ThamosFailure(ThamosFailureKind.UNREACHABLE, words)
    is_refusal = status in (400, 401, 403)
    return ThamosFailure(
        ThamosFailureKind.REFUSED if is_refusal else ThamosFailureKind.BAD_ANSWER, words
    )
