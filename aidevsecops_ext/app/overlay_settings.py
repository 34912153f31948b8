"""What ``.thoth.yaml`` and ``.aicoe-ci.yaml`` say of new overlays."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import dirname, join, relpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..formats.aicoe_ci_yaml import (
    AICOE_CI_YAML,
    OverlayBuild,
    is_checking_overlays,
    with_overlay_builds,
)
from ..formats.thoth_yaml_edit import (
    OverlayEnvironment,
    environments_without_overlays,
    is_thoth_name,
    new_thoth_yaml,
    with_environments,
)
from .preview_files import preview_file
from .project_folder import THOTH_YAML, find_nearest, find_thoth_yaml, project_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.file_preview import FilePreview
    from .ports import Files


class SettingsRequest(Struct, frozen=True):
    """The overlays of the notebook at ``path``, by name and Python version.

    ``base`` is the folder that they are below, ``environment`` the one that they were locked for;
    ``host`` is that of a Thoth service, empty where there is none.
    """

    path: str
    base: str
    overlays: tuple[tuple[str, str], ...]
    environment: str | None = None
    host: str = ""


class SettingsPlan(Struct, frozen=True):
    """The files as they would be, and sentences on what a person should know."""

    files: tuple[FilePreview, ...]
    notes: tuple[str, ...] = ()


def plan_settings(request: SettingsRequest, as_written: Files) -> SettingsPlan:
    """``.thoth.yaml``, made where there is none, and ``.aicoe-ci.yaml`` where there is one.

    ``as_written`` are the files without variables put into them.

    Raises:
        UserError: a file is not YAML, or not a table.
        RefusedError: a file is written in a way that nothing can be added to.
        AidevsecopsError: a file cannot be read.
    """
    files = [_thoth_yaml(request, as_written)]
    build = find_nearest(AICOE_CI_YAML, request.path, as_written)
    if build is not None:
        stem = PurePosixPath(request.path).stem.lower()
        builds = [OverlayBuild(name, f"{stem}-{name}") for name, _ in request.overlays]
        text = as_written.read(build).text
        folder = relpath(request.base, dirname(build) or ".")
        files.append(preview_file(build, with_overlay_builds(text, folder, builds), as_written))
    return SettingsPlan(tuple(files), tuple(_notes(request, files)))


def _thoth_yaml(request: SettingsRequest, as_written: Files) -> FilePreview:
    environments = [
        OverlayEnvironment(name, python, request.environment) for name, python in request.overlays
    ]
    path = find_thoth_yaml(request.path, as_written)
    project = project_folder(request.path, as_written)
    folder = relpath(request.base, project or ".")
    if path is None:
        text = new_thoth_yaml(request.host, folder, environments)
        return preview_file(join(project, THOTH_YAML), text, as_written)
    text = with_environments(as_written.read(path).text, folder, environments)
    return preview_file(path, text, as_written)


def _notes(request: SettingsRequest, files: list[FilePreview]) -> Iterator[str]:
    thoth, *rest = files
    homeless = environments_without_overlays(thoth.old) if thoth.old is not None else ()
    others = [name for name in homeless if name not in dict(request.overlays)]
    if others:
        yield (
            f"{thoth.path} now names the folder {request.base}: the requirements of its other "
            f"environments ({', '.join(others)}) are looked for there from now on."
        )
    odd = [name for name, _ in request.overlays if not is_thoth_name(name)]
    if odd:
        yield f"Thoth does not allow dots in the names of environments: {', '.join(odd)}."
    for build in rest:
        if not is_checking_overlays(build.text):
            yield f"{build.path}: 'check' does not name overlays-build, so only tags build them."
