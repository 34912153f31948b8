"""What the clients of forges raise, as errors of ours: without tokens, and without addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ..domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from ..formats.redaction import redact

if TYPE_CHECKING:
    from ..domain.forge import ForgePlace
    from ..domain.json_value import Json

_INVALID = {HTTPStatus.BAD_REQUEST, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY}
_SHOWN = 300


def failure_of(error: Exception, place: ForgePlace, *, has_token: bool) -> AidevsecopsError:
    """The error for what a client raised while it asked the forge of that place."""
    causes = tuple(_causes(error))
    status = next((found for each in causes if (found := _status(each))), None)
    said = next((words for each in causes if (words := _words(each))), "")
    if status is not None:
        return _refusal(status, said, place, has_token=has_token)
    names = {kind.__name__ for each in causes for kind in type(each).__mro__}
    if names & {"Timeout", "TimeoutException"}:
        return TimedOutError(
            ErrorCode.FORGE_TIMED_OUT,
            f"{place.url} does not answer in time.",
            hint="Try again later.",
            details={"forge": place.url},
        )
    is_silent = names & {"RequestException", "TransportError", "OSError"}
    if is_silent and "JSONDecodeError" not in names:
        return OutsideFailedError(
            ErrorCode.FORGE_UNREACHABLE,
            f"{place.url} cannot be reached{_why(names)}.",
            hint="Look at the network, and whether that is the address of the forge.",
            details={"forge": place.url},
        )
    return _strange(place, said)


def no_client() -> ToolMissingError:
    """The error where what speaks to forges is not installed."""
    return ToolMissingError(
        ErrorCode.FORGE_NO_CLIENT,
        "What speaks to forges (ogr) is not installed.",
        hint="pip install 'aidevsecops-ext[forges]'",
    )


def _refusal(status: int, said: str, place: ForgePlace, *, has_token: bool) -> AidevsecopsError:
    """The error for an answer that is none."""
    because = f": {said}" if said else ""
    details: dict[str, Json] = {"forge": place.url, "project": place.project, "status": status}
    if status == HTTPStatus.UNAUTHORIZED:
        how = "does not accept your credentials" if has_token else "wants credentials"
        return RefusedError(
            ErrorCode.FORGE_NO_CREDENTIALS,
            f"{place.url} {how}{because}.",
            hint="Give git a token for it (git credential), or set the environment variable of "
            "that forge. Did the token expire?",
            details=details,
        )
    is_limit = status == HTTPStatus.FORBIDDEN and "rate limit" in said.lower()
    if is_limit or status == HTTPStatus.TOO_MANY_REQUESTS:
        return OutsideFailedError(
            ErrorCode.FORGE_BUSY,
            f"{place.url} takes no more questions for now{because}.",
            hint="Wait a while. Who asks with a token may ask more often.",
            details=details,
        )
    if status == HTTPStatus.NOT_FOUND:
        return NotFoundError(
            ErrorCode.FORGE_NOT_FOUND,
            f"{place.url} has nothing of that kind in {place.project}{because}.",
            hint="What a token may not see looks as if it were not there: may it see the "
            "repository?",
            details=details,
        )
    if status == HTTPStatus.CONFLICT or (status in _INVALID and "already" in said.lower()):
        return ConflictError(
            ErrorCode.FORGE_TAKEN,
            f"{place.web_url} has that already{because}.",
            hint="Look at it there.",
            details=details,
        )
    if status == HTTPStatus.FORBIDDEN or status in _INVALID:
        return RefusedError(
            ErrorCode.FORGE_REFUSED,
            f"{place.web_url} does not allow it{because}.",
            hint="May your account, and the token, do that there?",
            details=details,
        )
    return _strange(place, said or f"status {status}")


def _strange(place: ForgePlace, said: str) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.FORGE_FAILED,
        f"{place.url} gave no answer that can be understood{f' ({said})' if said else ''}.",
        hint="Try again later. Is that the kind of forge that the settings say?",
        details={"forge": place.url},
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _status(error: BaseException) -> int | None:
    """The HTTP status in an error: each client calls it otherwise."""
    names = ("status", "response_code", "status_code")
    found = next((value for name in names if (value := getattr(error, name, None))), None)
    return found if isinstance(found, int) else None


def _words(error: BaseException) -> str:
    """What the forge said, in one line; what a client says itself may hold addresses."""
    body: Any = next(
        (
            value
            for name in ("data", "error_message", "body")
            if (value := getattr(error, name, None))
        ),
        None,
    )
    text = " ".join(" ".join(_texts(body)).split()).rstrip(".")
    return redact(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _texts(body: Any) -> Iterator[str]:
    if isinstance(body, str):
        # A page of a proxy is no sentence.
        if not body.lstrip().startswith("<"):
            yield body
    elif isinstance(body, Mapping):
        for name in ("message", "error", "errors"):
            yield from _texts(body.get(name))
        if "code" in body and "message" not in body:
            yield f"{body.get('field', 'it')} {str(body['code']).replace('_', ' ')}"
    elif isinstance(body, list):
        for each in body:
            yield from _texts(each)


def _why(names: set[str]) -> str:
    if "SSLError" in names or "SSLCertVerificationError" in names:
        return ": its certificate is not trusted"
    return ""
