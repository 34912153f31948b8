"""The files of a pipeline's nodes: what each node reads, who writes it, and what each names."""

from __future__ import annotations

import ast
from fnmatch import fnmatchcase
from posixpath import basename, dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.imports import UnreadableCodeError, parse_python
from ..domain.pipeline_findings import FindingCode, PipelineFinding, error, warning
from ..domain.step_record import CellRole
from .read_code import read_use
from .split_places import artifacts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..domain.pipeline import Node, Pipeline
    from .discover_requirements import DiscoverPorts
    from .ports import CancelToken, Files
    from .read_code import CodeFile

_WILDCARDS = frozenset("*?[")


class NodeFiles(Struct, frozen=True):
    """What a node's code reads and writes, and what the node names, as paths from the root.

    ``artifacts`` are the folders of steps that it reads.
    """

    node: Node
    folder: str
    reads: frozenset[str]
    writes: frozenset[str]
    artifacts: frozenset[str]
    dependencies: tuple[str, ...]
    outputs: tuple[str, ...]

    def leaves(self, path: str) -> bool:
        """True when the node names the file as an output."""
        return any(_matches(path, pattern) for pattern in self.outputs)

    def makes(self, path: str) -> bool:
        """True when its code writes the file, or one in that folder."""
        return any(_matches(path, written) for written in self.writes)


def node_files(node: Node, code: CodeFile, ports: DiscoverPorts, cancel: CancelToken) -> NodeFiles:
    """The files of a node whose code is read.

    Raises:
        CancelledError: cancelled.
    """
    use = read_use(code, ports, cancel)
    folder = dirname(code.path)
    source = code.path
    if code.record is not None:
        source = normpath(join(folder, code.record.notebook))

    def paths(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(normpath(join(folder, name)) for name in names)

    artifacts = frozenset(join(artifacts_of(source), name) for name in _steps_read(code))
    return NodeFiles(
        node,
        folder,
        frozenset(paths(use.files.reads)),
        frozenset(paths(use.files.writes)),
        artifacts,
        paths(node.dependencies),
        paths(node.outputs),
    )


def check_files(
    pipeline: Pipeline, found: Mapping[str, NodeFiles], files: Files
) -> Iterator[PipelineFinding]:
    """What is wrong with the files that nodes need; ``found`` has them by the ids of nodes."""
    before = _before(pipeline)
    for node in pipeline.nodes:
        own = found.get(node.id)
        if own is None:
            continue
        yield from _check_dependencies(own, files)
        earlier = [found[id_] for id_ in before[node.id] if id_ in found]
        others = [each for id_, each in found.items() if id_ != node.id and each not in earlier]
        for path in sorted(own.reads - own.writes):
            yield from _check_input(path, own, (earlier, others), files)
        for folder in sorted(own.artifacts):
            yield from _check_artifact(folder, own, (earlier, others))


def _check_dependencies(own: NodeFiles, files: Files) -> Iterator[PipelineFinding]:
    named = [*zip(own.node.dependencies, own.dependencies, strict=True)]
    outside = [name for name, path in named if _is_outside(path, own.folder)]
    if outside:
        names = ", ".join(outside)
        yield warning(
            FindingCode.OUTSIDE_DEPENDENCY,
            f"A cluster does not get {names}: Elyra takes what is below a node's file.",
            "Move it there, or put the node's file above it.",
            own.node.name,
            "dependencies",
        )
    for name, path in named:
        is_checked = not own.node.include_subdirectories and name not in outside
        if is_checked and not _is_there(path, files):
            yield error(
                FindingCode.MISSING_DEPENDENCY,
                f"The dependency {name} is not there.",
                "Correct its name, or take it out.",
                own.node.name,
                "dependencies",
            )


def _is_outside(path: str, folder: str) -> bool:
    return relpath(path, folder or ".").startswith("../")


def _check_input(
    path: str, own: NodeFiles, nodes: tuple[list[NodeFiles], list[NodeFiles]], files: Files
) -> Iterator[PipelineFinding]:
    earlier, others = nodes
    name = relpath(path, own.folder or ".")
    is_there = files.is_file(path)
    if not _WILDCARDS.isdisjoint(name) or any(each.leaves(path) for each in earlier):
        return
    writer = next((each for each in earlier if each.makes(path)), None)
    late = next((each for each in others if each.makes(path) or each.leaves(path)), None)
    if writer is not None:
        yield warning(
            FindingCode.UNNAMED_OUTPUT,
            f"{own.node.name} reads {name}, which {writer.node.name} writes and does not name as "
            "an output: a cluster does not hand it on.",
            f"Name it as an output of {writer.node.name}.",
            writer.node.name,
            "outputs",
        )
    elif any(_matches(path, pattern) for pattern in own.dependencies):
        return
    elif late is not None:
        yield error(
            FindingCode.LATE_INPUT,
            f"It reads {name}, which {late.node.name} writes, and does not run after that.",
            f"Link {late.node.name} to {own.node.name}.",
            own.node.name,
        )
    elif is_there:
        yield warning(
            FindingCode.UNNAMED_INPUT,
            f"It reads {name}, which is not among its dependencies: a cluster does not get it.",
            "Name it as a file dependency of the node.",
            own.node.name,
            "dependencies",
        )
    elif not files.is_folder(path):
        yield error(
            FindingCode.MISSING_INPUT,
            f"It reads {name}, which is not there, and which no node before it writes.",
            "Have a node write it, or correct the name.",
            own.node.name,
        )


def _check_artifact(
    folder: str, own: NodeFiles, nodes: tuple[list[NodeFiles], list[NodeFiles]]
) -> Iterator[PipelineFinding]:
    """What an earlier step of the same notebook hands on."""
    earlier, others = nodes
    example = join(folder, "manifest.json")
    step = basename(folder)
    if any(each.leaves(example) for each in earlier):
        return
    late = next((each for each in others if each.leaves(example)), None)
    if late is not None:
        yield error(
            FindingCode.LATE_INPUT,
            f"It reads what {late.node.name} leaves, and does not run after that.",
            f"Link {late.node.name} to {own.node.name}.",
            own.node.name,
        )
    else:
        yield error(
            FindingCode.MISSING_INPUT,
            f"It reads what the step {step} leaves, which no node before it names as an output.",
            f"Have the node of that step name {relpath(folder, own.folder or '.')}/* as an output.",
            own.node.name,
        )


def _steps_read(code: CodeFile) -> Iterator[str]:
    """The steps whose results the first cells of a step notebook read."""
    for cell in code.record.cells if code.record is not None else ():
        if cell.role is not CellRole.READ:
            continue
        try:
            tree = parse_python(cell.source)
        except UnreadableCodeError:
            continue
        for statement in tree.body:
            call = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value)


def _before(pipeline: Pipeline) -> dict[str, set[str]]:
    """All nodes that run before each, whichever way; the links must lead in no circle."""
    upstream = {node.id: [*node.upstream] for node in pipeline.nodes}
    found: dict[str, set[str]] = {}
    for id_ in upstream:
        waiting, seen = [id_], set[str]()
        while waiting:
            for other in upstream.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found[id_] = seen - {id_}
    return found


def _matches(path: str, pattern: str) -> bool:
    # A folder stands for all that is in it, where it is named and where it is read.
    is_part = path.startswith(f"{pattern}/") or pattern.startswith(f"{path}/")
    return is_part or fnmatchcase(path, pattern)


def _is_there(pattern: str, files: Files) -> bool:
    if _WILDCARDS.isdisjoint(pattern):
        return files.is_file(pattern)
    folder, name = dirname(pattern) or ".", basename(pattern)
    if not _WILDCARDS.isdisjoint(folder):
        # Which folders a pattern stands for is the engine's to say.
        return True
    return files.is_folder(folder) and any(
        fnmatchcase(entry, name) for entry in files.entries(folder).files
    )
