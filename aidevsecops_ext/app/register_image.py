"""Register the image of an overlay, or any other, so that Elyra's editor offers it."""

from __future__ import annotations

import re
from posixpath import basename
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, NotFoundError, UserError
from ..domain.runtime_image import PullPolicy, RuntimeImage
from ..formats.elyra_runtime_image import file_name_of
from .overlay_images import LOCAL, find_overlay_images
from .overlay_of import overlay_at

if TYPE_CHECKING:
    from .pipeline_ports import PipelinePorts
    from .ports import CancelToken
    from .runtime_image_ports import RuntimeImages

_IMAGE = re.compile(r"[^/ ]+(?:/[^/ ]+)+")
_SECRET = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_TAG = "aidevsecops"


class RegisterRequest(Struct, frozen=True):
    """What to register: the image of the overlay in a folder, or an ``image`` by its reference.

    Forced, it takes the place of one that has its name.
    """

    overlay: str = ""
    image: str = ""
    name: str = ""
    description: str = ""
    pull_policy: PullPolicy | None = None
    pull_secret: str = ""
    is_forced: bool = False


def register_image(
    request: RegisterRequest, ports: PipelinePorts, images: RuntimeImages, cancel: CancelToken
) -> RuntimeImage:
    """The image as it was registered.

    Raises:
        UserError: nothing or something impossible is to be registered.
        NotFoundError: there is no such overlay.
        ConflictError: there is one of its name.
        AidevsecopsError: a file cannot be read or written.
        CancelledError: cancelled.
    """
    found = _found(request, ports, cancel)
    if _IMAGE.fullmatch(found.image) is None:
        raise _invalid("image", f"'{found.image}' is no image: it is [registry/]owner/image:tag.")
    if not found.name:
        raise _invalid("name", "The name needs letters or digits.")
    if found.pull_secret and _SECRET.fullmatch(found.pull_secret) is None:
        raise _invalid("pull_secret", f"'{found.pull_secret}' is no name of a Kubernetes secret.")
    images.write(found, is_new=not request.is_forced)
    return found


def _found(request: RegisterRequest, ports: PipelinePorts, cancel: CancelToken) -> RuntimeImage:
    if bool(request.overlay) == bool(request.image):
        raise _invalid("image", "Name an overlay, or an image.")
    image, description, tags = request.image, request.description, tuple[str, ...]()
    policy = request.pull_policy
    if request.overlay:
        overlay = overlay_at(request.overlay, ports.files)
        if overlay is None:
            raise NotFoundError(
                ErrorCode.NOTEBOOK_NOT_FOUND,
                f"There is no overlay in {request.overlay}.",
                hint="Name the folder of one, such as overlays/train.",
                details={"name": request.overlay},
            )
        image = find_overlay_images(overlay.folder, ports, cancel).of(overlay.folder)
        lock = f", lock sha256:{overlay.lock}" if overlay.lock else ""
        description = description or f"Overlay {overlay.folder}{lock}"
        tags = (_TAG,)
        if image.startswith(LOCAL):
            # No registry has it.
            policy = policy or PullPolicy.NEVER
    display_name = request.name or basename(request.overlay) or image
    return RuntimeImage(
        file_name_of(display_name),
        display_name,
        image,
        description,
        tags,
        policy,
        request.pull_secret,
    )


def _invalid(field: str, message: str) -> UserError:
    return UserError(
        ErrorCode.REQUEST_INVALID,
        message,
        hint="See aidevsecops image register --help.",
        details={"field": field},
    )
