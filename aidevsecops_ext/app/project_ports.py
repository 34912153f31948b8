"""What describing a project needs of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .audit_notebook import AuditPorts
    from .discover_requirements import DiscoverPorts
    from .git_ports import CutPorts, Git
    from .pipeline_ports import PipelinePorts
    from .ports import Files
    from .project_memory import ProjectMemory
    from .release_ports import PlanPorts
    from .remember_advisories import RememberedAdvisories
    from .run_ports import RunFolders


class FileStamp(Struct, frozen=True):
    """What is another after a file was written: by it a text is known without reading it.

    ``changed`` is when that was, by the file system's clock, in seconds since the epoch.
    """

    changed: float
    size: int
    identity: tuple[int, ...] = ()


class FileStamps(Protocol):
    """The stamps of files below one root."""

    def stamp(self, path: str) -> FileStamp | None:
        """The stamp of a file, links followed; None where there is none."""
        ...


class ProjectPorts(Struct, frozen=True):
    """All of one project: ``files`` are those below its root. No index, no remote is asked.

    ``is_home`` is true for the home folder of the user. ``audit`` has ``remembered`` for its
    advisories. What releases need is made when it is first wanted: the folder may be in no
    repository. ``memory`` has what was seen of it before.
    """

    name: str
    files: Files
    stamps: FileStamps
    memory: ProjectMemory
    discover: DiscoverPorts
    git: Git
    audit: AuditPorts
    remembered: RememberedAdvisories
    pipelines: PipelinePorts
    folders: RunFolders
    plan: Callable[[], PlanPorts]
    cut: Callable[[], CutPorts]
    is_home: bool = False


class AdoptionRecord(Protocol):
    """What adopting wrote into a repository, kept where no commit takes it along."""

    def read(self) -> Mapping[str, str]:
        """The revision that each file was written in, by its path; empty where nothing is known.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        ...

    def write(self, revisions: Mapping[str, str]) -> None:
        """Keep these in place of those before.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
            OutsideFailedError: the operating system refuses.
        """
        ...
