"""The folder that a notebook's environment belongs in, as an overlay of its repository.

jupyterlab-requirements called the overlay like the notebook's kernel, ``overlays/<kernel>/``. In
real repositories two notebooks have one kernel's name and different locks, and many a generic one.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError, ErrorCode, RefusedError, UserError
from ..domain.kernels import kernel_name_of
from ..domain.overlay_name import is_generic_name, is_overlay_name
from ..formats import horus_metadata, notebook_json
from ..formats.thoth_yaml import read_thoth_yaml
from .find_notebooks import find_notebooks
from .project_folder import find_thoth_yaml, project_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.json_value import Json
    from ..domain.notebook import Notebook
    from .ports import Files

_DEFAULT_FOLDER = "overlays"


class OverlayRequest(Struct, frozen=True):
    """The notebook at ``path``; without a ``name`` the overlay is called like its kernel.

    ``store`` is the folder that the overlays are below, None where the repository says. Forced,
    it may be another notebook's.
    """

    path: str
    notebook: Notebook
    name: str | None = None
    store: str | None = None
    is_forced: bool = False


def choose_overlay(request: OverlayRequest, files: Files) -> str:
    """The folder of the notebook's overlay; nothing is written.

    Raises:
        UserError: the name cannot be that of an overlay, or ``.thoth.yaml`` is not YAML.
        RefusedError: the kernel's name is everybody's, or another notebook claims the overlay.
        AidevsecopsError: a file cannot be read.
    """
    name = request.name or request.notebook.kernel_name
    if request.name is None and is_generic_name(name):
        raise RefusedError(
            ErrorCode.FORMAT_OVERLAY_UNNAMED,
            f"The notebook's kernel is called {_said(name)}, which says nothing of the notebook: "
            "no overlay is named after it.",
            hint=f"Name the overlay, such as '{_suggestion(request.path)}', or make a kernel.",
            details={"kernel": name, "suggestion": _suggestion(request.path)},
        )
    if name is None or not is_overlay_name(name):
        raise UserError(
            ErrorCode.REQUEST_INVALID,
            f"'{name}' cannot be the name of an overlay.",
            hint="Use letters, digits, dots, hyphens and underscores.",
            details={"name": name},
        )
    if not request.is_forced:
        _refuse_rivals(request, name, files)
    if request.store is not None:
        return normpath(join(request.store, _DEFAULT_FOLDER, name))
    return normpath(join(overlays_folder(request.path, files), name))


def overlays_folder(path: str, files: Files, folder: str | None = None) -> str:
    """The folder that overlays of the notebook at ``path`` are below.

    It is ``folder``, else what ``.thoth.yaml`` says, both as seen from the project's folder.

    Raises:
        UserError: ``.thoth.yaml`` is not YAML, or not a table.
        AidevsecopsError: it cannot be read.
    """
    found = find_thoth_yaml(path, files)
    said = read_thoth_yaml(files.read(found).text).overlays_dir if found else None
    return normpath(join(project_folder(path, files), folder or said or _DEFAULT_FOLDER))


def _refuse_rivals(request: OverlayRequest, name: str, files: Files) -> None:
    own = recorded_environment(request.notebook)
    rivals = [
        path
        for path in find_notebooks_of(name, files, project_folder(request.path, files))
        if path != normpath(request.path)
        and recorded_environment(_opened(path, files)) not in (own, None)
    ]
    if rivals:
        suggestion = _suggestion(request.path)
        raise RefusedError(
            ErrorCode.FORMAT_OVERLAY_TAKEN,
            f"The overlay '{name}' is claimed by {', '.join(rivals)} too, with another lock.",
            hint=f"Give this one a name of its own, such as '{suggestion}'.",
            details={"name": name, "notebooks": [*rivals], "suggestion": suggestion},
        )


def find_notebooks_of(kernel: str, files: Files, within: str = "") -> tuple[str, ...]:
    """The notebooks below a folder whose kernel is called so; those that cannot be read are none.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    return find_notebooks_by_kernel((kernel,), files, within)[kernel]


def find_notebooks_by_kernel(
    kernels: Iterable[str], files: Files, within: str = ""
) -> Mapping[str, tuple[str, ...]]:
    """The notebooks below a folder for each of those names of kernels, each file read once.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    found: dict[str, list[str]] = {kernel: [] for kernel in kernels}
    for path in _all_notebooks(files, within) if found else ():
        kernel = _kernel_of(path, found, files)
        if kernel in found:
            found[kernel].append(path)
    return {kernel: tuple(paths) for kernel, paths in found.items()}


def _all_notebooks(files: Files, within: str) -> tuple[str, ...]:
    try:
        return find_notebooks([within or "."], files)
    except AidevsecopsError as error:
        if error.code is ErrorCode.NOTEBOOK_NONE_FOUND:
            return ()
        raise


def _kernel_of(path: str, wanted: Iterable[str], files: Files) -> str | None:
    try:
        text = files.read(path).text
        # Parsing takes long, and few notebooks hold one of the names at all.
        is_candidate = any(f'"{name}"' in text for name in wanted)
        return notebook_json.parse(text, path).kernel_name if is_candidate else None
    except AidevsecopsError:
        return None


def _opened(path: str, files: Files) -> Notebook:
    return notebook_json.parse(files.read(path).text, path)


def recorded_environment(notebook: Notebook) -> tuple[Json, Json] | None:
    """What the notebook records for an overlay; None where it records nothing that can be read."""
    try:
        recorded = horus_metadata.read(notebook.metadata)
    except UserError:
        return None
    if recorded.pipfile is None and recorded.lockfile is None:
        return None
    return recorded.pipfile, recorded.lockfile


def _suggestion(path: str) -> str:
    return kernel_name_of(PurePosixPath(path).stem.replace("_", "-"))


def _said(name: str | None) -> str:
    return f"'{name}'" if name else "nothing"
