"""What the routes of pipelines' documents do, in a worker thread: from JSON to JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..app.create_pipeline import CreateRequest, PipelineDraft, create_pipeline, write_draft
from ..app.import_pipeline import import_pipeline
from ..app.open_pipeline import open_pipeline
from ..app.plan_nodes import NodeOrder
from ..app.validate_pipeline import validate_pipeline, with_engine
from ..formats.pipeline_answers import draft_json, report_json

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from .backstage import Backstage

Body = dict[str, "Json"]


def preview_pipeline(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """A pipeline as it would be made."""
    return _answer(_draft(backstage, body, cancel))


def make_pipeline(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """A pipeline as it was made."""
    draft = _draft(backstage, body, cancel)
    write_draft(draft, cast("str | None", body["revision"]), backstage.services.changes)
    return _answer(draft)


def import_one(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """A pipeline in version 8, written where that is asked for."""
    services = backstage.services
    out = cast("str | None", body.get("out"))
    draft = import_pipeline(
        backstage.paths.check(cast("str", body["path"])),
        None if out is None else backstage.paths.check(out),
        services.validate_ports(),
        cancel,
        is_corrected=bool(body.get("fix", False)),
    )
    if body.get("write", False):
        write_draft(draft, cast("str | None", body.get("revision")), services.changes)
    return _answer(draft)


def validate_one(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """What is wrong with a saved pipeline."""
    services = backstage.services
    path = backstage.paths.check(cast("str", body["path"]))
    opened = open_pipeline(path, services.as_written)
    report = validate_pipeline(opened, services.validate_ports(), cancel)
    if body.get("elyra", False):
        report = with_engine(report, services.engine, cancel)
    return report_json(opened.document, path, report.findings)


def _draft(backstage: Backstage, body: Body, cancel: CancelToken) -> PipelineDraft:
    path, steps = cast("str | None", body.get("path")), cast("str | None", body.get("steps"))
    request = CreateRequest(
        names=tuple(backstage.paths.check(name) for name in cast("list[str]", body["names"])),
        path=None if path is None else backstage.paths.check(path),
        order=NodeOrder(cast("str", body.get("order", NodeOrder.GIVEN.value))),
        steps=None if steps is None else backstage.paths.check(steps),
        image=cast("str", body.get("image", "")),
        is_forced=bool(body.get("force", False)),
    )
    return create_pipeline(request, backstage.services.pipeline_ports(), cancel)


def _answer(draft: PipelineDraft) -> Body:
    return draft_json(draft.document, draft.preview, draft.preview.path, draft.notes)
