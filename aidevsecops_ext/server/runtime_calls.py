"""What the routes of images and runtime configurations do, in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..app.add_runtime import AddRuntimeRequest, add_runtime
from ..app.check_runtime import check_runtime
from ..app.register_image import RegisterRequest, register_image
from ..domain.runtime import EngineKind
from ..domain.runtime_image import PullPolicy
from ..formats.runtime_answers import checks_json, image_json, runtime_json

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from .backstage import Backstage

Body = dict[str, "Json"]


def list_images(backstage: Backstage) -> Body:
    """The images that are registered."""
    return {"images": [image_json(each) for each in backstage.services.runtime_images.find_all()]}


def register(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """The image as it was registered."""
    services = backstage.services
    overlay, policy = body.get("overlay"), body.get("pull_policy")
    request = RegisterRequest(
        overlay=backstage.paths.check(cast("str", overlay)) if overlay else "",
        image=cast("str", body.get("image") or ""),
        name=cast("str", body.get("name", "")),
        description=cast("str", body.get("description", "")),
        pull_policy=PullPolicy(cast("str", policy)) if policy else None,
        pull_secret=cast("str", body.get("pull_secret", "")),
        is_forced=bool(body.get("force", False)),
    )
    found = register_image(request, services.pipeline_ports(), services.runtime_images, cancel)
    return image_json(found)


def list_runtimes(backstage: Backstage) -> Body:
    """The runtime configurations, without their secrets."""
    return {"runtimes": [runtime_json(each) for each in backstage.services.runtimes.find_all()]}


def add(backstage: Backstage, body: Body) -> Body:
    """The runtime configuration as it was written, without its secrets."""
    request = AddRuntimeRequest(
        name=cast("str", body["name"]),
        kind=EngineKind(cast("str", body["kind"])),
        settings=cast("dict[str, str]", body["settings"]),
        secrets=cast("dict[str, str]", body.get("secrets", {})),
        is_forced=bool(body.get("force", False)),
    )
    return runtime_json(add_runtime(request, backstage.services.runtimes))


def test_one(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """What each part of a runtime configuration answers."""
    name = cast("str", body["name"])
    checks = check_runtime(name, backstage.services.check_runtime_ports(), _Silent(), cancel)
    return checks_json(name, checks)


class _Silent:
    """Progress that nobody sees: who asks waits for the answer."""

    def report(self, message: str, fraction: float | None = None) -> None:
        """Say nothing."""

    def log(self, line: str) -> None:
        """Say nothing."""
