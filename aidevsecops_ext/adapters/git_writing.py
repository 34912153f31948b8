"""What a release does to a repository: commits, tags, and taking them back."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, ErrorCode, OutsideFailedError, RefusedError
from ..domain.repository import Signing
from .git_program import GitCall, GitLimits, failure_of, last_words, literal
from .git_settings import GitSettings
from .work_folders import work_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..app.git_ports import CommitRequest, TagRequest
    from ..app.ports import CancelToken, Progress
    from .git_program import GitProgram
    from .process import LineCallback, Outcome

# Another program, such as a file browser that shows what changed, holds it for a moment.
_INDEX_LOCK = "index.lock': File exists"
_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.1
_NO_FILE = "0 0000000000000000000000000000000000000000"
_SIGNING = ("failed to sign", "gpg failed", "Couldn't load public key", "signing")


def make_commit(
    git: GitProgram, request: CommitRequest, progress: Progress, cancel: CancelToken
) -> str:
    """The id of a commit of those files alone.

    Raises:
        RefusedError: a hook refuses it, or it cannot be signed.
        AidevsecopsError: git is missing or does not end.
    """
    known = index_entries(git, request.paths, cancel)
    new = tuple(path for path in request.paths if path not in known)
    if new:
        added = _patiently(git, _call("add", "--", *literal(new)), cancel)
        if added.returncode != 0:
            raise not_committed(added)
    words = ("--only", "--signoff", "--cleanup=whitespace", *_signs(request.is_signed))
    with _message_file(request.message) as file:
        call = GitCall(
            ("commit", "--quiet", *words, file, "--", *literal(request.paths)),
            GitLimits().committing,
            is_merged=True,
        )
        outcome = _patiently(git, call, cancel, progress.log)
    if outcome.returncode != 0:
        raise not_committed(outcome)
    commit = head_of(git, cancel)
    others = [path for path in changed_by(git, commit, cancel) if path not in request.paths]
    if others:
        # What a hook added to a commit of some files alone is not in the index after it.
        _do(git, cancel, "reset", "--quiet", commit, "--", *literal(others))
    return commit


def make_tag(git: GitProgram, request: TagRequest, cancel: CancelToken) -> str:
    """The id of an annotated tag.

    Raises:
        RefusedError: there is one of that name, or it cannot be signed.
        AidevsecopsError: git is missing or does not end.
    """
    sign = {True: ("--sign",), False: ("--no-sign",), None: ()}[request.is_signed]
    # What a changelog has after a "#" is no comment.
    with _message_file(request.message) as file:
        words = (*sign, "--cleanup=whitespace", file, "--", request.name, request.commit)
        outcome = git.run(GitCall(("tag", *words), GitLimits().committing), cancel)
    if outcome.returncode != 0:
        raise _not_tagged(request, outcome)
    tag_id = git.read("rev-parse", f"refs/tags/{request.name}", cancel=cancel).strip()
    # Some versions of git say that they failed to sign, and make the tag.
    if outcome.tail and _must_sign(git, request, cancel) and not _is_signed(git, tag_id, cancel):
        delete_tag(git, request.name, tag_id, cancel)
        raise _not_tagged(request, outcome)
    return tag_id


def _must_sign(git: GitProgram, request: TagRequest, cancel: CancelToken) -> bool:
    if request.is_signed is not None:
        return request.is_signed
    settings = GitSettings(git.read("config", "--list", "--null", cancel=cancel))
    return settings.tag_signing is not Signing.OFF


def _is_signed(git: GitProgram, tag_id: str, cancel: CancelToken) -> bool:
    return "\n-----BEGIN " in git.read("cat-file", "tag", tag_id, cancel=cancel)


def _not_tagged(request: TagRequest, outcome: Outcome) -> AidevsecopsError:
    return RefusedError(
        ErrorCode.RELEASE_TAG_FAILED,
        f"The tag '{request.name}' could not be made: {last_words(outcome)}.",
        hint=_signing_hint(outcome),
        details={"explanation": "\n".join(outcome.tail)},
    )


def changed_by(git: GitProgram, commit: str, cancel: CancelToken) -> tuple[str, ...]:
    """The paths that a commit changes.

    Raises:
        AidevsecopsError: git is missing or fails.
    """
    words = ("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", "--no-renames", commit)
    return tuple(path for path in git.read(*words, cancel=cancel).split("\0") if path)


def make_revert(git: GitProgram, commit: str, progress: Progress, cancel: CancelToken) -> str:
    """The id of a commit that takes another one back.

    Raises:
        RefusedError: it cannot be taken back, or a hook refuses it.
        AidevsecopsError: git is missing or does not end.
    """
    words = ("revert", "--no-edit", "--signoff", commit)
    call = GitCall(words, GitLimits().committing, is_merged=True)
    outcome = _patiently(git, call, cancel, progress.log)
    if outcome.returncode != 0:
        git.run(_call("revert", "--abort"), cancel)
        raise not_committed(outcome)
    return head_of(git, cancel)


def move_head(git: GitProgram, commit: str, expected: str, cancel: CancelToken) -> None:
    """Have the head, and the branch that it stands for, at another commit.

    Raises:
        AidevsecopsError: it is not at ``expected`` any more, or git is missing.
    """
    _do(git, cancel, "update-ref", "-m", "aidevsecops: undo", "HEAD", commit, expected)


def delete_tag(git: GitProgram, name: str, expected: str, cancel: CancelToken) -> None:
    """Delete a tag.

    Raises:
        AidevsecopsError: it is another one by now, or git is missing.
    """
    _do(git, cancel, "update-ref", "-d", f"refs/tags/{name}", expected)


def index_entries(git: GitProgram, paths: tuple[str, ...], cancel: CancelToken) -> dict[str, str]:
    """What the index has of those paths: mode and id.

    Raises:
        AidevsecopsError: git is missing or fails.
    """
    words = ("ls-files", "--stage", "-z", "--", *literal(paths))
    said = git.read(*words, cancel=cancel) if paths else ""
    found: dict[str, str] = {}
    for entry in said.split("\0"):
        described, tab, path = entry.partition("\t")
        # A folder's name gives all files in it.
        if tab and path in paths:
            found[path] = described.rpartition(" ")[0]
    return found


@contextmanager
def _message_file(message: str) -> Iterator[str]:
    """The option that has git read a message.

    From a pipe git may read half of it, where this program is killed, and commit that.

    Raises:
        OutsideFailedError: the operating system refuses.
    """
    try:
        with work_folder("aidevsecops-message-") as folder:
            file = folder / "message"
            file.write_text(message, encoding="utf-8", errors="replace", newline="\n")
            yield f"--file={file}"
    except OSError as error:
        raise OutsideFailedError(
            ErrorCode.RELEASE_GIT_FAILED,
            f"The message for git cannot be written to a file: {error.strerror}.",
            hint="Free some space in the folder for temporary files, or set TMPDIR.",
        ) from error


def restore_index(git: GitProgram, entries: Mapping[str, str | None], cancel: CancelToken) -> None:
    """Have what the index had of those paths.

    Raises:
        AidevsecopsError: git is missing or fails.
    """
    lines = "".join(f"{entry or _NO_FILE}\t{path}\0" for path, entry in entries.items())
    call = GitCall(("update-index", "-z", "--index-info"), GitLimits().reading, stdin=lines)
    outcome = _patiently(git, call, cancel)
    if outcome.returncode != 0:
        raise failure_of("update-index", outcome)


def restore(git: GitProgram, commit: str, paths: tuple[str, ...], cancel: CancelToken) -> None:
    """Have files and index as in a commit; what is not in it is deleted.

    Raises:
        AidevsecopsError: git is missing or fails.
    """
    words = (f"--source={commit}", "--staged", "--worktree", "--", *literal(paths))
    _do(git, cancel, "restore", *words)


def head_of(git: GitProgram, cancel: CancelToken) -> str:
    """The commit that the head is at.

    Raises:
        AidevsecopsError: git is missing or fails.
    """
    return git.read("rev-parse", "HEAD", cancel=cancel).strip()


def _do(git: GitProgram, cancel: CancelToken, *words: str) -> None:
    outcome = _patiently(git, _call(*words), cancel)
    if outcome.returncode != 0:
        raise failure_of(words[0], outcome)


def _call(*words: str) -> GitCall:
    return GitCall(words, GitLimits().reading)


def _patiently(
    git: GitProgram, call: GitCall, cancel: CancelToken, on_line: LineCallback | None = None
) -> Outcome:
    """How a command ended that another program may keep from the index for a moment."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    pause = threading.Event()
    while True:
        outcome = git.run(call, cancel, on_line)
        is_kept_out = outcome.returncode != 0 and _INDEX_LOCK in "\n".join(outcome.tail)
        if not is_kept_out or time.monotonic() > give_up:
            return outcome
        cancel.raise_if_cancelled()
        pause.wait(_PAUSE_SECONDS)


def _signs(is_signed: bool | None) -> tuple[str, ...]:
    return {True: ("--gpg-sign",), False: ("--no-gpg-sign",), None: ()}[is_signed]


def not_committed(outcome: Outcome) -> AidevsecopsError:
    """The error for a commit that a hook or git refuses."""
    return RefusedError(
        ErrorCode.RELEASE_COMMIT_FAILED,
        f"The commit was refused, by a hook or by git: {last_words(outcome)}.",
        hint=_signing_hint(outcome) or "Mend what it says, and release again.",
        details={"explanation": "\n".join(outcome.tail)},
    )


def _signing_hint(outcome: Outcome) -> str:
    said = "\n".join(outcome.tail)
    if any(word in said for word in _SIGNING):
        return (
            "git is set to sign: look at user.signingKey and gpg.format, and whether the key "
            "can be used without a question."
        )
    return ""
