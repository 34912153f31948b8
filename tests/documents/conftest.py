from __future__ import annotations

from pathlib import Path

import pytest

from .scenes import Scene


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A terminal in an empty folder, with all services that the pages speak of."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Scene(folder)
