"""What the commands about releases do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from ..app.current_version import read_release_settings
from ..app.cut_release import CutRequest, cut_release, refuse_failed_checks
from ..app.find_builds import known_builds
from ..app.follow_request import known_requests
from ..app.name_request import name_request
from ..app.plan_release import PlanRequest, plan_release
from ..app.release_status import release_status
from ..app.resume_release import resume_release
from ..app.tag_pages import tag_pages
from ..app.undo_release import UndoRequest, undo_release
from ..domain.release_proposal import ReleaseMode
from ..domain.versions import ReleaseKind
from ..formats import bot_answers, release_answers
from . import render, render_releases
from .botting import AskOptions, run_ask
from .exit_codes import DONE, FINDINGS
from .release_on_merge import offer_workflow
from .release_work import agree, working
from .screen import echo
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..app.release_status import ReleaseStatus
    from ..domain.json_value import Json
    from ..domain.release import ReleasePlan
    from .release_work import Work


class CutOptions(Struct, frozen=True):
    """What the user asked to release, and how."""

    kind: str
    mode: ReleaseMode | None = None
    is_dry_run: bool = False
    is_pushed: bool = True
    is_unchecked: bool = False
    is_offline: bool = False
    is_agreed: bool = False
    is_json: bool = False


def run_cut(options: CutOptions) -> None:
    """Plan a release and carry it out, or show the plan; exit with 1 where a check forbids it."""
    mode = _mode(options)
    if mode is not ReleaseMode.DIRECT and not options.is_pushed:
        raise click.UsageError(f"--no-push is for --mode direct; this release is by {mode.value}.")
    if mode is ReleaseMode.BOT:
        run_ask(_asked(options))
        return
    with working(is_quiet=options.is_json) as work:
        plan = plan_release(
            _request(options), work.services.plan_ports(), work.progress, work.cancel
        )
    if not options.is_pushed:
        # No forge makes a release of what it has not.
        plan = replace(plan, forge=None)
    if not options.is_json:
        render_releases.print_plan(plan, is_whole=options.is_dry_run)
    if options.is_dry_run:
        if options.is_json:
            render.print_json(release_answers.plan_json(plan))
        click.get_current_context().exit(FINDINGS if plan.failures else DONE)
    refuse_failed_checks(plan)
    agree(_question(plan, options), options.is_agreed)
    with working(is_quiet=options.is_json) as work:
        request = CutRequest(plan, is_pushed=options.is_pushed)
        record = cut_release(request, work.services.cut_ports(), work.progress, work.cancel)
    if options.is_json:
        answer = {**release_answers.plan_json(plan), "release": release_answers.record_json(record)}
        render.print_json(answer)
    else:
        render_releases.print_done(record)
        offer_workflow(record)


def _mode(options: CutOptions) -> ReleaseMode:
    if options.mode is not None:
        return options.mode
    return read_release_settings(Workspace.current().here().as_written).mode


def _asked(options: CutOptions) -> AskOptions:
    """The request to a bot; which version the commits ask for is decided here."""
    with working(is_quiet=True) as work:
        request = name_request(options.kind, work.services.plan_ports(), work.cancel)
    return AskOptions(
        request,
        is_dry_run=options.is_dry_run,
        is_agreed=options.is_agreed,
        is_json=options.is_json,
    )


def _question(plan: ReleasePlan, options: CutOptions) -> str:
    if plan.proposal is not None:
        return f"Open the pull request of {plan.tag}?"
    return f"Cut {plan.tag}{' and push it' if options.is_pushed else ''}?"


def run_status(*, is_offline: bool, is_json: bool) -> None:
    """Answer how far the newest release came."""
    with working(is_quiet=is_json) as work:
        status = release_status(
            work.services.cut_ports(), work.cancel, is_remote_asked=not is_offline
        )
        pages = _pages(status, work)
        builds = None if is_offline else known_builds(work.services.cut_ports(), work.cancel)
        asked = () if is_offline else known_requests(work.services.ask_ports(), work.cancel)
    if is_json:
        answer = _status_json(status, pages)
        answer["builds"] = None if builds is None else release_answers.release_builds_json(builds)
        answer["requests"] = [bot_answers.issue_json(issue) for issue in asked]
        render.print_json(answer)
        return
    render_releases.print_status(status)
    if builds is not None:
        render_releases.print_builds(builds)
    render_releases.print_requests(asked)


def run_resume(*, is_json: bool) -> None:
    """Go on with a release."""
    with working(is_quiet=is_json) as work:
        record = resume_release(work.services.cut_ports(), work.progress, work.cancel)
    if is_json:
        render.print_json(release_answers.record_json(record))
    else:
        render_releases.print_done(record)


def run_undo(*, is_remote: bool, is_agreed: bool, is_json: bool) -> None:
    """Take the newest release back."""
    agree("Undo the newest release?", is_agreed)
    with working(is_quiet=is_json) as work:
        request = UndoRequest(is_remote=is_remote)
        undone = undo_release(request, work.services.cut_ports(), work.progress, work.cancel)
    if is_json:
        answer = release_answers.record_json(undone.record)
        render.print_json({**answer, "left": [*undone.left]})
    else:
        render_releases.print_undone(undone.record, undone.left)


def run_notes(*, is_json: bool) -> None:
    """Answer what a release would tell."""
    # However it is made: that may need a remote, and notes need none.
    request = PlanRequest(
        ReleaseKind.AUTO, is_offline=True, is_unchecked=True, mode=ReleaseMode.DIRECT
    )
    with working(is_quiet=True) as work:
        plan = plan_release(request, work.services.plan_ports(), work.progress, work.cancel)
    if is_json:
        render.print_json({"current": plan.current, "next": plan.next, "notes": plan.changelog})
    else:
        echo(plan.changelog or f"Nothing to tell changed since {plan.current}.")


def run_tags(*, is_json: bool) -> None:
    """Answer which releases there are."""
    with working(is_quiet=True) as work:
        status = release_status(work.services.cut_ports(), work.cancel, is_remote_asked=False)
        pages = _pages(status, work)
    if is_json:
        render.print_json(release_answers.tags_json(status.tags, pages))
    else:
        render_releases.print_tags(status.tags, pages)


def _request(options: CutOptions) -> PlanRequest:
    """The plan that the words ask for: a word that is no kind is a version."""
    kinds = {kind.value: kind for kind in ReleaseKind if kind is not ReleaseKind.EXPLICIT}
    kind = kinds.get(options.kind, ReleaseKind.EXPLICIT)
    return PlanRequest(
        kind,
        version=options.kind if kind is ReleaseKind.EXPLICIT else "",
        is_offline=options.is_offline,
        is_unchecked=options.is_unchecked,
        mode=options.mode,
    )


def _pages(status: ReleaseStatus, work: Work) -> Mapping[str, str]:
    ports = work.services.cut_ports()
    return tag_pages(status, ports.git.state(work.cancel).remote, ports.forges)


def _status_json(status: ReleaseStatus, pages: Mapping[str, str]) -> dict[str, Json]:
    record = status.record
    return {
        "release": None if record is None else release_answers.record_json(record),
        "running": status.is_running,
        "published": status.published.value,
        "pull_request": release_answers.pull_request_json(status.pull_request),
        "can_resume": status.can_resume,
        "can_undo": status.can_undo,
        "tags": release_answers.tags_json(status.tags, pages),
    }
