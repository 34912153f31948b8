"""A project whose notebooks become pipelines, with fakes of all ports."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from aidevsecops_ext.app.create_pipeline import CreateRequest, PipelineDraft, create_pipeline
from aidevsecops_ext.app.git_ports import GitReading
from aidevsecops_ext.app.pipeline_ports import PipelinePorts
from aidevsecops_ext.app.plan_nodes import NodeOrder
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.split_notebook import SplitRequest, split_notebook
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.kernels import Kernel
from aidevsecops_ext.domain.repository import Tag
from aidevsecops_ext.formats.notebook_json import parse
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.content import content_ports
from tests.fakes.file_changes import FakeFileChanges
from tests.fakes.files import FakeFiles
from tests.fakes.git import FakeGit
from tests.fakes.kernels import FakeKernels
from tests.kits.overlays import overlay_texts

AICOE_CI = """\
overlays:
  - name: train
    build: {registry: registry.example, registry-org: o, registry-project: churn-train}
  - name: load
    build: {registry: registry.example, registry-org: o, custom-tag: next}
"""


@dataclass(slots=True)
class PipelineKit:
    """Files in memory; ``tags`` are those of the repository, None where there is none."""

    files: FakeFiles = field(default_factory=FakeFiles)
    tags: tuple[str, ...] | None = ()
    cancel: FakeCancelToken = field(default_factory=FakeCancelToken)
    kernels: FakeKernels = field(default_factory=lambda: FakeKernels(Kernel("python3", "Python 3")))
    changes: FakeFileChanges = field(init=False)

    def __post_init__(self) -> None:
        self.changes = FakeFileChanges(self.files)

    @property
    def ports(self) -> PipelinePorts:
        """What the use cases need."""
        return PipelinePorts(self.files, content_ports(self.files).discover, self.git)

    def git(self, folder: str, cancel: CancelToken) -> GitReading:
        """The repository around every folder."""
        del folder, cancel
        if self.tags is None:
            raise RefusedError(ErrorCode.RELEASE_NO_REPOSITORY, "No repository.")
        git = FakeGit(self.files)
        git.tag_list = [Tag(name, "c0", name) for name in self.tags]
        return git

    def split(
        self, path: str, text: str, *, out: str | None = None, has_module: bool = False
    ) -> None:
        """Have a notebook, and its steps as a split writes them."""
        self.files.texts[path] = text
        request = SplitRequest(
            path,
            parse(text, path),
            json.loads(text),
            out=out,
            has_overlays=False,
            has_module=has_module,
        )
        split = split_notebook(request, self.ports.discover, self.cancel)
        self.files.texts.update({file.path: file.text for file in split.files})

    def add_overlay(self, name: str) -> None:
        """Have an overlay of that name, locked."""
        for path, text in overlay_texts().items():
            self.files.texts[path.replace("/train/", f"/{name}/")] = text

    def create(
        self,
        *names: str,
        path: str | None = None,
        order: NodeOrder = NodeOrder.GIVEN,
        steps: str | None = None,
        image: str = "",
        is_forced: bool = False,
    ) -> PipelineDraft:
        """The draft of a pipeline."""
        request = CreateRequest(names, path, order, steps, image, is_forced)
        return create_pipeline(request, self.ports, self.cancel)
