"""The first links of a project's chain: its notebooks, its overlays, and what is known against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.lock import LockStatus
from ..domain.overlay_list import OverlayState
from ..domain.project_health import (
    Link,
    LinkName,
    LinkState,
    NextAction,
    NextCommand,
    counted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.advisories import Audit
    from .check_overlays import CheckedOverlay
    from .read_locks import ProjectLocks

_DAY = 86_400.0
_FRESH_DAYS = 7
_SHOWN = 5
_OFF = (OverlayState.STALE, OverlayState.UNLOCKED)


def notebooks_link(found: ProjectLocks) -> Link:
    """How many notebooks are locked, of those that need to be."""
    name = LinkName.NOTEBOOKS
    unread = {**found.unread}
    unread |= {
        path: "What it records of its environment cannot be read."
        for path, standing in found.notebooks.items()
        if standing.status is None
    }
    if unread:
        return Link(
            name,
            LinkState.PROBLEM,
            f"{counted(len(unread), 'notebook', 'notebooks')} cannot be read.",
            NextAction(NextCommand.OPEN_FILE, {"path": next(iter(unread))}),
            _few([f"{path}: {reason}" for path, reason in unread.items()]),
        )
    wanted = {p: s for p, s in found.notebooks.items() if s.status is not LockStatus.UNSUPPORTED}
    if not wanted:
        return Link(name, LinkState.NONE, "There are no Python notebooks.")
    due = [path for path, standing in wanted.items() if not standing.is_good]
    needing = [p for p, s in wanted.items() if s.is_fresh or s.is_needed or p in found.served]
    if not needing:
        said = f"{counted(len(wanted), 'notebook', 'notebooks')}; none needs a lock."
        return Link(name, LinkState.GOOD, said)
    summary = (
        f"{len(needing) - len(due)} of {counted(len(needing), 'notebook', 'notebooks')} locked"
    )
    if not due:
        return Link(name, LinkState.GOOD, f"{summary}.")
    broken = [p for p in due if wanted[p].status is not LockStatus.UNLOCKED]
    reasons = [f"{path} is {_status(wanted[path].status)}." for path in (*broken, *due)]
    first = next(iter(broken or due))
    arguments = {"path": first} if len(due) == 1 else {"path": first, "within": "."}
    paths = () if len(due) == 1 else tuple(dict.fromkeys((*broken, *due)))
    return Link(
        name,
        LinkState.PROBLEM if broken else LinkState.ATTENTION,
        f"{summary}; {counted(len(broken), 'lock', 'locks')} out of date."
        if broken
        else f"{summary}.",
        NextAction(NextCommand.LOCK_NOTEBOOK, arguments, paths),
        _few(list(dict.fromkeys(reasons))),
    )


def overlays_link(found: ProjectLocks) -> Link:
    """How many overlays are fresh.

    Raises:
        AidevsecopsError: the overlays cannot be read.
    """
    if found.overlays_error is not None:
        raise found.overlays_error
    overlays = found.overlays.overlays if found.overlays else ()
    problems = found.overlays.problems if found.overlays else ()
    name = LinkName.OVERLAYS
    if not overlays:
        return _without_overlays(found, problems)
    off = [one for one in overlays if one.record.state is not OverlayState.FRESH]
    fresh = f"{len(overlays) - len(off)} of {counted(len(overlays), 'overlay', 'overlays')} fresh"
    if not off:
        state = LinkState.ATTENTION if problems else LinkState.GOOD
        check = NextAction(NextCommand.CHECK_OVERLAY, {"folder": "."}) if problems else None
        return Link(name, state, f"{fresh}.", check, _few(problems))
    mendable = [one for one in off if one.record.state in _OFF]
    first = (mendable or off)[0]
    reasons = [f"{one.record.folder or '.'} is {_reason(one)}" for one in off]
    return Link(name, LinkState.PROBLEM, f"{fresh}.", _mend(first), _few([*reasons, *problems]))


def advisories_link(found: ProjectLocks, oldest: float | None, now: float) -> Link:
    """What was known against the locks when somebody last asked; nobody is asked now."""
    name, audits = LinkName.ADVISORIES, found.audits
    if not audits:
        return Link(name, LinkState.NONE, "There are no locked packages.")
    bad = {place: audit for place, audit in audits.items() if audit.vulnerable}
    ids = {a.id for audit in bad.values() for p in audit.vulnerable for a in p.advisories}
    unchecked = {(u.name, u.version) for audit in audits.values() for u in audit.unchecked}
    ask = NextAction(NextCommand.AUDIT_PROJECT)
    if bad:
        against = {(p.name, p.version) for audit in bad.values() for p in audit.vulnerable}
        packages = counted(len(against), "package", "packages")
        return Link(
            name,
            LinkState.PROBLEM,
            f"{counted(len(ids), 'advisory', 'advisories')} against {packages}.",
            NextAction(NextCommand.AUDIT_PATH, {"path": next(iter(bad))}),
            _few([f"{place}: {_named(audit)}" for place, audit in bad.items()]),
        )
    if unchecked:
        packages = counted(len(unchecked), "package", "packages")
        said = f"{packages} not looked up yet." if oldest else "Not looked up yet."
        return Link(name, LinkState.UNKNOWN, said, ask)
    locks = counted(len(audits), "lock", "locks")
    # What was looked up in the future was looked up by a wrong clock, nobody knows when.
    days = int(abs(now - oldest) // _DAY) if oldest is not None else 0
    if days >= _FRESH_DAYS:
        return Link(
            name,
            LinkState.ATTENTION,
            f"Nothing was known against {locks} {days} days ago.",
            ask,
        )
    when = "today" if days < 1 else f"{counted(days, 'day', 'days')} ago"
    return Link(name, LinkState.GOOD, f"Nothing is known against {locks}; looked up {when}.")


def _without_overlays(found: ProjectLocks, problems: Sequence[str]) -> Link:
    """There are none; a notebook can be split to have some."""
    path = next(iter(found.notebooks), None)
    split = None if path is None else NextAction(NextCommand.SPLIT_NOTEBOOK, {"path": path})
    return Link(LinkName.OVERLAYS, LinkState.NONE, "There are no overlays.", split, _few(problems))


def _mend(overlay: CheckedOverlay) -> NextAction:
    record = overlay.record
    folder = record.folder or "."
    if record.state not in _OFF:
        return NextAction(NextCommand.CHECK_OVERLAY, {"folder": folder})
    more = {"notebook": record.notebook, "step": record.step}
    known = {key: value for key, value in more.items() if value is not None}
    return NextAction(NextCommand.LOCK_OVERLAY, {"folder": folder, **known})


def _reason(overlay: CheckedOverlay) -> str:
    words = {
        OverlayState.ORPHAN: "left over",
        OverlayState.INVALID: "not valid",
        OverlayState.UNLOCKED: "not locked",
    }
    record = overlay.record
    word = words.get(record.state, record.state.value)
    return f"{word}: {record.reasons[0]}" if record.reasons else f"{word}."


def _status(status: LockStatus | None) -> str:
    words = {LockStatus.UNLOCKED: "not locked", LockStatus.DRIFTED: "not as its lock any more"}
    return words.get(status, status.value) if status is not None else "not read"


def _named(audit: Audit) -> str:
    packages = [f"{p.name} {p.version} ({p.advisories[0].id})" for p in audit.vulnerable]
    return f"{', '.join(packages[:_SHOWN])}."


def _few(sentences: Sequence[str]) -> tuple[str, ...]:
    """The first of them, and how many more there are."""
    more = len(sentences) - _SHOWN
    return (*sentences[:_SHOWN], *([f"And {more} more."] if more > 0 else []))
