"""The Pipfile hash, in the three ways in which tools compute it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats import horus_metadata
from aidevsecops_ext.formats.pipfile import hash_of, is_hash_of, lock_of
from tests.kits.corpus import needs_corpus, notebooks

SOURCE: Json = [{"url": "https://index.example/simple", "verify_ssl": True, "name": "pypi"}]
PIPFILE: dict[str, Json] = {
    "packages": {"PyYAML": ">=6", "my_pkg": {"version": "*", "extras": ["é"]}},
    "dev-packages": {"pytest": "*"},
    "source": SOURCE,
    "requires": {"python_version": "3.11"},
    "docs": {"Sphinx": "*"},
    "scripts": {"go": "python go.py"},
    "thoth": {"allow_prereleases": True},
}


def plain_hash(value: Json) -> str:
    return hashlib.sha256(
        json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


NORMALISED = plain_hash(
    {
        "_meta": {"requires": {"python_version": "3.11"}, "sources": SOURCE},
        "default": {"pyyaml": ">=6", "my-pkg": {"version": "*", "extras": ["é"]}},
        "develop": {"pytest": "*"},
        "docs": {"sphinx": "*"},
    }
)
AS_WRITTEN: dict[str, Json] = {
    "_meta": {"requires": {"python_version": "3.11"}, "sources": SOURCE},
    "default": {"PyYAML": ">=6", "my_pkg": {"version": "*", "extras": ["é"]}},
    "develop": {"pytest": "*"},
}


def test_hash_of_normalises_names_and_counts_categories_as_current_pipenv_does() -> None:
    assert hash_of(PIPFILE) == NORMALISED


@pytest.mark.parametrize(
    "value",
    [
        NORMALISED,
        plain_hash(AS_WRITTEN),
        plain_hash({**AS_WRITTEN, "docs": {"Sphinx": "*"}}),
    ],
)
def test_is_hash_of_accepts_when_any_of_the_tools_made_the_lock(value: str) -> None:
    assert is_hash_of(PIPFILE, value)


def test_is_hash_of_refuses_when_a_constraint_differs() -> None:
    changed: dict[str, Json] = {**PIPFILE, "packages": {"PyYAML": ">=5"}}

    assert not is_hash_of(changed, NORMALISED)


def test_hash_of_does_not_depend_on_order_when_keys_are_the_same() -> None:
    turned = dict(reversed(PIPFILE.items()))

    assert hash_of(turned) == hash_of(PIPFILE)


def test_hash_of_answers_when_sections_are_missing_or_odd() -> None:
    assert hash_of({}) == plain_hash(
        {"_meta": {"requires": {}, "sources": []}, "default": {}, "develop": {}}
    )
    assert len(hash_of({"packages": [], "docs": "x"})) == 64


@needs_corpus
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.name)
def test_hash_of_is_the_recorded_one_when_a_real_notebook_is_locked(path: Path) -> None:
    metadata = json.loads(path.read_bytes())["metadata"]

    found = horus_metadata.read(metadata)

    if found.lockfile is None or found.pipfile is None:
        assert "requirements_lock" not in metadata
        return
    assert hash_of(found.pipfile) == lock_of(found.lockfile).requirements_hash
