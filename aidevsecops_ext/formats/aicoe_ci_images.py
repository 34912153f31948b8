"""``.aicoe-ci.yaml``: the images that a release of the repository builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.release_images import ImageBuild
from ..domain.versions import is_version
from .toml_text import invalid_file, table_of, tables_of, text_of
from .yaml_values import yaml_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json

AICOE_CI = ".aicoe-ci.yaml"
# What AICoE-CI takes where the file says nothing.
_REGISTRY, _ORGANISATION = "quay.io", "thoth-station"


def image_builds(text: str, project: str) -> tuple[ImageBuild, ...]:
    """The images of the repository called ``project``: its own, if any, and one an overlay.

    Raises:
        UserError: the file is not YAML, or not a table.
    """
    try:
        document = yaml_table(text)
    except ValueError as error:
        raise invalid_file(AICOE_CI, str(error)) from error
    return tuple(_builds(document, project))


def repository_of(build: Mapping[str, str], project: str = "") -> str:
    """Where the image of a build goes; empty where nothing says it."""
    name = build.get("registry-project") or project
    registry = build.get("registry") or _REGISTRY
    organisation = build.get("registry-org") or _ORGANISATION
    return f"{registry}/{organisation}/{name}" if name else ""


def _builds(document: dict[str, Json], project: str) -> Iterator[ImageBuild]:
    if own := table_of(document, "build"):
        yield _build(None, own, project)
    for entry in tables_of(document, "overlays"):
        yield _build(text_of(entry, "name"), table_of(entry, "build"), project)


def _build(overlay: str | None, build: dict[str, Json], project: str) -> ImageBuild:
    texts = {key: text_of(build, key) for key in build}
    custom = texts.get("custom-tag", "")
    return ImageBuild(
        overlay,
        repository_of(texts, project),
        architecture=texts.get("arch", "") if overlay is not None else "",
        # A custom tag that is a version becomes that of the release.
        custom_tag="" if is_version(custom) else custom,
    )
