"""``uv.lock``, as juv keeps it in a notebook's metadata and uv beside a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from ..domain.exchange import FileReading
from ..domain.lock import Lock, LockedPackage
from ..domain.names import canonicalize_name
from ..domain.requirements import Index, Requirement, RequirementSet
from .index_names import named_indexes
from .requires_python import read_requires_python
from .toml_text import read_toml, table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json

JUV_KEY = "uv.lock"
_VERSION = 1
_OWN = ("virtual", "editable")


def read_uv_lock(text: str, name: str = "uv.lock") -> FileReading:
    """What the file asks for, where it says so, and the lock.

    A package that only some platforms need gets the markers of those that need it.

    Raises:
        UserError: it is not TOML.
        RefusedError: another version of the format, or several versions of one package.
    """
    document = read_toml(text, name)
    if document.get("version") != _VERSION:
        raise _unsupported(name, "it is of another version of its format than 1")
    entries = tables_of(document, "package")
    own = [e for e in entries if any(key in table_of(e, "source") for key in _OWN)]
    others = [e for e in entries if e not in own]
    roots = [*tables_of(table_of(document, "manifest"), "requirements")]
    for entry in own:
        roots += tables_of(entry, "dependencies")
    urls = (text_of(table_of(e, "source"), "registry") for e in others)
    indexes = named_indexes(url for url in urls if "://" in url)
    markers = _markers(roots, others)
    lost: list[str] = []
    packages: dict[str, LockedPackage] = {}
    for entry in others:
        package = _package(entry, indexes, markers, lost)
        if package is not None:
            if package.key in packages:
                raise _unsupported(name, f"it holds several versions of {package.name}")
            packages[package.key] = package
    python, lost_python = read_requires_python(text_of(document, "requires-python"))
    asked = tuple(_asked(document, own))
    return FileReading(
        RequirementSet(asked, indexes, python) if asked else None,
        Lock(tuple(packages.values()), "", indexes, python),
        (*lost, *lost_python),
    )


def _asked(document: dict[str, Json], own: list[dict[str, Json]]) -> Iterator[Requirement]:
    listed = tables_of(table_of(document, "manifest"), "requirements")
    for entry in own:
        listed += tables_of(table_of(entry, "metadata"), "requires-dist")
    for requirement in {canonicalize_name(text_of(e, "name")): e for e in listed}.values():
        extras = requirement.get("extras")
        yield Requirement(
            name=text_of(requirement, "name"),
            specifier=text_of(requirement, "specifier"),
            extras=tuple(str(e) for e in extras) if isinstance(extras, list) else (),
            markers=text_of(requirement, "marker"),
        )


def _package(
    entry: dict[str, Json], indexes: tuple[Index, ...], markers: dict[str, str], lost: list[str]
) -> LockedPackage | None:
    name, source = text_of(entry, "name"), table_of(entry, "source")
    url = text_of(source, "registry").rstrip("/")
    if not url:
        lost.append(f"{name} is left out: it comes from no package index.")
        return None
    files = [*([entry["sdist"]] if "sdist" in entry else []), *tables_of(entry, "wheels")]
    return LockedPackage(
        name=name,
        version=text_of(entry, "version"),
        hashes=tuple(sorted({digest for file in files if (digest := text_of(file, "hash"))})),
        markers=markers.get(name, ""),
        index=next((i.name for i in indexes if i.url.rstrip("/") == url), None),
    )


def _markers(roots: list[dict[str, Json]], entries: list[dict[str, Json]]) -> dict[str, str]:
    """The markers of each package that not every platform needs."""
    needs = {text_of(entry, "name"): [*_needs(entry)] for entry in entries}
    always: set[str] = set()
    left = [text_of(root, "name") for root in roots if not text_of(root, "marker")]
    while left:
        name = left.pop()
        if name not in always:
            always.add(name)
            left += [child for child, marker in needs.get(name, ()) if not marker]
    found: dict[str, dict[str, None]] = {}
    waiting = [(text_of(r, "name"), text_of(r, "marker")) for r in roots]
    waiting += [edge for name in sorted(always) for edge in needs.get(name, ())]
    while waiting:
        name, marker = waiting.pop(0)
        if name in always or marker in found.setdefault(name, {}):
            continue
        # A package that is needed again under another marker hands that one on as well.
        found[name][marker] = None
        if len(found[name]) <= _MOST_MARKERS:
            waiting += [(child, _both(marker, own)) for child, own in needs.get(name, ())]
    return {name: _either(list(each)) for name, each in found.items()}


_MOST_MARKERS = 4


def _needs(entry: dict[str, Json]) -> Iterator[tuple[str, str]]:
    optional = table_of(entry, "optional-dependencies")
    for listed in (
        [*tables_of(entry, "dependencies")],
        *(tables_of(optional, k) for k in optional),
    ):
        for need in listed:
            yield text_of(need, "name"), text_of(need, "marker")


def _both(one: str, other: str) -> str:
    if not other or one == other:
        return one
    return " and ".join(f"({part})" if " or " in part else part for part in (one, other))


def _either(markers: list[str]) -> str:
    if len(markers) == 1:
        return markers[0]
    return " or ".join(f"({marker})" for marker in markers)


def _unsupported(name: str, reason: str) -> RefusedError:
    return RefusedError(
        ErrorCode.FORMAT_UNSUPPORTED,
        f"{name} cannot be taken over: {reason}.",
        hint="Take over what it asks for, and lock the notebook anew.",
        details={"file": name},
    )
