"""What submitting pipelines needs of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.runtime import RuntimeConfiguration


class Runtimes(Protocol):
    """The runtime configurations of whoever uses this machine: those that Elyra sees, too."""

    def find(self, name: str) -> RuntimeConfiguration:
        """The configuration of that name; the name that is displayed does as well.

        Raises:
            NotFoundError: there is none; the hint names those that there are.
            UserError: it is no configuration that can be understood.
        """
        ...

    def find_all(self) -> tuple[RuntimeConfiguration, ...]:
        """All configurations by name; those that cannot be understood are left out."""
        ...
