"""Open a pipeline that is saved in a file."""

from __future__ import annotations

from posixpath import isabs, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, RefusedError, UserError
from ..formats import elyra_pipeline
from .folder_of import folder_of

if TYPE_CHECKING:
    from ..domain.pipeline import Node, Pipeline
    from ..formats.elyra_pipeline import PipelineDocument
    from .ports import Files, FileText


class OpenedPipeline(Struct, frozen=True):
    """A pipeline, where its document is, and that file's text for a later change."""

    path: str
    document: PipelineDocument
    file: FileText

    @property
    def pipeline(self) -> Pipeline:
        """What the document says."""
        return self.document.pipeline

    @property
    def folder(self) -> str:
        """The folder that files of nodes are seen from; empty for the root."""
        return folder_of(self.path)

    def path_of(self, node: Node) -> str:
        """The path of a node's file from the root.

        Raises:
            UserError: it names none.
            RefusedError: it leads out of the root.
        """
        return path_of_node(self.folder, node)


def path_of_node(folder: str, node: Node) -> str:
    """The path of a node's file from the root, for a pipeline in that folder.

    Raises:
        UserError: it names none.
        RefusedError: it leads out of the root.
    """
    if not node.file:
        raise UserError(
            ErrorCode.PIPELINE_INVALID,
            f"Node {node.name} names no file.",
            hint="Choose its file in the editor of pipelines.",
            details={"node": node.name},
        )
    path = normpath(join(folder, node.file))
    if isabs(path) or path.split("/")[0] == "..":
        raise RefusedError(
            ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
            f"The file {node.file} of node {node.name} is outside the folder that may be used.",
            hint="Name a file beside the pipeline, or below it.",
            details={"node": node.name, "file": node.file},
        )
    return path


def open_pipeline(path: str, files: Files) -> OpenedPipeline:
    """The pipeline in that file.

    Raises:
        NotFoundError: there is no such file.
        RefusedError: it is outside the root, too large, or of a version that is not read.
        UserError: it is not a pipeline.
        OutsideFailedError: the operating system refuses.
    """
    file = files.read(path)
    return OpenedPipeline(path, elyra_pipeline.read(file.text, path), file)
