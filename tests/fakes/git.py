"""A repository with one branch, and a remote, that live in dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from msgspec.structs import replace

from aidevsecops_ext.app.git_ports import CommitAside, CommitRequest, PushedRef, TagRequest
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.release_record import ReleaseRecord
from aidevsecops_ext.domain.repository import (
    Commit,
    Identity,
    Remote,
    RemoteRefs,
    RepositoryState,
    Tag,
)
from tests.fakes.files import FakeFiles

ORIGIN = Remote("origin", "https://example.org/a", "main")


class FakeGit:
    """Begins with one commit of all files.

    ``remote`` is what the remote has, None where there is none, and ``refused`` what it does not
    take; ``added`` is what a hook commits beside the files of each commit. ``errors`` has what the
    next calls of a method raise (None: nothing), and ``hooks`` what is done before each.
    """

    def __init__(self, files: FakeFiles, *, has_remote: bool = True) -> None:
        self.files = files
        self.trees: dict[str, dict[str, str]] = {"c0": dict(files.texts)}
        self.history = [Commit("c0", "Begin")]
        self.index = dict(files.texts)
        self.tag_list: list[Tag] = []
        self.remote: dict[str, str] | None = {"refs/heads/main": "c0"} if has_remote else None
        self.ancestors: set[tuple[str | None, str | None]] = set()
        self.aside: dict[str, dict[str, str]] = {}
        self.asides: dict[str | None, tuple[Commit, ...]] = {}
        self.known = {"c0": self.history[0]}
        self.errors: dict[str, list[AidevsecopsError | None]] = {}
        self.hooks: dict[str, Callable[[], object]] = {}
        self.refused: set[str] = set()
        self.added: dict[str, str] = {}
        self.is_atomic = True
        self.messages: list[str] = []
        self.kept: list[str] = []
        self.base = RepositoryState(
            root="/repo",
            head=None,
            branch="main",
            remote=ORIGIN if has_remote else None,
            remotes=("origin",) if has_remote else (),
            identity=Identity("Jo", "jo@example.org"),
        )

    @property
    def head(self) -> str:
        return self.history[-1].hash

    def fail(self, method: str, *errors: AidevsecopsError | None) -> None:
        """Have the next calls of a method fail; "pushed" is after a push."""
        self.errors[method] = list(errors)

    def add(self, subject: str) -> str:
        """Commit all files, as somebody else does."""
        return self._append(subject, dict(self.files.texts))

    def state(self, cancel: CancelToken) -> RepositoryState:
        self._begin("state", cancel)
        return replace(self.base, head=self.head if self.history else None)

    def tags(self, cancel: CancelToken, *, ancestors_of: str | None = None) -> tuple[Tag, ...]:
        del ancestors_of
        self._begin("tags", cancel)
        return tuple(self.tag_list)

    def commits(
        self, after: str | None, cancel: CancelToken, *, of: str | None = None
    ) -> tuple[Commit, ...]:
        self._begin("commits", cancel)
        if of in self.asides:
            return self.asides[of]
        hashes = [commit.hash for commit in self.history]
        start = hashes.index(after) + 1 if after in hashes else 0
        return tuple(reversed(self.history[start:]))

    def tracked(self, cancel: CancelToken) -> tuple[str, ...]:
        self._begin("tracked", cancel)
        return tuple(self.index)

    def remote_refs(self, remote: str, branch: str, tag: str, cancel: CancelToken) -> RemoteRefs:
        del remote
        self._begin("remote_refs", cancel)
        refs = self.remote or {}
        return RemoteRefs(refs.get(f"refs/heads/{branch}"), refs.get(f"refs/tags/{tag}"))

    def fetch(self, remote: str, cancel: CancelToken) -> None:
        del remote
        self._begin("fetch", cancel)

    def is_ancestor(self, commit: str, of: str, cancel: CancelToken) -> bool:
        self._begin("is_ancestor", cancel)
        if (commit, of) in self.ancestors:
            return True
        hashes = [known.hash for known in self.history]
        return commit in hashes and of in hashes and hashes.index(commit) <= hashes.index(of)

    def is_contained(self, commit: str, into: str, cancel: CancelToken) -> bool:
        return self.is_ancestor(commit, into, cancel)

    def index_entries(self, paths: tuple[str, ...], cancel: CancelToken) -> Mapping[str, str]:
        self._begin("index_entries", cancel)
        return {path: self.index[path] for path in paths if path in self.index}

    def changed_by(self, commit: str, cancel: CancelToken) -> tuple[str, ...]:
        self._begin("changed_by", cancel)
        before, after = self.trees[self.known[commit].parents[0]], self.trees[commit]
        return tuple(sorted(path for path in after if before.get(path) != after[path]))

    def differing(self, commit: str, paths: tuple[str, ...], cancel: CancelToken) -> frozenset[str]:
        self._begin("differing", cancel)
        tree = self.trees[commit]
        return frozenset(p for p in paths if self.files.texts.get(p) != tree.get(p))

    def commit(self, request: CommitRequest, progress: Progress, cancel: CancelToken) -> str:
        self._begin("commit", cancel)
        progress.log("hooks run")
        self.messages.append(request.message)
        self.files.texts.update(self.added)
        tree = dict(self.trees[self.head])
        tree |= {path: self.files.texts[path] for path in request.paths}
        tree |= self.added
        return self._append(request.message, tree)

    def commit_aside(self, request: CommitAside, cancel: CancelToken) -> str:
        self._begin("commit_aside", cancel)
        self.messages.append(request.message)
        made = f"a{len(self.aside) + 1}"
        self.aside[made] = {**self.trees[request.parent], **request.texts}
        return made

    def tag(self, request: TagRequest, cancel: CancelToken) -> str:
        self._begin("tag", cancel)
        self.messages.append(request.message)
        self.tag_list.append(Tag(request.name, request.commit, "t1"))
        return "t1"

    def push(
        self,
        remote: str,
        refs: tuple[PushedRef, ...],
        progress: Progress,
        cancel: CancelToken,
    ) -> bool:
        self._begin("push", cancel)
        progress.log(f"to {remote}")
        assert self.remote is not None
        if len(refs) > 1 and not self.is_atomic:
            return False
        if self.refused & {ref.target for ref in refs}:
            raise RefusedError(ErrorCode.RELEASE_PUSH_REJECTED, "Protected.")
        for ref in refs:
            source = ref.source
            if source is None:
                del self.remote[ref.target]
            elif source.startswith("refs/tags/"):
                name = source.removeprefix("refs/tags/")
                self.remote[ref.target] = next(t.id for t in self.tag_list if t.name == name)
            else:
                self.remote[ref.target] = source
        self._begin("pushed", cancel)
        return True

    def move_head(self, commit: str, expected: str, cancel: CancelToken) -> None:
        self._begin("move_head", cancel)
        assert self.head == expected
        hashes = [known.hash for known in self.history]
        del self.history[hashes.index(commit) + 1 :]

    def delete_tag(self, name: str, expected: str, cancel: CancelToken) -> None:
        self._begin("delete_tag", cancel)
        self.tag_list = [t for t in self.tag_list if (t.name, t.id) != (name, expected)]

    def restore_index(self, entries: Mapping[str, str | None], cancel: CancelToken) -> None:
        self._begin("restore_index", cancel)
        for path, entry in entries.items():
            self.index.pop(path, None)
            if entry is not None:
                self.index[path] = entry

    def restore(self, commit: str, paths: tuple[str, ...], cancel: CancelToken) -> None:
        self._begin("restore", cancel)
        tree = self.trees[commit]
        for path in paths:
            for place in (self.files.texts, self.index):
                place.pop(path, None)
                if path in tree:
                    place[path] = tree[path]

    def keep(self, path: str, cancel: CancelToken) -> str:
        self._begin("keep", cancel)
        self.kept.append(self.files.texts[path])
        return f"k{len(self.kept)}"

    def revert(self, commit: str, progress: Progress, cancel: CancelToken) -> str:
        self._begin("revert", cancel)
        progress.log("reverted")
        reverted = self.known[commit]
        tree = self.trees[reverted.parents[0]]
        changed = self.changed_by(commit, cancel)
        made = self._append(f'Revert "{reverted.subject}"', dict(tree))
        self.restore(made, changed, cancel)
        return made

    def _append(self, subject: str, tree: dict[str, str]) -> str:
        made = f"c{len(self.trees)}"
        self.trees[made] = tree
        self.known[made] = Commit(made, subject, parents=(self.head,))
        self.history.append(self.known[made])
        self.index = dict(tree)
        return made

    def _begin(self, method: str, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.hooks.get(method, lambda: None)()
        error = self.errors[method].pop(0) if self.errors.get(method) else None
        if error is not None:
            raise error


class FakeJournal:
    """Keeps all records; ``errors`` is what writing raises the next times (None: nothing)."""

    def __init__(self) -> None:
        self.records: list[ReleaseRecord] = []
        self.errors: list[AidevsecopsError | None] = []
        self._is_locked = False

    @contextmanager
    def locked(self) -> Iterator[None]:
        if self._is_locked:
            raise ConflictError(ErrorCode.RELEASE_RUNNING, "Another one runs.")
        self._is_locked = True
        try:
            yield
        finally:
            self._is_locked = False

    def is_locked(self) -> bool:
        return self._is_locked

    def read(self) -> ReleaseRecord | None:
        return self.records[-1] if self.records else None

    def write(self, record: ReleaseRecord) -> None:
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        self.records.append(record)


def unreachable() -> OutsideFailedError:
    """What is raised where the remote does not answer."""
    return OutsideFailedError(ErrorCode.RELEASE_REMOTE_UNREACHABLE, "Nobody answers.")
