"""What this machine is found to have."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.kernel_environments import KernelEnvironments
from aidevsecops_ext.adapters.kernelspecs import JupyterKernels
from aidevsecops_ext.adapters.machine_facts import ThisMachine
from aidevsecops_ext.app.setup_ports import Place
from aidevsecops_ext.domain.errors import OutsideFailedError
from tests.fakes.cancel import FakeCancelToken
from tests.kits.git_repo import bare_environment

CANCEL = FakeCancelToken()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ThisMachine:
    """This machine, for somebody who has no files yet."""
    for name, value in bare_environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "shared"))
    return ThisMachine(tmp_path, JupyterKernels(tmp_path, KernelEnvironments()))


def _program(folder: Path, name: str, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of that name, the first on the path."""
    file = folder / name
    file.write_text(f"#!{sys.executable}\n{script}\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def _kernel(folder: Path, name: str, *argv: object) -> None:
    path = folder / "kernels" / name / "kernel.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"argv": argv, "display_name": name.upper()}))


@pytest.mark.needs_uv
def test_programs_say_their_versions(machine: ThisMachine) -> None:
    for program in ("uv", "git", "git-cliff"):
        found = machine.program_version(program, CANCEL)
        assert found is not None
        assert found.split(".")[0].isdigit()
    assert machine.program_version("no-such-program", CANCEL) is None


@pytest.mark.parametrize("script", ["raise SystemExit(3)", "print('none of your business')"])
def test_a_program_that_says_no_version_is_told_of(
    machine: ThisMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    _program(tmp_path, "odd", script, monkeypatch)

    with pytest.raises(OutsideFailedError, match="'odd --version' does not say a version"):
        machine.program_version("odd", CANCEL)


def test_a_program_that_cannot_be_started_is_told_of(
    machine: ThisMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, "odd", "", monkeypatch)
    (tmp_path / "odd").write_bytes(b"\0")

    with pytest.raises(OutsideFailedError, match="does not end well"):
        machine.program_version("odd", CANCEL)


def test_packages_say_their_versions(machine: ThisMachine) -> None:
    assert machine.package_version("msgspec") is not None
    assert machine.package_version("no-such-package") is None


@pytest.mark.needs_uv
def test_every_place_has_room(machine: ThisMachine, tmp_path: Path) -> None:
    folders = {place: machine.folder(place, CANCEL) for place in Place}

    assert folders[Place.ROOT] == str(tmp_path)
    assert folders[Place.DATA] == str(tmp_path / "data")
    assert Path(folders[Place.UV_CACHE]).is_absolute()
    assert all(machine.free_bytes(folder) > 0 for folder in folders.values())


def test_a_folder_that_may_not_be_asked_about_is_told_of(
    machine: ThisMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: object) -> object:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("shutil.disk_usage", refuse)

    with pytest.raises(OutsideFailedError, match="Input/output error"):
        machine.free_bytes("/")


@pytest.mark.parametrize("script", ["raise SystemExit(2)", "", None])
def test_a_cache_that_uv_does_not_name_is_told_of(
    machine: ThisMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    if script is not None:
        _program(tmp_path, "fake-uv", script, monkeypatch)
    monkeypatch.setattr(
        "aidevsecops_ext.adapters.machine_facts.find_uv", lambda: str(tmp_path / "fake-uv")
    )

    with pytest.raises(OutsideFailedError, match="uv does not say where its cache is"):
        machine.folder(Place.UV_CACHE, CANCEL)


def test_kernels_whose_program_is_gone_or_lacks_ipykernel_are_found(
    machine: ThisMachine, tmp_path: Path
) -> None:
    data, shared = tmp_path / "data", tmp_path / "shared"
    bare = tmp_path / "bare"
    (bare / "lib" / "python3.12" / "site-packages").mkdir(parents=True)
    (bare / "bin").mkdir()
    (bare / "bin" / "python").symlink_to(sys.executable)
    _kernel(shared, "gone", "/no/such/python", "-m", "ipykernel_launcher")
    _kernel(data, "bare", str(bare / "bin" / "python"), "-m", "ipykernel_launcher")
    _kernel(data, "other", "no-such-program", "-f")
    _kernel(data, "gone", sys.executable)
    _kernel(shared, "mine", "python3", "-m", "ipykernel_launcher", 1)
    _kernel(shared, "none")
    (shared / "kernels" / "none" / "kernel.json").write_text("[]")
    broken = shared / "kernels" / "broken" / "kernel.json"
    broken.parent.mkdir()
    broken.write_text("{")

    found = {kernel.name: kernel for kernel in machine.kernel_programs()}

    assert found["gone"].display_name == "GONE"
    assert not found["gone"].is_there
    assert not found["other"].is_there
    assert (found["bare"].is_there, found["bare"].lacks) == (True, "ipykernel")
    assert (found["mine"].program, found["mine"].lacks) == (sys.executable, "")
    assert not {"none", "broken"} & {*found}


def test_variables_are_known_by_their_names(
    machine: ThisMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_KEY", "very-secret")
    monkeypatch.setenv("EMPTY", "")

    assert "AWS_KEY" in machine.variables()
    assert "EMPTY" not in machine.variables()
    assert "very-secret" not in machine.variables()


def test_settings_of_git_are_read_for_an_address(machine: ThisMachine, tmp_path: Path) -> None:
    (tmp_path / "home" / ".gitconfig").write_text(
        '[user]\nname = Jo\n[credential "https://git.example.org"]\nhelper = store\n'
    )

    assert machine.git_setting("user.name", CANCEL) == "Jo"
    assert machine.git_setting("user.email", CANCEL) == ""
    for url, helper in (("https://git.example.org/a", "store"), ("https://example.org/a", "")):
        assert machine.git_setting("credential.helper", CANCEL, url=url) == helper
