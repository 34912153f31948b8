"""Check before a release that the notebooks of steps are what their notebooks give."""

from __future__ import annotations

import json
import shlex
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.release import Check, CheckStatus
from ..domain.release_checks import listed
from ..domain.release_settings import CheckName
from ..domain.step_record import CellRole, RecordedCell, StepRecord
from ..formats.step_text import read_step_notebook
from .open_notebook import open_notebook
from .split_notebook import SplitRequest, split_notebook
from .tracked_files import tracked_notebooks

if TYPE_CHECKING:
    from ..domain.split_preview import Split
    from .content_ports import ContentPorts
    from .ports import CancelToken


_TAKEN = frozenset(
    {
        CellRole.IMPORTS,
        CellRole.SETTINGS,
        CellRole.DEFINITIONS,
        CellRole.PARAMETERS,
        CellRole.SOURCE,
    }
)


class _Group(Struct, frozen=True):
    """The step notebooks of one notebook in one folder, by their paths."""

    notebook: str
    out: str
    steps: dict[str, StepRecord] = field(default_factory=dict)


class _Found(Struct):
    """What is off, each a list of step notebooks; ``notebooks`` are those to split again."""

    edited: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    notebooks: dict[str, None] = field(default_factory=dict)

    def said(self) -> list[str]:
        """A sentence for each kind."""
        kinds = {
            "Edited by hand": self.edited,
            "Out of date": self.outdated,
            "Of a notebook that is gone": self.orphans,
            "Verified, and something differs": self.different,
            "Not verified": self.unverified,
            "Cannot be split again": self.unread,
        }
        return [f"{kind}: {listed(names)}." for kind, names in kinds.items() if names]


def check_splits(ports: ContentPorts, cancel: CancelToken) -> Check:
    """Whether each step notebook that is tracked is as made, up to date, and verified.

    Raises:
        AidevsecopsError: git fails.
        CancelledError: cancelled.
    """
    groups = _groups(ports, cancel)
    if not groups:
        return Check(CheckName.SPLITS, CheckStatus.PASSED, "There are no notebooks of steps.")
    found = _Found()
    for group in groups:
        cancel.raise_if_cancelled()
        _judge_marks(group, found)
        if ports.files.is_file(group.notebook):
            _judge_state(group, ports, cancel, found)
        else:
            found.orphans += group.steps
    said = found.said()
    if not said:
        count = sum(len(group.steps) for group in groups)
        steps_said = "1 step notebook is" if count == 1 else f"{count} step notebooks are"
        return Check(CheckName.SPLITS, CheckStatus.PASSED, f"{steps_said} verified.")
    return Check(CheckName.SPLITS, CheckStatus.FAILED, " ".join(said), _fix(found))


def _groups(ports: ContentPorts, cancel: CancelToken) -> list[_Group]:
    groups: dict[tuple[str, str], _Group] = {}
    for path in tracked_notebooks(ports, cancel):
        cancel.raise_if_cancelled()
        try:
            record = read_step_notebook(ports.files.read(path).text)
        except AidevsecopsError:
            # No step notebook, as far as anybody can tell.
            continue
        if record is not None:
            out = dirname(path)
            notebook = normpath(join(out, record.notebook))
            group = groups.setdefault((notebook, out), _Group(notebook, out))
            group.steps[path] = record
    return list(groups.values())


def _judge_marks(group: _Group, found: _Found) -> None:
    for path, record in group.steps.items():
        if record.is_edited:
            found.edited.append(path)
        elif record.verified is None:
            found.unverified.append(path)
        elif not record.verified:
            found.different.append(path)


def _judge_state(group: _Group, ports: ContentPorts, cancel: CancelToken, found: _Found) -> None:
    try:
        outdated = _outdated(group, ports, cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        found.unread.append(f"{group.notebook} ({error.message})")
        return
    found.outdated += [path for path in outdated if path not in found.edited]
    marked = {*found.outdated, *found.unverified, *found.different}
    if not marked.isdisjoint({*group.steps, *outdated}):
        found.notebooks[group.notebook] = None


def _outdated(group: _Group, ports: ContentPorts, cancel: CancelToken) -> list[str]:
    """Those that splitting again would change, make or leave behind."""
    opened = open_notebook(group.notebook, ports.files)
    source = json.loads(opened.file.text.removeprefix("\ufeff"))
    attempts = []
    # How definitions are shared is recorded nowhere: it is the way that changes the least.
    for has_module in (False, True):
        request = SplitRequest(
            group.notebook,
            opened.notebook,
            source,
            out=group.out or ".",
            has_overlays=False,
            has_module=has_module,
        )
        attempts.append(_changed(split_notebook(request, ports.discover, cancel), group))
        if not attempts[-1]:
            return []
    return min(attempts, key=len)


def _changed(split: Split, group: _Group) -> list[str]:
    made = {step.file.path: read_step_notebook(step.file.text) for step in split.steps}
    changed = [
        path
        for path, record in made.items()
        if path not in group.steps or _taken(record) != _taken(group.steps[path])
    ]
    return [*changed, *(path for path in group.steps if path not in made)]


def _taken(record: StepRecord | None) -> list[RecordedCell]:
    """The cells that come from the notebook; the others are another release's of this package."""
    return [cell for cell in record.cells if cell.role in _TAKEN] if record else []


def _fix(found: _Found) -> str:
    fixes = []
    if found.edited:
        fixes.append("What was edited by hand is verified by nobody: have a look at it.")
    fixes += [
        f"Split and verify: aidevsecops split {shlex.quote(notebook)} --verify"
        for notebook in found.notebooks
    ]
    if found.orphans:
        fixes.append(f"Delete what belongs to nothing: {listed(found.orphans)}.")
    return "\n".join(fixes)
