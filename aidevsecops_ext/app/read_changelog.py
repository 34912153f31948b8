"""The changelog of a repository, and what it says of a release in the way that it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import UserError
from ..formats.changelog_file import (
    CHANGELOG,
    ChangelogRelease,
    ChangelogStyle,
    section_of,
    style_of,
    with_release,
)
from ..formats.thoth_managers import managers_of
from .project_folder import THOTH_YAML

if TYPE_CHECKING:
    from .file_drafts import FileDrafts

_VERSION_MANAGER = "version"


class Changelog(Struct, frozen=True):
    """A changelog: ``text`` is None where there is none, ``is_smart`` groups Kebechet's lines."""

    text: str | None
    style: ChangelogStyle
    is_smart: bool = False

    def notes(self, release: ChangelogRelease) -> str:
        """What it will say of a release."""
        return section_of(self.text, self._told(release), self.style)

    def with_release(self, release: ChangelogRelease) -> str:
        """The text that tells of a release."""
        return with_release(self.text, self._told(release), self.style)

    def _told(self, release: ChangelogRelease) -> ChangelogRelease:
        return replace(release, is_smart=self.is_smart)


def read_changelog(drafts: FileDrafts) -> Changelog:
    """The changelog as it is now, which is Keep a Changelog's unless Kebechet has written it.

    Raises:
        AidevsecopsError: a file is there and cannot be read.
    """
    text = drafts.text(CHANGELOG)
    style = style_of(text, ChangelogStyle.KEEP_A_CHANGELOG)
    is_smart = style is ChangelogStyle.KEBECHET and _is_smart(drafts.text(THOTH_YAML))
    return Changelog(text, style, is_smart)


def _is_smart(thoth_yaml: str | None) -> bool:
    try:
        manager = managers_of(thoth_yaml or "{}").get(_VERSION_MANAGER)
    except UserError:
        # A file of other tools that is broken is no reason not to tell what changed.
        return False
    return manager is not None and manager.is_changelog_smart
