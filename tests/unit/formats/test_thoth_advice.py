from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.formats.thoth_advice import InvalidAdviceError, check_advised, read_advice

HASH = f"sha256:{'a' * 64}"
LOCK: Json = {"default": {"six": {"hashes": [HASH], "version": "==1.16.0"}}, "develop": {}}


def result(report: Json, *, error: bool = False, message: Json = None) -> str:
    return json.dumps({"error": error, "error_msg": message, "parameters": {}, "report": report})


def product(lock: Json, *justification: Json) -> dict[str, Json]:
    return {"justification": [*justification], "project": {"requirements_locked": lock}}


def package(name: str = "six", version: str = "1.16.0", *hashes: str) -> LockedPackage:
    return LockedPackage(name, version, hashes or (HASH,))


def test_read_advice_gives_the_lock_and_each_reason_once() -> None:
    reason: Json = {
        "type": "INFO",
        "message": "It is\n the best",
        "link": "https://thoth.example/best",
        "package_name": "six",
    }
    general: Json = {"type": "WARNING", "message": "Beware", "link": "javascript:1"}

    advice = read_advice(
        result({"stack_info": [general], "products": [product(LOCK, reason, reason, general, 7)]})
    )

    assert advice.lock is not None
    assert [(p.name, p.version) for p in advice.lock.packages] == [("six", "1.16.0")]
    assert advice.justification == (
        "Beware",
        "six: It is the best (https://thoth.example/best)",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (result({"stack_info": []}, error=True, message="No flask"), "No flask"),
        (result({"ERROR": "No results"}, error=True), "No results"),
        (result(None, error=True), "Thoth gave no reason"),
        (result({"products": []}), "Thoth gave no reason"),
        (result(None), "Thoth gave no reason"),
    ],
)
def test_read_advice_says_why_when_nothing_is_recommended(text: str, problem: str) -> None:
    advice = read_advice(text)

    assert advice.lock is None
    assert advice.problem == problem


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[]", "no result"),
        ("{}", "no result"),
        (result({"products": [product(None)]}), "no lock"),
        (result({"products": [product({"default": 7})]}), "'default' is not a table"),
    ],
)
def test_read_advice_refuses_when_it_is_none(text: str, reason: str) -> None:
    with pytest.raises(InvalidAdviceError, match=reason):
        read_advice(text)


def test_check_advised_accepts_what_was_asked_for() -> None:
    asked = [
        Requirement("Six", ">=1.15"),
        Requirement("pywin32", markers="sys_platform == 'win32'"),
    ]

    check_advised([package()], asked)
    check_advised([package()], [Requirement("six", "no specifier")])


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (package("a b"), "no name"),
        (package("six", ""), "not pinned"),
        (LockedPackage("six", "1.16.0"), "no hashes"),
        (package("six", "1.16.0", HASH, "md5:1"), "no hashes"),
        (package("idna"), "six was asked for"),
        (package("six", "1.15"), "six>=1.16 was asked for, not 1.15"),
    ],
)
def test_check_advised_refuses_when_the_lock_is_not_what_was_asked_for(
    found: LockedPackage, reason: str
) -> None:
    with pytest.raises(InvalidAdviceError, match=reason):
        check_advised([found], [Requirement("six", ">=1.16")])
