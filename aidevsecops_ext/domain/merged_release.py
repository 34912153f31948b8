"""Which commit a release is tagged on, when a pull request brought it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from .versions import is_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .repository import Commit

# Kebechet writes quotes; who squashes adds the number of the pull request.
_RELEASE = re.compile(r"'?Release of version (?P<version>[^\s']+)'?(?: \([#!]\d+\))?")
_REVERT = re.compile(r"Revert \"(?P<subject>.+)\"(?: \([#!]\d+\))?")


class MergedRelease(Struct, frozen=True):
    """A release that a commit of the history made, and the commit that brought it to the branch."""

    version: str
    release: str
    merged: str

    @property
    def tag(self) -> str:
        """The tag of the release."""
        return f"v{self.version}"


def version_released(subject: str) -> str | None:
    """The version that a commit with that subject released; None where it did not."""
    found = _RELEASE.fullmatch(subject.strip())
    return found["version"] if found and is_version(found["version"]) else None


def find_merged(commits: Sequence[Commit]) -> MergedRelease | None:
    """The newest release in the history of the first of the commits, which are newest first.

    One that was reverted is none.
    """
    reverted: set[str] = set()
    for commit in commits:
        if revert := _REVERT.fullmatch(commit.subject):
            reverted.add(version_released(revert["subject"]) or "")
        version = version_released(commit.subject)
        if version in reverted:
            reverted.discard(version or "")
        elif version is not None:
            return MergedRelease(version, commit.hash, _brought_by(commit.hash, commits))
    return None


def _brought_by(release: str, commits: Sequence[Commit]) -> str:
    """The first commit of the branch itself that has the release."""
    first = {commit.hash: next(iter(commit.parents), "") for commit in commits}
    children: dict[str, list[str]] = {}
    for commit in commits:
        for parent in commit.parents:
            children.setdefault(parent, []).append(commit.hash)
    having, unseen = {release}, [release]
    while unseen:
        new = {*children.get(unseen.pop(), ())} - having
        having |= new
        unseen += new
    found, current = release, commits[0].hash
    while current in having:
        found, current = current, first[current]
    return found
