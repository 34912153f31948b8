"""``.pipeline``: Elyra's documents, versions 3 to 8, as pipelines.

All that is not known here stays in the document, and in its text after a change.
"""

from __future__ import annotations

import json
from posixpath import basename
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError, UserError
from ..domain.pipeline import (
    Node,
    NodeKind,
    Number,
    Parameter,
    Pipeline,
    Resources,
    RuntimeType,
)
from .elyra_migration import NEWEST, OLDEST, label_of, migrated, needs_editor, version_of
from .toml_text import require_shallow, table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json

SUFFIX = ".pipeline"
_IN, _OUT = "_inPort", "_outPort"
_OUT_PORT = "outPort"


class PipelineDocument(Struct, frozen=True):
    """A document: its text as it is, and its content as of version 8.

    ``version`` is that of the text. ``needs_editor`` are nodes that only Elyra's editor can
    migrate, because it knows their components.
    """

    name: str
    text: str
    version: int
    content: dict[str, Json]
    pipeline: Pipeline
    needs_editor: tuple[str, ...] = ()

    @property
    def is_migrated(self) -> bool:
        """True when the content is not of the version that the text is of."""
        return self.version != NEWEST

    def with_content(self, content: dict[str, Json]) -> PipelineDocument:
        """The document with other content, laid out as Elyra's editor writes it.

        Raises:
            UserError: it is no pipeline.
        """
        text = text_of_document(content)
        return PipelineDocument(self.name, text, NEWEST, content, _pipeline(content, self.name))


def text_of_document(content: dict[str, Json]) -> str:
    """The text of a document as Elyra's editor writes it."""
    return json.dumps(content, indent=2, ensure_ascii=False)


def name_of_pipeline(path: str) -> str:
    """What Elyra calls the pipeline in a file."""
    return basename(path).removesuffix(SUFFIX)


def read(text: str, path: str) -> PipelineDocument:
    """The document in a file.

    Raises:
        UserError: it is not JSON or holds no pipeline; the message names the node and the key.
        RefusedError: its version is older than 3, or newer than 8.
    """
    name = name_of_pipeline(path)
    try:
        content: Json = json.loads(text.removeprefix("\ufeff"))
        require_shallow(content)
    except (ValueError, RecursionError) as error:
        raise _invalid(name, f"it is not JSON ({error})") from error
    if not isinstance(content, dict) or not tables_of(content, "pipelines"):
        raise _invalid(name, "it has no 'pipelines', a list of objects")
    version = version_of(content)
    if version is None:
        raise _invalid(name, "'pipelines[0].app_data.version' is not a number")
    if not OLDEST <= version <= NEWEST:
        raise RefusedError(
            ErrorCode.PIPELINE_UNSUPPORTED_VERSION,
            f"The pipeline {name} is of version {version}; versions {OLDEST} to {NEWEST} are read.",
            hint="Open and save it in the Elyra that it was made with, or in a newer one."
            if version < OLDEST
            else "It was saved by a newer Elyra: update this extension.",
            details={"version": version},
        )
    others = needs_editor(content, version)
    if version != NEWEST:
        content = migrated(content, version, name)
    return PipelineDocument(name, text, version, content, _pipeline(content, name), others)


def primary_of(content: dict[str, Json]) -> dict[str, Json]:
    """The pipeline that the document runs; empty where there is none."""
    wanted = content.get("primary_pipeline")
    return next((each for each in tables_of(content, "pipelines") if each.get("id") == wanted), {})


def _pipeline(content: dict[str, Json], name: str) -> Pipeline:
    primary = primary_of(content)
    if not primary:
        raise _invalid(name, "'primary_pipeline' names none of its pipelines")
    properties = table_of(primary, "app_data", "properties")
    defaults = table_of(properties, "pipeline_defaults")
    reader = _Reader(name, content)
    return Pipeline(
        name=name,
        nodes=tuple(reader.unique(reader.nodes(primary))),
        runtime_type=_runtime_type(text_of(table_of(primary, "app_data"), "runtime_type")),
        parameters=tuple(map(_parameter, tables_of(properties, "pipeline_parameters"))),
        default_image=text_of(defaults, "runtime_image"),
        default_environment=reader.environment(defaults, "the defaults"),
    )


def _runtime_type(text: str) -> RuntimeType:
    # Others are engines of Elyra's that nothing here submits to.
    return next((kind for kind in RuntimeType if kind.value == text), RuntimeType.GENERIC)


def _parameter(table: dict[str, Json]) -> Parameter:
    default = table_of(table, "default_value")
    value = default.get("value")
    return Parameter(
        text_of(table, "name"),
        text_of(default, "type") or "String",
        None if value in (None, "") else str(value),
        table.get("required") is True,
    )


class _Reader:
    """Reads nodes; those within a super node count as the pipeline's own, as in Elyra."""

    def __init__(self, name: str, content: dict[str, Json]) -> None:
        self._name = name
        self._pipelines = {text_of(each, "id"): each for each in tables_of(content, "pipelines")}

    def nodes(
        self, pipeline: dict[str, Json], outer: tuple[dict[str, Json], ...] = ()
    ) -> Iterator[Node]:
        """The nodes of one of the document's pipelines."""
        entries = pipeline.get("nodes")
        if not isinstance(entries, list):
            raise _invalid(self._name, "'nodes' is not a list")
        for number, entry in enumerate(entries, start=1):
            if not isinstance(entry, dict) or not text_of(entry, "id"):
                raise _invalid(self._name, f"node {number} is no object with an 'id'")
            kind = text_of(entry, "type")
            if kind == "execution_node":
                yield self._node(entry, outer)
            elif kind == "super_node":
                inner = text_of(table_of(entry, "subflow_ref"), "pipeline_id_ref")
                if inner not in self._pipelines or len(outer) >= len(self._pipelines):
                    what = f"node {label_of(entry) or number} has no pipeline in 'subflow_ref'"
                    raise _invalid(self._name, what)
                yield from self.nodes(self._pipelines[inner], (*outer, entry))
            elif kind != "binding":
                raise _invalid(self._name, f"node {number} has the unknown 'type' {kind!r}")

    def unique(self, nodes: Iterator[Node]) -> Iterator[Node]:
        """The nodes with a name of its own each: what comes second gets a number."""
        ids: set[str] = set()
        names: set[str] = set()
        for node in nodes:
            if node.id in ids:
                raise _invalid(self._name, f"two nodes have the 'id' {node.id}")
            ids.add(node.id)
            name, count = node.name, 1
            while name in names:
                count += 1
                name = f"{node.name} ({count})"
            names.add(name)
            yield node if name == node.name else replace(node, name=name)

    def environment(self, parameters: dict[str, Json], where: str) -> dict[str, str]:
        """The variables that a node or the defaults set."""
        found: dict[str, str] = {}
        for entry in self._list(parameters, "env_vars", where):
            variable, value = (
                text_of(entry, "env_var"),
                entry.get("value") if isinstance(entry, dict) else None,
            )
            if not variable or not isinstance(value, str | None):
                raise self._wrong(where, "env_vars", "a list of objects with 'env_var' and 'value'")
            found[variable] = value or ""
        return found

    def _node(self, entry: dict[str, Json], outer: tuple[dict[str, Json], ...]) -> Node:
        id_, op = text_of(entry, "id"), text_of(entry, "op")
        kind = NodeKind.of(op)
        where = f"node {label_of(entry) or id_}"
        parameters = entry.get("app_data")
        parameters = (
            parameters.get("component_parameters") if isinstance(parameters, dict) else None
        )
        if not isinstance(parameters, dict):
            raise self._wrong(where, "app_data.component_parameters", "an object")
        upstream = tuple(
            dict.fromkeys(
                (*_links(entry, None), *(link for each in outer for link in _links(each, id_)))
            )
        )
        if kind is NodeKind.OTHER:
            return Node(id_, label_of(entry) or op, kind, op, upstream=upstream)
        file = text_of(parameters, "filename")
        return Node(
            id=id_,
            name=label_of(entry) or basename(file) or id_,
            kind=kind,
            op=op,
            file=file,
            image=text_of(parameters, "runtime_image"),
            dependencies=self._texts(parameters, "dependencies", where),
            include_subdirectories=parameters.get("include_subdirectories") is True,
            outputs=self._texts(parameters, "outputs", where),
            environment=self.environment(parameters, where),
            resources=self._resources(parameters, where),
            upstream=upstream,
            parameters=self._texts(parameters, "pipeline_parameters", where),
        )

    def _resources(self, parameters: dict[str, Json], where: str) -> Resources:
        names = ("cpu", "cpu_limit", "memory", "memory_limit", "gpu")
        numbers = {name: self._number(parameters, name, where) for name in names}
        return Resources(**numbers, gpu_vendor=text_of(parameters, "gpu_vendor"))

    def _number(self, parameters: dict[str, Json], key: str, where: str) -> Number | None:
        value = parameters.get(key)
        if value in (None, ""):
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(where, key, "a number")
        return value

    def _texts(self, parameters: dict[str, Json], key: str, where: str) -> tuple[str, ...]:
        texts = self._list(parameters, key, where)
        # The editor leaves a row that nobody filled in.
        found = tuple(text.strip() for text in texts if isinstance(text, str))
        if len(found) != len(texts):
            raise self._wrong(where, key, "a list of texts")
        return tuple(text for text in found if text)

    def _list(self, parameters: dict[str, Json], key: str, where: str) -> list[Json]:
        value = parameters.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(where, key, "a list")
        return value

    def _wrong(self, where: str, key: str, wanted: str) -> UserError:
        return _invalid(self._name, f"'{key}' of {where} is not {wanted}", where, key)


def _links(entry: dict[str, Json], inner: str | None) -> Iterator[str]:
    """The nodes that a node waits for, or that one within it does."""
    for port in tables_of(entry, "inputs"):
        if inner is not None and text_of(port, "id") != inner + _IN:
            continue
        for link in tables_of(port, "links"):
            source = text_of(link, "port_id_ref")
            if source == _OUT_PORT:
                yield text_of(link, "node_id_ref")
            elif source.endswith(_OUT):
                # A node within a super node.
                yield source.removesuffix(_OUT)


def _invalid(name: str, reason: str, node: str = "", key: str = "") -> UserError:
    return UserError(
        ErrorCode.PIPELINE_INVALID,
        f"The pipeline {name} cannot be read: {reason}.",
        hint="Correct the file; Elyra's editor writes one that is right.",
        details={"pipeline": name, "node": node, "key": key},
    )
