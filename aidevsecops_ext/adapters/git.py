"""One Git repository, worked with by the git program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app.no_cancel import NoCancel
from .git_aside import make_commit_aside
from .git_history import read_commits, read_tags, read_tracked
from .git_program import GitProgram, literal
from .git_remote import fetch, push, read_remote_refs
from .git_state import Place, find_place, read_state
from .git_writing import (
    changed_by,
    delete_tag,
    index_entries,
    make_commit,
    make_revert,
    make_tag,
    move_head,
    restore,
    restore_index,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..app.git_ports import CommitAside, CommitRequest, PushedRef, TagRequest
    from ..app.ports import CancelToken, Progress
    from ..domain.repository import Commit, RemoteRefs, RepositoryState, Tag


class GitRepository:
    """The port ``Git`` for the repository that a folder is in.

    With a ``ceiling`` the repository must not reach above that folder.
    """

    def __init__(self, folder: Path, *, ceiling: Path | None = None) -> None:
        self._folder = folder
        self._ceiling = ceiling
        self._found: Place | None = None
        self._program: GitProgram | None = None

    def state(self, cancel: CancelToken) -> RepositoryState:
        """The repository as it stands.

        Raises:
            AidevsecopsError: there is none, or git is missing, fails or does not end.
        """
        # Whether it is shallow may have changed since, and which programs its settings name.
        self._found = self._program = None
        git = self._git(cancel)
        return read_state(git, self._place(cancel), cancel)

    def tags(self, cancel: CancelToken, *, ancestors_of: str | None = None) -> tuple[Tag, ...]:
        """The tags of commits, newest first.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        return tuple(read_tags(self._git(cancel), ancestors_of, cancel))

    def commits(
        self, after: str | None, cancel: CancelToken, *, of: str | None = None
    ) -> tuple[Commit, ...]:
        """What a commit, else the head, has and ``after`` has not, newest first.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        return tuple(read_commits(self._git(cancel), after, of or "HEAD", cancel))

    def tracked(self, cancel: CancelToken) -> tuple[str, ...]:
        """The paths of all files that are tracked.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        return tuple(read_tracked(self._git(cancel), cancel))

    def remote_refs(self, remote: str, branch: str, tag: str, cancel: CancelToken) -> RemoteRefs:
        """What a remote has of a branch and a tag by now.

        Raises:
            AidevsecopsError: it cannot be reached, or git is missing or does not end.
        """
        return read_remote_refs(self._git(cancel), remote, (branch, tag), cancel)

    def fetch(self, remote: str, cancel: CancelToken) -> None:
        """Learn what a remote has.

        Raises:
            AidevsecopsError: it cannot be reached, or git is missing or does not end.
        """
        fetch(self._git(cancel), remote, cancel)

    def git_dir(self) -> Path:
        """Where git keeps the repository: that of the worktree, where it has several.

        Raises:
            AidevsecopsError: there is none, or git is missing, fails or does not end.
        """
        return self._place(NoCancel()).git_dir

    def root(self, cancel: CancelToken) -> Path:
        """The folder with the files of the repository.

        Raises:
            AidevsecopsError: there is none, or git is missing, fails or does not end.
        """
        return self._place(cancel).root

    def is_ancestor(self, commit: str, of: str, cancel: CancelToken) -> bool:
        """True when a commit is known and in the history of another one.

        Raises:
            AidevsecopsError: there is no repository, or git is missing or does not end.
        """
        words = ("merge-base", "--is-ancestor", commit, of)
        return self._git(cancel).ask(*words, cancel=cancel).returncode == 0

    def is_contained(self, commit: str, into: str, cancel: CancelToken) -> bool:
        """True when all that led to a commit is in the history of another one, perhaps as others.

        Raises:
            AidevsecopsError: there is no repository, or git is missing or does not end.
        """
        found = self._git(cancel).ask("cherry", into, commit, cancel=cancel)
        missing = any(not line.startswith("- ") for line in found.stdout.splitlines())
        return found.returncode == 0 and not missing

    def index_entries(self, paths: tuple[str, ...], cancel: CancelToken) -> Mapping[str, str]:
        """What the index has of each of those paths that are tracked.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
        """
        return index_entries(self._git(cancel), paths, cancel)

    def changed_by(self, commit: str, cancel: CancelToken) -> tuple[str, ...]:
        """The paths that a commit changes.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
        """
        return changed_by(self._git(cancel), commit, cancel)

    def differing(self, commit: str, paths: tuple[str, ...], cancel: CancelToken) -> frozenset[str]:
        """Those of the paths whose files are not as they are in a commit.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
        """
        words = (
            *("diff", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv"),
            *("--ignore-submodules=dirty", commit, "--", *literal(paths)),
        )
        said = self._git(cancel).read(*words, cancel=cancel)
        return frozenset(path for path in said.split("\0") if path)

    def commit(self, request: CommitRequest, progress: Progress, cancel: CancelToken) -> str:
        """The id of the commit that was made; the user's hooks run.

        Raises:
            RefusedError: a hook refuses it, or it cannot be signed.
            AidevsecopsError: git is missing or does not end.
        """
        return make_commit(self._git(cancel), request, progress, cancel)

    def commit_aside(self, request: CommitAside, cancel: CancelToken) -> str:
        """The id of a commit that is on no branch yet; nothing is checked out.

        Raises:
            RefusedError: it cannot be signed.
            AidevsecopsError: git is missing, fails or does not end.
        """
        return make_commit_aside(self._git(cancel), request, cancel)

    def tag(self, request: TagRequest, cancel: CancelToken) -> str:
        """The id of the tag that was made.

        Raises:
            RefusedError: there is one of that name, or it cannot be signed.
            AidevsecopsError: git is missing or does not end.
        """
        return make_tag(self._git(cancel), request, cancel)

    def push(
        self,
        remote: str,
        refs: tuple[PushedRef, ...],
        progress: Progress,
        cancel: CancelToken,
    ) -> bool:
        """Push all of them, or none; False where the remote cannot do that.

        Raises:
            AidevsecopsError: the remote refuses it, has moved or cannot be reached.
        """
        return push(self._git(cancel), remote, refs, progress, cancel)

    def move_head(self, commit: str, expected: str, cancel: CancelToken) -> None:
        """Have the head at another commit; index and files stay.

        Raises:
            AidevsecopsError: it is not at ``expected`` any more.
        """
        move_head(self._git(cancel), commit, expected, cancel)

    def delete_tag(self, name: str, expected: str, cancel: CancelToken) -> None:
        """Delete a tag.

        Raises:
            AidevsecopsError: it is another one by now.
        """
        delete_tag(self._git(cancel), name, expected, cancel)

    def restore_index(self, entries: Mapping[str, str | None], cancel: CancelToken) -> None:
        """Have what the index had of those paths.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
        """
        restore_index(self._git(cancel), entries, cancel)

    def restore(self, commit: str, paths: tuple[str, ...], cancel: CancelToken) -> None:
        """Have files and index as in a commit; what is not in it is deleted.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
        """
        restore(self._git(cancel), commit, paths, cancel)

    def keep(self, path: str, cancel: CancelToken) -> str:
        """The id under which git has the content of a file from now on.

        Raises:
            AidevsecopsError: git is missing, fails or does not end.
        """
        words = ("hash-object", "-w", "--no-filters", "--", path)
        return self._git(cancel).read(*words, cancel=cancel).strip()

    def revert(self, commit: str, progress: Progress, cancel: CancelToken) -> str:
        """The id of a commit that takes another one back.

        Raises:
            RefusedError: it cannot be taken back, or a hook refuses it.
            AidevsecopsError: git is missing or does not end.
        """
        return make_revert(self._git(cancel), commit, progress, cancel)

    def _place(self, cancel: CancelToken) -> Place:
        if self._found is None:
            git = GitProgram(self._folder, ceiling=self._ceiling)
            self._found = find_place(git, cancel)
        return self._found

    def _git(self, cancel: CancelToken) -> GitProgram:
        if self._program is None:
            self._program = GitProgram(self._place(cancel).root, ceiling=self._ceiling)
        return self._program
