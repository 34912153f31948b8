from __future__ import annotations

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats import pipfile

_SHOWN = "https://index.example/simple"


def _asks(url: Json) -> dict[str, Json]:
    return {"packages": {"a": "*"}, "source": [{"name": "mine", "url": url}]}


def _lockfile(asked: dict[str, Json]) -> dict[str, Json]:
    meta: Json = {"hash": {"sha256": pipfile.hash_of(asked)}, "sources": asked["source"]}
    return {"_meta": meta, "default": {}}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://jo:hunter2@index.example/simple", _SHOWN),
        ("https://ghp_token@index.example/simple", _SHOWN),
        ("https://${USER}:hunter2@index.example/simple", _SHOWN),
        ("https://jo:${PASSWORD}@index.example/simple", _SHOWN),
        (_SHOWN, _SHOWN),
        (
            "https://${USER}:${PASSWORD}@index.example/simple",
            "https://${USER}:${PASSWORD}@index.example/simple",
        ),
        (
            "https://:${PASSWORD}@index.example/simple",
            "https://:${PASSWORD}@index.example/simple",
        ),
        (3, 3),
    ],
)
def test_without_secrets_leaves_variables_alone(written: Json, shown: Json) -> None:
    assert pipfile.without_secrets(_asks(written)) == _asks(shown)


def test_without_secrets_changes_nothing_when_there_are_no_sources() -> None:
    assert pipfile.without_secrets({"packages": {}}) == {"packages": {}}
    assert pipfile.without_secrets({"source": ["odd"]}) == {"source": ["odd"]}


def test_shown_lockfile_is_the_lock_of_the_shown_pipfile() -> None:
    asked = _asks("https://jo:hunter2@index.example/simple")

    shown = pipfile.shown_lockfile(_lockfile(asked), asked)

    assert shown == _lockfile(_asks(_SHOWN))


def test_shown_lockfile_keeps_the_hash_when_it_was_of_another_pipfile() -> None:
    asked = _asks("https://jo:hunter2@index.example/simple")
    stale = _lockfile(_asks("https://other.example/simple"))

    assert pipfile.shown_lockfile(stale, asked) == stale


@pytest.mark.parametrize("lockfile", [{}, {"_meta": {}}, {"_meta": {"hash": {"sha256": 1}}}])
def test_shown_lockfile_keeps_what_it_does_not_know(lockfile: dict[str, Json]) -> None:
    assert pipfile.shown_lockfile(lockfile, _asks(_SHOWN)) == lockfile
