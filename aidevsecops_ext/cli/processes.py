"""The same work on very many notebooks, spread over the processors by forked processes.

Worker ``n`` of ``count`` does every ``count``-th notebook and writes each entry into its own pipe,
so reading the pipes in turn gives the entries in order. A worker whose reader is gone ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Generic

from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode
from .entries import Answer, Answered, Entry, Failed
from .exit_codes import unexpected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from ..domain.json_value import Json
    from ..jobs.cancel import CancelSource
    from .workspace import NamedNotebook

_GRACE_SECONDS = 10.0


class WorkerLostError(Exception):
    """A worker process ended before its work did."""


class _Sent(Struct, Generic[Answer], frozen=True):
    """An entry as it goes through a pipe, without what cannot: the notebook's services."""

    answer: Answer


class _SentError(Struct, frozen=True):
    kind: type[AidevsecopsError]
    code: ErrorCode
    message: str
    hint: str
    details: dict[str, Json]


def worker_count() -> int:
    """How many processes pay off here; 1 where forking is not safe."""
    # A fork of a process with threads, such as a notebook's kernel, may hold their locks forever.
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def run_in_processes(
    notebooks: Sequence[NamedNotebook],
    run_one: Callable[[NamedNotebook], Entry[Answer]],
    on_entry: Callable[[Entry[Answer]], None],
    count: int,
    cancel: CancelSource,
) -> list[Entry[Answer]]:
    """How each notebook ended, in their order; ``on_entry`` hears of each as soon as it can."""
    context = multiprocessing.get_context("fork")
    processes = []
    receivers: list[Connection] = []
    for number in range(count):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(
            target=_serve,
            args=(sender, [*receivers, receiver], notebooks[number::count], run_one, cancel),
            daemon=True,
        )
        process.start()
        sender.close()
        processes.append(process)
        receivers.append(receiver)

    def stop() -> None:
        for process in processes:
            process.terminate()

    forget = cancel.on_cancel(stop)
    entries: list[Entry[Answer]] = []
    try:
        for index, notebook in enumerate(notebooks):
            entries.append(_receive(receivers[index % count], notebook))
            on_entry(entries[-1])
    finally:
        forget()
        for receiver in receivers:
            receiver.close()
        # A worker that still has something to send finds its reader gone, and ends.
        for process in processes:
            process.join(_GRACE_SECONDS)
            process.kill()
            process.join()
    return entries


def _serve(
    sender: Connection,
    inherited: Sequence[Connection],
    notebooks: Sequence[NamedNotebook],
    run_one: Callable[[NamedNotebook], Entry[Answer]],
    cancel: CancelSource,
) -> None:
    """Do the work of one worker process."""
    # A pipe breaks only when its last reader is gone, and a fork is one of them.
    for receiver in inherited:
        receiver.close()

    def handle(number: int, frame: object) -> None:
        del number, frame
        # A terminal's interrupt comes here too, beside the one that the parent passes on.
        threading.Thread(target=cancel.cancel, name="cancel").start()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handle)
    with suppress(BrokenPipeError), sender:
        for notebook in notebooks:
            sender.send(_packed(run_one(notebook)))


def _packed(entry: Entry[Answer]) -> _Sent[Answer] | _SentError:
    if isinstance(entry, Answered):
        return _Sent(entry.answer)
    error = entry.error
    return _SentError(type(error), error.code, error.message, error.hint, error.details)


def _receive(receiver: Connection, notebook: NamedNotebook) -> Entry[Answer]:
    try:
        sent: _Sent[Answer] | _SentError = receiver.recv()
    except EOFError:
        return Failed(notebook, unexpected(WorkerLostError("a worker process ended")))
    if isinstance(sent, _Sent):
        return Answered(notebook, sent.answer)
    if issubclass(sent.kind, CancelledError):
        return Failed(notebook, CancelledError())
    error = sent.kind(sent.code, sent.message, hint=sent.hint, details=sent.details)
    return Failed(notebook, error)
