"""Which of a notebook's indexes may be contacted: a notebook must not send its reader anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError, UserError
from ..domain.requirements import DEFAULT_INDEX_NAME, Index, RequirementSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .ports import PackageIndex


def trusted_requirements(
    requirements: RequirementSet, trusted: tuple[str, ...], index: PackageIndex
) -> RequirementSet:
    """The requirements as they may be resolved.

    The index called ``pypi`` always is the user's own default one, whatever its recorded address;
    so is a first index that has the address of the user's default one.

    Raises:
        UserError: a requirement names an index that the notebook does not have.
        RefusedError: an index is not trusted; nothing was contacted.
    """
    _check_names(requirements)
    others = [entry for entry in requirements.indexes if not entry.is_default]
    if not others:
        return requirements
    default = _same(index.default_index().url)
    refuse_untrusted(others, (default, *trusted), "The notebook names package indexes")
    first = requirements.indexes[0]
    if first.is_default or _same(first.url) != default:
        return requirements
    # By its address alone uv would not know the credentials that the user has for it.
    return replace(
        requirements,
        indexes=(replace(first, name=DEFAULT_INDEX_NAME), *requirements.indexes[1:]),
        requirements=tuple(
            replace(r, index=None) if r.index == first.name else r
            for r in requirements.requirements
        ),
    )


def refuse_untrusted(indexes: Iterable[Index], trusted: Iterable[str], what: str) -> None:
    """Nothing when each index has a trusted address; ``what`` begins the sentence for people.

    Raises:
        RefusedError: an index is not trusted.
    """
    known = set(map(_same, trusted))
    unknown = [entry for entry in indexes if _same(entry.url) not in known]
    if unknown:
        raise RefusedError(
            ErrorCode.LOCK_UNTRUSTED_INDEX,
            f"{what} that you have not agreed to: {', '.join(entry.url for entry in unknown)}.",
            hint="Look at the addresses. If you trust them, agree to them and lock again.",
            details={"indexes": [{"name": entry.name, "url": entry.url} for entry in unknown]},
        )


def _check_names(requirements: RequirementSet) -> None:
    names = {entry.name for entry in requirements.indexes} | {DEFAULT_INDEX_NAME}
    for requirement in requirements.requirements:
        if requirement.index is not None and requirement.index not in names:
            raise UserError(
                ErrorCode.REQUIREMENTS_INVALID,
                f"The requirement '{requirement.name}' names the index '{requirement.index}', "
                "which the notebook does not have.",
                hint="Add the index to the notebook, or take the requirement from another one.",
                details={"name": requirement.name, "index": requirement.index},
            )


def _same(url: str) -> str:
    return url.rstrip("/")
