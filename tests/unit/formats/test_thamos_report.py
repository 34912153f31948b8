"""What thamos 1.29.1 said in each of these cases; only its source lines are left out."""

from __future__ import annotations

import pytest

from aidevsecops_ext.formats.thamos_report import (
    ThamosFailureKind,
    ThamosLine,
    read_failure,
    read_line,
)

START = "2026-11-21 03:43:43,978 [27850]"
TRACEBACK = "Traceback (most recent call last):"
LOST = (
    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='127.0.0.1', port=9): Max "
    'retries exceeded with url: /api/v1 (Caused by NewConnectionError("HTTPSConnection('
    "host='127.0.0.1', port=9): Failed to establish a new connection: [Errno 111] Connection "
    'refused"))'
)
UNKNOWN_NAME = (
    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='no-such.example', port=443): "
    'Max retries exceeded with url: /api/v1 (Caused by NameResolutionError("HTTPSConnection('
    "host='no-such.example', port=443): Failed to resolve 'no-such.example' ([Errno -2] Name or "
    'service not known)"))'
)
CERTIFICATE = (
    "requests.exceptions.SSLError: HTTPSConnectionPool(host='127.0.0.1', port=40821): Max retries "
    "exceeded with url: /api/v1 (Caused by SSLError(SSLCertVerificationError(1, '[SSL: "
    "CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate "
    "(_ssl.c:1007)')))"
)


def refusal(status: int, reason: str) -> list[str]:
    return [
        f"{START} CRITICAL root: {TRACEBACK}",
        f"thamos.swagger_client.rest.ApiException: ({status})",
        f"Reason: {reason}",
        "HTTP response headers: HTTPHeaderDict({'Content-Type': 'application/json'})",
        """HTTP response body: b'{"error": "The token is not valid.", "parameters": {}}'""",
        "",
    ]


def no_api(status: str) -> list[str]:
    return [
        f"{START} CRITICAL root: {TRACEBACK}",
        f"requests.exceptions.HTTPError: {status} for url: https://127.0.0.1:39155/api/v1",
        "",
        "The above exception was the direct cause of the following exception:",
        "",
        TRACEBACK,
        "thamos.exceptions.NoApiSupported: Server does not support API v1 required by Thamos "
        "client",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            f"{START} INFO     thamos.lib: Successfully submitted advise analysis "
            "'adviser-1-2' to 'https://127.0.0.1:1/api/v1'",
            ThamosLine(
                message="Successfully submitted advise analysis 'adviser-1-2' to "
                "'https://127.0.0.1:1/api/v1'",
                analysis_id="adviser-1-2",
            ),
        ),
        (
            f"{START} DEBUG    thamos.lib: Waiting for 'adviser-1-2' to finish for 0.5 seconds "
            "(state: running)",
            ThamosLine(state="running"),
        ),
        (f"{START} DEBUG    thamos: Debug mode turned on", ThamosLine()),
        (f"{START} WARNING  thamos: Beware", ThamosLine(message="Beware")),
        (" 'runtime_environment': {'name': 'train'},", ThamosLine()),
        ("", ThamosLine()),
    ],
)
def test_read_line_tells_people_developers_and_states_apart(line: str, said: ThamosLine) -> None:
    assert read_line(line) == said


@pytest.mark.parametrize(
    ("lines", "kind", "reason"),
    [
        ([TRACEBACK, LOST], ThamosFailureKind.UNREACHABLE, "Connection refused"),
        ([TRACEBACK, UNKNOWN_NAME], ThamosFailureKind.UNREACHABLE, "Name or service not known"),
        (
            [TRACEBACK, "urllib3.exceptions.ProtocolError: The connection was cut."],
            ThamosFailureKind.UNREACHABLE,
            "The connection was cut.",
        ),
        (
            [
                TRACEBACK,
                "thamos.exceptions.ServiceUnavailable: 503 Server Error: Service Unavailable for "
                "url: https://127.0.0.1:36653/api/v1",
            ],
            ThamosFailureKind.UNREACHABLE,
            "503 Server Error: Service Unavailable for url: https://127.0.0.1:36653/api/v1",
        ),
        (
            refusal(503, "Service Unavailable"),
            ThamosFailureKind.UNREACHABLE,
            "The token is not valid. (HTTP 503)",
        ),
        (no_api("502 Server Error: Bad Gateway"), ThamosFailureKind.UNREACHABLE, "HTTP 502"),
        (no_api("404 Client Error: Not Found"), ThamosFailureKind.BAD_ANSWER, "HTTP 404"),
        (
            refusal(401, "Unauthorized"),
            ThamosFailureKind.REFUSED,
            "The token is not valid. (HTTP 401)",
        ),
        (
            [
                TRACEBACK,
                "thamos.exceptions.ApiError: Thoth Backend didn't respond with correct status "
                "code. Returned code - 500: oops",
            ],
            ThamosFailureKind.BAD_ANSWER,
            "HTTP 500",
        ),
        (
            [TRACEBACK, "thamos.exceptions.NoApiSupported: Not here"],
            ThamosFailureKind.BAD_ANSWER,
            "Not here",
        ),
        (
            [TRACEBACK, "thamos.exceptions.TimeoutError: Thoth backend did not respond in time"],
            ThamosFailureKind.TIMED_OUT,
            "Thoth backend did not respond in time",
        ),
        (
            [TRACEBACK, "ValueError: Invalid value for `error`, must not be `None`"],
            ThamosFailureKind.BAD_ANSWER,
            "Invalid value for `error`, must not be `None`",
        ),
        (
            [
                TRACEBACK,
                "ImportError: cannot import name 'LegacyVersion' from 'packaging.version'",
            ],
            ThamosFailureKind.BROKEN,
            "cannot import name 'LegacyVersion' from 'packaging.version'",
        ),
        (
            [TRACEBACK, "thamos.exceptions.ConfigurationError: No environment"],
            ThamosFailureKind.OTHER,
            "No environment",
        ),
        ([TRACEBACK, "AssertionError: "], ThamosFailureKind.OTHER, "AssertionError"),
        (
            ["Error: No such option: --json", ""],
            ThamosFailureKind.OTHER,
            "Error: No such option: --json",
        ),
        ([], ThamosFailureKind.OTHER, ""),
    ],
)
def test_read_failure_says_what_went_wrong(
    lines: list[str], kind: ThamosFailureKind, reason: str
) -> None:
    failure = read_failure(lines)

    assert (failure.kind, failure.reason) == (kind, reason)
    assert not failure.is_certificate


def test_read_failure_tells_an_untrusted_certificate_from_a_lost_service() -> None:
    failure = read_failure([TRACEBACK, CERTIFICATE])

    assert failure.kind is ThamosFailureKind.UNREACHABLE
    assert failure.is_certificate
    assert failure.reason == "certificate verify failed: self-signed certificate"
