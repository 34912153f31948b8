"""What variables have of one process only, and lose when they cross: memory in common, places.

Of ``frame = pd.DataFrame(rows, copy=False)`` and ``rows`` each gets memory of its own, and what
``id`` gives of an object it gives of none in another process. Told where a later step would notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .late_patterns import late_pattern
from .split import SplitCode, SplitWarning
from .split_bindings import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .flow_facts import CallUse, Statement
    from .split_cells import Placed
    from .split_reading import StepReader

# These show the memory, or the names, of what they are given.
_SHOWING = frozenset({"numpy.frombuffer", "pandas.DataFrame", "types.MappingProxyType", "vars"})
_ENDINGS = (".__dict__", ".index", ".columns", ".values", ".to_numpy()")
# What makes an array of a file: the parameter that says whether it is written, its place, and what
# it is where nobody says so.
_MAPS = {
    "numpy.memmap": ("mode", 2, "r+"),
    "numpy.lib.format.open_memmap": ("mode", 1, "r+"),
    "numpy.load": ("mmap_mode", 1, "r"),
}
_ONLY_READ = frozenset({"r", "c", "readonly", "copyonwrite"})
_OF_OBJECT = late_pattern(r"\w+\s*=\s*(\w+)\.(?:__dict__|(index|columns)|(values|to_numpy\(\)))")
_INTO_FRAME = late_pattern(r"\w+\.(?:loc|iloc|at|iat)\[")


class Window(Struct, frozen=True):
    """A variable that shows what another one holds; ``placed`` is the statement that makes it.

    With ``is_frame`` that is the memory of a frame, which few changes of it go to; with
    ``is_narrow`` only a change of the window itself is one of both.
    """

    name: str
    of: str
    placed: Placed
    is_frame: bool = False
    is_narrow: bool = False


def lost_windows(
    reader: StepReader, statements: Sequence[Placed], outputs: Sequence[frozenset[str]]
) -> Iterator[SplitWarning]:
    """Variables that show what others hold, where a later step changes one and uses the other."""
    for window in (found for placed in statements for found in _windows_of(placed)):
        if not {window.name, window.of} & outputs[window.placed.step]:
            continue
        changed = _first_change(window, reader, statements)
        if changed is not None:
            yield SplitWarning(
                SplitCode.NOT_KEPT,
                f"{window.name} shows what {window.of} holds, and a later step has them apart: "
                f"it changes one in {changed.name}, and the other stays as it is. Have both made "
                "and changed in one step, or make a copy.",
                window.placed.cell,
                window.placed.statement.line,
            )


def _windows_of(placed: Placed) -> Iterator[Window]:
    statement = placed.statement
    if len(statement.writes) != 1:
        return
    [name] = statement.writes
    for call in statement.calls:
        if call.target in _SHOWING and call.arguments and not call.is_deferred and _shows(call):
            yield from (Window(name, of, placed) for of in sorted(call.arguments[0].names - {name}))
    # To look at the end is many times as fast as to look for a pattern.
    ends_so = statement.source.endswith(_ENDINGS)
    found = _OF_OBJECT.fullmatch(statement.source) if ends_so else None
    if found is not None and found[1] != name:
        yield Window(name, found[1], placed, found[3] is not None, found[2] is not None)


def _shows(call: CallUse) -> bool:
    """True unless a frame copies what it is made of, as it does where nobody says otherwise."""
    return call.target != "pandas.DataFrame" or any(
        each.keyword == "copy" and each.literal is False for each in call.arguments
    )


def _first_change(
    window: Window, reader: StepReader, statements: Sequence[Placed]
) -> Placed | None:
    """The first statement of a later step that changes one, if the other is used from then on."""
    here = window.placed
    both = {window.name, window.of}
    bound = {name: reader.bound_at(name, here.step + 1) for name in both}
    changed: Placed | None = None
    waiting: set[str] = set()
    for placed in statements:
        statement = placed.statement
        if placed.step <= here.step:
            continue
        if waiting & statement.reads:
            return changed
        for name in both & statement.mutates:
            is_same = reader.before(name, placed) is bound[name]
            if is_same and _goes_through(window, name, statement):
                changed, waiting = changed or placed, waiting | both - {name}
        waiting -= statement.writes
        both -= statement.writes
    return None


def _goes_through(window: Window, name: str, statement: Statement) -> bool:
    """True for a change of one of the two that the other shows."""
    if name == window.name:
        return True
    return not window.is_narrow and (
        not window.is_frame or _INTO_FRAME.match(statement.source) is not None
    )


def lost_maps(
    reader: StepReader, statements: Sequence[Placed], outputs: Sequence[frozenset[str]]
) -> Iterator[SplitWarning]:
    """Variables that are files in memory, where a later step changes what is a copy by then."""
    for placed in statements:
        statement = placed.statement
        # To look for a word is many times as fast as to look at all calls.
        if "mmap" not in statement.source or not any(map(_is_written_map, statement.calls)):
            continue
        for name in sorted(statement.writes & outputs[placed.step]):
            bound = reader.bound_at(name, placed.step + 1)
            changed = next(
                (
                    later
                    for later in statements
                    if later.step > placed.step
                    and name in later.statement.mutates
                    and reader.before(name, later) is bound
                ),
                None,
            )
            if changed is not None:
                yield SplitWarning(
                    SplitCode.NOT_KEPT,
                    f"{name} is a file in memory, and a later step has a copy: what {changed.name} "
                    "changes in it does not get to the file. Have it made and changed in one step.",
                    placed.cell,
                    statement.line,
                )


def _is_written_map(call: CallUse) -> bool:
    """True for an array of a file that what changes it is written to."""
    if call.target not in _MAPS:
        return False
    keyword, position, default = _MAPS[call.target]
    mode = next((each for each in call.arguments if each.keyword == keyword), None)
    by_place = [each for each in call.arguments if each.keyword is None]
    if mode is None and len(by_place) > position:
        mode = by_place[position]
    word = default if mode is None else mode.literal
    # Without a mode that is known it may be written; None reads the file at once.
    return word not in _ONLY_READ and not (mode is not None and mode.is_literal and word is None)


def kept_places(
    reader: StepReader, statements: Sequence[Placed], outputs: Sequence[frozenset[str]]
) -> Iterator[SplitWarning]:
    """Variables with what ``id`` gave of objects, where a later step asks for that again."""
    if not any("id(" in placed.statement.source for placed in statements):
        return
    asking = [placed for placed in statements if _asks_for_places(placed, reader)]
    for placed in asking:
        statement = placed.statement
        kept = (statement.writes - statement.definitions) | statement.mutates
        for name in sorted(kept & outputs[placed.step]):
            if any(later.step > placed.step and _uses(name, later) for later in asking):
                yield SplitWarning(
                    SplitCode.NOT_KEPT,
                    f"{name} holds what id() gives of objects, which is something else in each "
                    "step. Use names or positions instead, or have what asks for it in one step.",
                    placed.cell,
                    statement.line,
                )


def _uses(name: str, placed: Placed) -> bool:
    return name in placed.statement.reads or name in placed.statement.mutates


def _asks_for_places(placed: Placed, reader: StepReader) -> bool:
    """True for a statement that calls ``id``, itself or by a function of the notebook."""
    called = reader.steps[placed.step].calls.get(placed, ())
    functions = [each.placed.statement for each in called if each.kind is Bound.DEFINITION]
    return _calls_id(placed.statement, is_deferred=False) or any(
        _calls_id(each, is_deferred=True) for each in functions
    )


def _calls_id(statement: Statement, *, is_deferred: bool) -> bool:
    return any(call.target == "id" and call.is_deferred is is_deferred for call in statement.calls)
