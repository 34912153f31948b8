"""Programs for hypothesis: cells that run, over a few variables, functions and classes."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.kits.cut_notebooks import notebook_of
from tests.kits.split_runs import fresh_namespace

VALUES = ("a", "b", "c", "d")
STATEMENTS = (
    # Values, aliases and parts
    "{v} = {n}",
    "{v} = [{n}, {n}]",
    "{v} = {{'k': [{n}], 'j': {n}}}",
    "{v} = {w}",
    "{v} = [{w}, {u}]",
    "{v} = {{'k': {w}}}",
    "{v} = {w}[0]",
    "{v} = {w}['k']",
    "{v} = {w}[:]",
    "{v} = list({w})",
    "{v} = len({w}) + {n}",
    "{v} = type({w}).__name__",
    "{v} = sorted({w}, key=lambda each: type(each).__name__)",
    "{v} = [each for each in {w}]",
    "{v} = {{type(each).__name__: each for each in {w}}}",
    "{v} = {w} or {u}",
    "{v} = {w} if {u} else {n}",
    "{v}, {w} = {w}, {v}",
    "{v}, *{w} = {u}",
    "({v} := {w})",
    # Changes
    "{v}.append({w})",
    "{v}.append({n})",
    "{v}['k'] = {w}",
    "{v}[0] = {n}",
    "{v}.extend({w})",
    "{v}.update({w})",
    "{v}['k'].append({n})",
    "{v}[0].append({n})",
    "{v}.setdefault('m', []).append({n})",
    "{v} += [{n}]",
    "{v} += {n}",
    "{v}.pop()",
    "{v}.clear()",
    "{v}.sort(key=lambda each: type(each).__name__)",
    "del {v}",
    "del {v}[0]",
    # Flow
    "for {v} in tuple({w})[:3]:\n    {u}.append({n})",
    "for each in tuple({v})[:3]:\n    each.append({n})",
    "for i in range(2):\n    {v}.append(i)",
    "if {v}:\n    {w} = {u}",
    "if {v}:\n    {w} = {n}\nelse:\n    {w} = {u}",
    "if not {v}:\n    {v} = [{n}]",
    "while len({v}) < 3:\n    {v}.append({w})",
    "try:\n    {v}.append({n})\nexcept AttributeError:\n    {v} = [{w}]",
    "try:\n    {v} = {w}\nfinally:\n    {u} = {n}",
    "match {v}:\n    case [first, *rest]:\n        {w} = first\n    case _:\n        {u} = {n}",
    "with contextlib.nullcontext({w}) as {v}:\n    {v}.append({n})",
    # Functions
    "def {f}(x):\n    return {v}",
    "def {f}(x):\n    return x",
    "def {f}(x):\n    {v}.append(x)\n    return {w}",
    "def {f}(x):\n    x.append({n})\n    return x",
    "def {f}(x):\n    global {v}\n    {v} = x\n    return {w}",
    "def {f}(x, y={v}):\n    return [x, y]",
    "def {f}(x, y=[]):\n    y.append({n})\n    return y",
    "def {f}(x):\n    return {g}(x)",
    "def {f}(x):\n    def inner():\n        return [x, {v}]\n    return inner",
    "def {f}(x):\n    yield x\n    yield {v}",
    "def {f}(x):\n    y = [{n}]\n    return y, [y, x]",
    "def {f}(x):\n    y, z = [{n}], []\n    z.append(y)\n    return y, {n}, z",
    "def {f}(x):\n    return [x], [{n}]",
    "def {g}(x):\n    {v}.append({n})\n    return x\n"
    "@{g}\ndef {f}(x):\n    {w}.append(x)\n    return {w}",
    "def {g}(x):\n    def inner(y):\n        {v}.append(y)\n        return x(y)\n    return inner\n"
    "@{g}\ndef {f}(x):\n    return [x, {w}]",
    "@contextlib.contextmanager\ndef {g}(x):\n    {v}.append(x)\n    yield {w}\n"
    "    {v}.append({n})\nwith {g}({n}) as {u}:\n    {u}.append({n})\ndel {g}",
    "{f} = lambda x: [x, {v}]",
    "{f} = {g}",
    "{v} = {f}({w})",
    "{f}({v})",
    "{v} = [{f}, {w}]",
    "{v}[0]({w})",
    "{v} = {f}({w})()",
    "{v}, {w} = {f}([{n}])",
    "{v}, *{w} = {f}({u})",
    "for {v}, {w} in [{f}({n})]:\n    {v}.append({n})",
    "{v} = list(map({f}, [{w}]))",
    "{v} = list({f}({w}))",
    "{f}.seen = {v}",
    "{v} = {f}.seen",
    # Classes
    "class {k}:\n    n = 0\n    def __init__(self, x):\n        self.x = x\n"
    "    def run(self):\n        return [self.x, {v}]",
    "class {k}:\n    kept = []\n    def __init__(self, x=1):\n        self.kept.append({n})\n"
    "        self.x = x\n    def run(self):\n        {v}.append({n})\n        return self.kept",
    "class {k}:\n    n = 0\n    def __init__(self, x=1):\n        self.x = [x]\n"
    "    def __len__(self):\n        self.x.append({n})\n        return 2\n"
    "    @property\n    def y(self):\n        self.x.append(0)\n        return self.x\n"
    "    def run(self):\n        return len(self)",
    "{w} = {v}.y",
    "class {k}({l}):\n    def run(self):\n        self.y = {v}\n        return {l}.run(self)",
    "class {k}:\n    base = {v}\n    def __init__(self, x):\n        self.x = {f}(x)\n"
    "    def run(self):\n        {k}.n = {n}\n        return self.base",
    "{v} = {k}({w})",
    "{v} = [{k}({w})]",
    "{v}.run()",
    "{w} = {v}.run()",
    "{v}.x = {w}",
    "{v}.x.append({n})",
    "{w} = {v}.x",
    "{k}.n = {n}",
    "{k}.n += 1",
    "{v} = {k}.n",
    "{v} = isinstance({w}, {k})",
    # Imports
    "import math",
    "from math import floor",
    "from math import ceil as floor",
    "{v} = math.floor({n} + 0.5)",
    "{v} = floor(2.5)",
    "import os.path",
    "{v} = os.path.join('x', 'y')",
    # What is seen
    "print({v})",
    "print({v}, {w})",
    "print({f}({v}))",
    "print({v} is {w})",
    "print({v} == {w})",
    "print([type(each).__name__ for each in [{v}]])",
)
IMPORTS = "import contextlib"

_FIRST = "a = [1]\nb = {'k': [2]}\nc = a\nd = 3"


@st.composite
def statements(draw: st.DrawFn) -> str:
    """One statement."""
    form = draw(st.sampled_from(STATEMENTS))
    names = {key: draw(st.sampled_from(VALUES)) for key in "vwu"}
    functions = {key: draw(st.sampled_from(("f", "g"))) for key in "fg"}
    classes = {key: draw(st.sampled_from(("K", "L"))) for key in "kl"}
    return form.format(n=draw(st.integers(0, 3)), **names, **functions, **classes)


@st.composite
def programs(draw: st.DrawFn) -> list[str]:
    """Cells that run one after another; a few variables are there from the start."""
    drawn = draw(st.lists(st.lists(statements(), min_size=1, max_size=3), min_size=2, max_size=9))
    kept = [IMPORTS, _FIRST]
    namespace = fresh_namespace([])
    for cell in kept:
        exec(cell, namespace)
    for parts in drawn:
        source = "\n".join(parts)
        try:
            exec(source, namespace)
        except Exception:
            namespace = fresh_namespace([])
            for cell in kept:
                exec(cell, namespace)
        else:
            kept.append(source)
    return kept


@st.composite
def cut_programs(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    """The cells of a program, each with the tag of a step where one begins."""
    cells = draw(programs())
    starts = [True, *(draw(st.booleans()) for _ in cells[1:])]
    return tuple(
        (source, f"step:s{number}") if begins else (source,)
        for number, (source, begins) in enumerate(zip(cells, starts, strict=True))
    )


__all__ = ["cut_programs", "notebook_of", "programs"]
