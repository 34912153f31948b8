"""What kernels have installed, read from real environments."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.kernel_environments import KernelEnvironments


def install(site: Path, name: str, files: list[str], **extra: str) -> Path:
    """Lay a distribution out as an installer does; ``extra`` are more files of its metadata."""
    folder = site / f"{name}-1.0.dist-info"
    folder.mkdir(parents=True)
    for file in files:
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_text("")
    (folder / "RECORD").write_text("".join(f"{file},sha256=x,0\n" for file in files))
    for key, text in extra.items():
        (folder / key.replace("__", ".")).write_text(text)
    return folder


def add_kernel(data: Path, name: str, command: str | None, text: str = "") -> None:
    spec = data / "kernels" / name / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [command, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(text or json.dumps({"argv": argv, "language": "python"}))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Jupyter data folder of the test's own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("JUPYTER_PATH", str(folder))
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real virtual environment without pip."""
    folder = tmp_path_factory.mktemp("venv") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder


@pytest.fixture
def site(environment: Path, data: Path) -> Path:
    """Where the kernel ``mine`` has its packages; empty at first."""
    add_kernel(data, "mine", str(environment / "bin" / "python"))
    (folder,) = environment.glob("lib/python*/site-packages")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return folder


def ask(*modules: str, kernel: str | None = "mine") -> dict[str, str]:
    return dict(KernelEnvironments().distributions(kernel, frozenset(modules)))


@pytest.mark.parametrize("kernel", [None, "python3"])
def test_distributions_are_of_this_python_when_the_kernel_is_native(kernel: str | None) -> None:
    found = ask("_pytest.config", "yaml", "no_such_module", kernel=kernel)

    assert found == {"_pytest.config": "pytest", "yaml": "pyyaml"}


@pytest.mark.parametrize("kernel", ["unknown", "../mine", "../kernels/mine", "julia-1.9"])
def test_distributions_are_none_when_the_kernel_is_unknown(site: Path, kernel: str) -> None:
    install(site, "numpy", ["numpy/__init__.py"])

    found = ask("numpy", kernel=kernel)

    assert found == {}


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"argv": []}', '{"argv": "python"}', '{"argv": [1]}']
)
def test_distributions_are_none_when_the_kernelspec_is_broken(data: Path, text: str) -> None:
    add_kernel(data, "broken", None, text)

    found = ask("pytest", kernel="broken")

    assert found == {}


def test_distributions_are_of_this_python_when_the_kernelspec_names_no_path(data: Path) -> None:
    add_kernel(data, "short", "python")

    found = ask("_pytest", kernel="short")

    assert found == {"_pytest": "pytest"}


def test_distributions_are_none_when_the_interpreter_is_gone(data: Path, tmp_path: Path) -> None:
    add_kernel(data, "gone", str(tmp_path / "gone" / "bin" / "python"))

    found = ask("pytest", kernel="gone")

    assert found == {}


def test_distributions_know_every_kind_of_module(site: Path) -> None:
    install(site, "Foo_Bar", ["foo/__init__.py", "foo/sub.py", "single.py"])
    install(site, "binary", ["native.cpython-311-x86_64-linux-gnu.so", "packed/__init__.abi3.so"])
    install(site, "folder_only", ["bare/data.py"])

    found = ask("foo.sub", "foo.Name", "single", "native", "packed", "bare", "bare.x", "other")

    assert found == {
        "foo.sub": "foo-bar",
        "foo.Name": "foo-bar",
        "single": "foo-bar",
        "native": "binary",
        "packed": "binary",
        "bare": "folder-only",
        "bare.x": "folder-only",
    }


def test_distributions_are_told_apart_when_they_share_a_namespace(site: Path) -> None:
    install(site, "google-cloud-storage", ["google/cloud/storage/__init__.py"])
    install(site, "google-auth", ["google/auth/__init__.py"])
    install(site, "protobuf", ["google/__init__.py", "google/protobuf/__init__.py"])
    install(site, "corp-a", ["corp/a/__init__.py", "corp/shared.py"])
    install(site, "corp-b", ["corp/b.py", "corp/shared.py"])

    found = ask(
        "google",
        "google.cloud",
        "google.cloud.storage.blob",
        "google.auth",
        "google.missing",
        "corp",
        "corp.a",
        "corp.b",
        "corp.b.Name",
        "corp.shared",
        "corp.none",
    )

    assert found == {
        "google.cloud.storage.blob": "google-cloud-storage",
        "google.auth": "google-auth",
        "corp.a": "corp-a",
        "corp.b": "corp-b",
        "corp.b.Name": "corp-b",
    }


def test_distributions_read_older_metadata(site: Path) -> None:
    old = site / "Old.Thing-1.0-py3.11.egg-info"
    old.mkdir()
    (old / "top_level.txt").write_text("old_thing\n")
    (site / "old_thing.py").write_text("")
    (site / "nobody.py").write_text("")

    found = ask("old_thing", "nobody")

    assert found == {"old_thing": "old-thing"}


def test_distributions_know_editable_installs(site: Path, tmp_path: Path) -> None:
    (tmp_path / "project" / "linked").mkdir(parents=True)
    (tmp_path / "project" / "alone.py").write_text("")
    origin = json.dumps({"url": "file:///x", "dir_info": {"editable": True}})
    install(site, "by-path", ["_by_path.pth"], direct_url__json=origin)
    (site / "_by_path.pth").write_text(f"import x\n{tmp_path / 'project'}\n")
    install(site, "by-name", [], direct_url__json=origin, top_level__txt="named\n")
    install(site, "not-editable", [], direct_url__json="[]", top_level__txt="other\n")
    install(site, "broken", [], direct_url__json="{", top_level__txt="other\n")

    found = ask("linked", "alone", "named.sub", "other")

    assert found == {"linked": "by-path", "alone": "by-path", "named.sub": "by-name"}


def test_distributions_are_read_again_when_something_was_installed(site: Path) -> None:
    environments = KernelEnvironments()
    before = environments.distributions("mine", frozenset({"late"}))

    install(site, "late", ["late.py"])
    os.utime(site, ns=(1, 1))
    after = environments.distributions("mine", frozenset({"late"}))

    assert (before, after) == ({}, {"late": "late"})


def test_distributions_are_remembered_while_nothing_changes(site: Path) -> None:
    folder = install(site, "kept", ["kept.py"])
    environments = KernelEnvironments()
    before = environments.distributions("mine", frozenset({"kept"}))

    (folder / "RECORD").unlink()
    after = environments.distributions("mine", frozenset({"kept"}))

    assert before == after == {"kept": "kept"}


def test_distributions_are_of_the_system_too_when_the_environment_says_so(
    data: Path, tmp_path: Path
) -> None:
    base, own = tmp_path / "base", tmp_path / "own"
    install(base / "lib/python3.11/site-packages", "shared", ["shared.py"])
    install(own / "lib/python3.11/site-packages", "private", ["private.py"])
    (own / "pyvenv.cfg").write_text(f"home = {base / 'bin'}\ninclude-system-site-packages = true\n")
    add_kernel(data, "own", str(own / "bin" / "python"))

    found = ask("shared", "private", kernel="own")

    assert found == {"shared": "shared", "private": "private"}


@pytest.mark.parametrize(
    ("interpreter", "folder"),
    [
        ("python.exe", "Lib/site-packages"),
        ("Scripts/python.exe", "Lib/site-packages"),
        ("bin/python3", "lib/python3/dist-packages"),
    ],
)
def test_distributions_know_other_layouts(
    data: Path, tmp_path: Path, interpreter: str, folder: str
) -> None:
    install(tmp_path / "other" / folder, "thing", ["thing.py"])
    add_kernel(data, "other", str(tmp_path / "other" / interpreter))

    found = ask("thing", kernel="other")

    assert found == {"thing": "thing"}


def test_distributions_are_found_when_the_interpreter_is_a_link(data: Path, tmp_path: Path) -> None:
    real = tmp_path / "real" / "bin" / "python"
    real.parent.mkdir(parents=True)
    real.write_text("")
    install(tmp_path / "real/lib/python3.11/site-packages", "far", ["far.py"])
    link = tmp_path / "links" / "python"
    link.parent.mkdir()
    link.symlink_to(real)
    add_kernel(data, "link", str(link))

    found = ask("far", kernel="link")

    assert found == {"far": "far"}


def test_start_is_the_interpreter_and_environment_of_the_kernel(data: Path) -> None:
    text = json.dumps({"argv": ["/opt/env/bin/python", "-m", "x"], "env": {"A": 1, "B": "b"}})
    add_kernel(data, "mine", None, text)
    add_kernel(data, "own", "python3")

    environments = KernelEnvironments()

    assert environments.start_of("mine") == ("/opt/env/bin/python", {"A": "1", "B": "b"})
    assert environments.start_of("own") == (sys.executable, {})
    assert environments.start_of(None) == environments.start_of("python3") == (sys.executable, {})


@pytest.mark.parametrize("text", ["{", '{"argv": []}', '{"argv": ["bash"]}'])
def test_start_is_not_known_when_no_python_is_named(data: Path, text: str) -> None:
    add_kernel(data, "other", None, text)

    environments = KernelEnvironments()

    assert environments.start_of("other") is None
    assert environments.start_of("no-such") is None
