"""Splits that are made, not only previewed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from ..app.apply_split import AppliedSplit, ApplyPorts, ApplyRequest, apply_split
from ..app.preview_files import changes_of, preview_file
from ..app.report_verification import report_verification
from ..app.write_overlays import OverlaysPorts
from ..formats.overlay_answers import overlay_json
from ..formats.split_answers import warnings_json
from ..formats.verification_report import report_json, verification_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..app.discover_requirements import DiscoverPorts
    from ..app.open_notebook import OpenedNotebook
    from ..app.ports import CancelToken, Progress
    from ..app.split_notebook import SplitRequest
    from ..domain.json_value import Json
    from ..domain.verification import Verification
    from ..wiring import Services
    from .split_options import SplitOptions
    from .workspace import Place


class ApplyTools(Struct, frozen=True):
    """What the work is done with."""

    services: Services
    progress: Progress
    cancel: CancelToken


def apply(
    options: SplitOptions,
    opened: OpenedNotebook,
    request: SplitRequest,
    ports: DiscoverPorts,
    tools: ApplyTools,
) -> AppliedSplit:
    """What was written.

    Raises:
        AidevsecopsError: as the use case says.
    """
    services = tools.services
    wish = ApplyRequest(
        split=request,
        text=opened.file.text,
        revision=opened.file.revision,
        is_forced=options.is_forced,
        is_verified=options.is_verified,
        trusted_indexes=options.trusted,
    )
    wanted = ApplyPorts(
        discover=ports,
        overlays=lambda: OverlaysPorts(
            services.lock_ports(), services.package_files, services.as_written
        ),
        verification=services.verification_ports,
        changes=services.changes,
    )
    return apply_split(wish, wanted, tools.progress, tools.cancel)


def write_report(found: Verification, services: Services, target: Place) -> None:
    """Write what a verification found to a file: a page, or JSON where its name ends so.

    Raises:
        AidevsecopsError: it cannot be written, or no page can be made.
    """
    if target.path.endswith(".json"):
        text = json.dumps(report_json(found), indent=2, ensure_ascii=False) + "\n"
    else:
        text = report_verification(found, services.output_diffs)
    preview = preview_file(target.path, text, target.services.files)
    target.services.changes.write(changes_of([preview]))


def applied_json(applied: AppliedSplit, shown: Callable[[str], str]) -> dict[str, Json]:
    """What was written, beside the split itself."""
    plan = applied.overlays
    return {
        "warnings": warnings_json(applied.warnings),
        "written": [shown(path) for path in applied.written],
        "unchanged": [shown(path) for path in applied.unchanged],
        "deleted": [shown(path) for path in applied.deleted],
        "overlays": [
            overlay_json(
                each.name, shown(each.folder), each.lock, each.requirements, each.overridden
            )
            for each in (() if plan is None else plan.overlays)
        ],
        "notes": [*applied.notes],
        "verification": None
        if applied.verification is None
        else verification_json(applied.verification),
        "verified": applied.verified,
    }
