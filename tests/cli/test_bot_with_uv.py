"""The bot's updates with the real uv: an index, a forge and git at work on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aidevsecops_ext.cli.main import main
from tests.kits.forge_contract import faults_of, is_described
from tests.kits.forge_github import GITHUB
from tests.kits.forge_server import FakeForge, serve_forge
from tests.kits.forge_state import TOKEN
from tests.kits.git_repo import GitRepo, bare_environment, live_in, make_repo
from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex, serve

THOTH = """\
requirements_format: pipenv
overlays_dir: overlays
runtime_environments:
  - {name: train, operating_system: {name: rhel, version: "9"}, python_version: "3.11"}
managers: [update]
"""
PIPFILE = """\
[[source]]
name = "own"
url = "%s"
verify_ssl = true

[packages]
apple = "*"

[requires]
python_version = "3.11"
"""


@pytest.fixture
def index() -> Iterator[PackageIndex]:
    made = PackageIndex()
    made.add_wheel("apple", "1.0", ["pear"])
    made.add_wheel("pear", "1.0")
    with serve(made) as served:
        yield served


@pytest.fixture
def forge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: PackageIndex
) -> Iterator[FakeForge]:
    """A forge, and the environment of somebody who may push to it and install from the index."""
    environment = bare_environment(tmp_path / "home")
    with serve_forge(GITHUB, tmp_path / "forge") as served:
        environment |= {
            "UV_DEFAULT_INDEX": index.simple_url,
            "UV_CACHE_DIR": str(tmp_path / "cache"),
            "PIP_CONFIG_FILE": os.devnull,
            "GH_HOST": served.url,
            "GH_TOKEN": TOKEN,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": f"!f() {{ echo username=jo; echo password={TOKEN}; }}; f",
        }
        live_in(environment, monkeypatch)
        yield served
    if is_described(GITHUB.kind):
        assert faults_of(GITHUB.kind, served.exchanges) == []


@pytest.fixture
def repo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: PackageIndex, forge: FakeForge
) -> GitRepo:
    """A notebook and an overlay that are locked; what they need has a newer version since."""
    text = notebook_text(["import apple\n"], kernelspec={"name": "absent", "language": "python"})
    made = make_repo(
        tmp_path / "work",
        {
            "nb.ipynb": text,
            ".thoth.yaml": THOTH,
            "overlays/train/Pipfile": PIPFILE % index.simple_url,
        },
    )
    monkeypatch.chdir(made.folder)
    locked = run("lock", ".")
    assert locked.exit_code == 0, locked.output
    made.commit("Lock")
    made.git("remote", "add", "origin", forge.remote_url)
    made.git("push", "--quiet", "--set-upstream", "origin", "main")
    index.add_wheel("apple", "1.2", ["pear>=2"])
    index.add_wheel("pear", "2.0")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "newer-cache"))
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="aidevsecops")


def test_newer_versions_are_resolved_and_proposed_and_hold(
    repo: GitRepo, forge: FakeForge, index: PackageIndex
) -> None:
    forge.state.add_issue("Kebechet update", "jo")

    done = run("bot", "run")
    changed = repo.git("status", "--porcelain")
    repo.git("switch", "--quiet", "--detach", "origin/aidevsecops-update-1")
    checked = run("check", ".")

    assert done.exit_code == 0, done.output
    assert changed == ""
    (opened,) = forge.state.pull_requests
    for name in ("nb.ipynb", "overlays/train"):
        assert f"```\n{name}\n\napple 1.0 → 1.2\npear 1.0 → 2.0\n```" in opened.body
    pears = index.hash_of("pear", "pear-2.0-py3-none-any.whl")
    assert pears in repo.read("nb.ipynb")
    assert pears in repo.read("overlays/train/Pipfile.lock")
    assert checked.exit_code == 0, checked.output
