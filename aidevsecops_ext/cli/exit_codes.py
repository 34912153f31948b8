"""The exit status of every way in which a command can end."""

from __future__ import annotations

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
from ..domain.machine_refusals import refusal_of

DONE = 0
FINDINGS = 1
USAGE = 2
REFUSED = 3
OUTSIDE_FAILED = 4
CANCELLED = 130

_BY_ERROR: dict[type[AidevsecopsError], int] = {
    UserError: USAGE,
    NotFoundError: USAGE,
    ConflictError: REFUSED,
    RefusedError: REFUSED,
    ToolMissingError: OUTSIDE_FAILED,
    OutsideFailedError: OUTSIDE_FAILED,
    TimedOutError: OUTSIDE_FAILED,
    CancelledError: CANCELLED,
}


def exit_code_of(error: AidevsecopsError) -> int:
    """The exit status of a command that ends with that error."""
    return _BY_ERROR.get(type(error), OUTSIDE_FAILED)


def unexpected(error: Exception) -> AidevsecopsError:
    """The error for a mistake in this program, or for a refusal that nobody foresaw.

    The traceback goes to the log.
    """
    # Slow to import, and hopefully not needed.
    import logging

    logging.getLogger(__name__).debug("Unexpected error", exc_info=error)
    return refusal_of(error) or AidevsecopsError(
        ErrorCode.INTERNAL_UNEXPECTED,
        f"Unexpected error ({type(error).__name__}: {error}).",
        hint="This is a mistake in aidevsecops; AIDEVSECOPS_DEBUG=1 shows where it is.",
    )
