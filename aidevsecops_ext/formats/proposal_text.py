"""What the pull request of a release says, as Kebechet has it.

The changelog stands in a fence: what commits say there names nobody, and closes no issue.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHANGELOG_LINES = 300
_TICKS = re.compile(r"`+")
# No name of an account on any forge has others; what has is not mentioned.
_USER = re.compile(r"[\w.-]+(?:\[bot\])?", re.ASCII)


class Asked(Struct, frozen=True):
    """Who asked for a release, in the issue of that number."""

    user: str
    number: int


class Proposed(Struct, frozen=True):
    """What is proposed: ``previous`` is the tag of the release before, None where there is none.

    ``asked`` is None where nobody asked for it in an issue.
    """

    changelog: str
    previous: str | None
    images: tuple[str, ...] = ()
    asked: Asked | None = None


def proposal_body(proposed: Proposed) -> str:
    """The text of the pull request, in Markdown."""
    return "\n".join(_lines(proposed))


def fenced(text: str, language: str = "") -> Iterator[str]:
    """The lines of a text between fences that nothing in it ends."""
    longest = max((len(found) for found in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{language}"
    yield from text.splitlines()
    yield fence


def mention(user: str) -> str:
    """How an account is addressed."""
    return f"@{user}" if _USER.fullmatch(user) else "you"


def _lines(proposed: Proposed) -> Iterator[str]:
    asked = proposed.asked
    if asked is not None:
        yield from (f"Hey, {mention(asked.user)}!", "", "Creating requested release.", "")
        yield from (f"Closes: #{asked.number}", "")
    if proposed.previous is None:
        yield from ("There was no release before: the changelog tells all there is.", "")
    told = proposed.changelog.strip().splitlines()
    yield from ("Changelog:", "")
    yield from fenced("\n".join(told[:MAX_CHANGELOG_LINES]), "markdown")
    if len(told) > MAX_CHANGELOG_LINES:
        more = len(told) - MAX_CHANGELOG_LINES
        yield from ("", f"The changelog has {more} more lines: see the file.")
    if proposed.images:
        yield from ("", "<details>", "<summary>Images to build</summary>", "")
        yield from fenced("\n".join(proposed.images))
        yield from ("", "</details>")
    yield ""
