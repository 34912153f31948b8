"""A Thoth service without thamos: whether it is there at all, and the log of an analysis."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from ..domain.errors import CancelledError
from ..formats.redaction import redact
from .json_http import get_json

if TYPE_CHECKING:
    from ..app.ports import CancelToken

_CONNECT_SECONDS = 10.0
_LOG_SECONDS = 15.0
_HTTPS = 443


def why_unreachable(host: str, cancel: CancelToken) -> str:
    """Why nothing answers at that host, in words; empty when something does.

    Raises:
        CancelledError: cancelled.
    """
    cancel.raise_if_cancelled()
    answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    # Looking up a name cannot be interrupted: whoever cancels does not wait for it.
    threading.Thread(target=lambda: answers.put(_knock(host)), daemon=True).start()
    forget = cancel.on_cancel(lambda: answers.put(None))
    try:
        answer = answers.get()
    finally:
        forget()
    if answer is None:
        raise CancelledError
    return answer


def read_log(host: str, analysis_id: str, *, verify_tls: bool) -> tuple[str, ...]:
    """The lines of the service's log of an analysis.

    Raises:
        OSError: the service does not answer.
        ValueError: it answers something else.
    """
    url = f"https://{host}/api/v1/advise/python/{quote(analysis_id, safe='')}/log"
    context = ssl.create_default_context()
    if not verify_tls:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    document = get_json(url, timeout=_LOG_SECONDS, context=context)
    log = document.get("log") if isinstance(document, dict) else None
    return tuple(redact(line) for line in log.splitlines()) if isinstance(log, str) else ()


def _knock(host: str) -> str:
    # A proxy would not help: thamos sends its question without one.
    address = urlsplit(f"//{host}")
    try:
        with socket.create_connection(
            (address.hostname or "", address.port or _HTTPS), timeout=_CONNECT_SECONDS
        ):
            return ""
    except TimeoutError:
        return f"no answer within {_CONNECT_SECONDS:g} seconds"
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else None
        return said or str(error)
