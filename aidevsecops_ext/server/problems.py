"""Our errors as HTTP answers: the status of each class, and the shape of the body."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from ..domain.errors import (
    AidevsecopsError,
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
    UserError,
)

STATUSES: dict[type[AidevsecopsError], HTTPStatus] = {
    UserError: HTTPStatus.BAD_REQUEST,
    NotFoundError: HTTPStatus.NOT_FOUND,
    # A request whose sender went away, or a server that stops; a cancelled job is a state instead.
    CancelledError: HTTPStatus.CONFLICT,
    ConflictError: HTTPStatus.CONFLICT,
    RefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ToolMissingError: HTTPStatus.FAILED_DEPENDENCY,
    OutsideFailedError: HTTPStatus.BAD_GATEWAY,
    TimedOutError: HTTPStatus.GATEWAY_TIMEOUT,
}

_CODES_OF_THE_SERVER = {
    HTTPStatus.FORBIDDEN: ErrorCode.REQUEST_FORBIDDEN,
    HTTPStatus.NOT_FOUND: ErrorCode.REQUEST_UNKNOWN_ROUTE,
    HTTPStatus.METHOD_NOT_ALLOWED: ErrorCode.REQUEST_UNKNOWN_ROUTE,
}

_HINTS = {
    HTTPStatus.FORBIDDEN: "Sign in, or ask whoever runs the server what you may do there.",
}


def status_of(error: AidevsecopsError) -> int:
    """The status that an error is answered with."""
    return next(STATUSES[kind] for kind in type(error).mro() if kind in STATUSES)


def problem_of(error: AidevsecopsError, request_id: str) -> dict[str, Any]:
    """The body that says what our error says."""
    return {
        "message": error.message,
        "reason": HTTPStatus(status_of(error)).phrase,
        "code": error.code.value,
        "hint": error.hint,
        "details": error.details,
        "request_id": request_id,
    }


def problem_of_status(status: int, message: str | None, request_id: str) -> dict[str, Any]:
    """The body for what Jupyter Server or tornado refused; ``message`` is theirs, if any."""
    phrase = HTTPStatus(status).phrase
    return {
        "message": message or phrase,
        "reason": phrase,
        "code": _CODES_OF_THE_SERVER.get(HTTPStatus(status), ErrorCode.REQUEST_INVALID).value,
        "hint": _HINTS.get(HTTPStatus(status), ""),
        "details": {},
        "request_id": request_id,
    }


def unexpected_problem(request_id: str) -> dict[str, Any]:
    """The body for a mistake of ours: what happened stays in the server's log."""
    return {
        "message": "Unexpected error.",
        "reason": HTTPStatus.INTERNAL_SERVER_ERROR.phrase,
        "code": ErrorCode.INTERNAL_UNEXPECTED.value,
        "hint": f"The server's log says more under {request_id}.",
        "details": {},
        "request_id": request_id,
    }
