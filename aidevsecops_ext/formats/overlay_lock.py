"""``requirements.txt`` as the lock of an overlay: hashes of all files, and what it was made for.

It begins so::

    # Locked by aidevsecops: change requirements.in instead.
    # requirements: sha256:5f2c..., Python 3.11
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from ..domain.lock import Lock
from .requirements_lock import read_requirements, write_locked

_MADE_FOR = re.compile(r"^# requirements: sha256:([0-9a-f]{64}), Python (\S+)$", re.M)


def write_overlay_lock(lock: Lock) -> str:
    """The text of the file; the same for the same lock."""
    head = (
        "# Locked by aidevsecops: change requirements.in instead.\n"
        f"# requirements: sha256:{lock.requirements_hash}, Python {lock.python_version}\n"
    )
    return head + write_locked(lock, is_dev=False)


def read_overlay_lock(text: str) -> Lock | None:
    """The lock that the file holds, also one of other tools; None when a hash or pin is missing.

    Raises:
        UserError: the address of an index is none.
    """
    found = read_requirements(text)
    made_for = _MADE_FOR.search(text)
    if made_for is None:
        return found.lock
    is_empty = found.asked is not None and not found.asked.requirements
    lock = Lock((), "", found.asked.indexes) if is_empty and found.asked else found.lock
    if lock is None:
        return None
    return replace(lock, requirements_hash=made_for[1], python_version=made_for[2])
