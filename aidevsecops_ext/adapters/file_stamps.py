"""What the file system says of files without reading them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..app.project_ports import FileStamp

if TYPE_CHECKING:
    from pathlib import Path


class RootedStamps:
    """The port ``FileStamps`` for a folder."""

    def __init__(self, root: Path) -> None:
        self._root = str(root.resolve())

    def stamp(self, path: str) -> FileStamp | None:
        """The stamp of a file, links followed; None where there is none."""
        try:
            found = os.stat(os.path.join(self._root, path))
        except (OSError, ValueError):
            return None
        # A program may set the time of writing back, but not that of the last change.
        changed = max(found.st_mtime, found.st_ctime)
        identity = (found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)
        return FileStamp(changed, found.st_size, identity)
