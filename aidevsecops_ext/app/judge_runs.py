"""The last links of a project's chain: pipelines and their runs, images, and releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode, RefusedError
from ..domain.pipeline_run import RunState
from ..domain.project_health import (
    Link,
    LinkName,
    LinkState,
    NextAction,
    NextCommand,
    counted,
)
from ..domain.release_proposal import ReleaseMode
from ..domain.versions import ReleaseKind
from .list_pipelines import list_pipelines
from .no_progress import NoProgress
from .overlay_images import find_overlay_images
from .plan_release import PlanRequest, plan_release
from .read_locks import notebooks_of
from .read_unreleased import UnreleasedChanges, read_unreleased
from .release_status import release_status

if TYPE_CHECKING:
    from ..domain.pipeline_run import PipelineRun
    from .list_pipelines import FoundPipeline
    from .overlay_images import OverlayImages
    from .ports import CancelToken
    from .project_ports import ProjectPorts

_SHOWN = 5
_FIRST = "0.1.0"


def pipeline_link(ports: ProjectPorts, cancel: CancelToken) -> Link:
    """How the newest run of each pipeline went.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    del cancel
    name, pipelines = LinkName.PIPELINE, list_pipelines(ports.files)
    if not pipelines:
        notebook = next(iter(notebooks_of(ports.files)), None)
        create = NextCommand.CREATE_PIPELINE
        action = None if notebook is None else NextAction(create, {"path": notebook})
        return Link(name, LinkState.NONE, "There are no pipelines.", action)
    broken = [one for one in pipelines if one.error is not None]
    if broken:
        return Link(
            name,
            LinkState.PROBLEM,
            f"{counted(len(broken), 'pipeline', 'pipelines')} cannot be read.",
            NextAction(NextCommand.CHECK_PIPELINE, {"path": broken[0].path}),
            tuple(_unread(one) for one in broken[:_SHOWN]),
        )
    newest: dict[str, PipelineRun] = {}
    for run in ports.folders.find_all():
        newest.setdefault(run.pipeline, run)
    return _of_runs(pipelines, {one.path: newest.get(one.path) for one in pipelines})


def images_link(ports: ProjectPorts, cancel: CancelToken) -> Link:
    """Whether the pipelines run in the images of the newest release.

    Raises:
        AidevsecopsError: ``.aicoe-ci.yaml`` or a folder cannot be read.
        CancelledError: cancelled.
    """
    name, images = LinkName.IMAGES, find_overlay_images("", ports.pipelines, cancel)
    nodes = [
        (each.path, each.pipeline.image_of(node))
        for each in list_pipelines(ports.files)
        if each.pipeline is not None
        for node in each.pipeline.nodes
    ]
    behind = {image: path for path, image in nodes if images.stale(image) is not None}
    if behind:
        return Link(
            name,
            LinkState.ATTENTION,
            f"{counted(len(behind), 'image', 'images')} behind the release {images.tag}.",
            NextAction(NextCommand.CHECK_PIPELINE, {"path": next(iter(behind.values()))}),
            tuple(f"{path} runs in {image}." for image, path in [*behind.items()][:_SHOWN]),
        )
    if not images.builds:
        return Link(name, LinkState.NONE, "A release builds no image of an overlay.")
    return _of_builds(images, ports, cancel)


def release_link(ports: ProjectPorts, cancel: CancelToken) -> Link:
    """What is not released, and what keeps it from being released; no remote is asked.

    Raises:
        AidevsecopsError: git or git-cliff fails, or a file cannot be read.
        CancelledError: cancelled.
    """
    name = LinkName.RELEASE
    try:
        found = read_unreleased(ports.plan(), cancel)
    except RefusedError as error:
        if error.code is not ErrorCode.RELEASE_NO_COMMITS:
            raise
        commit = NextAction(NextCommand.COMMIT_FILES)
        return Link(name, LinkState.NONE, "Nothing is committed yet.", commit)
    status = release_status(ports.cut(), cancel, is_remote_asked=False)
    if status.is_running:
        return Link(name, LinkState.GOOD, "A release is being made.")
    if status.can_resume and status.record is not None:
        return Link(
            name,
            LinkState.PROBLEM,
            f"The release {status.record.tag} was begun and is not done.",
            NextAction(NextCommand.RESUME_RELEASE),
            (status.record.error,) if status.record.error else (),
        )
    if not found.count:
        said = f"All is released as {found.since}." if found.since else "Nothing to tell changed."
        return Link(name, LinkState.GOOD if found.since else LinkState.NONE, said)
    failing = _failing(ports, cancel)
    # Where nothing says a version, the first one has to be named.
    arguments = {} if found.following else {"version": _FIRST}
    return Link(
        name,
        LinkState.ATTENTION,
        _unreleased(found, len(failing)),
        NextAction(NextCommand.CUT_RELEASE, arguments),
        failing[:_SHOWN],
    )


def _unread(found: FoundPipeline) -> str:
    return f"{found.path}: {found.error.message if found.error else ''}"


def _of_runs(pipelines: tuple[FoundPipeline, ...], runs: dict[str, PipelineRun | None]) -> Link:
    """The worst of what became of them."""
    name = LinkName.PIPELINE
    total = counted(len(pipelines), "pipeline", "pipelines")
    failed = {path: run for path, run in runs.items() if run and run.state is RunState.FAILED}
    if failed:
        path, run = next(iter(failed.items()))
        return Link(
            name,
            LinkState.PROBLEM,
            f"The last run of {path} failed."
            if len(pipelines) == 1
            else f"The last run of {len(failed)} of {total} failed.",
            NextAction(NextCommand.SHOW_RUN, {"path": path, "run": run.id}),
            tuple(_of_failed(run) for run in [*failed.values()][:_SHOWN]),
        )
    running = [run for run in runs.values() if run and run.state is RunState.RUNNING]
    if running:
        run = running[0]
        done = sum(step.state.is_final for step in run.steps)
        return Link(
            name,
            LinkState.GOOD,
            f"{run.pipeline} is running: {done} of {counted(len(run.steps), 'step', 'steps')}.",
            NextAction(NextCommand.SHOW_RUN, {"path": run.pipeline, "run": run.id}),
        )
    waiting = [path for path, run in runs.items() if not run or run.state is RunState.CANCELLED]
    if waiting:
        return Link(
            name,
            LinkState.ATTENTION,
            f"{waiting[0]} was not run to its end."
            if len(pipelines) == 1
            else f"{len(waiting)} of {total} not run to the end.",
            NextAction(NextCommand.RUN_PIPELINE, {"path": waiting[0]}),
        )
    said = "The last run succeeded." if len(pipelines) == 1 else f"All {total} succeeded."
    return Link(name, LinkState.GOOD, said)


def _of_failed(run: PipelineRun) -> str:
    step = next((one for one in run.steps if one.error is not None), None)
    if step is not None and step.error is not None:
        return f"{run.pipeline}: step {step.name}: {step.error.sentence}"
    return f"{run.pipeline}: {run.error.message if run.error else 'it failed.'}"


def _of_builds(images: OverlayImages, ports: ProjectPorts, cancel: CancelToken) -> Link:
    """Whether the images hold what the overlays lock by now."""
    name = LinkName.IMAGES
    builds = counted(len(images.builds), "image", "images")
    release = NextAction(NextCommand.CUT_RELEASE)
    if images.tag is None:
        return Link(name, LinkState.NONE, f"The first release builds {builds}.", release)
    tag = next((t for t in ports.git.tags(cancel) if t.name == images.tag), None)
    tracked = ports.git.tracked(cancel)
    names = {build.overlay for build in images.builds} - {None}
    files = tuple(p for p in tracked if len(p.split("/")) > 1 and p.split("/")[-2] in names)
    differing = ports.git.differing(tag.commit, files, cancel) if tag and files else frozenset()
    if differing:
        overlays = {path.rpartition("/")[0] for path in differing}
        return Link(
            name,
            LinkState.ATTENTION,
            f"{counted(len(overlays), 'overlay', 'overlays')} changed since {images.tag}.",
            release,
            tuple(f"{folder} has no image of its own yet." for folder in sorted(overlays)[:_SHOWN]),
        )
    return Link(name, LinkState.GOOD, f"{builds} of {images.tag}.")


def _failing(ports: ProjectPorts, cancel: CancelToken) -> tuple[str, ...]:
    """What would keep a release from being made, as far as that is known at once."""
    request = PlanRequest(
        ReleaseKind.AUTO, is_offline=True, is_unchecked=True, mode=ReleaseMode.DIRECT
    )
    try:
        plan = plan_release(request, ports.plan(), NoProgress(), cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        return (error.message,)
    return tuple(check.message for check in plan.failures)


def _unreleased(found: UnreleasedChanges, failing: int) -> str:
    changes = counted(found.count, "change", "changes")
    since = f"{changes} since {found.since}" if found.since else f"{changes}, nothing released yet"
    following = f"; next is {found.following}" if found.following else ""
    if not failing:
        return f"{since}{following}."
    checks = "1 check fails" if failing == 1 else f"{failing} checks fail"
    return f"{since}{following}; {checks}."
