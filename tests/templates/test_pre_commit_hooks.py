"""The hooks, used as a user does: by the real pre-commit, from a clone of this working copy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex, serve

ROOT = Path(__file__).parents[2]
HOOKS = ".pre-commit-hooks.yaml"
THOTH = 'overlays_dir: overlays\nruntime_environments: [{name: a, python_version: "3.11"}]\n'

pytestmark = [pytest.mark.slow, pytest.mark.needs_uv, pytest.mark.timeout(300)]


@dataclass(frozen=True, slots=True)
class Repository:
    """A user's repository, and the environment in which that user works."""

    folder: Path
    environ: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """How a command ended there."""
        return subprocess.run(
            command, cwd=self.folder, env=self.environ, capture_output=True, text=True, check=False
        )

    def git(self, *words: str) -> str:
        """What git says; it must succeed."""
        done = self.run("git", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self) -> subprocess.CompletedProcess[str]:
        """How a commit of everything ended; the hooks decide."""
        self.git("add", "--all")
        return self.run("git", "commit", "--message", "Work")

    def use_hook(self, name: str) -> None:
        """Let git run that hook before each commit."""
        hooks = self.folder.parent / "hooks"
        rev = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=hooks, capture_output=True, text=True, check=True
        ).stdout.strip()
        config = {"repos": [{"repo": str(hooks), "rev": rev, "hooks": [{"id": name}]}]}
        (self.folder / ".pre-commit-config.yaml").write_text(json.dumps(config))
        installed = self.run(sys.executable, "-m", "pre_commit", "install")
        assert installed.returncode == 0, installed.stderr


@pytest.fixture
def index() -> Iterator[PackageIndex]:
    """An index with one package."""
    made = PackageIndex()
    made.add_wheel("apple", "1.2")
    with serve(made) as served:
        yield served


@pytest.fixture
def repository(tmp_path: Path, index: PackageIndex) -> Repository:
    """An empty repository, beside a clone of this working copy."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "aidevsecops"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m aidevsecops_ext "$@"\n')
    program.chmod(0o755)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UV_", "PIP_", "GIT_", "PRE_COMMIT"))
        and not name.upper().endswith("_PROXY")
    }
    environ = {
        **kept,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path / "home"),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PIP_CONFIG_FILE": os.devnull,
        "UV_DEFAULT_INDEX": index.simple_url,
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    # Who runs the tests need not own the working copy.
    (tmp_path / "gitconfig").write_text(
        "[user]\nname = A\nemail = a@mail.example\n[safe]\ndirectory = *\n"
    )
    made = Repository(tmp_path / "work", environ)
    made.folder.mkdir()
    made.git("init", "--quiet")
    made.git("clone", "--quiet", str(ROOT), str(tmp_path / "hooks"))
    # As it is here now, which may not be committed yet.
    shutil.copy(ROOT / HOOKS, tmp_path / "hooks" / HOOKS)
    made.git("-C", str(tmp_path / "hooks"), "add", HOOKS)
    made.git("-C", str(tmp_path / "hooks"), "commit", "--quiet", "--allow-empty", "-m", "Hooks")
    return made


def test_hooks_are_valid() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / HOOKS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_check_hook_stops_a_commit_until_the_lock_holds(repository: Repository) -> None:
    repository.use_hook("aidevsecops-check")
    assert repository.commit().returncode == 0
    (repository.folder / "nb.ipynb").write_text(notebook_text(["import apple"]))
    pipfile = repository.folder / "overlays" / "a" / "Pipfile"
    pipfile.parent.mkdir(parents=True)
    pipfile.write_text('[packages]\napple = "*"\n')
    (repository.folder / ".thoth.yaml").write_text(THOTH)

    stopped = repository.commit()
    locked = repository.run("aidevsecops", "lock", ".")
    done = repository.commit()

    assert stopped.returncode == 1
    assert "nb.ipynb: unlocked" in stopped.stdout + stopped.stderr
    assert "overlays/a/Pipfile: unlocked" in stopped.stdout + stopped.stderr
    assert locked.returncode == 0, locked.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    assert "overlays/a/Pipfile.lock" in repository.git("ls-files")


def test_lock_hook_locks_and_lets_the_next_commit_through(repository: Repository) -> None:
    repository.use_hook("aidevsecops-lock")
    (repository.folder / "nb.ipynb").write_text(notebook_text(["import apple"]))
    (repository.folder / "Pipfile").write_text('[packages]\napple = "*"\n')

    first, second = repository.commit(), repository.commit()

    assert first.returncode == 1, first.stdout
    assert second.returncode == 0, second.stdout + second.stderr
    assert "apple" in repository.git("show", "HEAD:Pipfile.lock")
    assert "requirements_lock" in repository.git("show", "HEAD:nb.ipynb")
