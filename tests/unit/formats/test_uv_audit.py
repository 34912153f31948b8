from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from aidevsecops_ext.formats.uv_audit import PROJECT, lock_text, read_answer

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ENTRY = {"dependency": {"name": "A.b", "version": "1"}, "id": "X", "fix_versions": ["2", 3]}


def answer(**changes: Any) -> str:
    summary = {"audited_packages": 2, "vulnerabilities": 1}
    return json.dumps({"summary": summary, "vulnerabilities": [ENTRY], **changes})


def test_lock_holds_every_package_twice_over() -> None:
    text = lock_text([("a", "1"), ("b", "2+cu1")], '/tmp/"odd"')

    document = tomllib.loads(text)
    root, first, second = document["package"]
    source = {"registry": '/tmp/"odd"'}
    assert first == {"name": "a", "version": "1", "source": source}
    assert root["dependencies"] == [first, second]
    assert tomllib.loads(PROJECT)["project"]["name"] == root["name"]


def test_answer_has_advisories_by_package() -> None:
    found = read_answer(answer(), 2)

    assert found is not None
    [advisory] = found["a-b", "1"]
    assert (advisory.id, advisory.fixed, advisory.aliases, advisory.url) == ("X", ("2",), (), "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        answer(summary=None),
        answer(vulnerabilities={}),
        answer(vulnerabilities=[]),
        answer(vulnerabilities=[7]),
        answer(vulnerabilities=[{"id": "X"}]),
        answer(summary={"audited_packages": 1, "vulnerabilities": 1}),
    ],
)
def test_answer_is_none_when_it_does_not_cover_every_package(text: str) -> None:
    assert read_answer(text, 2) is None
