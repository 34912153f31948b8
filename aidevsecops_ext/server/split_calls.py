"""What the routes of splits do, in a worker thread: from a request's JSON to an answer's."""

from __future__ import annotations

import json
import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.apply_split import (
    AppliedSplit,
    ApplyPorts,
    ApplyRequest,
    apply_split,
)
from ..app.discover_requirements import DiscoverPorts
from ..app.report_verification import report_verification
from ..app.split_notebook import SplitRequest, split_notebook
from ..app.verify_made_split import VerifyMadePorts, VerifyMadeRequest, verify_made_split
from ..app.write_overlays import OverlaysPorts
from ..domain.cut import ChosenStep, CutBy, CutRequest
from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.json_value import Json
from ..formats.notebook_json import parse_json
from ..formats.split_answers import split_edit_json, split_json, warnings_json
from ..formats.verification_report import verification_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress
    from ..app.write_overlays import PlannedOverlay
    from ..domain.jobs import Job
    from ..domain.verification import Verification
    from ..wiring import Services
    from .backstage import Backstage

SPLIT_KIND = "split"
VERIFY_KIND = "verify-split"

Body = dict[str, Json]


def preview_open(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """What splitting a notebook, as the request holds it, would do."""
    request = _read_request(backstage, body)
    ports = _discover_ports(backstage.services)
    return split_json(split_notebook(request, ports, cancel), request.notebook)


def submit_split(backstage: Backstage, body: Body) -> Job:
    """The job that splits a notebook as the request holds it."""
    request = _read_request(backstage, body)
    request.notebook.require_python()
    asked = ApplyRequest(
        split=request,
        text=json.dumps(body["notebook"]),
        digest=cast("str", body["preview_digest"]),
        is_forced=bool(body.get("force", False)),
        is_verified=bool(body.get("verify", False)),
        trusted_indexes=tuple(cast("list[str]", body.get("trust_indexes", []))),
    )
    return backstage.engine.submit(
        JobRequest(
            kind=SPLIT_KIND,
            key=request.path,
            title=f"Split {PurePosixPath(request.path).name}",
            # What it writes may be what another split of the same repository writes too.
            project=str(PurePosixPath(request.path).parent),
            idempotency_key=cast("str | None", body.get("idempotency_key")),
        ),
        SplitWork(backstage.services, asked),
    )


def submit_verification(backstage: Backstage, body: Body) -> Job:
    """The job that runs a notebook, as the request holds it, and its step notebooks."""
    path = backstage.paths.check(cast("str", body["path"]))
    notebook = parse_json(cast("Body", body["notebook"]), path)
    notebook.require_python()
    out = cast("str | None", body.get("out"))
    asked = VerifyMadeRequest(
        path=path,
        notebook=notebook,
        text=json.dumps(body["notebook"]),
        out=None if out is None else backstage.paths.check(out),
    )
    return backstage.engine.submit(
        JobRequest(
            kind=VERIFY_KIND,
            key=path,
            title=f"Verify the split of {PurePosixPath(path).name}",
            idempotency_key=cast("str | None", body.get("idempotency_key")),
        ),
        VerifyWork(backstage.services, asked),
    )


class SplitWork(Struct, frozen=True):
    """Splits, locks the overlays, and verifies where that is asked for: the work of a job."""

    services: Services
    asked: ApplyRequest

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A SplitResult."""
        started, services = time.monotonic(), self.services
        ports = ApplyPorts(
            discover=_discover_ports(services),
            overlays=lambda: OverlaysPorts(
                services.lock_ports(), services.package_files, services.as_written
            ),
            verification=services.verification_ports,
            changes=services.changes,
        )
        applied = apply_split(self.asked, ports, progress, cancel)
        seconds = time.monotonic() - started
        count = len(applied.written)
        progress.report(f"Wrote {count} file{'' if count == 1 else 's'}", 1.0)
        return _split_result(applied, services, seconds)


class VerifyWork(Struct, frozen=True):
    """Verifies a split that was made: the work of a job."""

    services: Services
    asked: VerifyMadeRequest

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A Verification."""
        services = self.services
        ports = VerifyMadePorts(
            services.files,
            services.changes,
            services.verification_ports(),
        )
        found = verify_made_split(self.asked, ports, progress, cancel)
        progress.report(found.summary, 1.0)
        return _verification(found, services)


def _read_request(backstage: Backstage, body: Body) -> SplitRequest:
    path = backstage.paths.check(cast("str", body["path"]))
    source = cast("Body", body["notebook"])
    chosen = tuple(
        ChosenStep(cast("str", step["name"]), tuple(cast("list[int]", step["cells"])))
        for step in cast("list[Body]", body.get("steps", []))
    )
    out = cast("str | None", body.get("out"))
    return SplitRequest(
        path=path,
        notebook=parse_json(source, path),
        source=source,
        cut=CutRequest(
            by=CutBy(cast("str", body.get("by", CutBy.AUTO.value))),
            level=cast("int | None", body.get("level")),
            steps=chosen,
        ),
        out=None if out is None else backstage.paths.check(out),
        has_overlays=bool(body.get("overlays", True)),
        has_module=bool(body.get("module", False)),
        is_pruned=bool(body.get("prune", False)),
    )


def _discover_ports(services: Services) -> DiscoverPorts:
    return DiscoverPorts(services.files, services.installed, services.index, services.modules)


def _split_result(applied: AppliedSplit, services: Services, seconds: float) -> Body:
    split, found = applied.split, applied.verification
    overlays = applied.overlays.overlays if applied.overlays else ()
    step_of = {step.overlay: step.plan.name for step in split.steps}
    return {
        "notebook": split.path,
        "written": [*applied.written],
        "unchanged": [*applied.unchanged],
        "deleted": [*applied.deleted],
        "overlays": [_overlay(each, split.path, step_of.get(each.folder)) for each in overlays],
        "warnings": warnings_json(applied.warnings),
        "notes": [*applied.notes],
        "edit": split_edit_json(split),
        "verification": None if found is None else _verification(found, services),
        "verified": applied.verified,
        "seconds": round(seconds, 3),
    }


def _overlay(overlay: PlannedOverlay, notebook: str, step: str | None) -> Body:
    return {
        "name": overlay.name,
        "folder": overlay.folder,
        "status": "fresh",
        "packages": overlay.lock.count,
        "python_version": overlay.lock.python_version,
        "notebook": notebook,
        "step": step,
        "reasons": [],
    }


def _verification(found: Verification, services: Services) -> Body:
    report, notes = None, [*found.notes]
    try:
        report = services.reports.keep(report_verification(found, services.output_diffs))
    except CancelledError:
        raise
    except AidevsecopsError as error:
        notes.append(f"There is no page of it: {error.message} {error.hint}".strip())
    return {
        **verification_json(found),
        "verdict": found.verdict.value,
        "summary": found.summary,
        "notes": [*notes],
        "report": report,
    }
