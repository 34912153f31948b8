"""OSV records (OSV schema 1): which versions of a package they affect, and how badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from ..domain.advisories import Advisory, Severity
from ..domain.names import canonicalize_name
from ..domain.package_versions import package_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json

ECOSYSTEM = "PyPI"
_WORDS = {
    "CRITICAL": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "MODERATE": Severity.MODERATE,
    "MEDIUM": Severity.MODERATE,
    "LOW": Severity.LOW,
    "NONE": Severity.LOW,
}


def is_record(value: Json) -> bool:
    """True for an OSV record that can be used."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and isinstance(value.get("affected", []), list)
    )


def packages_of(record: Mapping[str, Json]) -> frozenset[str]:
    """The normalised names of the Python packages that a record speaks of."""
    names = (_name(affected) for affected in _tables(record.get("affected")))
    return frozenset(name for name in names if name)


def is_withdrawn(record: Mapping[str, Json]) -> bool:
    """True for a record that its authors took back."""
    return bool(record.get("withdrawn"))


def affects(record: Mapping[str, Json], name: str, version: Version) -> bool:
    """True when the record is against that version: it is listed, or in one of the ranges."""
    for affected in _of_package(record, name):
        listed = affected.get("versions")
        texts = listed if isinstance(listed, list) else []
        if any(_version(text) == version for text in texts):
            return True
        if any(_is_in(bounds, version) for bounds in _ranges(affected)):
            return True
    return False


def advisory_of(record: Mapping[str, Json], name: str, version: str) -> Advisory:
    """The record as an advisory against that version of that package."""
    identity = _text(record, "id")
    aliases = record.get("aliases")
    return Advisory(
        id=identity,
        aliases=tuple(
            alias
            for alias in (aliases if isinstance(aliases, list) else [])
            if isinstance(alias, str)
        ),
        severity=severity_of(record, name),
        summary=_text(record, "summary") or _text(record, "details").partition("\n")[0],
        fixed=fixed_versions(record, name, version),
        url=_url(record),
    )


def severity_of(record: Mapping[str, Json], name: str) -> Severity:
    """The worst of the CVSS vectors, else what the database says in a word."""
    affected = _of_package(record, name)
    vectors = [
        _text(entry, "score")
        for table in (record, *affected)
        for entry in _tables(table.get("severity"))
    ]
    found = [severity for severity in map(_of_vector, vectors) if severity is not None]
    if not found:
        specific = (table.get("database_specific") for table in (record, *affected))
        words = (_text(s, "severity").upper() for s in specific if isinstance(s, dict))
        found = [_WORDS[word] for word in words if word in _WORDS]
    return max(found, key=lambda severity: severity.weight, default=Severity.UNKNOWN)


def fixed_versions(record: Mapping[str, Json], name: str, version: str) -> tuple[str, ...]:
    """The versions after that one in which the record says it is fixed, the nearest first."""
    current = _version(version)
    fixed = {
        found
        for affected in _of_package(record, name)
        for events in _ranges(affected)
        for kind, text in events
        if kind == "fixed" and (found := _version(text)) and (current is None or found > current)
    }
    return tuple(str(found) for found in sorted(fixed))


def _is_in(events: list[tuple[str, str]], version: Version) -> bool:
    known = sorted(
        ((_bound(text), kind) for kind, text in events if _bound(text) is not None),
        key=lambda event: (event[0] or Version("0"), event[1] != "fixed"),
    )
    is_affected = False
    for bound, kind in known:
        if bound is None or bound > version:
            break
        if kind == "introduced":
            is_affected = True
        elif kind == "fixed" or (kind == "last_affected" and bound < version):
            is_affected = False
    return is_affected


def _bound(text: str) -> Version | None:
    # "0" is before every version, pre-releases and all.
    return Version("0.dev0") if text == "0" else _version(text)


def _ranges(affected: Mapping[str, Json]) -> Iterator[list[tuple[str, str]]]:
    for entry in _tables(affected.get("ranges")):
        if entry.get("type") == "ECOSYSTEM":
            yield [
                (kind, text)
                for event in _tables(entry.get("events"))
                for kind, text in event.items()
                if isinstance(text, str)
            ]


def _of_package(record: Mapping[str, Json], name: str) -> list[dict[str, Json]]:
    key = canonicalize_name(name)
    return [affected for affected in _tables(record.get("affected")) if _name(affected) == key]


def _name(affected: Mapping[str, Json]) -> str | None:
    package = affected.get("package")
    if not isinstance(package, dict) or package.get("ecosystem") != ECOSYSTEM:
        return None
    return canonicalize_name(_text(package, "name"))


def _of_vector(vector: str) -> Severity | None:
    # Slow to import, and only needed for what is vulnerable.
    from cvss import CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    try:
        if vector.startswith("CVSS:4"):
            word = str(CVSS4(vector).severity)
        elif vector.startswith("CVSS:3"):
            word = str(CVSS3(vector).severities()[0])
        else:
            return None
    except CVSSError:
        return None
    return _WORDS.get(word.upper())


def _url(record: Mapping[str, Json]) -> str:
    references = _tables(record.get("references"))
    by_kind = {_text(entry, "type"): _text(entry, "url") for entry in reversed(references)}
    return by_kind.get("ADVISORY") or by_kind.get("WEB") or next(iter(by_kind.values()), "")


def _version(text: Json) -> Version | None:
    return package_version(text) if isinstance(text, str) else None


def _tables(value: Json) -> list[dict[str, Json]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _text(table: Mapping[str, Json], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""
