"""What images of pipelines need of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.runtime_image import RuntimeImage


class RuntimeImages(Protocol):
    """The images that whoever uses this machine has registered: those that Elyra sees, too."""

    def find_all(self) -> tuple[RuntimeImage, ...]:
        """All images by name; files that cannot be understood are left out."""
        ...

    def names(self) -> frozenset[str]:
        """The references of all images."""
        ...

    def write(self, image: RuntimeImage, *, is_new: bool) -> None:
        """Register an image, in place of the one of its name unless it has to be new.

        Raises:
            ConflictError: it has to be new, and there is one of its name.
            OutsideFailedError: it cannot be written.
        """
        ...
