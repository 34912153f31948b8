"""Lists of PEP 508 requirements in the files of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from .pep508 import InvalidRequirementError, parse_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json
    from ..domain.requirements import Requirement


def read_list(
    entries: Json, lost: list[str], known: Iterable[Requirement] = (), *, is_dev: bool = False
) -> tuple[Requirement, ...]:
    """The requirements in the list that are not known yet; ``lost`` gains what is none."""
    found: dict[str, Requirement] = {}
    taken = {requirement.key for requirement in known}
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, str):
            lost.append(f"{entry!r} is not a requirement.")
            continue
        try:
            requirement = replace(parse_requirement(entry), is_dev=is_dev)
        except InvalidRequirementError as error:
            lost.append(str(error))
            continue
        if requirement.key in taken or requirement.key in found:
            lost.append(f"'{entry}' is left out: {requirement.name} is named already.")
        else:
            found[requirement.key] = requirement
    return tuple(found.values())
