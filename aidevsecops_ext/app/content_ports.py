"""What the checks of a repository's contents need of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..domain.secrets_found import FoundSecret, Passage
    from .audit_notebook import AuditPorts
    from .discover_requirements import DiscoverPorts
    from .git_ports import GitReading
    from .ports import CancelToken, Files, Progress


class SecretScanner(Protocol):
    """Finds what looks like a secret; asks nobody whether it is valid."""

    def scan(self, passages: Iterable[Passage], cancel: CancelToken) -> Iterator[FoundSecret]:
        """The secrets in each passage, as they are found.

        Raises:
            CancelledError: cancelled.
        """
        ...


class CommandEnd(Struct, frozen=True):
    """How a command of the repository ended; ``tail`` are its last lines, free of secrets.

    ``returncode`` is None where it did not come to an end of its own: ``reason`` says why.
    """

    returncode: int | None
    tail: tuple[str, ...] = ()
    reason: str = ""


class CommandRunner(Protocol):
    """Runs the commands that a repository names, in its root."""

    def run(
        self, argv: tuple[str, ...], seconds: float, progress: Progress, cancel: CancelToken
    ) -> CommandEnd:
        """How it ended; what it says goes to the log. Nothing of it is left running.

        Raises:
            CancelledError: cancelled.
        """
        ...


class ContentPorts(Struct, frozen=True):
    """All of one repository: ``files`` are those below its root.

    ``discover`` has no index: what a notebook imports is not looked up anywhere.
    """

    files: Files
    git: GitReading
    discover: DiscoverPorts
    audit: AuditPorts
    secrets: SecretScanner
    commands: CommandRunner
