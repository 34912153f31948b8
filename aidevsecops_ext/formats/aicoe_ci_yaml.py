"""``.aicoe-ci.yaml`` with builds of overlays: all that is there stays as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import RefusedError
from .thoth_yaml import text_of
from .yaml_edit import load_yaml, with_entry, with_value, without_entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ..domain.json_value import Json

AICOE_CI_YAML = ".aicoe-ci.yaml"
_DEFAULT_FOLDER = "overlays"
_CHECK = "overlays-build"
# The system reads this spelling; the right one it ignores when it builds the overlays of a tag.
_STRATEGY = "build-stratergy"
_SHARED = ("registry", "registry-org", "registry-secret")


class OverlayBuild(Struct, frozen=True):
    """The image of an overlay; ``project`` is what it is called in the registry."""

    name: str
    project: str


def with_overlay_builds(text: str, folder: str, builds: Iterable[OverlayBuild]) -> str:
    """The file with a build for each overlay that it has none for yet.

    A new one is built from its Containerfile, and goes to the registry that the others go to.

    Raises:
        UserError: it is not YAML, or not a table.
        RefusedError: it is written in a way that nothing can be added to.
    """
    document = load_yaml(text, AICOE_CI_YAML)
    known = {text_of(overlay, "name") for overlay in _overlays(document)}
    new = [build for build in builds if build.name not in known]
    if new and text_of(document, "overlays_dir") is None and folder != _DEFAULT_FOLDER:
        text = with_value(text, "overlays_dir", folder, AICOE_CI_YAML)
    shared = _shared(document)
    for build in new:
        entry: dict[str, Json] = {
            "name": build.name,
            "build": {
                _STRATEGY: "Containerfile",
                **{key: value for key, value in shared.items() if key != "registry-secret"},
                "registry-project": build.project,
                **{key: value for key, value in shared.items() if key == "registry-secret"},
            },
        }
        text = with_entry(text, "overlays", entry, AICOE_CI_YAML)
    return text


def without_overlay_builds(text: str, names: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The file without the builds of the overlays of these names, and the names of those that stay.

    One that somebody added something to stays, and one that cannot be taken out.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    kept = []
    overlays = load_yaml(text, AICOE_CI_YAML).get("overlays")
    for number, entry in [*enumerate(overlays if isinstance(overlays, list) else ())][::-1]:
        name = text_of(entry, "name") if isinstance(entry, dict) else None
        if name is None or name not in names or not isinstance(entry, dict):
            continue
        try:
            if not _is_ours(entry):
                kept.append(name)
            else:
                text = without_entry(text, ("overlays", number), AICOE_CI_YAML)
        except RefusedError:
            kept.append(name)
    return text, tuple(kept)


def is_checking_overlays(text: str) -> bool:
    """True when pull requests build the overlays.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    check = load_yaml(text, AICOE_CI_YAML).get("check")
    return isinstance(check, list) and _CHECK in check


def _is_ours(entry: dict[str, Json]) -> bool:
    """True for an entry that holds nothing but what is written here."""
    build = entry.get("build")
    if not isinstance(build, dict) or not entry.keys() <= {"name", "build"}:
        return False
    return build.keys() <= {_STRATEGY, *_SHARED, "registry-project"}


def _shared(document: dict[str, Json]) -> dict[str, Json]:
    """Where the images of this repository go, as far as the file says it."""
    builds = [overlay.get("build") for overlay in _overlays(document)]
    for build in (*builds, document.get("build")):
        if isinstance(build, dict):
            found = {key: text_of(build, key) for key in _SHARED}
            return {key: value for key, value in found.items() if value is not None}
    return {}


def _overlays(document: dict[str, Json]) -> Iterator[dict[str, Json]]:
    overlays = document.get("overlays")
    for overlay in overlays if isinstance(overlays, list) else []:
        if isinstance(overlay, dict):
            yield overlay
