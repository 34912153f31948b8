"""A repository whose settings and files do all they can to have something run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.traps import Traps, set_traps
from tests.kits.git_repo import bare_environment, live_in


@pytest.fixture(autouse=True)
def bare_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Somebody for whom git was never set up."""
    live_in(bare_environment(tmp_path / "home"), monkeypatch)


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    """The repository, and what of it ran."""
    return set_traps(tmp_path / "work", tmp_path / "sprung")
