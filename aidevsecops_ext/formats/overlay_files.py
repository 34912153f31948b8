"""The five files of an overlay, all made of one lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.lock_digest import lock_digest
from ..domain.overlay_name import CONTAINERFILE, LOCKFILE, PIPFILE, PYLOCK, REQUIREMENTS
from . import pipfile
from .containerfile import Image, containerfile_text
from .custody import Custody, custody_lines, custody_table
from .pylock import write_pylock
from .requirements_lock import write_locked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.exchange import PackageFile
    from ..domain.json_value import Json
    from ..domain.lock import Lock


class OverlaySource(Struct, frozen=True):
    """What the files of an overlay are made of.

    ``pipfile_text`` is that of a Pipfile that somebody edited, which stays as it is; None has it
    written. ``lockfile`` is a Pipfile.lock to take as it is. ``notebook`` is the one that the image
    runs, ``modules`` are the files of the project that it imports.
    """

    folder: str
    pipfile: Mapping[str, Json]
    lock: Lock
    files: Mapping[str, tuple[PackageFile, ...]]
    custody: Custody
    pipfile_text: str | None = None
    lockfile: Mapping[str, Json] | None = None
    notebook: str | None = None
    modules: tuple[str, ...] = ()
    base_image: str | None = None


def overlay_files(source: OverlaySource) -> dict[str, str]:
    """The text of each file, by its name."""
    source = _shown(source)
    custody = replace(source.custody, lock=lock_digest(source.lock))
    head = custody_lines(custody)
    pipfile_head = custody_lines(replace(custody, requirements=pipfile.hash_of(source.pipfile)))
    runtime = replace(source.lock, packages=tuple(p for p in source.lock.packages if not p.is_dev))
    lockfile = source.lockfile or pipfile.lockfile_of(source.lock, source.pipfile)
    image = Image(
        folder=source.folder,
        python_version=source.lock.python_version or "3",
        custody=custody,
        notebook=source.notebook,
        modules=source.modules,
        base_image=source.base_image,
    )
    return {
        PIPFILE: source.pipfile_text or f"{pipfile_head}\n{pipfile.pipfile_text(source.pipfile)}",
        LOCKFILE: pipfile.lockfile_text(lockfile),
        PYLOCK: f"{write_pylock(runtime, source.files)}\n{custody_table(custody)}",
        REQUIREMENTS: head + write_locked(runtime, is_dev=False),
        CONTAINERFILE: containerfile_text(image),
    }


def _shown(source: OverlaySource) -> OverlaySource:
    """The same for a Pipfile without passwords: an overlay is committed."""
    shown = pipfile.without_secrets(source.pipfile)
    digest = pipfile.retied(source.lock.requirements_hash, source.pipfile, shown)
    lock = replace(source.lock, requirements_hash=digest)
    lockfile = source.lockfile and pipfile.shown_lockfile(source.lockfile, source.pipfile)
    return replace(source, pipfile=shown, lock=lock, lockfile=lockfile)
