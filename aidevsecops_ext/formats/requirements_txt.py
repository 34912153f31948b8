"""The ``requirements.txt`` that ``uv pip compile`` writes, with hashes, graph and indexes.

One package looks so::

    requests[socks]==2.34.2 ; sys_platform != 'win32' \\
        --hash=sha256:2a0d... \\
        --hash=sha256:f288...
        # via this-notebook (pyproject.toml), torch
        # from https://index.example/simple
"""

from __future__ import annotations

from msgspec import Struct, field

from ..domain.errors import ErrorCode, OutsideFailedError
from ..domain.late_patterns import late_pattern
from ..domain.names import canonicalize_name

_HEAD = late_pattern(
    r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)"
    r"(?:\[(?P<extras>[^\]]*)\])?"
    r"==(?P<version>[^\s;\\]+)"
    r"(?:\s*;\s*(?P<markers>.*))?$"
)
_HASH = "--hash="
_VIA = "# via "
_FROM = "# from "


class CompiledPackage(Struct, frozen=True):
    """One pinned package; ``via`` are the packages that need it, ``index_url`` where it is from."""

    name: str
    version: str
    extras: tuple[str, ...] = ()
    markers: str = ""
    hashes: tuple[str, ...] = ()
    via: frozenset[str] = frozenset()
    index_url: str | None = None


class CompiledRequirements(Struct, frozen=True):
    """All pinned packages, and the address of the default index if the file names one."""

    packages: tuple[CompiledPackage, ...] = ()
    index_url: str | None = None

    def needed_by(self, names: frozenset[str]) -> frozenset[str]:
        """The given packages and all that they need, as normalised names."""
        needs: dict[str, set[str]] = {}
        for package in self.packages:
            for parent in package.via:
                needs.setdefault(parent, set()).add(canonicalize_name(package.name))
        found: set[str] = set()
        left = set(names)
        while left:
            name = left.pop()
            found.add(name)
            left |= needs.get(name, set()) - found
        return frozenset(found)


class _Draft(Struct):
    head: str
    hashes: list[str] = field(default_factory=list)
    via: set[str] = field(default_factory=set)
    index_url: str | None = None


def read_compiled(text: str) -> CompiledRequirements:
    """The packages of a compiled file.

    Raises:
        OutsideFailedError: a line is none that uv writes for packages of an index.
    """
    index_url: str | None = None
    drafts: list[_Draft] = []
    for raw in text.splitlines():
        line = raw.strip().removesuffix("\\").rstrip()
        if line.startswith("--index-url "):
            index_url = line.split(maxsplit=1)[1]
        elif drafts and line.startswith((_HASH, _VIA, _FROM)):
            _add_detail(drafts[-1], line)
        elif line and not line.startswith(("#", "--")):
            drafts.append(_Draft(line))
    return CompiledRequirements(tuple(_package(draft) for draft in drafts), index_url)


def _add_detail(draft: _Draft, line: str) -> None:
    if line.startswith(_HASH):
        draft.hashes.append(line.removeprefix(_HASH))
    elif line.startswith(_FROM):
        draft.index_url = line.removeprefix(_FROM)
    else:
        parents = (parent.strip() for parent in line.removeprefix(_VIA).split(","))
        # "name (file)" and "-r file" say that a file asks for it, not a package.
        draft.via |= {canonicalize_name(p) for p in parents if p and " " not in p}


def _package(draft: _Draft) -> CompiledPackage:
    match = _HEAD.match(draft.head)
    if match is None:
        raise OutsideFailedError(
            ErrorCode.LOCK_ENGINE_FAILED,
            "The engine pinned something that is not a package of an index.",
            hint="Require it from a package index instead.",
            details={"line": draft.head},
        )
    return CompiledPackage(
        name=match["name"],
        version=match["version"],
        extras=tuple(
            extra.strip() for extra in (match["extras"] or "").split(",") if extra.strip()
        ),
        markers=(match["markers"] or "").strip(),
        hashes=tuple(sorted(draft.hashes)),
        via=frozenset(draft.via),
        index_url=draft.index_url,
    )
