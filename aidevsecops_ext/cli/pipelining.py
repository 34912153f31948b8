"""What the commands about documents of pipelines do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.create_pipeline import CreateRequest, create_pipeline, write_draft
from ..app.plan_nodes import NodeOrder
from ..formats.pipeline_answers import draft_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .render_pipelines import print_draft
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
    if not options.is_dry_run:
        write_draft(draft, draft.preview.revision, place.services.changes)
    shown = place.shown(draft.preview.path).replace(os.sep, "/")
    if options.is_json:
        render.print_json(draft_json(draft.document, draft.preview, shown, draft.notes))
    else:
        print_draft(draft, shown, is_dry_run=options.is_dry_run)


def _seen_from(place: Place, other: Place) -> str:
    """A path as seen from the root of another place."""
    path = other.root / other.path
    return Path(os.path.relpath(path, place.root)).as_posix()
