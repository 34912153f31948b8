"""An engine that a test can hold in the middle of its work."""

from __future__ import annotations

import threading

from aidevsecops_ext.app.ports import CancelToken, Progress, Resolution, ResolveRequest

from .resolver import FakeResolver

_PATIENCE = 20.0


class FakeEngine(FakeResolver):
    """Resolves at once, unless ``held``: then when released or cancelled."""

    engine = "uv"

    def __init__(self) -> None:
        super().__init__()
        self.started = threading.Event()
        self.released = threading.Event()
        self.released.set()

    def hold(self) -> None:
        """Make the next resolution wait."""
        self.released.clear()

    def missing(self) -> str | None:
        return None

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        progress.log("resolving")
        self.started.set()
        forget = cancel.on_cancel(self.released.set)
        assert self.released.wait(_PATIENCE)
        forget()
        return super().resolve(request, progress, cancel)
