"""Programs that a repository's own settings name: git would run them for whoever looks at it.

A clone brings no settings along, an unpacked archive or a shared folder does. Nothing that only
reads, or asks a remote, follows them; what a user asks to be done (commit, tag, push) does. Who
wants them followed says so where the repository cannot: in git's settings of the user.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUST = "aidevsecops.trusted"
LISTING = ("config", "--list", "--show-scope", "--null")
_OF_REPOSITORY = frozenset({"local", "worktree"})
# Programs of the user's own PATH, with words that cannot make them run anything else.
_HARMLESS = re.compile(
    r"git-lfs (?:clean|smudge)(?: --skip)? -- %f|git-lfs filter-process(?: --skip)?"
    r"|(?:cache|store|manager(?:-core)?|osxkeychain|libsecret|wincred|oauth)"
    r"(?: --[a-z]+(?:[= ]\d+)?)*"
    r"|ssh(?: -i [\w~./-]+| -p \d+| -[46qT]| -o (?:IdentitiesOnly|BatchMode)=\w+)*"
    r"|cat|git-(?:upload|receive)-pack|"
)
_FILTER = re.compile(r"filter\..*\.(?:clean|smudge|process)", re.DOTALL)
_HELPER = re.compile(r"credential\.(?:.*\.)?helper", re.DOTALL)
_PACK = re.compile(r"remote\..*\.(?P<kind>upload|receive)pack", re.DOTALL)
_TRANSPORT = re.compile(r"remote\..*\.vcs", re.DOTALL)
_SINGLE = {"core.sshcommand": "ssh", "core.askpass": "", "core.alternaterefscommand": "true"}
_PROXY = "core.gitproxy"


class Entry(Struct, frozen=True):
    """One setting; ``is_own`` where the repository itself has it."""

    key: str
    value: str
    is_own: bool


class HeldBack(Struct, frozen=True):
    """What is not followed: ``names`` of settings, and ``settings`` that take their place."""

    names: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


def held_back(listing: str, root: Path) -> HeldBack:
    """What of the settings in the ``LISTING`` of a repository is not to be followed."""
    entries = tuple(_entries(listing))
    if _is_trusted(entries, root):
        return HeldBack()
    own = tuple(e for e in entries if e.is_own and not _HARMLESS.fullmatch(e.value))
    settings = tuple(dict.fromkeys(setting for e in own for setting in _instead(e, entries)))
    names = tuple(dict.fromkeys(entry.key for entry in own if any(_instead(entry, entries))))
    return HeldBack(names, settings)


def is_trusted(listing: str, folder: Path) -> bool:
    """True when the user's settings in a ``LISTING`` say that a folder may have programs run."""
    return _is_trusted(tuple(_entries(listing)), folder)


def _entries(listing: str) -> Iterator[Entry]:
    fields = listing.split("\0")
    for scope, said in zip(fields[::2], fields[1::2], strict=False):
        key, _, value = said.partition("\n")
        yield Entry(key, value, scope in _OF_REPOSITORY)


def _is_trusted(entries: tuple[Entry, ...], root: Path) -> bool:
    places = [e.value for e in entries if e.key == TRUST and not e.is_own]
    folder = root.resolve()
    return "*" in places or any(
        folder.is_relative_to(Path(place).expanduser().resolve()) for place in places if place
    )


def _instead(entry: Entry, entries: tuple[Entry, ...]) -> Iterator[tuple[str, str]]:
    """The settings that take the place of one that names a program; none for any other."""
    key = entry.key
    if _FILTER.fullmatch(key):
        # Without a filter a file is what it is; that it must have one counts no more either.
        yield key, ""
        yield f"{key.rpartition('.')[0]}.required", "false"
    elif _HELPER.fullmatch(key):
        # An empty one takes back all before it; the user's own come again.
        yield "credential.helper", ""
        yield from ((e.key, e.value) for e in entries if _HELPER.fullmatch(e.key) and not e.is_own)
    elif key in _SINGLE:
        others = [e.value for e in entries if e.key == key and not e.is_own]
        yield key, others[-1] if others else _SINGLE[key]
    elif pack := _PACK.fullmatch(key):
        yield key, f"git-{pack['kind']}-pack"
    elif _TRANSPORT.fullmatch(key):
        yield key, "not-followed"
    elif key == _PROXY:
        # Of several the first one counts, so it cannot be replaced.
        yield "protocol.git.allow", "never"
