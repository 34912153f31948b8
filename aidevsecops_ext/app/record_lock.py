"""What a notebook's metadata records of a lock: the lock, and how it was made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..domain.notebook import NotebookEdit
from ..domain.recommendation import RecommendationType
from ..domain.thoth import THOTH_ENGINE, ThothRecord
from ..formats import horus_metadata
from ..formats.pipfile import lockfile_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json
    from ..domain.lock import Lock
    from ..domain.target import Target

OWN_KEY = "aidevsecops"
OLD_TOOLS_ENGINE = "pipenv"
"""What is recorded as engine for the old tools, which know only "thoth" and "pipenv"."""


def lock_edit(
    metadata: Mapping[str, Json],
    pipfile: Mapping[str, Json],
    lock: Lock,
    made: dict[str, Json],
    thoth: ThothRecord | None,
) -> NotebookEdit:
    """The new values of the keys whose value changes; texts that say the same stay as they are."""
    new = horus_metadata.write(
        pipfile=pipfile,
        lockfile=lockfile_of(lock, pipfile),
        engine=THOTH_ENGINE if thoth else OLD_TOOLS_ENGINE,
        thoth_config=thoth.config if thoth else None,
        thoth_analysis_id=thoth.analysis_id if thoth else None,
    )
    changed: dict[str, Json] = {
        key: value for key, value in new.items() if not _says_the_same(metadata.get(key), value)
    }
    # The analysis was of a lock that is gone.
    gone = horus_metadata.without_analysis(metadata)
    changed |= {key: value for key, value in gone.items() if key not in new}
    own = metadata.get(OWN_KEY)
    own = own if isinstance(own, dict) else {}
    if own.get("lock") != made:
        changed[OWN_KEY] = {**own, "lock": made}
    return NotebookEdit(changed)


def how_made(engine: str, target: Target, kind: RecommendationType) -> dict[str, Json]:
    """How the lock was made; the latest versions are what a lock without a word has."""
    made: dict[str, Json] = {
        "engine": engine,
        "target": {
            "python_version": target.python_version,
            "platform": target.platform,
            "universal": target.is_universal,
        },
    }
    if kind is not RecommendationType.LATEST:
        made["recommendation_type"] = kind.value
    return made


def _says_the_same(old: Json, new: Json) -> bool:
    if old == new:
        return True
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    try:
        # Decoded once: a text that was encoded twice is an accident, and is written anew.
        return bool(json.loads(old) == json.loads(new))
    except ValueError:
        return False
