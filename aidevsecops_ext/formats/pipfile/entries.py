"""What a Pipfile asks for.

An entry is ``"*"``, a version specifier, or a table::

    {"version": ">=2", "extras": ["socks"], "index": "internal", "sys_platform": "== 'linux'"}
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from ...domain.errors import ErrorCode, UserError
from ...domain.names import canonicalize_name, is_valid_name
from ...domain.package_versions import package_specifier
from ...domain.requirements import Index, Requirement, RequirementSet, UnsupportedRequirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...domain.json_value import Json

PACKAGES = "packages"
DEV_PACKAGES = "dev-packages"

_NAMES = "Names are of letters, digits, '-', '_' and '.'."

MARKER_KEYS = (
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_version",
    "python_full_version",
    "implementation_name",
    "implementation_version",
)
"""The environment markers that an entry may have as keys of its own (``os_name = "== 'nt'"``)."""

ORIGIN_KEYS = ("git", "hg", "svn", "bzr", "path", "file", "url", "editable", "ref", "subdirectory")
"""What makes an entry come from elsewhere than an index."""

_ORIGINS = {
    "git": "a Git repository",
    "hg": "a Mercurial repository",
    "svn": "a Subversion repository",
    "bzr": "a Bazaar repository",
    "path": "a local path",
    "file": "a file",
    "url": "an address",
    "editable": "an editable project",
}


def requirements_of(pipfile: Mapping[str, Json]) -> RequirementSet:
    """All that a Pipfile asks for; what a hashed lock cannot hold is in ``unsupported``.

    Raises:
        UserError: a name, specifier, marker or section is not valid; the message names it.
    """
    requirements: list[Requirement] = []
    unsupported: list[UnsupportedRequirement] = []
    for section in (PACKAGES, DEV_PACKAGES):
        seen: dict[str, str] = {}
        for name, entry in table_of(pipfile, section).items():
            found = _entry(name, entry, is_dev=section == DEV_PACKAGES)
            key = canonicalize_name(name)
            if key in seen:
                raise invalid(name, f"'{seen[key]}' and '{name}' are the same package")
            seen[key] = name
            if isinstance(found, Requirement):
                requirements.append(found)
            else:
                unsupported.append(found)
    return RequirementSet(
        requirements=tuple(requirements),
        indexes=indexes_of(pipfile.get("source")),
        python_version=_python_version(table_of(pipfile, "requires")),
        allow_prereleases=any(
            table_of(pipfile, section).get("allow_prereleases") is True
            for section in ("thoth", "pipenv")
        ),
        unsupported=tuple(unsupported),
    )


def names_of(pipfile: Mapping[str, Json]) -> tuple[str, ...]:
    """The names of all requirements as they are written, also of those that are not valid.

    Raises:
        UserError: a section is not a table.
    """
    return (*table_of(pipfile, PACKAGES), *table_of(pipfile, DEV_PACKAGES))


def indexes_of(sources: Json) -> tuple[Index, ...]:
    """The indexes of a list of Pipfile sources, without credentials in their addresses.

    Raises:
        UserError: a source is not a table with an address.
    """
    return tuple(_indexes(sources))


def _indexes(sources: Json) -> Iterator[Index]:
    if sources is None:
        return
    for source in sources if isinstance(sources, list) else [sources]:
        url = source.get("url") if isinstance(source, dict) else None
        if not isinstance(source, dict) or not isinstance(url, str) or not url:
            raise invalid("source", "a source needs an address ('url')")
        name = source.get("name")
        address = without_credentials(url)
        yield Index(
            name=name if isinstance(name, str) and name else (urlsplit(address).hostname or url),
            url=address,
            verify_ssl=source.get("verify_ssl") is not False,
        )


def without_credentials(url: str) -> str:
    """The address without user and password.

    Raises:
        UserError: it is not an address.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise invalid("source", f"an index's address is not one ({error})") from error
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def table_of(pipfile: Mapping[str, Json], section: str) -> dict[str, Json]:
    """A section of the Pipfile, empty when it is missing.

    Raises:
        UserError: it is not a table.
    """
    value = pipfile.get(section)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid(section, "it is not a table")
    return value


def invalid(name: str, reason: str) -> UserError:
    """The error for something in a Pipfile that is not valid."""
    return UserError(
        ErrorCode.REQUIREMENTS_INVALID,
        f"The requirement '{name}' is not valid: {reason}.",
        hint="Correct the notebook's requirements.",
        details={"name": name},
    )


class Fault(Struct, frozen=True):
    """What is wrong with a requirement: the field, a clause about its value, how to write it."""

    field: str
    reason: str
    hint: str


def fault_of(requirement: Requirement) -> Fault | None:
    """The first thing wrong with name, extras, specifier and markers; None when all is valid."""
    if not is_valid_name(requirement.name):
        return Fault("name", f"'{requirement.name}' is not a package name", _NAMES)
    for extra in requirement.extras:
        if not is_valid_name(extra):
            return Fault("extras", f"'{extra}' is not the name of an extra", _NAMES)
    if not requirement.specifier and not requirement.markers:
        return None
    # Slow to import, and most requirements of real notebooks have no constraints.
    from packaging.markers import InvalidMarker, Marker

    if package_specifier(requirement.specifier) is None:
        reason = f"'{requirement.specifier}' is not a version constraint"
        return Fault("specifier", reason, "Write it like >=2.1,<3.")
    try:
        if requirement.markers:
            Marker(requirement.markers)
    except InvalidMarker:
        reason = f"'{requirement.markers}' is not an environment marker"
        return Fault("markers", reason, "Write it like python_version < '3.12'.")
    return None


def check_requirement(requirement: Requirement) -> None:
    """Return when name, specifier, extras and markers are valid.

    Raises:
        UserError: one is not; the message says which.
    """
    fault = fault_of(requirement)
    if fault is not None:
        raise invalid(requirement.name, fault.reason)


def _entry(name: str, entry: Json, *, is_dev: bool) -> Requirement | UnsupportedRequirement:
    if isinstance(entry, str):
        table: dict[str, Json] = {"version": entry}
    elif isinstance(entry, dict):
        table = entry
    else:
        raise invalid(name, "its entry is neither a specifier nor a table")
    origin = next((key for key in _ORIGINS if table.get(key) not in (None, False)), None)
    if origin is not None:
        reason = f"it comes from {_ORIGINS[origin]}, which a lock with hashes cannot hold"
        return UnsupportedRequirement(name, reason)
    version = _text(name, table, "version")
    extras = table.get("extras") or []
    if not isinstance(extras, list):
        raise invalid(name, "its extras are not a list")
    requirement = Requirement(
        name=name,
        specifier="" if version == "*" else version,
        extras=tuple(str(extra) for extra in extras),
        markers=_markers(name, table),
        index=_text(name, table, "index") or None,
        is_dev=is_dev,
    )
    check_requirement(requirement)
    return requirement


def _markers(name: str, table: Mapping[str, Json]) -> str:
    parts = [_text(name, table, "markers")]
    parts += [f"{key} {_text(name, table, key)}" for key in MARKER_KEYS if table.get(key)]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        return parts[0]
    return " and ".join(f"({part})" if " or " in part else part for part in parts)


def _text(name: str, table: Mapping[str, Json], key: str) -> str:
    value = table.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid(name, f"its {key} is not a text")
    return value.strip()


def _python_version(requires: Mapping[str, Json]) -> str | None:
    for key in ("python_version", "python_full_version"):
        value = requires.get(key)
        if value is None or value == "*":
            continue
        if not isinstance(value, str):
            raise invalid(key, "a Python version is a text, such as '3.11'")
        return ".".join(value.strip().split(".")[:2])
    return None
