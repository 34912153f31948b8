"""Which of the versions that fit are recommended; defined in ``docs/how-to/recommendations.md``."""

from __future__ import annotations

from enum import Enum


class RecommendationType(str, Enum):
    """What a lock should be good at, in the words of ``.thoth.yaml``."""

    LATEST = "latest"
    STABLE = "stable"
    PERFORMANCE = "performance"
    SECURITY = "security"
    TESTING = "testing"
