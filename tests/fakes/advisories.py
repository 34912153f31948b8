"""Advisories that a test lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.advisories import Advisory, Audit, AuditedPackage, Unchecked


class FakeAdvisories:
    """Knows ``against`` (by name and version); what is in ``failing`` is unchecked, ``*`` all."""

    def __init__(
        self,
        against: Mapping[tuple[str, str], tuple[Advisory, ...]] | None = None,
        failing: Iterable[str] = (),
    ) -> None:
        self.against = dict(against or {})
        self.failing = frozenset(failing)
        self.asked: list[tuple[tuple[str, str], ...]] = []

    def audit(self, packages: tuple[tuple[str, str], ...], cancel: CancelToken) -> Audit:
        cancel.raise_if_cancelled()
        self.asked.append(packages)
        failing = [pin for pin in packages if {pin[0], "*"} & self.failing]
        return Audit(
            tuple(
                AuditedPackage(*pin, self.against.get(pin, ()))
                for pin in packages
                if pin not in failing
            ),
            tuple(Unchecked(*pin, "The service is away.") for pin in failing),
        )
