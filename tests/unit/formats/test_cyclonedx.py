"""The bill of materials."""

from __future__ import annotations

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from msgspec.structs import replace

from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement, RequirementSet
from aidevsecops_ext.formats.cyclonedx import is_same_bill, write_bill

LOCK = Lock(
    (
        LockedPackage("b", "2+cu1", ("sha256:00", "blake2b:11"), "os_name == 'nt'"),
        LockedPackage("a", "1", ("sha256:22",), index="own"),
        LockedPackage("t", "3", ("sha256:33",), is_dev=True),
    ),
    "",
    (Index("own", "https://own.example/simple/"),),
)
# The same with hashes as long as they really are.
WHOLE = replace(
    LOCK, packages=tuple(replace(p, hashes=(f"sha256:{p.name:0>64}",)) for p in LOCK.packages[:2])
)
ASKED = RequirementSet((Requirement("A"), Requirement("gone")))


def test_write_bill_lists_packages_with_purls_and_hashes() -> None:
    bill = json.loads(write_bill(LOCK, ASKED, "nb.ipynb", 0.9))

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["timestamp"] == "1970-01-01T00:00:00Z"
    assert bill["components"][0] == {
        "bom-ref": "pkg:pypi/a@1",
        "type": "library",
        "name": "a",
        "version": "1",
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": "22"}],
        "purl": "pkg:pypi/a@1",
        "externalReferences": [{"type": "distribution", "url": "https://own.example/simple/a/"}],
    }
    assert bill["components"][1]["purl"] == "pkg:pypi/b@2%2Bcu1"
    assert bill["components"][1]["hashes"] == [{"alg": "SHA-256", "content": "00"}]
    assert bill["components"][1]["properties"][0]["value"] == "os_name == 'nt'"
    assert [component["scope"] for component in bill["components"]] == [
        "required",
        "optional",
        "optional",
    ]
    assert bill["dependencies"] == [{"ref": "notebook", "dependsOn": ["pkg:pypi/a@1"]}]


@pytest.mark.parametrize("lock", [WHOLE, Lock((), "")])
def test_write_bill_is_valid_for_the_library_of_the_standard(lock: Lock) -> None:
    text = write_bill(lock, ASKED, "work bench/é.ipynb", 1e9)

    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)

    assert error is None


def test_write_bill_gives_the_same_but_for_the_time_when_the_lock_is_the_same() -> None:
    first, second = (write_bill(LOCK, ASKED, "nb.ipynb", now) for now in (0.0, 1e9))

    assert first != second
    assert is_same_bill(first, second)
    assert not is_same_bill(first, write_bill(LOCK, ASKED, "other.ipynb", 0.0))
