"""Which adapter stands behind which port of notebooks, splits and releases.

An adapter is imported when it is first asked for: a command that only reads notebooks need not wait
for what resolves, installs or audits.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from ..app.late_resolvers import LateResolvers
from ..domain.thoth import ThothSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..adapters.git import GitRepository
    from ..app.audit_notebook import AuditPorts
    from ..app.bot_ports import AskPorts
    from ..app.content_ports import ContentPorts
    from ..app.copy_examples import ExamplePorts
    from ..app.exchange_ports import FileChanges, PackageFiles
    from ..app.forge_ports import Forges
    from ..app.git_ports import CutPorts, GitReading, Repositories
    from ..app.kernel_ports import Environments, KernelPorts, Kernels
    from ..app.package_ports import PackageCatalogue
    from ..app.ports import (
        Advisories,
        CancelToken,
        Clock,
        Files,
        InstalledPackages,
        PackageIndex,
        ProjectModules,
        Resolver,
        Slimmer,
    )
    from ..app.release_ports import ContentCheck, ContentWish, PlanPorts
    from ..app.remember_advisories import AdvisoryMemory
    from ..app.report_ports import Reports
    from ..app.tree_ports import PackageNeeds
    from ..app.verification_ports import OutputDiffs, VerificationPorts
    from ..config import Settings
    from ..domain.release_settings import CheckName


class ProjectServices:
    """Everything that the use cases are given by a face, for the files below ``root``."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.settings = settings
        self._root = root

    @cached_property
    def as_written(self) -> Files:
        from ..adapters.files import RootedFiles

        return RootedFiles(self._root, size_limit=self.settings.max_notebook_bytes)

    @cached_property
    def files(self) -> Files:
        if "THAMOS_CONFIG_EXPAND_ENV" not in os.environ:
            return self.as_written
        from ..adapters.expanded_files import ExpandedFiles, is_expanding

        is_wanted = is_expanding(os.environ)
        return ExpandedFiles(self.as_written, os.environ) if is_wanted else self.as_written

    @cached_property
    def changes(self) -> FileChanges:
        from ..adapters.file_changes import RootedChanges

        return RootedChanges(self._root)

    def example_ports(self) -> ExamplePorts:
        """What copying the examples needs, ready for the use case."""
        from ..adapters.example_project import PackagedExamples
        from ..adapters.git_beginning import NewRepositories
        from ..app.copy_examples import ExamplePorts

        beginning = NewRepositories(self._root)
        return ExamplePorts(self.as_written, self.changes, PackagedExamples(), beginning)

    @cached_property
    def slimmer(self) -> Slimmer:
        from ..adapters.json_child import ChildSlimmer

        return ChildSlimmer()

    @cached_property
    def installed(self) -> InstalledPackages:
        from ..adapters.kernel_environments import KernelEnvironments

        return KernelEnvironments()

    @cached_property
    def index(self) -> PackageIndex:
        from ..adapters.uv_index import UvIndex

        return UvIndex(self._root, timeout=self.settings.index_timeout)

    @cached_property
    def package_files(self) -> PackageFiles:
        from ..adapters.uv_files import UvFiles

        return UvFiles(
            self._root,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @cached_property
    def package_needs(self) -> PackageNeeds:
        from ..adapters.uv_needs import UvNeeds

        return UvNeeds(
            self._root,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @cached_property
    def modules(self) -> ProjectModules:
        from ..adapters.project_modules import RepositoryModules

        return RepositoryModules(self._root)

    @cached_property
    def resolvers(self) -> Mapping[str, Resolver]:
        return LateResolvers({"uv": self._uv, "thoth": self._thoth})

    def _uv(self) -> Resolver:
        from ..adapters.uv import UvResolver

        return UvResolver(
            self._root,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    def _thoth(self) -> Resolver:
        from ..adapters.thoth import ThothResolver

        return ThothResolver(
            self._root,
            host=self.settings.thoth_host,
            timeout=self.settings.lock_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @property
    def thoth(self) -> ThothSettings:
        """What the settings say of a Thoth service."""
        return ThothSettings(self.settings.thoth_host, self.settings.fallback)

    @cached_property
    def environments(self) -> Environments:
        from ..adapters.uv_environments import UvEnvironments

        return UvEnvironments(
            self._root,
            self.clock,
            timeout=self.settings.kernel_timeout,
            index_timeout=self.settings.index_timeout,
        )

    @cached_property
    def kernels(self) -> Kernels:
        from ..adapters.kernel_environments import KernelEnvironments
        from ..adapters.kernelspecs import JupyterKernels

        return JupyterKernels(self._root, KernelEnvironments())

    @cached_property
    def advisories(self) -> Advisories:
        from ..adapters.advisories import OsvAdvisories
        from ..app.remember_advisories import RememberingAdvisories

        advisories = OsvAdvisories(
            self._root, self.settings.advisory_service, timeout=self.settings.audit_timeout
        )
        return RememberingAdvisories(advisories, self.advisory_memory, self.clock)

    @cached_property
    def advisory_memory(self) -> AdvisoryMemory:
        from pathlib import Path

        from jupyter_core.paths import jupyter_data_dir

        from ..adapters.advisory_memory import AdvisoryFile

        path = Path(jupyter_data_dir(), "aidevsecops", "advisories.json")
        return AdvisoryFile(path, self.settings.advisory_service)

    def audit_ports(self) -> AuditPorts:
        """What auditing needs, ready for the use case."""
        from ..app.audit_notebook import AuditPorts

        return AuditPorts(self.files, self.advisories, self.clock)

    def plan_ports(self) -> PlanPorts:
        """What planning a release needs, ready for the use case."""
        from ..adapters.git_cliff import GitCliff
        from ..app.release_ports import PlanPorts

        return PlanPorts(
            files=self.as_written,
            git=self._git,
            changes=GitCliff(self._root),
            clock=self.clock,
            content_checks=self.content_checks,
            forges=self.forges,
        )

    def content_checks(self, wish: ContentWish) -> dict[CheckName, ContentCheck]:
        """The checks of what the repository holds, each ready to run."""
        from ..app.content_checks import content_checks

        return content_checks(wish, self.content_ports())

    def content_ports(self) -> ContentPorts:
        """What looking at all that a repository holds needs, ready for the use cases."""
        from ..adapters.release_commands import RepositoryCommands
        from ..adapters.secret_scan import DetectSecrets
        from ..app.content_ports import ContentPorts
        from ..app.discover_requirements import DiscoverPorts

        return ContentPorts(
            files=self.as_written,
            git=self._git,
            discover=DiscoverPorts(self.as_written, self.installed, None, self.modules),
            audit=self.audit_ports(),
            secrets=DetectSecrets(),
            commands=RepositoryCommands(self._root),
        )

    def ask_ports(self) -> AskPorts:
        """What asking bots needs, ready for the use cases."""
        from ..app.bot_ports import AskPorts

        return AskPorts(self.as_written, self._git, self.forges)

    def cut_ports(self) -> CutPorts:
        """What cutting, resuming and undoing a release need, ready for the use cases."""
        from ..adapters.release_journal import GitJournal
        from ..app.git_ports import CutPorts

        journal = GitJournal(self._git.git_dir)
        return CutPorts(self._git, journal, self.as_written, self.changes, self.clock, self.forges)

    @cached_property
    def forges(self) -> Forges:
        from ..adapters.forges import OgrForges

        return OgrForges(
            self._root,
            self.as_written,
            self.settings.forges,
            timeout=self.settings.forge_timeout,
        )

    @cached_property
    def repositories(self) -> Repositories:
        from ..adapters.git_places import RootedRepositories

        return RootedRepositories(self._root)

    @cached_property
    def _git(self) -> GitRepository:
        from ..adapters.git import GitRepository

        return GitRepository(self._root, ceiling=self._root)

    def git_around(self, folder: str, cancel: CancelToken) -> GitReading:
        """The repository that a folder is in.

        Raises:
            AidevsecopsError: it is in none, or git is not there.
        """
        from ..adapters.git import GitRepository

        root = self._root.resolve() / self.repositories.find(folder or ".", cancel)
        return GitRepository(root, ceiling=root)

    def verification_ports(self, kernels: KernelPorts) -> VerificationPorts:
        """What verifying a split needs, ready for the use case."""
        from ..adapters.kernel_environments import KernelEnvironments
        from ..adapters.notebook_runs import KernelNotebookRuns
        from ..app.verification_ports import VerificationPorts

        runs = KernelNotebookRuns(
            self._root,
            KernelEnvironments(),
            timeout=self.settings.verify_cell_timeout,
            limit=self.settings.verify_copy_bytes,
        )
        return VerificationPorts(runs, kernels, self.clock, self.settings.verify_parallel)

    @cached_property
    def output_diffs(self) -> OutputDiffs:
        from ..adapters.nbdime_diffs import NbdimeDiffs

        return NbdimeDiffs()

    @cached_property
    def reports(self) -> Reports:
        from pathlib import Path

        from jupyter_core.paths import jupyter_data_dir

        from ..adapters.report_pages import ReportPages

        return ReportPages(Path(jupyter_data_dir(), "aidevsecops", "reports"))

    @cached_property
    def catalogue(self) -> PackageCatalogue:
        from pathlib import Path

        from jupyter_core.paths import jupyter_data_dir

        from ..adapters.package_catalogue import IndexCatalogue
        from ..jobs.cancel import CancelSource

        folder = Path(jupyter_data_dir(), "aidevsecops", "indexes")
        return IndexCatalogue(
            self._root,
            (folder, self.settings.package_list_hours),
            CancelSource(),
            timeout=self.settings.index_timeout,
        )

    def platform_tags(self) -> tuple[str, ...]:
        """The platform tags of wheels that fit this machine."""
        from ..adapters.this_machine import platform_tags_of_this_machine

        return platform_tags_of_this_machine()

    def close(self) -> None:
        """Stop what runs in the background."""
        catalogue: PackageCatalogue | None = vars(self).get("catalogue")
        if catalogue is not None:
            catalogue.close()

    @cached_property
    def platform(self) -> str:
        """This machine's platform in words, such as ``Linux x86-64``."""
        from ..adapters.this_machine import platform_of_this_machine

        return platform_of_this_machine()

    @cached_property
    def clock(self) -> Clock:
        from ..adapters.clock import SystemClock

        return SystemClock()
