"""What cells do through functions, classes and scopes within scopes."""

from __future__ import annotations

import sys

import pytest

from aidevsecops_ext.domain.dataflow import analyze
from aidevsecops_ext.domain.statement_flow import KnownNames, read_statements


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NONLOCAL = """
def f(a):
    b = 1
    def g():
        nonlocal b
        b = a
    g()
    b.x = 1
f(x)
"""
_INNER = """
def f(a):
    def g():
        def h(): a.append(1)
        return h
    g()()
f(x)
"""
_CHANGED_INNER = """
def f(a):
    b = []
    def g():
        nonlocal b
        b = a
    b = [1]
    g()
    b.append(1)
f(x)
"""
_DEEP_NONLOCAL = """
def f(a):
    b = []
    def g():
        def h():
            nonlocal b
            b = a
        h()
    g()
    b.append(1)
f(x)
"""
_MATCH = """
def f(a):
    match a:
        case [b, *c]: pass
        case {'k': 1, **d}: pass
    return b, c, d
"""
_LOCALS = """
def f():
    async def g(): pass
    @k
    class A: pass
    return g, A, [w for _ in z if (w := 1)]
"""
_CLASS = "class A:\n    def m(self, q): q.append(1)\n    def size(self): return 1\n"


@pytest.mark.parametrize(
    ("source", "reads", "mutates"),
    [
        ("def f(a, *b): b[0].append(1)\nf(z, x, k=y)", "x y z", "x"),
        ("def f(a, b): b.append(1)\nf(*x, **y)", "x y", "x y"),
        ("def f(a, b): b.append(1)\nf(x, b=y)", "x y", "y"),
        ("for i in x:\n    if i: break\nelse:\n    y.append(i)", "x y i", "y"),
        ("while True:\n    x = y\n    y = z\n    x.append(1)", "y z", "y z"),
        (
            "for i in a:\n for j in b:\n  for k in c:\n   p = q\n   q = k\n   p.x = 1",
            "a b c q",
            "c k p q",
        ),
        ("match x:\n    case [a] if a > y: a.append(1)", "x y", "x"),
        (f"{_CLASS}A.m(x, y)", "x y", "y"),
        (f"{_CLASS}a = A()\na.m(x)\na.foo(y)", "x y", "x a y"),
        (f"{_CLASS}class B(A): pass\nb = B()\nb.m(x)", "x", "x"),
        (f"{_CLASS}class B(A, C): pass\nb = B()\nb.m(x)", "C x", "x"),
        (f"{_CLASS}class B(B, A): pass\nB().nope(x)", "B x", "x"),
        (f"{_CLASS}x.m(y)", "x y", "x y"),
        (f"{_CLASS}list(map(A, x))", "x", ""),
        ("class A:\n    @classmethod\n    def m(cls, q): q.append(1)\nA.m(x)", "x", "x"),
        ("class A(B):\n    def __init__(self, q): super().__init__(q)\nA(x)", "B x", ""),
        (
            "class A:\n    def m(self, q): self.n(q)\n    def n(self, q): q.x = 1\nA().m(x)",
            "x",
            "x",
        ),
        ("class A:\n    x = 1\n    y = [x for _ in z]\n    del x", "z", ""),
        ("class A:\n    global q\n    q = 1\n    del p", "", ""),
        ("class A:\n    f = lambda s: k.append(1)\na = A()\na.f()", "k", "k"),
        ("class A:\n    k = []\n    k.append(x)\n    h(k)", "x h", "x"),
        ("class A:\n    if c: b = 1\n    print(b)", "c b", ""),
        ("def f():\n    class A:\n        def m(self): return k\n    return A\nf()", "k", ""),
        ("def f(a):\n    class A:\n        def m(self): a.append(1)\n    return A\nf(x)", "x", "x"),
        ("x = 'a'\nx.upper().foo(y)", "y", "y"),
        ("it = iter(x)\nit.close()", "x", "it x"),
        ("x = np.ones(3)\nx.foo(y)", "np y", "x"),
        ("x = np.ones(3)\nx.plot(y)", "np y", ""),
        ("datasets.Digits(x)", "datasets x", ""),
        ("f(x)(y)", "f x y", "x y"),
        ("(lambda q: q.append(1))(x)", "x", "x"),
        ("g = x\ng(y)", "x y", "x y g"),
        ("sorted(x, key=f)", "x f", ""),
        ("def f(a): a.append(1)\nlist(map(f, x))", "x", "x"),
        ("def f(a): a.append(1)\nx.apply(f)", "x", "x"),
        ("def f(a): return a\nlist(map(f, x))", "x", ""),
        ("bisect.insort(x, y)", "bisect x y", "x bisect y"),
        ("import bisect\nbisect.insort(x, y)", "x y", "x"),
        ("import matplotlib.pyplot as plt\nplt.sca(x)", "x", "x"),
        ("del (x, [y.a])", "y", "y"),
        ("assert x, y", "x y", ""),
        ("raise x from y", "x y", ""),
        ("raise", "", ""),
        ("for a in x:\n for b in x:\n  for c in x:\n   n = 1\n   print(n)", "x", ""),
        ("try: x.append(1)\nexcept: y.append(1)", "x y", "x y"),
        ("(a, b) = [x, *y]\nb.append(1)", "x y", "a b x y"),
        (_DEEP_NONLOCAL, "x", "x"),
        ("def f(a):\n    def g(p, q): p.append(q)\n    g([], a)\nf(x)", "x", ""),
        ("def f(a): return a.k.size\nf(x).append(1)", "x", "x"),
        ("if c:\n    i = x\n    [i for i in y]\n    i.append(1)", "c x y", "x"),
        ("if c:\n    x.append(y)\n    x[0].append(1)\n    f(x)\n    f(x)", "c f x y", "x y"),
        ("if c:\n    x.append(y)\n    y.append(x)\n    f(x)", "c f x y", "x y"),
        ("def f(): return k, m\nif c:\n    k = 1\n    f()", "c m", ""),
        ("def f():\n    global k\n    if c: k = 1\nif d:\n    k = 2\n    f()\n    k", "c d", ""),
        ("x = y\nx, y = y, x\nx.append(1)", "y", "x y"),
        ("x = z\ny = z\nx, y, z = f(x), y, z\nx.append(1)", "f z", "x y z"),
        ("assert x", "x", ""),
        ("class A:\n    global q\n    del q", "", ""),
        ("class A:\n    if c: b = 1\n    b", "c b", ""),
        ("x.startswith(y).foo(z)", "x y z", ""),
        (f"{_CLASS}f = x.m", "x", ""),
        ("def f(): k.append(1)\nx = []\nx.append(f)\nx[0]()\nk = 1", "k", "k x"),
        ("if c:\n    x = []\n    x.append(lambda: k.append(1))\n    x[0]()", "c k", "k"),
        ("if c: f = x\nelse: f = y\nf.append(1)", "c x y", "f x y"),
        ("x = 1\nif c: x = y\nx.append(1)", "c y", "x y"),
        ("from foo import *\nf(x)", "f x", "x"),
        ("list = f\nlist(x)", "f x", "x list f"),
        ("def f(*, a, b=1): a.append(1)\nf(a=x)", "x", "x"),
        (_CHANGED_INNER, "x", "x"),
        ("for i in range(2):\n    for j in x:\n        for k in y:\n            n = 1", "x y", ""),
        ("x = f(y)\nx = 1\ny.append(1)", "f y", "y"),
        ("x = y\nz = x\nx = 1\nz.append(1)", "y", "y z"),
        ("pass", "", ""),
        ("break", "", ""),
        ("def f(): raise E\nf()", "E", ""),
        ("def f():\n    return\nf()", "", ""),
        ("def f(a):\n    def g(): return 1\n    return g\nf(x)()", "x", ""),
        ("def f(a): return (yield a)\nfor i in f(x): i.append(1)", "x", "x"),
        ("def f(): yield\nlist(f())", "", ""),
        ("def f(a): yield from a\nlist(f(x))", "x", ""),
        (_NONLOCAL, "x", "x"),
        (_INNER, "x", "x"),
        (
            "def f(a):\n    b = []\n    def g(): b.append(a)\n    g()\n    return b\ny = f(x)",
            "x",
            "",
        ),
        (
            "def f(a):\n    import os\n    try: pass\n    except E as e: pass\n    return os, e",
            "E",
            "",
        ),
        (_MATCH, "", ""),
        (_LOCALS, "k z", ""),
        ("def f():\n    x: T = 1\n    y: U\n    x.y: V = 1", "V", ""),
        ("def f(a: T): pass", "T", ""),
        ("from __future__ import annotations\ndef f(a: T) -> R: pass", "", ""),
        ("@functools.lru_cache\ndef f(a): a.append(1)\nf(x)", "functools x", "x"),
        ("@dec\ndef f(a): pass\nf(x)", "dec x", "x f"),
        ("def dec(g): return g\n@dec\ndef f(a): k.append(1)\nf(x)\nk = 1", "k x", "k x f"),
        ("def f(*, k: T = d): k.append(1)\nf(k=x)", "T d x", "x"),
        ("x[a:b:c].y", "x a b c", ""),
        ("x[a:] = y", "x a y", "x"),
        ("{**x, y: z}", "x y z", ""),
        ("print(*x, [*y])", "x y", ""),
        ("x = np.pi\nx.foo(y)", "np y", ""),
        ("x = os.environ['A']\nx.foo(y)", "os y", ""),
        ("x = plt.rcParams['a']\nx.foo", "plt", ""),
        ("x = np.ones(3)\nfoo(x.size)", "np foo", ""),
        ("x = [w := y, w]\nw.append(1)", "y", "w x y"),
        ("[[w := i] for i in x]\nw", "x w", ""),
        ("i = 1\n[i for i in x]\nfoo(i)", "x foo", ""),
        ("i = 1\nx = [lambda: i for i in y]", "y", ""),
        ("del f\ndef f(): pass\ndel f\nf(x)", "f x", "x"),
        ("_x = !ls\n_x.sort()", "", "_x"),
        ("with x as (a, b): a.append(b)", "x", "x"),
        ("f'{x:>{w}} {y!r}'", "x w y", ""),
        ("async with a as b: await b", "a", ""),
        ("[i async for i in x]", "x", ""),
        ("x = y = []\nx.append(1)", "", "x y"),
        ("x = [1]\ny = [x]\nz = y\nz[0].append(2)", "", "x y z"),
        ("x = []\nfor i in a:\n    x.append(i)\nx[0].append(1)", "a", "a i x"),
    ],
)
def test_analyze_follows_scopes(source: str, reads: str, mutates: str) -> None:
    flow = analyze(source)

    assert (sorted(flow.reads), sorted(flow.mutates)) == (
        sorted(_names(reads)),
        sorted(_names(mutates)),
    )


@pytest.mark.skipif(sys.version_info < (3, 11), reason="new in Python 3.11")
def test_analyze_follows_groups_of_exceptions() -> None:
    flow = analyze("try:\n    a = x\nexcept* E as e:\n    b = e")

    assert flow.reads == {"x", "E"}


def test_analyze_ends_when_functions_call_each_other_without_end() -> None:
    chain = "".join(f"def f{i}(a): return f{i + 1}(a) or f{i - 1}(a)\n" for i in range(1, 60))

    flow = analyze(f"{chain}f1(x)")

    assert flow.reads == {"x", "f0", "f60"}
    assert flow.mutates == {"x"}


def test_read_statements_forgets_what_is_deleted() -> None:
    known = KnownNames()
    read_statements("def f(a): a.append(1)\nx = 1", known)
    read_statements("del f, x", known)

    (statement,) = read_statements("f(x)", known)

    assert statement.reads == {"f", "x"}
    assert not known.is_bound("f")
