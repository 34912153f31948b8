"""What a pipeline is to become: its nodes as they were planned, and where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .environment_names import Variable


class NodeCustody(Struct, frozen=True):
    """What a node comes from; paths are seen from the folder of the pipeline.

    ``notebook`` is the one that was split, None for a node of a notebook that somebody chose.
    ``lock`` is the digest of the overlay's lock.
    """

    notebook: str | None = None
    step: str | None = None
    overlay: str | None = None
    lock: str | None = None


class PlannedNode(Struct, frozen=True):
    """A node that a pipeline is to have; ``upstream`` are ids of others.

    ``file`` is seen from the folder of the pipeline; ``dependencies`` and ``outputs`` from that of
    the file.
    """

    id: str
    name: str
    file: str
    comment: str
    custody: NodeCustody
    image: str = ""
    dependencies: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    upstream: tuple[str, ...] = ()
