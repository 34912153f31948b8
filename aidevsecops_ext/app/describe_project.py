"""Say how a project is: every link of its chain, and what is next. Nobody outside is asked."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.project_health import Adoption, Link, LinkName, LinkState, ProjectHealth
from ..formats.project_template import MARKER, template_paths
from .find_notebooks import folders_below
from .judge_locks import advisories_link, notebooks_link, overlays_link
from .judge_runs import images_link, pipeline_link, release_link
from .project_git import project_git
from .read_locks import read_locks

if TYPE_CHECKING:
    from collections.abc import Callable

    from .ports import CancelToken, Files
    from .project_ports import ProjectPorts
    from .read_locks import ProjectLocks

_MOST_FOLDERS = 5_000


def describe_project(ports: ProjectPorts, cancel: CancelToken) -> ProjectHealth:
    """The health of the project; a link that cannot be looked at is unknown, with the reason.

    Raises:
        CancelledError: cancelled.
    """
    git = project_git(ports, cancel)
    missing = tuple(path for path in template_paths() if not _is_there(path, ports.files))
    adoption = Adoption(git is not None, missing, MARKER, ports.is_home)
    return ProjectHealth(ports.name, _links(ports, cancel, has_git=git is not None), adoption, git)


def _links(ports: ProjectPorts, cancel: CancelToken, *, has_git: bool) -> tuple[Link, ...]:
    if _is_large(ports.files):
        reason = "The folder is too large to look through: open the project's own folder."
        return tuple(Link(name, LinkState.UNKNOWN, reason) for name in LinkName)
    locks = _Locks(ports, cancel)
    judges: dict[LinkName, Callable[[], Link]] = {
        LinkName.NOTEBOOKS: lambda: notebooks_link(locks.found),
        LinkName.OVERLAYS: lambda: overlays_link(locks.found),
        LinkName.ADVISORIES: lambda: advisories_link(
            locks.found, ports.remembered.oldest, ports.audit.clock.now()
        ),
        LinkName.PIPELINE: lambda: pipeline_link(ports, cancel),
        LinkName.IMAGES: lambda: images_link(ports, cancel),
        LinkName.RELEASE: lambda: (
            release_link(ports, cancel)
            if has_git
            else Link(LinkName.RELEASE, LinkState.NONE, "The folder is in no Git repository.")
        ),
    }
    return tuple(_guarded(name, judge, cancel) for name, judge in judges.items())


class _Locks:
    """The locks of the project, which are read when a first link wants them."""

    def __init__(self, ports: ProjectPorts, cancel: CancelToken) -> None:
        self._ports = ports
        self._cancel = cancel
        self._found: ProjectLocks | None = None

    @property
    def found(self) -> ProjectLocks:
        """What was read."""
        if self._found is None:
            self._found = read_locks(self._ports, self._cancel)
        return self._found


def _guarded(name: LinkName, judge: Callable[[], Link], cancel: CancelToken) -> Link:
    cancel.raise_if_cancelled()
    try:
        return judge()
    except CancelledError:
        raise
    except AidevsecopsError as error:
        details = (error.hint,) if error.hint else ()
        return Link(name, LinkState.UNKNOWN, error.message, details=details)
    # One link that we fail to understand must not hide the others.
    except Exception as error:
        said = f"It could not be looked at ({type(error).__name__}: {error})."
        return Link(name, LinkState.UNKNOWN, said)


def _is_large(files: Files) -> bool:
    try:
        folders = folders_below(".", files)
        return next(islice(folders, _MOST_FOLDERS, None), None) is not None
    except AidevsecopsError:
        return False


def _is_there(path: str, files: Files) -> bool:
    return files.is_folder(path) if path.endswith("/") else files.is_file(path)
