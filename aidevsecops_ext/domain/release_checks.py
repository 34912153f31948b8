"""What a repository's state says about releasing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .release import Check, CheckStatus
from .release_settings import CheckName
from .repository import FileState
from .versions import is_version, parse_version

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .errors import AidevsecopsError
    from .forge import ForgePlace
    from .release import Reference
    from .repository import RemoteRefs, RepositoryState, Tag

_SHOWN = 5
_PASSED, _WARNED, _FAILED = CheckStatus.PASSED, CheckStatus.WARNED, CheckStatus.FAILED


def check_tree(state: RepositoryState) -> Check:
    """Whether all files are committed."""
    changed = [file.path for file in state.changed if file.state is not FileState.UNTRACKED]
    untracked = [file.path for file in state.changed if file.state is FileState.UNTRACKED]
    # Jupyter makes them beside every notebook that somebody saves.
    new = [path for path in untracked if ".ipynb_checkpoints" not in path.split("/")]
    if changed:
        return Check(
            CheckName.TREE,
            _FAILED,
            f"Not committed: {listed(changed)}.",
            "Commit or stash them: a release is made of what is committed." + _held_back(state),
        )
    if new:
        return Check(
            CheckName.TREE,
            _WARNED,
            f"New and not committed: {listed(new)}.",
            "Commit them if they belong to the release, or name them in .gitignore.",
        )
    return Check(CheckName.TREE, _PASSED, "All files are committed.")


def _held_back(state: RepositoryState) -> str:
    """What to do where programs of the repository's own settings were not run."""
    if not state.held_back:
        return ""
    return (
        f" Not run were the programs that the repository's own settings name "
        f"({listed(state.held_back)}); if you trust them: "
        "git config --global --add aidevsecops.trusted FOLDER"
    )


def check_branch(state: RepositoryState) -> Check:
    """Whether the repository stands on a branch that releases are made of."""
    if state.operation is not None:
        return Check(
            CheckName.BRANCH,
            _FAILED,
            f"A {state.operation.value} is not ended.",
            f"End it, or give it up: {state.operation.way_out}.",
        )
    default = state.remote.default_branch if state.remote else None
    if state.branch is None:
        return Check(
            CheckName.BRANCH,
            _FAILED,
            "The head is detached: no branch would get the release.",
            f"Go to a branch: git switch {default or 'BRANCH'}.",
        )
    if default is not None and default != state.branch:
        return Check(
            CheckName.BRANCH,
            _WARNED,
            f"The branch is {state.branch}; releases are usually made of {default}.",
            f"Go there if that is meant: git switch {default}.",
        )
    return Check(CheckName.BRANCH, _PASSED, f"The branch is {state.branch}.")


def check_identity(state: RepositoryState) -> Check:
    """Whether git knows who commits."""
    if state.identity is None:
        settings = " and ".join(state.missing_identity)
        commands = "; ".join(f'git config {name} "…"' for name in state.missing_identity)
        fix = f"Say it: {commands}. JupyterLab's Git panel asks for it at a commit."
        return Check(CheckName.IDENTITY, _FAILED, f"Git lacks {settings}.", fix)
    who = f"{state.identity.name} <{state.identity.email}>"
    return Check(CheckName.IDENTITY, _PASSED, f"Commits are by {who}.")


def check_remote(state: RepositoryState, failure: str | None, *, has_moved: bool = False) -> Check:
    """Whether the branch is as its remote has it; ``failure`` says why that cannot be asked.

    ``has_moved`` is true where the remote has something else, which nobody counted.
    """
    if state.remote is None:
        return _without_remote(state)
    if failure is not None:
        return Check(
            CheckName.REMOTE,
            _WARNED,
            f"What {state.remote.name} has cannot be asked: {failure}",
            "Look at the network and at your credentials; the release would stop at the push."
            + _held_back(state),
        )
    if state.behind or has_moved:
        many = _commits(state.behind) if state.behind else "commits"
        return Check(
            CheckName.REMOTE,
            _FAILED,
            f"{state.remote.name} has {many} that are not here.",
            f"Get them: git pull --rebase {state.remote.name} {state.remote.branch}.",
        )
    ahead = f"; with the release go {_commits(state.ahead)}" if state.ahead else ""
    return Check(
        CheckName.REMOTE, _PASSED, f"The branch has all that {state.remote.name} has{ahead}."
    )


def _without_remote(state: RepositoryState) -> Check:
    if not state.remotes:
        return Check(
            CheckName.REMOTE,
            _WARNED,
            "There is no remote to push to: the release stays here.",
            "Add one if others should have it: git remote add origin URL, or in JupyterLab "
            "Git > Manage Remote Repositories.",
        )
    branch = state.branch or "BRANCH"
    return Check(
        CheckName.REMOTE,
        _WARNED,
        f"There is no remote of {listed(state.remotes)} to push to: unless it stays here, the "
        "release is refused.",
        f"Say which one: git push --set-upstream REMOTE {branch}; or keep it here: --no-push.",
    )


def check_tag(tag: str, tags: Collection[Tag], remote: RemoteRefs | None) -> Check:
    """Whether the tag is free, here and on the remote."""
    here = any(one.name == tag for one in tags)
    if here or (remote is not None and remote.tag is not None):
        where = "here" if here else "on the remote"
        return Check(
            CheckName.TAG,
            _FAILED,
            f"There is a tag {tag} {where} already.",
            "Choose another version; a tag that is out is not moved.",
        )
    return Check(CheckName.TAG, _PASSED, f"{tag} is free.")


def check_forge(
    place: ForgePlace | None, problem: AidevsecopsError | None, *, is_proposed: bool
) -> Check:
    """Whether the forge of the remote gets a release; ``problem`` says why it does not.

    Where a release is proposed, that is about its pull request.
    """
    if place is None:
        return Check(
            CheckName.FORGE,
            _FAILED if is_proposed else _PASSED,
            "No known forge has the repository: a branch is pushed, and no pull request opened."
            if is_proposed
            else "No known forge has the repository: the release is a commit and a tag.",
            "Say which forge runs there, in the setting 'forges'." if is_proposed else "",
        )
    what = "pull request" if is_proposed else "release"
    if problem is not None:
        message = f"{place.web_url} may get no {what}: {problem.message}"
        return Check(CheckName.FORGE, _FAILED, message, problem.hint)
    return Check(CheckName.FORGE, _PASSED, f"{place.web_url} gets a {what} with the notes.")


def check_notes(notes: str, previous: str | None, *, is_shallow: bool) -> Check:
    """Whether there is something to say of the release."""
    since = f"since {previous}" if previous else "in this repository"
    if is_shallow:
        return Check(
            CheckName.NOTES,
            _WARNED,
            "The clone is shallow: changes before its first commit are not told.",
            "Get the whole history: git fetch --unshallow --tags.",
        )
    if not notes:
        return Check(
            CheckName.NOTES,
            _WARNED,
            f"Nothing to tell changed {since}.",
            "Write what is new under 'Unreleased' in CHANGELOG.md.",
        )
    return Check(CheckName.NOTES, _PASSED, f"There are release notes of what changed {since}.")


def check_references(
    references: Sequence[Reference], unread: Sequence[str], current: str | None
) -> Check:
    """Whether all files that name images of the repository name those of its version."""
    stale = [one for one in references if current is None or not _is_of(one.source, current)]
    if stale:
        places = listed([f"{one.file} names {one.source}" for one in stale])
        return Check(
            CheckName.REFERENCES,
            _WARNED,
            f"Not of {f'version {current}' if current else 'any release'}: {places}.",
            "The release has them name its own images; look whether that is meant.",
        )
    if unread:
        return Check(CheckName.REFERENCES, _WARNED, listed(unread), "Correct those files.")
    said = "All files that name images of the repository name the current ones."
    none = "No file names images of the repository by version."
    return Check(CheckName.REFERENCES, _PASSED, said if references else none)


def listed(names: Sequence[str]) -> str:
    """A few of them, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join([*names[:_SHOWN], *([f"and {more} more"] if more > 0 else [])])


def _is_of(image: str, version: str) -> bool:
    tag = image.rpartition(":")[2]
    return is_version(tag) and parse_version(tag) == parse_version(version)


def _commits(count: int) -> str:
    return "1 commit" if count == 1 else f"{count} commits"
