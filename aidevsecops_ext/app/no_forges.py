"""No forges: every remote is a repository and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .forge_ports import Forge


class NoForges:
    """The port ``Forges`` where none is known."""

    def find(self, remote_url: str) -> Forge | None:
        """None."""
        del remote_url
        return None
