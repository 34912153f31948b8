"""What an advisory service said is remembered, so that it can be told without asking again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..domain.advisories import Audit, AuditedPackage, Unchecked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .ports import Advisories, CancelToken, Clock

    Pin = tuple[str, str]

NOT_ASKED = "Nobody was asked yet."


class AdvisoryMemory(Protocol):
    """What the service that is set said of packages, and when."""

    def known(self) -> Mapping[Pin, tuple[float, AuditedPackage]]:
        """What it said last, by name and version, and when; nothing where that cannot be read."""
        ...

    def keep(self, packages: Sequence[AuditedPackage], at: float) -> None:
        """Remember what it said; where that cannot be written, it is not remembered."""
        ...


class RememberingAdvisories:
    """The port ``Advisories`` over another one whose answers are remembered."""

    def __init__(self, advisories: Advisories, memory: AdvisoryMemory, clock: Clock) -> None:
        self._advisories = advisories
        self._memory = memory
        self._clock = clock

    def audit(self, packages: tuple[Pin, ...], cancel: CancelToken) -> Audit:
        """The audit of those packages, each checked or unchecked.

        Raises:
            UserError: the service's address is none.
            CancelledError: cancelled.
        """
        found = self._advisories.audit(packages, cancel)
        if found.packages:
            self._memory.keep(found.packages, self._clock.now())
        return found


class RememberedAdvisories:
    """The port ``Advisories`` that asks nobody; ``oldest`` is when the oldest answer used came."""

    def __init__(self, memory: AdvisoryMemory) -> None:
        self._known = memory.known()
        self.oldest: float | None = None

    def audit(self, packages: tuple[Pin, ...], cancel: CancelToken) -> Audit:
        """What is remembered of those packages; the others are unchecked.

        Raises:
            CancelledError: cancelled.
        """
        cancel.raise_if_cancelled()
        found = [self._known[pin] for pin in packages if pin in self._known]
        times = [at for at, _ in found]
        if times:
            self.oldest = min(times if self.oldest is None else [self.oldest, *times])
        return Audit(
            tuple(package for _, package in found),
            tuple(Unchecked(*pin, NOT_ASKED) for pin in packages if pin not in self._known),
        )
