"""What the commands about documents of pipelines do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.create_pipeline import CreateRequest, PipelineDraft, create_pipeline, write_draft
from ..app.import_pipeline import import_pipeline
from ..app.plan_nodes import NodeOrder
from ..formats.pipeline_answers import draft_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .render_pipelines import print_draft
from .validating import shown_from
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .workspace import Place


class CreateOptions(Struct, frozen=True):
    """What the user asked to make a pipeline of, and how."""

    names: tuple[str, ...]
    out: str | None = None
    order: NodeOrder = NodeOrder.GIVEN
    steps: str | None = None
    image: str = ""
    is_forced: bool = False
    is_dry_run: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, names: tuple[str, ...], options: Mapping[str, object]) -> CreateOptions:
        """The options as click has them."""
        return cls(
            names=names,
            out=cast("str | None", options["out"]),
            order=NodeOrder(str(options["order"])),
            steps=cast("str | None", options["steps"]),
            image=str(options["image"]),
            is_forced=bool(options["force"]),
            is_dry_run=bool(options["dry_run"]),
            is_json=bool(options["is_json"]),
        )


def run_create(options: CreateOptions) -> None:
    """Write the pipeline, or show what would be written."""
    workspace = Workspace.current()
    place = workspace.place_of(options.names[0])

    def inside(name: str) -> str:
        return _seen_from(place, workspace.place_of(name))

    request = CreateRequest(
        names=tuple(map(inside, options.names)),
        path=None if options.out is None else inside(options.out),
        order=options.order,
        steps=None if options.steps is None else inside(options.steps),
        image=options.image,
        is_forced=options.is_forced,
    )
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        draft = create_pipeline(request, place.services.pipeline_ports(), cancel)
    _finish(draft, place, is_dry_run=options.is_dry_run, is_json=options.is_json)


class ImportOptions(Struct, frozen=True):
    """What the user asked to import, and how."""

    file: str
    out: str | None = None
    is_corrected: bool = False
    is_dry_run: bool = False
    is_json: bool = False


def run_import(options: ImportOptions) -> None:
    """Write the pipeline in version 8, or show how it would change."""
    workspace = Workspace.current()
    place = workspace.place_of(options.file)
    out = None if options.out is None else _seen_from(place, workspace.place_of(options.out))
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        ports = place.services.validate_ports()
        draft = import_pipeline(place.path, out, ports, cancel, is_corrected=options.is_corrected)
    _finish(draft, place, is_dry_run=options.is_dry_run, is_json=options.is_json)


def _finish(draft: PipelineDraft, place: Place, *, is_dry_run: bool, is_json: bool) -> None:
    """Write a draft unless it is a preview, and say what became of it."""
    if not is_dry_run:
        write_draft(draft, draft.preview.revision, place.services.changes)
    shown = shown_from(place, draft.preview.path)
    if is_json:
        render.print_json(draft_json(draft.document, draft.preview, shown, draft.notes))
    else:
        print_draft(draft, shown, is_dry_run=is_dry_run)


def _seen_from(place: Place, other: Place) -> str:
    """A path as seen from the root of another place."""
    path = other.root / other.path
    return Path(os.path.relpath(path, place.root)).as_posix()
