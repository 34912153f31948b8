"""The runtime configurations in the folders of Jupyter, where Elyra looks for them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, NotFoundError, UserError
from ..formats.elyra_runtime import read_runtime

if TYPE_CHECKING:
    from ..domain.runtime import RuntimeConfiguration


class JupyterRuntimes:
    """The port ``Runtimes``: the first file of a name counts, as in Elyra."""

    def find(self, name: str) -> RuntimeConfiguration:
        """The configuration of that name; the name that is displayed does as well.

        Raises:
            NotFoundError: there is none; the hint names those that there are.
            UserError: it is no configuration that can be understood.
        """
        files = _files()
        if name in files:
            return self._read(name, files[name])
        known = self.find_all()
        found = next((one for one in known if one.display_name == name), None)
        if found is None:
            names = ", ".join(one.name for one in known)
            raise NotFoundError(
                ErrorCode.RUNTIME_NOT_FOUND,
                f"There is no runtime configuration '{name}'.",
                hint=f"There is: {names}." if names else "Add one (aidevsecops runtime add).",
                details={"name": name, "known": [one.name for one in known]},
            )
        return found

    def find_all(self) -> tuple[RuntimeConfiguration, ...]:
        """All configurations by name; those that cannot be understood are left out."""
        found: list[RuntimeConfiguration] = []
        for name, file in _files().items():
            with suppress(UserError):
                found.append(self._read(name, file))
        return tuple(found)

    def _read(self, name: str, file: Path) -> RuntimeConfiguration:
        try:
            return read_runtime(file.read_text(encoding="utf-8"), name)
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise UserError(
                ErrorCode.RUNTIME_INVALID,
                f"The runtime configuration '{name}' cannot be used: {why}.",
                hint=f"Correct {file}, or add it anew.",
                details={"name": name, "file": str(file)},
            ) from error


def metadata_folders(schemaspace: str) -> tuple[Path, ...]:
    """Where Elyra looks for such files, the most important first; it writes to the first."""
    from jupyter_core import paths

    wanted = os.environ.get("ELYRA_METADATA_PATH", "").split(os.pathsep)
    system = paths.SYSTEM_JUPYTER_PATH
    behind = [path for path in paths.ENV_JUPYTER_PATH if path not in system]
    found = [*filter(None, wanted), paths.jupyter_data_dir(), *system, *behind]
    return tuple(Path(path, "metadata", schemaspace) for path in found)


def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in metadata_folders("runtimes"):
        for file in folder.glob("*.json"):
            found.setdefault(file.stem, file)
    return dict(sorted(found.items()))
