"""``CHANGELOG.md``: as https://keepachangelog.com has it, or as Kebechet writes it."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.changelog import ChangelogEntry, ChangeType
from .changelog_sections import Section, links_of, sections_of, without_empty_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHANGELOG = "CHANGELOG.md"
_NEW = """\
# Changelog

The format is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and versions follow
[Semantic Versioning](https://semver.org/spec/v2.0.0.html).

## [Unreleased]
"""
_KEBECHET_SECTION = re.compile(r"^## Release \S+ \(\d{4}-\d\d-\d\dT[\d:]+\)\s*$", re.M)
_TITLE = re.compile(r"\A\s*(?:# [^\n]*|[^\s#][^\n]*\n=+[ \t]*)(?:\n|\Z)")
_LINK = re.compile(
    r"^\[unreleased\]:\s*(?P<base>\S+?)/compare/(?P<since>\S+?)\.\.\.(?P<head>\S+)[ \t]*$",
    re.M | re.I,
)
# What stands between backticks is shown as it is.
_CODE_OR_SPECIAL = re.compile(r"(?P<ticks>`+).+?(?P=ticks)|[<>]")
_USUAL_LEVEL = 2
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
    plain = _plain_ends(text or "")
    kebechet, unreleased = _KEBECHET_SECTION.search(plain), _unreleased_in(plain)
    # Who begins to keep a changelog leaves older releases as Kebechet told of them.
    if kebechet and not (unreleased and unreleased.start < kebechet.start()):
        return ChangelogStyle.KEBECHET
    if unreleased or "keepachangelog.com" in plain:
        return ChangelogStyle.KEEP_A_CHANGELOG
    return default


def section_of(text: str | None, release: ChangelogRelease, style: ChangelogStyle) -> str:
    """What the section of a release says below its heading: the notes of the release.

    What people wrote for that version, else under *Unreleased*, stands in place of what the commits
    say.
    """
    if style is ChangelogStyle.KEBECHET:
        return _kebechet_notes(release)
    return _written_by_hand(_plain_ends(text or ""), release.version) or _notes(release.entries)


def notes_of(text: str, version: str) -> str:
    """What the file says of a version below its heading; empty where it has no such section."""
    plain = _plain_ends(text)
    found = _section_of_version(plain, version)
    return plain[found.body : found.end].strip() if found else ""


def with_release(text: str | None, release: ChangelogRelease, style: ChangelogStyle) -> str:
    """The file with the section of a release; a new one where there is none."""
    notes = section_of(text, release, style)
    plain = _plain_ends(text or "")
    ending = "\r\n" if (text or "").count("\r\n") * 2 > plain.count("\n") else "\n"
    if style is ChangelogStyle.KEBECHET:
        changed = _with_kebechet_section(plain, release, notes)
    else:
        changed = _with_kept_section(plain if plain.strip() else _NEW, release, notes)
    return changed.replace("\n", ending)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n")


def _unreleased_in(text: str) -> Section | None:
    return next((one for one in sections_of(text) if one.is_unreleased), None)


def _section_of_version(text: str, version: str) -> Section | None:
    return next((one for one in sections_of(text) if one.is_of(version)), None)


def _written_by_hand(text: str, version: str) -> str:
    own, unreleased = _section_of_version(text, version), _unreleased_in(text)
    told = (without_empty_parts(text[one.body : one.end]) for one in (own, unreleased) if one)
    return next(filter(None, told), "")


def _with_kept_section(text: str, release: ChangelogRelease, notes: str) -> str:
    known = sections_of(text)
    unreleased = next((one for one in known if one.is_unreleased), None)
    own = next((one for one in known if one.is_of(release.version)), None)
    if own is None and unreleased is not None and unreleased.has_version:
        # "1.3.0 (unreleased)", and another version is released in the end.
        own = unreleased
    if own is not None:
        return _with_own_section(text, own, release, notes)
    if unreleased is not None:
        is_told = bool(without_empty_parts(text[unreleased.body : unreleased.end]))
        # What is there for the next one to fill in stays.
        before = text[: unreleased.body if is_told else unreleased.end]
        place, level = unreleased.end, unreleased.level
    else:
        first = next((one for one in known if one.has_version), None) or next(
            (one for one in known if one.level == _USUAL_LEVEL), None
        )
        place = first.start if first else links_of(text)
        before, level = text[:place], min(first.level if first else _USUAL_LEVEL, _USUAL_LEVEL)
    section = f"{before.rstrip()}\n\n{_heading(level, release)}\n\n{notes}".strip()
    tail = f"\n\n{text[place:]}" if text[place:].strip() else "\n"
    return _with_link(f"{section}{tail}", release)


def _with_own_section(text: str, own: Section, release: ChangelogRelease, notes: str) -> str:
    """The file where people wrote a section for the release before."""
    heading, body = text[own.start : own.body], text[own.body : own.end]
    if own.is_unreleased:
        heading = _heading(own.level, release)
    if not without_empty_parts(body):
        body = f"\n\n{notes}".rstrip() + ("\n\n" if text[own.end :].strip() else "\n")
    changed = f"{text[: own.start]}{heading}{body}{text[own.end :]}"
    return _with_link(changed, release) if own.is_unreleased else changed


def _heading(level: int, release: ChangelogRelease) -> str:
    return f"{'#' * level} [{release.version}] - {release.at:%Y-%m-%d}"


def _with_link(text: str, release: ChangelogRelease) -> str:
    """The file with the link of the new version, where it has one for what is not released."""

    def both(found: re.Match[str]) -> str:
        base, since = found["base"], found["since"]
        label = found[0].partition("]")[0]
        return (
            f"{label}]: {base}/compare/{release.tag}...{found['head']}\n"
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
