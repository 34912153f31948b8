"""Files of which each is read once, for a use case that comes by the same ones again and again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .ports import Files


class ReadOnce:
    """The port ``Files``, as the files were when somebody first asked for each."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.read = cache(files.read)
        self.is_file = cache(files.is_file)
        self.is_folder = cache(files.is_folder)
        self.entries = cache(files.entries)

    def replace(self, path: str, text: str, revision: str) -> None:
        """Replace a file, which is then read anew.

        Raises:
            AidevsecopsError: as that of the files behind it.
        """
        self._files.replace(path, text, revision)
        self.read.cache_clear()
