"""What describing a project needs of the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from .audit_notebook import AuditPorts
    from .discover_requirements import DiscoverPorts
    from .git_ports import CutPorts, Git
    from .pipeline_ports import PipelinePorts
    from .ports import Files
    from .release_ports import PlanPorts
    from .remember_advisories import RememberedAdvisories
    from .run_ports import RunFolders


class ProjectPorts(Struct, frozen=True):
    """All of one project: ``files`` are those below its root. No index, no remote is asked.

    ``is_home`` is true for the home folder of the user. ``audit`` has ``remembered`` for its
    advisories. What releases need is made when it is first wanted: the folder may be in no
    repository.
    """

    name: str
    files: Files
    discover: DiscoverPorts
    git: Git
    audit: AuditPorts
    remembered: RememberedAdvisories
    pipelines: PipelinePorts
    folders: RunFolders
    plan: Callable[[], PlanPorts]
    cut: Callable[[], CutPorts]
    is_home: bool = False
