"""A repository's contents: what finds secrets in them, and what runs commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.content_ports import CommandEnd, ContentPorts
from aidevsecops_ext.app.discover_requirements import DiscoverPorts
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.secrets_found import FoundSecret, Passage
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.git import FakeGit
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.project_modules import FakeProjectModules


class FakeSecretScanner:
    """Takes each line with ``SECRET`` for one, and with ``PERHAPS`` for what looks like one."""

    def scan(self, passages: Iterable[Passage], cancel: CancelToken) -> Iterator[FoundSecret]:
        for passage in passages:
            cancel.raise_if_cancelled()
            for number, line in enumerate(passage.text.splitlines(), start=1):
                if "SECRET" in line or "PERHAPS" in line:
                    yield FoundSecret(
                        passage.file,
                        number,
                        "Test Token",
                        is_certain="SECRET" in line,
                        part=passage.part,
                        cell=passage.cell,
                    )


class FakeCommandRunner:
    """Ends each command as ``ends`` says, by its first word; else well. Keeps what was asked."""

    def __init__(self, ends: Mapping[str, CommandEnd] | None = None) -> None:
        self.ends = dict(ends or {})
        self.asked: list[tuple[tuple[str, ...], float]] = []

    def run(
        self, argv: tuple[str, ...], seconds: float, progress: Progress, cancel: CancelToken
    ) -> CommandEnd:
        del progress, cancel
        self.asked.append((argv, seconds))
        return self.ends.get(argv[0], CommandEnd(0))


def content_ports(
    files: FakeFiles, advisories: FakeAdvisories | None = None, git: FakeGit | None = None
) -> ContentPorts:
    """The ports of a repository of those files, all of them tracked."""
    return ContentPorts(
        files=files,
        git=git or FakeGit(files),
        discover=DiscoverPorts(files, FakeInstalledPackages(), None, FakeProjectModules()),
        audit=AuditPorts(files, advisories or FakeAdvisories(), FakeClock(0.0)),
        secrets=FakeSecretScanner(),
        commands=FakeCommandRunner(),
    )
