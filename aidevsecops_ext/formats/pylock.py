"""``pylock.toml`` (PEP 751): exact versions and the address and hash of every file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from ..domain.errors import ErrorCode, RefusedError
from ..domain.exchange import FileReading, PackageFile
from ..domain.late_patterns import late_pattern
from ..domain.lock import Lock, LockedPackage
from ..domain.names import canonicalize_name
from .index_names import named_indexes
from .requires_python import read_requires_python, write_requires_python
from .toml_text import quoted, read_toml, table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json
    from ..domain.requirements import Index

_VERSION = "1.0"
_NAME = late_pattern(r"pylock\.(?:[^.]+\.)?toml")
_ELSEWHERE = ("vcs", "directory", "archive")


def is_pylock_name(name: str) -> bool:
    """True for ``pylock.toml`` and ``pylock.<name>.toml``."""
    return _NAME.fullmatch(name) is not None


def read_pylock(text: str, name: str = "pylock.toml") -> FileReading:
    """The lock that the file holds.

    Raises:
        UserError: it is not TOML.
        RefusedError: another major version of the format, or several versions of one package.
    """
    document = read_toml(text, name)
    lost = [*_check_version(text_of(document, "lock-version"), name)]
    entries = tables_of(document, "packages")
    indexes = named_indexes(url for e in entries if (url := text_of(e, "index")))
    packages: dict[str, LockedPackage] = {}
    for entry in entries:
        package = _package(entry, indexes, lost)
        if package is None:
            continue
        if package.key in packages:
            _refuse(name, f"it holds several entries for {package.name}, a notebook only one")
        packages[package.key] = package
    if any(e.get("attestation-identities") for e in entries):
        lost.append("Who attested the files is not kept.")
    unknown = [k for k in ("environments", "extras", "dependency-groups") if document.get(k)]
    lost += [f"'{key}' is not kept." for key in unknown]
    python, lost_python = read_requires_python(text_of(document, "requires-python"))
    lock = Lock(tuple(packages.values()), "", indexes, python)
    return FileReading(lock=lock, lost=(*lost, *lost_python))


def read_files(text: str) -> dict[str, tuple[PackageFile, ...]]:
    """The files of each package, by its normalised name.

    Raises:
        UserError: it is not TOML.
    """
    entries = tables_of(read_toml(text, "pylock.toml"), "packages")
    return {canonicalize_name(text_of(entry, "name")): tuple(_files(entry)) for entry in entries}


def write_pylock(lock: Lock, files: Mapping[str, tuple[PackageFile, ...]]) -> str:
    """The file of a lock."""
    lines = [f"lock-version = {quoted(_VERSION)}", 'created-by = "aidevsecops"']
    if lock.python_version:
        lines.append(f"requires-python = {quoted(write_requires_python(lock.python_version))}")
    for package in sorted(lock.packages, key=lambda p: p.key):
        lines += ["", *_written(package, lock, files.get(package.key, ()))]
    return "\n".join(lines) + "\n"


def _written(package: LockedPackage, lock: Lock, files: tuple[PackageFile, ...]) -> Iterator[str]:
    # As pipenv has it: what names no index comes from the first.
    name = package.index or (lock.indexes[0].name if lock.indexes else None)
    index = next((i for i in lock.indexes if i.name == name), None)
    yield "[[packages]]"
    yield f"name = {quoted(package.key)}"
    yield f"version = {quoted(package.version)}"
    if package.markers:
        yield f"marker = {quoted(package.markers)}"
    if index is not None:
        yield f"index = {quoted(index.url)}"
    chosen = [file for file in files if file.hash in package.hashes]
    for file in chosen:
        if not file.is_wheel:
            yield f"sdist = {_file(file)}"
    wheels = [file for file in chosen if file.is_wheel]
    if wheels:
        yield "wheels = ["
        yield from (f"  {_file(file)}," for file in sorted(wheels, key=lambda file: file.name))
        yield "]"


def _file(file: PackageFile) -> str:
    size = "" if file.size is None else f"size = {file.size}, "
    algorithm, _, digest = file.hash.partition(":")
    return (
        f"{{ name = {quoted(file.name)}, url = {quoted(file.url)}, {size}"
        f"hashes = {{ {algorithm} = {quoted(digest)} }} }}"
    )


def _check_version(version: str, name: str) -> Iterator[str]:
    major, _, minor = version.partition(".")
    if major != "1":
        _refuse(name, f"it is of version '{version}' of its format; version 1 is known")
    if minor != "0":
        yield f"{name} is of version {version} of its format; what is new in it is not kept."


def _package(
    entry: dict[str, Json], indexes: tuple[Index, ...], lost: list[str]
) -> LockedPackage | None:
    name, version = text_of(entry, "name"), text_of(entry, "version")
    elsewhere = next((key for key in _ELSEWHERE if key in entry), None)
    if elsewhere or not version:
        lost.append(f"{name} is left out: it comes from no package index.")
        return None
    url = text_of(entry, "index").rstrip("/")
    return LockedPackage(
        name=canonicalize_name(name),
        version=version,
        hashes=tuple(sorted({file.hash for file in _files(entry)})),
        markers=text_of(entry, "marker"),
        index=next((i.name for i in indexes if url and i.url.rstrip("/") == url), None),
    )


def _files(entry: dict[str, Json]) -> Iterator[PackageFile]:
    sdist = entry.get("sdist")
    for table, is_wheel in (
        *([(sdist, False)] if isinstance(sdist, dict) else []),
        *((wheel, True) for wheel in tables_of(entry, "wheels")),
    ):
        size = table.get("size")
        for algorithm, digest in table_of(table, "hashes").items():
            yield PackageFile(
                url=text_of(table, "url"),
                hash=f"{algorithm}:{digest}",
                size=size if isinstance(size, int) else None,
                is_wheel=is_wheel,
            )


def _refuse(name: str, reason: str) -> NoReturn:
    raise RefusedError(
        ErrorCode.FORMAT_UNSUPPORTED,
        f"{name} cannot be taken over: {reason}.",
        hint="Lock it again with a tool that writes version 1, for one platform.",
        details={"file": name},
    )
