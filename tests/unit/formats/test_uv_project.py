from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.formats.uv_project import PROJECT_NAME, project_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def test_project_of_takes_a_package_from_the_index_that_it_names() -> None:
    requirements = (
        Requirement("Pandas", ">=2", ("excel",), "python_version > '3.8'"),
        Requirement("mine", index="my index"),
        Requirement("six", index="pypi"),
    )
    indexes = (
        Index("my index", "https://my.example/simple"),
        Index("my-index", "https://unused.example/simple"),
    )

    project = tomllib.loads(project_of(requirements, indexes))

    assert project == {
        "project": {
            "name": PROJECT_NAME,
            "version": "0",
            "dependencies": [
                "Pandas[excel]>=2 ; python_version > '3.8'",
                "mine",
                "six",
            ],
        },
        "tool": {
            "uv": {
                "sources": {"mine": {"index": "my-index"}},
                "index": [
                    {"name": "my-index", "url": "https://my.example/simple", "explicit": True}
                ],
            }
        },
    }


def test_project_of_keeps_index_names_apart_when_they_become_alike() -> None:
    requirements = (Requirement("a", index="x y"), Requirement("b", index="x/y"))
    indexes = (Index("x y", "https://1.example"), Index("x/y", "https://2.example"))

    project = tomllib.loads(project_of(requirements, indexes))

    assert project["tool"]["uv"]["sources"] == {"a": {"index": "x-y"}, "b": {"index": "x-y-2"}}


def test_project_of_names_an_index_whose_name_has_no_letters() -> None:
    project = tomllib.loads(
        project_of((Requirement("a", index="ü"),), (Index("ü", "https://1.example"),))
    )

    assert project["tool"]["uv"]["sources"] == {"a": {"index": "index"}}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_project_of_is_toml_whatever_a_requirement_holds(marker: str) -> None:
    requirement = Requirement("six", markers=marker)

    project = tomllib.loads(project_of((requirement,), ()))

    assert project["project"]["dependencies"] == [requirement.to_pep508()]
