"""The result of an analysis of Thoth's adviser: a lock, and the reasons for it or against one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import UserError
from ..domain.names import is_valid_name
from ..domain.package_versions import package_specifier, package_version
from .pipfile import lock_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packaging.version import Version

    from ..domain.json_value import Json
    from ..domain.lock import Lock, LockedPackage
    from ..domain.requirements import Requirement

_HASH = re.compile(r"sha256:[0-9a-f]{64}")


class InvalidAdviceError(ValueError):
    """The answer is not what Thoth's description of it says; the message says what is off."""


class Advice(Struct, frozen=True):
    """What Thoth recommends: ``lock`` None when nothing, ``problem`` says why then.

    ``justification`` are sentences, what concerns the whole stack first.
    """

    lock: Lock | None
    problem: str | None
    justification: tuple[str, ...] = ()


def read_advice(text: str) -> Advice:
    """What the result says.

    Raises:
        InvalidAdviceError: it is no result of an analysis.
    """
    try:
        result: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidAdviceError("it is not JSON") from error
    if not isinstance(result, dict) or "error" not in result:
        raise InvalidAdviceError("it is no result of an analysis")
    report = _table(result, "report")
    guidance = _sentences(report.get("stack_info"))
    if result["error"]:
        message = result.get("error_msg")
        said = message if isinstance(message, str) and message else _last_word(report)
        return Advice(None, said, guidance)
    products = report.get("products")
    product = products[0] if isinstance(products, list) and products else None
    if not isinstance(product, dict):
        return Advice(None, _last_word(report), guidance)
    reasons = tuple(dict.fromkeys((*guidance, *_sentences(product.get("justification")))))
    locked = _table(product, "project").get("requirements_locked")
    if not isinstance(locked, dict):
        raise InvalidAdviceError("it holds no lock")
    try:
        return Advice(lock_of(locked), None, reasons)
    except UserError as error:
        raise InvalidAdviceError(error.message.rstrip(".")) from error


def check_advised(packages: Iterable[LockedPackage], asked: Iterable[Requirement]) -> None:
    """Nothing when the packages are pinned with hashes and are what was asked for.

    Raises:
        InvalidAdviceError: they are not; the message says which one.
    """
    versions: dict[str, Version] = {}
    for package in packages:
        if not is_valid_name(package.name):
            raise InvalidAdviceError(f"'{package.name}' is no name of a package")
        version = package_version(package.version)
        if version is None:
            raise InvalidAdviceError(f"{package.name} is not pinned to a version")
        versions[package.key] = version
        if not package.hashes or not all(map(_HASH.fullmatch, package.hashes)):
            raise InvalidAdviceError(f"{package.name} has no hashes")
    for requirement in asked:
        found = versions.get(requirement.key)
        if found is None:
            # What a marker excludes is rightly left out.
            if requirement.markers:
                continue
            raise InvalidAdviceError(f"{requirement.name} was asked for and is not in it")
        allowed = package_specifier(requirement.specifier)
        if allowed is not None and not allowed.contains(found, prereleases=True):
            raise InvalidAdviceError(f"{requirement.to_pep508()} was asked for, not {found}")


def _sentences(entries: Json) -> tuple[str, ...]:
    """Each justification as one line: its package, what it says, and where more is said."""
    found: dict[str, None] = {}
    for entry in entries if isinstance(entries, list) else []:
        message = entry.get("message") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(message, str):
            continue
        package, link = entry.get("package_name"), entry.get("link")
        start = f"{package}: " if isinstance(package, str) and package else ""
        end = f" ({link})" if isinstance(link, str) and link.startswith("https://") else ""
        found[f"{start}{' '.join(message.split())}{end}"] = None
    return tuple(found)


def _last_word(report: Mapping[str, Json]) -> str:
    said = report.get("ERROR")
    return said if isinstance(said, str) and said else "Thoth gave no reason"


def _table(parent: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}
