"""What packages ask for, as a test lists it."""

from __future__ import annotations

from aidevsecops_ext.app.ports import CancelToken, Progress, ResolveRequest
from aidevsecops_ext.domain.errors import AidevsecopsError
from aidevsecops_ext.domain.tree import Need


class FakePackageNeeds:
    """Answers ``found``, or raises ``error`` where exact needs are asked for."""

    def __init__(self, *found: Need, error: AidevsecopsError | None = None) -> None:
        self.found = found
        self.error = error
        self.requests: list[ResolveRequest] = []

    def needs(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[Need, ...]:
        cancel.raise_if_cancelled()
        progress.log("asking")
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        return self.found

    def links(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[Need, ...]:
        cancel.raise_if_cancelled()
        progress.log("asking again")
        self.requests.append(request)
        return tuple(Need(need.parent, need.child) for need in self.found)
