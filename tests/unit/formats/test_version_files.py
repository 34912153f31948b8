from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.formats.version_files import is_version_file, version_in, with_version


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("version.py", True),
        ("pyproject.toml", True),
        ("package.json", True),
        ("src/thing/__init__.py", True),
        ("thing/__about__.py", True),
        ("docs/pyproject.toml", False),
        ("ui/package.json", False),
        (".hidden/version.py", False),
        ("tests/__init__.py", False),
        ("thing/model.py", False),
    ],
)
def test_is_version_file_knows_where_projects_say_it(path: str, expected: bool) -> None:
    assert is_version_file(path) is expected


@pytest.mark.parametrize(
    ("path", "text", "value", "line"),
    [
        ("version.py", '"""Doc."""\n\n__version__ = "0.14.1"\n', "0.14.1", 3),
        ("a/__init__.py", "__version__: str = '1.2.3'  # here\n", "1.2.3", 1),
        (
            "pyproject.toml",
            '[build-system]\nversion = "9"\n\n[project]\nversion = "1.2.3"\n',
            "1.2.3",
            5,
        ),
        ("pyproject.toml", "[tool.poetry]\nversion = '1.2.3'\n", "1.2.3", 2),
        (
            "pyproject.toml",
            '[project]\nname = """\nversion = "9"\n"""\nversion = "1.2.3"\n',
            "1.2.3",
            5,
        ),
        ("package.json", '{"dependencies": {"version": "9"},\r\n "version" : "1.2.3"}', "1.2.3", 2),
    ],
)
def test_version_in_finds_the_version_of_the_project(
    path: str, text: str, value: str, line: int
) -> None:
    found = version_in(path, text)

    assert found is not None
    assert (found.value, found.line) == (value, line)
    changed = with_version(path, text, "2.0.0")
    assert changed == "2.0.0".join([text[: found.start], text[found.end :]])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("version.py", "__version__ = find_version()\n"),
        ("version.py", '    __version__ = "1.2.3"\n'),
        ("version.py", 'version = "1.2.3"\n'),
        ("pyproject.toml", '[project]\ndynamic = ["version"]\n'),
        ("pyproject.toml", "[project\n"),
        ("pyproject.toml", 'tool = 3\nproject = 4\nversion = "1.2.3"\n'),
        ("pyproject.toml", 'project = {version = "1.2.3"}\n'),
        ("package.json", '{"version": 3}'),
        ("package.json", "[]"),
        ("package.json", "{"),
        ("package.json", "[" * 100_000),
    ],
)
def test_version_in_finds_none_where_none_is_written(path: str, text: str) -> None:
    assert version_in(path, text) is None
    assert with_version(path, text, "2.0.0") == text


@given(
    st.dictionaries(
        st.sampled_from(["name", "version", "x"]),
        st.recursive(
            st.text(max_size=8) | st.just("1.2.3"),
            lambda inner: st.dictionaries(st.sampled_from(["version", "y"]), inner, max_size=2),
            max_leaves=4,
        ),
    )
)
def test_version_in_package_json_changes_nothing_but_the_version(
    document: dict[str, object],
) -> None:
    text = json.dumps(document)

    found = version_in("package.json", text)

    if found is not None:
        assert json.loads(with_version("package.json", text, "2.0.0")) == {
            **document,
            "version": "2.0.0",
        }


@given(st.text(alphabet="[]project.\"'= \nversion0123", max_size=80))
def test_version_in_reads_whatever_it_is_given(text: str) -> None:
    for path in ("pyproject.toml", "package.json", "version.py"):
        found = version_in(path, text)
        assert found is None or text[found.start : found.end] == found.value
