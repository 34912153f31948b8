from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .bench import Bench, make_store


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """An engine on a store of its own, shut down at the end."""
    made = Bench(make_store(tmp_path))
    yield made
    made.engine.shutdown()
