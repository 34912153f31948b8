"""A repository whose settings and files do all they can to have something run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.traps import Traps, set_traps
from tests.kits.git_repo import bare_environment


@pytest.fixture(autouse=True)
def bare_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Somebody for whom git was never set up."""
    environment = bare_environment(tmp_path / "home")
    for name in {*os.environ} - {*environment}:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    """The repository, and what of it ran."""
    return set_traps(tmp_path / "work", tmp_path / "sprung")
