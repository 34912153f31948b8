"""The parts of the reference that are read from the code at build time, as MyST Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import yaml

from aidevsecops_ext.cli.main import main
from aidevsecops_ext.config import HELP, Settings

ROOT = Path(__file__).resolve().parent.parent
METHODS = ("get", "post", "put", "patch", "delete")

HELP_WIDTH = 90
_COMMAND = re.compile(r"/\*\* ([^*]+?) \*/\s+export const \w+ =\s+'([^']+)'")
PROBLEM = "[Problem](#body-problem)"

Node = Mapping[str, Any]


def cli_reference() -> str:
    """What every command says when asked for help."""
    lines: list[str] = []
    with click.Context(main, info_name="aidevsecops", terminal_width=HELP_WIDTH) as context:
        for name in main.list_commands(context):
            command = main.get_command(context, name)
            if command is None:
                continue
            with click.Context(command, parent=context, info_name=name) as own:
                lines += [f"## `{name}`", "", "```text", command.get_help(own), "```", ""]
                lines += _subcommands(name, command, own)
    return "\n".join(lines)


def _subcommands(name: str, command: click.Command, context: click.Context) -> list[str]:
    """What the commands of a group say, below it."""
    lines: list[str] = []
    for part, each in command.commands.items() if isinstance(command, click.Group) else ():
        with click.Context(each, parent=context, info_name=part) as own:
            lines += [f"### `{name} {part}`", "", "```text", each.get_help(own), "```", ""]
    return lines


def rest_reference() -> str:
    """Every route and every body of the OpenAPI document that the package ships."""
    text = (ROOT / "aidevsecops_ext" / "server" / "openapi.yaml").read_text(encoding="utf-8")
    api: Node = yaml.safe_load(text)
    lines = [api["info"]["description"], ""]
    for tag in api["tags"]:
        lines += [f"## {str(tag['name']).capitalize()}", "", tag["description"], ""]
        for path, item in api["paths"].items():
            for method in METHODS:
                if tag["name"] in item.get(method, {}).get("tags", ()):
                    lines += _operation(api, method, path, item)
    lines += ["## Bodies", ""]
    for name, schema in api["components"]["schemas"].items():
        lines += _body(name, schema)
    return "\n".join(lines)


def settings_reference() -> str:
    """The settings of server and terminal, and those that JupyterLab's editor shows."""
    lines = ["## Server and terminal", ""]
    rows = [
        (f"`{name}`", f"`{default!r}`", HELP[name]) for name, default in Settings.defaults().items()
    ]
    lines += _table(("setting", "default", "meaning"), rows)
    lines += ["## JupyterLab", ""]
    for file in sorted((ROOT / "schema").glob("*.json")):
        schema: Node = json.loads(file.read_text(encoding="utf-8"))
        properties: Node = schema.get("properties", {})
        if not properties:
            continue
        lines += [f"{schema['description']} (*Settings* → *{schema['title']}*)", ""]
        lines += _table(
            ("setting", "values", "default", "meaning"),
            [
                (f"`{name}`", _choices(spec), f"`{json.dumps(spec['default'])}`", _meaning(spec))
                for name, spec in properties.items()
            ],
        )
    return "\n".join(lines)


def commands_reference() -> str:
    """Every command of JupyterLab by its id, as the front end describes it."""
    text = (ROOT / "src" / "commandIds.ts").read_text(encoding="utf-8")
    commands = [
        (f"`{name}`", " ".join(meaning.split())) for meaning, name in _COMMAND.findall(text)
    ]
    lines = _table(("command", "what it does"), sorted(commands))
    lines += ["## Keyboard shortcuts", "", "Accel is *Ctrl*, and *⌘* on a Mac.", ""]
    return "\n".join([*lines, *_shortcuts()])


def _shortcuts() -> list[str]:
    """The shortcuts that the schemas declare."""
    declared: list[Node] = [
        shortcut
        for file in sorted((ROOT / "schema").glob("*.json"))
        for shortcut in json.loads(file.read_text(encoding="utf-8")).get(
            "jupyter.lab.shortcuts", ()
        )
    ]
    rows = [
        (
            ", then ".join(f"*{keys}*" for keys in each["keys"]),
            " ".join([f"`{each['command']}`", *each.get("args", {}).values()]),
            "in a notebook" if "Notebook" in each["selector"] else "everywhere",
        )
        for each in declared
    ]
    return _table(("keys", "command", "where"), rows)


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/cli": cli_reference,
    "reference/commands": commands_reference,
    "reference/rest": rest_reference,
    "reference/settings": settings_reference,
}


def _operation(api: Node, method: str, path: str, item: Node) -> list[str]:
    operation: Node = item[method]
    lines = [f"### `{method.upper()} {path}`", "", f"{operation['summary']}.", ""]
    parameters = [
        _resolved(api, parameter)
        for parameter in [*item.get("parameters", ()), *operation.get("parameters", ())]
    ]
    if parameters:
        rows = [
            (f"`{p['name']}`", str(p["in"]), _type_of(p["schema"]), str(p.get("description", "")))
            for p in parameters
        ]
        lines += _table(("parameter", "in", "type", "meaning"), rows)
    if "requestBody" in operation:
        lines += [f"Body: {_type_of(_json_schema(operation['requestBody']))}.", ""]
    answers = {status: _resolved(api, answer) for status, answer in operation["responses"].items()}
    for status, answer in answers.items():
        body = _type_of(_json_schema(answer))
        if body != PROBLEM:
            lines += [f"Answers **{status}**, {answer['description'].lower()}: {body}.", ""]
    problems = [s for s, answer in answers.items() if _type_of(_json_schema(answer)) == PROBLEM]
    return [*lines, f"Problems: {', '.join(problems)}, each with a {PROBLEM}.", ""]


def _body(name: str, schema: Node) -> list[str]:
    lines = [f"({_anchor(name)})=", f"### {name}", ""]
    if "description" in schema:
        lines += [f"{schema['description']}.", ""]
    if schema["type"] != "object":
        return [*lines, f"{_type_of(schema)}.", ""]
    required = schema.get("required", ())
    rows = [
        (
            f"`{key}`",
            _type_of(value),
            "yes" if key in required else "",
            value.get("description", ""),
        )
        for key, value in schema["properties"].items()
    ]
    return lines + _table(("key", "type", "required", "meaning"), rows)


def _type_of(schema: Node) -> str:
    if not schema:
        return "no body"
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[-1]
        return f"[{name}](#{_anchor(name)})"
    if "enum" in schema:
        words = " or ".join(f"`{value}`" for value in schema["enum"])
    elif schema["type"] == "array":
        words = f"list of {_type_of(schema['items'])}"
    elif schema["type"] == "object" and "properties" in schema:
        keys = ", ".join(f"`{key}`: {_type_of(v)}" for key, v in schema["properties"].items())
        words = f"object with {keys}"
    else:
        words = str(schema["type"])
    return f"{words} or null" if schema.get("nullable") else words


def _json_schema(carrier: Node) -> Node:
    schema: Node = carrier.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _resolved(api: Node, node: Node) -> Node:
    if "$ref" not in node:
        return node
    found: Node = api
    for word in str(node["$ref"]).removeprefix("#/").split("/"):
        found = found[word]
    return found


def _anchor(name: str) -> str:
    return f"body-{name.lower()}"


def _choices(spec: Node) -> str:
    if "oneOf" in spec:
        return ", ".join(f"`{choice['const']}`" for choice in spec["oneOf"])
    if "enum" in spec:
        return ", ".join(f"`{value}`" for value in spec["enum"])
    return str(spec["type"])


def _meaning(spec: Node) -> str:
    words = [str(spec[key]).rstrip(".") for key in ("title", "description") if key in spec]
    words += [f"`{one['const']}`: {one['title']}" for one in spec.get("oneOf", ())]
    return ". ".join(words) + "."


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [_row(heads), _row(["---"] * len(heads))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
