"""The images in the folders of Jupyter, where Elyra looks for them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..formats.elyra_runtime_image import read_runtime_image, write_runtime_image
from .elyra_metadata import IMAGES, metadata_files, write_metadata

if TYPE_CHECKING:
    from ..domain.runtime_image import RuntimeImage


class JupyterImages:
    """The port ``RuntimeImages``."""

    def find_all(self) -> tuple[RuntimeImage, ...]:
        """All images by name; files that cannot be understood are left out."""
        found = []
        for name, file in metadata_files(IMAGES).items():
            with suppress(OSError, ValueError):
                found.append(read_runtime_image(file.read_text(encoding="utf-8"), name))
        return tuple(found)

    def names(self) -> frozenset[str]:
        """The references of all images."""
        return frozenset(image.image for image in self.find_all())

    def write(self, image: RuntimeImage, *, is_new: bool) -> None:
        """Register an image, in place of the one of its name unless it has to be new.

        Raises:
            ConflictError: it has to be new, and there is one of its name.
            OutsideFailedError: it cannot be written.
        """
        write_metadata(IMAGES, image.name, write_runtime_image(image), is_new=is_new)
