"""What cells read, write, change and delete: tables of tiny programs."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.dataflow import Flow, analyze
from aidevsecops_ext.domain.imports import UnreadableCodeError


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


@pytest.mark.parametrize(
    ("source", "reads", "writes"),
    [
        ("y = x", "x", "y"),
        ("x = 1\ny = x", "", "x y"),
        ("a, b = b, a", "a b", "a b"),
        ("print(x)", "x", ""),
        ("list = 3\nlist(x)", "x", "list"),
        ("x: int = 3", "", "x"),
        ("x: T", "T", ""),
        ("from __future__ import annotations\nx: T = 1", "", "annotations x"),
        ("(a, *b), c[0] = x", "c x", "a b"),
        ("[q for q in xs if (w := q)]\nprint(w)", "xs w", "w"),
        ("[x for x in x]", "x", ""),
        ("d = {k: v for k, v in e.items()}", "e", "d"),
        ("[[j for j in i] for i in m]", "m", ""),
        ("f'{a!r:{w}}'", "a w", ""),
        ("if c: x = 1\nprint(x)", "c x", "x"),
        ("if c: x = 1\nelse: x = 2\nprint(x)", "c", "x"),
        ("if a: x = 1\nelif b: x = 2\nelse: x = 3\nx", "a b", "x"),
        ("if TYPE_CHECKING:\n    import q\nelse:\n    q = 1\nq", "TYPE_CHECKING", "q"),
        ("if __name__ == '__main__':\n    x = 1\nx", "", "x"),
        ("if not False: x = 1\nx", "", "x"),
        ("for i in range(3): y = i\nprint(y)", "", "i y"),
        ("for i in xs: y = i\nprint(y)", "xs y", "i y"),
        ("for i in [1]:\n    if c: break\n    y = 1\ny", "c y", "i y"),
        ("for i in 'ab': y = 1\nelse: z = y\nz", "", "i y z"),
        ("for i, j in enumerate((1, 2)): y = j\ny", "", "i j y"),
        ("while x: x = f(x)", "x f", "x"),
        ("try:\n    a = 1\nfinally:\n    b = 2\nprint(b, a)", "", "a b"),
        ("try:\n    import a\nexcept ImportError:\n    a = None\na", "", "a"),
        ("try:\n    a = f()\nexcept E as e:\n    print(e, a)", "f E a", "a e"),
        ("try:\n    a = 1\nexcept E:\n    raise\na", "E", "a"),
        ("with open(p) as f: t = f.read()\nt", "p", "f t"),
        ("with suppress(E):\n    a = 1\na", "suppress E a", "a"),
        ("match v:\n    case [a, *r]: pass\n    case {'k': k, **m}: pass", "v", "a r k m"),
        ("match v:\n    case C(z=N.x): pass\n    case _: y = 1", "v C N", "y"),
        ("x = 1\ndel x", "", "x"),
        ("global q\nq = 1", "", "q"),
        ("def f(): return g()\nf()\ng = 1", "g", "f g"),
        ("def f(): return x\nx = 1\nf()", "", "f x"),
        ("def f(): return x\nx = 1", "", "f x"),
        ("def f(): return x", "x", "f"),
        ("def f(): return x\nmap(f, y)\nx = 1", "x y", "f x"),
        ("def f(a=d, *b: T, k=e, **c) -> R: return a, b, c, k", "d T e R", "f"),
        ("@dec\ndef f(): pass", "dec", "f"),
        ("def f():\n    global z\n    z = 1\nf()\nprint(z)", "", "f z"),
        ("def f():\n    global z\n    if c: z = 1\nf()\nprint(z)", "c z", "f z"),
        ("def f():\n    global z\n    if c: return\n    z = 1\nf()\nz", "c z", "f z"),
        ("def f():\n    x = 1\n    def g(): return x + y\n    return g", "y", "f"),
        ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = y\n    g()", "y", "f"),
        ("def f(n): return n and f(n - 1)\nf(3)", "", "f"),
        ("def f(): return g()\ndef g(): return x\nf()", "x", "f g"),
        ("class A(B, k=K):\n    b = c\n    d = b\n    def m(self): return b", "B K c b", "A"),
        ("class A:\n    def m(self): return x\na = A()\na.m()\nx = 1", "x", "A a x"),
        ("class A:\n    def __len__(self): return x\na = A()\nx = 1", "x", "A a x"),
        ("f = lambda a: a + o", "o", "f"),
        ("f = lambda: o\no = 1\nf()", "", "f o"),
        ("async def g(): await h\nawait g()", "h", "g"),
        ("async for i in a: pass", "a", "i"),
        ("import a.b, c as d", "", "a d"),
        ("from a import b as c, d", "", "c d"),
        ("from numpy import *\ny = array(x)", "array x", "y *"),
        ("x = yield_ = 1", "", "x yield_"),
        ("_ + _3 + Out[1] + In[2]", "_ _3 Out In", ""),
        ("for _ in range(3): _", "", "_"),
        ("x = !ls {d} $e", "d e", "x"),
        ("%%capture out\nprint(q)", "q", "out"),
        ("%%capture out\nprint(out)", "out", "out"),
        ("%store -r a b", "", "a b"),
        ("%store a", "a", ""),
        ("%time y = f(z)", "f z", "y"),
        ("%timeit y = f(z)", "f z", ""),
        ("%%timeit s = g(w)\nt = s + v", "g w v", ""),
        ("%%time\nx = a", "a", "x"),
        ("%%python\nx = a", "", ""),
        ("%load_ext tensorboard", "", ""),
    ],
)
def test_analyze_tells_reads_and_writes(source: str, reads: str, writes: str) -> None:
    flow = analyze(source)

    assert flow.reads == _names(reads)
    assert flow.writes == _names(writes) - {"*"}


@pytest.mark.parametrize(
    ("source", "mutates"),
    [
        ("x += 1", "x"),
        ("x = 0\nx += 1", ""),
        ("x[0] = 1", "x"),
        ("x.a.b = 1", "x"),
        ("x.a += 1", "x"),
        ("del x[0], y.a", "x y"),
        ("x.append(y)", "x"),
        ("x.foo(y)", "x y"),
        ("x.mean()", ""),
        ("x.drop(columns='a', inplace=True)", "x"),
        ("np.mean(x)", ""),
        ("np.random.shuffle(x)", "x"),
        ("from random import shuffle as s\ns(x)", "x"),
        ("import heapq\nheapq.heappush(x, y)", "x"),
        ("next(x)", "x"),
        ("len(x), sorted(x), print(x)", ""),
        ("nn.init.normal_(x)", "x"),
        ("np.add(x, y, out=z)", "z"),
        ("sns.heatmap(x, ax=a)", "a"),
        ("f(x, k=y)", "x y"),
        ("model.fit(X, y)", "model"),
        ("model.predict(X)", ""),
        ("plt.plot(x, y)", ""),
        ("ax.plot(x, y)", "ax"),
        ("def f(a): return a.mean()\nf(x)", ""),
        ("def f(a): a.append(1)\nf(x)", "x"),
        ("def f(a): a = a.copy(); a['x'] = 1\nf(x)", ""),
        ("def f(a): g(a)\ndef g(a): a.append(1)\nf(x)", "x"),
        ("def f(): x.append(1)\nf()", "x"),
        ("def f(): x.append(1)", ""),
        ("def f(a, *b, **c): b[0].append(1)\nf(x, y)", "y"),
        ("def f(a, **c): c['k'].append(1)\nf(x, k=y)", "y"),
        ("def f(a):\n    def g(): a.append(1)\n    g()\nf(x)", "x"),
        ("class A:\n    def m(self, q): q.append(1)\nA().m(x)", "x"),
        ("class A:\n    @staticmethod\n    def m(q): q.append(1)\nA.m(x)", "x"),
        ("y = x\ny.append(1)", "x y"),
        ("y = x[0]\ny.append(1)", "x y"),
        ("y = [x]\ny.append(1)", "y"),
        ("y = [x]\ny[0].append(1)", "x y"),
        ("y = list(x)\ny.append(1)", "y"),
        ("y = x\ny = []\ny.append(1)", "y"),
        ("for i in x: i.append(1)", "x"),
        ("import os\nos.environ['A'] = '1'", "os"),
        ("it = iter(x)\nlist(it)", "it"),
        ("for i, j in zip(x, enumerate(y)): print(i, j)", ""),
    ],
)
def test_analyze_tells_what_changes(source: str, mutates: str) -> None:
    flow = analyze(source)

    assert flow.mutates == _names(mutates)


def test_analyze_tells_imports_definitions_and_deletions_apart() -> None:
    flow = analyze("import a\ndef f(): pass\nclass C: pass\ng = lambda: 1\nx = 1\ndel x, y")

    assert flow == Flow(
        writes=_names("a f C g x"),
        deletes=_names("x y"),
        imports=_names("a"),
        definitions=_names("f C g"),
    )


@pytest.mark.parametrize("source", ["x = (", "-" * 3000 + "1", "(" * 500 + ")" * 500])
def test_analyze_refuses_what_it_cannot_read(source: str) -> None:
    with pytest.raises(UnreadableCodeError):
        analyze(source)


def test_analyze_reads_long_sums_and_chains_of_conditions() -> None:
    chain = "if c == 0: x = 0\n" + "".join(f"elif c == {i}: x = {i}\n" for i in range(200))

    flow = analyze(chain + "y = " + " + ".join(["a"] * 900))

    assert flow.reads == {"a", "c"}
