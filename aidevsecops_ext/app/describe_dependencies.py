"""Describe the dependencies of a repository: what is asked for, and which versions are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from ..domain.names import canonicalize_name
from ..formats import horus_metadata
from ..formats.pipfile import lock_of, requirements_of
from .open_overlay import open_overlay
from .tracked_files import open_tracked, tracked_overlays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.lock import Lock
    from ..domain.requirements import RequirementSet
    from .ports import CancelToken
    from .tracked_files import Failure, TrackedPorts


class Dependencies(Struct, frozen=True):
    """Those of one notebook or overlay.

    ``versions`` are those locked of what is asked for, None where none is; ``count`` are all
    packages of the lock.
    """

    name: str
    versions: dict[str, str | None]
    count: int = 0
    python_version: str = ""
    problem: str = ""


def describe_dependencies(ports: TrackedPorts, cancel: CancelToken) -> Iterator[Dependencies]:
    """The dependencies of each overlay, and of each notebook that records some.

    Raises:
        AidevsecopsError: git fails, or a folder cannot be read.
        CancelledError: cancelled.
    """
    for overlay in tracked_overlays(ports, cancel):
        name = overlay.folder or "."
        try:
            opened = open_overlay(overlay, ports.files)
            yield _described(name, opened.asked, opened.lock)
        except AidevsecopsError as error:
            yield Dependencies(name, {}, problem=error.message)
    failures: list[Failure] = []
    for notebook in open_tracked(ports, cancel, failures):
        try:
            recorded = horus_metadata.read(notebook.notebook.metadata)
            if recorded.pipfile is None:
                continue
            lock = None if recorded.lockfile is None else lock_of(recorded.lockfile)
            yield _described(notebook.path, requirements_of(recorded.pipfile), lock)
        except AidevsecopsError as error:
            yield Dependencies(notebook.path, {}, problem=error.message)
    for path, failure in failures:
        yield Dependencies(path, {}, problem=failure.message)


def _described(name: str, asked: RequirementSet, lock: Lock | None) -> Dependencies:
    locked = {} if lock is None else {one.key: one.version for one in lock.packages}
    versions = {one.name: locked.get(canonicalize_name(one.name)) for one in asked.requirements}
    return Dependencies(
        name,
        versions,
        0 if lock is None else lock.count,
        "" if lock is None else lock.python_version or "",
    )
