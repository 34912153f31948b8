"""Check before a release what is known against the packages that are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.release import Check, CheckStatus
from ..domain.release_checks import listed
from ..domain.release_settings import CheckName
from ..formats import horus_metadata
from .audit_notebook import AuditPorts, audit_notebook
from .audit_overlay import audit_overlay
from .open_overlay import open_overlay
from .share_advisories import SharedAdvisories
from .tracked_files import open_tracked, tracked_overlays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.advisories import Audit
    from .content_ports import ContentPorts
    from .ports import CancelToken, Progress
    from .tracked_files import Failure

_NAME = CheckName.ADVISORIES


class _Found(Struct):
    """What the audits said; ``against`` are advisories with their packages, ``places`` have any."""

    locks: int = 0
    against: dict[str, None] = field(default_factory=dict)
    packages: set[tuple[str, str]] = field(default_factory=set)
    places: list[str] = field(default_factory=list)
    unchecked: dict[tuple[str, str], str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def check_advisories(ports: ContentPorts, progress: Progress, cancel: CancelToken) -> Check:
    """Whether nothing is known against what the tracked notebooks and overlays lock.

    Raises:
        AidevsecopsError: git fails, or a folder cannot be read.
        CancelledError: cancelled.
    """
    found = _Found()
    for place, audit in _audits(ports, progress, cancel, found):
        _add(place, audit, found)
    return _answer(found)


def unchecked_offline() -> Check:
    """That nobody was asked."""
    return Check(
        _NAME,
        CheckStatus.WARNED,
        "Unchecked: the advisory service was not to be asked.",
        "Ask it: aidevsecops audit .",
    )


def _audits(
    ports: ContentPorts, progress: Progress, cancel: CancelToken, found: _Found
) -> Iterator[tuple[str, Audit]]:
    audit = ports.audit
    shared = AuditPorts(audit.files, SharedAdvisories(audit.advisories), audit.clock)
    # What cannot be read has no lock that could be asked about; the check of locks tells.
    unread: list[Failure] = []
    for opened in open_tracked(ports, cancel, unread):
        notebook = opened.notebook
        try:
            if notebook.is_python and horus_metadata.read(notebook.metadata).lockfile:
                yield (
                    opened.path,
                    audit_notebook(opened.path, notebook, shared, progress, cancel),
                )
        except CancelledError:
            raise
        except AidevsecopsError as error:
            found.failures.append(f"{opened.path}: {error.message}")
    for overlay in tracked_overlays(ports, cancel):
        cancel.raise_if_cancelled()
        try:
            lock = open_overlay(overlay, ports.files)
            if lock.lock is not None:
                yield overlay.folder or ".", audit_overlay(lock, shared, progress, cancel)
        except CancelledError:
            raise
        except AidevsecopsError as error:
            found.failures.append(f"{overlay.folder or '.'}: {error.message}")


def _add(place: str, audit: Audit, found: _Found) -> None:
    found.locks += 1
    for package in audit.vulnerable:
        found.packages.add((package.name, package.version))
        for advisory in package.advisories:
            what = f"{package.name} {package.version}, {advisory.severity.value}"
            found.against[f"{advisory.id} ({what})"] = None
    if audit.vulnerable:
        found.places.append(place)
    found.unchecked |= {(one.name, one.version): one.reason for one in audit.unchecked}


def _answer(found: _Found) -> Check:
    unchecked = [*_unchecked(found)]
    if found.against:
        count, packages = len(found.against), len(found.packages)
        message = (
            f"{count} {'advisory' if count == 1 else 'advisories'} against {packages} "
            f"{'package' if packages == 1 else 'packages'} in {listed(found.places)}: "
            f"{listed(list(found.against))}."
        )
        return Check(
            _NAME,
            CheckStatus.FAILED,
            " ".join((message, *unchecked)),
            "See what mends them: aidevsecops audit .\n"
            "Take newer versions: aidevsecops lock --upgrade-package NAME PATH",
        )
    if unchecked:
        return Check(
            _NAME,
            CheckStatus.WARNED,
            " ".join(unchecked),
            "Try again when the service can be reached: aidevsecops audit .",
        )
    if not found.locks:
        return Check(_NAME, CheckStatus.PASSED, "There are no locks.")
    locks = "1 lock" if found.locks == 1 else f"{found.locks} locks"
    return Check(_NAME, CheckStatus.PASSED, f"Nothing is known against the packages of {locks}.")


def _unchecked(found: _Found) -> Iterator[str]:
    if found.unchecked:
        count = len(found.unchecked)
        reasons = listed(list(dict.fromkeys(found.unchecked.values())))
        yield f"Unchecked: {count} {'package' if count == 1 else 'packages'}. {reasons}"
    if found.failures:
        yield f"Unchecked: {listed(found.failures)}"
