from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.process import (
    TAIL_LINES,
    Command,
    DeadlineError,
    ProgramMissingError,
    run,
)
from aidevsecops_ext.domain.errors import CancelledError
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.kits.processes import is_running, script

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")


@pytest.fixture(autouse=True)
def _nothing_leaks() -> Iterator[None]:
    threads = threading.active_count()
    files = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0

    yield

    assert threading.active_count() == threads
    if files:
        assert len(os.listdir("/proc/self/fd")) == files


def test_run_keeps_outputs_apart_when_child_writes_a_megabyte_of_errors() -> None:
    lines: list[str] = []

    outcome = run(Command(script("talk_a_lot")), CancelSource(), lines.append)

    assert outcome.returncode == 0
    assert outcome.stdout == "done\n"
    assert len(lines) == 10_000


def test_run_streams_both_outputs_when_merged() -> None:
    lines: list[str] = []

    outcome = run(Command(script("talk_a_lot"), is_merged=True), CancelSource(), lines.append)

    assert outcome.stdout == ""
    assert "done" in lines


def test_run_gives_the_input_when_there_is_some() -> None:
    text = "grüße\n" * 50_000

    outcome = run(Command(script("echo_input"), stdin=text), CancelSource())

    assert outcome.stdout == text
    assert outcome.tail == ("read all",)


def test_run_closes_the_input_when_there_is_none() -> None:
    outcome = run(Command(script("echo_input")), CancelSource())

    assert outcome.stdout == ""


def test_run_succeeds_when_child_does_not_read_its_input() -> None:
    outcome = run(Command(script("ignore_input"), stdin="x" * 1_000_000), CancelSource())

    assert outcome.returncode == 0


def test_run_keeps_the_last_lines_without_secrets_when_child_fails() -> None:
    command = Command(script("count_and_fail"), secrets=frozenset({"hunter22"}))

    outcome = run(command, CancelSource())

    assert outcome.returncode == 3
    assert len(outcome.tail) == TAIL_LINES
    assert outcome.tail[-1] == "fetching https://***@index.example/simple with ***"
    assert "hunter22" not in repr(command)


def test_run_leaves_the_answer_as_it_is_when_it_is_not_shown() -> None:
    url = "https://jo:hunter22@index.example/simple"

    shown = run(Command(script("echo_input"), stdin=url), CancelSource())
    raw = run(Command(script("echo_input"), stdin=url, is_raw=True), CancelSource())

    assert "hunter22" not in shown.stdout
    assert raw.stdout == url


def test_run_uses_the_given_folder_and_environment(tmp_path: Path) -> None:
    code = "import os; print(os.getcwd(), os.environ.get('COLOUR'), 'HOME' in os.environ)"
    command = Command((sys.executable, "-c", code), cwd=tmp_path, env={"COLOUR": "blue"})

    outcome = run(command, CancelSource())

    assert outcome.stdout.split() == [str(tmp_path), "blue", "False"]


def test_run_names_the_program_when_it_is_missing() -> None:
    with pytest.raises(ProgramMissingError, match="no-such-program"):
        run(Command(("no-such-program",)), CancelSource())


def test_run_raises_when_deadline_passes() -> None:
    started = time.monotonic()

    with pytest.raises(DeadlineError) as caught:
        run(Command(script("hang"), timeout=0.5, is_merged=True), CancelSource())

    assert caught.value.seconds == 0.5
    assert time.monotonic() - started < 5


def test_run_starts_nothing_when_already_cancelled() -> None:
    cancel = CancelSource()
    cancel.cancel()

    with pytest.raises(CancelledError):
        run(Command(("no-such-program",)), cancel)


def test_run_raises_at_once_when_cancelled_from_another_thread() -> None:
    cancel = CancelSource()
    moments: list[float] = []

    def cancel_elsewhere(_line: str) -> None:
        moments.append(time.monotonic())
        threading.Thread(target=cancel.cancel).start()

    with pytest.raises(CancelledError):
        run(Command(script("hang"), is_merged=True), cancel, cancel_elsewhere)

    assert time.monotonic() - moments[0] < 0.9


@pytest.mark.parametrize("manner", [("wait",), ("wait", "quiet"), ("leave",)])
def test_run_leaves_nothing_alive_when_cancelled_with_a_stubborn_grandchild(
    manner: tuple[str, ...],
) -> None:
    cancel = CancelSource()
    pids: list[int] = []

    def take_pid(line: str) -> None:
        pids.append(int(line))
        cancel.cancel()

    with pytest.raises(CancelledError):
        run(Command(script("stubborn_grandchild", *manner), is_merged=True), cancel, take_pid)

    assert not is_running(pids[0])


def test_run_leaves_nothing_alive_when_leader_ends_before_its_child() -> None:
    command = Command(script("stubborn_grandchild", "leave", "quiet"))

    outcome = run(command, CancelSource())

    assert outcome.returncode == 0
    assert not is_running(int(outcome.stdout))


def test_run_ends_the_child_when_the_callback_fails() -> None:
    pids: list[int] = []

    def fail(line: str) -> None:
        pids.append(int(line))
        raise KeyError(line)

    with pytest.raises(KeyError):
        run(Command(script("stubborn_grandchild", "wait"), is_merged=True), CancelSource(), fail)

    assert not is_running(pids[0])


@pytest.mark.parametrize("is_bound", [True, False])
def test_run_leaves_no_bound_child_when_its_own_process_is_killed(
    is_bound: bool,
) -> None:
    child = "import os, sys, time; print(os.getpid(), file=sys.stderr, flush=True); time.sleep(60)"
    program = f"""
import os, signal, sys
from aidevsecops_ext.adapters.process import Command, run
from aidevsecops_ext.jobs.cancel import CancelSource
def take(line):
    print(line, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
run(Command((sys.executable, "-c", {child!r}), is_bound={is_bound}), CancelSource(), take)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    pid = int(ended.stdout)

    if is_bound:
        wait_until_gone(pid)
    else:
        # The guard of others would have ended it by now; this one has none.
        assert is_running(pid)
        os.killpg(pid, signal.SIGKILL)
    assert ended.returncode == -signal.SIGKILL


def test_run_leaves_nothing_of_its_guard_when_its_own_process_ends() -> None:
    program = """
import os, sys
from aidevsecops_ext.adapters.process import Command, run
from aidevsecops_ext.jobs.cancel import CancelSource
for _ in range(3):
    run(Command((sys.executable, "-c", "pass"), is_bound=True), CancelSource())
with open(f"/proc/self/task/{os.getpid()}/children") as file:
    print(len(file.read().split()))
"""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "1\n", "")


def wait_until_gone(pid: int) -> None:
    give_up = time.monotonic() + 30
    while is_running(pid):
        assert time.monotonic() < give_up
        # It is not our child: nobody tells us when it ends.
        time.sleep(0.01)
