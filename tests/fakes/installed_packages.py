"""Installed packages that a test lists."""

from __future__ import annotations

from collections.abc import Mapping


class FakeInstalledPackages:
    """Answers by the longest dotted prefix of what it was given; records what it was asked."""

    def __init__(self, distributions: Mapping[str, str] | None = None) -> None:
        self.known = dict(distributions or {})
        self.asked: list[tuple[str | None, frozenset[str]]] = []

    def distributions(self, kernel_name: str | None, modules: frozenset[str]) -> Mapping[str, str]:
        self.asked.append((kernel_name, modules))
        found: dict[str, str] = {}
        for module in modules:
            prefix = module
            while prefix:
                if prefix in self.known:
                    found[module] = self.known[prefix]
                    break
                prefix = prefix.rpartition(".")[0]
        return found
