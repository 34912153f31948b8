"""Changes to a Pipfile that keep all that they do not know, and the order of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.accelerator import is_backend_index_name
from ...domain.errors import ErrorCode, RefusedError
from ...domain.names import canonicalize_name
from .entries import (
    DEV_PACKAGES,
    MARKER_KEYS,
    ORIGIN_KEYS,
    PACKAGES,
    check_requirement,
    invalid,
    table_of,
    without_credentials,
)
from .secrets import without_secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...domain.json_value import Json
    from ...domain.requirements import Index, Requirement

_OWN_KEYS = frozenset({"version", "extras", "markers", "index", *MARKER_KEYS, *ORIGIN_KEYS})


def empty_pipfile(
    indexes: tuple[Index, ...] = (), python_version: str | None = None
) -> dict[str, Json]:
    """A Pipfile that asks for nothing, from those indexes."""
    pipfile: dict[str, Json] = {
        PACKAGES: {},
        DEV_PACKAGES: {},
        "source": [_source(index) for index in indexes],
    }
    if python_version is not None:
        pipfile["requires"] = {"python_version": python_version}
    return pipfile


def with_requirement(pipfile: Mapping[str, Json], requirement: Requirement) -> dict[str, Json]:
    """The Pipfile with the requirement added, or in place of the one of the same name.

    Raises:
        UserError: the requirement or the Pipfile is not valid.
    """
    return with_requirements(pipfile, (requirement,))


def with_requirements(
    pipfile: Mapping[str, Json], requirements: Iterable[Requirement]
) -> dict[str, Json]:
    """The Pipfile with each of the requirements added, or in place of the one of the same name.

    Raises:
        UserError: a requirement or the Pipfile is not valid.
    """
    changed = dict(pipfile)
    tables = {section: dict(table_of(pipfile, section)) for section in (PACKAGES, DEV_PACKAGES)}
    spellings = {section: _spellings(table) for section, table in tables.items()}
    for requirement in requirements:
        check_requirement(requirement)
        section, other = PACKAGES, DEV_PACKAGES
        if requirement.is_dev:
            section, other = other, section
        for name in spellings[other].pop(requirement.key, ()):
            del tables[other][name]
            changed[other] = tables[other]
        table = tables[section]
        # A new name is written normalised, as pipenv does: then every tool computes the same hash.
        name = spellings[section].setdefault(requirement.key, [requirement.key])[0]
        table[name] = _entry(table.get(name), requirement)
        changed[section] = table
    return changed


def without_requirement(pipfile: Mapping[str, Json], name: str) -> dict[str, Json]:
    """The Pipfile without the requirement of that name, wherever it is; unchanged without one.

    Raises:
        UserError: a section is not a table.
    """
    key = canonicalize_name(name)
    return _without(_without(pipfile, key, PACKAGES), key, DEV_PACKAGES)


def with_index(pipfile: Mapping[str, Json], index: Index) -> dict[str, Json]:
    """The Pipfile with the index among its sources, in place of one of the same name.

    The default index goes first: pipenv takes packages that name no index from the first source.

    Raises:
        RefusedError: the address holds a user name or password.
        UserError: the sources are not a list, or the address is not one.
    """
    _refuse_secrets(index.url)
    sources = pipfile.get("source")
    if sources is None:
        sources = []
    if isinstance(sources, dict):
        sources = [sources]
    if not isinstance(sources, list):
        raise invalid("source", "it is not a list")
    known = [source.get("name") if isinstance(source, dict) else None for source in sources]
    source: Json = _source(index)
    if index.name in known:
        place = known.index(index.name)
        old = sources[place]
        merged: Json = {**old, **_source(index)} if isinstance(old, dict) else source
        return {**pipfile, "source": [*sources[:place], merged, *sources[place + 1 :]]}
    return {**pipfile, "source": [source, *sources] if index.is_default else [*sources, source]}


def without_backend_indexes(pipfile: Mapping[str, Json]) -> dict[str, Json]:
    """The Pipfile without the indexes that a lock for an accelerator brought.

    Those that a requirement names are the user's own, and stay.
    """
    sources = pipfile.get("source")
    if not isinstance(sources, list):
        return {**pipfile}
    named = {
        entry.get("index")
        for section in (PACKAGES, DEV_PACKAGES)
        for entry in table_of(pipfile, section).values()
        if isinstance(entry, dict)
    }
    kept = [s for s in sources if not _is_brought(s, named)]
    return {**pipfile, "source": kept} if len(kept) < len(sources) else {**pipfile}


def _is_brought(source: Json, named: set[Json]) -> bool:
    name = source.get("name") if isinstance(source, dict) else None
    return isinstance(name, str) and is_backend_index_name(name) and name not in named


def _refuse_secrets(url: str) -> None:
    bare = without_credentials(url)
    if without_secret(url) != url:
        raise RefusedError(
            ErrorCode.REQUIREMENTS_UNSUPPORTED,
            f"The address of the index {bare} holds a user name or password.",
            hint="Keep it in pip's or uv's configuration, in .netrc, or write ${VARIABLE}.",
        )


def _source(index: Index) -> dict[str, Json]:
    return {"url": index.url, "verify_ssl": index.verify_ssl, "name": index.name}


def _without(pipfile: Mapping[str, Json], key: str, section: str) -> dict[str, Json]:
    table = table_of(pipfile, section)
    kept: dict[str, Json] = {n: e for n, e in table.items() if canonicalize_name(n) != key}
    return dict(pipfile) if len(kept) == len(table) else {**pipfile, section: kept}


def _spellings(table: Mapping[str, Json]) -> dict[str, list[str]]:
    """How each name is written, by what it is normalised."""
    found: dict[str, list[str]] = {}
    for name in table:
        found.setdefault(canonicalize_name(name), []).append(name)
    return found


def _entry(old: Json, requirement: Requirement) -> Json:
    version = requirement.specifier or "*"
    entry: dict[str, Json] = {"version": version}
    if requirement.extras:
        entry["extras"] = list(requirement.extras)
    if requirement.markers:
        entry["markers"] = requirement.markers
    if requirement.index:
        entry["index"] = requirement.index
    unknown = {}
    if isinstance(old, dict):
        unknown = {key: value for key, value in old.items() if key not in _OWN_KEYS}
    if len(entry) == 1 and not unknown:
        return version
    if not isinstance(old, dict):
        return entry
    # The old order first, so that a notebook's diff shows only what changed.
    return {key: value for key, value in {**old, **entry}.items() if key in {**entry, **unknown}}
