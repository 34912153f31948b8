"""Notebooks run in real kernels: what they give, how they fail, and that nothing is left."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.app.verification_ports import CopyRequest, KernelStart, RunRequest
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
)
from aidevsecops_ext.domain.notebook_run import UNREAD, RunEnd
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.kits.notebooks import notebook_text
from tests.kits.processes import is_running, running_with_argument
from tests.kits.runs import ignore, run_text, runs_in

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

FOREVER = "import threading; threading.Event().wait()"


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "temporary").mkdir()

    yield

    assert list((tmp_path / "temporary").glob("aidevsecops-*")) == []
    if Path("/proc").exists():
        assert running_with_argument(str(tmp_path / "temporary")) == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one file."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "data.txt").write_text("5")
    return folder


def texts_of(outputs: tuple[Any, ...]) -> list[str]:
    """The texts of outputs, in their order."""
    return [
        output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"]
        for output in outputs
    ]


def test_run_gives_outputs_values_and_progress(root: Path) -> None:
    told: list[tuple[int, int]] = []
    text = notebook_text(["print('a'); print('b')", "", "x = [1]\ny = x\nx", "raise_ = 1"])

    def tell(number: int, count: int) -> None:
        told.append((number, count))

    run = run_text(runs_in(root), text, ("x", "y", "gone"), on_cell=tell)

    assert (run.end, run.failure) == (RunEnd.DONE, None)
    assert {cell: texts_of(outputs) for cell, outputs in run.outputs.items()} == {
        0: ["a\nb\n"],
        2: ["[1]"],
        3: [],
    }
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert (run.variables["x"].kind, run.variables["x"].shown) == ("list", "[1]")
    assert run.variables["gone"].is_missing
    assert run.shared == {("x", "y")}


def test_run_changes_the_copy_and_not_the_project(root: Path) -> None:
    text = notebook_text(["open('data.txt', 'w').write('6'); open('new.txt', 'w').write('7')"])
    runs, cancel = runs_in(root), CancelSource()

    with runs.copy_of(CopyRequest("nb.ipynb"), cancel) as copy:
        here = KernelStart(sys.executable)
        runs.run(RunRequest("nb.ipynb", text, here, copy), ignore, cancel)
        changed = copy.changed_files()

    assert set(changed) == {"data.txt", "new.txt"}
    assert {path.name: path.read_text() for path in root.iterdir()} == {"data.txt": "5"}


def test_run_says_which_cell_failed_and_keeps_what_was_before(root: Path) -> None:
    text = notebook_text(["x = 1\nx", "print('before')\n1 / 0", "never = 1"])

    run = run_text(runs_in(root), text, ("x",))

    assert run.end is RunEnd.FAILED
    assert run.failure is not None
    assert (run.failure.cell, run.failure.sentence) == (1, "ZeroDivisionError: division by zero")
    assert any("1 / 0" in line for line in run.failure.traceback)
    assert texts_of(run.outputs[1][:1]) == ["before\n"]
    assert 2 not in run.outputs
    assert run.variables["x"].kind == UNREAD


def test_run_ends_when_a_cell_takes_too_long(root: Path) -> None:
    run = run_text(runs_in(root, 2), notebook_text([FOREVER]))

    assert (run.end, run.failure and run.failure.cell) == (RunEnd.TIMED_OUT, 0)


def test_run_ends_when_the_kernel_dies(root: Path) -> None:
    run = run_text(
        runs_in(root), notebook_text(["import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
    )

    assert (run.end, run.failure and run.failure.cell) == (RunEnd.DIED, 0)


def test_cell_may_fail_when_it_says_so(root: Path) -> None:
    text = notebook_text(["1 / 0", "x = 1"]).replace(
        '"metadata": {}', '"metadata": {"tags": ["raises-exception"]}', 1
    )

    run = run_text(runs_in(root), text, ("x",))

    assert (run.end, run.variables["x"].shown) == (RunEnd.DONE, "1")


def test_notebook_cannot_ask_the_user(root: Path) -> None:
    run = run_text(runs_in(root), notebook_text(["input('name? ')"]))

    assert run.end is RunEnd.FAILED
    assert run.failure is not None
    assert "StdinNotImplementedError" in run.failure.sentence


def test_picture_is_among_the_outputs_when_the_notebook_draws(root: Path) -> None:
    text = notebook_text(["import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"])

    run = run_text(runs_in(root), text)

    (output,) = run.outputs[0]
    assert isinstance(output, dict)
    assert isinstance(output["data"], dict)
    assert "image/png" in output["data"]


def test_values_are_read_when_builtins_are_hidden(root: Path) -> None:
    text = notebook_text(["globals = open = type = list = str = dict = get_ipython = None\nx = 1"])

    run = run_text(runs_in(root), text, ("x",))

    assert run.variables["x"].shown == "1"


def test_reading_values_leaves_no_trace(root: Path) -> None:
    before = "before = {*globals()}; out = {*Out}"

    run = run_text(runs_in(root), notebook_text([before, "7"]), ("before",))

    assert run.end is RunEnd.DONE
    assert "runpy" not in run.variables["before"].shown


def test_start_up_files_of_the_user_are_not_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("secret = 1")
    (tmp_path / "python.py").write_text("secret = 2")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "python.py"))

    run = run_text(runs_in(root), notebook_text(["1"]), ("secret",))

    assert run.variables["secret"].is_missing


def test_sets_of_texts_have_one_order_in_all_runs(root: Path) -> None:
    text = notebook_text(["str({*'abcdefghij'})"])

    first, second = run_text(runs_in(root), text), run_text(runs_in(root), text)

    assert first.outputs == second.outputs


def test_two_kernels_run_at_once(root: Path, tmp_path: Path) -> None:
    # Either end of a pipe opens when the other one does: in turns they would never end.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    runs, cancel, ends = runs_in(root), CancelSource(), {}

    with runs.copy_of(CopyRequest("nb.ipynb"), cancel) as copy:

        def run(mode: str) -> None:
            text = notebook_text([f"open({str(pipe)!r}, {mode!r}).close()"])
            asked = RunRequest("nb.ipynb", text, KernelStart(sys.executable), copy)
            ends[mode] = runs.run(asked, ignore, cancel).end

        threads = [threading.Thread(target=run, args=(mode,)) for mode in ("r", "w")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert ends == {"r": RunEnd.DONE, "w": RunEnd.DONE}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
@pytest.mark.parametrize(
    "work",
    [
        f"tell()\n{FOREVER}",
        "import signal\nfor n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n"
        "    signal.signal(n, signal.SIG_IGN)\ntell()\nwhile True: pass",
        "import subprocess, sys\n"
        f'code = f\'open({{pipe!r}}, "w").write("{{os.getpid()}}"); {FOREVER}\'\n'
        "subprocess.run([sys.executable, '-c', code])",
        "pid = os.getpid()\n!echo {pid} > {pipe}; tail -f /dev/null",
    ],
)
def test_cancel_ends_the_kernel_and_what_it_started(root: Path, tmp_path: Path, work: str) -> None:
    cancel, pipe = CancelSource(), tmp_path / "pipe"
    os.mkfifo(pipe)
    pids = []
    head = f"import os\npipe = {str(pipe)!r}\ndef tell(): open(pipe, 'w').write(str(os.getpid()))"

    def cancel_when_told() -> None:
        pids.append(int(pipe.read_text()))
        cancel.cancel()

    threading.Thread(target=cancel_when_told, daemon=True).start()
    with pytest.raises(CancelledError):
        run_text(runs_in(root), notebook_text([head, work]), cancel=cancel)

    assert not is_running(pids[0])


def test_run_is_refused_when_there_is_no_kernel(root: Path, tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no ipykernel here')\n")
    os.chmod(python, 0o755)
    runs, cancel = runs_in(root), CancelSource()

    with runs.copy_of(CopyRequest("nb.ipynb"), cancel) as copy:
        asked = RunRequest("nb.ipynb", notebook_text(["1"]), KernelStart(str(python)), copy)
        with pytest.raises(OutsideFailedError) as caught:
            runs.run(asked, ignore, cancel)

    assert caught.value.code is ErrorCode.VERIFY_KERNEL_FAILED
    assert "no ipykernel here" in str(caught.value.details["explanation"])


def test_kernel_is_found_by_its_name(root: Path) -> None:
    runs = runs_in(root)

    assert runs.kernel_of(None).python == sys.executable
    with pytest.raises(NotFoundError):
        runs.kernel_of("no-such-kernel")
