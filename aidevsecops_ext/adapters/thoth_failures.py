"""thamos' failures, and answers of a service that are none, in our words and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
)
from ..formats.thamos_report import ThamosFailure, ThamosFailureKind
from ..formats.uv_report import named_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json
    from ..formats.thoth_advice import Advice


def unreachable(host: str, reason: str, *, is_certificate: bool = False) -> OutsideFailedError:
    """The service is not there."""
    hint = "Check the host and the network, or let uv take its place (the fallback)."
    if is_certificate:
        hint = (
            "thamos trusts only the authorities that certifi has. For a service that has another "
            "certificate, say 'tls_verify: false' beside its host in .thoth.yaml."
        )
    return OutsideFailedError(
        ErrorCode.THOTH_UNREACHABLE,
        f"The Thoth service at {host} cannot be reached: {reason.rstrip('.')}.",
        hint=hint,
        details={"host": host},
    )


def timed_out(host: str, seconds: float, analysis_id: str | None) -> TimedOutError:
    """The service is there, and takes too long."""
    details: dict[str, Json] = {"host": host}
    if analysis_id:
        details["analysis_id"] = analysis_id
    return TimedOutError(
        ErrorCode.THOTH_TIMED_OUT,
        f"The Thoth service at {host} had no answer within {seconds:g} seconds.",
        hint="Give it more time (--timeout, or the setting lock_timeout), or use another engine.",
        details=details,
    )


def bad_answer(host: str, reason: str) -> OutsideFailedError:
    """The service answers, but not what was asked for."""
    return OutsideFailedError(
        ErrorCode.THOTH_BAD_ANSWER,
        f"The answer of {host} cannot be used: {reason.rstrip('.')}.",
        hint="See that the host is a Thoth service; its administrators should see this.",
        details={"host": host},
    )


def no_recommendation(advice: Advice, asked: Iterable[str]) -> RefusedError:
    """The service found nothing; the justification is its own."""
    said = (advice.problem or "").rstrip(".")
    explanation = "\n".join([said, *advice.justification])
    return RefusedError(
        ErrorCode.THOTH_NO_RECOMMENDATION,
        f"Thoth has no recommendation: {said}.",
        hint="Loosen the requirements, or choose another runtime environment or engine.",
        details={
            "explanation": explanation,
            "justification": [*advice.justification],
            "requirements": [*named_in(explanation, asked)],
        },
    )


def error_of(
    failure: ThamosFailure, host: str, seconds: float, analysis_id: str | None
) -> AidevsecopsError:
    """The error to raise for a failure of thamos."""
    if failure.kind is ThamosFailureKind.UNREACHABLE:
        return unreachable(host, failure.reason, is_certificate=failure.is_certificate)
    if failure.kind is ThamosFailureKind.TIMED_OUT:
        return timed_out(host, seconds, analysis_id)
    if failure.kind is ThamosFailureKind.BAD_ANSWER:
        return bad_answer(host, failure.reason)
    if failure.kind is ThamosFailureKind.REFUSED:
        return OutsideFailedError(
            ErrorCode.THOTH_REFUSED,
            f"The Thoth service at {host} refuses: {failure.reason.rstrip('.')}.",
            hint="Its administrators say which requirements, environments and tokens it takes.",
            details={"host": host},
        )
    return OutsideFailedError(
        ErrorCode.THOTH_CLIENT_FAILED,
        f"thamos failed: {failure.reason.rstrip('.') or 'it does not say why'}.",
        hint="The log has what it said.",
    )
