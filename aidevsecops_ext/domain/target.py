"""The machine that a lock is made for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """What the user chose; every field may be empty, then the defaults hold.

    ``environment`` names a runtime environment of ``.thoth.yaml``; it excludes the others.
    """

    environment: str | None = None
    python_version: str | None = None
    platform: str | None = None
    is_universal: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What to resolve for: ``X.Y`` Python and a platform in uv's words.

    ``platform`` is None for the platform of this machine; universal locks hold for every platform.
    """

    python_version: str
    platform: str | None = None
    is_universal: bool = False

    def describe(self) -> str:
        """The target in words, for logs and previews."""
        where = "every platform" if self.is_universal else (self.platform or "this platform")
        return f"Python {self.python_version} on {where}"
