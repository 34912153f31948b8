from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.release_images import ImageBuild
from aidevsecops_ext.formats.aicoe_ci_images import image_builds

TEXT = """\
build: {base-image: x, registry: example.com, registry-org: us}
overlays:
  - name: train
    build: {registry: example.com, registry-org: us, registry-project: train, custom-tag: latest}
  - name: serve
    build: {registry-project: serve, arch: arm64, custom-tag: v1.2.3}
  - words
"""


def test_image_builds_are_one_an_overlay_and_that_of_the_repository() -> None:
    assert image_builds(TEXT, "project") == (
        ImageBuild(None, "example.com/us/project"),
        ImageBuild("train", "example.com/us/train", custom_tag="latest"),
        ImageBuild("serve", "quay.io/thoth-station/serve", architecture="arm64"),
    )


@pytest.mark.parametrize("text", ["check: []", "build: null", "overlays: null"])
def test_image_builds_are_none_where_the_file_asks_for_none(text: str) -> None:
    assert image_builds(text, "project") == ()


@pytest.mark.parametrize("text", ["- a", "{", "words"])
def test_image_builds_say_what_is_wrong_with_the_file(text: str) -> None:
    with pytest.raises(UserError, match=r"\.aicoe-ci\.yaml cannot be read") as caught:
        image_builds(text, "project")

    assert caught.value.code is ErrorCode.FORMAT_INVALID


def test_names_are_those_of_the_tag_with_architecture_and_custom_tag() -> None:
    plain, tagged, built = image_builds(TEXT, "project")

    assert plain.names("v1.3.0") == ("example.com/us/project:v1.3.0",)
    assert tagged.names("v1.3.0") == ("example.com/us/train:v1.3.0", "example.com/us/train:latest")
    assert built.names("v1.3.0") == ("quay.io/thoth-station/serve:v1.3.0-arm64",)
