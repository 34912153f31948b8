"""The notebook that a kernel runs, as far as the kernel can know.

Jupyter's server starts a kernel with ``JPY_SESSION_NAME``, the path of the notebook (absolute, or
below the server's root), and ipykernel repeats it as ``__session__``; a restart brings a new name.
VS Code says ``__vsc_ipynb_file__``. Asking running servers would need their tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

_VARIABLE = "JPY_SESSION_NAME"
_NAMES = ("__vsc_ipynb_file__", "__session__")
_SUFFIX = ".ipynb"


class RunningCell(Struct, frozen=True):
    """The cell that is being run: its source, and its id where the editor sends it."""

    source: str
    id: str | None = None


class Session(Struct, frozen=True):
    """What a kernel knows of its notebook; ``said`` is what it was told where nothing is there."""

    notebook: Path | None = None
    said: str | None = None
    cell: RunningCell | None = None


def session_of(
    names: Mapping[str, object],
    environ: Mapping[str, str],
    folder: Path,
    message: Mapping[str, object],
) -> Session:
    """What the names of the user, the environment and the message that runs a cell say."""
    vs_code, session = (names.get(name) for name in _NAMES)
    said = [
        value
        for value in (vs_code, environ.get(_VARIABLE), session)
        if isinstance(value, str) and value.endswith(_SUFFIX)
    ]
    found = (_found(value, folder) for value in said)
    return Session(
        notebook=next((path for path in found if path is not None), None),
        said=said[0] if said else None,
        cell=_cell(message),
    )


def _found(said: str, folder: Path) -> Path | None:
    # A path below the server's root: the kernel runs in the notebook's folder, somewhere below it.
    places = (folder, *folder.parents) if not Path(said).is_absolute() else (folder,)
    return next((place / said for place in places if (place / said).is_file()), None)


def _cell(message: Mapping[str, object]) -> RunningCell | None:
    content, metadata = message.get("content"), message.get("metadata")
    source = content.get("code") if isinstance(content, Mapping) else None
    identity = metadata.get("cellId") if isinstance(metadata, Mapping) else None
    if not isinstance(source, str):
        return None
    return RunningCell(source, identity if isinstance(identity, str) else None)
