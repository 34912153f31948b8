"""The checks of what a repository holds, before a release of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.release import Check, CheckStatus
from ..domain.release_settings import CheckName
from .check_advisories import check_advisories, unchecked_offline
from .check_commands import check_commands
from .check_locks import check_locks
from .check_outputs import check_outputs
from .check_secrets import check_secrets
from .check_splits import check_splits

if TYPE_CHECKING:
    from .content_ports import ContentPorts
    from .ports import CancelToken, Progress
    from .release_ports import ContentCheck, ContentWish


def content_checks(wish: ContentWish, ports: ContentPorts) -> dict[CheckName, ContentCheck]:
    """Each check, ready to run, in the order in which they are shown."""
    settings = wish.settings
    checks: dict[CheckName, ContentCheck] = {
        CheckName.LOCKS: lambda _, cancel: check_locks(ports, cancel),
        CheckName.ADVISORIES: lambda progress, cancel: (
            unchecked_offline() if wish.is_offline else check_advisories(ports, progress, cancel)
        ),
        CheckName.SECRETS: lambda progress, cancel: check_secrets(
            settings, ports, progress, cancel
        ),
        CheckName.OUTPUTS: lambda _, cancel: check_outputs(settings.outputs, ports, cancel),
        CheckName.SPLITS: lambda _, cancel: check_splits(ports, cancel),
        CheckName.COMMANDS: lambda progress, cancel: check_commands(
            settings, ports.commands, progress, cancel
        ),
    }
    return {name: _guarded(name, check) for name, check in checks.items()}


def _guarded(name: CheckName, check: ContentCheck) -> ContentCheck:
    """The check, which fails where it cannot be made: nobody knows what it would have found."""

    def guarded(progress: Progress, cancel: CancelToken) -> Check:
        try:
            return check(progress, cancel)
        except CancelledError:
            raise
        except AidevsecopsError as error:
            message = f"It cannot be checked: {error.message}"
            return Check(name, CheckStatus.FAILED, message, error.hint or "")

    return guarded
