"""PEP 723 blocks read whole and written; a block's comments and other tables survive."""

from __future__ import annotations

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ..domain.exchange import FileReading
from ..domain.requirements import RequirementSet
from .asked_lists import read_list
from .pep723 import find_script_blocks
from .pyproject_toml import edit_list
from .requires_python import read_requires_python, write_requires_python
from .toml_text import invalid_file, read_toml, table_of, text_of
from .uv_tables import read_uv_table, write_uv_table

_WHAT = "The script block"


def read_block(source: str) -> FileReading | None:
    """What the script block in a source asks for, or None where there is none.

    Raises:
        UserError: there are two, or it is not TOML.
    """
    blocks = find_script_blocks(source)
    if not blocks:
        return None
    if len(blocks) > 1:
        raise invalid_file(_WHAT, f"a second one begins in line {blocks[1].line}")
    table = read_toml(blocks[0].text, _WHAT)
    lost: list[str] = []
    found = read_list(table.get("dependencies"), lost)
    python, lost_python = read_requires_python(text_of(table, "requires-python"))
    uv = read_uv_table(table_of(table, "tool", "uv"))
    asked = uv.applied_to(RequirementSet(found, python_version=python))
    if "exclude-newer" in table_of(table, "tool", "uv"):
        lost.append("exclude-newer of the script block is not taken over.")
    return FileReading(asked, lost=(*lost, *lost_python, *uv.lost))


def write_block(source: str, asked: RequirementSet) -> tuple[str, tuple[str, ...]]:
    """The source with a block that asks for that, and what the block does not keep.

    Raises:
        UserError: there are two blocks, or the block is not TOML.
    """
    blocks = find_script_blocks(source)
    if len(blocks) > 1:
        raise invalid_file(_WHAT, f"a second one begins in line {blocks[1].line}")
    try:
        text, lost = _edited(blocks[0].text if blocks else "", asked)
    except (TOMLKitError, AttributeError, TypeError, AssertionError) as error:
        raise invalid_file(_WHAT, f"it is not one that can be edited ({error})") from error
    lines = [f"# {line}" if line else "#" for line in text.rstrip("\n").split("\n")]
    written = ["# /// script", *lines, "# ///"]
    if not blocks:
        return "\n".join([*written, *([source] if source else [])]), lost
    whole = source.split("\n")
    whole[blocks[0].line - 1 : blocks[0].end_line] = written
    return "\n".join(whole), lost


def _edited(old: str, asked: RequirementSet) -> tuple[str, tuple[str, ...]]:
    document = tomlkit.parse(old)
    if asked.python_version:
        wanted = write_requires_python(asked.python_version)
        known = document.get("requires-python")
        if known is None or read_requires_python(known)[0] != asked.python_version:
            document["requires-python"] = wanted
    texts = [r.to_pep508() for r in asked.requirements if not r.is_dev]
    entries = document.get("dependencies")
    if isinstance(entries, list):
        if entries != texts:
            edit_list(entries, texts)
    else:
        new = tomlkit.array()
        new.extend(texts)
        document["dependencies"] = new.multiline(bool(texts))
    lost = list(write_uv_table(document, asked))
    lost += [
        f"The development requirement {r.name} is not kept: a script has none."
        for r in asked.requirements
        if r.is_dev
    ]
    return document.as_string(), tuple(lost)
