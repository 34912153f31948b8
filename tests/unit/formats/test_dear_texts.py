"""Texts that are short to write and dear to read: they are read in time, or refused."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.errors import RefusedError, UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.packages import IndexPage
from aidevsecops_ext.formats.changelog_sections import sections_of, without_empty_parts
from aidevsecops_ext.formats.elyra_pipeline import read as read_pipeline
from aidevsecops_ext.formats.image_references import references_in
from aidevsecops_ext.formats.json_reading import is_light, read_json_value
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.pep508 import InvalidRequirementError, parse_requirement
from aidevsecops_ext.formats.pipfile.files import read_pipfile
from aidevsecops_ext.formats.requirements_lock import read_requirements
from aidevsecops_ext.formats.seldon_files import settings_of
from aidevsecops_ext.formats.simple_page import read_page
from aidevsecops_ext.formats.toml_text import parse_toml
from aidevsecops_ext.formats.uv_needs import specifier_of
from aidevsecops_ext.formats.uv_report import read_failure
from aidevsecops_ext.formats.yaml_places import locate_yaml
from aidevsecops_ext.formats.yaml_rewrite import with_document
from aidevsecops_ext.formats.yaml_values import yaml_value

_MANY_VALUES = "[" + "[]," * 3_000_000 + "[]]"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" + ".a" * 200 + " = 1", "levels deep"),
        ("[" + "'a' . " * 200 + "a]", "levels deep"),
        (f"a = 0x{'f' * 5_000}", "thousands of digits"),
        ("# " + "a" * 4_000_000, "longer than 4,000,000"),
    ],
)
def test_toml_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_toml(text)


@pytest.mark.parametrize("constraint", ["==9{}", ">=9{},<2", "<2,!=1.9{}"])
def test_requirement_of_a_version_of_thousands_of_digits_is_none(constraint: str) -> None:
    with pytest.raises(InvalidRequirementError, match="is not a requirement"):
        parse_requirement("a" + constraint.format("9" * 5_000))


def test_toml_with_many_dots_that_part_no_names_is_read() -> None:
    versions = ["1.2.3"] * 200

    assert parse_toml(f"b = 1\na = {json.dumps(versions)}") == {"b": 1, "a": versions}


@pytest.mark.parametrize(
    ("text", "in_python"),
    [("a: b\n" * 110_000, False), ("a: b\n" * 9_000, True), ("[" * 50_000, False)],
)
def test_long_yaml_is_refused(text: str, in_python: bool) -> None:
    with pytest.raises(ValueError, match="at most"):
        yaml_value(text, in_python=in_python)


def test_long_yaml_has_no_places() -> None:
    with pytest.raises(ValueError, match="too long"):
        locate_yaml("a: b\n" * 9_000)


def test_yaml_is_not_rewritten_in_thousands_of_small_changes() -> None:
    text = "a:\n" + "".join(f"- b{number}: {'1' * 100}\n" for number in range(70))
    wanted: dict[str, Json] = {"a": [{f"b{number}": 2} for number in range(70)]}

    with pytest.raises(RefusedError, match="a.yaml"):
        with_document(text, wanted, "a.yaml")


def test_images_are_found_in_a_large_pipeline() -> None:
    nodes = [{"image": "quay.io/org/name:v1.0.0", "more": [[]]} for _ in range(1_000)]

    found = references_in("a.pipeline", json.dumps({"nodes": nodes}), ["quay.io/org/name"])

    assert len(found) == 1_000
    assert found[0].tag == "v1.0.0"


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_images_are_not_looked_for_in_what_is_nested_without_end(name: str) -> None:
    with pytest.raises(UserError, match="at most 40,000"):
        references_in(name, "[" * 100_000, ["quay.io/org/name"])


def test_images_are_found_behind_the_mark_of_a_file() -> None:
    text = "\ufeffimage: quay.io/org/name:v1.0.0\n"

    (found,) = references_in("a.yaml", text, ["quay.io/org/name"])

    assert text[found.start : found.end] == "v1.0.0"


def test_notebook_of_millions_of_values_is_refused_without_reading_it() -> None:
    with pytest.raises(UserError, match="too many values"):
        parse(_MANY_VALUES, "nb.ipynb")


@pytest.mark.parametrize("kind", [str, bytes])
def test_long_text_in_json_weighs_little(kind: type) -> None:
    text = json.dumps({"image": "A" * 20_000_000})

    assert is_light(text if kind is str else text.encode())
    assert not is_light(_MANY_VALUES if kind is str else _MANY_VALUES.encode())
    assert read_json_value(text) == {"image": "A" * 20_000_000}


def test_requirement_with_a_thousand_brackets_is_none() -> None:
    with pytest.raises(InvalidRequirementError, match="is not a requirement"):
        parse_requirement("a; " + "(" * 5_000)


def test_pipfile_with_a_date_is_refused() -> None:
    with pytest.raises(UserError, match="it holds what a lock cannot"):
        read_pipfile("[packages]\na = 1979-05-27\n")


def test_pipeline_that_is_nested_a_hundredfold_is_refused() -> None:
    with pytest.raises(UserError, match="levels deep"):
        read_pipeline('{"pipelines": ' + "[" * 200 + "]" * 200 + "}", "a.pipeline")


@pytest.mark.parametrize("text", ["<![<![" * 40, "x<" * 100_000])
def test_page_of_an_index_that_is_no_html_is_refused(text: str) -> None:
    page = IndexPage("demo", "https://index.example/simple", ())

    with pytest.raises(ValueError, match="no HTML"):
        read_page(text, "text/html", "https://index.example/simple/demo/", page)


def test_requirements_of_thousands_of_lines_are_read() -> None:
    text = "".join(f"a{number}>=1\n" for number in range(10_000)) + "A1>=2\n"

    found = read_requirements(text)

    assert found.asked is not None
    assert len(found.asked.requirements) == 10_000
    assert found.lost == ("A1 is named more than once; 'a1>=1' counts.",)


def test_comment_of_a_changelog_without_an_end_hides_all_below() -> None:
    text = "# A\n\n## B\n\ntold\n\n<!-- " * 2 + "<!--" * 50_000 + "\n## C\n"

    assert [section.title for section in sections_of(text)] == ["A", "B"]
    assert without_empty_parts("## B\n\n<!-- told") == ""


def test_sections_of_thousands_of_headings_end_where_the_next_begins() -> None:
    text = "# A\n## B\n### C\n" * 5_000

    found = sections_of(text)

    assert [section.end for section in found[:4]] == [15, 15, 15, 30]
    assert found[-1].end == len(text)


def test_blanks_and_marks_are_read_once() -> None:
    assert settings_of("a=b" + " " * 200_000 + "\r\nc=d") == {"a": "b", "c": "d"}
    assert specifier_of("<" * 200_000) == "<" * 200_000
    assert read_failure(["a" * 200_000]).names == ()
