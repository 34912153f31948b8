"""What pipelines need of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from .discover_requirements import DiscoverPorts
    from .git_ports import GitReading
    from .ports import CancelToken, Files


class PipelinePorts(Struct, frozen=True):
    """``git`` gives the repository that a folder is in, and raises where it is in none."""

    files: Files
    discover: DiscoverPorts
    git: Callable[[str, CancelToken], GitReading]
