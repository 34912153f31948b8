"""Overlays that were written for steps install with the tools of the field, and run."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from aidevsecops_ext.adapters.uv_program import find_uv
from aidevsecops_ext.app.open_notebook import open_notebook
from aidevsecops_ext.app.preview_files import changes_of
from aidevsecops_ext.app.write_overlays import (
    OverlaysPlan,
    OverlaysPorts,
    OverlaysRequest,
    plan_overlays,
)
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.step_needs import StepNeeds
from aidevsecops_ext.domain.target import TargetChoice
from aidevsecops_ext.jobs.cancel import CancelSource
from aidevsecops_ext.wiring import Services
from tests.fakes.progress import FakeProgress
from tests.kits.commands import call, ended
from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
pytestmark = pytest.mark.needs_uv


def step(name: str, *requirements: str) -> StepNeeds:
    asked = tuple(Requirement(each) for each in requirements)
    return StepNeeds(name, asked, f"nb-{name}.ipynb", (0,))


def plan(root: Path, *steps: StepNeeds, is_universal: bool = False) -> OverlaysPlan:
    services = Services(root, Settings())
    (root / "nb.ipynb").write_text(notebook_text())
    request = OverlaysRequest(
        "nb.ipynb",
        open_notebook("nb.ipynb", services.files).notebook,
        steps,
        target=TargetChoice(is_universal=is_universal),
    )
    ports = OverlaysPorts(services.lock_ports(), services.package_files, services.as_written)
    made = plan_overlays(request, ports, FakeProgress(), CancelSource())
    services.changes.write(changes_of(made.files))
    return made


def locked(made: OverlaysPlan, name: str) -> dict[str, str]:
    [overlay] = [each for each in made.overlays if each.name == name]
    return {package.key: package.version for package in overlay.lock.packages}


def test_steps_get_one_version_and_only_what_they_need(index: PackageIndex, tmp_path: Path) -> None:
    for version in ("1.0", "2.0"):
        index.add_wheel("base", version)
    index.add_wheel("frames", "1.0", ["base"])
    index.add_wheel("plots", "1.0", ["base<2", 'wintool; sys_platform == "win32"'])
    index.add_wheel("wintool", "1.0")
    root = tmp_path / "work"
    root.mkdir()

    made = plan(root, step("load", "frames"), step("plot", "plots"), is_universal=True)

    assert locked(made, "load") == {"base": "1.0", "frames": "1.0"}
    assert locked(made, "plot") == {"base": "1.0", "plots": "1.0", "wintool": "1.0"}
    text = (root / "overlays" / "plot" / "requirements.txt").read_text()
    assert "wintool==1.0 ; sys_platform == 'win32'" in text
    assert f"--hash={index.hash_of('base', 'base-1.0-py3-none-any.whl')}" in text
    pylock = (root / "overlays" / "load" / "pylock.toml").read_text()
    assert f"{index.url}/files/base/base-1.0-py3-none-any.whl" in pylock


def test_edited_overlay_has_a_version_of_its_own(index: PackageIndex, tmp_path: Path) -> None:
    for version in ("1.0", "2.0"):
        index.add_wheel("base", version)
    index.add_wheel("frames", "1.0", ["base"])
    root = tmp_path / "work"
    root.mkdir()
    steps = step("load", "frames"), step("plot", "base")
    plan(root, *steps)
    path = root / "overlays" / "load" / "Pipfile"
    path.write_text(path.read_text().replace('frames = "*"', 'frames = "*"\nbase = "==1.0"'))

    made = plan(root, *steps)

    assert (locked(made, "load")["base"], locked(made, "plot")["base"]) == ("1.0", "2.0")
    assert len(made.warnings) == 1
    assert f"{index.url}/files/base/base-1.0" in (path.parent / "pylock.toml").read_text()


@pytest.fixture(scope="module")
def overlays(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, OverlaysPlan]:
    """Overlays of real packages, written into a folder."""
    root = tmp_path_factory.mktemp("overlays")
    steps = step("load", "ipykernel", "cloudpickle", "six"), step("run", "ipykernel", "jinja2")
    return root, plan(root, *steps)


@pytest.mark.parametrize("name", ["load", "run"])
@pytest.mark.parametrize("file", ["requirements.txt", "pylock.toml"])
@pytest.mark.online
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_overlay_installs_with_uv(
    overlays: tuple[Path, OverlaysPlan], tmp_path: Path, name: str, file: str
) -> None:
    root, made = overlays
    words = ["pip", "install", "--dry-run", f"--python={sys.executable}", f"--target={tmp_path}"]
    words += ["--require-hashes"] if file == "requirements.txt" else []

    done = ended(find_uv(), *words, "-r", file, cwd=root / "overlays" / name)

    assert dict(re.findall(r"\+ (\S+)==(\S+)", done.stderr)) == locked(made, name)


@pytest.mark.online
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_overlay_installs_with_pip_and_micropipenv_and_runs_its_notebook(
    overlays: tuple[Path, OverlaysPlan], tmp_path: Path
) -> None:
    root, made = overlays
    folder = root / "overlays" / "run"
    environment = tmp_path / "venv"
    call(find_uv(), "venv", "--quiet", "--seed", "-p", sys.executable, environment, cwd=tmp_path)
    pip = environment / "bin" / "pip"
    call(pip, "install", "--dry-run", "--require-hashes", "-r", "requirements.txt", cwd=folder)
    micropipenv = Path(sys.executable).parent / "micropipenv"
    call(micropipenv, "install", "--deploy", cwd=folder, MICROPIPENV_PIP_BIN=str(pip))
    listed = json.loads(call(pip, "list", "--format=json", cwd=folder))
    installed = {canonicalize_name(each["name"]): each["version"] for each in listed}
    assert installed.items() >= locked(made, "run").items()

    (root / "nb-run.ipynb").write_text(
        notebook_text(["import jinja2", "open('out.txt', 'w').write(jinja2.__version__)", "%pwd"])
    )
    text = (folder / "Containerfile").read_text()
    [command] = re.findall(r"^CMD (.*)$", text, re.M)
    [notebook] = re.findall(r'^ENV NOTEBOOK="(.*)"$', text, re.M)
    program = json.loads(command)
    call(environment / "bin" / "python", *program[1:], cwd=root, NOTEBOOK=notebook)

    assert (root / "out.txt").read_text() == locked(made, "run")["jinja2"]
