"""The digest of a lock: the same for the same packages, versions and files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .lock import Lock


def lock_digest(lock: Lock) -> str:
    """The SHA-256 over all that the lock installs, in whichever file it is written.

    The hash that a Pipfile.lock records is of what was asked for: it stays the same when versions
    are upgraded, and this one does not.
    """
    content = sorted(
        [p.key, p.version, p.markers, sorted(p.extras), sorted(p.hashes), p.is_dev]
        for p in lock.packages
    )
    text = json.dumps(content, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
