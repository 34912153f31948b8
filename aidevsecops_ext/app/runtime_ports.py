"""What submitting pipelines needs of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.runtime import RuntimeConfiguration
    from .ports import CancelToken


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

    def write(self, configuration: RuntimeConfiguration, *, is_new: bool) -> None:
        """Write a configuration, in place of the one of its name unless it has to be new.

        Raises:
            ConflictError: it has to be new, and there is one of its name.
            RefusedError: it would be in a Git work tree, where its secrets may be committed.
            OutsideFailedError: it cannot be written.
        """
        ...


class DagRepository(Protocol):
    """The Git repository that Airflow finds pipelines in."""

    def check(self, cancel: CancelToken) -> None:
        """Make sure that it is there and lets us in.

        Raises:
            RefusedError: it does not let us in.
            NotFoundError: there is no such repository or branch.
            OutsideFailedError: it cannot be reached, or is something else.
            TimedOutError: it does not answer in time.
            CancelledError: cancelled.
        """
        ...
