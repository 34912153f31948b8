"""The command line on real files, with a resolver and an index that a test controls."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aidevsecops_ext.cli.main import main
from aidevsecops_ext.config import Settings
from aidevsecops_ext.wiring import Services
from tests.fakes.advisory_memory import FakeAdvisoryMemory
from tests.fakes.forge import FakeForge, FakeForges
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.resolver import FakeResolver
from tests.kits.git_repo import GitRepo, bare_environment, live_in, make_repo
from tests.kits.services import with_ports


@dataclass(slots=True)
class Terminal:
    """A terminal in ``folder``; what commands reach outside are the fakes, ``ports`` among them."""

    folder: Path
    resolver: FakeResolver = field(default_factory=FakeResolver)
    index: FakePackageIndex = field(default_factory=FakePackageIndex)
    installed: FakeInstalledPackages = field(default_factory=FakeInstalledPackages)
    memory: FakeAdvisoryMemory = field(default_factory=FakeAdvisoryMemory)
    roots: list[Path] = field(default_factory=list)
    ports: dict[str, object] = field(default_factory=dict)

    def services(self, root: Path, settings: Settings) -> Services:
        self.roots.append(root)
        return with_ports(
            Services(root, settings),
            installed=self.installed,
            index=self.index,
            advisory_memory=self.memory,
            resolvers={"uv": self.resolver},
            **self.ports,
        )

    def run(self, *arguments: str) -> Result:
        """Run ``aidevsecops`` with those arguments."""
        return CliRunner().invoke(main, arguments, obj=self.services, prog_name="aidevsecops")

    def json(self, *arguments: str) -> Any:
        """What the command answers with ``--json``."""
        return json.loads(self.run(*arguments, "--json").stdout)

    def write(self, name: str, text: str) -> Path:
        """Write a file below the folder, byte for byte."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Terminal(folder)


@pytest.fixture
def bare_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git as for somebody who never set it up."""
    live_in(bare_environment(tmp_path / "home"), monkeypatch)


@pytest.fixture
def repo(terminal: Terminal, bare_git: None) -> GitRepo:
    """A repository in the terminal's folder, of version 1.2.0 with a feature after it."""
    del bare_git
    made = make_repo(terminal.folder, {"version.py": '__version__ = "1.2.0"\n'})
    made.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    made.commit("feat: answer sooner", {"a.txt": "1\n"})
    return made


@pytest.fixture
def forge(terminal: Terminal) -> FakeForge:
    """The forge of whatever remote there is."""
    made = FakeForge()
    terminal.ports["forges"] = FakeForges(made)
    return made
