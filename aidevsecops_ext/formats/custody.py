"""The lines in generated files that say what they come from.

They are comments, and look so::

    # Written by aidevsecops, which writes it again when the notebook changes.
    # notebook: notebooks/digits.ipynb
    # step: train
    # step-notebook: notebooks/digits-train.ipynb
    # cells: 1, 4-6 (counted from 1)
    # lock: sha256:5f2c...
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.late_patterns import late_pattern
from .toml_text import quoted, read_toml, table_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = late_pattern(
    r"^# (?P<key>notebook|step|step-notebook|lock|requirements): (?P<value>.*?)\r?$", re.M
)
# As ``pylock`` writes it, line by line.
_TEXT = r'"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"'
_ENTRY = rf"(?:\w+ = (?:{_TEXT}|\d+|\{{ \w+ = {_TEXT} \}})(?:, )?)+"
_VALUE = rf"(?:{_TEXT}|\[|\{{ {_ENTRY} \}})"
_LOCK_AS_WRITTEN = late_pattern(
    rf"(?:(?:|\[\[packages\]\]|[\w-]+ = {_VALUE}|  \{{ {_ENTRY} \}},|\])\r?\n)*"
)
_TABLE = "[tool.aidevsecops]"
_HASH = "sha256:"
_SEAL = f"# as-written: {_HASH}"


class Custody(Struct, frozen=True):
    """What a generated file comes from.

    ``lock`` is the digest of the lock that it was made of, empty for a file that holds no packages.
    ``step`` is None for the environment of a whole notebook, ``step_notebook`` where the step has
    no notebook of its own. ``requirements`` is the hash of the Pipfile as it was generated, and
    stands in that file only.
    """

    notebook: str
    lock: str
    step: str | None = None
    step_notebook: str | None = None
    cells: tuple[int, ...] = ()
    requirements: str = ""


def custody_lines(custody: Custody) -> str:
    """The comment that stands at the head of a file."""
    return "".join(f"# {line}\n" for line in _lines(custody))


def sealed(custody: Custody, body: str) -> str:
    """A file with that comment at its head, by which a later edit of its body is known."""
    return f"{custody_lines(custody)}{_SEAL}{_digest(body)}\n{body}"


def is_edited(text: str) -> bool:
    """True for a file whose body is not as it was sealed here."""
    _, mark, rest = text.partition(_SEAL)
    digest, _, body = rest.replace("\r\n", "\n").partition("\n")
    return not mark or digest.strip() != _digest(body)


def custody_table(custody: Custody) -> str:
    """The same as the table ``[tool.aidevsecops]`` of a TOML file; its cells count from 0."""
    lines = [_TABLE, f"notebook = {quoted(custody.notebook)}"]
    if custody.step is not None:
        lines.append(f"step = {quoted(custody.step)}")
    if custody.step_notebook is not None:
        lines.append(f"step-notebook = {quoted(custody.step_notebook)}")
    if custody.cells:
        lines.append(f"cells = [{', '.join(map(str, custody.cells))}]")
    lines.append(f"lock = {quoted(_HASH + custody.lock)}")
    return "\n".join(lines) + "\n"


def read_custody(text: str) -> Custody | None:
    """What a file says that it comes from, without its cells; None where it does not say it."""
    found = {match["key"]: match["value"] for match in _LINE.finditer(text)}
    if "notebook" not in found:
        return None
    return Custody(
        notebook=_unescaped(found["notebook"]),
        lock=found.get("lock", "").removeprefix(_HASH),
        step=found.get("step"),
        step_notebook=_unescaped(found["step-notebook"]) if "step-notebook" in found else None,
        requirements=found.get("requirements", "").removeprefix(_HASH),
    )


def read_custody_table(text: str) -> Custody | None:
    """What a TOML file's table says; None where there is none.

    Raises:
        UserError: it is not TOML.
    """
    # A lock is long, and to read all of it takes longer than everything else that is asked of it.
    head, mark, tail = text.rpartition(_TABLE)
    is_as_written = bool(mark) and _LOCK_AS_WRITTEN.fullmatch(head) is not None
    table = read_toml(mark + tail if is_as_written else text, "pylock.toml")
    table = table_of(table, "tool", "aidevsecops")
    if not text_of(table, "notebook"):
        return None
    cells = table.get("cells")
    return Custody(
        notebook=text_of(table, "notebook"),
        lock=text_of(table, "lock").removeprefix(_HASH),
        step=text_of(table, "step") or None,
        step_notebook=text_of(table, "step-notebook") or None,
        cells=tuple(c for c in (cells if isinstance(cells, list) else []) if isinstance(c, int)),
    )


def ranges_of(cells: Sequence[int]) -> str:
    """Cells as people count them: ``1, 4-6`` for 0, 3, 4 and 5."""
    ranges: list[tuple[int, int]] = []
    for number in sorted({cell + 1 for cell in cells}):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def _lines(custody: Custody) -> Iterator[str]:
    yield "Written by aidevsecops, which writes it again when the notebook changes."
    yield f"notebook: {_escaped(custody.notebook)}"
    if custody.step is not None:
        yield f"step: {custody.step}"
    if custody.step_notebook is not None:
        yield f"step-notebook: {_escaped(custody.step_notebook)}"
    if custody.cells:
        yield f"cells: {ranges_of(custody.cells)} (counted from 1)"
    if custody.lock:
        yield f"lock: {_HASH}{custody.lock}"
    if custody.requirements:
        yield f"requirements: {_HASH}{custody.requirements}"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _escaped(path: str) -> str:
    # A name may hold a line break, and would end the comment.
    return json.dumps(path, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")


def _unescaped(text: str) -> str:
    try:
        path: object = json.loads(f'"{text}"')
    except ValueError:
        return text
    return str(path)
