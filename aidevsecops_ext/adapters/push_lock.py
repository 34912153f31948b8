"""Whether a push is going on: git and its hooks hold a lock, also when who began it was killed."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ..domain.errors import ConflictError, ErrorCode, OutsideFailedError
from .file_lock import lock_of_children, take_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLACE = ("aidevsecops", "push.lock")


@contextmanager
def while_pushing(git_dir: Path) -> Iterator[tuple[int, ...]]:
    """What a push has to inherit, so that it is known to go on.

    Raises:
        ConflictError: another one is going on.
        OutsideFailedError: the operating system refuses.
    """
    with ExitStack() as held:
        try:
            inherited = held.enter_context(lock_of_children(git_dir.joinpath(*_PLACE)))
        except OSError as error:
            raise _failed(error) from error
        if inherited is None:
            raise still_pushing()
        yield inherited


def is_pushing(git_dir: Path) -> bool:
    """True while a push of this program is going on.

    Raises:
        OutsideFailedError: the operating system refuses.
    """
    try:
        held = take_lock(git_dir.joinpath(*_PLACE))
    except OSError as error:
        raise _failed(error) from error
    if held is not None:
        os.close(held)
    return held is None


def still_pushing() -> ConflictError:
    """The error where a push is going on."""
    return ConflictError(
        ErrorCode.RELEASE_RUNNING,
        "A push of a release is going on, also where the program that began it was ended.",
        hint="Wait until it is done: a hook (pre-push) or the remote takes its time.",
    )


def _failed(error: OSError) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.RELEASE_JOURNAL_FAILED,
        f"The lock of pushes ({'/'.join(_PLACE)} in the folder of git) cannot be used: "
        f"{error.strerror or error}.",
        hint="Look at its permissions.",
    )
