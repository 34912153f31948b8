"""Route of health: what this installation is and can do."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from .._version import __version__
from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from .backstage import Backstage

# The modules by which the optional extras of the distribution are known.
_EXTRAS = {"elyra": "elyra"}


class HealthRouteHandler(BaseRouteHandler):
    """The extension itself."""

    @allowed("read")
    async def get(self) -> None:
        """Say its version, its engines and the machine that it locks for by default."""
        await self.answer(await self.backstage.in_thread(lambda: _look(self.backstage)))


def _look(backstage: Backstage) -> dict[str, Json]:
    from ..formats.answers import target_json
    from .notebook_calls import default_target

    hints = {name: resolver.missing() for name, resolver in backstage.services.resolvers.items()}
    return {
        "version": __version__,
        "engines": [
            {"name": name, "available": hint is None, "hint": hint or ""}
            for name, hint in hints.items()
        ],
        "default_engine": backstage.settings.default_engine,
        "fallback": backstage.settings.fallback,
        "default_target": target_json(default_target(backstage.services)),
        "extras": {extra: find_spec(module) is not None for extra, module in _EXTRAS.items()},
    }
