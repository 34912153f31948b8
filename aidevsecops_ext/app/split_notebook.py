"""Split a notebook: its steps, what flows between them, and the step notebooks to write."""

from __future__ import annotations

from posixpath import basename, dirname, isabs, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.cut import CutBy, CutRequest
from ..domain.errors import ErrorCode, RefusedError
from ..domain.plan import plan_split
from ..domain.split_preview import Split, SplitStep
from ..domain.step_names import safe_name
from ..domain.step_tagging import tag_edits
from ..domain.steps import count_steps, cut, has_step_tags
from ..formats.cut_record import cut_edit, recorded_cut
from ..formats.definitions_module import make_definitions_module
from ..formats.step_notebook import StepPlace, write_step_notebook
from .choose_overlay import overlays_folder
from .discover_steps import discover_steps
from .name_overlays import name_overlays
from .prune_steps import PruneRequest, find_left_behind
from .split_places import artifacts_of, stem_of
from .step_files import preview_module, preview_step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.json_value import Json
    from ..domain.notebook import Notebook
    from ..domain.split import PlannedStep, SplitPlan, SplitWarning
    from ..formats.definitions_module import DefinitionsModule
    from .discover_requirements import DiscoverPorts
    from .ports import CancelToken, Files


class SplitRequest(Struct, frozen=True):
    """What to split and how; ``source`` is the notebook at ``path`` as JSON.

    ``out`` is the folder of the step notebooks (None for that of the notebook), ``overlays_dir``
    that of the overlays (None for what ``.thoth.yaml`` says). With ``is_pruned`` goes what an
    earlier split left behind.
    """

    path: str
    notebook: Notebook
    source: Mapping[str, Json]
    cut: CutRequest = CutRequest()
    out: str | None = None
    has_overlays: bool = True
    has_module: bool = False
    overlays_dir: str | None = None
    is_pruned: bool = False


def split_notebook(request: SplitRequest, ports: DiscoverPorts, cancel: CancelToken) -> Split:
    """The steps of the notebook, what each needs, and what writing them would change.

    Raises:
        UserError: a step chosen by hand is not valid.
        RefusedError: the notebook is not Python, its steps wait for each other, or have no place.
        AidevsecopsError: a file that is there cannot be read.
        CancelledError: cancelled.
    """
    notebook = request.notebook
    notebook.require_python()
    out = _usable_folder(folder_of_steps(request.path, request.out), ports.files)
    done = cut(notebook, recorded_cut(notebook.metadata, request.cut))
    cancel.raise_if_cancelled()
    plan = plan_split(request.notebook, done)
    cancel.raise_if_cancelled()
    needs = discover_steps(request.path, request.notebook, plan.steps, ports, cancel)
    module = _module(request, plan)
    module_file = None
    if module is not None:
        path = join(dirname(request.path), f"{module.name}.py")
        module_file = preview_module(module.text, path, basename(request.path), ports.files)
    overlays, renamed = _overlays(request, plan, ports.files)
    steps = tuple(
        SplitStep(
            step,
            needs.steps[step.name],
            preview_step(
                step.name,
                _text(request, step, out, module),
                _path(request, out, step),
                ports.files,
            ),
            overlays.get(step.name),
        )
        for step in plan.steps
    )
    left = find_left_behind(_pruning(request, out, steps, ports.files), ports.files)
    warnings = (
        *done.warnings,
        *plan.warnings,
        *needs.warnings,
        *renamed,
        *left.warnings(is_pruned=request.is_pruned),
    )
    return Split(
        path=request.path,
        by=done.by,
        level=done.level,
        out=out,
        steps=steps,
        edges=plan.edges,
        roles={index: role.value for index, role in done.roles},
        counts=count_steps(request.notebook),
        warnings=tuple(sorted(dict.fromkeys(warnings), key=_place_of)),
        module=module_file,
        tags=tag_edits(notebook, done.steps) if done.by is CutBy.HAND else (),
        metadata=cut_edit(notebook.metadata, request.cut, has_tags=has_step_tags(notebook)),
        removals=left.files if request.is_pruned else (),
    )


def folder_of_steps(path: str, out: str | None) -> str:
    """The folder of the step notebooks of the notebook at ``path``; empty for the root."""
    folder = dirname(path) if out is None else normpath(out)
    return "" if folder == "." else folder


def _usable_folder(out: str, files: Files) -> str:
    """The folder, when the steps can be written there as far as can be seen.

    Raises:
        RefusedError: it is outside of what may be used, or a file.
    """
    parts = out.split("/")
    if isabs(out) or parts[0] == "..":
        raise RefusedError(
            ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
            f"{out!r} is outside the folder that may be used.",
            hint="Name a folder inside it.",
            details={"file": out},
        )
    for count in range(1, len(parts) + 1):
        path = "/".join(parts[:count])
        if path and files.is_file(path):
            raise RefusedError(
                ErrorCode.SPLIT_FILE_TAKEN,
                f"{path} is a file, and the steps are to be in the folder {out}.",
                hint="Choose another folder, or move the file away.",
                details={"files": [path]},
            )
    return out


def _path(request: SplitRequest, out: str, step: PlannedStep) -> str:
    return join(out, f"{stem_of(request.path)}-{step.name}.ipynb")


def _overlays(
    request: SplitRequest, plan: SplitPlan, files: Files
) -> tuple[dict[str, str], tuple[SplitWarning, ...]]:
    if not request.has_overlays:
        return {}, ()
    folder = overlays_folder(request.path, files, request.overlays_dir)
    return name_overlays(request.path, folder, [step.name for step in plan.steps], files)


def _module(request: SplitRequest, plan: SplitPlan) -> DefinitionsModule | None:
    if not request.has_module:
        return None
    name = f"{safe_name(stem_of(request.path))}_steps"
    return make_definitions_module(plan.steps, name, basename(request.path))


def _text(
    request: SplitRequest, step: PlannedStep, out: str, module: DefinitionsModule | None
) -> str:
    place = StepPlace(
        notebook=request.path,
        step=_path(request, out, step),
        artifacts=artifacts_of(request.path),
        module=module,
    )
    return write_step_notebook(step, request.source, place)


def _pruning(
    request: SplitRequest, out: str, steps: Sequence[SplitStep], files: Files
) -> PruneRequest:
    has_overlays = request.has_overlays or request.is_pruned
    base = overlays_folder(request.path, files, request.overlays_dir) if has_overlays else None
    return PruneRequest(
        path=request.path,
        out=out,
        steps=frozenset(normpath(step.file.path) for step in steps),
        overlays=frozenset(normpath(step.overlay) for step in steps if step.overlay is not None),
        base=base,
        artifacts=artifacts_of(request.path),
        writing=frozenset(
            step.plan.name for step in steps if step.plan.outputs or step.plan.generators
        ),
    )


def _place_of(warning: SplitWarning) -> tuple[bool, int, int]:
    """What sorts warnings by where they are; those of the whole notebook come last."""
    return warning.cell is None, warning.cell or 0, warning.line or 0
