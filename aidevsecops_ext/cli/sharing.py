"""What is looked up once for all notebooks and overlays of one command."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..app.share_advisories import SharedAdvisories
from ..app.share_resolutions import SharedResolver, share_resolutions

if TYPE_CHECKING:
    from ..app.audit_notebook import AuditPorts
    from ..app.lock_notebook import LockPorts
    from ..wiring import Services

_WAITING = 8
"""How many work at the same time for each that resolves: most wait for what others resolve."""


class Sharing:
    """Ports that are shared by all who are used from the same root."""

    def __init__(self, slot_count: int) -> None:
        self._slot_count = slot_count
        self._mutex = threading.Lock()
        self._resolvers: dict[int, dict[str, SharedResolver]] = {}
        self._advisories: dict[int, SharedAdvisories] = {}

    @property
    def worker_count(self) -> int:
        """How many may be worked on at the same time, those that wait for others included."""
        return self._slot_count * _WAITING

    @property
    def resolution_count(self) -> int:
        """How many different requests were resolved."""
        return sum(
            resolver.resolution_count
            for engines in self._resolvers.values()
            for resolver in engines.values()
        )

    def lock_ports(self, services: Services) -> LockPorts:
        """The ports with resolvers and advisories that are shared."""
        with self._mutex:
            if id(services) not in self._resolvers:
                self._resolvers[id(services)] = share_resolutions(
                    services.resolvers, services.files, self._slot_count
                )
            resolvers = self._resolvers[id(services)]
        ports = services.lock_ports()
        recommend = replace(ports.recommend, audit=lambda: self.audit_ports(services))
        return replace(ports, resolvers=resolvers, recommend=recommend)

    def audit_ports(self, services: Services) -> AuditPorts:
        """The ports of an audit with advisories that are shared."""
        ports = services.audit_ports()
        with self._mutex:
            shared = self._advisories.setdefault(id(services), SharedAdvisories(ports.advisories))
        return replace(ports, advisories=shared)
