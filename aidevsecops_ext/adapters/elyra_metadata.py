"""Files of Elyra's in the folders of Jupyter: runtime configurations and images."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import ConflictError, ErrorCode, OutsideFailedError, RefusedError
from .left_behind import unused_path
from .placing import put_if_new, put_in_place

if TYPE_CHECKING:
    from collections.abc import Mapping

RUNTIMES, IMAGES = "runtimes", "runtime-images"


def metadata_folders(schemaspace: str) -> tuple[Path, ...]:
    """Where Elyra looks for such files, the most important first; it writes to the first."""
    from jupyter_core import paths

    wanted = os.environ.get("ELYRA_METADATA_PATH", "").split(os.pathsep)
    system = paths.SYSTEM_JUPYTER_PATH
    behind = [path for path in paths.ENV_JUPYTER_PATH if path not in system]
    found = [*filter(None, wanted), paths.jupyter_data_dir(), *system, *behind]
    return tuple(Path(path, "metadata", schemaspace) for path in found)


def metadata_files(schemaspace: str) -> Mapping[str, Path]:
    """The files by their names, sorted; the first of a name counts, as in Elyra."""
    found: dict[str, Path] = {}
    for folder in metadata_folders(schemaspace):
        for file in folder.glob("*.json"):
            found.setdefault(file.stem, file)
    return dict(sorted(found.items()))


def write_metadata(schemaspace: str, name: str, text: str, *, is_new: bool) -> Path:
    """Write a file that nobody else can read, as a whole or not at all; where it is.

    Raises:
        ConflictError: it has to be new, and is there.
        RefusedError: the folder is in a Git work tree, where secrets may be committed.
        OutsideFailedError: it cannot be written.
    """
    folder = metadata_folders(schemaspace)[0]
    path = folder / f"{name}.json"
    repository = _repository(folder) if schemaspace == RUNTIMES else None
    if repository is not None:
        raise RefusedError(
            ErrorCode.RUNTIME_IN_REPOSITORY,
            f"{folder} is in the Git repository {repository}: secrets are not written there.",
            hint="Keep Jupyter's data elsewhere (JUPYTER_DATA_DIR, ELYRA_METADATA_PATH).",
            details={"folder": str(folder)},
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made so that nobody else can read it.
        made = unused_path(str(folder), ".new-")
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                put_if_new(made, path)
            else:
                put_in_place(made, path)
        finally:
            Path(made).unlink(missing_ok=True)
    except FileExistsError as error:
        raise ConflictError(
            ErrorCode.METADATA_TAKEN,
            f"There is one of the name '{name}' already.",
            hint="Choose another name, or replace it (--force).",
            details={"name": name},
        ) from error
    except OSError as error:
        raise OutsideFailedError(
            ErrorCode.METADATA_WRITE_FAILED,
            f"{path} cannot be written: {error.strerror}.",
            hint="Is the disk full, or the folder somebody else's?",
            details={"file": str(path)},
        ) from error
    return path


def _repository(folder: Path) -> Path | None:
    """The Git work tree that a folder is in, or would be in."""
    real = folder.resolve()
    return next((path for path in (real, *real.parents) if (path / ".git").exists()), None)
