"""What the tags of a cell say about steps: those of Kale, of papermill, and of Seldon's example.

``step:load`` begins or goes on with a step, ``prev:load`` makes it run after another one;
``imports``, ``functions``, ``pipeline-parameters``, ``parameters`` and ``skip`` take a cell out of
the steps. All other tags are somebody else's.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .step_names import LONGEST_NAME, is_kale_name, is_safe_name, safe_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class CellRole(str, Enum):
    """What a code cell is for in a split; all but ``source`` belong to no step."""

    SOURCE = "source"
    IMPORTS = "imports"
    FUNCTIONS = "functions"
    PARAMETERS = "parameters"
    SKIP = "skip"


ROLE_OF_TAG = {
    "imports": CellRole.IMPORTS,
    "functions": CellRole.FUNCTIONS,
    "pipeline-parameters": CellRole.PARAMETERS,
    "parameters": CellRole.PARAMETERS,
    "injected-parameters": CellRole.PARAMETERS,
    "skip": CellRole.SKIP,
}

# A cell without a tag that follows one of these belongs to it, as Kale has it.
STICKY_TAGS = frozenset({"imports", "functions", "pipeline-parameters"})

_STEP = ("step:", "block:")
_PREVIOUS = "prev:"
_SELDON = {"train": "train", "wrapper": "wrapper"}


class StepTags(Struct, frozen=True):
    """What one cell is tagged with: names are safe, ``titles`` has them as they were written.

    ``problems`` are sentences about tags that are not as Kale wants them.
    """

    role: CellRole | None = None
    is_sticky: bool = False
    step: str | None = None
    title: str = ""
    previous: tuple[str, ...] = ()
    seldon: str | None = None
    problems: tuple[str, ...] = ()


NO_TAGS = StepTags()


def is_step_tag(tag: str) -> bool:
    """True for a tag that says to which step a cell belongs."""
    return tag.startswith(_STEP)


def is_previous_tag(tag: str) -> bool:
    """True for a tag that makes a step run after another one."""
    return tag.startswith(_PREVIOUS)


def step_of_tag(tag: str) -> str:
    """The safe name that a tag ``step:NAME`` or ``prev:NAME`` says; empty when it says none."""
    text = tag.partition(":")[2].strip()
    return safe_name(text) if text else ""


def read_tags(tags: Sequence[str]) -> StepTags:
    """What the tags of a cell say about steps; anything else in them is passed over."""
    if not tags:
        return NO_TAGS
    roles = [ROLE_OF_TAG[tag] for tag in tags if tag in ROLE_OF_TAG]
    if roles:
        # Whatever else papermill's cell is tagged with, its values are to be found by papermill.
        role = CellRole.PARAMETERS if CellRole.PARAMETERS in roles else roles[0]
        return StepTags(role, not STICKY_TAGS.isdisjoint(tags))
    steps = [tag for tag in tags if is_step_tag(tag) and step_of_tag(tag)]
    previous = [tag for tag in tags if is_previous_tag(tag) and step_of_tag(tag)]
    problems = [
        problem for tag in [*steps[:1], *previous] if (problem := _spelling(tag)) is not None
    ]
    if len(steps) > 1:
        problems.append(f"It has several tags of steps: {', '.join(steps)}; '{steps[0]}' counts.")
    if previous and not steps:
        problems.append(
            f"'{previous[0]}' says what a step runs after, but no tag 'step:' says of which step."
        )
    return StepTags(
        step=step_of_tag(steps[0]) if steps else None,
        title=steps[0].partition(":")[2].strip() if steps else "",
        previous=tuple(map(step_of_tag, previous)) if steps else (),
        seldon=next((_SELDON[tag.lower()] for tag in tags if tag.lower() in _SELDON), None),
        problems=tuple(problems),
    )


def _spelling(tag: str) -> str | None:
    """What is wrong with the name in a tag."""
    written = tag.partition(":")[2].strip()
    if not is_kale_name(written):
        return (
            f"'{tag}' is read as '{step_of_tag(tag)}': names of steps begin with a small letter "
            "or '_', and hold small letters, digits and '_'."
        )
    if not is_safe_name(written):
        return (
            f"'{tag}' is read as '{step_of_tag(tag)}': a name is a file's name too, and has at "
            f"most {LONGEST_NAME} characters."
        )
    return None
