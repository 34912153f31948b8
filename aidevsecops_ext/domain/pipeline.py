"""A pipeline: the steps that run after each other, each in an environment of its own."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .errors import ErrorCode, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

Number = int | float


class NodeKind(str, Enum):
    """What a node runs; ``OTHER`` is a component of a catalog, which only an engine can run."""

    NOTEBOOK = "execute-notebook-node"
    PYTHON = "execute-python-node"
    R = "execute-r-node"
    OTHER = "other"

    @classmethod
    def of(cls, operation: str) -> NodeKind:
        """The kind of a node that a document has this operation for."""
        return next((kind for kind in cls if kind.value == operation), cls.OTHER)


class RuntimeType(str, Enum):
    """The engine that a pipeline is made for; a generic one runs anywhere."""

    GENERIC = ""
    KUBEFLOW = "KUBEFLOW_PIPELINES"
    AIRFLOW = "APACHE_AIRFLOW"


class Resources(Struct, frozen=True):
    """What a node asks a cluster for; memory in gigabytes, None for nothing said."""

    cpu: Number | None = None
    cpu_limit: Number | None = None
    memory: Number | None = None
    memory_limit: Number | None = None
    gpu: Number | None = None
    gpu_vendor: str = ""


class Node(Struct, frozen=True):
    """A step of a pipeline.

    ``name`` is unique in the pipeline. ``file`` is relative to the folder of the pipeline;
    ``dependencies`` and ``outputs`` to that of the file, with wildcards. ``image`` is empty where
    the pipeline's default holds. ``upstream`` are the ids of the nodes that have to run before.
    """

    id: str
    name: str
    kind: NodeKind
    op: str
    file: str = ""
    image: str = ""
    dependencies: tuple[str, ...] = ()
    include_subdirectories: bool = False
    outputs: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    resources: Resources = field(default_factory=Resources)
    upstream: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


class Parameter(Struct, frozen=True):
    """A value that somebody gives when the pipeline is run; ``kind`` is Elyra's word."""

    name: str
    kind: str = "String"
    default: str | None = None
    is_required: bool = False


class Pipeline(Struct, frozen=True):
    """The nodes in the order of the document, and what holds for all of them."""

    name: str
    nodes: tuple[Node, ...]
    runtime_type: RuntimeType = RuntimeType.GENERIC
    parameters: tuple[Parameter, ...] = ()
    default_image: str = ""
    default_environment: Mapping[str, str] = field(default_factory=dict)

    def image_of(self, node: Node) -> str:
        """The image that a node runs in; empty where neither says one."""
        return node.image or self.default_image

    def environment_of(self, node: Node) -> dict[str, str]:
        """The variables that a node runs with: its own, and those of the pipeline that it has not.

        Those without a value are not set, as in Elyra: a person is to give them one.
        """
        merged = {**self.default_environment, **node.environment}
        return {name: value for name, value in merged.items() if value}


def in_order(pipeline: Pipeline) -> tuple[Node, ...]:
    """The nodes in an order in which they can run; otherwise as the document has them.

    A link to a node that is not there holds nothing up.

    Raises:
        RefusedError: nodes wait for each other in a circle; the message names them.
    """
    waiting = {node.id: node for node in pipeline.nodes}
    order: list[Node] = []
    while waiting:
        free = next(
            (node for node in waiting.values() if waiting.keys().isdisjoint(node.upstream)), None
        )
        if free is None:
            raise _circle(waiting)
        order.append(waiting.pop(free.id))
    return tuple(order)


def find_circle(nodes: Mapping[str, Node]) -> tuple[Node, ...]:
    """Nodes that run after each other in a circle, where each waits for one that is there."""
    path: list[str] = []
    at = next(iter(nodes))
    while at not in path:
        path.append(at)
        at = next(id_ for id_ in nodes[at].upstream if id_ in nodes)
    first, *before = path[path.index(at) :]
    return tuple(nodes[id_] for id_ in (first, *reversed(before)))


def _circle(waiting: Mapping[str, Node]) -> RefusedError:
    names = [node.name for node in find_circle(waiting)]
    return RefusedError(
        ErrorCode.PIPELINE_CYCLE,
        f"Steps of the pipeline wait for each other: {' → '.join([*names, names[0]])}.",
        hint="Remove one of the links between them.",
        details={"nodes": list(names)},
    )
