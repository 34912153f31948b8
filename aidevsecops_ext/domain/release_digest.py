"""The digest of a plan: what somebody names who agrees to exactly that release."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from .release import ReleasePlan


def digest_of_plan(plan: ReleasePlan, moment: int) -> str:
    """The digest of a plan that was made at that moment (seconds since the epoch).

    It is another one where the release would do anything else. How the checks went is not part of
    it, nor whether a forge lets us in: they are done again before the release is cut.
    """
    # As ASCII: a path may have bytes that are no text.
    content = json.dumps(msgspec.to_builtins(replace(plan, checks=(), forge=None)))
    return f"{moment}-{hashlib.sha256(content.encode()).hexdigest()}"


def moment_of_digest(digest: str) -> int | None:
    """The moment at which the plan was made; None for what is no digest of a plan."""
    moment, dash, _ = digest.partition("-")
    # Longer ones are no time that there will be.
    is_moment = dash and moment.isascii() and moment.isdigit() and len(moment) <= 11
    return int(moment) if is_moment else None
