"""Which wheels fit a Python and a platform (PEP 425, 600, 656)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GLIBC = re.compile(r"(?P<arch>\w+?)-manylinux_2_(?P<minor>\d+)")
_GLIBC_2014 = re.compile(r"(?P<arch>\w+?)-manylinux2014")
_UNKNOWN_LINUX = re.compile(r"(?P<arch>\w+?)-unknown-linux-(?P<libc>gnu|musl)")
_WINDOWS = {
    "windows": "win_amd64",
    "x86_64-pc-windows-msvc": "win_amd64",
    "aarch64-pc-windows-msvc": "win_arm64",
    "i686-pc-windows-msvc": "win32",
}
_MAC = {"macos": "arm64", "aarch64-apple-darwin": "arm64", "x86_64-apple-darwin": "x86_64"}
# What uv takes these platforms to be.
_GLIBC_MINOR, _MUSL_MINOR, _MAC_VERSION = 28, 2, (13, 0)
_OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


def fitting_tags(python_version: str, platforms: Iterable[str]) -> frozenset[Tag]:
    """The tags of wheels that fit CPython ``X.Y`` on a machine with those platform tags."""
    major, minor = python_version.split(".")[:2]
    version = (int(major), int(minor))
    interpreter = f"cp{major}{minor}"
    known = [*platforms]
    return frozenset(
        (
            *cpython_tags(version, abis=[interpreter], platforms=known),
            *compatible_tags(version, interpreter=interpreter, platforms=known),
        )
    )


def platform_tags_of(platform: str) -> tuple[str, ...]:
    """The platform tags of a platform in uv's words, none for one that is not known here."""
    if platform in _WINDOWS:
        return (_WINDOWS[platform],)
    if platform in _MAC:
        return tuple(mac_platforms(_MAC_VERSION, _MAC[platform]))
    if platform == "linux":
        return tuple(_glibc("x86_64", _GLIBC_MINOR))
    if match := _GLIBC.fullmatch(platform):
        return tuple(_glibc(match["arch"], int(match["minor"])))
    if match := _GLIBC_2014.fullmatch(platform):
        return tuple(_glibc(match["arch"], 17))
    match = _UNKNOWN_LINUX.fullmatch(platform)
    if match is None:
        return ()
    if match["libc"] == "gnu":
        return tuple(_glibc(match["arch"], _GLIBC_MINOR))
    arch = match["arch"]
    musl = [f"musllinux_1_{minor}_{arch}" for minor in range(_MUSL_MINOR, -1, -1)]
    return (*musl, f"linux_{arch}")


def _glibc(arch: str, newest: int) -> Iterator[str]:
    for minor in range(min(newest, 99), 4, -1):
        yield f"manylinux_2_{minor}_{arch}"
        if minor in _OLD_NAMES:
            yield f"{_OLD_NAMES[minor]}_{arch}"
    yield f"linux_{arch}"
