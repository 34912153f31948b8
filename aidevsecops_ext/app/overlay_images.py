"""The image of an overlay: by ``.aicoe-ci.yaml`` and the newest release, or a local one.

A release with the tag ``v1.2.0`` builds ``registry/organisation/project:v1.2.0``. Where nothing
says a registry, it is what ``podman build -t NAME`` makes here: ``localhost/NAME:latest``.
"""

from __future__ import annotations

from posixpath import basename, join
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError
from ..formats.aicoe_ci_images import AICOE_CI, image_builds

if TYPE_CHECKING:
    from ..domain.release_images import ImageBuild
    from .pipeline_ports import PipelinePorts
    from .ports import CancelToken

LOCAL = "localhost/"
_UNRELEASED = "latest"


class OverlayImages(Struct, frozen=True):
    """The images that the repository around a folder builds, and the tag of its newest release."""

    builds: tuple[ImageBuild, ...] = ()
    tag: str | None = None

    def of(self, overlay: str) -> str:
        """The image of the overlay in that folder."""
        build = self.build_of(overlay)
        if build is None:
            return f"{LOCAL}{basename(overlay).lower()}:{_UNRELEASED}"
        tag = build.tag_of(self.tag) if self.tag else build.custom_tag or _UNRELEASED
        return f"{build.repository}:{tag}"

    def build_of(self, overlay: str) -> ImageBuild | None:
        """What builds the image of the overlay in that folder; None where nothing does."""
        name = basename(overlay)
        return next((b for b in self.builds if b.overlay == name and b.repository), None)

    def is_own(self, image: str) -> bool:
        """True for an image that a release of the repository builds, or somebody here."""
        repository = image.rpartition(":")[0]
        return image.startswith(LOCAL) or any(b.repository == repository for b in self.builds)

    def stale(self, image: str) -> str | None:
        """The image of the newest release, where that is another one of the same repository."""
        repository, _, tag = image.rpartition(":")
        for build in self.builds:
            if build.repository == repository and self.tag is not None:
                fresh = build.names(self.tag)
                return None if f"{repository}:{tag}" in fresh else fresh[0]
        return None


def find_overlay_images(folder: str, ports: PipelinePorts, cancel: CancelToken) -> OverlayImages:
    """What is known of the images of overlays, as seen from a folder.

    A folder that is in no Git repository has no releases.

    Raises:
        UserError: ``.aicoe-ci.yaml`` is not valid.
        AidevsecopsError: it cannot be read.
        CancelledError: cancelled.
    """
    above = folder.split("/") if folder else []
    places = ["/".join(above[:count]) for count in range(len(above), -1, -1)]
    paths = [join(place, AICOE_CI) for place in places]
    path = next((each for each in paths if ports.files.is_file(each)), None)
    if path is None:
        return OverlayImages()
    project, tag = _repository(folder, ports, cancel)
    return OverlayImages(image_builds(ports.files.read(path).text, project), tag)


def _repository(folder: str, ports: PipelinePorts, cancel: CancelToken) -> tuple[str, str | None]:
    """What the repository is called, and the tag of its newest release."""
    # Imported here because few repositories say what builds their images.
    from ..domain.release import releases_among

    try:
        git = ports.git(folder, cancel)
        state = git.state(cancel)
        tags = git.tags(cancel, ancestors_of=state.head) if state.head else ()
    except CancelledError:
        raise
    except AidevsecopsError:
        return "", None
    place = state.remote.url if state.remote else state.root
    newest = next(iter(releases_among(tags)), None)
    return place.rstrip("/").rpartition("/")[2].removesuffix(
        ".git"
    ), newest.name if newest else None
