"""What an advisory service said, in a dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aidevsecops_ext.domain.advisories import AuditedPackage


class FakeAdvisoryMemory:
    """Remembers what was kept, by name and version."""

    def __init__(self, *packages: AuditedPackage, at: float = 0.0) -> None:
        self.kept: dict[tuple[str, str], tuple[float, AuditedPackage]] = {}
        self.keep(packages, at)

    def known(self) -> Mapping[tuple[str, str], tuple[float, AuditedPackage]]:
        return self.kept

    def keep(self, packages: Sequence[AuditedPackage], at: float) -> None:
        self.kept |= {(package.name, package.version): (at, package) for package in packages}
