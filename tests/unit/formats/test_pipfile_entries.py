"""What Pipfiles ask for."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.requirements import Index, Requirement, UnsupportedRequirement
from aidevsecops_ext.formats.pipfile import requirements_of


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("*", Requirement("x")),
        ("", Requirement("x")),
        (" >=1.0,<2 ", Requirement("x", ">=1.0,<2")),
        ({}, Requirement("x")),
        ({"version": "*"}, Requirement("x")),
        ({"version": "==1.2.*", "extras": ["a", "b"]}, Requirement("x", "==1.2.*", ("a", "b"))),
        ({"version": None, "extras": None, "index": ""}, Requirement("x")),
        ({"index": "internal", "version": "*"}, Requirement("x", index="internal")),
        (
            {"version": "*", "markers": "python_version < '3.11'"},
            Requirement("x", markers="python_version < '3.11'"),
        ),
        (
            {"version": "*", "sys_platform": "== 'win32'"},
            Requirement("x", markers="sys_platform == 'win32'"),
        ),
        (
            {"python_version": ">= '3.9'", "os_name": "== 'nt'", "markers": "extra_ok < '1'"},
            None,
        ),
        (
            {"os_name": "== 'nt'", "markers": "sys_platform == 'a' or sys_platform == 'b'"},
            Requirement(
                "x", markers="(sys_platform == 'a' or sys_platform == 'b') and os_name == 'nt'"
            ),
        ),
        ({"version": "*", "editable": False}, Requirement("x")),
    ],
)
def test_requirements_of_reads_an_entry_when_it_is_in_form(
    entry: Json, expected: Requirement | None
) -> None:
    if expected is None:
        with pytest.raises(UserError, match="'x' is not valid"):
            requirements_of({"packages": {"x": entry}})
        return

    found = requirements_of({"packages": {"x": entry}})

    assert found.requirements == (expected,)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"git": "https://git.example/x.git", "ref": "main"}, "a Git repository"),
        ({"hg": "https://hg.example/x"}, "a Mercurial repository"),
        ({"path": "."}, "a local path"),
        ({"file": "https://files.example/x.whl"}, "a file"),
        ({"url": "https://files.example/x.whl"}, "an address"),
        ({"editable": True, "version": "*"}, "an editable project"),
    ],
)
def test_requirements_of_sets_an_entry_apart_when_it_is_not_from_an_index(
    entry: Json, words: str
) -> None:
    found = requirements_of({"packages": {"x": entry}})

    reason = f"it comes from {words}, which a lock with hashes cannot hold"
    assert found.requirements == ()
    assert found.unsupported == (UnsupportedRequirement("x", reason),)


@pytest.mark.parametrize(
    ("name", "entry", "words"),
    [
        ("x", "1.0", "'x' is not valid: '1.0' is not a version constraint"),
        ("x", "^1.0", r"'\^1.0' is not a version constraint"),
        ("x y", "*", "'x y' is not a package name"),
        ("", "*", "'' is not a package name"),
        ("x", {"extras": ["a b"]}, "'a b' is not the name of an extra"),
        ("x", {"extras": "a"}, "extras are not a list"),
        ("x", {"markers": "nonsense"}, "'nonsense' is not an environment marker"),
        ("x", {"version": 1}, "version is not a text"),
        ("x", {"sys_platform": True}, "sys_platform is not a text"),
        ("x", 1.0, "neither a specifier nor a table"),
        ("x", ["*"], "neither a specifier nor a table"),
    ],
)
def test_requirements_of_names_the_requirement_when_it_is_not_valid(
    name: str, entry: Json, words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        requirements_of({"packages": {name: entry}})

    assert caught.value.details == {"name": name}


def test_requirements_of_refuses_when_two_names_are_the_same_package() -> None:
    with pytest.raises(UserError, match="'Scikit_Learn' and 'scikit-learn' are the same package"):
        requirements_of({"packages": {"Scikit_Learn": "*", "scikit-learn": ">1"}})


def test_requirements_of_reads_both_groups_when_there_are_two() -> None:
    found = requirements_of({"packages": {"a": "*"}, "dev-packages": {"a": "*", "b": ">1"}})

    assert found.requirements == (
        Requirement("a"),
        Requirement("a", is_dev=True),
        Requirement("b", ">1", is_dev=True),
    )


@pytest.mark.parametrize("section", ["packages", "dev-packages", "requires", "pipenv"])
def test_requirements_of_refuses_when_a_section_is_not_a_table(section: str) -> None:
    with pytest.raises(UserError, match=f"'{section}' is not valid: it is not a table"):
        requirements_of({section: []})


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (None, ()),
        ([], ()),
        (
            [{"url": "https://u:p@index.example/simple", "verify_ssl": False, "name": "own"}],
            (Index("own", "https://index.example/simple", verify_ssl=False),),
        ),
        (
            {"url": "https://index.example:8443/simple"},
            (Index("index.example", "https://index.example:8443/simple"),),
        ),
        ([{"url": "./wheels", "name": None}], (Index("./wheels", "./wheels"),)),
    ],
)
def test_requirements_of_reads_the_indexes_when_there_are_sources(
    sources: Json, expected: tuple[Index, ...]
) -> None:
    assert requirements_of({"source": sources}).indexes == expected


@pytest.mark.parametrize("sources", ["x", [3], [{}], [{"url": ""}], [{"url": "http://[x"}]])
def test_requirements_of_refuses_when_a_source_has_no_address(sources: Json) -> None:
    with pytest.raises(UserError, match="'source' is not valid"):
        requirements_of({"source": sources})


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ({}, None),
        ({"python_version": "3.11"}, "3.11"),
        ({"python_version": "*"}, None),
        ({"python_full_version": "3.11.7"}, "3.11"),
        ({"python_version": "3.12", "python_full_version": "3.12.1"}, "3.12"),
    ],
)
def test_requirements_of_reads_the_python_version_when_there_is_one(
    requires: Json, expected: str | None
) -> None:
    assert requirements_of({"requires": requires}).python_version == expected


def test_requirements_of_refuses_when_the_python_version_is_a_number() -> None:
    with pytest.raises(UserError, match="'python_version' is not valid"):
        requirements_of({"requires": {"python_version": 3.1}})


@pytest.mark.parametrize("section", ["thoth", "pipenv"])
def test_requirements_of_allows_prereleases_when_either_tool_was_told_to(section: str) -> None:
    assert requirements_of({section: {"allow_prereleases": True}}).allow_prereleases is True
    assert requirements_of({section: {"allow_prereleases": "no"}}).allow_prereleases is False
