"""Where an engine has its temporary files, and what is said when it cannot write them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, OutsideFailedError
from .work_folders import work_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def engine_folder(purpose: str) -> Iterator[Path]:
    """A new folder of that purpose, which is removed at the end with all that is in it.

    Raises:
        OutsideFailedError: the operating system refuses, also what is done in the block.
    """
    try:
        with work_folder(f"aidevsecops-{purpose}-") as folder:
            yield folder
    except OSError as error:
        raise OutsideFailedError(
            ErrorCode.LOCK_ENGINE_FAILED,
            f"The engine's temporary files cannot be written: {error.strerror}.",
            hint="Free some space in the folder for temporary files, or set TMPDIR.",
        ) from error
