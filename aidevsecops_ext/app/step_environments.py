"""In which environment a step of a pipeline runs: its overlay's, its own lock's, its kernel's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.lock_digest import lock_digest
from ..domain.step_key import digest_of
from .find_lock import find_lock
from .find_overlays import find_overlays
from .list_overlays import name_of
from .open_overlay import open_overlay
from .overlay_claims import custody_of
from .project_folder import find_thoth_yaml

if TYPE_CHECKING:
    from ..domain.lock import Lock
    from ..domain.notebook import Notebook
    from ..domain.overlay import Overlay
    from .kernel_ports import Kernels
    from .ports import Files

# No path begins so.
_KERNEL = "kernel:"


class StepEnvironment(Struct, frozen=True):
    """Where a step runs: in the environment of ``lock``, else in a kernel of this machine.

    ``where`` says it for a person, ``digest`` tells it from others.
    """

    where: str
    digest: str
    lock: Lock | None = None
    kernel_name: str | None = None
    notes: tuple[str, ...] = ()


class StepEnvironments:
    """The environments of the steps of one pipeline; what several steps need is read once."""

    def __init__(self, files: Files, kernels: Kernels) -> None:
        self._files = files
        self._kernels = kernels
        self._overlays: dict[str, dict[str, Overlay]] = {}

    def of(self, path: str, notebook: Notebook | None) -> StepEnvironment:
        """Where the step of that file runs; ``notebook`` is None for a script.

        Raises:
            UserError: its lock is not valid.
            AidevsecopsError: a file cannot be read.
        """
        notes: tuple[str, ...] = ()
        overlay = self._overlay_of(path, notebook.kernel_name if notebook else None)
        if overlay is not None:
            opened = open_overlay(overlay, self._files)
            if opened.lock is not None:
                where = f"overlay {name_of(overlay)}"
                return StepEnvironment(where, f"lock {lock_digest(opened.lock)}", opened.lock)
            notes = (f"The overlay {name_of(overlay)} has no lock, so it is not used.",)
        lock = None if notebook is None else find_lock(notebook)
        if lock is not None:
            return StepEnvironment(
                "lock of the notebook", f"lock {lock_digest(lock)}", lock, notes=notes
            )
        name = None if notebook is None else notebook.kernel_name
        found = self._kernels.packages(name)
        versions = sorted(found.versions.items()) if found else []
        version = found.machine.python_version if found else ""
        return StepEnvironment(
            f"kernel {name or 'python3'}",
            f"kernel {name or ''} {digest_of(f'{version} {versions}')}",
            kernel_name=name,
            notes=notes,
        )

    def _overlay_of(self, path: str, kernel_name: str | None) -> Overlay | None:
        """The overlay that was made for the file, else the one that is called like its kernel."""
        settings = find_thoth_yaml(path, self._files)
        if settings is None:
            return None
        claimed = self._claimed(settings)
        return claimed.get(path) or claimed.get(f"{_KERNEL}{kernel_name}")

    def _claimed(self, settings: str) -> dict[str, Overlay]:
        """The overlays that a ``.thoth.yaml`` names, by notebooks and by names of kernels."""
        if settings not in self._overlays:
            claimed: dict[str, Overlay] = {}
            for overlay in find_overlays([settings], self._files).overlays.values():
                claimed.setdefault(f"{_KERNEL}{name_of(overlay)}", overlay)
                custody = custody_of(overlay.folder, self._files)
                if custody is None:
                    continue
                named = custody.step_notebook or ("" if custody.step else custody.notebook)
                if named:
                    claimed.setdefault(named, overlay)
            self._overlays[settings] = claimed
        return self._overlays[settings]
