"""A container image that people choose for nodes in Elyra's editor."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class PullPolicy(str, Enum):
    """When a cluster fetches an image; the values are those of Kubernetes."""

    ALWAYS = "Always"
    IF_NOT_PRESENT = "IfNotPresent"
    NEVER = "Never"


class RuntimeImage(Struct, frozen=True):
    """An image as it is registered: ``name`` is that of its file, ``image`` its reference."""

    name: str
    display_name: str
    image: str
    description: str = ""
    tags: tuple[str, ...] = ()
    pull_policy: PullPolicy | None = None
    pull_secret: str = ""
