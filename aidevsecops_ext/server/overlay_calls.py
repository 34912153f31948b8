"""What the routes of overlays do, in a worker thread: from a request's JSON to an answer's."""

from __future__ import annotations

import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.check_overlays import OverlaysRequest, check_overlays
from ..app.discover_requirements import DiscoverPorts
from ..app.extract_overlay import ExtractRequest, extract_overlay
from ..app.list_overlays import list_overlays
from ..app.preview_files import changes_of
from ..app.project_folder import project_folder
from ..domain.errors import ErrorCode, RefusedError
from ..domain.json_value import Json
from ..formats.answers import details_json
from ..formats.notebook_json import parse_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.extract_overlay import ExtractedOverlay
    from ..app.ports import CancelToken, Progress
    from ..domain.file_preview import FilePreview
    from ..domain.jobs import Job
    from ..domain.overlay_list import OverlayRecord
    from ..wiring import Services
    from .backstage import Backstage

OVERLAY_KIND = "overlay"
_STATES = {"created": "new", "unchanged": "unchanged", "replaced": "changed"}

Body = dict[str, Json]


def list_all(backstage: Backstage, path: str | None) -> Body:
    """The overlays below the server's root, or those of one notebook and its steps."""
    files = backstage.services.files
    folder, notebook = ".", None
    if path is not None:
        notebook = backstage.paths.check(path)
        folder = project_folder(notebook, files) or "."
    listing = list_overlays([folder], files)
    return {
        "overlays": [
            _record(record)
            for record in listing.overlays
            if notebook is None or record.notebook == notebook
        ],
        "problems": [*listing.problems],
    }


def check_all(
    backstage: Backstage, path: str | None, folder: str | None, cancel: CancelToken
) -> Body:
    """The overlays below a folder, or those of one notebook, each checked with what it serves."""
    services = backstage.services
    notebook = None if path is None else backstage.paths.check(path)
    if folder is not None:
        below = backstage.paths.check(folder)
    else:
        below = project_folder(notebook, services.files) if notebook else "."
    ports = DiscoverPorts(services.files, services.installed, services.index, services.modules)
    found = check_overlays(OverlaysRequest(below or ".", notebook), ports, cancel)
    return {
        "checks": [
            {
                "overlay": _record(each.record),
                "details": details_json(each.details),
                "serves": each.notebook,
            }
            for each in found.overlays
        ],
        "problems": [*found.problems],
    }


def submit_overlay(backstage: Backstage, body: Body) -> Job:
    """The job that writes the environment of a notebook, as the request holds it, to an overlay."""
    path = backstage.paths.check(cast("str", body["path"]))
    notebook = parse_json(cast("Body", body["notebook"]), path)
    notebook.require_python()
    services = backstage.services
    trusted = cast("list[str]", body.get("trust_indexes", []))
    request = ExtractRequest(
        path=path,
        notebook=notebook,
        default_python=services.default_python,
        name=cast("str | None", body.get("name")) or None,
        trusted_indexes=(*services.settings.trusted_indexes, *trusted),
        is_forced=bool(body.get("force", False)),
    )
    is_dry_run = bool(body.get("dry_run", False))
    what = "Preview" if is_dry_run else "Extract"
    return backstage.engine.submit(
        JobRequest(
            kind=OVERLAY_KIND,
            key=path,
            title=f"{what} an overlay from {PurePosixPath(path).name}",
            project="" if is_dry_run else str(PurePosixPath(path).parent),
            idempotency_key=cast("str | None", body.get("idempotency_key")),
            is_preview=is_dry_run,
        ),
        OverlayWork(services, request, is_dry_run=is_dry_run),
    )


class OverlayWork(Struct, frozen=True):
    """Extracts an overlay: the work of a job."""

    services: Services
    asked: ExtractRequest
    is_dry_run: bool = False

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """An OverlayResult."""
        started, services = time.monotonic(), self.services
        ports = services.extract_ports()
        progress.report("Finding the addresses of the locked files")
        found = extract_overlay(self.asked, ports, cancel)
        if not self.is_dry_run:
            if not self.asked.is_forced:
                _refuse_foreign(found)
            cancel.raise_if_cancelled()
            services.changes.write(changes_of(found.files))
        return {
            "notebook": self.asked.path,
            "overlay": {
                "name": found.name,
                "folder": found.folder,
                "status": "fresh",
                "packages": found.lock.count,
                "python_version": found.lock.python_version,
                "notebook": self.asked.path,
                "step": None,
                "reasons": [],
            },
            "files": [_file(file, found) for file in found.files],
            "notes": [*found.notes],
            "dry_run": self.is_dry_run,
            "seconds": round(time.monotonic() - started, 3),
        }


def _record(record: OverlayRecord) -> Body:
    return {
        "name": record.name,
        "folder": record.folder,
        "status": record.state.value,
        "packages": None if record.lock_hash is None else record.package_count,
        "python_version": record.python_version,
        "notebook": record.notebook,
        "step": record.step,
        "reasons": [*record.reasons],
    }


def _refuse_foreign(found: ExtractedOverlay) -> None:
    if found.foreign:
        raise RefusedError(
            ErrorCode.FORMAT_FILE_DIFFERS,
            f"{', '.join(found.foreign)} would be replaced; nothing was written.",
            hint="Look at the difference, then replace them (force).",
            details={"files": [*found.foreign]},
        )


def _file(file: FilePreview, found: ExtractedOverlay) -> Body:
    is_overlay = file.path.startswith(f"{found.folder}/")
    state = "edited" if file.path in found.foreign else _STATES[file.state]
    return {
        "path": file.path,
        "kind": "overlay" if is_overlay else "configuration",
        "step": None,
        "state": state,
        "diff": file.diff() if file.state == "replaced" else None,
    }
