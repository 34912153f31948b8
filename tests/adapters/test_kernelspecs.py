"""Kernelspecs on disk, and what is installed where they run."""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.installed_versions import installed_versions
from aidevsecops_ext.adapters.kernel_environments import KernelEnvironments
from aidevsecops_ext.adapters.kernelspecs import JupyterKernels
from aidevsecops_ext.app.kernel_ports import NewKernel
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.kernels import Environment, Machine

KEY = "0123456789abcdef"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's Jupyter data folder."""
    folder = tmp_path / "data"
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "shared"))
    return folder


@pytest.fixture
def kernels(tmp_path: Path, data: Path) -> JupyterKernels:
    """The kernels, seen from the folder ``root``."""
    assert not data.exists()
    return JupyterKernels(tmp_path / "root", KernelEnvironments())


def new_kernel(tmp_path: Path, name: str = "mine", notebook: str = "sub/nb.ipynb") -> NewKernel:
    environment = Environment(
        key=KEY,
        python=str(tmp_path / "env" / "bin" / "python"),
        machine=Machine("3.11", "linux-x86_64"),
        packages={"six": "1.16.0"},
        added={},
        size_bytes=1,
        created_at=1.0,
    )
    return NewKernel(name, f"Python ({name})", environment, notebook, "abc", 7.5)


def add_kernel(folder: Path, name: str, **specification: object) -> None:
    path = folder / "kernels" / name / "kernel.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(specification))


def test_write_makes_a_kernel_that_is_found_again(kernels: JupyterKernels, tmp_path: Path) -> None:
    kernels.write(new_kernel(tmp_path))

    [found] = kernels.find_own()
    assert found == kernels.find("MINE")
    assert (found.name, found.display_name, found.environment) == ("mine", "Python (mine)", KEY)
    assert (found.notebook, found.lock_hash, found.created_at) == ("sub/nb.ipynb", "abc", 7.5)


def test_write_names_the_environment_and_where_it_came_from(
    kernels: JupyterKernels, tmp_path: Path, data: Path
) -> None:
    kernels.write(new_kernel(tmp_path))

    written = json.loads((data / "kernels" / "mine" / "kernel.json").read_text())
    python = str(tmp_path / "env" / "bin" / "python")
    assert written["argv"] == [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    assert written["env"]["VIRTUAL_ENV"] == str(tmp_path / "env")
    assert written["metadata"]["aidevsecops"]["notebook"] == str(tmp_path / "root/sub/nb.ipynb")
    assert os.listdir(data / "kernels" / "mine") == ["kernel.json"]


def test_find_says_no_notebook_when_it_is_outside_the_root(
    kernels: JupyterKernels, tmp_path: Path
) -> None:
    kernels.write(new_kernel(tmp_path, notebook=str(tmp_path / "elsewhere" / "nb.ipynb")))

    [found] = kernels.find_own()
    assert found.notebook is None


def test_find_own_leaves_out_what_was_not_made_here(
    kernels: JupyterKernels, tmp_path: Path, data: Path
) -> None:
    own = {"aidevsecops": {"environment": KEY}}
    add_kernel(data, "ir", display_name="R", metadata={})
    add_kernel(data, "odd", display_name=3, metadata={"aidevsecops": {"environment": "../x"}})
    add_kernel(tmp_path / "shared", "copied", display_name="Copied", metadata=own)
    (data / "kernels" / "broken").mkdir()
    (data / "kernels" / "broken" / "kernel.json").write_text("{")

    assert kernels.find_own() == ()
    assert [kernels.find(name) is not None for name in ("ir", "odd", "copied")] == [True] * 3
    assert not any(kernel.is_own for name in ("odd", "copied") if (kernel := kernels.find(name)))
    assert kernels.find("broken") is None


def test_find_own_is_empty_when_there_is_no_folder(kernels: JupyterKernels) -> None:
    assert kernels.find_own() == ()
    assert kernels.find("gone") is None


def test_remove_makes_jupyter_forget_the_kernel(kernels: JupyterKernels, tmp_path: Path) -> None:
    kernels.write(new_kernel(tmp_path))

    kernels.remove("mine")

    assert kernels.find("mine") is None


def test_write_and_remove_say_why_the_disk_refuses(
    kernels: JupyterKernels, tmp_path: Path, data: Path
) -> None:
    data.mkdir()
    (data / "kernels").write_text("a file in the way")

    with pytest.raises(OutsideFailedError) as written:
        kernels.write(new_kernel(tmp_path))
    with pytest.raises(OutsideFailedError) as removed:
        kernels.remove("mine")

    codes = {written.value.code, removed.value.code}
    assert codes == {ErrorCode.KERNEL_WRITE_FAILED}


@pytest.mark.parametrize("name", [None, "python3"])
def test_packages_of_jupyters_own_kernel_are_those_of_this_python(
    kernels: JupyterKernels, name: str | None
) -> None:
    found = kernels.packages(name)

    assert found is not None
    assert found.versions["pytest"] == pytest.__version__
    assert found.machine.platform == sysconfig.get_platform()
    assert found.machine.python_version == f"{sys.version_info.major}.{sys.version_info.minor}"


def test_packages_of_another_python_are_read_without_starting_it(
    kernels: JupyterKernels, tmp_path: Path, data: Path
) -> None:
    site = tmp_path / "env" / "lib" / "python3.9" / "site-packages"
    (site / "Foo_Bar-1.2.dist-info").mkdir(parents=True)
    (site / "old-2.0-py3.9.egg-info").mkdir()
    add_kernel(data, "other", argv=[str(tmp_path / "env" / "bin" / "python"), "-m", "x"])

    found = kernels.packages("other")

    assert found is not None
    assert found.versions == {"foo-bar": "1.2", "old": "2.0"}
    assert found.machine.python_version == "3.9"
    assert found.machine.markers["python_full_version"] == "3.9.0"


def test_packages_are_none_when_the_kernel_is_not_here(kernels: JupyterKernels) -> None:
    assert kernels.packages("gone") is None


def test_packages_are_found_when_the_environment_came_later(
    kernels: JupyterKernels, tmp_path: Path, data: Path
) -> None:
    add_kernel(data, "late", argv=[str(tmp_path / "env" / "bin" / "python")])
    assert kernels.packages("late") is None

    (tmp_path / "env" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)

    assert kernels.packages("late") is not None


def test_installed_versions_takes_the_first_folder_of_the_path(tmp_path: Path) -> None:
    for folder, version in (("a", "1"), ("b", "2")):
        (tmp_path / folder / f"six-{version}.dist-info").mkdir(parents=True)

    found = installed_versions([str(tmp_path / name) for name in ("missing", "a", "b")])

    assert found == {"six": "1"}
