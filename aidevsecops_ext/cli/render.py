"""Values as text or JSON on the terminal: the only place that prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import DecodeError
from msgspec.json import format as format_json

from ..domain.errors import AidevsecopsError, ErrorCode
from .screen import echo, echo_json, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..domain.dependencies import Dependencies
    from ..domain.discovery import Discovery, DiscoveryProblem
    from ..domain.json_value import Json
    from ..domain.lock import CheckResult, LockChange
    from ..domain.requirements import Requirement, RequirementSet

_LONG_LIST = 50
_MARKS = {"missing": "-", "unused": "i", "transitive": "i", "unresolved": "i"}


def print_json(value: Json) -> None:
    """Print a value as JSON on standard output; long lists have one entry a line."""
    if isinstance(value, list) and len(value) > _LONG_LIST:
        # Python lays JSON out ten times slower than it writes it in one line.
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in value)
        echo_json(f"[\n{lines}\n]")
    else:
        echo_json(_laid_out(value))


def _laid_out(value: Json) -> str:
    """A value as JSON with an indentation."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        # Many times as fast as the standard library, which indents in Python.
        return format_json(text, indent=2)
    except (DecodeError, UnicodeEncodeError):
        # No number, or half a surrogate pair: the standard library alone takes them for JSON.
        return json.dumps(value, indent=2, ensure_ascii=False)


def print_error(error: AidevsecopsError, notebook: str | None = None) -> None:
    """Print what went wrong and what to do on standard error."""
    where = f"{notebook}: " if notebook else ""
    echo_styled(f"{where}Error: {error.message}", is_error=True, fg="red")
    requirements = error.details.get("requirements")
    for origin in requirements if isinstance(requirements, list) else []:
        if isinstance(origin, dict):
            echo(f"  {_origin(origin)}", is_error=True)
    explanation = error.details.get("explanation")
    if isinstance(explanation, str) and explanation:
        # Here and not above: most commands end well, and each import delays their start.
        from textwrap import indent

        echo(indent(explanation, "  "), is_error=True)
    hint = error.hint
    if error.code is ErrorCode.LOCK_UNTRUSTED_INDEX:
        hint = f"{hint} Agree with --trust-index ADDRESS."
    if hint:
        echo(f"Hint: {hint}", is_error=True)


def print_progress(notebook: str, message: str) -> None:
    """Print a plain line of progress on standard error."""
    echo(f"{notebook}: {message}", is_error=True)


def print_discovery(notebook: str, discovery: Discovery) -> None:
    """Print what was discovered in one notebook."""
    echo_styled(notebook, is_bold=True)
    rows = [
        (
            _asked(found.requirement),
            found.source.value,
            _cells(found.cells),
            "optional" if found.is_optional else "",
        )
        for found in discovery.requirements
    ]
    _print_rows(rows)
    if not rows:
        echo("  no requirements")
    for unresolved in discovery.unresolved:
        echo(f"  unresolved: {unresolved.module} ({_cells(unresolved.cells)})")
    for module in discovery.local:
        echo(f"  local: {module.module} ({module.path})")
    for problem in discovery.problems:
        echo(f"  problem: {problem.message}{_place(problem)}")


def print_requirements(
    notebook: str, declared: RequirementSet, *, is_changed: bool, is_dry_run: bool
) -> None:
    """Print what a notebook declares, after a change if there was one."""
    state = ""
    if is_changed:
        state = " (would change)" if is_dry_run else " (changed)"
    echo_styled(f"{notebook}{state}", is_bold=True)
    rows = [
        (_asked(requirement), requirement.index or "", "dev" if requirement.is_dev else "")
        for requirement in declared.requirements
    ]
    rows += [
        (entry.name, "", f"cannot be locked: {entry.reason}") for entry in declared.unsupported
    ]
    _print_rows(rows)
    if not rows:
        echo("  no requirements declared")
    for index in declared.indexes:
        echo(f"  index: {index.name} {index.url}")
    if declared.python_version:
        echo(f"  python: {declared.python_version}")


def print_check(notebook: str, result: CheckResult) -> None:
    """Print the status of one notebook and the reasons."""
    colour = "green" if result.status.value == "fresh" else "yellow"
    echo(f"{notebook}: {styled(result.status.value, fg=colour)}")
    for detail in result.details:
        where = f" ({_cells(detail.cells)})" if detail.cells else ""
        echo(f"  {_MARKS.get(detail.code, '-')} {detail.message}{where}")


def print_dependencies(notebook: str, found: Dependencies) -> None:
    """Print everything about one notebook's dependencies."""
    print_check(notebook, found.check)
    if found.lock is not None:
        python = found.lock.python_version or "any version"
        echo(f"  lock: {found.lock.package_count} packages for Python {python}")
    _print_rows(
        [
            (
                _asked(row.requirement),
                f"locked {row.locked_version}" if row.locked_version else "not locked",
                row.source.value,
                _cells(row.cells),
            )
            for row in found.rows
        ]
    )
    for index in found.indexes:
        echo(f"  index: {index.name} {index.url}")
    for module in found.local:
        echo(f"  local: {module.module} ({module.path})")
    for problem in found.problems:
        echo(f"  problem: {problem.message}{_place(problem)}")


def print_lock(notebook: str, summary: str, change: LockChange, notes: Iterable[str] = ()) -> None:
    """Print what a lock changed, and what a person should know of it."""
    echo(f"{notebook}: {summary}")
    for note in notes:
        echo_styled(f"  note: {note}", fg="yellow")
    for package in change.added:
        echo_styled(f"  + {package.name} {package.version}", fg="green")
    for package in change.removed:
        echo_styled(f"  - {package.name} {package.version}", fg="red")
    for changed in change.updated:
        echo_styled(f"  ~ {changed.name} {changed.old} -> {changed.new}", fg="yellow")


def _origin(origin: dict[str, Json]) -> str:
    cells = origin.get("cells")
    indexes = [cell for cell in cells if isinstance(cell, int)] if isinstance(cells, list) else []
    source = "declared" if origin.get("source") == "metadata" else str(origin.get("source"))
    where = ", ".join(part for part in (source, _cells(indexes)) if part)
    return f"{origin.get('name')}{origin.get('specifier') or ''} ({where})"


def _asked(requirement: Requirement) -> str:
    return requirement.to_pep508()


def _place(problem: DiscoveryProblem) -> str:
    parts = [] if problem.cell is None else [_cells([problem.cell])]
    parts += [] if problem.line is None else [f"line {problem.line}"]
    return f" ({', '.join(parts)})" if parts else ""


def _cells(cells: Iterable[int]) -> str:
    # From 1, as JupyterLab's status bar counts for people; JSON has the indexes, from 0.
    numbers = [str(cell + 1) for cell in cells]
    if not numbers:
        return ""
    return f"cell{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def _print_rows(rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        echo(f"  {line}".rstrip())
