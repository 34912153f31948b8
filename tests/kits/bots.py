"""A repository that lives in dictionaries, on a forge, with a bot that looks after it."""

from __future__ import annotations

from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.bot_ports import BotPorts
from aidevsecops_ext.app.discover_requirements import DiscoverPorts
from aidevsecops_ext.app.lock_notebook import LockPorts
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.app.relock_repository import RelockPorts
from aidevsecops_ext.app.run_bot import BotAction, run_bot
from aidevsecops_ext.domain.lock import LockedPackage
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.clock import FakeClock
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.project_modules import FakeProjectModules
from tests.fakes.resolver import FakeResolver
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.overlays import overlay_texts
from tests.kits.plannable import NOW, Plannable
from tests.kits.release_plans import FakeReleases

MANAGERS = """\
managers:
  - name: version
    configuration: {labels: [bot], maintainers: [Jo, sam]}
  - name: update
    configuration: {labels: [bot, deps]}
  - info
"""
NOTEBOOK = notebook_text(
    [], **locked_metadata({"rich": "*"}, [LockedPackage("rich", "1.0", ("sha256:rich",))])
)


class Bot(FakeReleases):
    """The bot, what it looks after, and what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = self.files.texts
        self.texts.clear()
        overlays = overlay_texts()
        thoth = overlays.pop(".thoth.yaml")
        self.texts |= {
            **overlays,
            ".thoth.yaml": thoth + MANAGERS,
            "OWNERS": "approvers: [ann]\nreviewers: [eve]\n",
            "version.py": '__version__ = "1.0.0"\n',
            "nb.ipynb": NOTEBOOK,
            "plain.ipynb": notebook_text(["1"]),
        }
        self.commit()
        self.resolver = FakeResolver({"six": "1.17", "rich": "2.0"})
        plannable = Plannable()
        audit = AuditPorts(self.files, FakeAdvisories(), FakeClock(NOW))
        installed, index = FakeInstalledPackages(), FakePackageIndex()
        discover = DiscoverPorts(self.files, installed, index, FakeProjectModules())
        lock = LockPorts(
            files=self.files,
            index=index,
            resolvers={"fake": self.resolver},
            default_engine="fake",
            default_python="3.11",
            recommend=RecommendPorts(FakeClock(NOW), lambda: audit, stable_days=14),
        )
        plannable.ports = type(plannable.ports)(
            files=self.files,
            git=self.git,
            changes=plannable.ports.changes,
            clock=plannable.clock,
            content_checks=lambda *_: {},
            forges=self.forges,
        )
        relock = RelockPorts(self.files, self.git, discover, lock)
        self.bot = BotPorts(plannable.ports, self.ports, relock)

    def commit(self) -> None:
        """Commit all files, and have them on the remote."""
        self.git.remote = {"refs/heads/main": self.git.add("Work")}

    def run(self, *, is_dry_run: bool = False) -> list[tuple[int, str, bool]]:
        """Each issue, what became of it, and whether it was closed."""
        return [
            (action.issue.number, action.outcome.value, action.is_closed)
            for action in self.actions(is_dry_run=is_dry_run)
        ]

    def actions(self, *, is_dry_run: bool = False) -> tuple[BotAction, ...]:
        return run_bot(self.bot, self.progress, self.cancel, is_dry_run=is_dry_run)
