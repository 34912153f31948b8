"""A repository in dictionaries that a release can be planned of."""

from __future__ import annotations

from datetime import datetime, timezone

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.release_ports import PlanPorts
from aidevsecops_ext.domain.changelog import ChangelogEntry
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.forge import FakeForges
from tests.fakes.git import FakeGit

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=timezone.utc).timestamp()


class NoChanges:
    """Nothing was committed since."""

    def since(self, tag: str | None, cancel: CancelToken) -> tuple[ChangelogEntry, ...]:
        del tag
        cancel.raise_if_cancelled()
        return ()


class Plannable:
    """A repository of version 1.0.0, and what is planned with."""

    def __init__(self, text: str = '__version__ = "1.0.0"\n') -> None:
        self.files = FakeFiles({"version.py": text})
        self.git = FakeGit(self.files)
        self.clock = FakeClock(NOW)
        self.forges = FakeForges()
        self.ports = PlanPorts(
            files=self.files,
            git=self.git,
            changes=NoChanges(),
            clock=self.clock,
            content_checks=lambda *_: {},
            forges=self.forges,
        )
