"""Plan a release: all that it would do and all that speaks against it; nothing is changed."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.changelog import entries_for, kind_by
from ..domain.errors import ErrorCode, OutsideFailedError, RefusedError, TimedOutError
from ..domain.release import CheckStatus, ReleasePlan, releases_among
from ..domain.release_checks import (
    check_branch,
    check_forge,
    check_identity,
    check_notes,
    check_references,
    check_remote,
    check_tag,
    check_tree,
)
from ..domain.release_proposal import ReleaseMode
from ..domain.versions import ReleaseKind, newer, next_version, parse_version
from ..formats.aicoe_ci_images import AICOE_CI, image_builds
from ..formats.changelog_file import CHANGELOG, ChangelogRelease
from ..formats.proposal_text import Proposed
from .current_version import read_release_settings, said_version
from .file_drafts import FileDrafts
from .find_forge import look_for_forge
from .find_references import change_references, find_builds
from .find_versions import change_versions, find_versions
from .plan_proposal import plan_proposal
from .read_changelog import read_changelog
from .release_ports import ContentWish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..domain.changelog import ChangelogEntry
    from ..domain.file_preview import FilePreview
    from ..domain.release import Check, VersionPlace
    from ..domain.release_images import ImageBuild
    from ..domain.release_proposal import Proposal
    from ..domain.release_settings import ReleaseSettings
    from ..domain.repository import RemoteRefs, RepositoryState, Tag
    from ..formats.proposal_text import Asked
    from .find_references import FoundReferences
    from .ports import CancelToken, Progress
    from .release_ports import PlanPorts


class PlanRequest(Struct, frozen=True):
    """Which release: ``version`` is that of an explicit one.

    Offline, the remote is not asked; unchecked, what the repository holds is not looked at. The
    repository says how releases are made where ``mode`` is None. ``asked`` says which issue asks
    for it, and ``labels`` are those of a pull request.
    """

    kind: ReleaseKind
    version: str = ""
    is_offline: bool = False
    is_unchecked: bool = False
    mode: ReleaseMode | None = None
    asked: Asked | None = None
    labels: tuple[str, ...] = ()


def plan_release(
    request: PlanRequest, ports: PlanPorts, progress: Progress, cancel: CancelToken
) -> ReleasePlan:
    """All that the release would do.

    Raises:
        UserError: a version or the settings make no sense.
        RefusedError: a bot makes the releases, the files say different versions, no version is
            known, the next one is not newer, or the repository has no commit.
        AidevsecopsError: git or git-cliff fails, or a file cannot be read.
        CancelledError: cancelled.
    """
    settings = read_release_settings(ports.files)
    mode = _mode(request, settings)
    history = _history(ports, progress, cancel)
    contents = _contents(request, history, settings, ports, cancel)
    progress.report("Checking the repository")
    asked = _ask_remote(history.state, contents.tag, request, ports, cancel)
    is_proposed = mode is ReleaseMode.PULL_REQUEST
    proposal = _proposal(request, history, contents) if is_proposed else None
    found = look_for_forge(asked.state.remote, ports.forges, cancel, is_offline=request.is_offline)
    checks = [
        check_tree(asked.state),
        check_branch(asked.state),
        check_remote(asked.state, asked.failure, has_moved=asked.has_moved),
        check_identity(asked.state),
        check_tag(contents.tag, history.tags, asked.refs),
        check_forge(found.place, found.problem, is_proposed=is_proposed),
        check_notes(contents.notes, history.previous, is_shallow=history.state.is_shallow),
        check_references(contents.found.references, contents.found.unread, contents.current),
    ]
    if not request.is_unchecked:
        wish = ContentWish(settings, is_offline=request.is_offline)
        checks += _look_inside(wish, ports, progress, cancel)
    return ReleasePlan(
        current=contents.current,
        next=contents.following,
        tag=contents.tag,
        kind=request.kind,
        head=history.head,
        branch=history.state.branch,
        versions=contents.places,
        changelog=contents.notes,
        references=contents.found.references,
        images=contents.images,
        checks=tuple(_judged(check, settings) for check in checks),
        files=contents.files,
        proposal=proposal,
        forge=found.place if found.is_usable and proposal is None else None,
    )


class _History(Struct, frozen=True):
    """What was released before; ``previous`` is the tag of the newest version behind the head."""

    state: RepositoryState
    head: str
    tags: tuple[Tag, ...]
    previous: str | None


class _Contents(Struct, frozen=True):
    """What the files say and are going to say."""

    places: tuple[VersionPlace, ...]
    current: str | None
    following: str
    tag: str
    notes: str
    found: FoundReferences
    images: tuple[str, ...]
    files: tuple[FilePreview, ...]


def _history(ports: PlanPorts, progress: Progress, cancel: CancelToken) -> _History:
    progress.report("Reading what was released")
    state = ports.git.state(cancel)
    if state.head is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_COMMITS,
            "There is no commit yet to make a release of.",
            hint="Commit your files first: git add FILES; git commit.",
        )
    behind = ports.git.tags(cancel, ancestors_of=state.head)
    newest = next(iter(releases_among(behind)), None)
    return _History(state, state.head, ports.git.tags(cancel), newest.name if newest else None)


def _contents(
    request: PlanRequest,
    history: _History,
    settings: ReleaseSettings,
    ports: PlanPorts,
    cancel: CancelToken,
) -> _Contents:
    drafts = FileDrafts(ports.files)
    tracked = ports.git.tracked(cancel)
    places = find_versions(settings.version_files or tracked, drafts)
    current = said_version(places, history.previous)
    changes = ports.changes.since(history.previous, cancel)
    now = datetime.fromtimestamp(ports.clock.now(), timezone.utc)
    following = _next(request, current, changes, now)
    tag = f"v{following}"
    change_versions(places, following, tracked, drafts)
    told = entries_for(changes, settings.changelog)
    notes = _write_changelog(ChangelogRelease(following, tag, now, told), drafts)
    builds = _builds(history.state, drafts)
    own = builds or find_builds(tracked, current, drafts)
    found = change_references(tracked, own, tag, drafts)
    images = tuple(name for build in builds for name in build.names(tag))
    return _Contents(places, current, following, tag, notes, found, images, drafts.planned())


class _Asked(Struct, frozen=True):
    """What is known after the remote was asked: ``failure`` says why it could not be.

    ``has_moved`` is true where its branch has what the head has not.
    """

    state: RepositoryState
    refs: RemoteRefs | None = None
    failure: str | None = None
    has_moved: bool = False


def _next(
    request: PlanRequest, current: str | None, changes: Sequence[ChangelogEntry], now: datetime
) -> str:
    if request.kind is ReleaseKind.EXPLICIT:
        wanted = request.version
        return newer(current, wanted) if current else str(parse_version(wanted))
    if current is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_VERSION,
            "No file and no tag says which version this is.",
            hint="Name the first one, such as: aidevsecops release 0.1.0",
        )
    kind = kind_by(changes, current) if request.kind is ReleaseKind.AUTO else request.kind
    return next_version(current, kind, now.date())


def _write_changelog(release: ChangelogRelease, drafts: FileDrafts) -> str:
    """Have the changelog tell of the release; what it says there."""
    changelog = read_changelog(drafts)
    drafts.change(CHANGELOG, changelog.with_release(release))
    return changelog.notes(release)


def _mode(request: PlanRequest, settings: ReleaseSettings) -> ReleaseMode:
    """How the release is made; by a bot there is nothing to plan."""
    mode = request.mode or settings.mode
    if mode is ReleaseMode.BOT:
        raise RefusedError(
            ErrorCode.RELEASE_BY_BOT,
            "The releases of this repository are made by a bot, as .aidevsecops.toml says.",
            hint="Ask it (aidevsecops bot ask KIND), or choose another mode for this release.",
        )
    return mode


def _proposal(request: PlanRequest, history: _History, contents: _Contents) -> Proposal:
    """The pull request that brings the release."""
    proposed = Proposed(contents.notes, history.previous, contents.images, request.asked)
    return plan_proposal(contents.following, history.state, proposed, request.labels)


def _builds(state: RepositoryState, drafts: FileDrafts) -> tuple[ImageBuild, ...]:
    """The images that AICoE-CI builds; the repository is called as on its remote."""
    text = drafts.text(AICOE_CI)
    place = state.remote.url if state.remote else state.root
    project = place.rstrip("/").rpartition("/")[2].removesuffix(".git")
    return image_builds(text, project) if text is not None else ()


def _ask_remote(
    state: RepositoryState, tag: str, request: PlanRequest, ports: PlanPorts, cancel: CancelToken
) -> _Asked:
    """The state after a fetch, and what the remote has; a remote that is away is no error here."""
    remote = state.remote
    if remote is None:
        return _Asked(state)
    if request.is_offline:
        return _Asked(state, failure="it was not to be asked.")
    try:
        ports.git.fetch(remote.name, cancel)
        refs = ports.git.remote_refs(remote.name, remote.branch, tag, cancel)
    except (OutsideFailedError, RefusedError, TimedOutError) as error:
        return _Asked(state, failure=error.message)
    head = state.head or ""
    there = refs.branch
    has_moved = there is not None and not ports.git.is_ancestor(there, head, cancel)
    return _Asked(ports.git.state(cancel), refs, has_moved=has_moved)


def _look_inside(
    wish: ContentWish, ports: PlanPorts, progress: Progress, cancel: CancelToken
) -> Iterator[Check]:
    for name, look in ports.content_checks(wish).items():
        progress.report(f"Checking {name.value}")
        yield look(progress, cancel)


def _judged(check: Check, settings: ReleaseSettings) -> Check:
    """The check as the repository judges it: what is not fatal is a warning."""
    is_harmless = check.status is CheckStatus.FAILED and check.name not in settings.fatal
    return replace(check, status=CheckStatus.WARNED) if is_harmless else check
