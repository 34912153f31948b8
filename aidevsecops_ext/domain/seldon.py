"""A model for Seldon, out of the cells of a notebook that are tagged ``Train`` and ``Wrapper``."""

from __future__ import annotations

import ast
import re
from posixpath import basename
from typing import TYPE_CHECKING

from msgspec import Struct

from .dataflow import analyze
from .imports import UnreadableCodeError, parse_python
from .ipython import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .notebook import Cell, Notebook

TRAIN, WRAPPER = "train", "wrapper"

_MODEL = re.compile(r".+\.(sav|pkl|pickle|joblib|h5|hdf5|keras|pt|pth|onnx)", re.I)
_WRITERS = frozenset({"dump", "save", "save_model", "to_pickle", "write_bytes", "export"})
_READERS = frozenset({"load", "load_model", "read_pickle", "read_bytes", "InferenceSession"})
_SERVES = (
    "predict",
    "predict_raw",
    "transform_input",
    "transform_output",
    "route",
    "aggregate",
)
_SHELL = "subprocess.run({command!r}, shell=True, check=True)"
_CAPTURED = (
    "subprocess.run({command!r}, shell=True, check=True, capture_output=True, text=True)"
    ".stdout.splitlines()"
)


class SeldonScript(Struct, frozen=True):
    """Python made of cells; ``missing`` are names that it reads and nothing in it defines.

    ``models`` are the paths of the models that it writes or reads. ``notes`` are sentences on
    what was translated or left out.
    """

    text: str
    cells: tuple[int, ...]
    missing: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class SeldonClass(Struct, frozen=True):
    """The class that serves a model; ``arguments`` are those that it cannot be made without."""

    name: str
    methods: tuple[str, ...]
    arguments: tuple[str, ...] = ()


def cells_tagged(notebook: Notebook, tag: str) -> tuple[Cell, ...]:
    """The code cells that have a tag, whatever its capitals."""
    return tuple(
        cell for cell in notebook.code_cells if tag in {each.strip().lower() for each in cell.tags}
    )


def script_of(cells: Iterable[Cell], *, is_training: bool) -> SeldonScript:
    """The cells as one file of Python; of training the models that it writes, else that it reads.

    Raises:
        UnreadableCodeError: a cell is not Python; the message names it.
    """
    parts, notes, numbers = [], [], []
    for cell in cells:
        numbers.append(cell.index)
        code, more = _translated(cell)
        notes += more
        parts.append(f"# cell {cell.index + 1}\n{code.strip(chr(10))}\n")
    body = "\n\n".join(parts)
    if "subprocess.run(" in body:
        body = f"import subprocess\n\n{body}"
    flow = analyze(body)
    models = _models(parse_python(body), _WRITERS if is_training else _READERS, is_training)
    return SeldonScript(
        text=body,
        cells=tuple(numbers),
        # What is defined on some ways only is defined on the way that training takes.
        missing=tuple(sorted(flow.reads - flow.writes)),
        models=tuple(dict.fromkeys(models)),
        notes=tuple(notes),
    )


def class_of(script: SeldonScript) -> SeldonClass | None:
    """The class in a script that can serve a model; None without one.

    Raises:
        UnreadableCodeError: it is not Python.
    """
    found = []
    for statement in parse_python(script.text).body:
        if isinstance(statement, ast.ClassDef):
            functions = [each for each in statement.body if isinstance(each, ast.FunctionDef)]
            names = tuple(each.name for each in functions)
            made = next((each for each in functions if each.name == "__init__"), None)
            found.append(SeldonClass(statement.name, names, _required(made)))
    # What stands last is what the others were written for.
    serving = (each for each in reversed(found) if set(_SERVES) & set(each.methods))
    return next(serving, None)


def definers_of(names: Iterable[str], notebook: Notebook) -> dict[str, tuple[int, ...]]:
    """The cells that define each name, for those that any does."""
    found: dict[str, list[int]] = {name: [] for name in names}
    for cell in notebook.code_cells:
        try:
            written = analyze(read_cell(cell.source).python).writes
        except UnreadableCodeError:
            continue
        for name in written & set(found):
            found[name].append(cell.index)
    return {name: tuple(cells) for name, cells in found.items() if cells}


def is_same_model(one: str, other: str) -> bool:
    """True for two paths of a model that may be one file: the image has its own folders."""
    return basename(one) == basename(other)


def _translated(cell: Cell) -> tuple[str, list[str]]:
    """The cell as Python, and what became of its IPython lines."""
    code = read_cell(cell.source)
    lines, old = code.python.split("\n"), cell.source.split("\n")
    commands = {command.line: command.text for command in code.commands}
    notes = []
    for number, (line, before) in enumerate(zip(lines, old, strict=False), start=1):
        text = before.strip()
        if line.strip() == text:
            continue
        command = commands.get(number)
        where = f"Cell {cell.index + 1}, line {number}: '{text}'"
        is_plain = command is not None and not re.search(r"[{$]", command)
        if command is not None and is_plain and text.lstrip("%!").split()[:1] != ["pip"]:
            lines[number - 1] = _shell(line, command)
            notes.append(f"{where} runs in a shell.")
        elif line.strip() in ("pass", "", "None; pass"):
            notes.append(f"{where} is left out.")
        else:
            notes.append(f"{where} is '{line.strip()}' in the script.")
    try:
        parse_python("\n".join(lines))
    except UnreadableCodeError as error:
        raise UnreadableCodeError(
            f"cell {cell.index + 1} is not Python: {error.message}", error.line
        ) from error
    return "\n".join(lines), notes


def _shell(line: str, command: str) -> str:
    if line.endswith("None; pass"):
        return line.removesuffix("None; pass") + _CAPTURED.format(command=command)
    return line[: len(line) - len(line.lstrip())] + _SHELL.format(command=command)


def _models(tree: ast.Module, calls: frozenset[str], is_writing: bool) -> Iterator[str]:
    """The paths of models that are given to calls which write them, or read them."""
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        is_open = _last_name(node.func) == "open" and _is_writing(node) is is_writing
        if is_open or _last_name(node.func) in calls:
            for path in _paths(node, constants):
                if _MODEL.fullmatch(path):
                    yield path


def _paths(call: ast.Call, constants: dict[str, str]) -> Iterator[str]:
    # The path may be within: pickle.dump(m, open("m.pkl", "wb")), Path("m.pkl").write_bytes(b).
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Name) and node.id in constants:
            yield constants[node.id]


def _is_writing(call: ast.Call) -> bool:
    modes = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "mode")]
    # Of a path object the mode comes first.
    modes += call.args[:1] if isinstance(call.func, ast.Attribute) else []
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and re.fullmatch(r"[wxa]b?\+?", mode.value)
        for mode in modes
    )


def _required(made: ast.FunctionDef | None) -> tuple[str, ...]:
    if made is None:
        return ()
    names = [argument.arg for argument in (*made.args.posonlyargs, *made.args.args)][1:]
    names = names[: len(names) - len(made.args.defaults)] if made.args.defaults else names
    only = zip(made.args.kwonlyargs, made.args.kw_defaults, strict=True)
    return (*names, *(argument.arg for argument, default in only if default is None))


def _last_name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
