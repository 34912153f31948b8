"""What the routes of releases do, in a worker thread: from a request's JSON to an answer's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from ..app.agree_release import agreed_release, preview_release
from ..app.current_version import current_version
from ..app.cut_release import CutRequest, cut_release
from ..app.find_builds import find_builds
from ..app.plan_release import PlanRequest
from ..app.read_unreleased import read_unreleased
from ..app.release_status import release_status
from ..app.remember_token import remember_token
from ..app.resume_release import resume_release
from ..app.tag_pages import tag_pages
from ..app.undo_release import UndoRequest, undo_release
from ..app.write_release_workflow import is_workflow_missing
from ..domain.release_proposal import ReleaseMode
from ..domain.versions import ReleaseKind
from ..formats import release_answers
from ..jobs.engine import JobRequest
from .repository_calls import Body, Repository, find_repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..app.agree_release import PreviewedRelease
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from ..domain.release_record import ReleaseRecord
    from .backstage import Backstage

RELEASE_KIND = "release"
PREVIEW_KIND = "release-preview"
RESUMPTION_KIND = "release-resumption"
UNDO_KIND = "release-undo"


class _Silence:
    """Progress that nobody is told of."""

    def report(self, message: str, fraction: float | None = None) -> None:
        """Tell nobody."""

    def log(self, line: str) -> None:
        """Tell nobody."""


def show(backstage: Backstage, body: Body, cancel: CancelToken, *, is_remote_asked: bool) -> Body:
    """What was released in a repository, and which version it is now."""
    repository = find_repository(backstage, body, cancel)
    services = repository.services
    ports = services.plan_ports()
    state = ports.git.state(cancel)
    version = current_version(ports, cancel)
    cut = services.cut_ports()
    status = release_status(cut, cancel, is_remote_asked=is_remote_asked)
    record = status.record
    return {
        "repository": repository.path,
        "branch": state.branch,
        "remote": state.remote.name if state.remote else None,
        "current": version.value,
        "versions": release_answers.places_json(version.places),
        "next": {kind.value: value for kind, value in version.following.items()},
        "problem": version.problem,
        "release": None if record is None else release_answers.record_json(record),
        "running": status.is_running,
        "published": status.published.value,
        "pull_request": release_answers.pull_request_json(status.pull_request),
        "can_resume": status.can_resume,
        "can_undo": status.can_undo,
        "tags": release_answers.tags_json(
            status.tags, tag_pages(status, state.remote, ports.forges)
        ),
        "workflow_missing": record is not None and is_workflow_missing(record, cut, cancel),
    }


def show_builds(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """How the builds of the newest release stand."""
    repository = find_repository(backstage, body, cancel)
    found = find_builds(repository.services.cut_ports(), cancel)
    return {"repository": repository.path, **release_answers.release_builds_json(found)}


def show_notes(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """What the next release would tell."""
    repository = find_repository(backstage, body, cancel)
    found = read_unreleased(repository.services.plan_ports(), cancel)
    return {
        "repository": repository.path,
        "since": found.since,
        "count": found.count,
        "notes": found.notes,
        "next": found.following,
    }


def keep_token(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """Where the token is for that git's credential helper keeps from now on."""
    repository = find_repository(backstage, body, cancel)
    ports = repository.services.plan_ports()
    user, token = cast("str", body.get("user", "")), cast("str", body["token"])
    place = remember_token(user, token, ports.git, ports.forges, cancel)
    return {"repository": repository.path, "forge": place.web_url, "host": place.url}


def submit_preview(backstage: Backstage, body: Body, cancel: CancelToken) -> Job:
    """The job that plans a release."""
    asked = _read_request(body)
    repository = find_repository(backstage, body, cancel)

    def work(progress: Progress, cancel: CancelToken) -> Body:
        ports = repository.services.plan_ports()
        return _plan(preview_release(asked, ports, progress, cancel), repository)

    request = _job(PREVIEW_KIND, f"Plan a release of {repository.name}", repository, body)
    return backstage.engine.submit(request, work)


def submit_release(backstage: Backstage, body: Body, cancel: CancelToken) -> Job:
    """The job that carries out the plan that somebody agreed to.

    Raises:
        ConflictError: it is another plan by now.
        AidevsecopsError: it cannot be planned any more.
    """
    asked, digest = _read_request(body), cast("str", body["digest"])
    is_pushed = bool(body.get("push", True))
    repository = find_repository(backstage, body, cancel)
    repeated = cast("str | None", body.get("idempotency_key"))
    earlier = backstage.engine.find_repeated(RELEASE_KIND, repository.path, repeated)
    if earlier is not None:
        # Its plan is outdated because that job carried it out.
        return earlier
    # Whoever asks need not wait for a job to learn this; it is looked at again when that runs.
    quick = replace(asked, is_offline=True, is_unchecked=True)
    plan = agreed_release(quick, digest, repository.services.plan_ports(), _Silence(), cancel)

    def cut(progress: Progress, cancel: CancelToken) -> ReleaseRecord:
        services = repository.services
        agreed = agreed_release(asked, digest, services.plan_ports(), progress, cancel)
        request = CutRequest(agreed, is_pushed=is_pushed)
        return cut_release(request, services.cut_ports(), progress, cancel)

    request = _job(RELEASE_KIND, f"Release {plan.tag} of {repository.name}", repository, body)
    return backstage.engine.submit(request, _RecordWork(repository, cut))


def submit_resumption(backstage: Backstage, body: Body, cancel: CancelToken) -> Job:
    """The job that goes on with a release."""
    repository = find_repository(backstage, body, cancel)

    def resume(progress: Progress, cancel: CancelToken) -> ReleaseRecord:
        return resume_release(repository.services.cut_ports(), progress, cancel)

    title = f"Go on with the release of {repository.name}"
    request = _job(RESUMPTION_KIND, title, repository, body)
    return backstage.engine.submit(request, _RecordWork(repository, resume))


def submit_undo(backstage: Backstage, body: Body, cancel: CancelToken) -> Job:
    """The job that takes the newest release back."""
    asked = UndoRequest(is_remote=bool(body.get("published", False)))
    repository = find_repository(backstage, body, cancel)

    def work(progress: Progress, cancel: CancelToken) -> Body:
        started = time.monotonic()
        ports = repository.services.cut_ports()
        undone = undo_release(asked, ports, progress, cancel)
        progress.report(f"Took {undone.record.tag} back", 1.0)
        return _result(repository, undone.record, undone.left, time.monotonic() - started)

    request = _job(UNDO_KIND, f"Undo the release of {repository.name}", repository, body)
    return backstage.engine.submit(request, work)


class _RecordWork(Struct, frozen=True):
    """Brings a release to its end: the work of a job."""

    repository: Repository
    finish: Callable[[Progress, CancelToken], ReleaseRecord]

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A ReleaseResult."""
        started = time.monotonic()
        record = self.finish(progress, cancel)
        return _result(self.repository, record, (), time.monotonic() - started)


def _read_request(body: Body) -> PlanRequest:
    kind, version = cast("str | None", body.get("kind")), cast("str | None", body.get("version"))
    return PlanRequest(
        ReleaseKind.EXPLICIT if kind is None else ReleaseKind(kind),
        version=version or "",
        is_offline=bool(body.get("offline", False)),
        is_unchecked=bool(body.get("unchecked", False)),
        mode=_read_mode(body),
    )


def _read_mode(body: Body) -> ReleaseMode | None:
    mode = cast("str | None", body.get("mode"))
    return None if mode is None else ReleaseMode(mode)


def _job(kind: str, title: str, repository: Repository, body: Body) -> JobRequest:
    is_preview = kind == PREVIEW_KIND
    return JobRequest(
        kind=kind,
        # One after the other: a plan that is made while another one is carried out holds for
        # nothing.
        key=repository.path,
        title=title,
        project="" if is_preview else repository.path,
        idempotency_key=cast("str | None", body.get("idempotency_key")),
        is_preview=is_preview,
    )


def _plan(found: PreviewedRelease, repository: Repository) -> Body:
    plan = found.plan
    return {
        **release_answers.plan_json(plan),
        "repository": repository.path,
        "branch": plan.branch,
        "digest": found.digest,
        "can_release": not plan.failures,
    }


def _result(
    repository: Repository, record: ReleaseRecord, left: tuple[str, ...], seconds: float
) -> Body:
    return {
        "repository": repository.path,
        "release": release_answers.record_json(record),
        "left": [*left],
        "seconds": round(seconds, 3),
    }
