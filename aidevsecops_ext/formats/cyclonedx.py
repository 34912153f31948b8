"""A software bill of materials of a lock, as CycloneDX 1.6 in JSON.

The same lock gives the same text but for the time; also its serial number is made from the lock.
"""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.lock import Lock, LockedPackage
    from ..domain.requirements import RequirementSet

_SPACE = uuid.UUID("5c8a3f0e-3b0f-5d43-9d2c-3a8f4f1f7a51")
ALGORITHMS = {
    "md5": "MD5",
    "sha1": "SHA-1",
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha512": "SHA-512",
}
MARKERS = "aidevsecops:markers"
"""The property of a component that holds the markers of its package."""
_TIME = re.compile(r'("timestamp": ")[^"]*(")')


def write_bill(lock: Lock, asked: RequirementSet, name: str, now: float) -> str:
    """The bill of a notebook called ``name``, made at that time.

    What the notebook asks for is what its own component depends on; what locked packages need of
    each other is not in a lock, and the bill says that it does not know it.
    """
    packages = sorted(lock.packages, key=lambda p: p.key)
    refs = {package.key: _purl(package) for package in packages}
    direct = sorted({refs[r.key] for r in asked.requirements if r.key in refs})
    bill: dict[str, Json] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "",
        "version": 1,
        "metadata": {
            "timestamp": _stamp(now),
            "tools": {"components": [{"type": "application", "name": "aidevsecops"}]},
            "component": {"bom-ref": "notebook", "type": "application", "name": name},
        },
        "components": [_component(package, lock) for package in packages],
        "dependencies": [{"ref": "notebook", "dependsOn": [*direct]}],
        "compositions": [
            {"aggregate": "complete", "assemblies": ["notebook"]},
            {"aggregate": "unknown", "dependencies": [*sorted(refs.values())]},
        ],
    }
    bare = _TIME.sub(r"\1\2", json.dumps(bill))
    bill["serialNumber"] = uuid.uuid5(_SPACE, bare).urn
    return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


def is_same_bill(one: str, other: str) -> bool:
    """True when two bills differ in nothing but their time."""
    return _TIME.sub(r"\1\2", one) == _TIME.sub(r"\1\2", other)


def _component(package: LockedPackage, lock: Lock) -> Json:
    hashes: list[Json] = [
        {"alg": ALGORITHMS[algorithm], "content": digest}
        for algorithm, _, digest in (value.partition(":") for value in package.hashes)
        if algorithm in ALGORITHMS
    ]
    component: dict[str, Json] = {
        "bom-ref": _purl(package),
        "type": "library",
        "name": package.key,
        "version": package.version,
        "scope": "optional" if package.is_dev or package.markers else "required",
        "hashes": hashes,
        "purl": _purl(package),
    }
    index = next((i for i in lock.indexes if i.name == package.index), None)
    if index is not None:
        url = f"{index.url.rstrip('/')}/{package.key}/"
        component["externalReferences"] = [{"type": "distribution", "url": url}]
    if package.markers:
        component["properties"] = [{"name": MARKERS, "value": package.markers}]
    return component


def _purl(package: LockedPackage) -> str:
    return f"pkg:pypi/{package.key}@{quote(package.version, safe='')}"


def _stamp(now: float) -> str:
    return datetime.fromtimestamp(int(now), timezone.utc).isoformat().replace("+00:00", "Z")
