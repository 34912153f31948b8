"""What the bot is told by the repository: its managers, and who may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.bot_requests import Wish
from ..domain.errors import NotFoundError, RefusedError
from ..formats.thoth_managers import OWNERS, OWNERS_ALIASES, approvers_of, managers_of
from .project_folder import THOTH_YAML

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.bot_requests import BotRequest
    from ..formats.thoth_managers import Manager
    from .forge_ports import Forge
    from .ports import CancelToken, Files

# The accounts of tokens that jobs are given, which may not ask who they are.
_OF_JOBS = frozenset({"github-actions", "gitea-actions", "forgejo-actions"})
_MANAGERS: Mapping[Wish, tuple[str, ...]] = {
    Wish.RELEASE: ("version",),
    Wish.UPDATE: ("update", "thoth-advise"),
    Wish.ADVISE: ("thoth-advise", "update"),
    Wish.INFO: ("info",),
}


class BotSetup(Struct, frozen=True):
    """The managers that are on, by name, and who may approve; ``user`` is the bot's account.

    It is None where the forge does not say it.
    """

    managers: Mapping[str, Manager]
    approvers: tuple[str, ...]
    user: str | None

    def manager_for(self, request: BotRequest) -> Manager | None:
        """The manager that does what is asked; None where none is on that does."""
        names = _MANAGERS.get(request.wish, ())
        return next((self.managers[name] for name in names if name in self.managers), None)

    def may_ask(self, user: str, manager: Manager, forge: Forge, cancel: CancelToken) -> bool:
        """True when somebody may ask a manager.

        Its maintainers may; without any, the approvers; without any, those who may push.

        Raises:
            AidevsecopsError: the forge fails.
            CancelledError: cancelled.
        """
        named = self.who_may_ask(manager)
        if named:
            return user.casefold() in {name.casefold() for name in named}
        try:
            return forge.can_write(user, cancel)
        except NotFoundError:
            return False

    def who_may_ask(self, manager: Manager) -> tuple[str, ...]:
        """Those who are named; none where it is those who may push."""
        return manager.maintainers or self.approvers

    def is_own(self, account: str) -> bool:
        """True for the account of the bot."""
        author = account.casefold()
        if self.user is not None:
            return author == self.user.casefold()
        return author.endswith("[bot]") or author in _OF_JOBS


def read_bot_setup(files: Files, forge: Forge, cancel: CancelToken) -> BotSetup:
    """What the repository says as its files are now.

    Raises:
        UserError: a file makes no sense.
        AidevsecopsError: the forge fails, or a file cannot be read.
        CancelledError: cancelled.
    """
    managers = managers_of(files.read(THOTH_YAML).text) if files.is_file(THOTH_YAML) else {}
    approvers = approvers_of(_text(OWNERS, files), _text(OWNERS_ALIASES, files))
    try:
        user = forge.user(cancel)
    except RefusedError:
        user = None
    return BotSetup(managers, approvers, user)


def _text(path: str, files: Files) -> str:
    return files.read(path).text if files.is_file(path) else ""
