"""Ask once what is known against a package, however many notebooks lock it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..domain.advisories import Audit, AuditedPackage, Unchecked

if TYPE_CHECKING:
    from .ports import Advisories, CancelToken

_PATIENCE = 2


class SharedAdvisories:
    """The port ``Advisories`` over another one that is asked once for each package; thread-safe.

    Also that a package could not be checked is remembered, and a service that twice checked nothing
    is not asked again: it would make every notebook wait.
    """

    def __init__(self, advisories: Advisories) -> None:
        self._advisories = advisories
        self._mutex = threading.Lock()
        self._known: dict[tuple[str, str], AuditedPackage | Unchecked] = {}
        self._failures: list[str] = []

    def audit(self, packages: tuple[tuple[str, str], ...], cancel: CancelToken) -> Audit:
        """The audit of those packages, each checked or unchecked.

        Raises:
            CancelledError: cancelled.
        """
        with self._mutex:
            cancel.raise_if_cancelled()
            unknown = tuple(pin for pin in packages if pin not in self._known)
            if unknown:
                found = self._ask(unknown, cancel)
                self._known |= {(p.name, p.version): p for p in found.packages}
                self._known |= {(u.name, u.version): u for u in found.unchecked}
            entries = [self._known[pin] for pin in packages]
        return Audit(
            tuple(entry for entry in entries if isinstance(entry, AuditedPackage)),
            tuple(entry for entry in entries if isinstance(entry, Unchecked)),
        )

    def _ask(self, packages: tuple[tuple[str, str], ...], cancel: CancelToken) -> Audit:
        if len(self._failures) >= _PATIENCE:
            reason = self._failures[-1]
            return Audit((), tuple(Unchecked(name, version, reason) for name, version in packages))
        found = self._advisories.audit(packages, cancel)
        if found.unchecked and not found.packages:
            self._failures.append(found.unchecked[0].reason)
        else:
            self._failures.clear()
        return found
