"""uv's failures in our words and codes."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from ..domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
)
from ..domain.json_value import Json
from ..formats.uv_report import UvFailure, UvFailureKind, named_in


def error_of(
    failure: UvFailure, *, index_timeout: float, returncode: int, asked: Iterable[str] = ()
) -> AidevsecopsError:
    """The error to raise; ``details`` carry uv's explanation and the names at fault.

    ``asked`` are the names of the requirements: those at fault are ``details["requirements"]``.
    """
    requirements = named_in(failure.explanation, asked)
    details: dict[str, Json] = {
        "explanation": failure.explanation,
        "packages": [*failure.names],
        "requirements": [*requirements],
    }
    names = ", ".join(failure.names)
    host = urlsplit(failure.url).netloc if failure.url else ""
    where = f" {host}" if host else ""
    if host:
        details["index"] = host
    match failure.kind:
        case UvFailureKind.NOT_FOUND:
            return RefusedError(
                ErrorCode.LOCK_PACKAGE_NOT_FOUND,
                f"No package index has {names}.",
                hint="Correct the name, or name the index that has it.",
                details=details,
            )
        case UvFailureKind.UNSATISFIABLE:
            return RefusedError(
                ErrorCode.LOCK_UNSATISFIABLE,
                f"No versions satisfy these requirements together: {', '.join(requirements)}.",
                hint="Choose another Python version for the lock, or loosen the requirements."
                if failure.is_python_unsupported
                else "Loosen or remove one of the requirements named in the explanation.",
                details=details,
            )
        case UvFailureKind.BUILD_FAILED:
            return OutsideFailedError(
                ErrorCode.LOCK_BUILD_FAILED,
                f"{names} has to be built here to learn what it needs, and the build failed.",
                hint=f"Require {failure.suggestion} instead of {names}."
                if failure.suggestion
                else "Require a version that has wheels for the target, or another package.",
                details=details,
            )
        case UvFailureKind.UNAUTHORIZED:
            return OutsideFailedError(
                ErrorCode.LOCK_INDEX_UNREACHABLE,
                f"The package index{where} refuses the credentials, or wants some.",
                hint="Give them in uv's or pip's configuration, the environment, or .netrc.",
                details=details,
            )
        case UvFailureKind.TIMED_OUT:
            return TimedOutError(
                ErrorCode.LOCK_INDEX_UNREACHABLE,
                f"The package index{where} did not answer within {index_timeout:g} seconds.",
                hint="Try again later, or raise the setting index_timeout.",
                details=details,
            )
        case UvFailureKind.UNREACHABLE:
            return OutsideFailedError(
                ErrorCode.LOCK_INDEX_UNREACHABLE,
                f"The package index{where} cannot be reached.",
                hint="Check the network, the proxy and the index configuration.",
                details=details,
            )
        case UvFailureKind.OTHER:
            return OutsideFailedError(
                ErrorCode.LOCK_ENGINE_FAILED,
                f"uv failed with exit status {returncode}.",
                hint="The job's log has what it said.",
                details=details,
            )
