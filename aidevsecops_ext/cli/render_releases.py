"""Releases as text on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app.release_facts import Publication
from ..domain.forge import PullRequestState
from ..domain.release import CheckStatus, releases_among
from ..formats.git_cliff import plain_line
from ..formats.release_answers import utc_text
from .screen import echo, echo_exactly, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..app.release_status import ReleaseStatus
    from ..domain.file_preview import FilePreview
    from ..domain.forge import Build, Issue
    from ..domain.release import Check, Reference, ReleasePlan
    from ..domain.release_builds import ReleaseBuilds
    from ..domain.release_proposal import Proposal
    from ..domain.release_record import ReleasePage, ReleaseRecord
    from ..domain.repository import Tag

_SIGNS = {
    CheckStatus.PASSED: ("✓", "green"),
    CheckStatus.WARNED: ("!", "yellow"),
    CheckStatus.FAILED: ("✗", "red"),
}


def print_plan(plan: ReleasePlan, *, is_whole: bool) -> None:
    """Print all that a release would do; with ``is_whole`` the difference of each file too."""
    before = f"{plan.current} → " if plan.current else ""
    echo_styled(f"Release {before}{plan.next}, tag {plan.tag}", is_bold=True)
    _print_list("Version in", (f"{one.file}:{one.line}" for one in plan.versions))
    _print_list("Images named in", (_reference(one) for one in plan.references))
    _print_list("Images to build", plan.images)
    _print_list("Changelog", plan.changelog.splitlines())
    if plan.proposal is not None:
        _print_proposal(plan.proposal, is_whole=is_whole)
    if plan.forge is not None:
        _print_list("Release with the changelog on", (plan.forge.web_url,))
    _print_list("Files", (_file(file) for file in plan.files))
    for file in plan.files if is_whole else ():
        echo_exactly(file.diff())
    print_checks(plan.checks)


def _print_proposal(proposal: Proposal, *, is_whole: bool) -> None:
    where = f"{proposal.branch} → {proposal.target}"
    _print_list("Pull request", (f"{proposal.title} ({where})", "Nothing changes here."))
    _print_list("It says", proposal.body.splitlines() if is_whole else ())


def _reference(one: Reference) -> str:
    return f"{one.file}: {one.source} → {one.target.rpartition(':')[2]}"


def _file(file: FilePreview) -> str:
    return f"{file.path} ({'new' if file.old is None else 'changes'})"


def print_checks(checks: Iterable[Check]) -> None:
    """Print how each check went, and what to do where it did not pass."""
    echo("Checks:")
    for check in checks:
        sign, colour = _SIGNS[check.status]
        echo(f"  {styled(sign, fg=colour)} {check.name.value}: {check.message}")
        if check.fix:
            echo(f"      {check.fix}")


def print_done(record: ReleaseRecord) -> None:
    """Print what a release made."""
    if record.proposal is not None:
        _print_proposed(record, record.proposal)
        return
    where = f", and pushed to {record.remote}" if record.remote else "; nothing was pushed"
    echo_styled(
        f"Released {record.version}: commit {(record.commit or '')[:7]}, tag {record.tag}{where}.",
        fg="green",
    )
    if record.page is not None:
        _print_page(record.page)
    echo(f"Take it back with: {_undo(is_out=record.remote is not None)}")


def _print_page(page: ReleasePage) -> None:
    if page.url:
        echo(f"It is at {page.url}")
    elif page.note:
        echo_styled(page.note, fg="yellow")
        echo("Mend that, and go on with: aidevsecops release resume")


def _print_proposed(record: ReleaseRecord, proposal: Proposal) -> None:
    if proposal.number is None:
        echo_styled(proposal.note, fg="yellow")
    else:
        made = f"pull request #{proposal.number} ({proposal.url})"
        echo_styled(f"Proposed {record.version}: {made}.", fg="green")
    echo("Take it back with: aidevsecops release undo")


def print_undone(record: ReleaseRecord, left: Iterable[str]) -> None:
    """Print what was taken back, and what is not as before."""
    echo_styled(f"Took back {record.version}.", fg="green")
    for sentence in left:
        echo_styled(f"  note: {sentence}", fg="yellow")


def print_status(status: ReleaseStatus) -> None:
    """Print how far the newest release came, and what can be done with it."""
    record = status.record
    if record is None:
        echo("Nothing was released with this program yet.")
    else:
        echo(f"{record.version}: {record.stage.value}, published: {status.published.value}")
    if status.pull_request is not None:
        found = status.pull_request
        echo(f"  Pull request #{found.number} is {found.state.value}: {found.url}")
    elif record is not None and record.proposal is not None and record.proposal.note:
        echo(f"  {record.proposal.note}")
    elif record is not None and record.page is not None and (record.page.url or record.page.note):
        echo(f"  {record.page.url or record.page.note}")
    if record is not None and record.error:
        echo_styled(f"  {record.error}", fg="yellow")
    if status.is_running:
        echo("  It is being worked on at this moment.")
    if status.can_resume:
        echo("  Go on with it: aidevsecops release resume")
    is_merged = (
        status.pull_request is not None and status.pull_request.state is PullRequestState.MERGED
    )
    if status.can_undo and not is_merged:
        # A pull request is closed, whether it is out or not.
        is_out = status.published is not Publication.NOTHING and status.pull_request is None
        echo(f"  Take it back: {_undo(is_out=is_out)}")


def print_builds(found: ReleaseBuilds) -> None:
    """Print how the builds of the newest release stand, or why that is not known."""
    if found.note:
        echo(found.note)
    elif found.tag is not None and not found.builds:
        echo(f"No builds of {found.tag} are known.")
    _print_list(f"Builds of {found.tag}", (build_line(build) for build in found.builds))


def build_line(build: Build) -> str:
    """How one build went, in a line."""
    return f"{plain_line(build.name)}: {build.state.value} {plain_line(build.url)}".rstrip()


def _undo(*, is_out: bool) -> str:
    return f"aidevsecops release undo{' --published' if is_out else ''}"


def print_requests(issues: Iterable[Issue]) -> None:
    """Print the issues by which bots are asked for something."""
    for issue in issues:
        echo(f"Asked in #{issue.number}: {issue.title} ({issue.url})")


def print_tags(tags: Iterable[Tag], pages: Mapping[str, str]) -> None:
    """Print the releases that there are, each with its page where it has one."""
    lines = [
        f"{tag.name}  {utc_text(tag.date)}  {tag.commit[:7]}  {pages.get(tag.name, '')}".rstrip()
        for tag in releases_among(tags)
    ]
    for line in lines or ["no releases"]:
        echo(line)


def _print_list(title: str, lines: Iterable[str]) -> None:
    known = [*lines]
    if known:
        echo(f"{title}:")
    for line in known:
        echo(f"  {line}")
