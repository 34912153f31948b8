"""What a result of Thoth resolves a request to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidevsecops_ext.adapters.thoth_resolution import resolution_of
from aidevsecops_ext.app.ports import Resolution, ResolveRequest
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError, RefusedError
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.domain.thoth import ThothQuestion, ThothRecord
from tests.fakes.progress import FakeProgress
from tests.kits.thoth_service import ANALYSIS, PYPI, pin

USERS = Index("pypi", "https://users.example/simple")
OWN = Index("own", "https://own.example/simple")
RECORD = ThothRecord({"host": "thoth.example"}, ANALYSIS)


def resolve(
    locked: dict[str, Any],
    *requirements: Requirement,
    sources: list[dict[str, Any]] | None = None,
    is_dev: bool = False,
) -> Resolution:
    lock = {"_meta": {"sources": [PYPI] if sources is None else sources}, **locked}
    product = {"project": {"requirements_locked": lock}, "justification": []}
    text = json.dumps({"error": False, "report": {"products": [product]}})
    question = ThothQuestion(
        "thoth.example", True, "{}", "train", "", RecommendationType.LATEST, is_dev=is_dev
    )
    asked = requirements or (Requirement("six", ">=1.15"),)
    request = ResolveRequest(asked, Target("3.8"), "", (OWN,), thoth=question)
    return resolution_of(request, question, (text, RECORD), lambda: USERS, FakeProgress())


def source(name: str, url: str, *, verify: bool = True) -> dict[str, Any]:
    return {"name": name, "url": url, "verify_ssl": verify}


def test_resolution_has_the_names_of_the_notebook_for_indexes() -> None:
    resolution = resolve(
        {
            "default": {"six": pin("1.16.0", "theirs"), "idna": pin("3.4", "new")},
            "develop": {"attrs": pin("23.1", None), "toml": pin("1.0", "pypi")},
        },
        sources=[
            PYPI,
            source("unused", "https://unused.example/simple"),
            source("theirs", "https://own.example/simple/"),
            source("new", "https://user:pw@new.example/simple", verify=False),
        ],
    )

    assert {p.name: (p.index, p.is_dev) for p in resolution.packages} == {
        "six": ("own", False),
        "idna": ("new", False),
        "attrs": (None, True),
        "toml": (None, True),
    }
    assert resolution.indexes == (Index("new", "https://new.example/simple", False),)
    assert resolution.default_index == Index("pypi", "https://index.example/simple")
    assert resolution.thoth == RECORD


def test_resolution_has_the_users_index_when_the_service_names_none() -> None:
    resolution = resolve({"default": {"six": pin("1.16.0", None)}}, sources=[])

    assert resolution.default_index == USERS


@pytest.mark.parametrize(
    ("is_dev", "notes"),
    [
        (False, ("Not locked, as asked: the development requirements pytest.",)),
        (True, ()),
    ],
)
def test_resolution_notes_what_was_left_out(is_dev: bool, notes: tuple[str, ...]) -> None:
    resolution = resolve(
        {"default": {"six": pin("1.16.0")}, "develop": {"pytest": pin("7.0")}},
        Requirement("six"),
        Requirement("pytest", is_dev=True),
        is_dev=is_dev,
    )

    assert resolution.notes == notes


@pytest.mark.parametrize(
    ("entry", "sources", "words"),
    [
        (pin("1.14"), None, "six>=1.15 was asked for, not 1.14"),
        (pin("1.16", "elsewhere"), None, "the index 'elsewhere' without its address"),
        (pin("1.16", "own"), [source("own", "https://a.example/")], "another index 'own'"),
        ({"git": "https://code.example/six"}, None, "six is not pinned to a version"),
    ],
)
def test_resolution_fails_when_the_answer_is_not_for_the_request(
    entry: dict[str, Any], sources: list[dict[str, Any]] | None, words: str
) -> None:
    with pytest.raises(OutsideFailedError) as caught:
        resolve({"default": {"six": entry}}, sources=sources)

    assert caught.value.code is ErrorCode.THOTH_BAD_ANSWER
    assert words in caught.value.message
    assert "thoth.example" in caught.value.message


def test_resolution_fails_when_nothing_is_recommended() -> None:
    question = ThothQuestion("thoth.example", True, "{}", "train", "", RecommendationType.LATEST)
    request = ResolveRequest((Requirement("six"),), Target("3.8"), "", thoth=question)
    text = json.dumps({"error": True, "error_msg": "No six.", "report": None})

    with pytest.raises(RefusedError, match="Thoth has no recommendation: No six.") as caught:
        resolution_of(request, question, (text, RECORD), lambda: USERS, FakeProgress())

    assert caught.value.details["requirements"] == ["six"]
