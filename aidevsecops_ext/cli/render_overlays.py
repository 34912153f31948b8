"""Overlays as text on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.overlay_list import OverlayRecord, OverlayState
from .screen import echo, echo_exactly, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..app.extract_overlay import ExtractedOverlay
    from ..domain.file_preview import FilePreview

_COLOURS = {OverlayState.FRESH: "green", OverlayState.INVALID: "red"}
_HASH_LENGTH = 12


def print_overlays(records: Sequence[OverlayRecord], problems: Iterable[str]) -> None:
    """Print overlays, each with what it belongs to and what it holds."""
    for problem in problems:
        echo_styled(f"Warning: {problem}", is_error=True, fg="yellow")
    if not records:
        echo("no overlays")
    for record in records:
        state = styled(record.state.value, fg=_COLOURS.get(record.state, "yellow"))
        echo(f"{record.name}: {state} ({', '.join(_parts(record))})")
        for reason in record.reasons:
            echo(f"  - {reason}")


def print_extracted(shown: str, found: ExtractedOverlay, *, is_dry_run: bool) -> None:
    """Print what became of each file, and what a person should know."""
    count = f"{found.lock.count} package{'' if found.lock.count == 1 else 's'}"
    echo(
        f"{shown}: {'would extract' if is_dry_run else 'extracted'} {count} for Python "
        f"{found.lock.python_version} to {found.folder}"
    )
    print_files(found.files, is_dry_run=is_dry_run)
    print_notes(found.notes)


def print_files(files: Iterable[FilePreview], *, is_dry_run: bool) -> None:
    """Print what became of each file; differences where it is only a preview."""
    for file in files:
        if is_dry_run:
            echo_exactly(file.diff())
        would = "would be " if is_dry_run and file.state != "unchanged" else ""
        echo(f"  {file.path}: {would}{file.state}")


def print_notes(notes: Iterable[str]) -> None:
    """Print what a person should know."""
    for note in notes:
        echo_styled(f"  note: {note}", fg="yellow")


def _parts(record: OverlayRecord) -> list[str]:
    parts = [record.folder]
    if record.notebook is not None:
        step = f", step {record.step}" if record.step is not None else ""
        parts.append(f"{record.notebook}{step}")
    if record.python_version is not None:
        parts.append(f"Python {record.python_version}")
    if record.lock_hash is not None:
        parts.append(f"{record.package_count} packages")
        parts.append(f"lock {record.lock_hash[:_HASH_LENGTH]}")
    return parts
