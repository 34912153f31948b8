"""Exports, imports and conversions as text on the terminal."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from msgspec import Struct

from .screen import echo, echo_exactly, echo_styled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.exchange import Conversion, Import


class PlannedFile(Struct, frozen=True):
    """A file of an export, beside the text that is there already (None where there is none)."""

    name: str
    path: str
    shown: str
    text: str
    old: str | None
    revision: str | None
    is_same: bool

    @property
    def state(self) -> str:
        """What is done with it, in one word."""
        if self.old is None:
            return "created"
        return "unchanged" if self.is_same else "replaced"

    def diff(self) -> str:
        """How its text changes."""
        lines = difflib.unified_diff(
            (self.old or "").splitlines(keepends=True),
            self.text.splitlines(keepends=True),
            self.shown if self.old is not None else "/dev/null",
            self.shown,
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def print_export(files: Iterable[PlannedFile], lost: Iterable[str], *, is_dry_run: bool) -> None:
    """Print what became of each file; a diff where it is only a preview or replaces something."""
    for file in files:
        if file.state == "replaced" or (is_dry_run and file.state == "created"):
            echo_exactly(file.diff())
        would = "would be " if is_dry_run and file.state != "unchanged" else ""
        echo(f"{file.shown}: {would}{file.state}")
    print_lost(lost)


def print_texts(files: Iterable[PlannedFile], lost: Iterable[str]) -> None:
    """Print the files themselves, each under its name where there are several."""
    listed = list(files)
    for file in listed:
        if len(listed) > 1:
            echo(f"# {file.name}", is_error=True)
        echo_exactly(file.text)
    print_lost(lost)


def print_import(notebook: str, imported: Import, *, is_dry_run: bool) -> None:
    """Print what an import recorded."""
    would = "would record" if is_dry_run else "recorded"
    if imported.edit.is_empty:
        echo(f"{notebook}: unchanged")
    else:
        asked, locked = imported.requirement_count, imported.package_count
        echo(
            f"{notebook}: {would} {asked} requirement{'' if asked == 1 else 's'}, "
            f"{locked} locked package{'' if locked == 1 else 's'}"
        )
    print_lost(imported.lost)


def print_conversion(notebook: str, conversion: Conversion, *, is_dry_run: bool) -> None:
    """Print what a conversion recorded, the lines it commented out, and what it left."""
    echo_styled(notebook, is_bold=True)
    would = "would be " if is_dry_run else ""
    for requirement in conversion.recorded:
        echo(f"  {requirement.to_pep508()}: {would}recorded")
    for line in conversion.lines:
        echo(f"  cell {line.cell + 1}, line {line.line}: {would}commented out: {line.text}")
    if conversion.edit.is_empty:
        echo("  nothing to convert")
    print_lost(conversion.lost, indent="  ")


def print_lost(lost: Iterable[str], indent: str = "") -> None:
    """Print what was not kept, on standard error."""
    for sentence in lost:
        echo_styled(f"{indent}not kept: {sentence}", is_error=True, fg="yellow")
