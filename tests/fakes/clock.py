"""A clock that a test turns."""

from __future__ import annotations


class FakeClock:
    """Stands still until ``seconds`` is changed."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds

    def now(self) -> float:
        return self.seconds
