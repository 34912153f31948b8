"""The index that uv has built in: the same for one uv program, so each is asked once."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def built_in_index(program: str, ask: Callable[[], str | None]) -> str | None:
    """The address of the index that counts where nobody configures one.

    ``ask`` finds it out where it is not remembered, with nothing of the user's configuration.
    """
    state = Path(program).stat()
    key = f"{program} {state.st_size} {state.st_mtime_ns}"
    path = _path()
    known = _read(path)
    if known.get("uv") == key:
        return known.get("url")
    url = ask()
    if url:
        # Remembering saves time only.
        with suppress(OSError):
            _write(path, {"uv": key, "url": url})
    return url


def _path() -> Path:
    # Where Jupyter's data is, only its own library knows exactly; to import that takes longer than
    # all else here, and what is only remembered to save time may lie among other such files.
    chosen = os.environ.get("JUPYTER_DATA_DIR") or os.environ.get("XDG_CACHE_HOME")
    folder = Path(chosen) if chosen else Path.home() / ".cache"
    return folder / "aidevsecops" / "built-in-index.json"


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, value: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Replaced as a whole: another process may read it now.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(value), encoding="utf-8")
    draft.replace(path)
