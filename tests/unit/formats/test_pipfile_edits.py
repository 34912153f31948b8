"""Changes to Pipfiles: what was asked for changes, all else stays."""

from __future__ import annotations

import copy
import json

import pytest

from aidevsecops_ext.domain.errors import RefusedError, UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.formats.pipfile import (
    empty_pipfile,
    requirements_of,
    with_index,
    with_requirement,
    without_backend_indexes,
    without_requirement,
)

INDEX = Index("pypi", "https://index.example/simple")
OTHER = Index("internal", "https://internal.example/simple", verify_ssl=False)
OTHER_SOURCE: Json = {
    "url": "https://internal.example/simple",
    "verify_ssl": False,
    "name": "internal",
}


def pipfile() -> dict[str, Json]:
    return {
        "zeta": {"kept": [1, {"a": None}]},
        "packages": {"PyYAML": ">=6", "b": "*", "a": {"version": "*", "markers": "os_name=='nt'"}},
        "requires": {"python_version": "3.11"},
        "dev-packages": {"pytest": "*"},
        "source": [{"url": "https://index.example/simple", "name": "pypi", "note": "kept"}],
    }


def test_empty_pipfile_asks_for_nothing_when_made() -> None:
    made = empty_pipfile((INDEX,), "3.12")

    found = requirements_of(made)
    assert found.requirements == ()
    assert found.indexes == (INDEX,)
    assert found.python_version == "3.12"
    assert "requires" not in empty_pipfile()


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        (Requirement("numpy"), "*"),
        (Requirement("numpy", "<2"), "<2"),
        (
            Requirement("numpy", "<2", ("b", "a"), "os_name == 'nt'", "internal"),
            {
                "version": "<2",
                "extras": ["b", "a"],
                "markers": "os_name == 'nt'",
                "index": "internal",
            },
        ),
        (Requirement("numpy", index="internal"), {"version": "*", "index": "internal"}),
    ],
)
def test_with_requirement_adds_the_shortest_entry_when_the_name_is_new(
    requirement: Requirement, expected: Json
) -> None:
    changed = with_requirement(pipfile(), requirement)

    assert changed["packages"] == {**pipfile()["packages"], "numpy": expected}  # type: ignore[dict-item]
    assert requirements_of(changed).find("numpy") == requirement


def test_with_requirement_keeps_order_and_unknown_parts_when_it_replaces() -> None:
    before = pipfile()

    changed = with_requirement(before, Requirement("b", ">1"))

    assert json.dumps(changed) == json.dumps(before).replace('"b": "*"', '"b": ">1"')
    assert before == pipfile()


def test_with_requirement_keeps_the_spelling_when_the_name_is_known_otherwise() -> None:
    changed = with_requirement(pipfile(), Requirement("pyyaml", "<7"))

    assert list(changed["packages"]) == ["PyYAML", "b", "a"]  # type: ignore[arg-type]


def test_with_requirement_writes_the_normalised_name_when_it_is_new() -> None:
    changed = with_requirement({}, Requirement("Scikit_Learn"))

    assert changed == {"packages": {"scikit-learn": "*"}}


def test_with_requirement_drops_markers_when_the_new_one_has_none() -> None:
    changed = with_requirement(pipfile(), Requirement("a", "==1"))

    assert changed["packages"]["a"] == "==1"  # type: ignore[call-overload,index]


def test_with_requirement_keeps_unknown_keys_of_an_entry_when_it_replaces() -> None:
    old: dict[str, Json] = {"packages": {"a": {"no_binary": True, "version": "*", "git": "g"}}}

    changed = with_requirement(old, Requirement("a", ">2", index="own"))

    assert json.dumps(changed["packages"]) == (
        '{"a": {"no_binary": true, "version": ">2", "index": "own"}}'
    )


def test_with_requirement_moves_it_when_it_was_in_the_other_group() -> None:
    changed = with_requirement(pipfile(), Requirement("pytest", ">8"))
    back = with_requirement(changed, Requirement("Pytest", is_dev=True))

    assert (changed["dev-packages"], changed["packages"]["pytest"]) == ({}, ">8")  # type: ignore[call-overload,index]
    assert back["dev-packages"] == {"pytest": "*"}
    assert back["packages"] == pipfile()["packages"]


def test_with_requirement_refuses_when_the_requirement_is_not_valid() -> None:
    with pytest.raises(UserError, match="'a' is not valid"):
        with_requirement({}, Requirement("a", "1.0"))


@pytest.mark.parametrize("name", ["pytest", "PYYAML", "py.yaml", "absent"])
def test_without_requirement_removes_every_entry_of_the_name(name: str) -> None:
    before = with_requirement(pipfile(), Requirement("py-yaml"))
    expected = copy.deepcopy(before)
    for section in ("packages", "dev-packages"):
        table = expected[section]
        assert isinstance(table, dict)
        for key in list(table):
            if key.lower().replace(".", "-") == name.lower().replace(".", "-"):
                del table[key]

    changed = without_requirement(before, name)

    assert json.dumps(changed) == json.dumps(expected)


def test_with_index_appends_when_the_index_is_named() -> None:
    changed = with_index(pipfile(), OTHER)

    assert changed["source"] == [*pipfile()["source"], OTHER_SOURCE]  # type: ignore[misc]


def test_with_index_goes_first_when_it_is_the_default_one() -> None:
    changed = with_index({"source": [OTHER_SOURCE]}, INDEX)

    assert requirements_of(changed).indexes == (INDEX, OTHER)


def test_with_index_replaces_and_keeps_unknown_keys_when_the_name_is_known() -> None:
    changed = with_index(pipfile(), Index("pypi", "https://mirror.example/simple"))

    assert changed["source"] == [
        {
            "url": "https://mirror.example/simple",
            "name": "pypi",
            "note": "kept",
            "verify_ssl": True,
        }
    ]


@pytest.mark.parametrize("sources", [None, {"url": "https://a.example", "name": "a"}, ["odd"]])
def test_with_index_makes_a_list_when_there_was_none(sources: Json) -> None:
    changed = with_index({"source": sources}, OTHER)

    assert isinstance(changed["source"], list)
    assert changed["source"][-1] == OTHER_SOURCE


def test_with_index_refuses_when_the_sources_are_a_text() -> None:
    with pytest.raises(UserError, match="'source' is not valid"):
        with_index({"source": "x"}, OTHER)


@pytest.mark.parametrize("user", ["me:secret", "token", "me:${PASSWORD}"])
def test_with_index_refuses_when_the_address_holds_a_secret(user: str) -> None:
    with pytest.raises(RefusedError, match="holds a user name or password") as caught:
        with_index({}, Index("own", f"https://{user}@index.example/simple"))

    assert "secret" not in caught.value.message
    assert "https://index.example/simple" in caught.value.message


def test_with_index_keeps_the_variables_when_the_address_names_its_secrets() -> None:
    url = "https://${USER}:${PASSWORD}@index.example/simple"

    changed = with_index({}, Index("own", url))

    assert changed["source"] == [{"url": url, "verify_ssl": True, "name": "own"}]


BUILDS: Json = {"name": "torch-cu126", "url": "https://builds.example/whl/cu126"}


@pytest.mark.parametrize(
    ("sources", "packages", "kept"),
    [
        ([OTHER_SOURCE, BUILDS], {"torch": "*"}, [OTHER_SOURCE]),
        ([BUILDS], {"torch": {"index": "torch-cu126", "version": "*"}}, [BUILDS]),
        ([OTHER_SOURCE, "odd"], {}, [OTHER_SOURCE, "odd"]),
        (BUILDS, {}, BUILDS),
    ],
)
def test_without_backend_indexes_drops_what_a_lock_brought(
    sources: Json, packages: Json, kept: Json
) -> None:
    changed = without_backend_indexes({"source": sources, "packages": packages})

    assert changed == {"source": kept, "packages": packages}
