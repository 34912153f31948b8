"""The nodes that notebooks become: the steps of those that were split, and others as they are."""

from __future__ import annotations

import json
import re
import unicodedata
from enum import Enum
from posixpath import basename, dirname, join, normpath, relpath, splitext
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ErrorCode, NotFoundError
from ..domain.pipeline_draft import NodeCustody, PlannedNode
from ..domain.step_names import safe_name
from ..domain.step_record import StepState
from ..formats.custody import ranges_of
from ..formats.elyra_nodes import new_id
from ..formats.step_notebook import seen_from
from .open_notebook import open_notebook
from .overlay_of import NotebookOverlay, overlay_at, overlay_of
from .read_code import CodeFile, open_code, read_use, unsure_cells
from .split_notebook import SplitRequest, split_notebook
from .split_places import artifacts_of, stem_of
from .step_files import find_steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..domain.split_preview import Split, SplitStep
    from .overlay_images import OverlayImages
    from .pipeline_ports import PipelinePorts
    from .ports import CancelToken

_UNSAFE = re.compile(r"[^a-z0-9._-]+")
_LONGEST = 63


class NodeOrder(str, Enum):
    """What says which notebook runs after which: how they were named, or the files they use."""

    GIVEN = "given"
    FILES = "files"


class NodesRequest(Struct, frozen=True):
    """Notebooks and scripts to make nodes of, for a pipeline in ``folder``.

    ``steps`` is the folder of step notebooks, None for that of the notebook that was split.
    ``image`` is for nodes that have no overlay.
    """

    folder: str
    paths: tuple[str, ...]
    order: NodeOrder = NodeOrder.GIVEN
    steps: str | None = None
    image: str = ""


class PlannedNodes(Struct, frozen=True):
    """The nodes, and what a person should know of them."""

    nodes: tuple[PlannedNode, ...]
    notes: tuple[str, ...] = ()


class _Part(Struct, frozen=True):
    """A node, and the paths from the root that its code reads and writes.

    It is unsure where these may not be all.
    """

    node: PlannedNode
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    is_unsure: bool = False

    @property
    def uses_files(self) -> bool:
        return self.is_unsure or bool(self.reads or self.writes)


def plan_nodes(
    request: NodesRequest, images: OverlayImages, ports: PipelinePorts, cancel: CancelToken
) -> PlannedNodes:
    """The nodes of the request, each after those that it needs.

    Raises:
        NotFoundError: a notebook is not there.
        RefusedError: a notebook cannot be split any more.
        AidevsecopsError: a file cannot be read, or is not valid.
        CancelledError: cancelled.
    """
    planner = _Planner(request, images, ports, cancel)
    groups = [planner.group(path) for path in request.paths]
    parts = [part for group in groups for part in group]
    links = _by_files(parts) if request.order is NodeOrder.FILES else _chained(groups)
    made = {path for part in parts for path in part.writes}
    names = _names([part.node.name for part in parts])
    nodes = []
    for part, name in zip(parts, names, strict=True):
        upstream = dict.fromkeys((*part.node.upstream, *links.get(part.node.id, ())))
        own = planner.data(part, made)
        dependencies = tuple(dict.fromkeys((*part.node.dependencies, *own)))
        nodes.append(
            replace(part.node, name=name, upstream=tuple(upstream), dependencies=dependencies)
        )
    return PlannedNodes(tuple(nodes), tuple(dict.fromkeys(planner.notes)))


class _Planner:
    def __init__(
        self,
        request: NodesRequest,
        images: OverlayImages,
        ports: PipelinePorts,
        cancel: CancelToken,
    ) -> None:
        self._request = request
        self._images = images
        self._ports = ports
        self._files = ports.files
        self._cancel = cancel
        self.notes: list[str] = []

    def group(self, path: str) -> list[_Part]:
        """The nodes of one notebook or script: its steps, where it was split."""
        out = dirname(path) if self._request.steps is None else self._request.steps
        if path.endswith(".ipynb") and find_steps_of(path, out, self._files):
            return self._steps(path, out)
        return [self._whole(path)]

    def data(self, part: _Part, made: set[str]) -> list[str]:
        """The files of the project that a node's code reads, and that no node makes."""
        folder = dirname(join(self._request.folder, part.node.file))
        return [
            _from(folder, path) for path in sorted(part.reads - made) if self._files.is_file(path)
        ]

    def _steps(self, path: str, out: str) -> list[_Part]:
        opened = open_notebook(path, self._files)
        module = join(dirname(path), f"{safe_name(stem_of(path))}_steps.py")
        split = split_notebook(
            SplitRequest(
                path,
                opened.notebook,
                json.loads(opened.file.text.removeprefix("\ufeff")),
                out=out or ".",
                has_module=self._files.is_file(module),
            ),
            self._ports.discover,
            self._cancel,
        )
        absent = [s.file.path for s in split.steps if s.file.state is StepState.NEW]
        if absent:
            raise NotFoundError(
                ErrorCode.SPLIT_NOT_MADE,
                f"{path} gives other steps than there are: {', '.join(absent)} is missing.",
                hint=f"Split it again: aidevsecops split {path}",
                details={"files": [*absent]},
            )
        changed = [s.plan.name for s in split.steps if s.file.state is StepState.CHANGED]
        if changed:
            names = ", ".join(changed)
            self.notes.append(f"{path} gives other steps by now: split it again ({names}).")
        self._note_unsure(path, unsure_cells(split.warnings))
        return [self._step(split, step) for step in split.steps]

    def _step(self, split: Split, step: SplitStep) -> _Part:
        plan, file = step.plan, step.file.path
        folder, home = dirname(file), dirname(split.path)
        source = _from(self._request.folder, split.path)
        overlay = overlay_at(step.overlay, self._files) if step.overlay else None
        custody = NodeCustody(source, plan.name, *self._overlay(overlay, file))
        written = [normpath(join(home, path)) for path in plan.files.writes]
        if plan.outputs or plan.generators:
            written.append(join(artifacts_of(split.path), plan.name, "*"))
        upstream = dict.fromkeys((*(t.producer for t in plan.takes), *plan.upstream))
        cells = f"cells {ranges_of(plan.cells)}" if plan.cells else "no cells"
        node = PlannedNode(
            id=new_id(source, plan.name),
            name=plan.name.replace("_", "-"),
            file=_from(self._request.folder, file),
            comment=f"{plan.title}\n{basename(split.path)}, {cells}",
            custody=custody,
            image=self._image(overlay),
            dependencies=tuple(_from(folder, path) for path in step.needs.local),
            outputs=tuple(_from(folder, path) for path in written),
            variables=open_code(file, self._files).variables,
            upstream=tuple(new_id(source, name) for name in upstream),
        )
        reads = frozenset(normpath(join(home, path)) for path in plan.files.reads)
        return _Part(node, reads, frozenset(written))

    def _whole(self, path: str) -> _Part:
        code = open_code(path, self._files)
        use = read_use(code, self._ports.discover, self._cancel)
        if use.problem:
            self.notes.append(f"{path}: what it uses cannot be told. {use.problem}")
        self._note_unsure(path, use.unsure)
        folder = dirname(path)
        overlay = overlay_of(path, code.notebook, self._files)
        custody = self._custody(code, *self._overlay(overlay, path))
        written = [normpath(join(folder, name)) for name in use.files.writes]
        node = PlannedNode(
            id=new_id(_from(self._request.folder, path)),
            name=_label(splitext(basename(path))[0]),
            file=_from(self._request.folder, path),
            comment=_title(code),
            custody=custody,
            image=self._image(overlay),
            dependencies=tuple(_from(folder, p) for p in use.needs.local) if use.needs else (),
            outputs=tuple(_from(folder, name) for name in written),
            variables=code.variables,
        )
        reads = frozenset(normpath(join(folder, name)) for name in use.files.reads)
        is_unsure = bool(use.unsure or use.problem)
        return _Part(node, reads, frozenset(written), is_unsure)

    def _note_unsure(self, path: str, cells: tuple[int, ...]) -> None:
        if cells:
            word = "cell" if len(cells) == 1 else "cells"
            self.notes.append(
                f"{path} uses files whose names are known only when it runs "
                f"({word} {ranges_of(cells)}): name those that later steps read as outputs of "
                "their nodes, for a cluster hands on only what is named."
            )

    def _custody(self, code: CodeFile, overlay: str | None, lock: str | None) -> NodeCustody:
        if code.record is None:
            return NodeCustody(overlay=overlay, lock=lock)
        source = normpath(join(dirname(code.path), code.record.notebook))
        named = seen_from(self._request.folder, source)
        return NodeCustody(named, code.record.step, overlay, lock)

    def _overlay(self, overlay: NotebookOverlay | None, path: str) -> tuple[str | None, str | None]:
        """Its folder as seen from the pipeline, and the digest of its lock."""
        if overlay is None:
            if not self._request.image:
                self.notes.append(
                    f"{path} has no overlay, so nothing says which image it runs in: name one "
                    "(--image), or make an overlay (aidevsecops overlay extract)."
                )
            return None, None
        build = self._images.build_of(overlay.folder)
        if build is not None and self._images.tag is None:
            self.notes.append(
                "There is no release yet: the images have the tag "
                f"{self._images.of(overlay.folder).rpartition(':')[2]}."
            )
        return _from(self._request.folder, overlay.folder), overlay.lock

    def _image(self, overlay: NotebookOverlay | None) -> str:
        return self._request.image if overlay is None else self._images.of(overlay.folder)


def _from(folder: str, path: str) -> str:
    return relpath(path, folder or ".")


def _label(stem: str) -> str:
    """A label that every engine takes as it is."""
    folded = unicodedata.normalize("NFKD", stem.casefold()).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", folded).strip("-._")[:_LONGEST].rstrip("-._") or "step"


def _names(names: Sequence[str]) -> list[str]:
    """The same names, those that come again with a number."""
    found: list[str] = []
    for name in names:
        candidate, count = name, 1
        while candidate in found:
            count += 1
            candidate = f"{name}-{count}"
        found.append(candidate)
    return found


def _title(code: CodeFile) -> str:
    """The first heading of a notebook, and what its file is called."""
    lines = (line for cell in code.notebook.cells for line in cell.source.splitlines()[:1])
    is_notebook = code.path.endswith(".ipynb")
    heading = next((line for line in lines if line.startswith("#")), "") if is_notebook else ""
    title = heading.lstrip("#").strip()
    return f"{title}\n{basename(code.path)}" if title else basename(code.path)


def _chained(groups: Iterable[Sequence[_Part]]) -> dict[str, tuple[str, ...]]:
    """Each group after the one before it."""
    links: dict[str, tuple[str, ...]] = {}
    last: tuple[str, ...] = ()
    for group in groups:
        ids = {part.node.id for part in group}
        needed = {id_ for part in group for id_ in part.node.upstream}
        links |= {p.node.id: last for p in group if not p.node.upstream}
        last = tuple(part.node.id for part in group if part.node.id in ids - needed)
    return links


def _by_files(parts: Sequence[_Part]) -> dict[str, tuple[str, ...]]:
    """Each node after those, earlier or later, that write what it reads and does not write.

    One whose files are not all known stays where it was named, among the others that use files.
    """
    links = {
        part.node.id: [
            other.node.id
            for other in parts
            if other is not part and not other.writes.isdisjoint(part.reads - part.writes)
        ]
        for part in parts
    }
    for position, part in enumerate(parts):
        for earlier in reversed(parts[:position]):
            is_open = part.is_unsure or earlier.is_unsure
            if is_open and part.uses_files and earlier.uses_files:
                one, other = earlier.node.id, part.node.id
                if not _leads(one, other, links) and not _leads(other, one, links):
                    links[other].append(one)
    return {id_: tuple(upstream) for id_, upstream in links.items()}


def _leads(one: str, other: str, links: Mapping[str, Sequence[str]]) -> bool:
    """True where the second node runs after the first, directly or not."""
    waiting, seen = [other], set[str]()
    while waiting:
        id_ = waiting.pop()
        if id_ == one:
            return True
        if id_ not in seen:
            seen.add(id_)
            waiting.extend(links.get(id_, ()))
    return False
