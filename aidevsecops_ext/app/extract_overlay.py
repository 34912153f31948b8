"""Extract a notebook's environment to an overlay of its repository."""

from __future__ import annotations

from posixpath import basename, dirname, normpath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError
from ..domain.kernels import KERNEL_PACKAGE
from ..domain.lock_digest import lock_digest
from ..formats import horus_metadata, pipfile
from ..formats.custody import Custody
from ..formats.thoth_yaml import read_thoth_yaml, text_of
from ..formats.thoth_yaml_edit import base_image_of
from .choose_overlay import OverlayRequest, choose_overlay
from .discover_requirements import DiscoverPorts, discover_requirements
from .folder_of import folder_of
from .old_overlays import read_old_overlay
from .overlay_claims import custody_in, free_name, owner_of, taken
from .overlay_settings import SettingsRequest, plan_settings
from .overlay_texts import Locating, OverlayPipfile, OverlayText, locate_files, preview_overlay
from .project_folder import find_thoth_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.file_preview import FilePreview
    from ..domain.json_value import Json
    from ..domain.lock import Lock
    from ..domain.notebook import Notebook
    from .exchange_ports import PackageFiles
    from .ports import CancelToken, Files, InstalledPackages, PackageIndex, ProjectModules


class ExtractRequest(Struct, frozen=True):
    """The notebook at ``path``; without a ``name`` the overlay is called like its kernel.

    Forced, the overlay may be another notebook's.
    """

    path: str
    notebook: Notebook
    default_python: str
    name: str | None = None
    trusted_indexes: tuple[str, ...] = ()
    is_forced: bool = False


class ExtractPorts(Struct, frozen=True):
    """What extracting needs of the outside.

    ``as_written`` are the files without variables put into them; ``thoth_host`` is what the
    settings say.
    """

    files: Files
    as_written: Files
    index: PackageIndex
    package_files: PackageFiles
    installed: InstalledPackages
    modules: ProjectModules
    thoth_host: str = ""


class ExtractedOverlay(Struct, frozen=True):
    """The files as they would be; nothing has been written.

    ``foreign`` are the paths of those that would replace what did not come from this notebook, or
    was changed since. ``notes`` are sentences on what a person should know.
    """

    name: str
    folder: str
    lock: Lock
    files: tuple[FilePreview, ...]
    foreign: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def extract_overlay(
    request: ExtractRequest, ports: ExtractPorts, cancel: CancelToken
) -> ExtractedOverlay:
    """The overlay that holds just what the notebook's lock does, and where it is named.

    Raises:
        UserError: the name cannot be an overlay's, or a file or the notebook is not valid.
        RefusedError: no lock, one that an overlay cannot hold, an index that is not trusted, or an
            overlay that is another notebook's.
        AidevsecopsError: the index or the engine failed, or took too long.
        CancelledError: cancelled.
    """
    request.notebook.require_python()
    recorded = horus_metadata.read(request.notebook.metadata)
    lock = _complete_lock(request, recorded.lockfile)
    table = recorded.pipfile or {}
    wish = OverlayRequest(
        path=request.path,
        notebook=request.notebook,
        name=request.name,
        is_forced=request.is_forced,
    )
    folder = choose_overlay(wish, ports.files)
    if not request.is_forced:
        _refuse_taken(request, folder, lock, ports.files)
    name = basename(folder)
    locating = Locating(
        ports.package_files, ports.index, folder_of(request.path), request.trusted_indexes
    )
    asked = DiscoverPorts(ports.files, ports.installed, None, ports.modules)
    used = discover_requirements(request.path, request.notebook, asked, cancel)
    text = OverlayText(
        folder=folder,
        pipfile=OverlayPipfile(table),
        lock=lock,
        custody=Custody(normpath(request.path), ""),
        notebook=request.path if lock.find(KERNEL_PACKAGE) is not None else None,
        modules=tuple(module.path for module in used.local),
        base_image=_base_image(request.path, name, ports.files),
        lockfile=recorded.lockfile,
    )
    files = preview_overlay(text, locate_files((lock,), locating, cancel), ports.files)
    settings = plan_settings(
        SettingsRequest(
            path=request.path,
            base=dirname(folder) or ".",
            overlays=((name, lock.python_version or request.default_python),),
            host=text_of(recorded.thoth_config or {}, "host") or ports.thoth_host,
        ),
        ports.as_written,
    )
    return ExtractedOverlay(
        name=name,
        folder=folder,
        lock=lock,
        files=(*files, *settings.files),
        foreign=_foreign(request.path, folder, files, ports.files),
        notes=(*_notes(table, recorded.lockfile or {}, lock), *settings.notes),
    )


def _complete_lock(request: ExtractRequest, lockfile: Mapping[str, Json] | None) -> Lock:
    if not lockfile:
        raise RefusedError(
            ErrorCode.FORMAT_NEEDS_LOCK,
            f"{request.path} has no lock, and an overlay holds exact versions.",
            hint="Lock the notebook first.",
            details={"notebook": request.path},
        )
    lock = pipfile.lock_of(lockfile)
    incomplete = [p.name for p in lock.packages if not p.version or not p.hashes]
    if incomplete:
        raise RefusedError(
            ErrorCode.REQUIREMENTS_UNSUPPORTED,
            f"An overlay is installed by hashes, and the lock has none of {', '.join(incomplete)}.",
            hint="Require these from a package index, and lock the notebook again.",
            details={"requirements": dict.fromkeys(incomplete, "no version or no hashes")},
        )
    return lock if lock.python_version else replace(lock, python_version=request.default_python)


def _refuse_taken(request: ExtractRequest, folder: str, lock: Lock, files: Files) -> None:
    name, base, path = basename(folder), dirname(folder) or ".", normpath(request.path)
    owner = owner_of(folder, files)
    if owner not in (None, path):
        raise taken(name, path, base, (str(owner),), files)
    found = find_thoth_yaml(request.path, files)
    config = read_thoth_yaml(files.read(found).text) if found is not None else None
    for environment in config.environments if config and owner is None else ():
        if environment.name == name and environment.python_version not in (
            None,
            lock.python_version,
        ):
            suggestion = free_name(name, path, base, files)
            raise RefusedError(
                ErrorCode.FORMAT_OVERLAY_TAKEN,
                f"{found} names an environment '{name}' for Python {environment.python_version}, "
                f"and the notebook is locked for Python {lock.python_version}.",
                hint=f"Give the overlay a name of its own, such as '{suggestion}'.",
                details={"name": name, "notebooks": [], "suggestion": suggestion},
            )


def _base_image(path: str, name: str, files: Files) -> str | None:
    found = find_thoth_yaml(path, files)
    return base_image_of(files.read(found).text, name) if found is not None else None


def _foreign(
    path: str, folder: str, previews: tuple[FilePreview, ...], files: Files
) -> tuple[str, ...]:
    old = read_old_overlay(folder, files)
    custody = custody_in(old.opened.asked_text, folder, files) if old.opened else None
    is_ours = (
        custody is not None
        and not old.is_edited
        and normpath(custody.notebook) == normpath(path)
        and old.opened is not None
        and (old.opened.lock is None or lock_digest(old.opened.lock) == custody.lock)
    )
    return () if is_ours else tuple(p.path for p in previews if p.state == "replaced")


def _notes(table: Mapping[str, Json], lockfile: Mapping[str, Json], lock: Lock) -> Iterator[str]:
    if pipfile.changes_since_lock(table, lockfile):
        yield "The notebook asks for something else by now: this is its old lock."
    if any(package.is_dev for package in lock.packages):
        yield "Development packages are in Pipfile.lock only."
    if lock.find(KERNEL_PACKAGE) is None:
        yield f"The image does not run the notebook: its lock has no {KERNEL_PACKAGE}."
