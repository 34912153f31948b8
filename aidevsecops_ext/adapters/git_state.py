"""The state of a repository, from what git says in a few short commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.repository import (
    ChangedFile,
    FileState,
    Identity,
    Operation,
    Remote,
    RepositoryState,
)
from ..formats.remote_address import shown_address
from .git_addresses import address_of
from .git_program import no_repository
from .git_settings import GitSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..app.ports import CancelToken
    from .git_program import GitProgram

# The first that is there counts: a rebase that stops at a conflict has a CHERRY_PICK_HEAD too.
_OPERATIONS = {
    "rebase-merge": Operation.REBASE,
    "rebase-apply/applying": Operation.APPLY,
    "rebase-apply": Operation.REBASE,
    "MERGE_HEAD": Operation.MERGE,
    "CHERRY_PICK_HEAD": Operation.CHERRY_PICK,
    "REVERT_HEAD": Operation.REVERT,
    "BISECT_LOG": Operation.BISECT,
}
_TO_UPSTREAM = {"upstream", "tracking"}
_IDENTITY = ("user.name", "user.email")


class Place(Struct, frozen=True):
    """Where a repository is: its files, and what git keeps of them."""

    root: Path
    git_dir: Path
    is_shallow: bool


def find_place(git: GitProgram, cancel: CancelToken) -> Place:
    """Where the repository of git's folder is.

    Raises:
        RefusedError: there is none, or none with files.
        AidevsecopsError: git is missing, fails or does not end.
    """
    words = ("--is-shallow-repository", "--absolute-git-dir", "--show-toplevel")
    said = git.read("rev-parse", *words, cancel=cancel).removesuffix("\n")
    shallow, git_dir, root = said.split("\n", 2)
    if not Path(root).is_dir():
        raise no_repository("The repository has no files here.")
    is_around = git.folder.resolve().is_relative_to(Path(root).resolve())
    if not is_around or not _is_of(Path(root), Path(git_dir)):
        raise no_repository(
            f"The settings of the repository say that its files are elsewhere: {root}."
        )
    return Place(Path(root), Path(git_dir), shallow == "true")


def _is_of(root: Path, git_dir: Path) -> bool:
    """True where git would find that folder from the files: ``core.worktree`` may name any."""
    link = root / ".git"
    try:
        if link.is_file():
            target = link.read_text(encoding="utf-8", errors="surrogateescape")
            link = root / target.removeprefix("gitdir:").strip()
        return link.samefile(git_dir)
    except OSError:
        return False


def read_state(git: GitProgram, place: Place, cancel: CancelToken) -> RepositoryState:
    """The state of the repository at that place.

    Raises:
        AidevsecopsError: git is missing, fails or does not end.
    """
    status = _read_status(git, cancel)
    settings = GitSettings(git.read("config", "--list", "--null", cancel=cancel))
    branch = _read_branch(git, status, cancel)
    identity, missing = _read_identity(git, settings, cancel)
    return RepositoryState(
        root=str(place.root),
        head=status.head,
        branch=branch,
        upstream=status.upstream,
        ahead=status.ahead,
        behind=status.behind,
        remote=_read_remote(git, settings, branch, cancel),
        remotes=settings.remotes(),
        changed=status.changed,
        is_shallow=place.is_shallow,
        has_submodules=(place.root / ".gitmodules").is_file(),
        identity=identity,
        missing_identity=missing,
        commit_signing=settings.signing("commit.gpgsign"),
        tag_signing=settings.tag_signing,
        operation=_read_operation(place),
        held_back=git.held_back(cancel).names,
    )


class _Status(Struct, frozen=True):
    head: str | None
    branch: str
    upstream: str | None
    ahead: int | None
    behind: int | None
    changed: tuple[ChangedFile, ...]


def _read_status(git: GitProgram, cancel: CancelToken) -> _Status:
    words = (
        *("--porcelain=v2", "--branch", "-z", "--untracked-files=normal", "--no-renames"),
        # What is changed within a submodule is not of a release, and has settings of its own.
        "--ignore-submodules=dirty",
    )
    entries = git.read("status", *words, cancel=cancel).split("\0")
    said = dict(
        entry.removeprefix("# ").split(" ", 1) for entry in entries if entry.startswith("# ")
    )
    ahead, behind = _counts(said)
    return _Status(
        head=None if said["branch.oid"] == "(initial)" else said["branch.oid"],
        branch=said["branch.head"],
        upstream=said.get("branch.upstream"),
        ahead=ahead,
        behind=behind,
        changed=tuple(_changed(entries)),
    )


def _counts(said: Mapping[str, str]) -> tuple[int | None, int | None]:
    # The upstream may be set and not be there.
    if "branch.ab" not in said:
        return None, None
    ahead, behind = said["branch.ab"].split(" ")
    return int(ahead), -int(behind)


def _changed(entries: Sequence[str]) -> Iterator[ChangedFile]:
    for entry in entries:
        kind = entry[:2]
        if kind == "1 ":
            yield ChangedFile(entry.split(" ", 8)[8], FileState.MODIFIED)
        elif kind == "u ":
            yield ChangedFile(entry.split(" ", 10)[10], FileState.CONFLICTED)
        elif kind == "? ":
            yield ChangedFile(entry[2:], FileState.UNTRACKED)


def _read_operation(place: Place) -> Operation | None:
    found = (kind for name, kind in _OPERATIONS.items() if (place.git_dir / name).exists())
    return next(found, None)


def _read_branch(git: GitProgram, status: _Status, cancel: CancelToken) -> str | None:
    if status.branch != "(detached)":
        return status.branch
    # Somebody may have named a branch so.
    outcome = git.ask("symbolic-ref", "--quiet", "HEAD", cancel=cancel)
    return outcome.stdout.strip().removeprefix("refs/heads/") or None


def _read_identity(
    git: GitProgram, settings: GitSettings, cancel: CancelToken
) -> tuple[Identity | None, tuple[str, ...]]:
    """Who commits, or what is missing; what git would guess from the machine does not count."""
    said = ""
    for variable in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        outcome = git.ask("-c", "user.useConfigOnly=true", "var", variable, cancel=cancel)
        if outcome.returncode != 0:
            missing = tuple(key for key in _IDENTITY if not settings.get(key))
            return None, missing or _IDENTITY
        said = outcome.stdout
    name, _, rest = said.rpartition(" <")
    return Identity(name, rest.partition(">")[0]), ()


def _read_remote(
    git: GitProgram, settings: GitSettings, branch: str | None, cancel: CancelToken
) -> Remote | None:
    """The remote that git itself would push the branch to; none where that is not clear."""
    names = settings.remotes()
    wanted = (
        settings.get(f"branch.{branch}.pushremote"),
        settings.get("remote.pushdefault"),
        settings.get(f"branch.{branch}.remote"),
        "origin",
        names[0] if len(names) == 1 else None,
    )
    name = next((each for each in wanted if each in names), None)
    if name is None:
        return None
    branch = branch or ""
    merged = settings.get(f"branch.{branch}.merge")
    # A branch that was made from another one follows that, and is not pushed over it.
    is_upstream = (
        settings.get(f"branch.{branch}.remote") == name
        and settings.get("push.default") in _TO_UPSTREAM
        and merged is not None
    )
    url = address_of(git, name, cancel)
    known = git.ask("symbolic-ref", "--quiet", f"refs/remotes/{name}/HEAD", cancel=cancel).stdout
    return Remote(
        name=name,
        url=shown_address(url),
        branch=(merged or "").removeprefix("refs/heads/") if is_upstream else branch,
        default_branch=known.strip().removeprefix(f"refs/remotes/{name}/") or None,
    )
