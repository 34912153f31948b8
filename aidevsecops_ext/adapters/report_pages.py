"""Reports as files in the user's Jupyter data folder."""

from __future__ import annotations

import os
import re
import uuid
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, NotFoundError, OutsideFailedError

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{32}")
_KEPT = 20


class ReportPages:
    """The port ``Reports`` for a folder, which is made when the first report is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, page: str) -> str:
        """The name under which the page can be read from now on.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        name = uuid.uuid4().hex
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{name}.html"
            # For nobody else: it shows what a notebook printed.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                file.write(page)
            self._forget_old(path)
        except OSError as error:
            raise OutsideFailedError(
                ErrorCode.NOTEBOOK_WRITE_FAILED,
                f"The report could not be kept: {error.strerror or error}.",
                hint="Check the free space and the permissions of Jupyter's data folder.",
            ) from error
        return name

    def read(self, name: str) -> str:
        """The page of that name.

        Raises:
            NotFoundError: there is none, or it is no longer kept.
        """
        if _NAME.fullmatch(name) is not None:
            try:
                return (self._folder / f"{name}.html").read_text(encoding="utf-8")
            except OSError:
                pass
        raise NotFoundError(
            ErrorCode.SPLIT_REPORT_NOT_FOUND,
            "There is no such report.",
            hint="Only the newest are kept; verify again.",
        )

    def _forget_old(self, newest: Path) -> None:
        # Times of files are coarse, so the newest one is known by its name.
        others = (page for page in self._folder.glob("*.html") if page != newest)
        by_age = sorted(others, key=lambda page: page.stat().st_mtime_ns)
        for page in by_age[: 1 - _KEPT]:
            page.unlink(missing_ok=True)
