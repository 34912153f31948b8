"""Which notebook paths a request may name."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, NotFoundError, RefusedError

if TYPE_CHECKING:
    from pathlib import Path


class PathRules(Struct, frozen=True):
    """Paths below ``root``, hidden ones only where the contents manager shows them too."""

    root: Path
    allow_hidden: bool = False

    def check(self, path: str) -> str:
        """The path without a leading slash or detours; the file need not exist.

        Raises:
            RefusedError: it leads out of the root, also through a link.
            NotFoundError: it can be no path; or it is hidden, which the contents manager answers
                the same way.
        """
        relative = posixpath.normpath(path.strip("/"))
        try:
            # Encoded, because half of a surrogate pair is in no file's name.
            relative.encode("utf-8")
            target = (self.root / relative).resolve()
        except ValueError as error:
            # A null character: no file has such a name, and no log can take it as it is.
            raise _missing(repr(path)) from error
        except (OSError, RuntimeError) as error:
            # A circle of links, or a name that is too long for the file system.
            raise _missing(path) from error
        if not target.is_relative_to(self.root.resolve()):
            raise RefusedError(
                ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
                f"{path!r} is outside the server's root folder.",
                hint="Name a path inside it; links that lead out of it are not followed.",
                details={"notebook": path},
            )
        if not self.allow_hidden and self._is_hidden(relative):
            raise _missing(path)
        return relative

    def _is_hidden(self, relative: str) -> bool:
        from jupyter_core.paths import is_hidden

        try:
            return is_hidden(self.root / relative, self.root)
        except OSError:
            # What may not be looked at is not shown either.
            return True


def _missing(path: str) -> NotFoundError:
    return NotFoundError(
        ErrorCode.NOTEBOOK_NOT_FOUND,
        f"{path} does not exist.",
        hint="Check the path.",
        details={"notebook": path},
    )
