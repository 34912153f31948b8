"""uv's failures in our words and codes."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from ..domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
)
from ..formats.uv_report import UvFailure, UvFailureKind, named_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.json_value import Json

OUTSIDE = frozenset(
    {UvFailureKind.UNAUTHORIZED, UvFailureKind.TIMED_OUT, UvFailureKind.UNREACHABLE}
)
"""What an index did, rather than what it has."""


class _Words(Struct, frozen=True):
    error: type[OutsideFailedError] | type[RefusedError] | type[TimedOutError]
    code: ErrorCode
    message: str
    hint: str


_WORDS: Mapping[UvFailureKind, _Words] = {
    UvFailureKind.NOT_FOUND: _Words(
        RefusedError,
        ErrorCode.LOCK_PACKAGE_NOT_FOUND,
        "No package index has {packages}.",
        "Correct the name, or name the index that has it.",
    ),
    UvFailureKind.UNSATISFIABLE: _Words(
        RefusedError,
        ErrorCode.LOCK_UNSATISFIABLE,
        "No versions satisfy these requirements together: {requirements}.",
        "Loosen or remove one of the requirements.",
    ),
    UvFailureKind.BUILD_FAILED: _Words(
        OutsideFailedError,
        ErrorCode.LOCK_BUILD_FAILED,
        "{packages} has to be built here to learn what it needs, and the build failed.",
        "Require a version that has wheels for the target, or another package.",
    ),
    UvFailureKind.UNAUTHORIZED: _Words(
        OutsideFailedError,
        ErrorCode.LOCK_INDEX_UNREACHABLE,
        "The package index{where} refuses the credentials, or wants some.",
        "Give them in uv's or pip's configuration, the environment, or .netrc.",
    ),
    UvFailureKind.TIMED_OUT: _Words(
        TimedOutError,
        ErrorCode.LOCK_INDEX_UNREACHABLE,
        "The package index{where} did not answer within {seconds:g} seconds.",
        "Try again later, or raise the setting index_timeout.",
    ),
    UvFailureKind.UNREACHABLE: _Words(
        OutsideFailedError,
        ErrorCode.LOCK_INDEX_UNREACHABLE,
        "The package index{where} cannot be reached.",
        "Check the network, the proxy and the index configuration.",
    ),
    UvFailureKind.DISK: _Words(
        OutsideFailedError,
        ErrorCode.LOCK_ENGINE_FAILED,
        "uv cannot write its cache or its temporary files.",
        "Free some space, or name folders that can be written (UV_CACHE_DIR, TMPDIR).",
    ),
    UvFailureKind.OTHER: _Words(
        OutsideFailedError,
        ErrorCode.LOCK_ENGINE_FAILED,
        "uv failed with exit status {status}.",
        "The explanation has what it said.",
    ),
}


def error_of(
    failure: UvFailure, *, index_timeout: float, returncode: int, asked: Iterable[str] = ()
) -> AidevsecopsError:
    """The error to raise; ``details`` carry uv's explanation and the names at fault.

    ``asked`` are the names of the requirements: those at fault are ``details["requirements"]``.
    """
    if returncode < 0:
        return killed(ErrorCode.LOCK_ENGINE_FAILED, returncode)
    requirements = named_in(failure.explanation, asked)
    host = urlsplit(failure.url).netloc if failure.url else ""
    details: dict[str, Json] = {
        "explanation": failure.explanation,
        "packages": [*failure.names],
        "requirements": [*requirements],
    }
    if host:
        details["index"] = host
    words = _WORDS[failure.kind]
    message = words.message.format(
        packages=", ".join(failure.names),
        requirements=", ".join(requirements),
        where=f" {host}" if host else "",
        seconds=index_timeout,
        status=returncode,
    )
    return words.error(words.code, message, hint=_hint(failure, words), details=details)


def killed(code: ErrorCode, returncode: int) -> OutsideFailedError:
    """The error where a signal has ended uv: what it said before is no reason."""
    return OutsideFailedError(
        code,
        f"uv was ended by somebody else ({signal.Signals(-returncode).name}).",
        hint="Try again. A machine that is short of memory ends programs so.",
    )


def _hint(failure: UvFailure, words: _Words) -> str:
    if failure.kind is UvFailureKind.UNSATISFIABLE and failure.is_python_unsupported:
        return "Choose another Python version for the lock, or loosen the requirements."
    if failure.kind is UvFailureKind.BUILD_FAILED and failure.suggestion:
        return f"Require {failure.suggestion} instead of {', '.join(failure.names)}."
    return words.hint
