"""The same work on several notebooks at once; one that fails does not stop the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Generic, TypeAlias, TypeVar

from ..domain.errors import AidevsecopsError, CancelledError
from ..jobs.cancel import CancelSource
from .exit_codes import DONE, exit_code_of, unexpected
from .workspace import NamedNotebook

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Answered(Generic[Answer]):
    """The work on a notebook ended with an answer."""

    notebook: NamedNotebook
    answer: Answer
    error: None = None
    exit_code: int = DONE


@dataclass(frozen=True, slots=True)
class Failed:
    """The work on a notebook ended with an error."""

    notebook: NamedNotebook
    error: AidevsecopsError

    @property
    def exit_code(self) -> int:
        """The exit status that the error asks for."""
        return exit_code_of(self.error)


Entry: TypeAlias = Answered[Answer] | Failed


def run_each(
    notebooks: Sequence[NamedNotebook],
    work: Callable[[NamedNotebook, CancelSource], Answer],
    on_entry: Callable[[Entry[Answer]], None],
    workers: int,
) -> list[Entry[Answer]]:
    """How each notebook ended, in their order; ``on_entry`` hears of each as soon as it can.

    A keyboard interrupt or a request to terminate cancels all that runs and waits for it; the
    notebooks that were not done by then end with a CancelledError.
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
        except KeyboardInterrupt:
            # Comes to the main thread only, so here only without a pool.
            cancel.cancel()
            return Failed(notebook, CancelledError())

    with _terminable():
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
                try:
                    entry = future.result()
                except KeyboardInterrupt:
                    cancel.cancel()
                    # Those that wait see the cancel when their turn comes, and end at once.
                    entry = future.result()
                entries.append(entry)
                on_entry(entry)
        except BaseException:
            cancel.cancel()
            raise
    return entries


@contextmanager
def _terminable() -> Iterator[None]:
    """Make a request to terminate an interrupt: children live in sessions of their own."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    numbers = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = [signal.signal(number, interrupt) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
