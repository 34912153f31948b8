"""Whose an overlay is: no notebook's environment replaces another one's."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError
from ..domain.kernels import kernel_name_of
from ..domain.overlay_name import PIPFILE
from ..formats import notebook_json
from ..formats.custody import Custody, read_custody
from .choose_overlay import find_notebooks_by_kernel, recorded_environment
from .project_folder import project_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..domain.json_value import Json
    from .ports import Files


def custody_of(folder: str, files: Files) -> Custody | None:
    """What the overlay in that folder says that it comes from; None where it does not say it.

    Raises:
        AidevsecopsError: its Pipfile cannot be read.
    """
    path = join(folder, PIPFILE)
    return custody_in(files.read(path).text, folder, files) if files.is_file(path) else None


def custody_in(text: str, folder: str, files: Files) -> Custody | None:
    """What a file in that folder says that it comes from, with paths below the root."""
    custody = read_custody(text)
    project = project_folder(join(folder, PIPFILE), files)
    return None if custody is None else _moved(custody, lambda path: normpath(join(project, path)))


def custody_for(custody: Custody, folder: str, files: Files) -> Custody:
    """The same for a file in that folder: as the project sees the paths, wherever it is cloned."""
    project = project_folder(join(folder, PIPFILE), files)
    return _moved(custody, lambda path: relpath(path, project or "."))


def _moved(custody: Custody, place: Callable[[str], str]) -> Custody:
    step = custody.step_notebook
    moved = None if step is None else place(step)
    return replace(custody, notebook=place(custody.notebook), step_notebook=moved)


def refuse_claimed(names: Sequence[str], path: str, base: str, files: Files) -> None:
    """Return when the overlays of those names below ``base`` may be the notebook's at ``path``.

    An overlay that says which notebook it comes from is that one's, as long as it is there; and
    a notebook with a lock claims the one that is called like its kernel.

    Raises:
        RefusedError: one is another notebook's; a name that is free is suggested.
        AidevsecopsError: a file or folder cannot be read.
    """
    by_kernel = find_notebooks_by_kernel(names, files, project_folder(path, files))
    for name in names:
        owner = owner_of(join(base, name), files)
        claims = {owner} if owner is not None else set()
        claims |= {other for other in by_kernel[name] if _is_claim(other, path, files)}
        claims.discard(normpath(path))
        if claims:
            raise taken(name, path, base, tuple(sorted(claims)), files)


def owner_of(folder: str, files: Files) -> str | None:
    """The notebook that the overlay comes from, if it says so and that one is still there.

    Raises:
        AidevsecopsError: its Pipfile cannot be read.
    """
    custody = custody_of(folder, files)
    if custody is None or not files.is_file(normpath(custody.notebook)):
        return None
    return normpath(custody.notebook)


def taken(name: str, path: str, base: str, claims: tuple[str, ...], files: Files) -> RefusedError:
    """The error for an overlay that others claim, with a name that is free."""
    suggestion = free_name(name, path, base, files)
    return RefusedError(
        ErrorCode.FORMAT_OVERLAY_TAKEN,
        f"The overlay '{name}' is claimed by {', '.join(claims)} too, with another lock.",
        hint=f"Give this one a name of its own, such as '{suggestion}'.",
        details={"name": name, "notebooks": [*claims], "suggestion": suggestion},
    )


def free_name(name: str, path: str, base: str, files: Files) -> str:
    """A name like that one, made of the notebook's, that no overlay has."""
    stem = kernel_name_of(PurePosixPath(path).stem.replace("_", "-"))
    wish = stem if stem == name else f"{stem}-{name}"
    number, free = 1, wish
    while free == name or files.is_folder(normpath(join(base, free))):
        number += 1
        free = f"{wish}-{number}"
    return free


def _is_claim(other: str, path: str, files: Files) -> bool:
    """True for a notebook with a lock that is none of the steps of the one at ``path``."""
    notebook = notebook_json.parse(files.read(other).text, other)
    if recorded_environment(notebook) is None:
        return False
    own = _table(_table(notebook.metadata.get("aidevsecops")).get("split")).get("notebook")
    if not isinstance(own, str):
        return True
    return normpath(path) not in (normpath(own), normpath(join(dirname(other), own)))


def _table(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
