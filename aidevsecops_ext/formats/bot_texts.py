"""What the bot answers to issues, in Markdown.

Nothing that somebody wrote stands in an answer but inside a fence. A mark that nobody sees says
what was answered already.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .proposal_text import fenced, mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..domain.lock import LockChange

_MARK = "aidevsecops-bot"
_MOST_LINES = 300


def marked(text: str) -> str:
    """An answer with its mark."""
    return f"{text.rstrip()}\n\n{mark_of(text)}"


def mark_of(text: str) -> str:
    """What an answer has that says the same."""
    return f"<!-- {_MARK}: {_digest(text.rstrip())} -->"


def _digest(text: str) -> str:
    # A forge may answer half a surrogate pair, as JSON can.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def not_allowed(user: str, names: Iterable[str]) -> str:
    """The answer to somebody who may not ask."""
    known = [*names]
    who = "those who may push to the repository"
    if known:
        # Not mentioned: they need not be told of everybody who asks.
        who = ", ".join(f"`{name}`" for name in known if mention(name) != "you")
    return (
        f"Hey, {mention(user)}! You are not among those who may ask for this, so nothing was done. "
        f"It may be asked for by {who}."
    )


def failed(reason: str, hint: str) -> str:
    """The answer where it did not work."""
    lines = ["It did not work, and nothing was changed:", "", *fenced(reason)]
    if hint:
        lines += ["", "What to do:", "", *fenced(hint)]
    return "\n".join(lines)


def update_body(changes: Mapping[str, LockChange], failures: Mapping[str, str], number: int) -> str:
    """The text of the pull request that updates locks."""
    lines = [f"Closes: #{number}", ""]
    for name, change in changes.items():
        lines += _fenced_part(name, [*_changed(change)])
    return "\n".join(lines + _failures(failures))


def up_to_date(count: int, failures: Mapping[str, str]) -> str:
    """The answer where no lock changes."""
    what = "1 lock has" if count == 1 else f"{count} locks have"
    said = f"{what} the newest versions that fit." if count else "Nothing is locked here."
    if failures:
        said = "Nothing was updated."
    return "\n".join([said, *_failures(failures)])


def dependencies(parts: Mapping[str, tuple[str, ...]]) -> str:
    """The answer to who asks for dependencies: lines for each notebook and overlay."""
    lines: list[str] = []
    for name, told in parts.items():
        lines += _fenced_part(name, told)
    if not lines:
        return "Neither notebooks nor overlays of this repository record dependencies."
    return "\n".join(["These are the dependencies:", "", *lines])


def _failures(failures: Mapping[str, str]) -> list[str]:
    told = [f"{name}: {reason}" for name, reason in failures.items()]
    return ["", "These could not be locked:", "", *fenced("\n".join(told))] if told else []


def _changed(change: LockChange) -> Iterator[str]:
    for updated in change.updated:
        yield f"{updated.name} {updated.old} → {updated.new}"
    for added in change.added:
        yield f"{added.name} {added.version} (new)"
    for removed in change.removed:
        yield f"{removed.name} {removed.version} (gone)"


def _fenced_part(name: str, told: Iterable[str]) -> list[str]:
    known = [*told]
    more = len(known) - _MOST_LINES
    shown = [name, "", *known[:_MOST_LINES], *([f"… and {more} more"] if more > 0 else [])]
    return [*fenced("\n".join(shown)), ""]
