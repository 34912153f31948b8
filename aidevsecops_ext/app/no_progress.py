"""Progress that nobody is told of, for what is quick."""

from __future__ import annotations


class NoProgress:
    """A ``Progress`` that tells nobody."""

    def report(self, message: str, fraction: float | None = None) -> None:
        """Do nothing."""

    def log(self, line: str) -> None:
        """Do nothing."""
