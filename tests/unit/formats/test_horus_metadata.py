"""The metadata of jupyterlab-requirements, in every variant seen in real notebooks."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats import horus_metadata

PIPFILE: dict[str, Json] = {"packages": {"numpy": "*"}, "requires": {"python_version": "3.11"}}
LOCK: dict[str, Json] = {"_meta": {"hash": {"sha256": "0" * 64}}, "default": {}, "develop": {}}


def encoded(value: Json, depth: int) -> Json:
    for _ in range(depth):
        value = json.dumps(value)
    return value


def test_read_answers_nothing_when_metadata_are_empty() -> None:
    found = horus_metadata.read({})

    assert found == horus_metadata.HorusMetadata()


@pytest.mark.parametrize("depth", [0, 1, 2, 3, 5])
def test_read_unwraps_the_pipfile_when_it_is_encoded_any_number_of_times(depth: int) -> None:
    metadata = {"requirements": encoded(PIPFILE, depth), "requirements_lock": encoded(LOCK, depth)}

    found = horus_metadata.read(metadata)

    assert (found.pipfile, found.lockfile) == (PIPFILE, LOCK)


def test_read_reports_what_was_off_when_values_are_in_odd_forms() -> None:
    metadata = {
        "requirements": encoded(PIPFILE, 2),
        "requirements_lock": LOCK,
        "dependency_resolution_engine": 7,
    }

    found = horus_metadata.read(metadata)

    assert found.problems == (
        "'dependency_resolution_engine' is not a text and is ignored.",
        "'requirements' is encoded 2 times.",
        "'requirements_lock' is an object instead of a JSON text.",
    )


def test_read_reports_nothing_when_values_are_as_they_should_be() -> None:
    metadata: dict[str, Json] = {
        "dependency_resolution_engine": "thoth",
        "requirements": encoded(PIPFILE, 1),
        "requirements_lock": encoded(LOCK, 1),
        "thoth_config": '{"host": "advice.example"}',
        "thoth_analysis_id": "adviser-1",
    }

    found = horus_metadata.read(metadata)

    assert found == horus_metadata.HorusMetadata(
        PIPFILE, LOCK, "thoth", {"host": "advice.example"}, "adviser-1"
    )


def test_read_takes_the_old_name_when_the_analysis_is_recorded_under_it() -> None:
    found = horus_metadata.read({"adviser_analysis_id": "adviser-2"})

    assert found.thoth_analysis_id == "adviser-2"
    assert found.problems == ("'adviser_analysis_id' is the old name of 'thoth_analysis_id'.",)


@pytest.mark.parametrize("value", [None, "", "  ", "null", '""', '"null"'])
def test_read_answers_none_when_a_value_is_empty(value: Json) -> None:
    found = horus_metadata.read({"requirements": value, "thoth_analysis_id": ""})

    assert (found.pipfile, found.thoth_analysis_id) == (None, None)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("{broken", "it is not JSON"),
        ("[packages]\nnumpy = '*'\n", "it is not JSON"),
        ("[" * 200_000, "it is not JSON"),
        ("1" * 5000, "it is not JSON"),
        ("[1]", "it is a JSON list"),
        (4, "it is a JSON number"),
        (1.5, "it is a JSON number"),
        ("true", "it is a JSON boolean"),
    ],
)
@pytest.mark.parametrize("key", ["requirements", "requirements_lock", "thoth_config"])
def test_read_refuses_naming_the_key_when_a_value_is_garbage(
    key: str, value: Json, reason: str
) -> None:
    with pytest.raises(UserError, match=f"'{key}' cannot be read: {reason}") as caught:
        horus_metadata.read({key: value})

    assert caught.value.code.value == "requirements.invalid"
    assert caught.value.details == {"key": key}


def test_write_encodes_once_and_compactly_when_given_everything() -> None:
    written = horus_metadata.write(
        pipfile={"packages": {"numpy": "*"}, "note": "été"},
        lockfile=LOCK,
        engine="uv",
        thoth_config={"host": "advice.example"},
        thoth_analysis_id="",
    )

    assert written["requirements"] == '{"packages":{"numpy":"*"},"note":"été"}'
    assert horus_metadata.read(written).problems == ()
    assert list(written) == [
        "dependency_resolution_engine",
        "requirements",
        "requirements_lock",
        "thoth_config",
        "thoth_analysis_id",
    ]


def test_write_leaves_keys_out_when_they_are_not_given() -> None:
    assert horus_metadata.write() == {}


@pytest.mark.parametrize(
    "text", ['{"packages": {"a": "\\ud800"}}', '{"packages": {"a\\uDfff": ""}}']
)
@pytest.mark.parametrize("is_text", [True, False])
def test_read_refuses_half_of_a_character(text: str, is_text: bool) -> None:
    with pytest.raises(UserError, match="half of a character"):
        horus_metadata.read({"requirements": text if is_text else json.loads(text)})


def test_read_takes_whole_characters_that_were_written_as_halves() -> None:
    found = horus_metadata.read({"requirements": '{"packages": {"a": "\\ud83d\\ude00"}}'})

    assert found.pipfile == {"packages": {"a": "\U0001f600"}}
