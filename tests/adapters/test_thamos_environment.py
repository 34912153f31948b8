"""Where thamos is found, and what happens when it cannot be installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters import thamos_environment
from aidevsecops_ext.adapters.thamos_environment import ThamosEnvironment, own_folder
from aidevsecops_ext.adapters.this_machine import operating_system_of_this_machine
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, OutsideFailedError
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.progress import FakeProgress

pytestmark = [
    pytest.mark.needs_uv,
    pytest.mark.skipif(sys.platform == "win32", reason="programs are shell scripts here"),
]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Jupyter's data folder; there is no index, and nothing in uv's cache."""
    for name in [*os.environ]:
        if name.startswith(("UV_", "PIP_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "data"


def put_on_path(folder: Path, script: str) -> str:
    program = folder / "bin" / "thamos"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def environment(timeout: float = 60.0) -> ThamosEnvironment:
    return ThamosEnvironment(Path.cwd(), timeout=timeout, index_timeout=2.0)


def test_program_is_the_one_on_the_path_when_it_runs(tmp_path: Path, data: Path) -> None:
    program = put_on_path(tmp_path, '[ "$1" = --help ]')
    progress = FakeProgress()

    thamos = environment()
    found = thamos.program(progress, CancelSource())

    assert found == program
    assert not thamos.is_own(found)
    assert progress.lines == [f"Using {program}"]
    assert not data.exists()


def test_program_on_the_path_is_tried_once(tmp_path: Path) -> None:
    program = put_on_path(tmp_path, f"echo started >> {tmp_path}/starts")
    thamos = environment()

    found = [thamos.program(FakeProgress(), CancelSource()) for _ in range(3)]

    assert found == [program] * 3
    assert (tmp_path / "starts").read_text() == "started\n"


@pytest.mark.parametrize("script", ["exit 1", ""])
def test_program_is_not_the_one_on_the_path_when_it_does_not_run(
    tmp_path: Path, script: str
) -> None:
    program = put_on_path(tmp_path, script)
    if not script:
        Path(program).write_text("#!/no/such/interpreter\n")
    progress = FakeProgress()

    with pytest.raises(OutsideFailedError) as caught:
        environment().program(progress, CancelSource())

    assert caught.value.code is ErrorCode.THOTH_CLIENT_FAILED
    assert progress.lines[0] == f"{program} does not run; thamos gets an environment of its own."


def test_program_cannot_be_installed_when_no_index_can_be_reached() -> None:
    with pytest.raises(OutsideFailedError) as caught:
        environment().program(FakeProgress(), CancelSource())

    error = caught.value
    assert error.code is ErrorCode.THOTH_CLIENT_FAILED
    assert "thamos cannot be installed. The package index" in error.message
    assert "127.0.0.1:9" in error.message
    assert [path.name for path in own_folder().parent.iterdir()] == [f"{own_folder().name}.lock"]


def test_program_cannot_be_installed_when_the_folder_cannot_be_written(data: Path) -> None:
    data.write_text("no folder")

    with pytest.raises(OutsideFailedError, match="cannot be written") as caught:
        environment().program(FakeProgress(), CancelSource())

    assert caught.value.code is ErrorCode.THOTH_CLIENT_FAILED


def test_program_is_given_up_when_it_takes_too_long() -> None:
    with pytest.raises(OutsideFailedError, match="took longer than") as caught:
        environment(timeout=0.001).program(FakeProgress(), CancelSource())

    assert caught.value.code is ErrorCode.THOTH_CLIENT_FAILED


def test_program_is_not_installed_when_the_interpreter_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")

    with pytest.raises(OutsideFailedError, match="could not make an environment") as caught:
        environment().program(FakeProgress(), CancelSource())

    assert caught.value.details["explanation"]


def test_program_leaves_nothing_when_cancelled() -> None:
    cancel = CancelSource()

    class Cancelling(FakeProgress):
        def report(self, message: str, fraction: float | None = None) -> None:
            super().report(message, fraction)
            cancel.cancel()

    with pytest.raises(CancelledError):
        environment().program(Cancelling(), cancel)

    assert [path.name for path in own_folder().parent.iterdir()] == [f"{own_folder().name}.lock"]


def test_own_folder_is_another_one_for_other_requirements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = own_folder()
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("thamos==2\n")

    monkeypatch.setattr(thamos_environment, "REQUIREMENTS", requirements)

    assert own_folder() != before
    assert own_folder().parent == before.parent


def test_operating_system_of_this_machine_is_named_as_thoth_does() -> None:
    name, version = operating_system_of_this_machine()

    assert name is None or name == name.lower()
    assert version is None or version[0].isdigit()
