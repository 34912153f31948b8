"""The git program: how it is run, and what its failures mean."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
    ToolMissingError,
)
from .git_own_programs import LISTING, HeldBack, held_back
from .process import Command, DeadlineError, LineCallback, Outcome, ProgramMissingError, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ..app.ports import CancelToken

# What would make git work on another repository than the one of its folder: a hook has these.
_FOREIGN_VARIABLES = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INDEX_VERSION", "GIT_COMMON_DIR"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX"),
    *("GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_REPLACE_REF_BASE", "GIT_NO_REPLACE_OBJECTS"),
    *("GIT_QUARANTINE_PATH", "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX"),
    *("GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_ATTR_SOURCE", "GIT_DEFAULT_HASH"),
    *("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
    "GIT_LITERAL_PATHSPECS",
}
# They print what is sent, credentials included.
_TRACES = ("GIT_TRACE", "GIT_CURL_VERBOSE")
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": ":",
    "GIT_PAGER": "cat",
    # Its messages are read: they must not be translated. Hooks may well print something else.
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
}
_SETTINGS = (
    "protocol.ext.allow=never",
    "core.quotePath=false",
    "color.ui=false",
    "log.showSignature=false",
    # It would go on in the background, and be ended with the command that began it.
    "gc.auto=0",
    "maintenance.auto=false",
    # A program of the repository's, which every look at its files would run.
    "core.fsmonitor=",
    # A folder of a clone that looks like a repository has settings that its author chose.
    "safe.bareRepository=explicit",
)
# The older way, which leaves the newer ones no say: a name that no protocol has.
_NO_PROTOCOL = "none"
# What reads may still change a reference, as a fetch does; hooks are for what a user asks for.
_NO_HOOKS = ("core.hooksPath", os.devnull)
# These look at settings and names alone, and run nothing.
_INERT = frozenset(
    {"-c", "config", "for-each-ref", "ls-files", "remote", "rev-parse", "symbolic-ref", "var"}
)
_OPTIONS = ("--no-pager", *(word for setting in _SETTINGS for word in ("-c", setting)))


class GitLimits(Struct, frozen=True):
    """How many seconds git may take: to answer, to commit (hooks run), to talk to a remote."""

    reading: float = 60.0
    committing: float = 900.0
    talking: float = 300.0


class GitCall(Struct, frozen=True):
    """One git command; what only reads leaves the index alone, for whoever else works with it.

    With ``is_raw`` the answer has what may be secret, and with ``is_merged`` there is none.
    ``settings`` count for this command alone, and are not seen among its arguments; ``index`` is a
    file to take for the index. ``inherited`` are descriptors that it and its hooks keep open.
    With ``is_guarded`` no program runs that the repository's own settings name.
    """

    arguments: tuple[str, ...]
    timeout: float
    stdin: str | bytes | None = None
    secrets: frozenset[str] = frozenset()
    is_reading: bool = False
    is_merged: bool = False
    is_raw: bool = False
    settings: tuple[tuple[str, str], ...] = ()
    is_asking_nobody: bool = False
    index: Path | None = None
    inherited: tuple[int, ...] = ()
    is_guarded: bool = False


class GitProgram:
    """Runs git in one folder."""

    def __init__(self, folder: Path, *, ceiling: Path | None = None) -> None:
        self.folder = folder
        self._ceiling = ceiling
        self._held_back: HeldBack | None = None

    def held_back(self, cancel: CancelToken) -> HeldBack:
        """The programs of the repository's own settings that nothing guarded runs.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
        """
        if self._held_back is None:
            call = GitCall(LISTING, GitLimits().reading, is_reading=True, is_raw=True)
            outcome = self.run(call, cancel)
            if outcome.returncode != 0:
                raise failure_of("config", outcome)
            self._held_back = held_back(outcome.stdout, self.folder)
        return self._held_back

    def run(
        self, call: GitCall, cancel: CancelToken, on_line: LineCallback | None = None
    ) -> Outcome:
        """How it ended; ``on_line`` gets what it (and its hooks) say besides the answer.

        Raises:
            ToolMissingError: git is not installed.
            RefusedError: there is no such folder.
            TimedOutError: it did not end in time.
            CancelledError: cancelled.
        """
        if not self.folder.is_dir():
            raise no_repository(f"{self.folder.name or self.folder} is no folder.")
        if call.is_guarded and call.arguments[0] not in _INERT:
            guards = (_NO_HOOKS, *self.held_back(cancel).settings)
            call = replace(call, settings=(*guards, *call.settings))
        command = Command(
            argv=("git", *_OPTIONS, *call.arguments),
            cwd=self.folder,
            env=self._environment(call),
            stdin=call.stdin,
            timeout=call.timeout,
            is_merged=call.is_merged,
            is_raw=call.is_raw,
            secrets=call.secrets,
            inherited=call.inherited,
        )
        try:
            return run(command, cancel, on_line)
        except ProgramMissingError as error:
            raise ToolMissingError(
                ErrorCode.RELEASE_NO_GIT,
                "git is not installed.",
                hint="Install it (https://git-scm.com) so that it is on PATH.",
            ) from error
        except DeadlineError as error:
            raise TimedOutError(
                ErrorCode.RELEASE_GIT_TIMED_OUT,
                f"'git {call.arguments[0]}' was not done after {error.seconds:g} seconds.",
                hint="Does a hook, a remote or a program that asks for a password hang?",
                details={"explanation": "\n".join(error.tail)},
            ) from error

    def read(self, *arguments: str, cancel: CancelToken) -> str:
        """What a command that only reads answers.

        Raises:
            OutsideFailedError: it fails.
            AidevsecopsError: as for ``run``.
        """
        outcome = self.ask(*arguments, cancel=cancel)
        if outcome.returncode != 0:
            raise failure_of(arguments[0], outcome)
        return outcome.stdout

    def ask(self, *arguments: str, cancel: CancelToken) -> Outcome:
        """How a command that only reads ends, for those whose exit status is an answer.

        Raises:
            AidevsecopsError: as for ``run``.
        """
        call = GitCall(arguments, GitLimits().reading, is_reading=True, is_guarded=True)
        return self.run(call, cancel)

    def _environment(self, call: GitCall) -> Mapping[str, str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in _FOREIGN_VARIABLES and not name.startswith(_TRACES)
        }
        environment |= _ENVIRONMENT
        # There may be some of the user's own.
        first = int(environment.get("GIT_CONFIG_COUNT") or 0)
        for number, (key, value) in enumerate(call.settings, first):
            environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
            environment["GIT_CONFIG_COUNT"] = str(number + 1)
        if call.index is not None:
            environment["GIT_INDEX_FILE"] = str(call.index)
        if call.is_asking_nobody:
            environment["GIT_ASKPASS"] = ""
        if call.is_reading:
            environment["GIT_OPTIONAL_LOCKS"] = "0"
            # An object that a partial clone lacks would be fetched, from wherever its settings say.
            environment["GIT_ALLOW_PROTOCOL"] = _NO_PROTOCOL
        if self._ceiling is not None:
            environment["GIT_CEILING_DIRECTORIES"] = str(self._ceiling.resolve().parent)
        return environment


def failure_of(command: str, outcome: Outcome) -> AidevsecopsError:
    """The error for a command that failed, in git's words."""
    explanation = "\n".join(outcome.tail)
    if "not a git repository" in explanation:
        return no_repository("The folder is in no Git repository.")
    if "dubious ownership" in explanation:
        return RefusedError(
            ErrorCode.RELEASE_NO_REPOSITORY,
            "git does not work in this repository, as it belongs to another user.",
            hint="If you trust it: git config --global --add safe.directory FOLDER",
            details={"explanation": explanation},
        )
    if "transport '" in explanation and "' not allowed" in explanation:
        return RefusedError(
            ErrorCode.RELEASE_NO_REPOSITORY,
            "The clone lacks objects that its remote may have; nothing was fetched to read them.",
            hint="If you trust its remote, make a clone without --filter.",
            details={"explanation": explanation},
        )
    if "must be run in a work tree" in explanation or "cannot use bare repo" in explanation:
        return no_repository("The repository is a bare one: it has no files.")
    return OutsideFailedError(
        ErrorCode.RELEASE_GIT_FAILED,
        f"'git {command}' failed: {last_words(outcome)}",
        hint="The explanation is git's own.",
        details={"explanation": explanation},
    )


def literal(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths as git takes them for nothing else, whatever signs they have.

    A variable would do the same, and would do it in hooks as well.
    """
    return tuple(f":(literal){path}" for path in paths)


def last_words(outcome: Outcome) -> str:
    """What a command that failed gave as its reason, in one line."""
    said = [line.strip() for line in outcome.tail if line.strip()]
    reasons = [line for line in said if line.startswith(("fatal: ", "error: "))]
    # What a hook says ends with why; what git says begins with it.
    found = reasons[0] if reasons else (said or [f"exit status {outcome.returncode}"])[-1]
    return found.removeprefix("fatal: ").removeprefix("error: ").rstrip(".")


def no_repository(message: str) -> RefusedError:
    """The error for a folder that nothing can be released from."""
    return RefusedError(
        ErrorCode.RELEASE_NO_REPOSITORY,
        message,
        hint="Choose a folder in a repository with files (git init, git clone).",
    )
