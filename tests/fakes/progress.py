"""Progress that remembers what it was told."""

from __future__ import annotations


class FakeProgress:
    """Keeps every message and line."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, float | None]] = []
        self.lines: list[str] = []

    def report(self, message: str, fraction: float | None = None) -> None:
        self.messages.append((message, fraction))

    def log(self, line: str) -> None:
        self.lines.append(line)
