"""A cancel token for what must not be stopped in the middle: taking back what was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class NoCancel:
    """A ``CancelToken`` that is never cancelled."""

    @property
    def is_cancelled(self) -> bool:
        """False."""
        return False

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Nothing will call back."""
        del callback
        return lambda: None

    def raise_if_cancelled(self) -> None:
        """Do nothing."""
