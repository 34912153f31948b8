"""Upgrade some packages of a lock, and keep the others where they still fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import ErrorCode, UserError
from ..formats.pep508 import InvalidRequirementError, parse_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.lock import Lock
    from ..domain.requirements import Requirement
    from .ports import ResolveRequest


def read_upgrades(words: Iterable[str]) -> tuple[Requirement, ...]:
    """The packages to upgrade, each a name or a name with the versions that may be chosen.

    Raises:
        UserError: one is something else.
    """
    return tuple(_read(word) for word in words)


def with_upgrades(asked: ResolveRequest, upgrades: tuple[Requirement, ...]) -> ResolveRequest:
    """What is asked for, free to choose new versions of those packages within what they say."""
    keys = {upgrade.key for upgrade in upgrades}
    return replace(
        asked,
        preferred=tuple(package for package in asked.preferred if package.key not in keys),
        constraints=tuple(upgrade for upgrade in upgrades if upgrade.specifier),
    )


def not_needed(upgrades: tuple[Requirement, ...], lock: Lock) -> tuple[str, ...]:
    """Sentences on what was to be upgraded and is not locked at all."""
    return tuple(
        f"{upgrade.name} was not upgraded: the notebook does not need it."
        for upgrade in upgrades
        if lock.find(upgrade.key) is None
    )


def _read(word: str) -> Requirement:
    try:
        requirement = parse_requirement(word)
    except InvalidRequirementError as error:
        raise _invalid(str(error)) from error
    if requirement.extras or requirement.markers:
        raise _invalid(f"{requirement.name} has more than a name and versions.")
    return requirement


def _invalid(complaint: str) -> UserError:
    return UserError(
        ErrorCode.REQUIREMENTS_INVALID,
        f"This cannot be upgraded: {complaint}",
        hint="Give a name, or a name with the versions to choose from, such as 'jinja2>=3.1.6'.",
    )
