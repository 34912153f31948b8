"""What a verification found, as one page of HTML: no scripts, nothing from a network.

What a notebook has put out is shown as text or as a picture, never as HTML.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..domain.output_text import normalised
from ..domain.verification import Likeness
from .output_html import diff_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.verification import Comparison, OutputDiff, RunReport, Verification

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_WORDS = {
    Likeness.SAME: "same",
    Likeness.DIFFERENT: "different",
    Likeness.NOT_CHECKABLE: "not checkable",
}
_SIGNS = {Likeness.SAME: "✓", Likeness.DIFFERENT: "✗", Likeness.NOT_CHECKABLE: "?"}
_STYLE = """
:root { color-scheme: light dark; --line: #c4c8cc; --soft: #f3f4f6; --text: #1b1f23;
  --page: #fff; --same: #1a6b35; --different: #a3161c; --not-checkable: #7a4d00;
  --gone: #ffe3e3; --come: #dcf5e1; }
@media (prefers-color-scheme: dark) { :root { --line: #4a5058; --soft: #23272d; --text: #e6e8ea;
  --page: #16181c; --same: #6fd08c; --different: #ff8f8f; --not-checkable: #f0be62;
  --gone: #4d2224; --come: #1d4028; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: break-word; }
th { background: var(--soft); white-space: nowrap; }
code, pre { font: .85rem/1.45 ui-monospace, monospace; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
td code { overflow-wrap: anywhere; }
.same { color: var(--same); } .different { color: var(--different); }
.not-checkable { color: var(--not-checkable); } .outcome { font-weight: 600; white-space: nowrap; }
.summary { border-left: .4rem solid currentColor; padding: .5rem 1rem; background: var(--soft); }
.summary p { color: var(--text); margin: .3rem 0; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; margin: .5rem 0; }
.sides > div { border: 1px solid var(--line); padding: .4rem; min-width: 0; }
.sides .head { background: var(--soft); font-weight: 600; }
del, ins { text-decoration: none; display: block; } del { background: var(--gone); }
ins { background: var(--come); } img { max-width: 100%; background: #fff; }
section.cell { border-top: 1px solid var(--line); }
@media (max-width: 45rem) { .sides { grid-template-columns: 1fr; } }
"""


def verification_page(found: Verification, diffs: Mapping[int, tuple[OutputDiff, ...]]) -> str:
    """The page; ``diffs`` has the outputs side by side, by the index of the notebook's cell."""
    title = f"Verification of {found.notebook}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        _summary(found),
        _cells(found, diffs),
        _table("Variables", "Variable", found.variables),
        _table("Files", "File", found.files),
        _left_out(found),
        _runs(found.runs),
        _notes(found.notes),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main></body></html>\n"
    )


def _summary(found: Verification) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{name}</th>"
        + "".join(f"<td>{sum(o.outcome is kind for o in some)}</td>" for kind in Likeness)
        + "</tr>"
        for name, some in (
            ("Cells", found.cells),
            ("Variables", found.variables),
            ("Files", found.files),
        )
    )
    heads = "".join(f"<th scope='col'>{_WORDS[kind].capitalize()}</th>" for kind in Likeness)
    return (
        f'<div class="summary {found.verdict.value}">{_outcome(found.verdict)}'
        f"<p>{escape(found.summary)}</p><p>It took {found.seconds:.1f} s.</p></div>"
        f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cells(found: Verification, diffs: Mapping[int, tuple[OutputDiff, ...]]) -> str:
    shown = _sorted(one for one in found.cells if one.outcome is not Likeness.SAME)
    same = [one for one in found.cells if one.outcome is Likeness.SAME]
    parts = ["<h2>Cells</h2>"] if found.cells else []
    parts += [
        f'<section class="cell"><h3>{_outcome(one.outcome)} {_where(one)}: '
        f"<code>{escape(one.name)}</code></h3><p>{escape(one.message)}</p>"
        f"{diff_html(diffs.get(-1 if one.cell is None else one.cell, ()))}</section>"
        for one in shown
    ]
    if same:
        rows = "".join(
            f"<tr><td>{_where(one)}</td><td><code>{escape(one.name)}</code></td>"
            f"<td>{escape(one.message)}</td></tr>"
            for one in same
        )
        parts.append(
            f"<details><summary>{len(same)} the same</summary>"
            f"<table><tbody>{rows}</tbody></table></details>"
        )
    return "\n".join(parts)


def _table(heading: str, name: str, found: tuple[Comparison, ...]) -> str:
    if not found:
        return ""
    rows = "".join(
        f"<tr><td>{_outcome(one.outcome)}</td><td><code>{escape(one.name)}</code></td>"
        f"<td>{escape(one.step or '')}</td><td>{escape(one.message)}</td>"
        f"<td>{_value(one.before)}</td><td>{_value(one.after)}</td></tr>"
        for one in _sorted(found)
    )
    columns = ("Outcome", name, "Step", "How", "In the notebook", "In the steps")
    heads = "".join(f"<th scope='col'>{column}</th>" for column in columns)
    return f"<h2>{heading}</h2><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _left_out(found: Verification) -> str:
    if not found.left_out:
        return ""
    rows = "".join(
        f"<li>Cell {one.cell + 1}: <code>{escape(one.name)}</code>. {escape(one.reason)}</li>"
        for one in found.left_out
    )
    return f"<h2>Not compared</h2><ul>{rows}</ul>"


def _runs(runs: tuple[RunReport, ...]) -> str:
    rows = "".join(
        f"<tr><td>{escape(one.step or 'the notebook')}</td><td>{escape(one.where)}</td>"
        f"<td>{one.end.value}</td><td>{one.seconds:.1f} s</td><td>{_failure(one)}</td></tr>"
        for one in runs
    )
    heads = "".join(
        f"<th scope='col'>{column}</th>" for column in ("What", "Where", "End", "Time", "Error")
    )
    return f"<h2>Runs</h2><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _failure(one: RunReport) -> str:
    if one.failure is None:
        return ""
    trace = normalised("\n".join(one.failure.traceback))
    details = f"<details><summary>Traceback</summary><pre>{escape(trace)}</pre></details>"
    return escape(one.failure.sentence) + (details if trace else "")


def _notes(notes: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f"<h2>Notes</h2><ul>{items}</ul>" if notes else ""


def _where(one: Comparison) -> str:
    cell = "" if one.cell is None else f"cell {one.cell + 1}"
    step = "" if one.step is None else f"step {escape(one.step)}"
    return ", ".join(word for word in (cell, step) if word)


def _value(side: tuple[object, ...]) -> str:
    return "<br>".join(f"<code>{escape(normalised(str(value)))}</code>" for value in side)


def _outcome(outcome: Likeness) -> str:
    return f'<span class="outcome {outcome.value}">{_SIGNS[outcome]} {_WORDS[outcome]}</span>'


def _sorted(found: Iterable[Comparison]) -> list[Comparison]:
    """What differs first, then what is not known, each in its order."""
    order = (Likeness.DIFFERENT, Likeness.NOT_CHECKABLE, Likeness.SAME)
    return sorted(found, key=lambda one: order.index(one.outcome))
