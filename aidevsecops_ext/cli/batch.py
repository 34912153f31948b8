"""The same work on several notebooks at once; one that fails does not stop the others."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError
from ..jobs.cancel import CancelSource
from .entries import Answer, Answered, Entry, Failed
from .exit_codes import unexpected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from .workspace import NamedNotebook

MANY = 100
"""From how many notebooks on processes are faster, although starting them takes time."""


def run_each(
    notebooks: Sequence[NamedNotebook],
    work: Callable[[NamedNotebook, CancelSource], Answer],
    on_entry: Callable[[Entry[Answer]], None],
    workers: int,
    *,
    is_processor_bound: bool = False,
) -> list[Entry[Answer]]:
    """How each notebook ended, in their order; ``on_entry`` hears of each as soon as it can.

    Work that is bound to the processor runs in processes where there are many notebooks.

    A keyboard interrupt or a request to terminate cancels all that runs and waits for it; the
    notebooks that were not done by then end with a CancelledError.

    Raises:
        KeyboardInterrupt: interrupted a second time.
    """
    cancel = CancelSource()

    def run_one(notebook: NamedNotebook) -> Entry[Answer]:
        try:
            cancel.raise_if_cancelled()
            return Answered(notebook, work(notebook, cancel))
        except AidevsecopsError as error:
            return Failed(notebook, error)
        except Exception as error:
            return Failed(notebook, unexpected(error))

    with cancelled_by_signals(cancel):
        if is_processor_bound and len(notebooks) >= MANY:
            # Slow to import, and only many notebooks are worth it.
            from .processes import run_in_processes, worker_count

            if worker_count() > 1:
                return run_in_processes(notebooks, run_one, on_entry, worker_count(), cancel)
        if min(workers, len(notebooks)) > 1:
            return _run_pooled(notebooks, run_one, on_entry, workers, cancel)
        entries: list[Entry[Answer]] = []
        for notebook in notebooks:
            entries.append(run_one(notebook))
            on_entry(entries[-1])
        return entries


def _run_pooled(
    notebooks: Sequence[NamedNotebook],
    run_one: Callable[[NamedNotebook], Entry[Answer]],
    on_entry: Callable[[Entry[Answer]], None],
    workers: int,
    cancel: CancelSource,
) -> list[Entry[Answer]]:
    # Slow to import, and not needed for one notebook.
    from concurrent.futures import ThreadPoolExecutor

    entries: list[Entry[Answer]] = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            for future in [pool.submit(run_one, notebook) for notebook in notebooks]:
                entries.append(future.result())
                on_entry(entries[-1])
        except BaseException:
            cancel.cancel()
            raise
    return entries


@contextmanager
def cancelled_by_signals(cancel: CancelSource) -> Iterator[None]:
    """Make an interrupt or a request to terminate a cancel; the second one interrupts at once.

    The children of a command live in sessions of their own, so no signal reaches them but ours.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    is_asked = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal is_asked
        del number, frame
        if is_asked:
            raise KeyboardInterrupt
        is_asked = True
        # Not here: what the signal came upon may hold the very lock that a cancel takes.
        threading.Thread(target=cancel.cancel, name="cancel").start()

    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP"):
        numbers.append(signal.SIGHUP)
    before = [signal.signal(number, handle) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
