"""Elyra's files of runtime images."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.runtime_image import PullPolicy, RuntimeImage
from aidevsecops_ext.formats.elyra_runtime_image import (
    file_name_of,
    read_runtime_image,
    write_runtime_image,
)


@pytest.mark.parametrize(
    "image",
    [
        RuntimeImage("a", "A", "o/a:v1"),
        RuntimeImage("a", "A", "o/a:v1", "For a.", ("gpu",), PullPolicy.ALWAYS, "secret"),
    ],
)
def test_what_is_written_is_read_again(image: RuntimeImage) -> None:
    assert read_runtime_image(write_runtime_image(image), "a") == image


def test_what_others_write_is_read_as_far_as_it_makes_sense() -> None:
    metadata = {"image_name": "o/a:v1", "tags": "gpu", "pull_policy": "Sometimes"}
    text = json.dumps({"schema_name": "runtime-image", "metadata": metadata})

    assert read_runtime_image(text, "a") == RuntimeImage("a", "a", "o/a:v1")


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"schema_name": "runtime-image"}', '{"metadata": {"image_name": "o/a:v1"}}'],
)
def test_what_is_no_image_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="it is no JSON|it names no image"):
        read_runtime_image(text, "a")


@pytest.mark.parametrize(
    ("shown", "name"),
    [("My Image", "my_image"), ("train", "train"), ("3.11 gpu", "a_3_11_gpu"), ("!!!", "")],
)
def test_files_are_called_as_elyra_calls_them(shown: str, name: str) -> None:
    assert file_name_of(shown) == name
