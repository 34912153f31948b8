"""Files whose ``.thoth.yaml`` have variables of the environment in them, as thamos reads them.

With ``THAMOS_CONFIG_EXPAND_ENV=1`` ``{NAME}`` stands for the variable ``NAME``. One that is not set
stays as it is: flow mappings such as ``{name: ubi}`` are no variables, and thamos fails on both.
"""

from __future__ import annotations

import re
from posixpath import basename
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..app.ports import Files, FileText, FolderEntries

_SWITCH = "THAMOS_CONFIG_EXPAND_ENV"
_NAME = ".thoth.yaml"
_VARIABLE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def is_expanding(environ: Mapping[str, str]) -> bool:
    """True when the environment asks for variables to be expanded."""
    return environ.get(_SWITCH, "").strip() not in ("", "0")


class ExpandedFiles(Struct, frozen=True):
    """Files as they are, but for the variables in ``.thoth.yaml``."""

    files: Files
    environ: Mapping[str, str]

    def read(self, path: str) -> FileText:
        """The text of a file; the revision is that of the file as it is."""
        found = self.files.read(path)
        if basename(path) != _NAME:
            return found
        text = _VARIABLE.sub(lambda match: self.environ.get(match[1], match[0]), found.text)
        return replace(found, text=text)

    def replace(self, path: str, text: str, revision: str) -> None:
        """Replace a file."""
        self.files.replace(path, text, revision)

    def is_file(self, path: str) -> bool:
        """True when there is such a file."""
        return self.files.is_file(path)

    def is_folder(self, path: str) -> bool:
        """True when there is such a folder."""
        return self.files.is_folder(path)

    def entries(self, path: str) -> FolderEntries:
        """The names in a folder."""
        return self.files.entries(path)
