"""A folder of OSV records: advisories without a network."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from packaging.version import Version

from ..domain.advisories import Audit, AuditedPackage, Unchecked, joined
from ..formats.osv import advisory_of, affects, is_record, is_withdrawn, packages_of

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.ports import CancelToken
    from ..domain.json_value import Json


class OsvDump:
    """The records (``*.json``) in a folder and below it; read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._records: dict[str, list[dict[str, Json]]] | None = None
        self._unreadable = 0

    def audit(self, packages: tuple[tuple[str, str], ...], cancel: CancelToken) -> Audit:
        """The audit of those packages.

        Raises:
            CancelledError: cancelled.
        """
        with self._lock:
            if self._records is None:
                self._records = self._read(cancel)
        problem = self._problem()
        audited: list[AuditedPackage] = []
        unchecked: list[Unchecked] = []
        for name, version in packages:
            cancel.raise_if_cancelled()
            against = [
                advisory_of(record, name, version)
                for record in self._records.get(name, ())
                if affects(record, name, Version(version))
            ]
            if against or not problem:
                audited.append(AuditedPackage(name, version, joined(against)))
            else:
                unchecked.append(Unchecked(name, version, problem))
        return Audit(tuple(audited), tuple(unchecked))

    def _problem(self) -> str:
        if not self._records and not self._unreadable:
            return f"The folder {self._folder} holds no OSV records of Python packages."
        if self._unreadable:
            # Any of them may have been against any package.
            return f"{self._unreadable} files in {self._folder} are not OSV records."
        return ""

    def _read(self, cancel: CancelToken) -> dict[str, list[dict[str, Json]]]:
        records: dict[str, list[dict[str, Json]]] = {}
        self._unreadable = 0
        for path in sorted(self._folder.rglob("*.json")):
            cancel.raise_if_cancelled()
            try:
                record: Json = json.loads(path.read_bytes())
            except (OSError, ValueError, RecursionError):
                self._unreadable += 1
                continue
            if not isinstance(record, dict) or not is_record(record):
                self._unreadable += 1
            elif not is_withdrawn(record):
                for name in packages_of(record):
                    records.setdefault(name, []).append(record)
        return records
