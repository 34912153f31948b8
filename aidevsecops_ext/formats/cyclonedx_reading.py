"""What a CycloneDX bill of materials (JSON, 1.2 and newer) says of packages from an index."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..domain.exchange import FileReading
from ..domain.lock import Lock, LockedPackage
from ..domain.names import canonicalize_name
from ..domain.requirements import Requirement, RequirementSet
from .cyclonedx import ALGORITHMS, MARKERS
from .index_names import named_indexes
from .toml_text import invalid_file, read_json, table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json
    from ..domain.requirements import Index

_PURL = "pkg:pypi/"
_NAMES = {written: name for name, written in ALGORITHMS.items()}


def is_bill_name(name: str) -> bool:
    """True for the names that bills in JSON go by."""
    return name.endswith(".cdx.json") or name == "bom.json"


def read_bill(text: str, name: str) -> FileReading:
    """The lock that the bill amounts to; what is asked for where it tells no hashes.

    Raises:
        UserError: it is not JSON, or no bill.
    """
    document = read_json(text, name)
    if document.get("bomFormat") != "CycloneDX":
        raise invalid_file(name, "it is no CycloneDX bill")
    lost: list[str] = []
    components = [*_components(document, lost)]
    urls = {text_of(c, "purl"): _index_url(c) for c in components}
    indexes = named_indexes(url for url in urls.values() if url)
    packages: dict[str, LockedPackage] = {}
    for component in components:
        package = _package(component, urls[text_of(component, "purl")], indexes)
        if package.key in packages:
            lost.append(f"{package.name} {package.version} is left out: the bill has two versions.")
            continue
        packages[package.key] = package
    bare = [package.name for package in packages.values() if not package.hashes]
    if bare:
        lost.append(f"The bill has no hashes of {', '.join(bare)}: lock the notebook.")
        return FileReading(asked=_pins(packages, indexes), lost=tuple(lost))
    lock = Lock(tuple(packages.values()), "", indexes)
    return FileReading(lock=lock, lost=tuple(lost), direct=_direct(document, components))


def _direct(document: dict[str, Json], components: list[dict[str, Json]]) -> frozenset[str]:
    """The keys of what the bill's own component depends on; none where the bill does not say."""
    root = text_of(table_of(document, "metadata", "component"), "bom-ref")
    needed = next(
        (e.get("dependsOn") for e in tables_of(document, "dependencies") if e.get("ref") == root),
        None,
    )
    refs = needed if root and isinstance(needed, list) else []
    return frozenset(_key(c) for c in components if c.get("bom-ref") in refs)


def _key(component: dict[str, Json]) -> str:
    name, _, _ = text_of(component, "purl").removeprefix(_PURL).partition("@")
    return canonicalize_name(unquote(name))


def _components(document: dict[str, Json], lost: list[str]) -> Iterator[dict[str, Json]]:
    for component in tables_of(document, "components"):
        if text_of(component, "purl").startswith(_PURL) and text_of(component, "version"):
            yield component
        else:
            known = text_of(component, "name") or "A component without a name"
            lost.append(f"{known} is left out: it comes from no Python package index.")


def _package(component: dict[str, Json], url: str, indexes: tuple[Index, ...]) -> LockedPackage:
    properties = tables_of(component, "properties")
    markers = next((text_of(p, "value") for p in properties if p.get("name") == MARKERS), "")
    return LockedPackage(
        name=_key(component),
        version=text_of(component, "version"),
        hashes=tuple(sorted({*_hashes(component)})),
        markers=markers,
        index=next((i.name for i in indexes if url and i.url.rstrip("/") == url), None),
        # What is optional for a platform has a marker; all else that is optional is for developers.
        is_dev=component.get("scope") == "optional" and not markers,
    )


def _hashes(component: dict[str, Json]) -> Iterator[str]:
    # Other tools say them of the files that they name.
    for table in (component, *tables_of(component, "externalReferences")):
        for entry in tables_of(table, "hashes"):
            algorithm = _NAMES.get(text_of(entry, "alg"))
            if algorithm:
                yield f"{algorithm}:{text_of(entry, 'content')}"


def _index_url(component: dict[str, Json]) -> str:
    """The address of the index, where the bill names the package's page on one."""
    for reference in tables_of(component, "externalReferences"):
        base, _, page = text_of(reference, "url").rstrip("/").rpartition("/")
        is_page = canonicalize_name(page) == canonicalize_name(text_of(component, "name"))
        if reference.get("type") == "distribution" and is_page:
            return base
    return ""


def _pins(packages: dict[str, LockedPackage], indexes: tuple[Index, ...]) -> RequirementSet:
    return RequirementSet(
        tuple(
            Requirement(p.name, f"=={p.version}", (), p.markers, p.index, p.is_dev)
            for p in packages.values()
        ),
        indexes,
    )
