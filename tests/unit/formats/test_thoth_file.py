from __future__ import annotations

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.thoth_file import says_the_same, thoth_yaml_text
from aidevsecops_ext.formats.thoth_yaml import read_thoth_yaml

CONFIG: dict[str, Json] = {
    "host": "advice.example",
    "tls_verify": True,
    "own-key": {"kept": [1]},
    "runtime_environments": [
        {"name": "a", "python_version": "3.10", "operating_system": {"name": "ubi", "version": "9"}}
    ],
}


def test_thoth_yaml_text_keeps_everything_and_its_order() -> None:
    text, problems = thoth_yaml_text(CONFIG)

    assert text == (
        "host: advice.example\ntls_verify: true\nown-key:\n  kept:\n  - 1\nruntime_environments:\n"
        "- name: a\n  python_version: '3.10'\n  operating_system:\n    name: ubi\n"
        "    version: '9'\n"
    )
    assert problems == ()


def test_thoth_yaml_text_quotes_a_python_version_that_is_a_number() -> None:
    text, _ = thoth_yaml_text({"runtime_environments": [{"name": "a", "python_version": 3.8}]})

    assert "python_version: '3.8'" in text
    assert read_thoth_yaml(text).environments[0].python_version == "3.8"


@pytest.mark.parametrize("environments", [None, "odd", ["odd", {"name": "rhel:8"}]])
def test_thoth_yaml_text_keeps_what_is_off_and_says_so(environments: Json) -> None:
    config: dict[str, Json] = {"runtime_environments": environments}

    text, problems = thoth_yaml_text(config)

    assert says_the_same(text, config)
    assert len(problems) == (2 if isinstance(environments, list) else 1)


def test_says_the_same_looks_at_the_content_only() -> None:
    text = "# a comment\n" + thoth_yaml_text(CONFIG)[0].replace("'3.10'", "3.10")

    assert says_the_same(text, CONFIG)
    assert not says_the_same(text.replace("ubi", "rhel"), CONFIG)
