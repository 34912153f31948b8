"""Find where files of a repository name its images by version, and have them name the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError
from ..domain.release import Reference
from ..domain.release_images import ImageBuild
from ..formats.image_name import images_named_in
from ..formats.image_references import is_naming_any, may_name_images, references_in, with_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..formats.image_references import ImageReference
    from .file_drafts import FileDrafts


class FoundReferences(Struct, frozen=True):
    """References with the tag they get; ``unread`` are files that name images and make no sense."""

    references: tuple[Reference, ...] = ()
    unread: tuple[str, ...] = ()


def change_references(
    paths: Sequence[str], builds: Sequence[ImageBuild], tag: str, drafts: FileDrafts
) -> FoundReferences:
    """Have all files that name a version of an image of the repository name that of the tag."""
    tags = {build.repository: build.tag_of(tag) for build in builds}
    references: list[Reference] = []
    unread: list[str] = []
    for path in paths:
        text = _text(path, drafts)
        if text is None or not is_naming_any(path, text, tags):
            continue
        try:
            found = references_in(path, text, tags)
        except AidevsecopsError as error:
            unread.append(error.message)
            continue
        drafts.change(path, with_tags(text, {one: tags[one.repository] for one in found}))
        references += (_reference(path, one, tags) for one in found)
    return FoundReferences(tuple(references), tuple(unread))


def find_builds(
    paths: Sequence[str], version: str | None, drafts: FileDrafts
) -> tuple[ImageBuild, ...]:
    """The images that are taken for the repository's own where no file says which it builds.

    Those are the images that some file names by the version that the repository has now.
    """
    tags = {version, f"v{version}"}
    texts = (_text(path, drafts) or "" for path in paths if version is not None)
    images = {image for text in texts for image in images_named_in(text) if image.tag in tags}
    return tuple(ImageBuild(None, name) for name in sorted({one.repository for one in images}))


def _text(path: str, drafts: FileDrafts) -> str | None:
    """What a file says; a large one, or one that is no text, names no images."""
    try:
        return drafts.text(path) if may_name_images(path) else None
    except AidevsecopsError:
        return None


def _reference(path: str, found: ImageReference, tags: Mapping[str, str]) -> Reference:
    before, after = found.tag, tags[found.repository]
    return Reference(
        path, found.path, f"{found.repository}:{before}", f"{found.repository}:{after}"
    )
