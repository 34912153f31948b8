"""The indexes that a notebook names, as variables for uv."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ..domain.requirements import Index


def index_environment(indexes: tuple[Index, ...]) -> dict[str, str]:
    """What makes uv take the first index for its default one, if it is not the user's own."""
    environ: dict[str, str] = {}
    if indexes and not indexes[0].is_default:
        environ |= {"UV_DEFAULT_INDEX": indexes[0].url, "UV_INDEX_URL": ""}
    unverified = [urlsplit(index.url).netloc for index in indexes if not index.verify_ssl]
    if unverified:
        hosts = [*os.environ.get("UV_INSECURE_HOST", "").split(), *unverified]
        environ["UV_INSECURE_HOST"] = " ".join(hosts)
    return environ
