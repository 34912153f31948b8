"""Tags and commits, as git lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.repository import Commit, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..app.ports import CancelToken
    from .git_program import GitProgram

_TAG = "%00".join(
    (
        "%(refname:lstrip=2)",
        "%(objectname)",
        "%(objecttype)",
        "%(*objectname)",
        "%(*objecttype)",
        "%(creatordate:unix)",
    )
)
_COMMIT = ("%H", "%P", "%at", "%an", "%s", "%b")


def read_tags(git: GitProgram, ancestors_of: str | None, cancel: CancelToken) -> Iterator[Tag]:
    """The tags of commits, newest first.

    Raises:
        AidevsecopsError: git is missing, fails or does not end.
    """
    limits = () if ancestors_of is None else (f"--merged={ancestors_of}",)
    words = (f"--format={_TAG}", "--sort=-creatordate", *limits, "refs/tags")
    for line in git.read("for-each-ref", *words, cancel=cancel).splitlines():
        name, own, kind, target, target_kind, date = line.split("\0")
        if (target_kind or kind) == "commit":
            yield Tag(name, target or own, own, int(date or 0))


def read_commits(
    git: GitProgram, after: str | None, of: str, cancel: CancelToken
) -> Iterator[Commit]:
    """What a commit has and ``after`` has not, newest first.

    Raises:
        AidevsecopsError: git is missing, fails or does not end.
    """
    # No message holds a null character: the fields cannot be mistaken for each other.
    words = ("-z", "--encoding=UTF-8", f"--format={'%x00'.join(_COMMIT)}", "--no-decorate")
    limits = () if after is None else (f"^{after}",)
    fields = git.read("log", *words, of, *limits, "--", cancel=cancel).split("\0")
    count = len(_COMMIT)
    for start in range(0, len(fields) - count + 1, count):
        commit, parents, date, author, subject, body = fields[start : start + count]
        yield Commit(
            hash=commit,
            subject=" ".join(subject.split()),
            body=body.strip(),
            parents=tuple(parents.split()),
            author=author,
            date=int(date),
        )


def read_tracked(git: GitProgram, cancel: CancelToken) -> Iterator[str]:
    """The paths of all files that are tracked, links and submodules left out.

    Raises:
        AidevsecopsError: git is missing, fails or does not end.
    """
    last = None
    for entry in git.read("ls-files", "--stage", "-z", cancel=cancel).split("\0"):
        mode, _, path = entry.partition("\t")
        # A file with conflicts is listed once for each side.
        if mode.startswith("100") and path != last:
            yield path
            last = path
