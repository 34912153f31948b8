"""A project in dictionaries: its files, its repository, its runs, and what is remembered."""

from __future__ import annotations

from collections.abc import Mapping

from aidevsecops_ext.app.adopt_project import AdoptPorts
from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.describe_project import describe_project
from aidevsecops_ext.app.discover_requirements import DiscoverPorts
from aidevsecops_ext.app.git_ports import CutPorts
from aidevsecops_ext.app.pipeline_ports import PipelinePorts
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.project_memory import ProjectMemory
from aidevsecops_ext.app.project_ports import ProjectPorts
from aidevsecops_ext.app.release_ports import PlanPorts
from aidevsecops_ext.app.remember_advisories import RememberedAdvisories
from aidevsecops_ext.domain.changelog import ChangelogEntry
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.project_health import Link, LinkName, ProjectHealth
from tests.fakes.advisory_memory import FakeAdvisoryMemory
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.file_changes import FakeFileChanges
from tests.fakes.files import FakeFiles
from tests.fakes.forge import FakeForges
from tests.fakes.git import FakeGit, FakeJournal
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.project_modules import FakeProjectModules
from tests.fakes.runs import FakeProjectData, FakeRunFolders

DAY = 86_400.0
NOW = 100 * DAY
NOWHERE = RefusedError(ErrorCode.RELEASE_NO_REPOSITORY, "The folder is in no Git repository.")


class Changes:
    """These changes since any tag."""

    def __init__(self) -> None:
        self.entries: tuple[ChangelogEntry, ...] = ()

    def since(self, tag: str | None, cancel: CancelToken) -> tuple[ChangelogEntry, ...]:
        del tag
        cancel.raise_if_cancelled()
        return self.entries


class Record:
    """Keeps what adopting wrote."""

    def __init__(self) -> None:
        self.revisions: Mapping[str, str] = {}

    def read(self) -> Mapping[str, str]:
        return self.revisions

    def write(self, revisions: Mapping[str, str]) -> None:
        self.revisions = {**revisions}


class Project:
    """A repository of those files, all of them tracked; without ``has_git`` a mere folder."""

    def __init__(
        self,
        texts: Mapping[str, str] | None = None,
        *,
        has_git: bool = True,
        files: FakeFiles | None = None,
    ) -> None:
        self.files = files or FakeFiles(texts)
        self.git = FakeGit(self.files)
        if not has_git:
            self.git.hooks["state"] = self._refuse
        self.memory = FakeAdvisoryMemory()
        self.journal = FakeJournal()
        self.forges = FakeForges()
        self.changes = Changes()
        self.runs = FakeRunFolders(FakeProjectData())
        self.written = FakeFileChanges(self.files)
        self.record = Record()
        self.begun = 0
        self.is_home = False
        self.seen = ProjectMemory()
        self.installed = FakeInstalledPackages()
        self.modules = FakeProjectModules()

    def ports(self) -> ProjectPorts:
        """What describing it needs."""
        discover = DiscoverPorts(self.files, self.installed, None, self.modules)
        remembered = RememberedAdvisories(self.memory)
        clock = FakeClock(NOW)
        return ProjectPorts(
            name="churn",
            files=self.files,
            stamps=self.files,
            memory=self.seen,
            discover=discover,
            git=self.git,
            audit=AuditPorts(self.files, remembered, clock),
            remembered=remembered,
            pipelines=PipelinePorts(self.files, discover, lambda *_: self.git),
            folders=self.runs,
            plan=lambda: PlanPorts(
                self.files, self.git, self.changes, clock, lambda *_: {}, self.forges
            ),
            cut=lambda: CutPorts(
                self.git, self.journal, self.files, self.written, clock, self.forges
            ),
            is_home=self.is_home,
        )

    def adopt_ports(self) -> AdoptPorts:
        """What adopting it needs."""
        return AdoptPorts(self.ports(), self.forges, self.written, self._begin, self.record)

    def health(self) -> ProjectHealth:
        """How it is."""
        return describe_project(self.ports(), FakeCancelToken())

    def link(self, name: LinkName) -> Link:
        """How one link of it is."""
        return next(link for link in self.health().links if link.name is name)

    def _begin(self, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.begun += 1

    @staticmethod
    def _refuse() -> None:
        raise NOWHERE
