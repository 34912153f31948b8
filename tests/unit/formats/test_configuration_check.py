"""What is off in configuration files, in which line, and what our readers say of the same files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.configuration_schemas import schema_of
from aidevsecops_ext.domain.configuration import (
    ConfigurationKind,
    ConfigurationProblem,
    ProblemLevel,
    kind_of,
)
from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.formats.aicoe_ci_images import image_builds
from aidevsecops_ext.formats.configuration_check import check_configuration
from aidevsecops_ext.formats.thoth_yaml import read_thoth_yaml
from aidevsecops_ext.formats.yaml_places import locate_yaml

THOTH, AICOE_CI = ConfigurationKind.THOTH, ConfigurationKind.AICOE_CI
_ROOT = Path(__file__).parents[3]
_CORPUS = os.environ.get("AIDEVSECOPS_CORPUS")
_FOLDERS = [_ROOT, *([Path(_CORPUS)] if _CORPUS else [])]
_FILES = [
    path
    for folder in _FOLDERS
    for kind in ConfigurationKind
    for path in sorted(folder.glob(f"*/{kind.file}"))
]


def _thoth(*entries: str, head: str = "") -> str:
    return f"{head}runtime_environments:\n" + "".join(f"  - {entry}\n" for entry in entries)


def _problems(text: str, kind: ConfigurationKind = THOTH) -> tuple[ConfigurationProblem, ...]:
    return check_configuration(text, schema_of(kind))


def _errors(text: str, kind: ConfigurationKind = THOTH) -> list[tuple[int, str]]:
    found = _problems(text, kind)
    return [(one.line, one.message) for one in found if one.level is ProblemLevel.ERROR]


# What our reader takes as it is meant.
GOOD = [
    _thoth("name: a"),
    _thoth("name: a", "name: b", head="host: null\ntls_verify: false\n"),
    _thoth('{name: a, python_version: "3.12", recommendation_type: security}'),
    _thoth("{name: 3, operating_system: {name: ubi, version: 9}, python_version: ~}"),
    _thoth("name: a", head="managers: [update, {name: info, configuration: null}]\n"),
    _thoth("{name: a, something: else}", head="whatever: 1\n"),
]
# What our reader tells of, ignores or refuses, and in which line the check tells it.
BAD = [
    ("", 1, "It is empty."),
    ("- a\n", 1, "It is not a table."),
    ("a: [\n", 2, "It is not YAML: expected the node content, but found '<stream end>'."),
    ("host: x\n", 1, "It lacks 'runtime_environments'."),
    ("host: x\nruntime_environments: []\n", 2, "It has to name at least one runtime environment."),
    ("runtime_environments: none\n", 1, "It has to name at least one runtime environment."),
    (_thoth("name: a", "platform: x"), 3, "It lacks 'name'."),
    (_thoth("name:"), 2, "A name has letters, digits, '-' and '_' only: Thoth allows no others."),
    (_thoth("a"), 2, "It has to be a table with a name."),
    (_thoth("name: a", "name: a"), 3, "The name 'a' occurs twice; the first one counts."),
    (
        _thoth("name: rhel:8"),
        2,
        "A name has letters, digits, '-' and '_' only: Thoth allows no others.",
    ),
    (
        _thoth('name: a\n    python_version: "2.7"'),
        3,
        'It has to be a version such as "3.12".',
    ),
    (_thoth("name: a\n    python_version: 2.7"), 3, 'It has to be a version such as "3.12".'),
    (
        _thoth("name: a\n    recommendation_type: fast"),
        3,
        "'fast' is not one of: latest, stable, performance, security, testing.",
    ),
]


@pytest.mark.parametrize("text", GOOD)
def test_what_our_reader_takes_the_check_takes(text: str) -> None:
    assert read_thoth_yaml(text).problems == ()
    assert _errors(text) == []


@pytest.mark.parametrize(("text", "line", "message"), BAD)
def test_what_our_reader_does_not_take_is_told_with_its_line(
    text: str, line: int, message: str
) -> None:
    try:
        is_taken = read_thoth_yaml(text).problems == ()
    except UserError:
        is_taken = False

    assert not is_taken
    assert _errors(text) == [(line, message)]


@pytest.mark.skipif(not _FILES, reason="there are no files")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_real_files_are_judged_as_our_readers_judge_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    kind = kind_of(path.name)
    assert kind is not None

    errors = _errors(text, kind)

    if kind is THOTH:
        assert len(errors) == len(read_thoth_yaml(text).problems)
    else:
        assert image_builds(text, "project") is not None
        assert errors == []


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("check:\n  - overlays-build\n  -\n", []),
        ("check: all\n", [(1, "It has to be a list.")]),
        ("overlays:\n  - name: a\n  - build: {}\n", [(3, "It lacks 'name'.")]),
        ("build:\n  registry: [a]\n", [(2, "It has to be a text or a number.")]),
        (
            "build: {build-stratergy: s2i}\n",
            [(1, "'s2i' is not one of: Source, Dockerfile, Containerfile.")],
        ),
        ("build: {}\ncheck: []\nbuild: {}\n", [(3, "'build' occurs twice; only the last one c")]),
        ("overlays:\n  - &a {name: x}\n  - *a\n", [(2, "The name 'x' occurs twice; the first")]),
        ('overlays:\n  - name: ""\n', [(2, "It may not be empty.")]),
    ],
)
def test_files_of_aicoe_ci_are_checked(text: str, errors: list[tuple[int, str]]) -> None:
    found = _errors(text, AICOE_CI)

    assert [line for line, _ in found] == [line for line, _ in errors]
    for (_, message), (_, expected) in zip(found, errors, strict=True):
        assert message.startswith(expected)


def test_what_others_read_differently_is_a_note() -> None:
    thoth = _problems(
        _thoth("name: a\n    python_version: 3.10", "{name: b, python_version: '3.9'}")
    )
    text = "overlays:\n  - name: a\n    build:\n      build-strategy: Source\n"
    [spelling] = _problems(text, AICOE_CI)

    assert thoth == (
        ConfigurationProblem(
            3,
            "runtime_environments[1].python_version",
            "Put it in quotes: as a number, 3.10 is 3.1.",
            ProblemLevel.NOTE,
        ),
    )
    assert (spelling.line, spelling.place, spelling.level) == (
        4,
        "overlays[1].build.build-strategy",
        ProblemLevel.NOTE,
    )


def test_aliases_of_aliases_are_no_document() -> None:
    text = "a: &a [1]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdef", "bcdefg", strict=True)
    )

    with pytest.raises(ValueError, match="too deep, or too long"):
        locate_yaml(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, -2, 3.10, .5, 1e3, yes, true, ~, '1', 99999999999999999999]", None),
        ("? [a]\n: b\n", {"?": "b"}),
    ],
)
def test_plain_values_are_read_as_editors_read_them(text: str, value: object) -> None:
    found = locate_yaml(text).value

    expected = [1, -2, 3.1, 0.5, 1000.0, "yes", True, None, "1", "99999999999999999999"]
    assert found == (expected if value is None else value)


def test_other_files_have_no_kind() -> None:
    assert kind_of("a/.thoth.yaml") is THOTH
    assert kind_of(".aicoe-ci.yml") is AICOE_CI
    assert kind_of("values.yaml") is None
