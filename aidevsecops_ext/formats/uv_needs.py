"""Who asks for what, as uv's resolver says it in its log, and as its output says it.

The log has lines such as::

    DEBUG Adding transitive dependency for flask==3.0.3: click>=8.1.3
    DEBUG Adding transitive dependency for click==8.1.7: colorama{sys_platform == 'win32'}*
    DEBUG Adding transitive dependency for requests==2.32.3: pysocks>=1.5.6, <1.5.7 | >=1.5.7+

A log may change with any version of uv, so the output of ``uv pip compile`` decides who asks for
whom, and the log only adds what exactly is asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..domain.names import canonicalize_name
from ..domain.tree import Need

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .requirements_txt import CompiledRequirements

_LINE = re.compile(
    r"DEBUG Adding transitive dependency for (?P<parent>[\w.-]+)==(?P<version>[^:\s]+): "
    r"(?P<child>[\w.-]+)(?:\[(?P<extra>[^\]]*)\])?(?:\{(?P<markers>[^}]*)\})?(?P<range>.*)"
)
_EXCLUDED = re.compile(r"<([^\s,|<>]+) \| >=?\1\+")
_EXACT = re.compile(r">=([^\s,|<>]+), <=?\1\+")


def read_needs(log: Iterable[str], compiled: CompiledRequirements) -> tuple[Need, ...]:
    """What each package of the output asks for, by its parents and then by its own name."""
    versions = {canonicalize_name(p.name): p.version for p in compiled.packages}
    said = _said(log, versions)
    needs: list[Need] = []
    for package in compiled.packages:
        child = canonicalize_name(package.name)
        for parent in sorted(package.via):
            exact = said.get((parent, child), {})
            needs += [
                Need(parent, child, specifier, markers, tuple(sorted(extras)))
                for (specifier, markers), extras in exact.items()
            ] or [Need(parent, child)]
    return tuple(needs)


def _said(
    log: Iterable[str], versions: dict[str, str]
) -> dict[tuple[str, str], dict[tuple[str, str], set[str]]]:
    """For each parent and child the specifiers with markers, and the extras with them."""
    said: dict[tuple[str, str], dict[tuple[str, str], set[str]]] = {}
    for line in log:
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            continue
        parent, child = canonicalize_name(match["parent"]), canonicalize_name(match["child"])
        # What another version asked for is history; and a package with an extra asks for itself.
        if parent == child or versions.get(parent) != match["version"]:
            continue
        asked = specifier_of(match["range"]), (match["markers"] or "").strip()
        extras = said.setdefault((parent, child), {}).setdefault(asked, set())
        extras |= {extra for extra in (match["extra"] or "").split(",") if extra}
    return said


def specifier_of(versions: str) -> str:
    """A range of versions in uv's words as a PEP 440 specifier, as far as there is one."""
    text = _EXACT.sub(r"==\1", _EXCLUDED.sub(r"!=\1", versions.strip()))
    # "~= 1.0" excludes the pre-releases of 2 as well; nobody writes it so.
    text = re.sub(r"(<[^\s,|<>]+)\.dev0", r"\1", text)
    text = re.sub(r"<([^\s,|<>]+)\+", r"<=\1", text)
    text = re.sub(r">=?([^\s,|<>]+)\+", r">\1", text)
    return "" if text == "*" else text.replace(", ", ",")
