"""Where the repository of a project is, and which of its uncommitted files concern the chain."""

from __future__ import annotations

from posixpath import basename, join
from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode
from ..domain.project_health import GitStanding
from ..formats.version_files import is_version_file
from .find_notebooks import folders_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ports import CancelToken, Files
    from .project_ports import ProjectPorts

_SUFFIXES = (".ipynb", ".pipeline")
_NAMES = frozenset(
    {
        ".thoth.yaml",
        ".aicoe-ci.yaml",
        ".aidevsecops.toml",
        "CHANGELOG.md",
        "OWNERS",
        "Containerfile",
        "Dockerfile",
        "Pipfile",
        "Pipfile.lock",
        "pylock.toml",
        "requirements.in",
        "requirements.txt",
        "constraints.txt",
    }
)


def project_git(ports: ProjectPorts, cancel: CancelToken) -> GitStanding | None:
    """Where the repository is; None where there is none. No remote is asked.

    Raises:
        CancelledError: cancelled.
    """
    try:
        state = ports.git.state(cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        is_none = error.code is ErrorCode.RELEASE_NO_REPOSITORY
        return None if is_none else GitStanding(problem=error.message)
    paths = (path for file in state.changed for path in _below(file.path, ports.files))
    return GitStanding(
        branch=state.branch,
        upstream=state.upstream,
        ahead=state.ahead,
        behind=state.behind,
        uncommitted=tuple(path for path in paths if is_ours(path)),
    )


def is_ours(path: str) -> bool:
    """True for a file that a link of the chain reads or writes."""
    name = basename(path)
    return name.endswith(_SUFFIXES) or name in _NAMES or is_version_file(path)


def _below(path: str, files: Files) -> Iterator[str]:
    """The file; of a folder that is new as a whole those in it."""
    if not path.endswith("/"):
        yield path
        return
    try:
        for folder, entries in folders_below(path.rstrip("/"), files):
            yield from (join(folder, name) for name in entries.files)
    except AidevsecopsError:
        yield path
