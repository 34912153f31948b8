"""Tag the release that a merged pull request brought, and make the forge's release of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    RefusedError,
    ToolMissingError,
)
from ..domain.merged_release import find_merged
from ..domain.versions import parse_version
from ..formats.changelog_file import CHANGELOG, notes_of
from .current_version import read_release_settings
from .file_drafts import FileDrafts
from .find_versions import find_versions
from .forge_ports import NewRelease
from .git_ports import PushedRef, TagRequest
from .plan_proposal import remote_to_propose

if TYPE_CHECKING:
    from ..domain.merged_release import MergedRelease
    from ..domain.repository import Remote
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


class TaggedRelease(Struct, frozen=True):
    """A release that was merged, and in sentences what was done and what was left."""

    version: str
    tag: str
    commit: str
    done: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    url: str = ""


def tag_merged(
    ports: CutPorts, progress: Progress, cancel: CancelToken, *, is_dry_run: bool
) -> TaggedRelease | None:
    """The release that the head of the branch has and no tag; None where there is none.

    What was done before is not done again: it can be run at every push.

    Raises:
        RefusedError: there is no remote, nobody who tags, or the files say another version.
        ConflictError: the tag is there, at another commit.
        AidevsecopsError: git, the remote or the forge failed.
        CancelledError: cancelled.
    """
    progress.report("Looking for a release that was merged")
    state = ports.git.state(cancel)
    remote = remote_to_propose(state)
    commits = ports.git.commits(None, cancel) if state.head else ()
    merged = find_merged(commits) if commits else None
    if merged is None or _is_old(merged, state.head, ports, cancel):
        return None
    _refuse_other_version(merged, ports, cancel)
    work = _Work(merged, remote, ports, progress, cancel)
    if is_dry_run:
        planned = (f"Tag {merged.tag} on {merged.merged[:10]} and push it to {remote.name}.",)
        return TaggedRelease(merged.version, merged.tag, merged.merged, planned)
    done = [*work.tag()]
    made, left, url = work.release()
    done += made
    done += work.delete_branch()
    return TaggedRelease(merged.version, merged.tag, merged.merged, tuple(done), tuple(left), url)


def _is_old(merged: MergedRelease, head: str | None, ports: CutPorts, cancel: CancelToken) -> bool:
    """True where it was tagged, and further commits came since."""
    is_tagged = any(tag.name == merged.tag for tag in ports.git.tags(cancel))
    return is_tagged and merged.merged != head


def _refuse_other_version(merged: MergedRelease, ports: CutPorts, cancel: CancelToken) -> None:
    settings = read_release_settings(ports.files)
    named = settings.version_files or ports.git.tracked(cancel)
    for place in find_versions(named, FileDrafts(ports.files)):
        if parse_version(place.value) != parse_version(merged.version):
            raise RefusedError(
                ErrorCode.RELEASE_VERSIONS_DIFFER,
                f"Commit {merged.release[:10]} released {merged.version}, and {place.file} says "
                f"{place.value}. Nothing was tagged.",
                hint="Release a version that the files say.",
                details={"file": place.file, "version": merged.version},
            )


class _Work(Struct, frozen=True):
    """What is done of one release."""

    merged: MergedRelease
    remote: Remote
    ports: CutPorts
    progress: Progress
    cancel: CancelToken

    def tag(self) -> list[str]:
        """Have the tag, here and on the remote; what was done."""
        git, merged, name = self.ports.git, self.merged, self.remote.name
        there = git.remote_refs(name, merged.tag, merged.tag, self.cancel).tag
        here = next((tag for tag in git.tags(self.cancel) if tag.name == merged.tag), None)
        if here is not None and here.commit != merged.merged:
            raise self._taken(f"here, on commit {here.commit[:10]}")
        if there is not None and here is None:
            git.fetch(name, self.cancel)
            here = next((tag for tag in git.tags(self.cancel) if tag.name == merged.tag), None)
        if there is not None and (here is None or (here.id, here.commit) != (there, merged.merged)):
            raise self._taken(f"on '{name}'")
        if there is not None:
            return []
        self.progress.report(f"Tagging {merged.tag}", 0.3)
        if here is None:
            message = f"Release of version {merged.version}\n\n{self._notes()}".strip() + "\n"
            git.tag(TagRequest(merged.tag, merged.merged, message), self.cancel)
        ref = f"refs/tags/{merged.tag}"
        git.push(name, (PushedRef(ref, ref),), self.progress, self.cancel)
        return [f"Tagged {merged.merged[:10]} as {merged.tag} and pushed the tag to {name}."]

    def release(self) -> tuple[list[str], list[str], str]:
        """Have the forge's release: what was done, what was left, and where the release is."""
        self.progress.report("Making the release", 0.7)
        try:
            forge = self.ports.forges.find(self.remote.url)
            if forge is None:
                return [], ["The remote is on no known forge: the tag is all there is."], ""
            found = forge.release(self.merged.tag, self.cancel)
            if found is not None:
                return [], [], found.url
            is_prerelease = bool(parse_version(self.merged.version).prerelease)
            new = NewRelease(self.merged.tag, self.merged.tag, self._notes(), is_prerelease)
            made = forge.create_release(new, self.cancel)
        except ConflictError:
            # Somebody made it meanwhile.
            return [], [], ""
        except (RefusedError, ToolMissingError) as error:
            return [], [f"No release was made on the forge: {error.message}"], ""
        return [f"Made the release {made.url}."], [], made.url

    def delete_branch(self) -> list[str]:
        """Have the branch of the pull request gone, where all of it is in the release."""
        git, name, branch = self.ports.git, self.remote.name, self.merged.tag
        there = git.remote_refs(name, branch, self.merged.tag, self.cancel).branch
        # It may have been squashed or rebased: then its commit is another one.
        if there is None or not git.is_contained(there, self.merged.merged, self.cancel):
            return []
        ref = PushedRef(f"refs/heads/{branch}", None, there)
        try:
            git.push(name, (ref,), self.progress, self.cancel)
        except AidevsecopsError as error:
            # What matters is done.
            self.progress.log(error.message)
            return []
        return [f"Deleted the branch {branch} of {name}."]

    def _notes(self) -> str:
        files = self.ports.files
        text = files.read(CHANGELOG).text if files.is_file(CHANGELOG) else ""
        return notes_of(text, self.merged.version)

    def _taken(self, where: str) -> ConflictError:
        return ConflictError(
            ErrorCode.RELEASE_TAG_TAKEN,
            f"There is a tag '{self.merged.tag}' {where}, which is not the one of this release.",
            hint="A tag that is out is not moved: release a further version.",
            details={"tag": self.merged.tag},
        )
