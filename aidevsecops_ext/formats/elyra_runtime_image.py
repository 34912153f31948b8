"""Elyra's files of runtime images."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..domain.runtime_image import PullPolicy, RuntimeImage
from .toml_text import table_of, text_of

if TYPE_CHECKING:
    from ..domain.json_value import Json

_SCHEMA = "runtime-image"
_UNSAFE = re.compile(r"[^a-z0-9_-]+")


def file_name_of(display_name: str) -> str:
    """What Elyra calls the file of something that people call so; empty where nothing is left."""
    name = _UNSAFE.sub("_", display_name.strip().lower()).strip("_-")
    return name if not name or name[0].isalpha() else f"a_{name}"


def read_runtime_image(text: str, name: str) -> RuntimeImage:
    """The image that a file of that name registers.

    Raises:
        ValueError: it registers none; the message says why.
    """
    try:
        document: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no JSON") from error
    metadata = table_of(document, "metadata")
    image = text_of(metadata, "image_name")
    if text_of(document, "schema_name") != _SCHEMA or not image:
        raise ValueError("it names no image")
    tags = metadata.get("tags")
    policy = text_of(metadata, "pull_policy")
    return RuntimeImage(
        name,
        text_of(document, "display_name") or name,
        image,
        text_of(metadata, "description"),
        tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        next((each for each in PullPolicy if each.value == policy), None),
        text_of(metadata, "pull_secret"),
    )


def write_runtime_image(image: RuntimeImage) -> str:
    """The text of the file that registers an image."""
    metadata: dict[str, Json] = {"image_name": image.image}
    if image.description:
        metadata["description"] = image.description
    if image.tags:
        metadata["tags"] = [*image.tags]
    if image.pull_policy is not None:
        metadata["pull_policy"] = image.pull_policy.value
    if image.pull_secret:
        metadata["pull_secret"] = image.pull_secret
    document: dict[str, Json] = {
        "display_name": image.display_name,
        "metadata": metadata,
        "schema_name": _SCHEMA,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
