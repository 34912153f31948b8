"""Which files were written while a step ran and are outputs of no step, so that nobody gets them.

Names that are put together when code runs are known then only: what is named in the code is found
before, and is said when a pipeline is made or validated.
"""

from __future__ import annotations

from posixpath import dirname, relpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .plan_run import PlannedStep
    from .run_ports import FileStamp, Gate, ProjectData

_SHOWN = 5


class WatchedGate:
    """The port ``Gate`` for one step, which looks at the files when the step is let in."""

    def __init__(self, gate: Gate, step: PlannedStep, data: ProjectData) -> None:
        self._gate = gate
        self._folder = dirname(step.path)
        self._data = data
        self._before: Mapping[str, FileStamp] | None = None

    def wait(self) -> bool:
        """True as soon as the step may begin, False when it is not wanted any more."""
        is_let_in = self._gate.wait()
        if is_let_in:
            self._before = self._data.stamps(self._folder)
        return is_let_in

    def notes(self, outputs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """A sentence on files that were written since; ``outputs`` are those of all steps.

        They are patterns, by the folder that they are seen from. Where there are too many files to
        look at there is no sentence.
        """
        after = self._data.stamps(self._folder)
        if self._before is None or after is None:
            return ()
        written = {path for path, stamp in after.items() if self._before.get(path) != stamp}
        for folder, patterns in outputs.items():
            if written:
                written -= {*self._data.match(folder, patterns, is_deep=False)}
        if not written:
            return ()
        names = sorted(relpath(path, self._folder or ".") for path in written)
        shown = ", ".join(names[:_SHOWN])
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return (
            f"Written while it ran, and no step names it as an output: {shown}{more}. A cluster "
            "hands on and keeps only outputs.",
        )
