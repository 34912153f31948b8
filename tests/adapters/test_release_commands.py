"""Commands of a repository, run as real processes."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.release_commands import RepositoryCommands
from aidevsecops_ext.app.content_ports import CommandEnd
from aidevsecops_ext.domain.errors import CancelledError
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.progress import FakeProgress
from tests.kits.processes import is_running


def run(folder: Path, *argv: str, seconds: float = 30) -> tuple[CommandEnd, FakeProgress]:
    progress = FakeProgress()
    return RepositoryCommands(folder).run(argv, seconds, progress, FakeCancelToken()), progress


def python(code: str) -> tuple[str, str, str]:
    return sys.executable, "-c", code


def test_run_tells_status_and_lines_in_the_folder(tmp_path: Path) -> None:
    code = (
        "import os, sys; print(os.getcwd(), flush=True); print('no', file=sys.stderr); sys.exit(3)"
    )

    end, progress = run(tmp_path, *python(code))

    assert end == CommandEnd(3, (str(tmp_path.resolve()), "no"))
    assert progress.lines == [*end.tail]


def test_run_uses_no_shell(tmp_path: Path) -> None:
    end, _ = run(tmp_path, *python("import sys; print(sys.argv[1])"), "$HOME; touch x && *")

    assert end.tail == ("$HOME; touch x && *",)
    assert not (tmp_path / "x").exists()


def test_run_masks_what_secret_variables_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_API_KEY", "hunter2hunter2")
    code = "import os; print(os.environ['MY_API_KEY'], 'https://me:secret@host')"

    end, progress = run(tmp_path, *python(code))

    assert end.tail == ("*** https://***@host",)
    assert progress.lines == [*end.tail]


def test_run_ends_what_takes_too_long(tmp_path: Path) -> None:
    # The child sleeps, not the test: it is ended long before.
    end, _ = run(tmp_path, *python("import time; print(1, flush=True); time.sleep(60)"), seconds=2)

    assert end.returncode is None
    assert end.reason == "did not end within 2 seconds"


def test_run_tells_that_there_is_no_such_program(tmp_path: Path) -> None:
    end, _ = run(tmp_path, "no-such-program-here")

    assert end == CommandEnd(None, reason="cannot be run: there is no such program")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no right to execute a file")
def test_run_tells_that_a_file_cannot_be_executed(tmp_path: Path) -> None:
    (tmp_path / "check").write_text("#!/bin/sh\n")

    refused, _ = run(tmp_path, "./check")
    unusable, _ = run(tmp_path, sys.executable, "a\0b")

    assert refused.reason == "cannot be run: Permission denied"
    assert unusable.reason.startswith("cannot be run: ")


def test_run_ends_the_whole_group_when_cancelled(tmp_path: Path) -> None:
    cancel = FakeCancelToken()

    class _Cancelling(FakeProgress):
        def log(self, line: str) -> None:
            super().log(line)
            threading.Thread(target=cancel.cancel).start()

    child = "import time; time.sleep(60)"
    code = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    progress = _Cancelling()

    with pytest.raises(CancelledError):
        RepositoryCommands(tmp_path).run(python(code), 60, progress, cancel)

    assert not is_running(int(progress.lines[0]))
