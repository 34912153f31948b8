"""The text of an output without what differs from run to run and is no result.

Two classes of it are told apart. What :func:`normalised` takes out is never a result: addresses,
colours, the names that Jupyter gives to cells, IPython's own timings, progress bars. What
:func:`without_volatile` takes out as well may be one (*distance 3.2 m* is data, *done in 3.2 s* is
not), so that it counts only where the notebook itself gives something else at each run, or where
it is a duration and the cell reads a clock.

>>> normalised("<Model at 0x7f3a5c001200> scored 0.91")
'<Model at <address>> scored 0.91'
>>> without_volatile("done in 3.2 s at 12:30:01, score 0.91")
'done in <duration> at <time>, score 0.91'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNIT = r"(?:ns|us|µs|μs|ms|s|sec|secs|seconds?|min|mins|minutes?|h|hours?)"
_NUMBER = r"\d+(?:\.\d+)?(?:e[-+]?\d+)?"

# Colours and cursor movements of terminals.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_ALWAYS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        # "object at 0x…", and the ranges that Linux and macOS place objects in.
        (r"(?<=\bat )0x[0-9a-fA-F]{6,16}\b", "<address>"),
        (r"\b0x(?:7f[0-9a-f]{10}|5[56][0-9a-f]{10})\b", "<address>"),
        # Where ipykernel says a cell's code is: a process id, a hash of the code, a line of it.
        # Looked for where a word begins alone: long words would be read from each of their letters.
        (r"(?<![^\s\"'<>])[^\s\"'<>]*[/\\]ipykernel_\d+[/\\]\d+\.py(?::\d+)?", "<cell>"),
        (r"\bCell In ?\[\d+\](?:, line \d+)?", "<cell>"),
        (r"<ipython-input-\d+-[0-9a-f]+>(?::\d+)?", "<cell>"),
        # Python's names for temporary files and folders.
        (r"(?:/tmp|/var/folders/[^\s\"'/]+/[^\s\"'/]+/T)/tmp[a-z0-9_]{8}\b", "<temporary>"),
        # %time, %%time and %timeit.
        (r"^CPU times: user [^\n]*$", "<timing>"),
        (rf"^Wall time: {_NUMBER} ?[^\n]*$", "<timing>"),
        (r"^[^\n]* per loop \(mean ± std\. dev\. of [^\n]*\)$", "<timing>"),
        # tqdm: what is counted stays, how long it took does not.
        (
            r"\[(?:\d+:)?\d+:\d+<(?:\?|(?:\d+:)?\d+:\d+), +(?:\?|[\d.]+)? ?[^\],\s]*/[^\],\s]+",
            "[<timing>",
        ),
        # joblib and the searches of scikit-learn: rounded so that two runs may well agree.
        (
            rf"(elapsed: +|remaining: +|total time= *){_NUMBER} ?(?:s|min)\b",
            r"\1<timing>",
        ),
        # Keras: "3s 12ms/step".
        (
            rf"(?:\b\d+s )?\b{_NUMBER} ?(?:us|µs|μs|ms|s)/(step|sample|epoch)\b",
            r"<timing>/\1",
        ),
    )
)

_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<uuid>"),
        # The styles of a pandas table: a random name for each.
        (r"\bT_[0-9a-f]{5}(?=[_\"'\s{#]|$)", "T_<id>"),
        # scikit-learn counts the diagrams of a process.
        (r"\bsk-(container|estimator)-id-\d+\b", r"sk-\1-id-<id>"),
        # Matplotlib's pictures in SVG.
        (r"(?<=[\"#])[a-zA-Z][0-9a-f]{10}(?=[\")])", "<id>"),
        (r"<dc:date>[^<]*</dc:date>", "<dc:date/>"),
    )
)

_DURATIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"(?<![\w.]){_NUMBER} ?{_UNIT}\b(?!/)", "<duration>"),
        (rf"(?<![\w.]){_NUMBER} ?(?:it|items|rows|samples|steps)/s\b", "<rate>"),
        # "Elapsed: 0.0123": no unit, but a word for time right before the number.
        (
            r"(?i)\b((?:elapsed|took|duration|run ?time|wall|cpu|seconds|time)"
            rf"(?: \w+)?\s*[:=]?\s*){_NUMBER}\b",
            r"\1<duration>",
        ),
    )
)

_OTHERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (
            r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?",
            "<time>",
        ),
        (r"\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\b", "<time>"),
        # A moment as a number.
        (r"(?<![\w.])1[0-9]{9}(?:\.\d+)?\b", "<time>"),
        (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<uuid>"),
        (rf"(?<![\w.]){_NUMBER} ?(?:[KMGT]i?B|bytes)\b(?:/s\b)?", "<size>"),
        # A process, id(x).
        (r"(?i)\b(pid[ =:]+)\d+\b", r"\1<pid>"),
        (r"(?<![\w.])1[0-9]{14}\b", "<address>"),
    )
)
_CLOCK = re.compile(
    r"\b(?:perf_counter|monotonic|process_time|timeit|time\.time)(?:_ns)?\b|\bnow\("
)

_OVERWRITTEN = re.compile(r"^[^\n]*\r(?!\n)(?=[^\n])", re.MULTILINE)
_WARNING = re.compile(
    r"^[^\n]*:\d+: (?:\w+\.)*\w*Warning: [^\n]*\n(?:[ \t]+[^\n]*(?:\n|\Z))?"
    r"|^<cell>: (?:\w+\.)*\w*Warning: [^\n]*\n(?:[ \t]+[^\n]*(?:\n|\Z))?",
    re.MULTILINE,
)


def normalised(text: str, prefixes: Iterable[str] = ()) -> str:
    """The text without what is never a result; ``prefixes`` are folders of this run alone."""
    for prefix in sorted(filter(None, prefixes), key=len, reverse=True):
        text = text.replace(prefix, "<folder>")
    text = _OVERWRITTEN.sub("", without_colours(text))
    return _replaced(text, _ALWAYS)


def without_colours(text: str) -> str:
    """The text without the codes that colour it in a terminal."""
    return _ESCAPES.sub("", text)


def normalised_markup(text: str, prefixes: Iterable[str] = ()) -> str:
    """The same of HTML, SVG and scripts, also without the names that they make up for elements."""
    return _replaced(normalised(text, prefixes), _MARKUP)


def without_volatile(text: str) -> str:
    """The text also without times, durations, sizes, rates and identifiers."""
    return _replaced(without_durations(text), _OTHERS)


def without_durations(text: str) -> str:
    """The text without durations and rates."""
    return _replaced(text, _DURATIONS)


def reads_clock(code: str) -> bool:
    """True when code measures times: what looks like a duration in its output is one."""
    return _CLOCK.search(code) is not None


def without_warnings(text: str) -> str:
    """What was written to standard error without Python's warnings."""
    return _WARNING.sub("", text)


def first_difference(before: str, after: str) -> str:
    """Where two texts begin to differ, in a sentence."""
    left, right = before.splitlines(), after.splitlines()
    for number, (one, other) in enumerate(zip(left, right, strict=False), start=1):
        if one != other:
            return f"line {number} was {_short(one, other)} and is {_short(other, one)}"
    if len(left) == len(right):
        return "line ends differ"
    return f"there were {len(left)} lines and are {len(right)}"


def _short(line: str, other: str) -> str:
    """The part of a line around what differs from the other."""
    at = next(
        (i for i, (a, b) in enumerate(zip(line, other, strict=False)) if a != b),
        min(len(line), len(other)),
    )
    start = max(0, at - 30)
    piece = line[start : start + 80]
    return f"{'…' if start else ''}{piece!r}{'…' if start + 80 < len(line) else ''}"


def _replaced(text: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, replacement in patterns:
        text = pattern.sub(replacement, text)
    return text
