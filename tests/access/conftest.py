from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aidevsecops_ext.server.backstage import Backstage

from .routes import Caller, registered


@pytest.fixture
def caller(jp_serverapp: Any, http_server_client: Any, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Calls the routes of a server whose every step behind them is counted."""
    found = Caller(http_server_client.fetch, registered(jp_serverapp))
    in_pool = Backstage._in_pool

    async def counted(self: Backstage, name: str, function: Callable[[], Any]) -> Any:
        # A body is read in a thread of its own, too, and so is an answer made: after the refusal.
        found.done += 1
        return await in_pool(self, name, function)

    monkeypatch.setattr(Backstage, "_in_pool", counted)
    return found
