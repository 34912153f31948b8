"""Run checks side by side: one that fails, or takes too long, does not keep the others."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from ..domain.diagnosis import Finding, FindingGroup, FindingState, Fix
from ..domain.errors import AidevsecopsError
from .run_stop import RunStop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .ports import CancelToken

_Found: TypeAlias = tuple[Finding, ...]


class Check(Struct, frozen=True):
    """One thing to look at; ``name`` stands for it where nothing is found out."""

    name: str
    group: FindingGroup
    run: Callable[[CancelToken], Iterable[Finding]]


def run_checks(
    checks: tuple[Check, ...],
    seconds: float,
    cancel: CancelToken,
    on_done: Callable[[int], None] = lambda _: None,
) -> tuple[Finding, ...]:
    """What each check found, in their order; ``on_done`` hears how many are done.

    What is not done after those seconds is told to stop, and is not waited for.

    Raises:
        CancelledError: cancelled.
    """
    cancel.raise_if_cancelled()
    stop = RunStop()
    ends: queue.SimpleQueue[tuple[int, _Found] | None] = queue.SimpleQueue()
    for number, check in enumerate(checks):
        # Of a disk or a name server that hangs nobody gets a thread back.
        threading.Thread(
            target=lambda number, check: ends.put((number, _attempt(check, stop))),
            args=(number, check),
            name="aidevsecops-check",
            daemon=True,
        ).start()
    forget = cancel.on_cancel(lambda: ends.put(None))
    found: dict[int, _Found] = {}
    deadline = time.monotonic() + seconds
    try:
        while len(found) < len(checks):
            end = ends.get(timeout=max(0.0, deadline - time.monotonic()))
            if end is None:
                break
            found[end[0]] = end[1]
            on_done(len(found))
    except queue.Empty:
        pass
    finally:
        forget()
        stop.stop()
    cancel.raise_if_cancelled()
    overdue = f"It was not known after {seconds:g} seconds."
    return tuple(
        finding
        for number, check in enumerate(checks)
        for finding in found.get(number, (_unknown(check, overdue),))
    )


def _attempt(check: Check, cancel: CancelToken) -> _Found:
    try:
        return (*check.run(cancel),)
    except AidevsecopsError as error:
        return (_unknown(check, error.message, error.hint),)
    except Exception as error:
        # The words of foreign errors may hold anything.
        return (_unknown(check, f"It could not be looked at ({type(error).__name__})."),)


def _unknown(check: Check, message: str, hint: str = "") -> Finding:
    fix = Fix(hint) if hint else None
    return Finding(check.name, check.group, FindingState.UNKNOWN, message, fix)
