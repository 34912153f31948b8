"""Progress of the work on notebooks: live on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from ..formats.visible_text import visible_line
from .render import print_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from ..app.ports import Progress


class ProgressBoard(Protocol):
    """Where each notebook has its own progress."""

    def of(self, notebook: str) -> Progress:
        """The progress of one notebook."""
        ...

    def end(self, notebook: str) -> None:
        """Show no more of a notebook."""
        ...


@contextmanager
def progress_board(*, is_quiet: bool, is_verbose: bool) -> Iterator[ProgressBoard]:
    """A board on standard error, live when that is a terminal; verbose wins over quiet."""
    if not sys.stderr.isatty() or is_verbose:
        yield _PlainBoard(is_quiet=is_quiet and not is_verbose, is_verbose=is_verbose)
        return
    # Slow to import, so only where it is seen.
    from rich.console import Console
    from rich.progress import Progress as RichProgress
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    # No markup: a name may have brackets.
    text = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), text, TimeElapsedColumn())
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as live:
        yield _LiveBoard(live)


class _PlainProgress:
    def __init__(self, notebook: str, *, is_verbose: bool) -> None:
        self._notebook = notebook
        self._is_verbose = is_verbose
        self._last = ""

    def report(self, message: str, fraction: float | None = None) -> None:
        del fraction
        # A count that runs behind a colon is for the eye; a log needs each step once.
        step = message.partition(": ")[0]
        if step != self._last:
            self._last = step
            print_progress(self._notebook, step)

    def log(self, line: str) -> None:
        if self._is_verbose:
            print_progress(self._notebook, line)


class _NoProgress:
    def report(self, message: str, fraction: float | None = None) -> None:
        del message, fraction

    def log(self, line: str) -> None:
        del line


class _PlainBoard:
    def __init__(self, *, is_quiet: bool, is_verbose: bool) -> None:
        self._is_quiet = is_quiet
        self._is_verbose = is_verbose

    def of(self, notebook: str) -> Progress:
        if self._is_quiet:
            return _NoProgress()
        return _PlainProgress(notebook, is_verbose=self._is_verbose)

    def end(self, notebook: str) -> None:
        del notebook


class _LiveProgress:
    def __init__(self, live: RichProgress, notebook: str) -> None:
        self._live = live
        self._notebook = notebook
        self._task: TaskID = live.add_task(visible_line(notebook), total=1.0)

    def end(self) -> None:
        """Take the line away."""
        self._live.remove_task(self._task)

    def report(self, message: str, fraction: float | None = None) -> None:
        description = visible_line(f"{self._notebook}: {message}")
        self._live.update(self._task, description=description, completed=fraction)

    def log(self, line: str) -> None:
        del line


class _LiveBoard:
    def __init__(self, live: RichProgress) -> None:
        self._live = live
        self._shown: dict[str, _LiveProgress] = {}

    def of(self, notebook: str) -> Progress:
        self._shown[notebook] = _LiveProgress(self._live, notebook)
        return self._shown[notebook]

    def end(self, notebook: str) -> None:
        self._shown.pop(notebook).end()
