"""What a changelog needs of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.changelog import ChangelogEntry
    from .ports import CancelToken


class Changes(Protocol):
    """The commits of the repository, told as changes."""

    def since(self, tag: str | None, cancel: CancelToken) -> tuple[ChangelogEntry, ...]:
        """All after that tag, or all there are; newest first.

        Raises:
            ToolMissingError: what reads them is not installed.
            OutsideFailedError: they cannot be read.
            CancelledError: cancelled.
        """
        ...
