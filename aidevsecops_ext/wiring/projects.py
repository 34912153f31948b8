"""Which adapter stands behind which port of projects, their splits and releases.

An adapter is imported when it is first asked for: a command that only reads notebooks need not wait
for what resolves, installs or audits.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .notebooks import NotebookServices

if TYPE_CHECKING:
    from ..adapters.git import GitRepository
    from ..app.bot_ports import AskPorts
    from ..app.content_ports import ContentPorts
    from ..app.copy_examples import ExamplePorts
    from ..app.exchange_ports import FileChanges
    from ..app.forge_ports import Forges
    from ..app.git_ports import CutPorts, GitReading, Repositories
    from ..app.ports import CancelToken
    from ..app.release_ports import ContentCheck, ContentWish, PlanPorts
    from ..app.report_ports import Reports
    from ..app.verification_ports import OutputDiffs, VerificationPorts
    from ..domain.release_settings import CheckName


class ProjectServices(NotebookServices):
    """Everything that the use cases are given by a face, for the files below ``root``."""

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

    def verification_ports(self) -> VerificationPorts:
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
        return VerificationPorts(
            runs, self.kernel_ports(), self.clock, self.settings.verify_parallel
        )

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
