"""What steps of earlier splits wrote for others, and that no step writes any more."""

from __future__ import annotations

from posixpath import join
from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError
from ..domain.split_preview import LeftFile
from ..formats.artifact_folder import MANIFEST, is_artifact_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .ports import Files


def find_left_artifacts(base: str, steps: Collection[str], files: Files) -> Iterator[LeftFile]:
    """The folders in ``base`` of other steps than these, as steps write them and nothing else.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    if not files.is_folder(base):
        return
    for name in files.entries(base).folders:
        folder = join(base, name)
        manifest = join(folder, MANIFEST)
        if name in steps or not files.is_file(manifest):
            continue
        inside = files.entries(folder)
        try:
            said = files.read(manifest)
        except AidevsecopsError:
            # Whatever it is, no step wrote it.
            continue
        if not inside.folders and is_artifact_of(name, said.text, inside.files):
            yield LeftFile(folder, said.revision, is_folder=True)
