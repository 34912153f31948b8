"""Builds for accelerators with the real uv, whose own index a proxy of the test stands for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from aidevsecops_ext.cli.main import main
from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex, serve
from tests.kits.pipfile_folder import write_pipfile_folder
from tests.kits.tls_proxy import OPENSSL, TlsProxy, serve_tls

pytestmark = [
    pytest.mark.needs_uv,
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(OPENSSL is None, reason="needs openssl for certificates"),
]

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Kit:
    """A folder with a notebook, the user's index, and what stands for all other hosts."""

    folder: Path
    index: PackageIndex
    others: TlsProxy

    def environment(self, **entry: object) -> None:
        """Describe the runtime environment that the notebook is locked for."""
        default = {
            "name": "gpu",
            "python_version": PYTHON,
            "recommendation_type": "performance",
            **entry,
        }
        text = json.dumps({"runtime_environments": [default]})
        (self.folder / ".thoth.yaml").write_text(text)

    def lock(self, *options: str) -> Any:
        """What a lock for the runtime environment answers."""
        words = ["lock", "nb.ipynb", "--runtime-environment", "gpu", "--json", *options]
        return json.loads(CliRunner().invoke(main, words).stdout)

    def recorded(self) -> Any:
        """The Pipfile.lock in the notebook."""
        metadata = json.loads((self.folder / "nb.ipynb").read_text())["metadata"]
        return json.loads(metadata["requirements_lock"])


@pytest.fixture
def kit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Kit]:
    for name in [*os.environ]:
        if name.startswith(("UV_", "PIP_", "SSL_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "nb.ipynb").write_text(notebook_text(["import torch, six"]))
    made = PackageIndex()
    made.add_wheel("six", "1.0")
    made.add_wheel("torch", "2.7.1", ["six"])
    with serve(made) as index, serve_tls(tmp_path / "tls") as others:
        for backend in ("cu126", "rocm6.3"):
            others.indexes[backend] = PackageIndex()
            others.indexes[backend].add_wheel("torch", f"2.7.1+{backend}", ["six"])
        for name, value in {
            "PIP_CONFIG_FILE": os.devnull,
            "UV_DEFAULT_INDEX": index.simple_url,
            "UV_CACHE_DIR": str(tmp_path / "cache"),
            "HOME": str(tmp_path / "home"),
            "HTTPS_PROXY": others.url,
            "NO_PROXY": "127.0.0.1",
            "SSL_CERT_FILE": str(others.authority),
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(folder)
        yield Kit(folder, index, others)


def test_lock_takes_the_build_for_the_cuda_of_the_environment(kit: Kit) -> None:
    kit.environment(cuda_version="12.7")

    answer = kit.lock("--trust-index", "torch-backend")

    assert "error" not in answer, answer
    packages = kit.recorded()["default"]
    assert packages["torch"]["version"] == "==2.7.1+cu126"
    assert packages["torch"]["index"] == "torch-cu126"
    assert "index" not in packages["six"]
    sources = {source["name"]: source["url"] for source in kit.recorded()["_meta"]["sources"]}
    assert sources["torch-cu126"].endswith("/whl/cu126")
    assert sources["pypi"] == kit.index.simple_url
    assert sources["torch-cu126"] in answer["notes"][0]
    checked = CliRunner().invoke(main, ["check", "nb.ipynb", "--offline", "--json"])
    assert json.loads(checked.stdout)[0]["status"] == "fresh"


def test_lock_contacts_nobody_when_the_user_did_not_agree(kit: Kit) -> None:
    kit.environment(cuda_version="12.6")

    answer = kit.lock()

    assert answer["error"]["code"] == "lock.untrusted-index"
    assert "CUDA 12.6" in answer["error"]["message"]
    assert kit.others.paths == []


def test_lock_needs_no_agreement_when_nothing_is_built_for_accelerators(kit: Kit) -> None:
    (kit.folder / "nb.ipynb").write_text(notebook_text(["import six"]))
    kit.environment(cuda_version="12.6")

    answer = kit.lock()

    assert answer["packages"] == 1
    assert kit.others.paths == []


def test_lock_again_changes_nothing_and_without_the_type_drops_the_index(kit: Kit) -> None:
    kit.environment(cuda_version="12.6")
    kit.lock("--trust-index", "torch-backend")
    first = (kit.folder / "nb.ipynb").read_bytes()

    kit.lock("--trust-index", "torch-backend")
    second = (kit.folder / "nb.ipynb").read_bytes()
    kit.lock("--recommendation-type", "latest", "--upgrade")

    assert second == first
    assert [source["name"] for source in kit.recorded()["_meta"]["sources"]] == ["pypi"]
    assert "index" not in kit.recorded()["default"]["torch"]


def test_lock_leaves_the_choice_to_uv_for_a_processor_of_amd(kit: Kit) -> None:
    kit.environment(hardware={"gpu_model": "gfx942"})

    answer = kit.lock("--trust-index", "torch-backend")

    assert "error" not in answer, answer
    torch = kit.recorded()["default"]["torch"]
    assert (torch["version"], torch["index"]) == ("==2.7.1+rocm6.3", "torch-rocm6.3")


def test_lock_says_that_there_is_no_build_and_takes_the_default(kit: Kit) -> None:
    kit.environment(hardware={"gpu_model": "Tesla V100"})

    answer = kit.lock()

    assert kit.recorded()["default"]["torch"]["version"] == "==2.7.1"
    assert "Tesla V100, but for no cuda_version" in answer["notes"][0]
    assert kit.others.paths == []


def test_lock_with_a_build_installs_with_micropipenv_and_is_up_to_date_for_pipenv(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.environment(cuda_version="12.6")
    kit.lock("--trust-index", "torch-backend")
    metadata = json.loads((kit.folder / "nb.ipynb").read_text())["metadata"]
    write_pipfile_folder(kit.folder / "overlay", metadata)
    environment = kit.folder / "overlay" / ".venv"
    venv.create(environment, with_pip=True)
    for variable in ("PIP_CERT", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(variable, str(kit.others.authority))
    monkeypatch.setenv("MICROPIPENV_PIP_BIN", str(environment / "bin" / "pip"))
    monkeypatch.setenv("PIPENV_VENV_IN_PROJECT", "1")

    installed = run(kit.folder / "overlay", "micropipenv", "install", "--deploy")
    listed = run(kit.folder / "overlay", str(environment / "bin" / "pip"), "freeze")
    verified = run(kit.folder / "overlay", "pipenv", "verify")

    assert listed.stdout.split() == ["six==1.0", "torch==2.7.1+cu126"], installed.stderr
    assert "up-to-date" in verified.stdout + verified.stderr


def run(folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What a program of this environment does in the folder."""
    path = Path(sys.executable).parent / program
    done = subprocess.run(
        [path, *words], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done
