"""A commit that is made of texts, without the work tree, the index and the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.repository import Signing
from .git_program import GitCall, GitLimits, failure_of, literal
from .git_settings import GitSettings
from .git_writing import not_committed
from .work_folders import work_folder

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.git_ports import CommitAside
    from ..app.ports import CancelToken
    from .git_program import GitProgram

_NEW_FILE = "100644"


def make_commit_aside(git: GitProgram, request: CommitAside, cancel: CancelToken) -> str:
    """The id of a commit on the request's parent, signed off; hooks of commits do not run.

    Filters (line ends, large files) are those of the work tree's attributes.

    Raises:
        RefusedError: it cannot be signed.
        AidevsecopsError: git is missing, fails or does not end.
    """
    with work_folder("aidevsecops-index-") as folder:
        work = _Aside(git, folder / "index", cancel)
        work.run("read-tree", request.parent)
        modes = work.modes(tuple(request.texts))
        lines = [
            f"{modes.get(path, _NEW_FILE)} {work.add(path, text)}\t{path}\0"
            for path, text in request.texts.items()
        ]
        work.run("update-index", "-z", "--index-info", stdin="".join(lines).encode())
        tree = work.run("write-tree").strip()
    author = git.read("var", "GIT_COMMITTER_IDENT", cancel=cancel).rpartition("> ")[0]
    message = f"{request.message}\n\nSigned-off-by: {author}>\n"
    words = ("commit-tree", *_signs(git, request, cancel), "-p", request.parent, "-F", "-", tree)
    outcome = git.run(GitCall(words, GitLimits().committing, stdin=message), cancel)
    if outcome.returncode != 0:
        raise not_committed(outcome)
    return outcome.stdout.strip()


class _Aside:
    """Git with an index of its own."""

    def __init__(self, git: GitProgram, index: Path, cancel: CancelToken) -> None:
        self._git = git
        self._index = index
        self._cancel = cancel

    def run(self, *words: str, stdin: bytes | None = None) -> str:
        """What a command answers.

        Raises:
            AidevsecopsError: it fails, does not end, or git is missing.
        """
        call = GitCall(words, GitLimits().reading, stdin=stdin, index=self._index)
        outcome = self._git.run(call, self._cancel)
        if outcome.returncode != 0:
            raise failure_of(words[0], outcome)
        return outcome.stdout

    def add(self, path: str, text: str) -> str:
        """The id under which git has a text from now on, after the filters for that path."""
        words = ("hash-object", "-w", "--stdin", f"--path={path}")
        return self.run(*words, stdin=text.encode()).strip()

    def modes(self, paths: tuple[str, ...]) -> dict[str, str]:
        """The modes of those of the paths that are tracked."""
        entries = self.run("ls-files", "--stage", "-z", "--", *literal(paths)).split("\0")
        found = (entry.partition("\t") for entry in entries)
        return {path: described.split(" ")[0] for described, _, path in found if path}


def _signs(git: GitProgram, request: CommitAside, cancel: CancelToken) -> tuple[str, ...]:
    is_signed = request.is_signed
    if is_signed is None:
        # This command does not look at the setting itself.
        settings = GitSettings(git.read("config", "--list", "--null", cancel=cancel))
        is_signed = settings.signing("commit.gpgsign") is not Signing.OFF
    return ("-S",) if is_signed else ()
