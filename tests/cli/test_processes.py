"""The same work on many notebooks in forked processes."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.cli.batch import MANY, run_each
from aidevsecops_ext.cli.entries import Answered, Entry, Failed
from aidevsecops_ext.cli.processes import run_in_processes, worker_count
from aidevsecops_ext.cli.workspace import NamedNotebook
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, RefusedError
from aidevsecops_ext.jobs.cancel import CancelSource
from aidevsecops_ext.wiring import Services
from tests.cli.conftest import Terminal
from tests.kits.notebooks import notebook_text
from tests.kits.processes import is_running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks only where that is safe")


@pytest.fixture
def notebooks(tmp_path: Path) -> list[NamedNotebook]:
    services = Services(tmp_path, Settings())
    return [NamedNotebook(str(number), str(number), services) for number in range(7)]


def nothing(entry: Entry[str]) -> None:
    del entry


def test_run_in_processes_answers_in_order_when_some_fail(notebooks: list[NamedNotebook]) -> None:
    heard: list[str] = []

    def run_one(notebook: NamedNotebook) -> Entry[str]:
        if notebook.path == "2":
            error = RefusedError(
                ErrorCode.NOTEBOOK_TOO_LARGE, "No.", hint="Less.", details={"limit": 1}
            )
            return Failed(notebook, error)
        if notebook.path == "3":
            return Failed(notebook, CancelledError())
        return Answered(notebook, f"{notebook.path} by {os.getpid()}")

    entries = run_in_processes(
        notebooks, run_one, lambda entry: heard.append(entry.notebook.path), 3, CancelSource()
    )

    answers = [entry.answer.split() for entry in entries if isinstance(entry, Answered)]
    assert heard == ["0", "1", "2", "3", "4", "5", "6"]
    assert [answer[0] for answer in answers] == ["0", "1", "4", "5", "6"]
    assert len({answer[2] for answer in answers} - {str(os.getpid())}) == 3
    refused, cancelled = (entry.error for entry in entries if isinstance(entry, Failed))
    assert isinstance(refused, RefusedError)
    assert (refused.code, refused.message, refused.hint, refused.details) == (
        ErrorCode.NOTEBOOK_TOO_LARGE,
        "No.",
        "Less.",
        {"limit": 1},
    )
    assert isinstance(cancelled, CancelledError)


def test_run_in_processes_reports_the_rest_of_a_worker_when_it_is_lost(
    notebooks: list[NamedNotebook],
) -> None:
    def run_one(notebook: NamedNotebook) -> Entry[str]:
        if notebook.path == "2":
            os._exit(1)
        return Answered(notebook, notebook.path)

    entries = run_in_processes(notebooks, run_one, nothing, 2, CancelSource())

    lost = [entry.notebook.path for entry in entries if isinstance(entry, Failed)]
    assert lost == ["2", "4", "6"]


def test_run_in_processes_ends_its_workers_when_cancelled(notebooks: list[NamedNotebook]) -> None:
    cancel = CancelSource()
    # Python warns of a fork beside a thread, so this one starts only when all are forked.
    pulling = threading.Thread(target=cancel.cancel)
    pids: list[str] = []

    def run_one(notebook: NamedNotebook) -> Entry[str]:
        if notebook.path in ("0", "1"):
            return Answered(notebook, str(os.getpid()))
        stopped = threading.Event()
        cancel.on_cancel(stopped.set)
        assert stopped.wait(30)
        return Failed(notebook, CancelledError())

    def tell(entry: Entry[str]) -> None:
        if isinstance(entry, Answered):
            pids.append(entry.answer)
        if entry.notebook.path == "1":
            pulling.start()

    entries = run_in_processes(notebooks, run_one, tell, 2, cancel)
    pulling.join()

    assert [type(entry) for entry in entries] == [Answered, Answered, *[Failed] * 5]
    assert not any(is_running(int(pid)) for pid in pids)


def test_run_in_processes_ends_its_workers_when_telling_fails(
    notebooks: list[NamedNotebook],
) -> None:
    def run_one(notebook: NamedNotebook) -> Entry[str]:
        return Answered(notebook, f"{os.getpid()} {'x' * 200_000}")

    told: list[Entry[str]] = []

    def tell(entry: Entry[str]) -> None:
        told.append(entry)
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        run_in_processes(notebooks, run_one, tell, 2, CancelSource())

    (first,) = told
    assert isinstance(first, Answered)
    assert not is_running(int(first.answer.split()[0]))


@pytest.mark.skipif(worker_count() < 2, reason="needs two processors")
def test_run_each_uses_processes_when_many_notebooks_are_to_be_read(tmp_path: Path) -> None:
    services = Services(tmp_path, Settings())
    many = [NamedNotebook(str(number), str(number), services) for number in range(MANY)]

    def work(notebook: NamedNotebook, cancel: CancelToken) -> str:
        del notebook, cancel
        return str(os.getpid())

    entries = run_each(many, work, nothing, 1, is_processor_bound=True)

    pids = {entry.answer for entry in entries if isinstance(entry, Answered)}
    assert len(pids) == worker_count()
    assert str(os.getpid()) not in pids


def test_discover_answers_the_same_when_notebooks_are_many(terminal: Terminal) -> None:
    names = [f"{number:03}.ipynb" for number in range(MANY + 1)]
    for name in names:
        terminal.write(name, notebook_text([f"import numpy # {name}"]))
    terminal.write(names[50], "{")

    many = terminal.json("discover", ".")
    few = terminal.json("discover", *names[49:52])

    assert [entry["notebook"] for entry in many] == names
    assert many[49:52] == few


def test_worker_count_is_one_when_this_process_has_threads() -> None:
    is_done = threading.Event()
    thread = threading.Thread(target=is_done.wait)
    thread.start()
    try:
        count = worker_count()
    finally:
        is_done.set()
        thread.join()

    assert count == 1
