"""The files of overlays: what each Pipfile says, and the addresses of what is locked."""

from __future__ import annotations

from posixpath import join, relpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, RefusedError
from ..domain.lock import Lock
from ..domain.lock_digest import lock_digest
from ..domain.overlay_name import CONTAINERFILE
from ..domain.requirements import Requirement, RequirementSet
from ..domain.target import Target
from ..formats import pipfile
from ..formats.containerfile import kept_containerfile
from ..formats.custody import is_edited
from ..formats.overlay_files import OverlaySource, overlay_files
from .overlay_claims import custody_for
from .ports import ResolveRequest
from .preview_files import preview_file
from .project_folder import project_folder
from .trust_indexes import trusted_requirements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.exchange import PackageFile
    from ..domain.file_preview import FilePreview
    from ..domain.json_value import Json
    from ..domain.lock import LockedPackage
    from ..domain.requirements import Index
    from ..formats.custody import Custody
    from .exchange_ports import PackageFiles
    from .old_overlays import OldOverlay
    from .ports import CancelToken, Files, PackageIndex


class OverlayPipfile(Struct, frozen=True):
    """What a Pipfile says; ``text`` is None where it is to be written anew."""

    table: Mapping[str, Json]
    text: str | None = None


class OverlayText(Struct, frozen=True):
    """One overlay's environment, and where its files come from.

    ``modules`` are the files of the project that the notebook imports.
    """

    folder: str
    pipfile: OverlayPipfile
    lock: Lock
    custody: Custody
    notebook: str | None = None
    modules: tuple[str, ...] = ()
    base_image: str | None = None
    lockfile: Mapping[str, Json] | None = None


def pipfile_for(
    old: OldOverlay,
    requirements: tuple[Requirement, ...],
    indexes: tuple[Index, ...],
    python_version: str,
) -> OverlayPipfile:
    """The Pipfile that asks for that: one that somebody edited keeps its text.

    Raises:
        UserError: a requirement, or the Pipfile that is there, is not valid.
    """
    if old.opened is not None and old.is_edited:
        known = {requirement.key for requirement in old.own}
        missing = [requirement for requirement in requirements if requirement.key not in known]
        text = pipfile.with_missing(old.opened.asked_text, missing)
        if old.opened.asked.python_version not in (None, python_version):
            text = pipfile.with_python(text, python_version)
        return OverlayPipfile(pipfile.read_pipfile(text), text)
    empty = pipfile.empty_pipfile(indexes, python_version)
    return OverlayPipfile(pipfile.with_requirements(empty, requirements))


def locked_for(
    found: OverlayPipfile, packages: tuple[LockedPackage, ...], python_version: str
) -> Lock:
    """The lock of those packages for that Pipfile."""
    return Lock(
        packages=tuple(sorted(packages, key=lambda package: package.key)),
        requirements_hash=pipfile.hash_of(found.table),
        indexes=pipfile.indexes_of(found.table.get("source")),
        python_version=python_version,
    )


class Locating(Struct, frozen=True):
    """How the addresses of locked files are found."""

    package_files: PackageFiles
    index: PackageIndex
    folder: str
    trusted_indexes: tuple[str, ...] = ()


def locate_files(
    locks: Iterable[Lock], locating: Locating, cancel: CancelToken
) -> Mapping[str, tuple[PackageFile, ...]]:
    """The files of all packages of those locks, by their hash's package name.

    A package that is locked at two versions has the files of both.

    Raises:
        RefusedError: an index is not trusted, or has a version no longer.
        AidevsecopsError: the index or the engine failed, or took too long.
        CancelledError: cancelled.
    """
    found: dict[str, tuple[PackageFile, ...]] = {}
    seen: set[tuple[str, str]] = set()
    for lock in locks:
        new = [p for p in lock.packages if not p.is_dev and (p.key, p.version) not in seen]
        seen |= {(package.key, package.version) for package in new}
        if not new:
            continue
        pins = RequirementSet(
            tuple(Requirement(p.key, f"=={p.version}", index=p.index) for p in new), lock.indexes
        )
        pins = trusted_requirements(pins, locating.trusted_indexes, locating.index)
        asked = ResolveRequest(
            requirements=pins.requirements,
            target=Target(lock.python_version or "3", None, is_universal=True),
            folder=locating.folder,
            indexes=pins.indexes,
            allow_prereleases=True,
            agreed=locating.trusted_indexes,
        )
        for key, files in locating.package_files.files(asked, cancel).items():
            found[key] = (*found.get(key, ()), *files)
    return found


def refuse_lost_files(lock: Lock, files: Mapping[str, tuple[PackageFile, ...]]) -> None:
    """Return when an address is known for every package of the lock.

    Raises:
        RefusedError: the index has the files of a package no longer.
    """
    for package in (package for package in lock.packages if not package.is_dev):
        known = {file.hash for file in files.get(package.key, ())}
        if not known & set(package.hashes):
            raise RefusedError(
                ErrorCode.FORMAT_FILES_MISSING,
                f"No index has the files of {package.name} {package.version} that were locked.",
                hint="Lock the notebook again.",
                details={"name": package.name, "version": package.version},
            )


def preview_overlay(
    text: OverlayText, addresses: Mapping[str, tuple[PackageFile, ...]], files: Files
) -> tuple[FilePreview, ...]:
    """The five files of an overlay, beside those that are there.

    A Containerfile that somebody edited stays as it is, but for the lock that it names.

    Raises:
        RefusedError: the address of a package is not known.
        AidevsecopsError: a file that is there cannot be read.
    """
    refuse_lost_files(text.lock, addresses)
    # Images are built in the folder of the project, and what is written is for every clone of it.
    project = project_folder(join(text.folder, CONTAINERFILE), files) or "."
    source = OverlaySource(
        folder=relpath(text.folder, project),
        pipfile=text.pipfile.table,
        lock=text.lock,
        files=addresses,
        custody=custody_for(text.custody, text.folder, files),
        pipfile_text=text.pipfile.text,
        notebook=None if text.notebook is None else relpath(text.notebook, project),
        modules=tuple(relpath(path, project) for path in text.modules),
        base_image=text.base_image,
        lockfile=text.lockfile,
    )
    previews = []
    for name, content in overlay_files(source).items():
        path = join(text.folder, name)
        preview = preview_file(path, content, files)
        if name == CONTAINERFILE and preview.old is not None and is_edited(preview.old):
            kept = kept_containerfile(preview.old, lock_digest(text.lock))
            preview = preview_file(path, kept, files)
        previews.append(preview)
    return tuple(previews)
