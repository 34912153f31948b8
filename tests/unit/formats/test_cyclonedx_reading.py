"""Reading bills of materials: our own, and those of other tools."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.requirements import Index, Requirement, RequirementSet
from aidevsecops_ext.formats.cyclonedx import write_bill
from aidevsecops_ext.formats.cyclonedx_reading import is_bill_name, read_bill


def bill(*components: dict[str, Any]) -> str:
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": components})


def component(name: str, version: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": name}],
        **more,
    }


@pytest.mark.parametrize(
    ("name", "is_one"), [("nb.cdx.json", True), ("bom.json", True), ("package.json", False)]
)
def test_bill_is_known_by_its_name(name: str, is_one: bool) -> None:
    assert is_bill_name(name) is is_one


def test_read_bill_brings_back_the_lock_that_was_written() -> None:
    packages = (
        LockedPackage("a", "1", ("sha256:22",), index="own.example"),
        LockedPackage("b", "2+cu1", ("sha256:00", "sha512:11"), "os_name == 'nt'"),
        LockedPackage("t", "3", ("sha256:33",), is_dev=True),
    )
    lock = Lock(packages, "", (Index("own.example", "https://own.example/simple"),))

    asked = RequirementSet((Requirement("B"),))

    reading = read_bill(write_bill(lock, asked, "nb.ipynb", 0), "nb.cdx.json")

    assert reading.lock == lock
    assert (reading.asked, reading.direct, reading.lost) == (None, frozenset({"b"}), ())


def test_read_bill_takes_hashes_from_where_other_tools_say_them() -> None:
    reference = {
        "type": "distribution",
        "url": "https://files.example/Six-1.0.whl",
        "hashes": [{"alg": "SHA-256", "content": "ab"}, {"alg": "BLAKE3", "content": "cd"}],
    }
    text = bill(component("Six", "1.0", hashes=[], externalReferences=[reference]))

    lock = read_bill(text, "bom.json").lock

    assert lock is not None
    assert lock.packages == (LockedPackage("six", "1.0", ("sha256:ab",)),)
    assert lock.indexes == ()


def test_read_bill_is_what_is_asked_for_when_hashes_are_missing() -> None:
    text = bill(component("six", "1.0", hashes=[]), component("attrs", "2.0"))

    reading = read_bill(text, "bom.json")

    assert reading.lock is None
    assert reading.asked is not None
    assert [r.to_pep508() for r in reading.asked.requirements] == ["six==1.0", "attrs==2.0"]
    assert reading.lost == ("The bill has no hashes of six: lock the notebook.",)


def test_read_bill_says_what_it_leaves_out() -> None:
    text = bill(
        component("six", "1.0"),
        component("six", "2.0"),
        component("left-pad", "1.0", purl="pkg:npm/left-pad@1.0"),
        {"type": "file"},
    )

    reading = read_bill(text, "bom.json")

    assert reading.lock is not None
    assert [p.version for p in reading.lock.packages] == ["1.0"]
    assert reading.lost == (
        "left-pad is left out: it comes from no Python package index.",
        "A component without a name is left out: it comes from no Python package index.",
        "six 2.0 is left out: the bill has two versions.",
    )


@pytest.mark.parametrize("text", ["not JSON", "[]", "{}", '{"bomFormat": "SPDX"}'])
def test_read_bill_refuses_what_is_no_bill(text: str) -> None:
    with pytest.raises(UserError) as caught:
        read_bill(text, "bom.json")

    assert caught.value.code is ErrorCode.FORMAT_INVALID
    assert "bom.json" in caught.value.message
