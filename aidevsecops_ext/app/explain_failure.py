"""A failed resolution in the notebook's words: which requirements, from which cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.requirements import Requirement, RequirementSet, RequirementSource

if TYPE_CHECKING:
    from ..domain.discovery import DiscoveredRequirement, Discovery
    from ..domain.errors import AidevsecopsError
    from ..domain.json_value import Json


def explain_failure(
    error: AidevsecopsError, requirements: RequirementSet, discovery: Discovery
) -> None:
    """Turn the names in ``details["requirements"]`` into where each of them comes from."""
    names = error.details.get("requirements")
    if not isinstance(names, list):
        return
    found = {entry.requirement.key: entry for entry in discovery.requirements}
    error.details["requirements"] = [
        _origin(requirement, found.get(requirement.key))
        for requirement in requirements.requirements
        if requirement.name in names
    ]


def _origin(requirement: Requirement, found: DiscoveredRequirement | None) -> dict[str, Json]:
    source = found.source if found else RequirementSource.METADATA
    return {
        "name": requirement.name,
        "specifier": requirement.specifier,
        "source": source.value,
        "imports": [*found.imports] if found else [],
        "cells": [*found.cells] if found else [],
    }
