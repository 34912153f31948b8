"""What planning a release needs of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.release import Check
    from ..domain.release_settings import CheckName, ReleaseSettings
    from .changelog_ports import Changes
    from .forge_ports import Forges
    from .git_ports import GitReading
    from .ports import CancelToken, Clock, Files, Progress

    ContentCheck = Callable[[Progress, CancelToken], Check]


class ContentWish(Struct, frozen=True):
    """How to look at what a repository holds; offline, nobody is asked about it."""

    settings: ReleaseSettings
    is_offline: bool = False


class PlanPorts(Struct, frozen=True):
    """All of one repository: ``files`` are those below its root.

    ``content_checks`` look at what the repository holds (its locks, its secrets) and are made when
    they are wanted.
    """

    files: Files
    git: GitReading
    changes: Changes
    clock: Clock
    content_checks: Callable[[ContentWish], dict[CheckName, ContentCheck]]
    forges: Forges
