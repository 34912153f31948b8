"""What each statement of a cell does to the names of the notebook."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.imports import UnreadableCodeError
from aidevsecops_ext.domain.statement_flow import (
    Argument,
    CallUse,
    HistoryUse,
    ImportBinding,
    KnownNames,
    MagicUse,
    Statement,
    StatementKind,
    is_builtin,
    read_statements,
)


def _last(source: str) -> Statement:
    return read_statements(source)[-1]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("a = 1; b = 2", ["a = 1", "b = 2"]),
        ("é = 1; x = 'é'; y=2", ["é = 1", "x = 'é'", "y=2"]),
        ("@d\ndef f():\n    pass\n\nx", ["@d\ndef f():\n    pass", "x"]),
        ("x = !ls {d}\ny", ["x = !ls {d}", "y"]),
        ("def f():\n    !ls\n    return 1", ["def f():\n    !ls\n    return 1"]),
        ("!ls \\\n  -a\nx", ["!ls \\\n  -a", "x"]),
        ("%%time\nx = 1\ny = 2", ["%%time", "x = 1", "y = 2"]),
        ("%%bash\nls", ["%%bash\nls"]),
        ("%%timeit\nx = 1\ny = 2", ["%%timeit\nx = 1\ny = 2"]),
        ("%%time\n%matplotlib inline\nx", ["%%time", "%matplotlib inline", "x"]),
        ("%time x = 1\nf?", ["%time x = 1", "f?"]),
        ("    x = 1\n    %cd a", ["x = 1", "%cd a"]),
        ("x = 1\nx?", ["x = 1", "x?"]),
        ("# note", []),
    ],
)
def test_read_statements_keeps_the_text_of_each(source: str, texts: list[str]) -> None:
    statements = read_statements(source)

    assert [statement.source for statement in statements] == texts


@pytest.mark.parametrize(
    ("source", "kind", "is_conditional"),
    [
        ("import a", StatementKind.IMPORT, False),
        ("from a import b", StatementKind.IMPORT, False),
        ("def f(): pass", StatementKind.DEFINITION, False),
        ("async def f(): pass", StatementKind.DEFINITION, False),
        ("class A: pass", StatementKind.DEFINITION, False),
        ("f = lambda: 1", StatementKind.DEFINITION, False),
        ("f.x = lambda: 1", StatementKind.PLAIN, False),
        ("x = 1", StatementKind.PLAIN, False),
        ("%time import a", StatementKind.PLAIN, False),
        ("if a: import b", StatementKind.PLAIN, True),
        ("match a:\n    case 1: pass", StatementKind.PLAIN, True),
    ],
)
def test_read_statements_tells_what_each_is_for(
    source: str, kind: StatementKind, is_conditional: bool
) -> None:
    statement = _last(source)

    assert statement.kind is kind
    assert statement.is_conditional == is_conditional


def test_read_statements_tells_lines() -> None:
    statements = read_statements("\n@d\ndef f():\n    pass\n\n!ls \\\n  -a\n")

    assert [(each.line, each.end_line) for each in statements] == [(2, 4), (6, 7)]


def test_read_statements_tells_imports() -> None:
    statement = _last(
        "if x:\n    import a.b, a.c as d\n    from ..e import f as g\n    from h import *"
    )

    assert statement.imports == (
        ImportBinding("a", "a", loaded="a.b"),
        ImportBinding("d", "a.c"),
        ImportBinding("g", "..e", "f"),
        ImportBinding("*", "h", "*"),
    )
    assert [each.target for each in statement.imports] == ["a", "a.c", "..e.f", "h.*"]
    assert [each.is_star for each in statement.imports] == [False, False, False, True]
    assert statement.writes == _names("a d g")


def test_read_statements_tells_calls_with_what_imports_make_of_them() -> None:
    known = KnownNames()
    read_statements("import numpy as np\nfrom os.path import join", known)

    (statement,) = read_statements(
        "np.random.seed(1)\n".strip() + "; join('a', x, *y, k=None, **z)", known
    )[1:]
    seed = read_statements("np.random.seed(1)", known)[0].calls

    assert seed == (CallUse("np.random.seed", "numpy.random.seed", 1, (Argument(None, True, 1),)),)
    assert statement.calls == (
        CallUse(
            "join",
            "os.path.join",
            1,
            (
                Argument(None, True, "a"),
                Argument(names=_names("x")),
                Argument(names=_names("y"), stars=1),
                Argument("k", True, None),
                Argument(names=_names("z"), stars=2),
            ),
        ),
    )


def test_read_statements_tells_calls_of_methods_of_no_name_and_in_functions() -> None:
    calls = _last("def f(): return [1].index(b'x')").calls

    assert calls == (CallUse(".index", "", 1, (Argument(),), True),)


@pytest.mark.parametrize(
    ("source", "field", "names"),
    [
        ("if a: x = 1", "maybe_writes", "x"),
        ("if a: x = 1\nelse: x = 2", "maybe_writes", ""),
        ("def f():\n    global x\n    x = g(y)", "deferred_writes", "x"),
        ("def f():\n    global x\n    x = g(y)", "deferred_reads", "g y"),
        ("def f():\n    global x\n    x = g(y)", "deferred_mutates", "y"),
        ("class A:\n    def m(self): return k(lambda: j)", "deferred_reads", "k j"),
        ("class A:\n    x = [lambda: j]", "deferred_reads", "j"),
        ("K = 1\ndef f(): return g(K)", "deferred_mutates", ""),
        ("fs = [f, g()]", "loads", "f"),
        ("x = 1", "plain", "x"),
        ("x = f'{y}'", "plain", "x"),
        ("x = len(y)", "plain", "x"),
        ("x = None; x = y is z", "plain", "x"),
        ("x = (1, 'a')", "plain", "x"),
        ("x = -1 + 2 * 3", "plain", "x"),
        ("x = 'a' % y", "plain", ""),
        ("x = y == z", "plain", ""),
        ("if a: x = 1", "plain", ""),
        ("x = os.environ['A']", "plain", "x"),
        ("x = a.shape[0]", "plain", "x"),
        ("del x", "deletes", "x"),
        ("f = lambda: 1", "definitions", "f"),
    ],
)
def test_read_statements_tells_names(source: str, field: str, names: str) -> None:
    statement = _last(source)

    assert getattr(statement, field) == _names(names)


@pytest.mark.parametrize(
    ("source", "shares"),
    [
        ("y = x", ["y x"]),
        ("y = x[0].a", ["y x"]),
        ("y = [x, z]", ["y x", "y z"]),
        ("y = f(x)", ["y x"]),
        ("y = x.head()", ["y x"]),
        ("y = {k: x for k in z}", ["y x", "y z"]),
        ("y = z = []", ["z y"]),
        ("x.append(z)", ["x z"]),
        ("x[0] = z", ["x z"]),
        ("a, b = b, a", ["a b", "b a"]),
        ("a, *b = x", ["a x", "b x"]),
        ("for i in x: pass", ["i x"]),
        ("with x as y: pass", ["y x"]),
        ("y = x.mean()", []),
        ("y = x - 1", []),
        ("y = x + z", ["y x", "y z"]),
        ("y = np.mean(x)", []),
        ("y = np.asarray(x)", ["y x"]),
        ("y = np.array(x)", ["y x"]),
        ("y = pd.read_csv(x)", []),
        ("y = pd.DataFrame(x)", ["y x"]),
        ("y = copy.deepcopy(x)", []),
        ("y = copy.copy(x)", ["y x"]),
        ("y = iter(x)", ["y x"]),
        ("y = (i for i in x)", ["y x"]),
        ("x = pd.read_csv('a')\ny = x.copy()", []),
        ("x = pd.read_csv('a')\ny = x + 1", []),
        ("x = pd.read_csv('a')\ny = x.head()", ["y x"]),
        ("x = pd.read_csv('a')\ny = list(x)", []),
        ("x = np.ones(3)\ny = abs(x) + round(x)", []),
        ("x = np.zeros((2, 3))\ny = list(x)", ["y x"]),
        ("x = np.arange(6).reshape(2, 3)\ny = tuple(x)", ["y x"]),
        ("x = np.array([[1], [2]])\ny = sorted(x)", ["y x"]),
        ("x = np.asarray(z) * 2\ny = list(x)", ["y x"]),
        ("x = np.ones((2, 3)).copy()\ny = list(x)", ["y x"]),
        ("x = np.ones(3)\ny = list(x)", []),
        ("x = np.array([1, -2])\ny = list(x)", []),
        ("x = np.arange(6)\ny = list(x)", []),
        ("x = np.ones((2, 3)) * pd.DataFrame(z)\ny = list(x)", []),
        ("x = np.zeros(shape=z)\ny = list(x)", ["y x"]),
        ("x = 1\ny = [x]", []),
        ("def f(a): return a\ny = f(x)", ["y x"]),
        ("def f(a): return a.mean()\ny = f(x)", []),
        ("def f(a): return a * 2\nx = np.ones(3)\ny = f(x)", []),
        ("def f(a, b): a.append(b)\nf(x, y)", ["x y"]),
        ("def f():\n    global q\n    q = x\nf()", ["q x"]),
        ("def f(a):\n    def g(): return a\n    return g\ny = f(x)", ["y x"]),
        ("def f(a):\n    b = []\n    b.append(a)\n    return b\ny = f(x)", ["y x"]),
        ("def f(a): yield a\ny = f(x)", ["y x"]),
        ("class A:\n    def __init__(self, q): self.q = q\ny = A(x)", ["y x"]),
        ("class A: pass\ny = A(x)", ["y x"]),
        ("y = Unknown(x)", ["y x"]),
        ("model = KMeans()\ny = model.fit(x)", ["y model"]),
        ("match x:\n    case [a, *_]: pass", ["a x"]),
        ("y = x or z", ["y x", "y z"]),
        ("y = x if c else z", ["y x", "y z"]),
        ("y = max(x, z)", ["y x", "y z"]),
        ("ax = sns.heatmap(x, ax=z)", ["ax x", "ax z"]),
        ("from functools import partial\ny = partial(f, x)", ["y f", "y x"]),
        ("y = await x", ["y x"]),
    ],
)
def test_read_statements_tells_what_comes_to_share_objects(source: str, shares: list[str]) -> None:
    statement = _last(source)

    assert [" ".join(pair) for pair in statement.shares] == shares


def test_read_statements_tells_what_values_are_made_of() -> None:
    statement = _last("a = b = C(x).fit(y)")

    assert statement.made_of == (("a", _names("C x y")), ("b", _names("C x y")))


def test_read_statements_tells_history_with_lines() -> None:
    statement = _last("f(_,\n  Out[3])")

    assert statement.uses_history == (HistoryUse("_", 1), HistoryUse("Out", 2))
    assert statement.reads == _names("f")


def test_read_statements_takes_no_bound_name_for_history() -> None:
    known = KnownNames()
    read_statements("_ = gettext", known)

    (statement,) = read_statements("_('a')", known)

    assert statement.uses_history == ()
    assert statement.reads == _names("_")


def test_read_statements_tells_magics() -> None:
    statements = read_statements("%%capture out\n%matplotlib inline\nx?\n!ls -a")

    assert [each.magics for each in statements] == [
        (MagicUse("capture", "out", 1, True),),
        (MagicUse("matplotlib", "inline", 2),),
        (MagicUse("?", "", 3),),
        (MagicUse("!", "ls -a", 4),),
    ]


@pytest.mark.parametrize(
    ("source", "reads", "writes", "deletes"),
    [
        ("!echo {a} $b $HOME ${c} {d,e}", "a b c", "", ""),
        ("!awk '{print $1}' {", "", "", ""),
        ("for i in x:\n    !echo {i}\n    y = !ls", "x", "i y", ""),
        ("try:\n    !ls {a}\nexcept E:\n    !ls {b}", "a b E", "", ""),
        ("match x:\n    case 1:\n        !ls {a}", "a x", "", ""),
        ("x = %time f(a)", "f a", "x", ""),
        ("%store -d x", "", "", ""),
        ("%xdel x", "", "", "x"),
        ("%R -i a,b -o c", "a b", "c", ""),
        ("%Rpush a", "a", "", ""),
        ("%Rpull a", "", "a", ""),
        ("%%bigquery df\nselect 1", "", "df", ""),
        ("%%sql rows <<\nselect 1", "", "rows", ""),
        ("%%sql\nselect 1", "", "", ""),
        ("%%bash -s $k --out res\necho $i", "k", "res", ""),
        ("%%writefile {p}/a.py\nx=1", "p", "", ""),
        ("%pylab inline", "", "matplotlib mlab np numpy plt pylab pyplot", ""),
        ("%%timeit", "", "", ""),
    ],
)
def test_read_statements_knows_magics(source: str, reads: str, writes: str, deletes: str) -> None:
    (statement,) = read_statements(source)

    assert statement.reads == _names(reads)
    assert statement.writes == _names(writes)
    assert statement.deletes == _names(deletes)


def test_read_statements_leaves_names_of_the_shell_to_it_when_the_notebook_is_known() -> None:
    known = KnownNames()
    read_statements("a = 1", known)

    (statement,) = read_statements("!for i in $a; do echo $i {a} {b}; done", known)

    assert statement.reads == _names("a")


def test_read_statements_uses_what_earlier_cells_bound() -> None:
    known = KnownNames()
    for cell in (
        "import helpers as np\ndef f(a): a.append(1)\nclass A:\n    def mean(self): self.n = G",
        "def g(a): return a\ng = f\nplt = []",
        "from math import *\nfrom numpy import *",
    ):
        read_statements(cell, known)

    changed = [
        read_statements(cell, known)[0].mutates
        for cell in ("np.mean(x)", "g(x)", "x.mean()", "plt.plot(x)", "array(x)", "sqrt(pi)")
    ]

    assert changed == [*map(_names, ("x", "x", "x", "plt", "", ""))]


def test_read_statements_follows_functions_anew_when_what_they_call_changes() -> None:
    known = KnownNames()
    read_statements("def g(a): pass\ndef f(a): g(a)", known)
    before = read_statements("f(x)", known)[0].mutates

    read_statements("def g(a): a.append(1)", known)
    after = read_statements("f(x)", known)[0].mutates

    assert (before, after) == (_names(""), _names("x"))


def test_read_statements_refuses_what_it_cannot_follow() -> None:
    source = "x = " + "-" * 80 + "a" + "".join(f".b{i}()" for i in range(900))

    with pytest.raises(UnreadableCodeError):
        read_statements(source)


@pytest.mark.parametrize(("name", "is_known"), [("len", True), ("display", True), ("foo", False)])
def test_is_builtin_knows_python_and_ipython(name: str, is_known: bool) -> None:
    assert is_builtin(name) is is_known
