"""Editing what a notebook declares."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.app.edit_requirements import RequirementsChange, edit_requirements
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError, RefusedError, UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.formats import horus_metadata
from tests.kits.notebooks import INDEX, notebook

OWN = "https://own.example/simple"


def declaring(**pipfile: Json) -> Notebook:
    return notebook(requirements=json.dumps(pipfile))


def pipfile_after(notebook: Notebook, change: RequirementsChange) -> dict[str, Json]:
    edit = edit_requirements(notebook, change)
    assert list(edit.metadata) == ["requirements"]
    pipfile = horus_metadata.read(edit.metadata).pipfile
    assert pipfile is not None
    return pipfile


def test_edit_requirements_records_only_what_was_asked_when_the_notebook_is_fresh() -> None:
    change = RequirementsChange(
        add=(Requirement("numpy", "<2"), Requirement("pytest", is_dev=True))
    )

    assert pipfile_after(notebook(["import pandas"]), change) == {
        "packages": {"numpy": "<2"},
        "dev-packages": {"pytest": "*"},
        "source": [],
    }


def test_edit_requirements_removes_before_it_adds_when_asked_for_both() -> None:
    before = declaring(packages={"a": "*", "b": "*"}, kept=[1])
    change = RequirementsChange(add=(Requirement("a", ">1"),), remove=("A", "b"))

    assert pipfile_after(before, change) == {"packages": {"a": ">1"}, "kept": [1]}


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (notebook(), RequirementsChange()),
        (declaring(packages={"a": "*"}), RequirementsChange(add=(Requirement("A"),))),
        (
            notebook(requirements=json.dumps(json.dumps({"packages": {"a": "*"}}))),
            RequirementsChange(add=(Requirement("a"),)),
        ),
    ],
)
def test_edit_requirements_is_empty_when_all_is_as_asked(
    before: Notebook, change: RequirementsChange
) -> None:
    assert edit_requirements(before, change).is_empty


@pytest.mark.parametrize(
    ("names", "wanted", "hint"),
    [
        (["numpy", "pandas"], "nunpy", "Did you mean numpy?"),
        (["PyYAML"], "pyaml", "Did you mean PyYAML?"),
        (["numpy", "Rich"], "zzz", "It declares Rich, numpy."),
        ([], "torch", "The notebook declares none."),
    ],
)
def test_edit_requirements_suggests_when_the_name_to_remove_is_unknown(
    names: list[str], wanted: str, hint: str
) -> None:
    before = declaring(packages=dict.fromkeys(names, "*"))

    with pytest.raises(NotFoundError, match=f"no requirement '{wanted}'") as caught:
        edit_requirements(before, RequirementsChange(remove=(wanted,)))

    assert caught.value.code is ErrorCode.REQUIREMENTS_UNKNOWN
    assert caught.value.hint == hint


def test_edit_requirements_removes_an_entry_when_it_is_not_valid() -> None:
    before = declaring(packages={"bad": "^1", "good": "*"})

    after = pipfile_after(before, RequirementsChange(remove=("bad",)))

    assert after == {"packages": {"good": "*"}}


def test_edit_requirements_names_an_index_when_it_is_given_by_address() -> None:
    before = declaring(source=[{"url": "https://index.example/simple", "name": "pypi"}])
    change = RequirementsChange(add=(Requirement("a", index=OWN), Requirement("b", index=OWN)))

    after = pipfile_after(before, change)

    assert after["packages"] == {
        "a": {"version": "*", "index": "own.example"},
        "b": {"version": "*", "index": "own.example"},
    }
    assert after["source"] == [
        {"url": "https://index.example/simple", "name": "pypi"},
        {"url": OWN, "verify_ssl": True, "name": "own.example"},
    ]


def test_edit_requirements_numbers_the_name_when_another_index_has_it() -> None:
    before = declaring(
        source=[
            {"url": f"{OWN}-a", "name": "own.example"},
            {"url": f"{OWN}-b", "name": "own.example-2"},
        ]
    )

    after = pipfile_after(before, RequirementsChange(indexes=(OWN, "https://pypi/simple")))

    sources = after["source"]
    assert isinstance(sources, list)
    names = [source["name"] for source in sources if isinstance(source, dict)]
    assert names == ["own.example", "own.example-2", "own.example-3", "pypi-2"]


@pytest.mark.parametrize("wanted", ["own", f"{OWN}/", OWN, "pypi"])
def test_edit_requirements_adds_no_index_when_it_is_known(wanted: str) -> None:
    source: Json = [{"url": OWN, "name": "own"}]
    change = RequirementsChange(add=(Requirement("a", index=wanted),))

    after = pipfile_after(declaring(source=source), change)

    expected = "pypi" if wanted == "pypi" else "own"
    assert (after["source"], after["packages"]) == (
        source,
        {"a": {"version": "*", "index": expected}},
    )


def test_edit_requirements_keeps_the_default_index_first_when_it_adds_the_first_other() -> None:
    change = RequirementsChange(indexes=(OWN, INDEX.url), default_index=INDEX)

    after = pipfile_after(notebook(), change)

    assert after["source"] == [
        {"url": INDEX.url, "verify_ssl": True, "name": "pypi"},
        {"url": OWN, "verify_ssl": True, "name": "own.example"},
    ]


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ("internal", "has no index 'internal'"),
        ("https://", "is not the address of an index"),
        ("https://[x", "is not the address of an index"),
    ],
)
def test_edit_requirements_refuses_when_the_index_is_not_one(index: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        edit_requirements(notebook(), RequirementsChange(add=(Requirement("a", index=index),)))


def test_edit_requirements_refuses_when_the_address_holds_a_password() -> None:
    change = RequirementsChange(indexes=("https://me:secret@own.example/simple",))

    with pytest.raises(RefusedError, match="user name or password"):
        edit_requirements(notebook(), change)


def test_edit_requirements_refuses_when_the_notebook_is_not_python() -> None:
    julia = notebook(language_info={"name": "julia"})

    with pytest.raises(RefusedError, match="written in julia") as caught:
        edit_requirements(julia, RequirementsChange(add=(Requirement("a"),)))

    assert caught.value.code is ErrorCode.NOTEBOOK_UNSUPPORTED_LANGUAGE


def test_edit_requirements_takes_the_default_s_name_when_its_address_is_given() -> None:
    change = RequirementsChange(
        add=(Requirement("a", index="https://index.example/simple/"),),
        default_index=Index("pypi", "https://index.example/simple"),
    )

    assert pipfile_after(notebook(), change)["packages"] == {"a": {"version": "*", "index": "pypi"}}
