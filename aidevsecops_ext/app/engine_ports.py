"""What hands pipelines to an engine that runs them elsewhere, as a protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from ..domain.engine import EngineIssue, Exported, ExportFormat, Submitted
    from ..domain.json_value import Json
    from ..domain.runtime import RuntimeConfiguration
    from .ports import CancelToken, Progress


class EngineWork(Struct, frozen=True):
    """A pipeline: ``path`` of its document, and ``content`` as of version 8.

    Without ``runtime`` it is one that runs here. With ``secret`` steps get the keys of object
    storage from the secret of Kubernetes that has that name.
    """

    path: str
    content: dict[str, Json]
    runtime: RuntimeConfiguration | None = None
    secret: str = ""


class PipelineEngine(Protocol):
    """Elyra, in a process of its own."""

    def validate(self, work: EngineWork, cancel: CancelToken) -> tuple[EngineIssue, ...]:
        """What it finds wrong with a pipeline.

        Raises:
            ToolMissingError: it is not installed.
            OutsideFailedError: it failed; the message says what it said.
            TimedOutError: it took longer than the limit.
            CancelledError: cancelled.
        """
        ...

    def export(
        self, work: EngineWork, file_format: ExportFormat, progress: Progress, cancel: CancelToken
    ) -> Exported:
        """The pipeline as its engine reads it; the files of its steps are stored for it.

        Raises:
            RefusedError: the pipeline is not valid; the details hold what is wrong.
            AidevsecopsError: as ``validate``.
        """
        ...

    def submit(self, work: EngineWork, progress: Progress, cancel: CancelToken) -> Submitted:
        """Where the pipeline runs that has been handed to its engine.

        Raises:
            RefusedError: the pipeline is not valid; the details hold what is wrong.
            AidevsecopsError: as ``validate``.
        """
        ...

    def login(self, runtime: RuntimeConfiguration, cancel: CancelToken) -> str:
        """The cookies that let somebody into an engine that has a page to log in.

        Raises:
            AidevsecopsError: as ``validate``.
        """
        ...
