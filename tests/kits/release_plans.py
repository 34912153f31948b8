"""Releases of a repository that lives in dictionaries."""

from __future__ import annotations

from typing import Any

from aidevsecops_ext.app.cut_release import CutRequest, cut_release
from aidevsecops_ext.app.git_ports import CutPorts
from aidevsecops_ext.app.release_status import ReleaseStatus, release_status
from aidevsecops_ext.app.resume_release import resume_release
from aidevsecops_ext.app.undo_release import UndoneRelease, UndoRequest, undo_release
from aidevsecops_ext.domain.file_preview import FilePreview
from aidevsecops_ext.domain.release import ReleasePlan
from aidevsecops_ext.domain.release_record import ReleaseRecord, ReleaseStage
from aidevsecops_ext.domain.versions import ReleaseKind
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.file_changes import FakeFileChanges
from tests.fakes.files import FakeFiles
from tests.fakes.forge import FakeForge, FakeForges
from tests.fakes.git import FakeGit, FakeJournal
from tests.fakes.progress import FakeProgress

BEFORE = {"version.py": "1.0.0\n", "notes.txt": "as it is\n"}
AFTER = {"version.py": "1.1.0\n", "CHANGELOG.md": "# Changelog\n"}
FILES = tuple(FilePreview(path, text, BEFORE.get(path)) for path, text in AFTER.items())


class FakeReleases:
    """A repository, its remote, and what is done to them."""

    def __init__(self, *, has_remote: bool = True) -> None:
        self.files = FakeFiles(BEFORE)
        self.git = FakeGit(self.files, has_remote=has_remote)
        self.journal = FakeJournal()
        self.changes = FakeFileChanges(self.files)
        self.progress = FakeProgress()
        self.cancel = FakeCancelToken()
        self.forge = FakeForge()
        self.forges = FakeForges(self.forge)
        self.ports = CutPorts(
            self.git, self.journal, self.files, self.changes, FakeClock(5.0), self.forges
        )

    def plan(self, **changes: Any) -> ReleasePlan:
        known = {"files": FILES, "changelog": "- All\n", "branch": "main", **changes}
        return ReleasePlan("1.0.0", "1.1.0", "v1.1.0", ReleaseKind.MINOR, "c0", **known)

    def cut(self, plan: ReleasePlan | None = None, **options: Any) -> ReleaseRecord:
        request = CutRequest(plan or self.plan(), **options)
        return cut_release(request, self.ports, self.progress, self.cancel)

    def resume(self) -> ReleaseRecord:
        return resume_release(self.ports, self.progress, self.cancel)

    def undo(self, *, is_remote: bool = False) -> UndoneRelease:
        return undo_release(UndoRequest(is_remote), self.ports, self.progress, self.cancel)

    def status(self, *, is_remote_asked: bool = True) -> ReleaseStatus:
        return release_status(self.ports, self.cancel, is_remote_asked=is_remote_asked)

    def stop_at(self, stage: ReleaseStage) -> None:
        """Have the journal end at a stage, as if the process had ended then."""
        stages = [record.stage for record in self.journal.records]
        del self.journal.records[stages.index(stage) + 1 :]

    def is_as_before(self) -> bool:
        """True where nothing of a release is left here."""
        return (self.files.texts, self.git.index, self.git.head, self.git.tag_list) == (
            BEFORE,
            BEFORE,
            "c0",
            [],
        )
