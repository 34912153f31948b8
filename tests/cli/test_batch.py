"""The same work on several notebooks: order, errors, interrupts."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.cli.batch import run_each
from aidevsecops_ext.cli.entries import Answered, Entry, Failed
from aidevsecops_ext.cli.workspace import NamedNotebook
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, UserError
from aidevsecops_ext.wiring import Services

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def notebooks(tmp_path: Path) -> list[NamedNotebook]:
    services = Services(tmp_path, Settings())
    return [NamedNotebook(name, name, services) for name in ("a", "b", "c")]


def nothing(entry: Entry[str]) -> None:
    del entry


@pytest.mark.parametrize("workers", [1, 3])
def test_run_each_answers_in_order_when_one_fails(
    notebooks: list[NamedNotebook], workers: int
) -> None:
    heard: list[str] = []
    b_is_done = threading.Event()

    def work(notebook: NamedNotebook, cancel: CancelToken) -> str:
        cancel.raise_if_cancelled()
        if notebook.path == "b":
            b_is_done.set()
            raise UserError(ErrorCode.NOTEBOOK_INVALID, "No.")
        if notebook.path == "a" and workers > 1:
            assert b_is_done.wait(30)
        return notebook.path.upper()

    entries = run_each(notebooks, work, lambda entry: heard.append(entry.notebook.path), workers)

    assert heard == ["a", "b", "c"]
    assert [
        entry.answer if isinstance(entry, Answered) else entry.error.message for entry in entries
    ] == ["A", "No.", "C"]
    assert [entry.exit_code for entry in entries] == [0, 2, 0]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", SIGNALS)
def test_run_each_cancels_the_rest_when_it_is_interrupted(
    notebooks: list[NamedNotebook], workers: int, number: signal.Signals
) -> None:
    handlers = [signal.getsignal(each) for each in SIGNALS]

    def work(notebook: NamedNotebook, cancel: CancelToken) -> str:
        if notebook.path == "a":
            return "done"
        stopped = threading.Event()
        cancel.on_cancel(stopped.set)
        if notebook.path == "b":
            os.kill(os.getpid(), number)
        assert stopped.wait(30)
        cancel.raise_if_cancelled()
        return "never"

    entries = run_each(notebooks, work, nothing, workers)

    assert [type(entry) for entry in entries] == [Answered, Failed, Failed]
    assert [entry.exit_code for entry in entries] == [0, 130, 130]
    assert handlers == [signal.getsignal(each) for each in SIGNALS]


def test_run_each_gives_up_at_once_when_it_is_interrupted_again(
    notebooks: list[NamedNotebook],
) -> None:
    def work(notebook: NamedNotebook, cancel: CancelToken) -> str:
        stopped = threading.Event()
        cancel.on_cancel(stopped.set)
        os.kill(os.getpid(), signal.SIGINT)
        assert stopped.wait(30)
        os.kill(os.getpid(), signal.SIGINT)
        return notebook.path

    with pytest.raises(KeyboardInterrupt):
        run_each(notebooks, work, nothing, 1)


def test_run_each_cancels_and_waits_when_telling_fails(notebooks: list[NamedNotebook]) -> None:
    ended: list[str] = []
    b_runs = threading.Event()

    def work(notebook: NamedNotebook, cancel: CancelToken) -> str:
        if notebook.path == "a":
            assert b_runs.wait(30)
        else:
            b_runs.set()
            stopped = threading.Event()
            cancel.on_cancel(stopped.set)
            assert stopped.wait(30)
            ended.append("b")
        return ""

    def tell(entry: Entry[str]) -> None:
        raise BrokenPipeError(entry.notebook.path)

    with pytest.raises(BrokenPipeError):
        run_each(notebooks[:2], work, tell, 2)

    assert ended == ["b"]


def test_run_each_leaves_signals_alone_when_it_is_not_in_the_main_thread(
    notebooks: list[NamedNotebook],
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    seen: list[object] = []

    def work(notebook: NamedNotebook, cancel: CancelToken) -> str:
        del notebook, cancel
        seen.append(signal.getsignal(signal.SIGTERM))
        return ""

    thread = threading.Thread(target=lambda: run_each(notebooks, work, nothing, 1))
    thread.start()
    thread.join()

    assert seen == [before] * 3


def test_failed_asks_for_its_error_s_status(notebooks: list[NamedNotebook]) -> None:
    assert Failed(notebooks[0], CancelledError()).exit_code == 130
