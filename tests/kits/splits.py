"""A user who splits notebooks with fakes of all ports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from aidevsecops_ext.app.apply_split import AppliedSplit, ApplyPorts, ApplyRequest, apply_split
from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.discover_requirements import DiscoverPorts
from aidevsecops_ext.app.lock_notebook import LockPorts
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.app.split_notebook import SplitRequest, split_notebook
from aidevsecops_ext.app.verification_ports import RunRequest, VerificationPorts
from aidevsecops_ext.app.write_overlays import OverlaysPorts
from aidevsecops_ext.domain.cut import ChosenStep, CutBy, CutRequest
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook_run import Fingerprint, NotebookRun, RunEnd
from aidevsecops_ext.domain.split_preview import Split
from aidevsecops_ext.formats.notebook_json import parse_json
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.all_packages import AllPackages
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.file_changes import FakeFileChanges
from tests.fakes.files import FakeFiles
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.notebook_runs import FakeNotebookRuns
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.fakes.project_modules import FakeProjectModules
from tests.kits.kernels import KernelKit
from tests.kits.split_notebooks import CHURN, split_source, split_text

DONE = NotebookRun(RunEnd.DONE, 1.0)


class SameRuns(FakeNotebookRuns):
    """Every run prints the same and leaves the same values; those of ``failing`` fail."""

    def __init__(self) -> None:
        super().__init__({})
        self.failing: str | None = None

    def run(
        self, request: RunRequest, on_cell: Callable[[int, int], None], cancel: CancelToken
    ) -> NotebookRun:
        self._runs = {request.path: [DONE]}
        done = super().run(request, on_cell, cancel)
        return replace(
            done,
            end=RunEnd.FAILED if request.path == self.failing else RunEnd.DONE,
            outputs=dict.fromkeys(range(99), ()),
            variables={name: Fingerprint("int", "1", "1", "1") for name in request.names},
        )


@dataclass(slots=True)
class SplitKit:
    """Files in memory, an engine, kernels, and the notebook ``work/churn.ipynb``."""

    files: FakeFiles = field(default_factory=FakeFiles)
    engine: FakeEngine = field(default_factory=FakeEngine)
    runs: SameRuns = field(default_factory=SameRuns)
    progress: FakeProgress = field(default_factory=FakeProgress)
    cancel: FakeCancelToken = field(default_factory=FakeCancelToken)
    changes: FakeFileChanges = field(init=False)

    def __post_init__(self) -> None:
        self.changes = FakeFileChanges(self.files)

    @property
    def ports(self) -> DiscoverPorts:
        """What a preview needs."""
        return DiscoverPorts(
            self.files, FakeInstalledPackages(), FakePackageIndex(), FakeProjectModules()
        )

    def request(
        self,
        cells: Sequence[str] = CHURN,
        tags: dict[int, list[str]] | None = None,
        **options: str | int | tuple[ChosenStep, ...] | dict[str, Json],
    ) -> SplitRequest:
        """What to split: the notebook with these cells and tags."""
        level, recorded = options.get("level"), options.get("recorded")
        own: dict[str, Json] = {"aidevsecops": recorded} if isinstance(recorded, dict) else {}
        source, steps = split_source(cells, tags, **own), options.get("steps")
        cut = CutRequest(
            CutBy(str(options.get("by", "auto"))), level if isinstance(level, int) else None
        )
        if isinstance(steps, tuple):
            cut = CutRequest(CutBy.HAND, steps=steps)
        out = options.get("out")
        return SplitRequest(
            path=str(options.get("path", "work/churn.ipynb")),
            notebook=parse_json(source, "work/churn.ipynb"),
            source=source,
            cut=cut,
            out=out if isinstance(out, str) else None,
            has_overlays=bool(options.get("overlays", False)),
            has_module=bool(options.get("module", False)),
            is_pruned=bool(options.get("prune", False)),
        )

    def preview(self, request: SplitRequest | None = None) -> Split:
        """The split that would be made."""
        return split_notebook(request or self.request(), self.ports, self.cancel)

    def apply(
        self,
        request: SplitRequest | None = None,
        *,
        digest: str | None = None,
        is_forced: bool = False,
        is_verified: bool = False,
        revision: str | None = None,
    ) -> AppliedSplit:
        """The split, made."""
        wish = ApplyRequest(
            request or self.request(),
            split_text(),
            digest,
            is_forced,
            is_verified,
            revision=revision,
        )
        ports = ApplyPorts(self.ports, self._overlays, lambda: self.verification, self.changes)
        return apply_split(wish, ports, self.progress, self.cancel)

    @property
    def verification(self) -> VerificationPorts:
        """What a verification needs."""
        return VerificationPorts(self.runs, KernelKit().ports, FakeClock(1.0))

    def _overlays(self) -> OverlaysPorts:
        audit = AuditPorts(self.files, FakeAdvisories(), FakeClock())
        lock = LockPorts(
            files=self.files,
            index=FakePackageIndex(),
            resolvers={"uv": self.engine},
            default_engine="uv",
            default_python="3.11",
            recommend=RecommendPorts(FakeClock(), lambda: audit, 14),
        )
        return OverlaysPorts(lock, AllPackages(), self.files)
