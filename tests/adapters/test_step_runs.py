"""Steps run in real processes: what they leave, how they fail, and that nothing is left of them."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct, field

from aidevsecops_ext.adapters.kernel_environments import KernelEnvironments
from aidevsecops_ext.adapters.step_runs import ChildStepRuns
from aidevsecops_ext.app.run_ports import StepEnd, StepPlace, StepWork
from aidevsecops_ext.app.run_stop import RunStop, StepGate
from aidevsecops_ext.app.verification_ports import KernelStart
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
)
from aidevsecops_ext.domain.notebook_run import RunEnd
from aidevsecops_ext.domain.pipeline import NodeKind
from aidevsecops_ext.domain.pipeline_run import StepError
from tests.kits.notebooks import notebook_text
from tests.kits.processes import is_running, running_with_argument, script
from tests.kits.runs import ignore

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PLACE = StepPlace("out.ipynb", "out.log")
FOREVER = "import threading; threading.Event().wait()"
# A process that has left its parent, its session and its group.
ORPHAN = """\
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open({pid!r}, "w").write(str(os.getpid()))
        os.execvp("tail", ["tail", "-f", "/dev/null"])
    os._exit(0)
while not (os.path.exists({pid!r}) and os.path.getsize({pid!r})):
    pass
"""


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "t").mkdir()

    yield

    assert list((tmp_path / "t").glob("aidevsecops-*")) == []
    if Path("/proc").exists():
        assert running_with_argument(str(tmp_path / "t")) == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project."""
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


class Wish(Struct, frozen=True):
    """What a step is run with."""

    file: str = "nb.ipynb"
    kind: NodeKind = NodeKind.NOTEBOOK
    on_cell: Callable[[int, int], None] = ignore
    stop: RunStop = field(default_factory=RunStop)
    timeout: float = 0.0
    python: str = sys.executable


def run_step(root: Path, text: str, wish: Wish | None = None) -> StepEnd | None:
    """How a step ends that begins at once."""
    wish, gate = wish or Wish(), StepGate()
    gate.open()
    is_notebook = wish.kind is NodeKind.NOTEBOOK
    if not is_notebook:
        (root / wish.file).write_text(text)
    work = StepWork(
        kind=wish.kind,
        file=wish.file,
        text=text if is_notebook else "",
        place=PLACE,
        kernel=KernelStart(wish.python),
        environment={"MODE": "x"},
        timeout=wish.timeout,
    )
    return ChildStepRuns(root, KernelEnvironments()).run(work, gate, wish.on_cell, wish.stop)


def has_ended(pid: int) -> bool:
    """True when the process is gone, or goes in a while."""
    if not is_running(pid):
        return True
    process = os.pidfd_open(pid)
    try:
        return bool(select.select([process], [], [], 30)[0])
    finally:
        os.close(process)


def error_of(end: StepEnd | None) -> StepError:
    """Why a step failed."""
    assert end is not None
    assert end.error is not None
    return end.error


def test_notebook_runs_in_its_folder_and_leaves_a_copy_and_a_log(root: Path) -> None:
    told: list[tuple[int, int]] = []
    (root / "deep").mkdir()
    code = [
        "import os\nprint(os.environ['MODE'])",
        "open('x.txt', 'w').write('1')",
        "",
        "import sys; print('late', file=sys.stderr)\n{'a': 1}",
    ]

    def tell(number: int, count: int) -> None:
        told.append((number, count))

    end = run_step(root, notebook_text(code), Wish("deep/nb.ipynb", on_cell=tell))

    assert end is not None
    assert (end.end, end.error, end.seconds > 0) == (RunEnd.DONE, None, True)
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert (root / "deep" / "x.txt").read_text() == "1"
    assert (root / "out.log").read_text() == "x\n1\nlate\n{'a': 1}\n"
    executed = json.loads((root / "out.ipynb").read_text())
    assert executed["cells"][0]["outputs"][0]["text"] == ["x\n"]
    assert not (root / "deep" / "nb.ipynb").exists()


def test_failing_cell_is_named_and_the_copy_shows_it(root: Path) -> None:
    text = notebook_text(["print('before')", "raise ValueError('no such column')", "never = 1"])

    error = error_of(run_step(root, text))

    assert (error.cell, error.sentence) == (1, "ValueError: no such column")
    assert any("no such column" in line for line in error.traceback)
    executed = json.loads((root / "out.ipynb").read_text())
    assert executed["cells"][1]["outputs"][0]["output_type"] == "error"
    assert "no such column" in (root / "out.log").read_text()


def test_notebook_that_takes_too_long_is_ended(root: Path) -> None:
    end = run_step(root, notebook_text(["print('before')", FOREVER]), Wish(timeout=2))

    error = error_of(end)
    assert end is not None
    assert (end.end, error.cell) == (RunEnd.TIMED_OUT, 1)
    assert error.message == "The step took longer than 2 s."
    assert "before" in (root / "out.ipynb").read_text()


@pytest.mark.parametrize("code", ["os.kill(os.getpid(), signal.SIGKILL)", "os._exit(0)"])
def test_kernel_that_dies_fails_the_step(root: Path, code: str) -> None:
    end = run_step(root, notebook_text([f"import os, signal; {code}", "never = 1"]))

    error = error_of(end)
    assert (error.cell, error.sentence) == (0, "Kernel: The kernel died.")


def test_bars_of_progress_are_kept_as_they_end(root: Path) -> None:
    text = notebook_text(["for i in range(3): print(f'\\r{i}', end='', flush=True)\nprint('!\\r')"])

    assert run_step(root, text) is not None

    executed = json.loads((root / "out.ipynb").read_text())
    assert executed["cells"][0]["outputs"][0]["text"] == ["2!\n"]


def test_what_a_cell_prints_is_kept_up_to_a_size(root: Path) -> None:
    text = notebook_text(["for i in range(12): print(str(i % 10) * 100_000, flush=True)"])

    assert run_step(root, text) is not None

    assert (root / "out.log").stat().st_size == 12 * 100_001
    executed = json.loads((root / "out.ipynb").read_text())
    [printed, note] = executed["cells"][0]["outputs"]
    assert sum(map(len, printed["text"])) == 9 * 100_001
    assert "in the log" in note["text"][0]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="adopts orphans on Linux only")
def test_what_a_step_leaves_behind_is_ended(root: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    end = run_step(root, notebook_text([ORPHAN.format(pid=str(pid))]))

    assert end is not None
    assert end.error is None
    assert has_ended(int(pid.read_text()))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="adopts orphans on Linux only")
def test_what_a_script_leaves_behind_is_ended(root: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    end = run_step(root, ORPHAN.format(pid=str(pid)), Wish("s.py", NodeKind.PYTHON))

    assert end is not None
    assert end.error is None
    assert has_ended(int(pid.read_text()))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("raise KeyError('x')", "KeyError: 'x'"),
        ("import sys; sys.exit(3)", "Exit: The script ended with status 3."),
        ("import sys; sys.exit('no: 5')", "Exit: The script ended with status 1."),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            "Signal: The script was ended by SIGKILL.",
        ),
        ("while True: pass", "Timeout: The step took longer than 1 s."),
    ],
)
def test_script_that_fails_says_why(root: Path, code: str, sentence: str) -> None:
    timeout = 1.0 if "while" in code else 0.0

    error = error_of(run_step(root, code, Wish("s.py", NodeKind.PYTHON, timeout=timeout)))

    assert (error.sentence, error.cell) == (sentence, None)


def test_script_of_a_missing_program_says_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    error = error_of(run_step(root, "1", Wish("s.R", NodeKind.R)))

    assert error.message == "Rscript cannot be started: No such file or directory."


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
def test_step_fails_when_what_runs_it_is_killed_and_nothing_goes_on(root: Path) -> None:
    killing = (
        "import os, signal, time\nfrom pathlib import Path\n"
        "Path('pid').write_text(str(os.getpid()))\n"
        "os.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)"
    )

    end = run_step(root, killing, Wish("s.py", NodeKind.PYTHON))

    assert error_of(end).name == "Ended"
    assert has_ended(int(next(root.rglob("pid")).read_text()))


def test_copy_that_cannot_be_written_fails_the_step(root: Path) -> None:
    (root / "out.ipynb").mkdir()

    error = error_of(run_step(root, notebook_text(["1"])))

    assert error.name == "NotWritten"


def test_step_is_refused_when_there_is_no_kernel(root: Path, tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no ipykernel here')\n")
    os.chmod(python, 0o755)

    with pytest.raises(OutsideFailedError) as caught:
        run_step(root, notebook_text(["1"]), Wish(python=str(python)))

    assert caught.value.code is ErrorCode.RUN_KERNEL_FAILED
    assert "no ipykernel here" in str(caught.value.details["explanation"])


def test_step_that_is_not_let_in_leaves_nothing(root: Path) -> None:
    gate = StepGate()
    work = StepWork(NodeKind.NOTEBOOK, "nb.ipynb", "", PLACE, KernelStart(sys.executable))
    gate.close()

    assert ChildStepRuns(root, KernelEnvironments()).run(work, gate, ignore, RunStop()) is None

    assert not (root / "out.ipynb").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
@pytest.mark.parametrize("kind", [NodeKind.NOTEBOOK, NodeKind.PYTHON])
def test_cancel_ends_the_step_and_what_it_started(
    root: Path, tmp_path: Path, kind: NodeKind
) -> None:
    pipe, pids, stop = tmp_path / "pipe", list[int](), RunStop()
    os.mkfifo(pipe)
    code = (
        "import os, signal\nfor n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n"
        f"    signal.signal(n, signal.SIG_IGN)\nopen({str(pipe)!r}, 'w').write(str(os.getpid()))\n"
        "while True: pass"
    )

    def stop_when_told() -> None:
        pids.append(int(pipe.read_text()))
        stop.stop()

    teller = threading.Thread(target=stop_when_told)
    teller.start()
    text = notebook_text([code]) if kind is NodeKind.NOTEBOOK else code
    with pytest.raises(CancelledError):
        run_step(root, text, Wish("s.py", kind, stop=stop))
    teller.join()

    assert has_ended(pids[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
def test_step_ends_with_the_program_that_runs_it(root: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = f"import os\nopen({str(pipe)!r}, 'w').write(str(os.getpid()))\n{FOREVER}"
    (root / "nb.ipynb").write_text(notebook_text([code]))
    owner = subprocess.Popen(script("run_one_step", str(root), "nb.ipynb"))
    kernel = int(pipe.read_text())

    owner.send_signal(signal.SIGKILL)
    owner.wait()

    assert has_ended(kernel)
    # What the program would have removed.
    for left in (tmp_path / "t").glob("aidevsecops-*"):
        import shutil

        shutil.rmtree(left)


def test_kernel_is_found_by_its_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = ChildStepRuns(root, KernelEnvironments())
    kernels = root / "jupyter" / "kernels" / "ir"
    kernels.mkdir(parents=True)
    (kernels / "kernel.json").write_text(json.dumps({"argv": ["R", "--slave"], "language": "R"}))
    monkeypatch.setenv("JUPYTER_PATH", str(root / "jupyter"))

    start = runs.start_of(None)
    assert start is not None
    assert start.python == sys.executable
    assert runs.start_of("ir") is None
    with pytest.raises(NotFoundError):
        runs.start_of("no-such-kernel")
