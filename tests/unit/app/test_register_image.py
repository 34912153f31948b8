"""Images of overlays, registered for Elyra."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.register_image import RegisterRequest, register_image
from aidevsecops_ext.domain.errors import ConflictError, NotFoundError, UserError
from aidevsecops_ext.domain.runtime_image import PullPolicy, RuntimeImage
from tests.fakes.files import FakeFiles
from tests.fakes.runtimes import FakeRuntimeImages
from tests.kits.overlays import overlay_texts
from tests.kits.pipeline_projects import AICOE_CI, PipelineKit


def _register(
    kit: PipelineKit, images: FakeRuntimeImages, request: RegisterRequest
) -> RuntimeImage:
    return register_image(request, kit.ports, images, kit.cancel)


def test_the_image_of_an_overlay_is_that_of_its_release() -> None:
    kit = PipelineKit(FakeFiles({**overlay_texts(), ".aicoe-ci.yaml": AICOE_CI}), tags=("v1.2.0",))
    images = FakeRuntimeImages()

    found = _register(kit, images, RegisterRequest(overlay="overlays/train"))

    assert images.known == {"train": found}
    assert found.image == "registry.example/o/churn-train:v1.2.0"
    assert found.description.startswith("Overlay overlays/train, lock sha256:")
    assert (found.tags, found.pull_policy) == (("aidevsecops",), None)


def test_an_image_that_no_registry_has_is_not_pulled() -> None:
    kit = PipelineKit(FakeFiles({"overlays/bare/Pipfile": "[packages]\n"}))

    found = _register(
        kit, FakeRuntimeImages(), RegisterRequest(overlay="overlays/bare", name="My Image 2")
    )

    assert (found.name, found.display_name) == ("my_image_2", "My Image 2")
    assert (found.image, found.pull_policy) == ("localhost/bare:latest", PullPolicy.NEVER)
    assert found.description == "Overlay overlays/bare"


def test_any_image_is_registered_as_it_is_named() -> None:
    request = RegisterRequest(
        image="example.org/o/a@sha256:0", pull_policy=PullPolicy.ALWAYS, pull_secret="my-secret"
    )

    found = _register(PipelineKit(), FakeRuntimeImages(), request)

    assert found.display_name == "example.org/o/a@sha256:0"
    assert found.name == "example_org_o_a_sha256_0"
    assert (found.tags, found.pull_secret) == ((), "my-secret")


def test_a_name_that_is_taken_is_only_replaced_by_force() -> None:
    images = FakeRuntimeImages(RuntimeImage("a", "a", "o/old:v1"))

    with pytest.raises(ConflictError):
        _register(PipelineKit(), images, RegisterRequest(image="o/new:v1", name="a"))
    _register(PipelineKit(), images, RegisterRequest(image="o/new:v1", name="a", is_forced=True))

    assert images.names() == {"o/new:v1"}


@pytest.mark.parametrize(
    "request_",
    [
        RegisterRequest(),
        RegisterRequest(overlay="overlays/train", image="o/a:v1"),
        RegisterRequest(image="bare"),
        RegisterRequest(image="o/a:v1", name="!!!"),
        RegisterRequest(image="o/a:v1", pull_secret="Not A Name"),
    ],
)
def test_what_makes_no_sense_is_refused(request_: RegisterRequest) -> None:
    with pytest.raises(UserError):
        _register(PipelineKit(), FakeRuntimeImages(), request_)


def test_an_overlay_that_is_not_there_is_said() -> None:
    with pytest.raises(NotFoundError, match="no overlay in overlays/gone"):
        _register(PipelineKit(), FakeRuntimeImages(), RegisterRequest(overlay="overlays/gone"))
