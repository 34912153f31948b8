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

    def names(self, tag: str) -> tuple[str, ...]:
        """The full names of the image that a release with that tag builds."""
        main = f"{tag}-{self.architecture}" if self.architecture else tag
        tags = dict.fromkeys((main, self.custom_tag) if self.custom_tag else (main,))
        return tuple(f"{self.repository}:{one}" for one in tags)
