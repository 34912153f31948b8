"""git-cliff (git-cliff.org): the configuration that it is given, and what it prints then."""

from __future__ import annotations

import re
import unicodedata

import msgspec
from msgspec import Struct

from ..domain.changelog import ChangelogEntry

# Every commit is told, whatever it says, in a line of JSON; nothing outside the repository is
# asked. git-cliff's own JSON is ten times as long.
CONFIGURATION = """\
[changelog]
header = ""
footer = ""
trim = false
body = '''{% for commit in commits %}{\
"id": {{ commit.id | json_encode() }}, \
"raw_message": {{ commit.raw_message | json_encode() }}, \
"breaking": {{ commit.breaking | default(value=false) }}, \
"merge_commit": {{ commit.merge_commit | default(value=false) }}}
{% endfor %}'''

[git]
conventional_commits = true
filter_unconventional = false
filter_commits = false
split_commits = false
sort_commits = "newest"
"""
_LONGEST = 200
_CONVENTIONAL = re.compile(
    r"(?P<type>[A-Za-z]+)(?:\((?P<scope>[^)]*)\))?(?P<breaking>!)?: (?P<rest>.+)"
)
_GITHUB_MERGE = re.compile(r"Merge pull request #(\d+) from \S+")
_GITLAB_MERGE = re.compile(r"^See merge request \S*?!(\d+)\s*$", re.M)
_SQUASHED = re.compile(r"\s*\((?:#|!)(\d+)\)$")


class _Commit(Struct):
    id: str
    raw_message: str
    breaking: bool = False
    merge_commit: bool = False


# Made by the import, so that no two threads learn of the type at once.
_COMMITS = msgspec.json.Decoder(_Commit)


def entries_of(lines: str) -> tuple[ChangelogEntry, ...]:
    """The changes in what git-cliff prints, newest first.

    Raises:
        ValueError: it is something else.
    """
    try:
        commits = _COMMITS.decode_lines(lines)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"it answers something else than expected ({error})") from error
    return tuple(map(_entry, commits))


def _entry(commit: _Commit) -> ChangelogEntry:
    subject, _, body = commit.raw_message.partition("\n")
    words, request = _title(subject, body)
    found = _CONVENTIONAL.match(words)
    return ChangelogEntry(
        summary=plain_line(_sentence(found) if found else words),
        commit=commit.id,
        subject=plain_line(subject),
        commit_type=found["type"].lower() if found else "",
        is_breaking=commit.breaking or bool(found and found["breaking"]),
        is_merge=commit.merge_commit,
        pull_request=request,
    )


def _title(subject: str, body: str) -> tuple[str, int | None]:
    """What a commit brought, in words, and the pull request that brought it."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if merged := _GITHUB_MERGE.match(subject):
        return (lines[0] if lines else subject), int(merged[1])
    if merged := _GITLAB_MERGE.search(body):
        title = lines[0]
        return (subject if title.startswith("See merge request") else title), int(merged[1])
    if squashed := _SQUASHED.search(subject):
        return subject[: squashed.start()], int(squashed[1])
    return subject, None


def _sentence(found: re.Match[str]) -> str:
    rest = found["rest"].strip()
    scope = f"{found['scope']}: " if found["scope"] else ""
    return scope + (rest if scope else rest[:1].upper() + rest[1:])


def plain_line(text: str) -> str:
    """One line of a text of somebody: nothing that is not seen, and no longer than a line."""
    start = text[: 4 * _LONGEST]
    # Nearly all are printable as they are, and there may be many thousands.
    seen = start if start.isprintable() else "".join(map(_seen, start))
    line = " ".join(seen.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _seen(char: str) -> str:
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} else char
