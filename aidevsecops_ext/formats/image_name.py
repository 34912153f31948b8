"""Names of container images: ``registry/organisation/project:tag``."""

from __future__ import annotations

import re

from msgspec import Struct

# https://github.com/distribution/reference: the part before the first slash is a registry where it
# has a dot or a port; a digest says more than a tag.
_IMAGE = re.compile(
    r"(?<![\w./:@-])(?P<repository>[a-zA-Z0-9][\w.-]*(?::\d+)?(?:/[a-z0-9][a-z0-9._-]*)+)"
    r":(?P<tag>[\w][\w.+-]{0,127})(?P<digest>@sha256:[0-9a-f]{64})?"
    r"(?![\w/:@-])"
)


class ImageName(Struct, frozen=True):
    """An image: ``repository`` is all before its tag."""

    repository: str
    tag: str

    def __str__(self) -> str:
        return f"{self.repository}:{self.tag}"


def parse_image(text: str) -> ImageName | None:
    """The image that a text names; None for other texts, and where a digest fixes the image."""
    found = _IMAGE.fullmatch(text)
    if found is None or found["digest"]:
        return None
    return ImageName(found["repository"], found["tag"])


def images_named_in(text: str) -> frozenset[ImageName]:
    """All images that a text names by a tag, wherever in it."""
    found = (parse_image(match[0]) for match in _IMAGE.finditer(text))
    return frozenset(image for image in found if image is not None)
