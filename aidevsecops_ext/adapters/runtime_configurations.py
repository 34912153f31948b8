"""The runtime configurations in the folders of Jupyter, where Elyra looks for them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, NotFoundError, UserError
from ..formats.elyra_runtime import read_runtime, write_runtime
from .elyra_metadata import RUNTIMES, metadata_files, write_metadata

if TYPE_CHECKING:
    from pathlib import Path

    from ..domain.runtime import RuntimeConfiguration


class JupyterRuntimes:
    """The port ``Runtimes``: the first file of a name counts, as in Elyra."""

    def find(self, name: str) -> RuntimeConfiguration:
        """The configuration of that name; the name that is displayed does as well.

        Raises:
            NotFoundError: there is none; the hint names those that there are.
            UserError: it is no configuration that can be understood.
        """
        files = metadata_files(RUNTIMES)
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
        for name, file in metadata_files(RUNTIMES).items():
            with suppress(UserError):
                found.append(self._read(name, file))
        return tuple(found)

    def write(self, configuration: RuntimeConfiguration, *, is_new: bool) -> None:
        """Write a configuration, in place of the one of its name unless it has to be new.

        Raises:
            ConflictError: it has to be new, and there is one of its name.
            RefusedError: it would be in a Git work tree, where its secrets may be committed.
            OutsideFailedError: it cannot be written.
        """
        write_metadata(RUNTIMES, configuration.name, write_runtime(configuration), is_new=is_new)

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
