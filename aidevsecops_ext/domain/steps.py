"""The steps of a notebook: cut at headings, by the tags of its cells, or as somebody chose.

Cells keep their order. Code before the first heading or tag belongs to the first step; markdown
goes with the code that it stands before, or in the section that it is of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from .cut import Cut, CutBy, CutRequest, CutStep
from .errors import ErrorCode, RefusedError, UserError
from .notebook import CellKind
from .split import Edge, SplitCode, SplitWarning
from .step_names import safe_name, unique_names
from .step_sections import Section, read_outline
from .step_tags import CellRole, StepTags, read_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .notebook import Notebook

_ONLY_STEP = "notebook"
# Each is a process and a notebook of its own, and has to say what all before it define.
_MOST_STEPS = 1_000


def cut(notebook: Notebook, request: CutRequest) -> Cut:
    """The steps of the notebook, and what became of its other cells.

    Raises:
        UserError: a step chosen by hand names a cell that is not there, or one of another step.
        RefusedError: tags make steps run after each other in a circle, or there are too many.
    """
    tags = {cell.index: read_tags(cell.tags) for cell in notebook.code_cells}
    by = request.by
    if by is CutBy.AUTO:
        is_tagged = request.level is None and has_step_tags(notebook)
        by = CutBy.TAG if is_tagged else CutBy.HEADING
    match by:
        case CutBy.TAG:
            done = _TagCutter(notebook, tags).cut()
        case CutBy.HAND:
            done = _cut_by_hand(notebook, request, tags)
        case _:
            done = _cut_at_headings(notebook, request.level, tags)
    _refuse_many(done)
    _refuse_circles(done)
    return done


def has_step_tags(notebook: Notebook) -> bool:
    """True when tags of cells say which steps they are of."""
    tags = (read_tags(cell.tags) for cell in notebook.code_cells)
    return any(each.step is not None or each.seldon is not None for each in tags)


def count_steps(notebook: Notebook) -> dict[int, int]:
    """How many steps a cut at each level of headings that occurs would give."""
    outline = read_outline(notebook)
    return {level: outline.count(level) for level in outline.levels}


def _cut_at_headings(notebook: Notebook, level: int | None, tags: Mapping[int, StepTags]) -> Cut:
    roles = {
        index: role
        for index, each in tags.items()
        if (role := each.role) in (CellRole.PARAMETERS, CellRole.SKIP)
    }
    outline = read_outline(notebook, roles)
    chosen = outline.best_level() if level is None else level
    sections = outline.sections(chosen or 1)
    warnings = [
        SplitWarning(
            SplitCode.EMPTY_STEP,
            f"The section '{section.title}' only has text and imports, so it makes no step.",
            section.cells[0],
        )
        for section in sections
        if section.title is not None and section.level == chosen and not section.has_code
    ]
    parts = _joined(sections, outline.first_title)
    names = unique_names([safe_name(part.title or _ONLY_STEP) for part in parts])
    steps = [
        CutStep(name, part.title or "", tuple(index for index in part.cells if index not in roles))
        for name, part in zip(names, parts, strict=True)
    ]
    return _whole(notebook, steps, Cut((), tuple(roles.items()), CutBy.HEADING, chosen), warnings)


def _joined(sections: Sequence[Section], title: str | None) -> list[Section]:
    """The sections with code; what stands before one without code goes to the next that has."""
    parts: list[Section] = []
    waiting: list[int] = []
    for section in sections:
        if section.has_code and section.title is not None:
            section.cells[:0] = waiting
            waiting = []
            parts.append(section)
        else:
            waiting += section.cells
    if parts:
        parts[-1].cells += waiting
    elif any(section.has_code for section in sections):
        parts.append(Section(title, 0, waiting, True))
    return parts


class _TagCutter(Struct):
    """Cuts by the tags of Kale, or of Seldon's example where a notebook has none of Kale."""

    notebook: Notebook
    tags: Mapping[int, StepTags]
    _warnings: list[SplitWarning] = field(default_factory=list)

    def cut(self) -> Cut:
        for index, each in self.tags.items():
            self._warnings += [
                SplitWarning(SplitCode.BAD_TAG, problem, index) for problem in each.problems
            ]
        is_kale = any(each.step is not None for each in self.tags.values())
        steps, roles = self._kale_steps() if is_kale else self._seldon_steps()
        titles = {each.step: each.title for each in [*self.tags.values()][::-1] if each.step}
        placed = _with_markdown(self.notebook, steps)
        named = [CutStep(name, titles.get(name, name), cells) for name, cells in placed.items()]
        done = Cut((), tuple(roles.items()), CutBy.TAG, None, self._edges(steps))
        return _whole(self.notebook, named, done, self._warnings)

    def _kale_steps(self) -> tuple[dict[int, str], dict[int, CellRole]]:
        first = next(each.step for each in self.tags.values() if each.step is not None)
        steps: dict[int, str] = {}
        roles: dict[int, CellRole] = {}
        current: CellRole | str = first
        for index, each in self.tags.items():
            role = each.role
            if role is CellRole.SKIP or (role is not None and not each.is_sticky):
                roles[index] = role
                continue
            current = role or each.step or current
            if isinstance(current, CellRole):
                roles[index] = current
            else:
                steps[index] = current
        return steps, roles

    def _seldon_steps(self) -> tuple[dict[int, str], dict[int, CellRole]]:
        steps = {index: each.seldon for index, each in self.tags.items() if each.seldon}
        roles = {
            index: each.role or CellRole.SKIP
            for index, each in self.tags.items()
            if index not in steps
        }
        left = [str(index + 1) for index in roles if self.tags[index].role is None]
        if steps and left:
            self._warnings.append(
                SplitWarning(
                    SplitCode.CELLS_LEFT_OUT,
                    "Only cells tagged Train or Wrapper belong to steps; left out: cell "
                    f"{', '.join(left)}.",
                )
            )
        return steps, roles if steps else {}

    def _edges(self, steps: Mapping[int, str]) -> tuple[Edge, ...]:
        known = set(steps.values())
        edges: dict[tuple[str, str], Edge] = {}
        for index, each in self.tags.items():
            for name in each.previous:
                target = each.step or ""
                if name not in known or name == target:
                    what = "itself" if name == target else f"'{name}', which is no step"
                    self._warnings.append(
                        SplitWarning(
                            SplitCode.BAD_TAG, f"A tag makes {target} run after {what}.", index
                        )
                    )
                    continue
                reason = f"The tag 'prev:{name}' of cell {index + 1} says so."
                edges.setdefault((name, target), Edge(name, target, reasons=(reason,)))
        return tuple(edges.values())


def _cut_by_hand(notebook: Notebook, request: CutRequest, tags: Mapping[int, StepTags]) -> Cut:
    chosen = request.steps or ()
    names = unique_names([safe_name(step.name) for step in chosen])
    warnings = []
    steps: dict[int, str] = {}
    for name, step in zip(names, chosen, strict=True):
        if name != step.name:
            message = f"The step '{step.name}' is called {name}: names of steps are names of files."
            warnings.append(SplitWarning(SplitCode.NAME_CHANGED, message))
        for index in step.cells:
            _check_cell(notebook, index, steps, step.name)
            if index in tags and tags[index].role is not CellRole.PARAMETERS:
                steps[index] = name
        if name not in steps.values():
            message = f"The step '{step.name}' has no code, so it is left out."
            warnings.append(SplitWarning(SplitCode.EMPTY_STEP, message))
    roles = {
        index: each.role or CellRole.SKIP for index, each in tags.items() if index not in steps
    }
    titles = {name: step.name for name, step in zip(names, chosen, strict=True)}
    placed = _with_markdown(notebook, steps)
    named = [CutStep(name, titles[name], cells) for name, cells in placed.items()]
    return _whole(notebook, named, Cut((), tuple(roles.items()), CutBy.HAND), warnings)


def _check_cell(notebook: Notebook, index: int, steps: Mapping[int, str], name: str) -> None:
    if not 0 <= index < len(notebook.cells):
        reason = f"the notebook has no cell {index + 1}"
    elif index in steps:
        reason = f"cell {index + 1} belongs to {steps[index]} already"
    else:
        return
    raise UserError(
        ErrorCode.REQUEST_INVALID,
        f"The step '{name}' cannot be cut: {reason}.",
        hint="Name each cell of the notebook once, counted from 0.",
        details={"step": name, "cell": index},
    )


def _with_markdown(notebook: Notebook, steps: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """The cells of each step, with the markdown that stands before its code."""
    placed: dict[str, list[int]] = {}
    waiting: list[int] = []
    for cell in notebook.cells:
        if cell.kind is CellKind.MARKDOWN:
            waiting.append(cell.index)
        elif cell.kind is CellKind.CODE:
            if name := steps.get(cell.index):
                placed.setdefault(name, []).extend((*waiting, cell.index))
            waiting = []
    if placed and waiting:
        last = steps[max(steps)]
        placed[last].extend(waiting)
    return {name: tuple(cells) for name, cells in placed.items()}


def _whole(
    notebook: Notebook, steps: Sequence[CutStep], done: Cut, warnings: Sequence[SplitWarning]
) -> Cut:
    """The cut with its steps, the roles of all code cells, and what a person should know."""
    given = dict(done.roles)
    roles = tuple(
        (cell.index, given.get(cell.index, CellRole.SOURCE)) for cell in notebook.code_cells
    )
    few: list[SplitWarning] = []
    if len(steps) < 2:
        what = f"only one step, {steps[0].name}" if steps else "no step"
        hint = "Put headings above its parts, tag its cells, or choose the steps by hand."
        few.append(SplitWarning(SplitCode.FEW_STEPS, f"The notebook gives {what}. {hint}"))
    return Cut(
        tuple(steps), roles, done.by, done.level, done.edges, (*done.warnings, *warnings, *few)
    )


def _refuse_many(done: Cut) -> None:
    """Return when there are not more steps than anybody runs."""
    if len(done.steps) > _MOST_STEPS:
        raise RefusedError(
            ErrorCode.SPLIT_IMPOSSIBLE,
            f"The notebook would have {len(done.steps):,} steps; at most {_MOST_STEPS:,} can be "
            "made.",
            hint="Split at headings of a higher level, or choose the steps by hand.",
            details={"steps": len(done.steps)},
        )


def _refuse_circles(done: Cut) -> None:
    """Return when the edges that tags ask for lead nowhere back."""
    after: dict[str, set[str]] = {step.name: set() for step in done.steps}
    for edge in done.edges:
        after[edge.target].add(edge.source)
    while free := [name for name, sources in after.items() if not sources & after.keys()]:
        for name in free:
            del after[name]
    if not after:
        return
    cells = {step.name: [index + 1 for index in step.cells] for step in done.steps}
    where = "; ".join(f"{name}: cells {', '.join(map(str, cells[name]))}" for name in after)
    raise RefusedError(
        ErrorCode.SPLIT_CYCLE,
        f"The tags make steps run after each other in a circle ({where}).",
        hint="Remove one of their 'prev:' tags.",
        details={"steps": list(after)},
    )
