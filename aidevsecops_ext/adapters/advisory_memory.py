"""What advisory services said, in one file of the user's Jupyter data folder."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from ..domain.advisories import AuditedPackage
from ..formats.advisory_memory import (
    AdvisoryNotes,
    RememberedPackage,
    read_notes,
    write_notes,
)
from .left_behind import replace_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MOST = 20_000
_WRITING = threading.Lock()


class AdvisoryFile:
    """The port ``AdvisoryMemory`` for one service; the file is shared by all of them.

    Of two programs that write at once one is forgotten: what was said can be asked again.
    """

    def __init__(self, path: Path, service: str) -> None:
        self._path = path
        self._service = service

    def known(self) -> Mapping[tuple[str, str], tuple[float, AuditedPackage]]:
        """What the service said last, by name and version, and when."""
        remembered = self._read().services.get(self._service, {})
        pins = {key: key.partition("==") for key in remembered}
        return {
            (name, version): (
                remembered[key].at,
                AuditedPackage(name, version, remembered[key].advisories),
            )
            for key, (name, _, version) in pins.items()
        }

    def keep(self, packages: Sequence[AuditedPackage], at: float) -> None:
        """Remember what the service said; where that cannot be written, it is not remembered."""
        new = {f"{p.name}=={p.version}": RememberedPackage(at, p.advisories) for p in packages}
        with _WRITING, suppress(OSError):
            services = dict(self._read().services)
            # What was said last is at the end, so that the oldest is forgotten first.
            before = {k: v for k, v in services.get(self._service, {}).items() if k not in new}
            services[self._service] = dict([*before.items(), *new.items()][-_MOST:])
            self._write(write_notes(AdvisoryNotes(services)))

    def _read(self) -> AdvisoryNotes:
        try:
            return read_notes(self._path.read_bytes())
        except OSError:
            return AdvisoryNotes()

    def _write(self, text: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(self._path, text)
