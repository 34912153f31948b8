"""Edits, exports, imports and conversions as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.exchange import Conversion, ExportedFiles, Import
    from ..domain.json_value import Json
    from ..domain.notebook import NotebookEdit


def edit_json(edit: NotebookEdit) -> dict[str, Json]:
    """An edit of a notebook."""
    answer: dict[str, Json] = {"metadata": dict(edit.metadata)}
    if edit.cells:
        answer["cells"] = [
            {"index": cell.index, "id": cell.id, "base": cell.base, "source": cell.source}
            for cell in edit.cells
        ]
    return answer


def export_json(path: str, file_format: str, exported: ExportedFiles) -> dict[str, Json]:
    """The files of an export."""
    return {
        "notebook": path,
        "format": file_format,
        "files": [{"name": file.name, "text": file.text} for file in exported.files],
        "lost": [*exported.lost],
    }


def import_json(path: str, imported: Import) -> dict[str, Json]:
    """What an import records."""
    return {
        "notebook": path,
        "requirements": imported.requirement_count,
        "packages": imported.package_count,
        "lost": [*imported.lost],
        "edit": edit_json(imported.edit),
    }


def conversion_json(path: str, conversion: Conversion) -> dict[str, Json]:
    """What a conversion records and comments out."""
    return {
        "notebook": path,
        "recorded": [requirement.to_pep508() for requirement in conversion.recorded],
        "lines": [
            {"cell": line.cell, "line": line.line, "text": line.text} for line in conversion.lines
        ],
        "lost": [*conversion.lost],
        "edit": edit_json(conversion.edit),
    }
