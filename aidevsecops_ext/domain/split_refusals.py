"""What a person should know before a split, or what stands in its way, cell by cell."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .imports import UnreadableCodeError, parse_python
from .late_patterns import late_pattern
from .split import STEP_NAMES, SplitCode, SplitWarning
from .split_bindings import Bound
from .split_dynamic import dynamic_part
from .split_magics import magics_of
from .split_signs import DYNAMIC, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .flow_facts import Statement
    from .notebook import Notebook
    from .split_bindings import Binding
    from .split_cells import Placed
    from .split_owners import Ownership
    from .split_reading import StepReader
    from .split_values import Missing

_ASKS = frozenset({"input", "builtins.input", "getpass.getpass", "getpass.getuser", "click.prompt"})
_STAYS = {
    "open": "an open file",
    "io.open": "an open file",
    "codecs.open": "an open file",
    "gzip.open": "an open file",
    "bz2.open": "an open file",
    "lzma.open": "an open file",
    "zipfile.ZipFile": "an open file",
    "tarfile.open": "an open file",
    "h5py.File": "an open file",
    "csv.reader": "a reader that is used up as it is read",
    "csv.DictReader": "a reader that is used up as it is read",
    "csv.writer": "a writer of an open file",
    "csv.DictWriter": "a writer of an open file",
    "zip": "an iterator, which is used up as it is read",
    "map": "an iterator, which is used up as it is read",
    "filter": "an iterator, which is used up as it is read",
    "iter": "an iterator, which is used up as it is read",
    "enumerate": "an iterator, which is used up as it is read",
    "reversed": "an iterator, which is used up as it is read",
    "socket.socket": "a socket",
    "socket.create_connection": "a socket",
    "sqlite3.connect": "a connection of a database",
    "psycopg2.connect": "a connection of a database",
    "pymysql.connect": "a connection of a database",
    "pyodbc.connect": "a connection of a database",
    "mysql.connector.connect": "a connection of a database",
    "duckdb.connect": "a connection of a database",
    "jaydebeapi.connect": "a connection of a database",
    "sqlalchemy.create_engine": "a connection of a database",
    "pymongo.MongoClient": "a connection of a database",
    "redis.Redis": "a connection of a database",
    "pyspark.sql.SparkSession.builder.getOrCreate": "a session of Spark",
    "threading.Thread": "a thread",
    "threading.Lock": "a lock",
    "threading.RLock": "a lock",
    "threading.Event": "a lock",
    "threading.Condition": "a lock",
    "threading.Semaphore": "a lock",
    "multiprocessing.Pool": "a pool of processes",
    "multiprocessing.Process": "a process",
    "multiprocessing.Lock": "a lock",
    "concurrent.futures.ThreadPoolExecutor": "a pool of threads",
    "concurrent.futures.ProcessPoolExecutor": "a pool of processes",
    "subprocess.Popen": "a process",
    "requests.Session": "a connection",
    "get_ipython": "the shell of this kernel",
    "IPython.get_ipython": "the shell of this kernel",
    "IPython.core.getipython.get_ipython": "the shell of this kernel",
    "os.scandir": "an iterator, which is used up as it is read",
    "contextvars.ContextVar": "a variable of this process",
    "threading.local": "a variable of this process",
    "weakref.ref": "a weak reference",
    "weakref.proxy": "a weak reference",
    "weakref.WeakSet": "a container of weak references",
    "weakref.WeakKeyDictionary": "a container of weak references",
    "weakref.WeakValueDictionary": "a container of weak references",
    "memoryview": "a view of the memory of another object",
}
_OF_HISTORY = {
    **dict.fromkeys(("macro", "recall", "rep", "rerun"), True),
    **dict.fromkeys(("hist", "history", "logstart", "notebook", "pastebin", "save"), False),
}
"""Magics of the kernel's history, and whether what follows depends on what they do."""

_METHODS = {"cursor": "a cursor of a database", "makefile": "an open file"}
_WIDGETS = "ipywidgets"
_MAKES_CONTEXT = late_pattern(r"^@(?:\w+\.)?(?:async)?contextmanager\s*$", re.MULTILINE)


def missing_names(reader: StepReader, statements: Iterable[Placed]) -> Iterator[SplitWarning]:
    """Names that are read before anybody binds them, or that nobody binds at all."""
    if reader.stars or not reader.missing:
        return
    later: dict[str, Placed] = {}
    for placed in statements:
        for name in placed.statement.writes:
            later.setdefault(name, placed)
    told: set[tuple[str, int]] = set()
    for each in reader.missing:
        if (each.name, each.placed.cell) not in told:
            told.add((each.name, each.placed.cell))
            yield _missing(each, later.get(each.name))


def taken_names(statements: Iterable[Placed]) -> Iterator[SplitWarning]:
    """Names that the notebook binds, and that step notebooks need for themselves."""
    for placed in statements:
        taken = placed.statement.writes & STEP_NAMES
        for name in sorted(taken) if taken else ():
            yield SplitWarning(
                SplitCode.TAKEN_NAME,
                f"{name} is what step notebooks call something of their own. Give it another "
                "name, or split the notebook that this one was made of.",
                placed.cell,
                placed.statement.line,
                True,
            )


def _missing(each: Missing, written: Placed | None) -> SplitWarning:
    placed = each.placed
    is_sure = not placed.statement.is_conditional
    where = (placed.cell, _line_of(each.name, placed.statement), is_sure)
    if written is not None and written.order > placed.order:
        return SplitWarning(
            SplitCode.USE_BEFORE_DEFINITION,
            f"{each.name} is used before {written.name} binds it: run from top to bottom, the "
            "notebook fails here.",
            *where,
        )
    return SplitWarning(
        SplitCode.UNDEFINED_NAME,
        f"{each.name} is not bound by any cell of the split that comes before: it is left out, "
        "or was only ever in the kernel.",
        *where,
    )


def _line_of(name: str, statement: Statement) -> int:
    """Where a statement reads a name: where it begins, if what it calls does."""
    try:
        tree = parse_python(statement.source)
    except UnreadableCodeError:
        return statement.line
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    return statement.line + min(lines, default=1) - 1


def hidden_state(statements: Iterable[Placed]) -> Iterator[SplitWarning]:
    """What depends on the kernel's history, on somebody at the keyboard, or cannot be seen."""
    for placed in statements:
        statement = placed.statement
        for use in statement.uses_history:
            yield SplitWarning(
                SplitCode.KERNEL_HISTORY,
                f"{use.name} is what was run before in this kernel; a step has a kernel of its "
                "own. Give the value a name.",
                placed.cell,
                use.line,
                True,
            )
        for call in statement.calls:
            if (call.target or call.callee) in _ASKS:
                yield SplitWarning(
                    SplitCode.ASKS_USER,
                    f"{call.callee}() waits for somebody to type; a step that runs by itself "
                    "cannot. Use a parameter, or a variable of the environment.",
                    placed.cell,
                    call.line,
                )
        if not signs_of(statement) & DYNAMIC:
            continue
        for magic in magics_of(statement):
            if magic.name in _OF_HISTORY:
                is_sure = _OF_HISTORY[magic.name]
                yield SplitWarning(
                    SplitCode.KERNEL_HISTORY,
                    f"%{magic.name} looks at what was run before in this kernel; a step has a "
                    f"kernel of its own{', and other cells' if not is_sure else ''}. "
                    f"{'Write the code out.' if is_sure else 'What it shows or saves differs.'}",
                    placed.cell,
                    magic.line,
                    is_sure,
                )
            if magic.name == "blockrun":
                yield SplitWarning(
                    SplitCode.BLOCKS,
                    "%blockrun waits for a click; a step that runs by itself cannot.",
                    placed.cell,
                    magic.line,
                )
        part = dynamic_part(statement)
        if part is not None:
            yield SplitWarning(
                SplitCode.DYNAMIC_CODE,
                f"{part} may read and write any variable, so the step takes them all and keeps "
                "its place.",
                placed.cell,
                statement.line,
            )


def star_imports(reader: StepReader) -> Iterator[SplitWarning]:
    """Imports of nobody knows which names."""
    for placed, binding in reader.stars:
        module = binding.imported.module if binding.imported else ""
        yield SplitWarning(
            SplitCode.STAR_IMPORT,
            f"Nobody knows which names come from {module}, so every later step imports it; names "
            "that no cell binds are taken to be of it.",
            placed.cell,
            placed.statement.line,
        )


def run_order(notebook: Notebook) -> Iterator[SplitWarning]:
    """Cells that were last run in another order than they stand in."""
    highest = 0
    for cell in notebook.code_cells:
        count = cell.execution_count
        if count is None or not cell.source.strip():
            continue
        if count < highest:
            yield SplitWarning(
                SplitCode.CELL_ORDER,
                f"The cell was last run before one that stands above it ([{count}] after "
                f"[{highest}]): its outputs may be others when all is run from top to bottom.",
                cell.index,
            )
        highest = max(highest, count)


def not_writable(reader: StepReader, owners: Ownership) -> Iterator[SplitWarning]:
    """Variables that cross and hold what stays in its process."""
    for number, outputs in enumerate(owners.outputs):
        for name in sorted(outputs):
            binding = reader.bound_at(name, number + 1)
            reason = None if binding is None else _staying(binding, reader)
            if binding is not None and reason is not None:
                yield SplitWarning(
                    SplitCode.NOT_WRITABLE,
                    f"{name} is {reason}: it cannot be written for later steps. "
                    f"{_what_to_do(name, binding, number, reader)}",
                    binding.placed.cell,
                    binding.placed.statement.line,
                    True,
                )


def _what_to_do(name: str, binding: Binding, step: int, reader: StepReader) -> str:
    """How a variable need not cross: the last cell that uses it has to be in the step, too."""
    cells = [
        placed.cell
        for facts in reader.steps[step + 1 :]
        for placed in facts.statements
        if name in placed.statement.reads | placed.statement.mutates | placed.statement.loads
        and reader.before(name, placed) is binding
    ]
    apart = "Make it in the step that uses it, or keep what it is made of"
    if not cells:
        return f"{apart}."
    first, last = sorted((binding.placed.cell, max(cells)))
    return (
        f"{apart}; or have cells {first + 1} to {last + 1} in one step: by smaller headings "
        "between them, by one tag step:NAME, or by merging the steps in the preview."
    )


def _staying(binding: Binding, reader: StepReader) -> str | None:
    """Why the value that a name has cannot be written; None when it can, or nobody knows."""
    statement = binding.placed.statement
    try:
        tree = parse_python(statement.source)
    except UnreadableCodeError:
        return None
    targets = {call.callee: (call.target or call.callee) for call in statement.calls}
    for node in ast.walk(tree):
        value = _value_of(node, binding.name)
        if value is None:
            continue
        if isinstance(node, ast.withitem) and _made_by(value, binding, reader) is not None:
            return None  # what a function of the notebook yields is no generator
        return _reason(value, targets, binding, reader)
    return None


def _value_of(node: ast.AST, name: str) -> ast.expr | None:
    """The expression that gives the name its value."""
    match node:
        case ast.Assign(targets=targets, value=value) if any(
            isinstance(each, ast.Name) and each.id == name for each in targets
        ):
            return value
        case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
            return value
        case ast.withitem(optional_vars=ast.Name(id=found), context_expr=value) if found == name:
            return value
        case _:
            return None


def _reason(
    value: ast.expr, targets: dict[str, str], binding: Binding, reader: StepReader
) -> str | None:
    if isinstance(value, ast.GeneratorExp):
        return "a generator, which is used up as it is read"
    if isinstance(value, ast.Name):
        found = reader.before(value.id, binding.placed)
        return "a module" if found is not None and _is_module(found) else None
    if isinstance(value, ast.List | ast.Tuple | ast.Set | ast.Dict):
        parts = value.values if isinstance(value, ast.Dict) else value.elts
        held = (_reason(each, targets, binding, reader) for each in parts)
        part = next((each for each in held if each is not None), None)
        return part and f"a container of {part.removeprefix('a container of ')}"
    if not isinstance(value, ast.Call):
        return None
    callee = ast.unparse(value.func)
    target = targets.get(callee, callee).removeprefix("builtins.")
    if target.startswith("pandas.read_") and _is_read_in_parts(value):
        return "a reader that is used up as it is read"
    if target in _STAYS:
        return _STAYS[target]
    if target.startswith(f"{_WIDGETS}."):
        return "a widget"
    if isinstance(value.func, ast.Attribute) and value.func.attr in _METHODS:
        return _METHODS[value.func.attr]
    made = _made_by(value, binding, reader)
    if made is not None and _yields(made):
        return "a generator, which is used up as it is read"
    return None


def _made_by(value: ast.expr, binding: Binding, reader: StepReader) -> Binding | None:
    """The function of the notebook that an expression calls."""
    if not isinstance(value, ast.Call):
        return None
    made = reader.before(ast.unparse(value.func), binding.placed)
    return made if made is not None and made.kind is Bound.DEFINITION else None


def _is_read_in_parts(call: ast.Call) -> bool:
    """True for pandas when it gives a table piece by piece."""
    return any(
        each.arg in ("chunksize", "iterator")
        and not (isinstance(each.value, ast.Constant) and not each.value.value)
        for each in call.keywords
    )


def _is_module(binding: Binding) -> bool:
    return binding.imported is not None and binding.imported.attribute is None


def _yields(binding: Binding) -> bool:
    """True for a function that surely gives a generator: no decorator makes something of it."""
    source = binding.placed.statement.source
    if "yield" not in source:
        return False
    return any(
        isinstance(node, ast.Yield | ast.YieldFrom)
        for statement in parse_python(source).body
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
        and not statement.decorator_list
        for node in ast.walk(statement)
    ) or (_MAKES_CONTEXT.search(source) is not None)
