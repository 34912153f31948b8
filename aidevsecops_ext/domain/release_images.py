"""The images that a release builds, and by which names."""

from __future__ import annotations

from msgspec import Struct


class ImageBuild(Struct, frozen=True):
    """An image that AICoE-CI builds of this repository when a tag is made.

    ``overlay`` is None for the image of the repository itself; ``architecture`` is the end of the
    tag where the file asks for one, ``custom_tag`` a second tag.
    """

    overlay: str | None
    repository: str
    architecture: str = ""
    custom_tag: str = ""

    def tag_of(self, tag: str) -> str:
        """The tag of the image that a release with that tag builds."""
        return f"{tag}-{self.architecture}" if self.architecture else tag

    def names(self, tag: str) -> tuple[str, ...]:
        """The full names of the image that a release with that tag builds."""
        own = self.tag_of(tag)
        tags = dict.fromkeys((own, self.custom_tag) if self.custom_tag else (own,))
        return tuple(f"{self.repository}:{one}" for one in tags)
