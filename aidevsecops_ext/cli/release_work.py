"""What the commands about releases stand on: the repository, progress, and agreement."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import CancelledError, ErrorCode, RefusedError
from ..jobs.cancel import CancelSource
from .batch import cancelled_by_signals
from .progress import progress_board
from .screen import confirm
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..app.ports import CancelToken, Progress
    from ..wiring import Services


class Work(Struct, frozen=True):
    """What the work is done with."""

    services: Services
    progress: Progress
    cancel: CancelToken


@contextmanager
def working(*, is_quiet: bool) -> Iterator[Work]:
    """The repository around the current folder, progress on the terminal, and Ctrl-C to cancel."""
    services, cancel = Workspace.current().here(), CancelSource()
    with (
        progress_board(is_quiet=is_quiet, is_verbose=False) as board,
        cancelled_by_signals(cancel),
    ):
        yield Work(services, board.of("release"), cancel)


def agree(question: str, is_agreed: bool) -> None:
    """Return when the user agrees.

    Raises:
        RefusedError: nobody can be asked.
        CancelledError: the user does not.
    """
    if is_agreed:
        return
    if not sys.stdin.isatty():
        raise RefusedError(
            ErrorCode.RELEASE_NOT_AGREED,
            "Nobody can be asked whether to go on; nothing was changed.",
            hint="Look at the plan with --dry-run, and agree with --yes.",
        )
    if not confirm(question):
        raise CancelledError
