"""A plot of a run of all benchmarks: how long others take, as multiples of ours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from figures import Case, Findings, Role

_ROW, _GAP, _LEFT, _WIDTH, _TOP = 20, 14, 250, 420, 46
# From a hundredth of our time to a thousand times as long.
_LOWEST, _HIGHEST = -2.0, 3.0
# Readable on white and on black: the page may be either, and a picture is not told which.
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #57606a }
.case { font-weight: 600; fill: #1f2328 }
.peer { fill: #bf5f00 } .limit { fill: #6e7781 } .one { stroke: #0969da; stroke-width: 2 }
.tick { stroke: #6e7781; stroke-width: 0.5; opacity: 0.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1 } .case { fill: #f0f6fc } .peer { fill: #f0883e } .limit { fill: #9198a1 }
  .one { stroke: #4493f8 }
}
"""


def plot(found: Sequence[Findings]) -> str:
    """The plot as SVG."""
    cases = [case for each in found for case in each.cases if _ratios(case)]
    rows = sum(len(_ratios(case)) + 1 for case in cases)
    height = _TOP + rows * _ROW + len(cases) * _GAP + 10
    body = "\n".join(_body(cases, height))
    total = _LEFT + _WIDTH + 70
    title = "How long other tools and the bare work take, as multiples of ours"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {height}" '
        f'width="{total}" height="{height}" role="img">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n{body}\n</svg>\n"
    )


def _body(cases: Sequence[Case], height: int) -> Iterator[str]:
    for power in range(int(_LOWEST), int(_HIGHEST) + 1):
        x = _x(10.0**power)
        kind = "one" if power == 0 else "tick"
        yield f'<line class="{kind}" x1="{x}" x2="{x}" y1="30" y2="{height - 8}"/>'
        label = "ours" if power == 0 else f"{10.0**power:g} ×"
        yield f'<text x="{x}" y="22" text-anchor="middle">{label}</text>'
    y = _TOP
    for case in cases:
        yield f'<text class="case" x="8" y="{y + 12}">{escape(case.name)}</text>'
        y += _ROW
        for tool, role, ratio in _ratios(case):
            start, end = sorted((_x(1.0), _x(ratio)))
            width = max(1.5, round(end - start, 1))
            yield f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(tool)}</text>'
            yield (
                f'<rect class="{role.value}" x="{start}" y="{y + 3}" width="{width}" height="12">'
                f"<title>{escape(tool)}: {ratio:.2f} × ours</title></rect>"
            )
            yield f'<text x="{end + 6}" y="{y + 12}">{ratio:.3g} ×</text>'
            y += _ROW
        y += _GAP


def _ratios(case: Case) -> list[tuple[str, Role, float]]:
    """What each other figure is of ours; empty where there is no one figure of ours."""
    ours = [each.value for each in case.figures if each.role is Role.OURS and each.value]
    if len(ours) != 1 or not case.unit:
        return []
    return [
        (each.tool, each.role, each.value / ours[0])
        for each in case.figures
        if each.role is not Role.OURS and each.value
    ]


def _x(ratio: float) -> float:
    place = min(max(math.log10(ratio), _LOWEST), _HIGHEST)
    return round(_LEFT + (place - _LOWEST) / (_HIGHEST - _LOWEST) * _WIDTH, 1)
