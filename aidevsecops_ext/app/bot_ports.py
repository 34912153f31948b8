"""What talking with bots needs of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .forge_ports import Forges
    from .git_ports import CutPorts, GitReading
    from .ports import Files
    from .release_ports import PlanPorts
    from .relock_repository import RelockPorts


class AskPorts(Struct, frozen=True):
    """All of one repository: ``files`` are those below its root."""

    files: Files
    git: GitReading
    forges: Forges


class BotPorts(Struct, frozen=True):
    """What the bot needs: to plan and cut releases, and to lock."""

    plan: PlanPorts
    cut: CutPorts
    relock: RelockPorts
