"""The records of an OSV service, one by one: ``uv audit`` does not tell their severity."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote

from ..formats.osv import is_record
from .json_http import get_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.json_value import Json

_KEPT_SECONDS = 3600.0


class OsvRecords:
    """Records by id, each kept for an hour: advisories are amended and withdrawn.

    After a first failure no more are asked for in the same audit.
    """

    def __init__(
        self, service: str, *, timeout: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._service = service.rstrip("/")
        self._timeout = timeout
        self._now = now
        self._known: dict[str, dict[str, Json]] = {}
        self._read_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def read(self, ids: frozenset[str]) -> dict[str, dict[str, Json]]:
        """Those of the records that could be read."""
        with self._lock:
            self._forget_old()
            for identity in sorted(ids - self._known.keys()):
                try:
                    record = self._fetch(identity)
                except (OSError, ValueError) as error:
                    if isinstance(error, HTTPError):
                        error.close()
                        continue
                    break
                if isinstance(record, dict) and is_record(record):
                    self._known[identity] = record
                    self._read_at[identity] = self._now()
            return {identity: self._known[identity] for identity in ids & self._known.keys()}

    def _forget_old(self) -> None:
        oldest = self._now() - _KEPT_SECONDS
        for identity in [known for known, at in self._read_at.items() if at < oldest]:
            del self._known[identity], self._read_at[identity]

    def _fetch(self, identity: str) -> Json:
        url = f"{self._service}/v1/vulns/{quote(identity, safe='')}"
        # advisories.py refuses services that are not of http or https.
        return get_json(url, timeout=self._timeout)
