"""Whether something runs in a folder, asked while a real program does and after it has ended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.clock import SystemClock
from aidevsecops_ext.adapters.programs_running import is_running_in
from aidevsecops_ext.adapters.uv_environments import RECORD, UvEnvironments
from tests.fakes.cancel import FakeCancelToken


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
def test_folder_is_in_use_while_a_program_of_it_runs(tmp_path: Path) -> None:
    cat = shutil.which("cat")
    assert cat is not None
    (tmp_path / "kernel" / "bin").mkdir(parents=True)
    program = tmp_path / "kernel" / "bin" / "cat"
    program.symlink_to(cat)
    pipe = subprocess.PIPE
    with subprocess.Popen([program], bufsize=0, stdin=pipe, stdout=pipe) as child:
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            # What answers runs.
            child.stdin.write(b"\n")
            assert child.stdout.read(1) == b"\n"
            while_running = is_running_in(tmp_path / "kernel")
            beside = is_running_in(tmp_path / "kern")
        finally:
            child.kill()

    assert (while_running, beside) == (True, False)
    assert not is_running_in(tmp_path / "kernel")


def test_environments_are_known_by_who_held_them_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    environments = UvEnvironments(tmp_path, SystemClock(), timeout=60, index_timeout=5)
    assert environments.by_use() == ()
    keys = [f"{number:016x}" for number in range(3)]
    for number, key in enumerate(keys):
        with environments.hold(key, FakeCancelToken()):
            pass
        [lock] = tmp_path.rglob(f"{key}.lock")
        os.utime(lock, (number, number))
        (lock.parent / key).mkdir()
        (lock.parent / key / RECORD).write_text("{}")

    with environments.hold(keys[0], FakeCancelToken()):
        pass

    assert environments.by_use() == (keys[0], keys[2], keys[1])
    assert not environments.is_running(keys[0])
