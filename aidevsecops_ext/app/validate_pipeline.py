"""Validate a pipeline: whether it does what it says, here and on a cluster."""

from __future__ import annotations

import re
from posixpath import basename
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.engine import IssueLevel
from ..domain.errors import AidevsecopsError, CancelledError, NotFoundError, RefusedError
from ..domain.pipeline import NodeKind, in_order
from ..domain.pipeline_findings import (
    Correction,
    FindingCode,
    PipelineFinding,
    error,
    note,
    warning,
)
from ..domain.secret_names import is_literal, is_secret_name
from ..domain.secrets_found import Passage
from ..formats.elyra_nodes import custody_of
from ..formats.elyra_pipeline import primary_of
from ..formats.toml_text import table_of, tables_of, text_of
from .engine_ports import EngineWork
from .find_files import find_named
from .node_environment import NodeEnvironments
from .overlay_images import find_overlay_images
from .pipeline_files import NodeFiles, check_files, node_files
from .read_code import CodeFile, open_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..domain.json_value import Json
    from ..domain.pipeline import Node
    from .content_ports import SecretScanner
    from .engine_ports import PipelineEngine
    from .kernel_ports import Kernels
    from .open_pipeline import OpenedPipeline
    from .pipeline_ports import PipelinePorts
    from .ports import CancelToken

_MANY = 3
# What Elyra takes for the name of an image.
_IMAGE = re.compile(r"[^/ ]+(?:/[^/ ]+)+")


class ValidatePorts(Struct, frozen=True):
    """What validating needs; ``secrets`` is made where there is a text to look through.

    ``images`` are the names of the images that are registered for Elyra, ``kernels`` those of this
    machine.
    """

    pipelines: PipelinePorts
    secrets: Callable[[], SecretScanner]
    images: Callable[[], frozenset[str]]
    kernels: Callable[[], Kernels]


class PipelineReport(Struct, frozen=True):
    """What was found, in the order of the nodes; what concerns the whole pipeline comes first."""

    opened: OpenedPipeline
    findings: tuple[PipelineFinding, ...] = ()

    @property
    def is_valid(self) -> bool:
        """True without errors."""
        return not any(each.level is IssueLevel.ERROR for each in self.findings)


def validate_pipeline(
    opened: OpenedPipeline, ports: ValidatePorts, cancel: CancelToken
) -> PipelineReport:
    """What is wrong with a pipeline, as far as it can be seen without running it.

    Raises:
        AidevsecopsError: a folder cannot be read.
        CancelledError: cancelled.
    """
    validation = _Validation(opened, ports, cancel)
    findings = [*validation.links()]
    for node in opened.pipeline.nodes:
        cancel.raise_if_cancelled()
        findings += validation.node(node)
    findings += check_files(opened.pipeline, validation.files, ports.pipelines.files)
    places = {node.name: place for place, node in enumerate(opened.pipeline.nodes)}
    findings.sort(key=lambda each: places.get(each.node, -1))
    return PipelineReport(opened, tuple(dict.fromkeys(findings)))


def with_engine(
    report: PipelineReport, engine: PipelineEngine, cancel: CancelToken
) -> PipelineReport:
    """The report with what Elyra finds besides.

    Raises:
        AidevsecopsError: Elyra is not there, or failed.
        CancelledError: cancelled.
    """
    opened = report.opened
    issues = engine.validate(EngineWork(opened.path, opened.document.content), cancel)
    found = tuple(
        PipelineFinding(
            issue.level,
            f"elyra.{issue.kind}",
            f"{issue.message} (now: {issue.value})" if issue.value else issue.message,
            "",
            issue.node,
            issue.field,
        )
        for issue in issues
    )
    return PipelineReport(opened, (*report.findings, *found))


def _corrected(finding: PipelineFinding, node: Node, value: str) -> PipelineFinding:
    return replace(finding, correction=Correction(node.id, finding.field, value))


class _Validation:
    def __init__(self, opened: OpenedPipeline, ports: ValidatePorts, cancel: CancelToken) -> None:
        self._opened = opened
        self._pipeline = opened.pipeline
        self._ports = ports
        self._pipelines = ports.pipelines.reading_once()
        self._files = self._pipelines.files
        self._cancel = cancel
        self._images = find_overlay_images(opened.folder, self._pipelines, cancel)
        self._environments = NodeEnvironments(self._pipelines, ports.kernels, cancel)
        nodes = tables_of(primary_of(opened.document.content), "nodes")
        self._raw: Mapping[str, dict[str, Json]] = {text_of(n, "id"): n for n in nodes}
        self.files: dict[str, NodeFiles] = {}

    def links(self) -> Iterator[PipelineFinding]:
        """What is wrong with the order of the nodes."""
        try:
            in_order(self._pipeline)
        except RefusedError as caught:
            yield error(FindingCode.CYCLE, caught.message, caught.hint, "")
        known = {node.id for node in self._pipeline.nodes}
        for node in self._pipeline.nodes:
            for id_ in node.upstream:
                if id_ not in known:
                    yield warning(
                        FindingCode.UNKNOWN_LINK,
                        f"It is to run after the node {id_}, which is not there.",
                        "Remove the link.",
                        node.name,
                    )

    def node(self, node: Node) -> Iterator[PipelineFinding]:
        """What is wrong with one node; remembers its files."""
        if node.kind is NodeKind.OTHER:
            message = "It is a component of a catalog: an engine can run it, and this program not."
            yield note(FindingCode.COMPONENT, message, "", node.name)
            return
        yield from self._image(node)
        yield from self._secrets(node)
        known = {parameter.name for parameter in self._pipeline.parameters}
        for name in node.parameters:
            if name not in known:
                yield error(
                    FindingCode.UNKNOWN_PARAMETER,
                    f"It takes the parameter {name}, which the pipeline has not.",
                    "Add it to the pipeline's parameters.",
                    node.name,
                    "pipeline_parameters",
                )
        try:
            code = open_code(self._opened.path_of(node), self._files)
        except CancelledError:
            raise
        except AidevsecopsError as caught:
            yield self._no_code(node, caught)
            return
        yield from self._values(node, code)
        if node.kind is NodeKind.R:
            return
        self.files[node.id] = node_files(node, code, self._pipelines.discover, self._cancel)
        yield from self._environments.check(node, code, custody_of(self._raw.get(node.id, {})))

    def _no_code(self, node: Node, caught: AidevsecopsError) -> PipelineFinding:
        if not node.file:
            return error(FindingCode.NO_FILE, caught.message, caught.hint, node.name, "filename")
        if isinstance(caught, NotFoundError):
            found = find_named(basename(node.file), self._opened.folder, self._files)
            hint = f"Is it {' or '.join(found[:_MANY])}?" if found else "Correct its path."
            message = f"Its file {node.file} is not there."
            missing = error(FindingCode.MISSING_FILE, message, hint, node.name, "filename")
            return _corrected(missing, node, found[0]) if len(found) == 1 else missing
        is_outside = isinstance(caught, RefusedError)
        code = FindingCode.OUTSIDE_FILE if is_outside else FindingCode.UNREADABLE_FILE
        return error(code, caught.message, caught.hint, node.name, "filename")

    def _image(self, node: Node) -> Iterator[PipelineFinding]:
        image = self._pipeline.image_of(node)
        field = "runtime_image"
        if not image:
            message = "It has no image: it runs here, and on no cluster."
            hint = "Choose one in the editor, or have pipeline create name one (--image)."
            yield warning(FindingCode.NO_IMAGE, message, hint, node.name, field)
        elif _IMAGE.fullmatch(image) is None:
            message = f"'{image}' is no name of an image."
            hint = "It is written [registry/]owner/image:tag."
            yield error(FindingCode.INVALID_IMAGE, message, hint, node.name, field)
        elif (fresh := self._images.stale(image)) is not None:
            message = f"Its image {image} is not of the newest release."
            stale = warning(FindingCode.STALE_IMAGE, message, f"Use {fresh}.", node.name, field)
            yield _corrected(stale, node, fresh)
        elif not self._images.is_own(image) and image not in self._ports.images():
            message = f"Nothing here knows the image {image}."
            hint = "Register it (aidevsecops image register), if it is right."
            yield note(FindingCode.UNKNOWN_IMAGE, message, hint, node.name, field)

    def _secrets(self, node: Node) -> Iterator[PipelineFinding]:
        values = {name: v for name, v in node.environment.items() if is_literal(v)}
        found = {name for name in values if is_secret_name(name)}
        lines = [f'{name} = "{value}"' for name, value in values.items() if name not in found]
        if lines:
            passage = Passage(f"{node.name}.py", "\n".join(lines))
            names = [name for name in values if name not in found]
            scan = self._ports.secrets().scan([passage], self._cancel)
            found |= {names[secret.line - 1] for secret in scan}
        for name in sorted(found):
            yield error(
                FindingCode.LITERAL_SECRET,
                f"The value of {name} is a secret that anybody can read in the pipeline.",
                "Take it out, have a new one made, and name it as a Kubernetes secret of the node, "
                "or set it where the pipeline runs.",
                node.name,
                "env_vars",
            )

    def _values(self, node: Node, code: CodeFile) -> Iterator[PipelineFinding]:
        given = {*self._pipeline.environment_of(node), *node.parameters}
        raw = table_of(self._raw.get(node.id, {}), "app_data", "component_parameters")
        given |= {text_of(each, "env_var") for each in tables_of(raw, "kubernetes_secrets")}
        for variable in code.variables:
            if variable.is_required and variable.name not in given:
                yield warning(
                    FindingCode.NO_VALUE,
                    f"Its code needs the variable {variable.name}, which has no value.",
                    "Give it one, make it a parameter, or name a Kubernetes secret for it.",
                    node.name,
                    "env_vars",
                )
