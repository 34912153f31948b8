"""What an earlier split left behind: steps that are no more, their overlays, and who names those.

Only what is as it was made goes. What somebody edited stays, and is named.
"""

from __future__ import annotations

from posixpath import basename, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from ..domain.lock import LockStatus
from ..domain.overlay_name import CONTAINERFILE, OVERLAY_FILES
from ..domain.split import SplitCode, SplitWarning
from ..domain.split_preview import LeftFile
from ..formats.custody import is_edited
from .left_artifacts import find_left_artifacts
from .overlay_claims import custody_of
from .project_folder import find_nearest, find_thoth_yaml
from .step_files import find_steps_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ..domain.file_preview import FilePreview
    from ..formats.custody import Custody
    from .ports import Files


class PruneRequest(Struct, frozen=True):
    """Of which notebook, where its steps are, and which notebooks and overlays it has now.

    ``base`` is the folder of the overlays; None leaves all of them alone. ``artifacts`` is the
    folder that steps leave variables in, ``writing`` are the names of those that do.
    """

    path: str
    out: str
    steps: frozenset[str]
    overlays: frozenset[str]
    base: str | None
    artifacts: str
    writing: frozenset[str]


class LeftBehind(Struct, frozen=True):
    """The files that can go, and what they are: step notebooks, folders of overlays and variables.

    ``edited`` are such that have to stay, because somebody edited them.
    """

    files: tuple[LeftFile, ...]
    names: tuple[str, ...]
    edited: tuple[str, ...]

    def warnings(self, *, is_pruned: bool) -> Iterator[SplitWarning]:
        """What a person should know of what stays."""
        for name in () if is_pruned else self.names:
            yield _warning(name, "it is left as it is. Pruning (--prune) deletes it.")
        for name in self.edited:
            what = "it was edited by hand, so it stays. Delete it when you do not need it."
            yield _warning(name, what)


def find_left_behind(request: PruneRequest, files: Files) -> LeftBehind:
    """The step notebooks of the notebook that are no more, their overlays, and what they left.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    found: list[LeftFile] = []
    names: list[str] = []
    edited: list[str] = []
    writing = set(request.writing)
    for made in find_steps_of(request.path, request.out, files):
        if made.path in request.steps:
            continue
        if made.record.is_edited:
            edited.append(made.path)
            writing.add(made.record.step)
        else:
            names.append(made.path)
            found.append(LeftFile(made.path, made.file.revision))
    for folder in [*_overlays_of(request, [*map(normpath, names)], files)]:
        if _is_edited(folder, files):
            edited.append(folder)
        else:
            names.append(folder)
            found += _files_of(folder, files)
    for left in find_left_artifacts(request.artifacts, writing, files):
        names.append(left.path)
        found.append(left)
    return LeftBehind(tuple(found), tuple(names), tuple(edited))


def settings_without(
    path: str, names: Collection[str], planned: Iterable[FilePreview], as_written: Files
) -> tuple[tuple[FilePreview, ...], tuple[str, ...]]:
    """The planned files, and those that name overlays, without the overlays of these names.

    With sentences on the entries that stay, because somebody edited them. ``as_written`` are the
    files without variables put into them.

    Raises:
        AidevsecopsError: a file cannot be read.
    """
    # Slow to import, and a preview of steps does without.
    from ..formats.aicoe_ci_yaml import AICOE_CI_YAML, without_overlay_builds
    from ..formats.thoth_yaml_edit import without_environments
    from .preview_files import preview_file

    previews = {preview.path: preview for preview in planned}
    notes = []
    for place in (find_thoth_yaml(path, as_written), find_nearest(AICOE_CI_YAML, path, as_written)):
        if place is None:
            continue
        before = previews[place].text if place in previews else as_written.read(place).text
        is_build = basename(place) == AICOE_CI_YAML
        without = without_overlay_builds if is_build else without_environments
        text, kept = without(before, names)
        if text != before:
            previews[place] = preview_file(place, text, as_written)
        if kept:
            notes.append(
                f"{place} still names {', '.join(sorted(kept))}: these entries were edited, or "
                "cannot be taken out. Remove them by hand."
            )
    return tuple(previews.values()), tuple(notes)


def _overlays_of(request: PruneRequest, gone: Collection[str], files: Files) -> Iterator[str]:
    """The overlays of the notebook's steps whose notebooks are no more, or go now."""
    base = request.base
    if base is None or not files.is_folder(base):
        return
    for name in files.entries(base).folders:
        folder = normpath(join(base, name))
        custody = _custody(folder, files)
        if custody is None or custody.step_notebook is None or folder in request.overlays:
            continue
        if normpath(custody.notebook) != normpath(request.path):
            continue
        step = normpath(custody.step_notebook)
        if step in gone or not (files.is_file(step) or step in request.steps):
            yield folder


def _is_edited(folder: str, files: Files) -> bool:
    """True for an overlay that is not as it was made, or that nobody can tell it of."""
    # Slow to import, and most notebooks have left no overlays behind.
    from .list_overlays import check_files
    from .old_overlays import read_old_overlay

    try:
        old = read_old_overlay(folder, files)
        if old.opened is None or old.is_edited:
            return True
        # Without a lock there is nothing in it of anybody's: a removal may have been broken off.
        if check_files(old.opened, files).status not in (LockStatus.FRESH, LockStatus.UNLOCKED):
            return True
        path = join(folder, CONTAINERFILE)
        return files.is_file(path) and is_edited(files.read(path).text)
    except AidevsecopsError:
        return True


def _files_of(folder: str, files: Files) -> Iterator[LeftFile]:
    # The Pipfile says whose they are: where a removal is broken off, the next one goes on with it.
    for name in reversed(OVERLAY_FILES):
        path = join(folder, name)
        if files.is_file(path):
            yield LeftFile(path, files.read(path).revision, basename(folder))


def _custody(folder: str, files: Files) -> Custody | None:
    try:
        return custody_of(folder, files)
    except AidevsecopsError:
        # Whatever it is, it is not as it was made here.
        return None


def _warning(name: str, what: str) -> SplitWarning:
    return SplitWarning(
        SplitCode.LEFT_BEHIND, f"{name} is of an earlier split and belongs to no step now; {what}"
    )
