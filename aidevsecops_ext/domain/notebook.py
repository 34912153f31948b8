"""A notebook as the core sees it, and an edit of its metadata."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .errors import ErrorCode, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .json_value import Json


class CellKind(str, Enum):
    """The three kinds of cell of nbformat 4."""

    CODE = "code"
    MARKDOWN = "markdown"
    RAW = "raw"


class Cell(Struct, frozen=True):
    """One cell; ``index`` counts all cells of the notebook from 0, as JupyterLab does.

    ``execution_count`` is None for a cell that was not run since its outputs were cleared.
    """

    index: int
    kind: CellKind
    source: str
    id: str | None = None
    tags: tuple[str, ...] = ()
    execution_count: int | None = None


class Notebook(Struct, frozen=True):
    """The parts of a notebook that matter here; outputs are left where they are.

    ``language`` is lower case (``python``), or None when neither the kernelspec nor the language
    information says; a fresh notebook has neither.
    """

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Json]
    language: str | None = None
    kernel_name: str | None = None

    @property
    def is_python(self) -> bool:
        """True when the language is Python or is not said."""
        return self.language is None or self.language == "python"

    def require_python(self) -> None:
        """Return when the notebook is Python.

        Raises:
            RefusedError: it is written in another language.
        """
        if not self.is_python:
            raise RefusedError(
                ErrorCode.NOTEBOOK_UNSUPPORTED_LANGUAGE,
                f"The notebook is written in {self.language}; only Python is supported.",
                hint="Choose a Python notebook.",
                details={"language": self.language},
            )

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        """The code cells, in order."""
        return tuple(cell for cell in self.cells if cell.kind is CellKind.CODE)


class CellEdit(Struct, frozen=True):
    """Another source for one cell; ``base`` is the source that it must still have."""

    index: int
    id: str | None
    base: str
    source: str


class CellTagsEdit(Struct, frozen=True):
    """Other tags for one cell; ``base`` are the tags that it must still have."""

    index: int
    id: str | None
    base: tuple[str, ...]
    tags: tuple[str, ...]


class NotebookEdit(Struct, frozen=True):
    """New values of top-level metadata keys; None deletes the key. Empty means nothing changes.

    ``cells`` change sources, ``tags`` what cells are tagged with; ``first_cell`` is the source of a
    code cell to put before all others.
    """

    metadata: Mapping[str, Json] = field(default_factory=dict)
    cells: tuple[CellEdit, ...] = ()
    first_cell: str | None = None
    tags: tuple[CellTagsEdit, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when applying this edit changes nothing."""
        return not (self.metadata or self.cells or self.tags) and self.first_cell is None
