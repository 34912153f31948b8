"""An overlay: a folder with requirements of its own and their lock, for one environment."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .recommendation import RecommendationType


class OverlayStyle(str, Enum):
    """The files that an overlay consists of."""

    PIPENV = "pipenv"
    PIP = "pip"

    @property
    def asked_name(self) -> str:
        """The file that says what is asked for."""
        return "Pipfile" if self is OverlayStyle.PIPENV else "requirements.in"

    @property
    def lock_name(self) -> str:
        """The file that holds the lock."""
        return "Pipfile.lock" if self is OverlayStyle.PIPENV else "requirements.txt"


class Overlay(Struct, frozen=True):
    """Where an overlay is (``""`` is the root), and what its runtime environment says of it.

    ``environment`` is None for requirements that no runtime environment is named for.
    """

    folder: str
    style: OverlayStyle = OverlayStyle.PIPENV
    environment: str | None = None
    python_version: str | None = None
    platform: str | None = None
    recommendation: RecommendationType | None = None

    @property
    def asked_path(self) -> str:
        """The path of the file that says what is asked for, by which people know the overlay."""
        return self._path(self.style.asked_name)

    @property
    def lock_path(self) -> str:
        """The path of the file that holds the lock."""
        return self._path(self.style.lock_name)

    @property
    def lock_name(self) -> str:
        """The name of the file that holds the lock."""
        return self.style.lock_name

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name
