"""A repository on a forge through ogr: what is the same whichever forge it is."""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
from msgspec import Struct

from ..domain.errors import AidevsecopsError
from .cancellable import run_cancellable
from .forge_failures import failure_of, no_client

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ogr.abstract.git_project import GitProject

    from ..app.ports import CancelToken
    from ..domain.forge import ForgePlace

T = TypeVar("T")
ProjectT = TypeVar("ProjectT", bound="GitProject")

# What the Gitea client reads as it is imported: files that are no business of ours.
_DOTENV = "PYTHON_DOTENV_DISABLED"
_importing = threading.Lock()
_checking = threading.Lock()


class ForgeToken(Struct, frozen=True):
    """What a forge lets somebody in with; ``user`` where a credential helper named one."""

    value: str
    user: str = ""

    def __repr__(self) -> str:
        # Logs and tracebacks show this.
        return "ForgeToken(***)"


class ForgeAccess(Struct, frozen=True):
    """How a forge is asked: with which token, and how many seconds it may take to answer.

    ``token`` is found when it is first needed: a credential helper takes its time. ``pause`` is how
    many seconds are between two changes, as GitHub asks for.
    """

    token: Callable[[CancelToken], ForgeToken | None]
    timeout: int = 30
    pause: float = 1.0


class ForgeClient(ABC, Generic[ProjectT]):
    """One repository, opened when it is first asked.

    The clients that ogr would make itself are not used: they ask the public hosts alone, wait for
    ever or ask again for minutes, and go where an answer sends them with the token.
    """

    def __init__(self, place: ForgePlace, access: ForgeAccess) -> None:
        self._place = place
        self._access = access
        self._token: ForgeToken | None = None
        self._project: ProjectT | None = None

    @property
    def place(self) -> ForgePlace:
        """Where the repository is."""
        return self._place

    def has_credentials(self, cancel: CancelToken) -> bool:
        """True when there is something to be let in with.

        Raises:
            AidevsecopsError: git cannot be asked for it.
            CancelledError: cancelled.
        """
        return self._find_token(cancel) is not None

    def user(self, cancel: CancelToken) -> str:
        """The name of the account that asks."""
        return self._ask(lambda project: _text(project.service.user.get_username()), cancel)

    def default_branch(self, cancel: CancelToken) -> str:
        """The branch that pull requests go to."""
        return self._ask(lambda project: _text(project.default_branch), cancel)

    def close_issue(self, number: int, cancel: CancelToken) -> None:
        """Close an issue."""
        self._ask(lambda project: project.get_issue(number).close(), cancel)

    def close_pull_request(self, number: int, cancel: CancelToken) -> None:
        """Close a pull request without merging it."""
        self._ask(lambda project: project.get_pr(number).close(), cancel)

    def _ask(self, question: Callable[[ProjectT], T], cancel: CancelToken) -> T:
        """What the forge answers.

        Raises:
            AidevsecopsError: as ``Forge`` says.
        """
        token = self._find_token(cancel)

        def work() -> T:
            _load()
            project = None
            try:
                project = self._project or self._open(token)
                answer = _checked(question(project))
            except AidevsecopsError:
                raise
            except Exception as error:
                raise failure_of(error, self._place, has_token=token is not None) from error
            finally:
                if project is not None:
                    self._disconnect(project)
            self._project = project
            return answer

        return run_cancellable(work, cancel)

    def _find_token(self, cancel: CancelToken) -> ForgeToken | None:
        if self._token is None:
            self._token = self._access.token(cancel)
        return self._token

    @abstractmethod
    def _open(self, token: ForgeToken | None) -> ProjectT:
        """The repository as ogr has it."""

    @abstractmethod
    def _disconnect(self, project: ProjectT) -> None:
        """Let go of its connections; it can be asked again."""


def seconds_of(moment: datetime | None) -> float:
    """A moment in seconds since 1970."""
    return moment.timestamp() if moment is not None else 0.0


def _checked(answer: T) -> T:
    """The answer, where all of it has the types that it should have.

    Raises:
        ValidationError: a forge left out something, or said something else.
    """
    if isinstance(answer, tuple):
        return type(answer)(map(_checked, answer))
    if not isinstance(answer, Struct):
        return answer
    # What is learned of a type must not be used by another thread before it is complete.
    with _checking:
        return msgspec.convert(msgspec.to_builtins(answer), type(answer))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _load() -> None:
    with _importing:
        before = os.environ.get(_DOTENV)
        os.environ[_DOTENV] = "1"
        try:
            import_module("ogr")
        except ImportError as error:
            raise no_client() from error
        finally:
            with suppress(KeyError):
                del os.environ[_DOTENV]
            if before is not None:
                os.environ[_DOTENV] = before
