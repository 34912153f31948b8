"""``CHANGELOG.md``: as https://keepachangelog.com has it, or as Kebechet writes it."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.changelog import ChangelogEntry, ChangeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHANGELOG = "CHANGELOG.md"
_NEW = """\
# Changelog

The format is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and versions follow
[Semantic Versioning](https://semver.org/spec/v2.0.0.html).

## [Unreleased]
"""
_SECTION = re.compile(r"^## .*$", re.M)
_UNRELEASED = re.compile(r"^## \[?unreleased\]?[^\n]*$", re.M | re.I)
_KEBECHET_SECTION = re.compile(r"^## Release \S+ \(\d{4}-\d\d-\d\dT[\d:]+\)\s*$", re.M)
_TITLE = re.compile(r"\A\s*(?:# [^\n]*|[^\n#][^\n]*\n=+[ \t]*)(?:\n|\Z)")
_LINK = re.compile(
    r"^\[unreleased\]:\s*(?P<base>\S+?)/compare/(?P<since>\S+?)\.\.\.HEAD\s*$", re.M | re.I
)
_LINKS = re.compile(r"^\[[^\]\n]+\]:\s+\S+", re.M)
# What stands between backticks is shown as it is.
_CODE_OR_SPECIAL = re.compile(r"(?P<ticks>`+).+?(?P=ticks)|[<>]")
_KEBECHET_GROUPS = ("Features", "Bug Fixes", "Improvements", "Automatic Updates", "Other")
_AUTOMATIC = re.compile(r":(?:arrow_up|pushpin):|Automatic(?:ally)? update", re.I)
_IMPROVING = frozenset({"refactor", "perf", "improve", "improves", "improved", "update", "enhance"})


class ChangelogStyle(str, Enum):
    """The two ways in which changelogs are written."""

    KEEP_A_CHANGELOG = "keep-a-changelog"
    KEBECHET = "kebechet"


class ChangelogRelease(Struct, frozen=True):
    """What a section is about; ``is_smart`` groups the lines that Kebechet writes."""

    version: str
    tag: str
    at: datetime
    entries: tuple[ChangelogEntry, ...]
    is_smart: bool = False


def style_of(text: str | None, default: ChangelogStyle) -> ChangelogStyle:
    """How that file is written; ``default`` where there is none, or none of both."""
    if text is not None and _KEBECHET_SECTION.search(text):
        return ChangelogStyle.KEBECHET
    if text is not None and (_UNRELEASED.search(text) or "keepachangelog.com" in text):
        return ChangelogStyle.KEEP_A_CHANGELOG
    return default


def section_of(text: str | None, release: ChangelogRelease, style: ChangelogStyle) -> str:
    """What the section of a release says below its heading: the notes of the release.

    What people wrote under *Unreleased* stands in place of what the commits say.
    """
    if style is ChangelogStyle.KEBECHET:
        return _kebechet_notes(release)
    return _written_by_hand(text or "") or _notes(release.entries)


def notes_of(text: str, version: str) -> str:
    """What the file says of a version below its heading; empty where it has no such section."""
    plain = text.replace("\r\n", "\n")
    for found in _SECTION.finditer(plain):
        heading = found[0].removeprefix("##").removeprefix(" Release").strip()
        if re.match(rf"\[?v?{re.escape(version)}\]?(?!\S)", heading):
            return plain[found.end() : _end_of_section(plain, found.end())].strip()
    return ""


def with_release(text: str | None, release: ChangelogRelease, style: ChangelogStyle) -> str:
    """The file with the section of a release; a new one where there is none."""
    notes = section_of(text, release, style)
    ending = "\r\n" if "\r\n" in (text or "") else "\n"
    plain = (text or "").replace("\r\n", "\n")
    if style is ChangelogStyle.KEBECHET:
        changed = _with_kebechet_section(plain, release, notes)
    else:
        changed = _with_kept_section(plain if plain.strip() else _NEW, release, notes)
    return changed.replace("\n", ending)


def _written_by_hand(text: str) -> str:
    plain = text.replace("\r\n", "\n")
    found = _UNRELEASED.search(plain)
    return plain[found.end() : _end_of_section(plain, found.end())].strip() if found else ""


def _end_of_section(text: str, start: int) -> int:
    ends = [
        match.start() for pattern in (_SECTION, _LINKS) if (match := pattern.search(text, start))
    ]
    return min(ends, default=len(text))


def _with_kept_section(text: str, release: ChangelogRelease, notes: str) -> str:
    section = f"## [{release.version}] - {release.at:%Y-%m-%d}\n\n{notes}".rstrip()
    if found := _UNRELEASED.search(text):
        before, after = text[: found.end()], text[_end_of_section(text, found.end()) :]
    else:
        first = _SECTION.search(text)
        place = first.start() if first else _end_of_section(text, 0)
        before, after = text[:place].rstrip("\n"), text[place:]
    tail = f"\n\n{after}" if after.strip() else "\n"
    return _with_link(f"{before}\n\n{section}{tail}", release)


def _with_link(text: str, release: ChangelogRelease) -> str:
    """The file with the link of the new version, where it has one for what is not released."""

    def both(found: re.Match[str]) -> str:
        base, since = found["base"], found["since"]
        label = found[0].partition("]")[0]
        return (
            f"{label}]: {base}/compare/{release.tag}...HEAD\n"
            f"[{release.version}]: {base}/compare/{since}...{release.tag}"
        )

    return _LINK.sub(both, text, count=1)


def _with_kebechet_section(text: str, release: ChangelogRelease, notes: str) -> str:
    heading = f"## Release {release.version} ({_utc(release.at):%Y-%m-%dT%H:%M:%S})"
    section = f"{heading}\n{notes}".rstrip()
    title = _TITLE.match(text)
    start = title.end() if title else 0
    parts = (text[:start].strip("\n"), section, text[start:].strip("\n"))
    return "\n\n".join(part for part in parts if part) + "\n"


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc)


def _notes(entries: Iterable[ChangelogEntry]) -> str:
    lines: dict[ChangeType, list[str]] = {}
    for entry in entries:
        breaking = "**Breaking:** " if entry.is_breaking else ""
        request = f" (#{entry.pull_request})" if entry.pull_request is not None else ""
        lines.setdefault(entry.change_type, []).append(
            f"- {breaking}{_plain(entry.summary)}{request}"
        )
    return _headed({change.value: lines.get(change, []) for change in ChangeType})


def _kebechet_notes(release: ChangelogRelease) -> str:
    lines = [(entry, f"* {entry.commit[:7]} {_plain(entry.subject)}") for entry in release.entries]
    if not release.is_smart:
        return "\n".join(line for _, line in lines)
    groups: dict[str, list[str]] = {name: [] for name in _KEBECHET_GROUPS}
    for entry, line in lines:
        groups[_kebechet_group(entry)].append(line)
    return _headed(groups)


def _kebechet_group(entry: ChangelogEntry) -> str:
    if _AUTOMATIC.search(entry.subject):
        return "Automatic Updates"
    if entry.change_type is ChangeType.ADDED:
        return "Features"
    if entry.change_type is ChangeType.FIXED:
        return "Bug Fixes"
    first = entry.commit_type or entry.subject.partition(" ")[0].lower()
    return "Improvements" if first in _IMPROVING else "Other"


def _headed(groups: Mapping[str, list[str]]) -> str:
    parts = ("\n".join([f"### {name}", "", *lines]) for name, lines in groups.items() if lines)
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """Words of somebody that stay words: what would be HTML in Markdown is shown as it is."""
    return _CODE_OR_SPECIAL.sub(lambda found: found[0] if found["ticks"] else f"\\{found[0]}", text)
