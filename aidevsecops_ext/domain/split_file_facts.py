"""The files that the steps use: those of their statements, of what they call and repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .split_file_modules import WrittenModules, makes_modules
from .split_files import FileReader, may_name_path
from .split_signs import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .split_cells import Placed
    from .split_shell import FileUse
    from .split_values import StepFacts


class FileFacts:
    """Collects the files that statements use, one statement after the other."""

    def __init__(self) -> None:
        self._reader = FileReader()
        self._modules = WrittenModules()
        self._found: dict[Placed, list[FileUse]] = {}

    def note(self, placed: Placed, step: StepFacts, signs: int) -> list[FileUse]:
        """The files that a statement uses; notes them, and those of the functions that it calls."""
        statement = placed.statement
        uses: list[FileUse] = []
        if signs & FILES or may_name_path(statement):
            uses = self._reader.uses(statement)
        else:
            self._reader.forget(statement)
        if uses:
            self._found[placed] = uses
            self._modules.note(uses)
            step.files += [(placed.cell, use) for use in uses]
            step.has_marker = step.has_marker or makes_modules(statement, uses)
        for binding in step.calls[placed] if self._found else ():
            called = binding.placed
            if called in self._found and called.statement.definitions:
                again = self._reader.again(called.statement)
                step.files += [(called.cell, use) for use in again]
        return uses

    def of_step(self, facts: StepFacts, repeated: Iterable[Placed]) -> Iterator[FileUse]:
        """The files that a step uses, with those of what it repeats and of what it imports."""
        for placed in repeated:
            yield from self._found.get(placed, ())
        for imported in facts.imports:
            yield from self._modules.read_by(imported)
        yield from (use for _, use in facts.files)
