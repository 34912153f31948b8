"""What is off in a configuration file: by its schema, and what a schema cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.configuration import ConfigurationProblem, ProblemLevel
from .yaml_places import locate_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema import ValidationError  # type: ignore[import-untyped]

    from ..domain.json_value import Json
    from .yaml_places import LocatedYaml, Place

_KINDS = {
    "object": "a table",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a number",
    "boolean": "true or false",
}
_NAMED = ("runtime_environments", "overlays")
_ENVIRONMENTS, _PYTHON = "runtime_environments", "python_version"


def check_configuration(text: str, schema: Mapping[str, Json]) -> tuple[ConfigurationProblem, ...]:
    """What is off in the text of a file, from its first line to its last."""
    try:
        located = locate_yaml(text)
    except ValueError as error:
        reason, line = error.args
        return (ConfigurationProblem(line, "", f"It is not YAML: {reason}."),)
    if not isinstance(located.value, dict):
        what = "It is empty." if located.value in (None, "") else "It is not a table."
        return (ConfigurationProblem(1, "", what),)
    found = (
        *_broken_rules(located, schema),
        *_repeated(located),
        *_notes(located, schema),
    )
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.place)))


def _broken_rules(
    located: LocatedYaml, schema: Mapping[str, Json]
) -> Iterator[ConfigurationProblem]:
    # Slow to import.
    from jsonschema import Draft7Validator

    for error in Draft7Validator(schema).iter_errors(located.value):
        place = (*error.absolute_path,)
        yield _problem(located, place, _words(error))


def _words(error: ValidationError) -> str:
    said = error.schema.get("errorMessage") if isinstance(error.schema, dict) else None
    if error.validator == "required":
        return f"It lacks '{error.message.split(chr(39))[1]}'."
    if isinstance(said, str):
        return said
    if error.validator == "type":
        kinds = (
            [error.validator_value]
            if isinstance(error.validator_value, str)
            else [kind for kind in error.validator_value if kind != "null"]
        )
        return f"It has to be {' or '.join(dict.fromkeys(_KINDS[kind] for kind in kinds))}."
    if error.validator == "enum":
        known = ", ".join(value for value in error.validator_value if value)
        return f"'{error.instance}' is not one of: {known}."
    return "It may not be empty."


def _repeated(located: LocatedYaml) -> Iterator[ConfigurationProblem]:
    for place, line in located.repeated:
        yield ConfigurationProblem(
            line, _shown(place), f"'{place[-1]}' occurs twice; only the last one counts."
        )
    table = located.value if isinstance(located.value, dict) else {}
    for key in _NAMED:
        entries = table.get(key)
        seen: set[str] = set()
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            name = entry.get("name") if isinstance(entry, dict) else None
            if not isinstance(name, str | int):
                continue
            if str(name) in seen:
                said = f"The name '{name}' occurs twice; the first one counts."
                yield _problem(located, (key, number, "name"), said)
            seen.add(str(name))


def _notes(located: LocatedYaml, schema: Mapping[str, Json]) -> Iterator[ConfigurationProblem]:
    """What is ignored, or read as something else, by some of those that read the file."""
    for place in located.lines:
        said = _deprecation(place, schema)
        if said:
            yield _problem(located, place, said, ProblemLevel.NOTE)
        is_python = len(place) == 3 and place[0] == _ENVIRONMENTS and place[2] == _PYTHON
        if is_python and isinstance(_value(located.value, place), float):
            said = "Put it in quotes: as a number, 3.10 is 3.1."
            yield _problem(located, place, said, ProblemLevel.NOTE)


def _deprecation(place: Place, schema: Mapping[str, Json]) -> str:
    part: Json = {**schema}
    for step in place:
        part = _inside(part, step, schema)
    said = part.get("deprecationMessage") if isinstance(part, dict) else None
    return said if isinstance(said, str) else ""


def _inside(part: Json, step: str | int, schema: Mapping[str, Json]) -> Json:
    table = part if isinstance(part, dict) else {}
    inner: Json = table.get("items")
    if isinstance(step, str):
        properties = table.get("properties")
        inner = properties.get(step) if isinstance(properties, dict) else None
    reference = inner.get("$ref") if isinstance(inner, dict) else None
    if isinstance(reference, str):
        definitions = schema["definitions"]
        name = reference.rpartition("/")[2]
        return definitions[name] if isinstance(definitions, dict) else None
    return inner


def _value(value: Json, place: Place) -> Json:
    for step in place:
        value = value[str(step)] if isinstance(value, dict) else _entry(value, int(step))
    return value


def _entry(value: Json, number: int) -> Json:
    return value[number] if isinstance(value, list) else None


def _problem(
    located: LocatedYaml, place: Place, message: str, level: ProblemLevel = ProblemLevel.ERROR
) -> ConfigurationProblem:
    line = next(
        located.lines[place[:end]]
        for end in range(len(place), -1, -1)
        if place[:end] in located.lines
    )
    return ConfigurationProblem(line, _shown(place), message, level)


def _shown(place: Place) -> str:
    """The place as people write it: ``overlays[2].build.registry``, counted from 1."""
    shown = ""
    for step in place:
        shown += f"[{step + 1}]" if isinstance(step, int) else f"{'.' if shown else ''}{step}"
    return shown
