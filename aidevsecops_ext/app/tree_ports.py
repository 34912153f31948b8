"""What a dependency tree needs of the outside, as a protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.tree import Need
    from .ports import CancelToken, Progress, ResolveRequest


class PackageNeeds(Protocol):
    """Which packages ask for which others."""

    def needs(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[Need, ...]:
        """What the exact versions of the request ask for, each of the others in it.

        Raises:
            RefusedError: they contradict each other, or an index has one of them no longer.
            OutsideFailedError: the index cannot be reached, or the engine failed.
            TimedOutError: it took longer than the limit.
            ToolMissingError: the engine is not installed.
            CancelledError: cancelled.
        """
        ...

    def links(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[Need, ...]:
        """The same for versions that contradict each other, without what exactly is asked for.

        Raises:
            AidevsecopsError: as for ``needs``.
        """
        ...
