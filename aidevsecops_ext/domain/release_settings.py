"""What a repository says of its releases."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from .changelog import ChangelogSource
from .release_proposal import ReleaseMode


class CheckName(str, Enum):
    """The checks of a release, in the order in which they are shown."""

    TREE = "tree"
    BRANCH = "branch"
    REMOTE = "remote"
    IDENTITY = "identity"
    TAG = "tag"
    FORGE = "forge"
    NOTES = "notes"
    REFERENCES = "references"
    LOCKS = "locks"
    ADVISORIES = "advisories"
    SECRETS = "secrets"
    OUTPUTS = "outputs"
    SPLITS = "splits"
    COMMANDS = "commands"


class OutputsPolicy(str, Enum):
    """What a release asks of the outputs in notebooks."""

    ANY = "any"
    STRIPPED = "stripped"
    KEPT = "kept"


class ReleaseSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The settings of releases; ``fatal`` are the checks that forbid one when they find something.

    ``commands`` are argument lists of programs that have to succeed, ``version_files`` the files
    that say the version where more than those of the project do, ``secrets_exclude`` patterns of
    files that no secrets are looked for in. They are written as in TOML: ``version-files``.
    """

    fatal: frozenset[CheckName] = frozenset(
        {
            CheckName.TREE,
            CheckName.BRANCH,
            CheckName.REMOTE,
            CheckName.IDENTITY,
            CheckName.TAG,
            CheckName.SECRETS,
            CheckName.COMMANDS,
        }
    )
    commands: tuple[tuple[str, ...], ...] = ()
    command_seconds: float = 600.0
    outputs: OutputsPolicy = OutputsPolicy.ANY
    changelog: ChangelogSource = ChangelogSource.COMMITS
    version_files: tuple[str, ...] = ()
    secrets_exclude: tuple[str, ...] = ()
    mode: ReleaseMode = ReleaseMode.DIRECT
