"""What pipelines need of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .read_once import ReadOnce

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

    def reading_once(self) -> PipelinePorts:
        """The same, for a use case that reads the files of many nodes and writes none."""
        files = ReadOnce(self.files)
        return replace(self, files=files, discover=replace(self.discover, files=files))
