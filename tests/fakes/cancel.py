"""A cancel token that a test pulls."""

from __future__ import annotations

from collections.abc import Callable

from aidevsecops_ext.domain.errors import CancelledError


class FakeCancelToken:
    """Not cancelled until ``cancel`` is called."""

    def __init__(self, *, is_cancelled: bool = False) -> None:
        self._is_cancelled = is_cancelled
        self._callbacks: list[Callable[[], None]] = []

    @property
    def is_cancelled(self) -> bool:
        return self._is_cancelled

    def cancel(self) -> None:
        self._is_cancelled = True
        for callback in self._callbacks:
            callback()

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        if self._is_cancelled:
            callback()
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def raise_if_cancelled(self) -> None:
        if self._is_cancelled:
            raise CancelledError
