"""Data in the documentation is what its language says, and our readers take it."""

from __future__ import annotations

import ast
import configparser
import json
import re
import sys

import pytest
import yaml

from aidevsecops_ext.config import Settings
from aidevsecops_ext.formats.audit_settings import ignored_of
from aidevsecops_ext.formats.forge_settings import forge_kind_of
from aidevsecops_ext.formats.release_settings import release_settings_of
from aidevsecops_ext.formats.thoth_yaml import read_thoth_yaml

from .blocks import Block, blocks

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_LANGUAGES = {"shell", "console", "json", "yaml", "toml", "python", "ini", "text"}


def _of(language: str) -> list[Block]:
    return [block for block in blocks() if block.language == language]


def test_every_block_says_its_language() -> None:
    # In braces: what Sphinx does, such as a list of pages.
    others = [
        str(block)
        for block in blocks()
        if block.language not in _LANGUAGES and not block.is_directive
    ]

    assert others == []


@pytest.mark.parametrize("block", _of("json"), ids=str)
def test_json_is_json(block: Block) -> None:
    try:
        json.loads(block.text)
    except ValueError:
        # Several bodies, one a line.
        values = [json.loads(line) for line in block.text.splitlines()]
        assert len(values) > 1


@pytest.mark.parametrize("block", _of("yaml"), ids=str)
def test_yaml_is_yaml(block: Block) -> None:
    value = yaml.safe_load(block.text)

    is_comment = all(line.startswith("#") for line in block.text.splitlines())
    assert isinstance(value, dict) or is_comment
    if value and "runtime_environments" in value:
        found = read_thoth_yaml(block.text)
        assert (found.problems, len(found.environments)) == ((), len(value["runtime_environments"]))


@pytest.mark.parametrize("block", _of("toml"), ids=str)
def test_toml_is_what_our_settings_take(block: Block) -> None:
    assert tomllib.loads(block.text)

    ignored_of(block.text)
    forge_kind_of(block.text, ".aidevsecops.toml")
    release_settings_of(block.text)


@pytest.mark.parametrize("block", _of("python"), ids=str)
def test_python_names_settings_that_there_are(block: Block) -> None:
    ast.parse(block.text)

    named = re.findall(r"c\.AidevsecopsExtension\.(\w+)", block.text)
    assert named
    assert set(named) <= {*Settings.defaults()}


@pytest.mark.parametrize("block", _of("ini"), ids=str)
def test_ini_is_ini(block: Block) -> None:
    parser = configparser.ConfigParser()

    parser.read_string(block.text)

    assert parser.sections()


def test_variables_in_examples_are_settings() -> None:
    named = {name for block in blocks() for name in re.findall(r"\bAIDEVSECOPS_(\w+)=", block.text)}

    assert named
    assert named <= {name.upper() for name in Settings.defaults()}
