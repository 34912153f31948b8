"""What the use cases of kernels are given in tests."""

from __future__ import annotations

from dataclasses import dataclass, field

from aidevsecops_ext.app.kernel_ports import KernelPorts
from aidevsecops_ext.app.make_kernel import KernelRequest, make_kernel
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.kernels import KernelPlan
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.notebook_json import apply_edit, parse
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.environments import FakeEnvironments
from tests.fakes.files import FakeFiles
from tests.fakes.kernels import FakeKernels
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import locked_metadata, notebook_text

HASH = "sha256:" + "a" * 64
SIX = LockedPackage("six", "1.16.0", (HASH,))


def locked_text(*packages: LockedPackage, python: str = "3.11", **metadata: Json) -> str:
    """A notebook's text with those packages locked."""
    declared: dict[str, Json] = {package.name: "*" for package in packages}
    return notebook_text((), **locked_metadata(declared, packages, python), **metadata)


@dataclass(slots=True)
class KernelKit:
    """Fakes of all ports, and a user who makes kernels with them."""

    environments: FakeEnvironments = field(default_factory=FakeEnvironments)
    kernels: FakeKernels = field(default_factory=FakeKernels)
    files: FakeFiles = field(default_factory=FakeFiles)
    index: FakePackageIndex = field(default_factory=FakePackageIndex)
    progress: FakeProgress = field(default_factory=FakeProgress)
    cancel: FakeCancelToken = field(default_factory=FakeCancelToken)

    @property
    def ports(self) -> KernelPorts:
        """All ports."""
        return KernelPorts(
            environments=self.environments,
            kernels=self.kernels,
            files=self.files,
            index=self.index,
            clock=FakeClock(100.0),
            default_python="3.12",
        )

    def make(
        self, path: str = "nb.ipynb", text: str | None = None, **options: str | bool
    ) -> KernelPlan:
        """Save a notebook and make its kernel; the notebook is switched to it."""
        if text is not None:
            self.files.texts[path] = text
        elif path not in self.files.texts:
            self.files.texts[path] = locked_text(SIX)
        saved = self.files.texts[path]
        name, shown = options.get("name"), options.get("display_name")
        request = KernelRequest(
            path=path,
            notebook=parse(saved, path),
            name=name if isinstance(name, str) else None,
            display_name=shown if isinstance(shown, str) else None,
            is_forced=bool(options.get("force")),
            is_dry_run=bool(options.get("dry_run")),
        )
        plan = make_kernel(request, self.ports, self.progress, self.cancel)
        if not request.is_dry_run:
            self.files.texts[path] = apply_edit(saved, plan.edit)
        return plan
