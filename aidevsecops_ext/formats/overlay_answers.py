"""Overlays as the JSON that both faces answer with (``openapi.yaml``, ``--json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import check_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json
    from ..domain.lock import CheckResult, Lock, VersionChange
    from ..domain.overlay_list import OverlayListing, OverlayRecord
    from ..domain.requirements import Requirement


def listing_json(listing: OverlayListing) -> dict[str, Json]:
    """All overlays of a repository."""
    return {
        "overlays": [record_json(record) for record in listing.overlays],
        "problems": [*listing.problems],
    }


def record_json(record: OverlayRecord) -> dict[str, Json]:
    """One overlay as it is listed."""
    return {
        "name": record.name,
        "folder": record.folder,
        "state": record.state.value,
        "notebook": record.notebook,
        "step": record.step,
        "step_notebook": record.step_notebook,
        "python_version": record.python_version,
        "packages": record.package_count,
        "lock_hash": record.lock_hash,
        "reasons": [*record.reasons],
    }


def overlay_json(
    name: str,
    folder: str,
    lock: Lock,
    requirements: Iterable[Requirement] = (),
    overridden: Iterable[VersionChange] = (),
) -> dict[str, Json]:
    """One overlay as it is written, or would be."""
    return {
        "name": name,
        "folder": folder,
        "python_version": lock.python_version,
        "packages": lock.count,
        "requirements": [requirement.to_pep508() for requirement in requirements],
        "overridden": [
            {"name": each.name, "others": each.old, "own": each.new} for each in overridden
        ],
    }


def file_json(path: str, state: str, text: str, diff: str) -> dict[str, Json]:
    """One file as it is written, or would be: created, replaced or unchanged."""
    return {"path": path, "state": state, "text": text, "diff": diff}


def overlay_check_json(path: str, result: CheckResult, notebook: str | None) -> dict[str, Json]:
    """The status of one overlay, and of what it has to serve."""
    return {"overlay": path, **check_json(path, result), "notebook": notebook}
