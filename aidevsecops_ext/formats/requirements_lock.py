"""``requirements.txt``: requirements as people write them, or a lock with the hash of every file.

One locked package looks so::

    requests[socks]==2.34.2 ; sys_platform != 'win32' \\
        --hash=sha256:2a0d... \\
        --hash=sha256:f288...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.exchange import FileReading
from ..domain.late_patterns import late_pattern
from ..domain.lock import Lock, LockedPackage
from ..domain.requirements import Index, Requirement, RequirementSet
from .index_names import named_indexes
from .pep508 import InvalidRequirementError, parse_requirement
from .redaction import redact

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH = late_pattern(r"\s--hash[= ](\S+)")
_COMMENT = late_pattern(r"(^|\s)#.*")
_OPTION = late_pattern(r"(-[-\w]+?)(?:[= ]\s*|(?<=^-\w))(.*)")
_PIN = late_pattern(r"===?\s*([^\s,*]+)")
_INDEX_OPTIONS = frozenset({"-i", "--index-url", "--extra-index-url"})


def write_locked(lock: Lock, *, is_dev: bool) -> str:
    """The packages of one group with their hashes, and the indexes that are not the default."""
    others = [index.url for index in lock.indexes if not index.is_default]
    first = bool(lock.indexes) and not lock.indexes[0].is_default
    lines = [
        f"--index-url {url}" if first and number == 0 else f"--extra-index-url {url}"
        for number, url in enumerate(others)
    ]
    packages = sorted((p for p in lock.packages if p.is_dev is is_dev), key=lambda p: p.key)
    lines += [_locked(package) for package in packages]
    return "".join(f"{line}\n" for line in lines)


def read_requirements(text: str) -> FileReading:
    """What the file asks for, and a lock where every package is pinned and has hashes."""
    reader = _Reader()
    for line in logical_lines(text):
        reader.read(line)
    indexes = named_indexes(reader.urls)
    asked = RequirementSet(tuple(reader.requirements), indexes)
    lock = None
    if reader.packages and len(reader.packages) == len(reader.requirements):
        lock = Lock(tuple(reader.packages), "", indexes)
    return FileReading(None if lock else asked, lock, tuple(reader.lost))


def _locked(package: LockedPackage) -> str:
    extras = f"[{','.join(sorted(package.extras))}]" if package.extras else ""
    markers = f" ; {package.markers}" if package.markers else ""
    head = f"{package.key}{extras}=={package.version}{markers}"
    return " \\\n    ".join([head, *(f"--hash={value}" for value in sorted(package.hashes))])


def logical_lines(text: str) -> Iterator[str]:
    """The lines without comments, continued ones as one; empty ones are left out."""
    whole = ""
    for raw in text.removeprefix("\ufeff").splitlines():
        whole += raw
        if raw.endswith("\\"):
            whole = whole[:-1]
            continue
        line = _COMMENT.sub("", whole).strip()
        whole = ""
        if line:
            yield line
    if whole.strip():
        yield whole.strip()


class _Reader(Struct):
    requirements: list[Requirement] = field(default_factory=list)
    known: dict[str, Requirement] = field(default_factory=dict)
    packages: list[LockedPackage] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        if line.startswith("-"):
            self._read_option(line)
            return
        hashes = tuple(sorted(_HASH.findall(line)))
        bare = line.partition(" --")[0]
        try:
            requirement = parse_requirement(bare)
        except InvalidRequirementError as error:
            self.lost.append(str(error))
            return
        known = self.known.setdefault(requirement.key, requirement)
        if known is not requirement:
            self.lost.append(
                f"{requirement.name} is named more than once; '{known.to_pep508()}' counts."
            )
            return
        self.requirements.append(requirement)
        pin = _PIN.fullmatch(requirement.specifier)
        if pin and hashes:
            self.packages.append(
                LockedPackage(
                    name=requirement.name,
                    version=pin[1],
                    hashes=hashes,
                    markers=requirement.markers,
                    extras=requirement.extras,
                )
            )

    def _read_option(self, line: str) -> None:
        name, value = option_of(line)
        if name in _INDEX_OPTIONS and value:
            self.urls.append(value)
        else:
            self.lost.append(f"The line '{redact(line)}' is not taken over.")


def option_of(line: str) -> tuple[str, str]:
    """The name and the value of a line that is an option, however they are joined."""
    match = _OPTION.fullmatch(line)
    return (match[1], match[2].strip()) if match else (line, "")


def undescribed(indexes: tuple[Index, ...]) -> tuple[str, ...]:
    """What a list of addresses does not say of the indexes."""
    if len(indexes) < 2:
        return ()
    return ("Which package comes from which index is not kept: pip asks all of them.",)
