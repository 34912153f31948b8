"""Plan a run of a pipeline: which steps, what each of them runs, with what, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, NotFoundError, RefusedError, UserError
from ..domain.late_patterns import late_pattern
from ..domain.pipeline import NodeKind, in_order
from ..formats import notebook_json
from .folder_of import folder_of
from .open_pipeline import path_of_node
from .step_environments import StepEnvironments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.notebook import Notebook
    from ..domain.pipeline import Node, Parameter, Pipeline
    from .ports import Files
    from .run_ports import RunPorts
    from .step_environments import StepEnvironment

_SECRET = late_pattern(r"(?i).*(PASSWORD|PASSWD|TOKEN|SECRET|CREDENTIALS?|(?<![A-Z])KEY)")
_TRUTHS = frozenset({"true", "false", "1", "0", "yes", "no"})


class RunRequest(Struct, frozen=True):
    """What to run: the pipeline that is at ``path``, with values of its parameters.

    With ``from_step`` only that step and those after it run; with ``only_changed`` a step whose
    earlier results hold is not run. ``parallel`` and ``timeout`` (of each step, in seconds) stand
    in place of the settings.
    """

    path: str
    pipeline: Pipeline
    parameters: Mapping[str, str] = {}
    from_step: str | None = None
    only_changed: bool = False
    parallel: int | None = None
    timeout: float | None = None
    trusted_indexes: tuple[str, ...] = ()


class PlannedStep(Struct, frozen=True):
    """A step as it was when the run began; ``upstream`` are the names of the steps before it.

    ``path`` is its file's. ``notebook`` is None for a script. ``is_wanted`` is False for a step
    that the run leaves out.
    """

    node: Node
    path: str
    text: str
    revision: str
    upstream: tuple[str, ...]
    environment: StepEnvironment
    variables: Mapping[str, str]
    parameters: Mapping[str, str]
    notebook: Notebook | None = None
    is_wanted: bool = True

    @property
    def name(self) -> str:
        """The name of the node."""
        return self.node.name

    @property
    def cell_count(self) -> int:
        """How many cells run; a script counts for one."""
        if self.notebook is None:
            return 1
        return len([cell for cell in self.notebook.code_cells if cell.source.strip()])


def is_secret(name: str) -> bool:
    """True for a variable whose name says that its value is a secret."""
    return _SECRET.fullmatch(name) is not None


def plan_run(request: RunRequest, ports: RunPorts) -> tuple[PlannedStep, ...]:
    """The steps in an order in which they can run.

    Raises:
        NotFoundError: there is no step of that name.
        UserError: a parameter has no value of its kind; a lock or a notebook is not valid.
        RefusedError: steps wait for each other, are made for a cluster, or their files are missing.
        AidevsecopsError: a file cannot be read.
    """
    pipeline = request.pipeline
    nodes = in_order(pipeline)
    _refuse_foreign(nodes)
    paths = {node.id: path_of_node(folder_of(request.path), node) for node in nodes}
    _refuse_missing(nodes, paths, ports.files)
    names = {node.id: node.name for node in nodes}
    wanted = _wanted(nodes, request.from_step)
    values = parameter_values(pipeline.parameters, request.parameters)
    environments = StepEnvironments(ports.files, ports.kernels.kernels)
    planned = []
    for node in nodes:
        path = paths[node.id]
        file = ports.files.read(path)
        is_notebook = node.kind is NodeKind.NOTEBOOK
        notebook = notebook_json.parse(file.text, path) if is_notebook else None
        planned.append(
            PlannedStep(
                node=node,
                path=path,
                text=file.text if is_notebook else "",
                revision=file.revision,
                upstream=tuple(names[id_] for id_ in node.upstream if id_ in names),
                environment=environments.of(path, notebook),
                variables=pipeline.environment_of(node),
                parameters={name: values[name] for name in node.parameters if name in values},
                notebook=notebook,
                is_wanted=node.id in wanted,
            )
        )
    return tuple(planned)


def _refuse_foreign(nodes: Iterable[Node]) -> None:
    names = [node.name for node in nodes if node.kind is NodeKind.OTHER]
    if names:
        raise RefusedError(
            ErrorCode.RUN_NODE_UNSUPPORTED,
            f"Only notebooks and scripts run here, and not: {', '.join(names)}.",
            hint="Submit the pipeline to the cluster that it is made for.",
            details={"nodes": [*names]},
        )


def _refuse_missing(nodes: Iterable[Node], paths: Mapping[str, str], files: Files) -> None:
    missing = [node for node in nodes if not files.is_file(paths[node.id])]
    if missing:
        said = ", ".join(f"{paths[node.id]} ({node.name})" for node in missing)
        raise RefusedError(
            ErrorCode.RUN_FILE_MISSING,
            f"Files of steps are not there: {said}.",
            hint="Correct them in the pipeline; validating it may say where they are now.",
            details={"files": [paths[node.id] for node in missing]},
        )


def _wanted(nodes: tuple[Node, ...], from_step: str | None) -> set[str]:
    if from_step is None:
        return {node.id for node in nodes}
    wanted = {node.id for node in nodes if node.name == from_step}
    if not wanted:
        names = ", ".join(node.name for node in nodes)
        raise NotFoundError(
            ErrorCode.RUN_STEP_UNKNOWN,
            f"The pipeline has no step '{from_step}'.",
            hint=f"It has: {names}.",
            details={"step": from_step},
        )
    for node in nodes:
        if wanted & set(node.upstream):
            wanted.add(node.id)
    return wanted


def parameter_values(known: tuple[Parameter, ...], given: Mapping[str, str]) -> dict[str, str]:
    """The value of each parameter that has one: what was given, else its default.

    Raises:
        UserError: a parameter has no value of its kind, or there is no such parameter.
    """
    by_name = {parameter.name: parameter for parameter in known}
    for name in given:
        if name not in by_name:
            raise _invalid(name, f"The pipeline has no parameter '{name}'", by_name)
    values: dict[str, str] = {}
    for parameter in known:
        value = given.get(parameter.name, parameter.default)
        if not value and parameter.is_required:
            raise _invalid(parameter.name, f"Parameter '{parameter.name}' needs a value", by_name)
        if value is not None:
            if value and not _fits(value, parameter.kind):
                kind = parameter.kind.lower()
                raise _invalid(parameter.name, f"'{parameter.name}' is no {kind}", by_name)
            values[parameter.name] = value
    return values


def _fits(value: str, kind: str) -> bool:
    try:
        match kind.lower():
            case "integer" | "int":
                int(value)
            case "float":
                float(value)
            case "bool" | "boolean":
                return value.lower() in _TRUTHS
    except ValueError:
        return False
    return True


def _invalid(name: str, problem: str, known: Iterable[str]) -> UserError:
    names = ", ".join(known)
    return UserError(
        ErrorCode.RUN_PARAMETER_INVALID,
        f"{problem}.",
        hint=f"Its parameters are: {names}." if names else "It has no parameters.",
        details={"parameter": name},
    )
