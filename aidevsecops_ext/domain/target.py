"""The machine that a lock is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .accelerator import Accelerator

_SYSTEMS = {"Darwin": "macOS"}
_PROCESSORS = {"x86_64": "x86-64", "AMD64": "x86-64", "aarch64": "ARM64", "arm64": "ARM64"}


def platform_words(system: str, processor: str) -> str:
    """A platform in words for people: ``Linux x86-64`` for ``Linux`` and ``x86_64``."""
    words = (_SYSTEMS.get(system, system), _PROCESSORS.get(processor, processor))
    return " ".join(word for word in words if word) or "this platform"


class TargetChoice(Struct, frozen=True):
    """What the user chose; every field may be empty, then the defaults hold.

    ``environment`` names a runtime environment of ``.thoth.yaml``; it excludes the others.
    """

    environment: str | None = None
    python_version: str | None = None
    platform: str | None = None
    is_universal: bool = False


class Target(Struct, frozen=True, eq=False):
    """What to resolve for: ``X.Y`` Python and a platform in uv's words.

    ``platform`` is None for the platform of this machine, which ``here`` has the words for;
    universal locks hold for every platform. ``accelerator`` counts for performance only.
    """

    python_version: str
    platform: str | None = None
    is_universal: bool = False
    here: str = "this platform"
    accelerator: Accelerator | None = None

    def __eq__(self, other: object) -> bool:
        """True for the same target, whatever words there are for this machine."""
        return isinstance(other, Target) and self._compared == other._compared

    def __hash__(self) -> int:
        """The same for equal targets."""
        return hash(self._compared)

    @property
    def _compared(self) -> tuple[object, ...]:
        return (self.python_version, self.platform, self.is_universal, self.accelerator)

    def describe(self) -> str:
        """The target in words, for logs and previews."""
        where = "every platform" if self.is_universal else (self.platform or self.here)
        return f"Python {self.python_version} on {where}"
