"""Engines that are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .ports import Resolver


class LateResolvers(Mapping[str, "Resolver"]):
    """Engines by name, each made when it is first asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], Resolver]]) -> None:
        self._makers = makers
        self._made: dict[str, Resolver] = {}

    def __getitem__(self, name: str) -> Resolver:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
