"""Texts that are nested more deeply than recursion bears."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.formats.advisory_memory import AdvisoryNotes, read_notes
from aidevsecops_ext.formats.git_cliff import entries_of
from aidevsecops_ext.formats.pep723 import read_script_block
from aidevsecops_ext.formats.pipfile import read_pipfile
from aidevsecops_ext.formats.release_journal import read_journal
from aidevsecops_ext.formats.run_record import read_record
from aidevsecops_ext.formats.toml_text import read_json, read_toml

BRACKETS = "[" * 100_000
LEVELS = 2_000


def test_deep_records_of_our_own_are_none() -> None:
    assert read_journal('{"x": ' + BRACKETS) is None
    assert read_record('{"x": ' + BRACKETS, "") is None
    assert read_notes(b'{"x": ' + BRACKETS.encode()) == AdvisoryNotes()


def test_deep_answer_of_git_cliff_is_no_answer() -> None:
    with pytest.raises(ValueError, match="something else than expected"):
        entries_of('{"x": ' + BRACKETS)


def test_deep_table_is_refused_by_those_who_read_on() -> None:
    with pytest.raises(UserError, match="Pipfile.*levels deep"):
        read_pipfile(f"[{'.'.join('a' * LEVELS)}]")


def test_deep_arrays_of_toml_are_refused() -> None:
    with pytest.raises(UserError, match="levels deep"):
        read_toml(f"a = {BRACKETS}", "x.toml")

    block = read_script_block(f"# /// script\n# dependencies = {BRACKETS}\n# ///\n")

    assert block is not None
    assert block.problems == ("The script block is not TOML: more than 100 levels deep.",)


def test_deep_json_is_refused_also_where_it_can_be_parsed() -> None:
    with pytest.raises(UserError, match="levels deep"):
        read_json('{"a":' * 101 + "1" + "}" * 101, "settings.json")


def test_what_people_nest_is_read() -> None:
    text = "[a.b]\nc = [[1, {d = [2]}], []]\n"

    assert read_toml(text, "x.toml") == {"a": {"b": {"c": [[1, {"d": [2]}], []]}}}
    assert read_json('{"a": [{"b": [1]}]}', "x.json") == {"a": [{"b": [1]}]}
