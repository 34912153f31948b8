"""Pipelines that are run with fakes of all that is outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aidevsecops_ext.app.kernel_ports import KernelPorts
from aidevsecops_ext.app.plan_run import RunRequest
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.run_pipeline import run_pipeline
from aidevsecops_ext.app.run_ports import RunPorts
from aidevsecops_ext.domain.pipeline import Node, NodeKind, Parameter, Pipeline
from aidevsecops_ext.domain.pipeline_run import PipelineRun
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.environments import FakeEnvironments
from tests.fakes.files import FakeFiles
from tests.fakes.kernels import FakeKernels
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.fakes.project_modules import FakeProjectModules
from tests.fakes.runs import FakeProjectData, FakeRunFolders, FakeStepRuns
from tests.kits.notebooks import notebook_text


def node(name: str, *upstream: str, **options: Any) -> Node:
    """A node that runs the notebook of its name, after others."""
    file = options.pop("file", f"{name}.ipynb")
    kind = NodeKind.PYTHON if file.endswith(".py") else NodeKind.NOTEBOOK
    kind = options.pop("kind", kind)
    return Node(name, name, kind, kind.value, file, upstream=upstream, **options)


@dataclass
class World:
    """A pipeline, its files and what happens when it is run."""

    nodes: tuple[Node, ...]
    texts: dict[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    data: FakeProjectData = field(default_factory=FakeProjectData)
    progress: FakeProgress = field(default_factory=FakeProgress)
    environments: FakeEnvironments = field(default_factory=FakeEnvironments)
    modules: FakeProjectModules = field(default_factory=FakeProjectModules)
    path: str = "a.pipeline"
    parallel: int = 2
    files: FakeFiles = field(init=False)
    ports: RunPorts = field(init=False)

    def __post_init__(self) -> None:
        for each in self.nodes:
            is_notebook = each.file.endswith(".ipynb")
            default = notebook_text([f"print('{each.name}')"]) if is_notebook else "print(1)\n"
            self.texts.setdefault(each.file, default)
        self.files = FakeFiles(self.texts)
        clock, index = FakeClock(), FakePackageIndex()
        self.ports = RunPorts(
            files=self.files,
            modules=self.modules,
            data=self.data,
            folders=FakeRunFolders(self.data),
            steps=FakeStepRuns(self.data),
            kernels=KernelPorts(self.environments, FakeKernels(), self.files, index, clock, "3.11"),
            clock=clock,
            parallel=self.parallel,
        )

    @property
    def steps(self) -> FakeStepRuns:
        """What runs the steps."""
        assert isinstance(self.ports.steps, FakeStepRuns)
        return self.ports.steps

    @property
    def folders(self) -> FakeRunFolders:
        """Where the runs are."""
        assert isinstance(self.ports.folders, FakeRunFolders)
        return self.ports.folders

    def request(self, **options: Any) -> RunRequest:
        """A wish to run it."""
        pipeline = Pipeline(
            "churn", self.nodes, parameters=self.parameters, default_environment=self.environment
        )
        return RunRequest(self.path, pipeline, **options)

    def run(self, cancel: CancelToken | None = None, **options: Any) -> PipelineRun:
        """How a run ends."""
        token = cancel or FakeCancelToken()
        return run_pipeline(self.request(**options), self.ports, self.progress, token)


def states_of(run: PipelineRun) -> dict[str, str]:
    """The state of each step."""
    return {step.name: step.state.value for step in run.steps}


def reasons_of(run: PipelineRun) -> dict[str, str]:
    """Why each step ran or did not."""
    return {step.name: step.reason for step in run.steps}
