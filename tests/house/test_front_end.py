"""What the front end's declarations name exists."""

from __future__ import annotations

import re

from .sources import ROOT, find_sources

_ID = re.compile(r"'(aidevsecops:[a-z-]+)'")
_MEMBER = re.compile(r"export const (\w+) = '(aidevsecops:[a-z-]+)'")
_DECLARED = re.compile(r'"command": "(aidevsecops:[^"]+)"')
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(")
_NAMED = re.compile(
    r":[^;{}]*\b(?:black|white|red|green|blue|gr[ae]y|silver|yellow|orange|purple|pink)\b"
)


def _commands() -> dict[str, str]:
    text = (ROOT / "src" / "commandIds.ts").read_text(encoding="utf-8")
    return dict(_MEMBER.findall(text))


def test_commands_that_schemas_name_exist() -> None:
    declared = {
        found
        for path in find_sources("schema", ".json")
        for found in _DECLARED.findall(path.read_text(encoding="utf-8"))
    }

    assert declared
    assert declared <= set(_commands().values())


def test_every_command_is_added_to_the_registry() -> None:
    text = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("src/commands", "src/plugins")
        for path in find_sources(folder, ".ts", ".tsx")
    )
    added = set(re.findall(r"addCommand\(\s*CommandIDs\.(\w+)", text))

    assert set(_commands()) <= added


def test_command_ids_are_written_once() -> None:
    copies = [
        path.name
        for path in find_sources("src", ".ts", ".tsx")
        if "__tests__" not in path.parts and path.name not in {"commandIds.ts", "icons.ts"}
        if set(_ID.findall(path.read_text(encoding="utf-8"))) & set(_commands().values())
    ]

    assert copies == []


def test_a_class_looks_as_one_style_sheet_says() -> None:
    told: dict[str, set[str]] = {}
    for path in find_sources("style", ".css"):
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        for selectors in re.findall(r"([^{};]+)\{", text):
            for selector in map(str.strip, selectors.split(",")):
                told.setdefault(selector, set()).add(path.name)

    twice = {name for name, sheets in told.items() if len(sheets) > 1}

    assert {name for name in twice if re.fullmatch(r"\.[\w-]+", name)} == set()


def test_styles_use_only_the_colours_of_jupyter() -> None:
    found: dict[str, list[str]] = {}
    for path in find_sources("style", ".css"):
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        # A fallback inside var() is a colour of our own too; a variable's name is none.
        plain = re.sub(r"--[\w-]+", "", text)
        colours = [*_COLOUR.findall(plain), *_NAMED.findall(plain)]
        if colours:
            found[path.name] = colours

    assert found == {}
