"""Images and runtime configurations as the JSON that both faces answer with; no secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import error_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json
    from ..domain.runtime import RuntimeConfiguration
    from ..domain.runtime_check import RuntimeCheck
    from ..domain.runtime_image import RuntimeImage


def image_json(image: RuntimeImage) -> dict[str, Json]:
    """A registered image."""
    return {
        "name": image.name,
        "display_name": image.display_name,
        "image": image.image,
        "description": image.description,
        "tags": [*image.tags],
        "pull_policy": image.pull_policy.value if image.pull_policy else None,
        "pull_secret": image.pull_secret or None,
    }


def runtime_json(runtime: RuntimeConfiguration) -> dict[str, Json]:
    """A runtime configuration as anybody may see it."""
    return {
        "name": runtime.name,
        "display_name": runtime.display_name,
        "kind": runtime.kind.value,
        "description": runtime.text("description"),
        "api_endpoint": runtime.api_endpoint,
        "public_endpoint": runtime.public_endpoint,
        "storage_endpoint": runtime.text("cos_endpoint"),
        "storage_bucket": runtime.text("cos_bucket"),
        "storage_access": runtime.storage_access.value,
        "repository": runtime.text("github_repo") or None,
        "branch": runtime.text("github_branch") or None,
        "keys_in_clear": runtime.puts_keys_in_clear,
    }


def checks_json(name: str, checks: Iterable[RuntimeCheck]) -> dict[str, Json]:
    """What came of checking the parts of a runtime configuration."""
    found = [*checks]
    return {
        "name": name,
        "passed": not any(check.error for check in found),
        "checks": [
            {
                "part": check.part.value,
                "place": check.place,
                "status": "failed" if check.error else "skipped" if check.skipped else "passed",
                "reason": check.skipped or check.note or None,
                "error": error_json(check.error) if check.error else None,
            }
            for check in found
        ],
    }
