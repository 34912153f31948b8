from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.formats.image_name import ImageName, images_named_in, parse_image
from aidevsecops_ext.formats.image_references import (
    is_naming_any,
    may_name_images,
    references_in,
    with_tags,
)

TRAIN = "example.com/us/train"
OWN = {TRAIN, "example.com/us/serve"}
PIPELINE = json.dumps(
    {
        "pipelines": [
            {
                "app_data": {
                    "properties": {"pipeline_defaults": {"runtime_image": f"{TRAIN}:v1.1.0"}}
                },
                "nodes": [
                    {
                        "id": "0a1b",
                        "app_data": {
                            "label": "train",
                            "component_parameters": {"runtime_image": f"{TRAIN}:v1.2.0"},
                        },
                    },
                    {"id": "2c3d", "app_data": {"runtime_image": "example.com/other/train:v1.2.0"}},
                ],
            }
        ]
    },
    indent="\t",
)
IMAGE_STREAM = f"""\
# kept
kind: ImageStream
spec:
  tags:
    - name: v1.2.0   # the version
      from: {{kind: DockerImage, name: "{TRAIN}:v1.2.0"}}
    - name: latest
      from:
        kind: DockerImage
        name: {TRAIN}:v1.1.0
---
kind: Other
"""
KUSTOMIZATION = f"""\
images:
  - name: train
    newName: {TRAIN}
    newTag: v1.2.0
  - name: {TRAIN}
    newTag: latest
  - name: other
    newTag: v1.2.0
"""
BUILDS = """\
overlays:
  - name: train
    build: {registry: example.com, registry-org: us, registry-project: train, custom-tag: v1.2.0}
"""


def found_in(path: str, text: str) -> list[tuple[str, str]]:
    return [(found.path, found.tag) for found in references_in(path, text, OWN)]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "a.pipeline",
            PIPELINE,
            [
                ("pipelines/0/app_data/properties/pipeline_defaults/runtime_image", "v1.1.0"),
                ("pipelines/0/nodes/train/app_data/component_parameters/runtime_image", "v1.2.0"),
            ],
        ),
        (
            "manifests/stream.yaml",
            IMAGE_STREAM,
            [
                ("spec/tags/v1.2.0/name", "v1.2.0"),
                ("spec/tags/v1.2.0/from/name", "v1.2.0"),
                ("spec/tags/latest/from/name", "v1.1.0"),
            ],
        ),
        ("kustomization.yaml", KUSTOMIZATION, [("images/train/newTag", "v1.2.0")]),
        (".aicoe-ci.yaml", BUILDS, [("overlays/train/build/custom-tag", "v1.2.0")]),
        ("image.json", f'{{"image_name": "{TRAIN}:1.2.0"}}', [("image_name", "1.2.0")]),
        ("image.json", f'"{TRAIN}:v1.2.0"', [("", "v1.2.0")]),
        ("values.yaml", f"[{TRAIN}:v1.2.0, {TRAIN}:latest, {TRAIN}, [x]]", [("0", "v1.2.0")]),
        ("values.yaml", f"a: &a [{TRAIN}:v1.2.0]\nb: *a\n", [("a/0", "v1.2.0")]),
        ("values.yaml", f"name: {TRAIN}:v1.2.0\nfrom: words\n", [("name", "v1.2.0")]),
        ("values.yaml", f"custom-tag: [v1.2.0]\nregistry-project: {TRAIN}\n", []),
        ("image.json", '{"image_name": "example.com\\/us\\/train:v\\u0031.2.0"}', []),
        ("empty.yaml", "", []),
    ],
)
def test_references_are_found_where_files_name_images(
    path: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found_in(path, text) == expected


@pytest.mark.parametrize("text", [PIPELINE, IMAGE_STREAM, KUSTOMIZATION, BUILDS])
def test_with_tags_changes_the_tags_and_nothing_else(text: str) -> None:
    path = "file.json" if text is PIPELINE else "file.yaml"
    references = references_in(path, text, OWN)

    changed = with_tags(text, dict.fromkeys(references, "v1.30.0"))

    assert {found.tag for found in references_in(path, changed, OWN)} == {"v1.30.0"}
    for reference in references:
        changed = changed.replace("v1.30.0", reference.tag, 1)
    assert changed == text


@pytest.mark.parametrize("text", ["{", "a: b: c", "[" * 10_000])
def test_references_say_what_is_wrong_with_a_file(text: str) -> None:
    with pytest.raises(UserError, match=r"manifest\.yaml cannot be read: it is not YAML"):
        references_in("manifest.yaml", text, OWN)


def test_references_are_found_in_time_when_aliases_stand_for_aliases() -> None:
    lines = [f"a0: &a0 [{TRAIN}:v1.2.0]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]

    assert found_in("bomb.yaml", "\n".join(lines)) == [("a0/0", "v1.2.0")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.pipeline", True), ("m/a.yml", True), ("a.yaml", True), ("a.json", True), ("a.md", False)],
)
def test_may_name_images_spares_reading_most_files(path: str, expected: bool) -> None:
    assert may_name_images(path) is expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.yaml", f"{TRAIN}:v1", True),
        ("a.yaml", "example.com/us/other:v1", False),
        (".aicoe-ci.yaml", "", True),
    ],
)
def test_is_naming_any_spares_understanding_most_files(
    path: str, text: str, expected: bool
) -> None:
    assert is_naming_any(path, text, OWN) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("example.com/us/train:v1.2.0", ImageName("example.com/us/train", "v1.2.0")),
        ("localhost:5000/train:latest", ImageName("localhost:5000/train", "latest")),
        ("us/train:1", ImageName("us/train", "1")),
        ("train:1", None),
        ("example.com/us/train", None),
        (f"example.com/us/train:v1@sha256:{'0' * 64}", None),
        ("https://example.com/us/train:v1", None),
        ("", None),
    ],
)
def test_parse_image_reads_repository_and_tag(text: str, expected: ImageName | None) -> None:
    image = parse_image(text)

    assert image == expected
    assert image is None or str(image) == text


def test_images_named_in_a_text_are_found_wherever_they_stand() -> None:
    text = f'run "{TRAIN}:v1.2.0", ({TRAIN}:latest) https://example.com/us/page:8080/x {TRAIN}'

    assert images_named_in(text) == {ImageName(TRAIN, "v1.2.0"), ImageName(TRAIN, "latest")}


@given(st.text(max_size=60))
def test_references_are_found_or_refused_in_any_text(text: str) -> None:
    try:
        references = references_in("any.yaml", text, OWN)
    except UserError:
        return
    assert all(text[found.start : found.end] == found.tag for found in references)
