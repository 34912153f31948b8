from __future__ import annotations

import pytest

from aidevsecops_ext.domain.cut import CutBy, CutRequest
from aidevsecops_ext.domain.errors import RefusedError
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.split import Generator, PlannedStep, SplitPlan
from aidevsecops_ext.domain.steps import cut
from tests.kits.cut_notebooks import notebook_of
from tests.kits.plans import codes_of, plan, tagged
from tests.kits.split_runs import differences


def takes_of(step: PlannedStep) -> dict[str, tuple[str, ...]]:
    return {taking.producer: taking.names for taking in step.takes if taking.names}


def imports_of(step: PlannedStep) -> list[str]:
    return [fragment.source for fragment in step.imports]


def settings_of(step: PlannedStep) -> list[str]:
    return [fragment.source for fragment in step.settings]


def edges_of(found: SplitPlan) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in found.edges]


def test_plan_takes_and_hands_on_only_what_crosses() -> None:
    found = plan("x = 1", "y = x + 1", "z = y + 1")

    assert [step.inputs for step in found.steps] == [(), ("x",), ("y",)]
    assert [step.outputs for step in found.steps] == [("x",), ("y",), ()]
    assert edges_of(found) == [("s0", "s1"), ("s1", "s2")]
    assert found.edges[0].reasons == ("s1 reads x, which s0 leaves.",)
    assert [step.finals for step in found.steps] == [("x",), ("y",), ("z",)]


def test_plan_leaves_steps_apart_that_do_not_need_each_other() -> None:
    found = plan("x = [1]", "y = x[0] + 1", "z = len(x)")

    assert edges_of(found) == [("s0", "s1"), ("s0", "s2")]


@pytest.mark.parametrize(
    ("steps", "last"),
    [
        (("a = [1]\nb = a", "b.append(2)", "print(a)"), {"s1": ("a",)}),
        (("a = [1]", "b = a", "a.append(2)", "print(b)"), {"s2": ("b",)}),
        (("a = [1]", "b = [a]", "b[0].append(2)", "print(a, b)"), {"s2": ("a", "b")}),
        (("a = [1]", "for a in [[2]]:\n    pass", "print(a)"), {"s1": ("a",)}),
        (("a = 1", "if a > 2:\n    b = 3\nelse:\n    b = 4", "print(b)"), {"s1": ("b",)}),
        (("b = 1\na = 1", "if a > 2:\n    b = 3", "print(b)"), {"s1": ("b",)}),
        (("a = [1]", "def f():\n    a.append(2)\nf()", "print(a)"), {"s1": ("a",)}),
        (("a = 1\ndef f():\n    global a\n    a = 2", "f()", "print(a)"), {"s1": ("a",)}),
        (("a = 1", "a = 2", "print(a)"), {"s1": ("a",)}),
        (("a = [1]\nb = a", "print(a)", "print(a is b)"), {"s0": ("a", "b")}),
        (("a = 1\nb = 2", "del a", "print(b)"), {"s0": ("b",)}),
        (("a = [1]\nb = a", "a = a or [2]\na.append(3)", "print(a, b)"), {"s1": ("a", "b")}),
        (("a = [1]\nb = [2]", "a, b = b, a", "a.append(3)", "print(b)"), {"s2": ("b",)}),
        (
            ("a = [1]\nb = [2]", "c = [a, b]\nd = [c, a]", "d[1].append(3)", "print(a, b, c)"),
            {"s2": ("a", "b", "c")},
        ),
        (("def f(x, y=[]):\n    y.append(x)\n    return y", "f(1)", "print(f(2))"), {"s1": ("f",)}),
        (("def f(x):\n    y = [x]\n    return y", "print(f(1))"), {}),
        (("a = [1]", "b = a", "print(a is b, a is None)"), {"s1": ("a", "b")}),
        (
            (
                "k = 1",
                "n = 2\nclass K:\n    m = n\n    def run(self):\n        return k",
                "print(K().run())",
            ),
            {"s0": ("k",), "s1": ("K",)},
        ),
        (("def f():\n    f.n = 2", "f()", "print(f.n)"), {"s1": ("f",)}),
        (("a = [1]\nclass K:\n    kept = a", "k = K()", "K.n = 1", "print(k.n)"), {"s2": ("k",)}),
        (("def f(n):\n    return f(n - 1) if n else []\na = f(2)", "print(a)"), {"s0": ("a",)}),
        (("def f():\n    return 1", "if f:\n    f = len", "print(f)"), {"s1": ("f",)}),
        (
            ("from math import floor as f", "if 1 > 2:\n    f = len", "print(f(1.5))"),
            {"s1": ("f",)},
        ),
        (("k = 2\ndef f():\n    return k", "print(f())", "k = 3", "print(f())"), {"s2": ("k",)}),
    ],
)
def test_plan_takes_each_variable_from_who_changed_it_last(
    steps: tuple[str, ...], last: dict[str, tuple[str, ...]]
) -> None:
    notebook = notebook_of(*tagged(steps))
    done = cut(notebook, CutRequest(CutBy.TAG))

    assert takes_of(plan_split(notebook, done).steps[-1]) == last
    assert differences(notebook, done) == []


def test_plan_gives_each_step_the_imports_that_it_uses() -> None:
    found = plan(
        "from __future__ import annotations\nimport os, sys\nfrom math import ceil, floor\n"
        "import json",
        "ceil(1.5)",
        "import os\nprint(os.sep, sys.path)",
    )

    future = "from __future__ import annotations"
    assert imports_of(found.steps[0]) == [future, "from math import floor", "import json"]
    assert imports_of(found.steps[1]) == [future, "from math import ceil"]
    assert imports_of(found.steps[2]) == [future, "import os, sys"]
    assert [cell.source for cell in found.steps[2].body] == ["print(os.sep, sys.path)"]
    assert codes_of(found) == ["imports.unused", "imports.unused"]


def test_plan_keeps_each_module_that_an_import_loads() -> None:
    found = plan("import xml.dom\nimport xml.sax", "import xml.dom\nprint(xml.sax)", "print(xml)")

    assert imports_of(found.steps[1]) == ["import xml.dom", "import xml.sax"]
    assert imports_of(found.steps[2]) == ["import xml.dom", "import xml.sax"]


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nsys.path.insert(0, 'lib')\nimport own\nown.run()",
        "%pip install own\nimport own\nown.run()",
    ],
)
def test_plan_leaves_an_import_where_its_place_matters(source: str) -> None:
    found = plan(source, "own.stop()")

    assert "import own" in found.steps[0].body[0].source
    assert "import own" not in imports_of(found.steps[0])
    assert "import own" in imports_of(found.steps[1])


def test_plan_leaves_an_import_that_binds_another_name_anew() -> None:
    found = plan(
        "from math import floor", "print(floor(1))\nfrom math import ceil as floor\nfloor(1)"
    )

    assert imports_of(found.steps[1]) == ["from math import floor"]
    assert "import ceil as floor" in found.steps[1].body[0].source


def test_plan_repeats_what_may_not_be_there_as_it_is_bound() -> None:
    found = plan("try:\n    import ujson\nexcept ImportError:\n    ujson = None", "print(ujson)")

    assert imports_of(found.steps[1]) == [found.steps[0].body[0].source]
    assert [each.is_optional for each in found.steps[1].modules] == [True]
    assert found.steps[0].outputs == ()


@pytest.mark.parametrize(
    ("block", "repeated"),
    [
        ("if sys.version_info > (3,):\n    import a\nelse:\n    import b as a", None),
        ("try:\n    import a\nexcept ImportError:\n    pass\nelse:\n    HAS = 1", None),
        ("if x:\n    import a", "import a"),
        ("for _ in [1]:\n    from m import a", "from m import a"),
        ("try:\n    import a\nexcept ImportError:\n    %pip install a\n    import a", "import a"),
    ],
)
def test_plan_repeats_conditional_imports(block: str, repeated: str | None) -> None:
    found = plan("import sys\nx = 1", block, "a.run()")

    assert imports_of(found.steps[2]) == [block if repeated is None else repeated]


def test_plan_names_only_what_is_used_of_an_import() -> None:
    found = plan("import xml.dom, os, math as m", "print(xml)", "print(m)", "print(os)")

    used = [imports_of(step) for step in found.steps[1:]]
    assert used == [["import xml.dom"], ["import math as m"], ["import os"]]


def test_plan_leaves_an_import_that_cannot_be_cut_out() -> None:
    found = plan("x = 1; from math import (\n    ceil\n)\nceil(x)", "y = 1")

    assert "import (" in found.steps[0].body[0].source


def test_plan_passes_over_cells_that_are_left_out() -> None:
    found = plan("md:# T", "x = 1", ("x = 2\nimport (", "skip"), "print(x)", "raw:x")

    assert takes_of(found.steps[1]) == {"s1": ("x",)}
    assert found.warnings == ()


def test_plan_passes_over_parameters_when_all_have_changed() -> None:
    found = plan(("A = 1", "parameters"), ("A = 2\nB = [1]", "parameters"), "A = 3", "print(A, B)")

    assert found.steps[1].parameters[0].source == "B = [1]"


def test_plan_cuts_imports_out_of_lines_with_more() -> None:
    found = plan("import json; x = 1\ny = 2; import os  # why\nos.sep", "json.dumps(x)")

    assert found.steps[0].body[0].source == "x = 1\ny = 2  # why\nos.sep"


def test_plan_repeats_functions_with_all_that_they_use() -> None:
    found = plan(
        "import json\nLIMIT = 3\ndef cut(x):\n    return x[:LIMIT]\n"
        "def text(x):\n    return json.dumps(cut(x))",
        "print(text([1, 2]))",
    )

    assert [each.name for each in found.steps[1].definitions] == ["cut", "text"]
    assert imports_of(found.steps[1]) == ["import json"]
    assert takes_of(found.steps[1]) == {"s0": ("LIMIT",)}
    assert found.steps[0].defines == ("cut", "text")


def test_plan_repeats_the_version_of_a_function_that_is_in_force() -> None:
    found = plan("def f():\n    return 1", "def f():\n    return 2\nf()", "f()")

    assert [each.cell for each in found.steps[2].definitions] == [1]


def test_plan_repeats_the_class_of_what_it_takes() -> None:
    found = plan(
        "class Base:\n    pass\nclass Net(Base):\n    def run(self):\n        return 1\n"
        "net = Net()",
        "copy = [net]",
        "print(net.run())",
    )

    assert [each.name for each in found.steps[1].definitions] == ["Base", "Net"]
    assert found.steps[0].by_reference == ("Net",)


def test_plan_takes_a_class_as_it_is_when_it_changes() -> None:
    found = plan("class Count:\n    n = 0", "Count.n += 1", "print(Count.n)")

    assert takes_of(found.steps[2]) == {"s1": ("Count",)}
    assert codes_of(found) == ["flow.definition-state"] * 2
    assert not any(warning.is_error for warning in found.warnings)


def test_plan_refuses_what_changes_apart_from_the_function_that_uses_it() -> None:
    found = plan("k = 1\nn = 2\ndef f(x=n):\n    return k + x", "k = 3", "f()")

    assert [warning.is_error for warning in found.warnings] == [True]


@pytest.mark.parametrize(
    ("steps", "is_error"),
    [
        (("k = 1\nfs = [lambda: k]", "k = 2", "fs[0]()"), [True]),
        (("k = 1\nfs = [lambda: k]", "fs[0]()"), []),
        (("def f():\n    return later()\nx = 1", "import os\nprint(x, os)"), []),
        (("def f():\n    return 1\nfs = [f]", "import os\nprint(fs, os)"), []),
        (
            (
                "k = 1\nclass K:\n    n = k\n    def run(self):\n        return g(k)",
                "K.n = 2\ndef g(x):\n    return x",
                "K().run()",
            ),
            [True, False],
        ),
        (
            (
                "import json\nk = 1\nclass K:\n    n = k\n    def run(self):\n        return json",
                "K()",
            ),
            [False],
        ),
    ],
)
def test_plan_tells_of_functions_that_cross_apart_from_what_they_use(
    steps: tuple[str, ...], is_error: list[bool]
) -> None:
    assert [warning.is_error for warning in plan(*steps).warnings] == is_error


@pytest.mark.parametrize(
    "steps",
    [
        (
            "class K:\n    kept = []\n    def run(self):\n        self.kept.append(1)\nk = K()",
            "k.run()",
            "print(K.kept)",
        ),
        (
            "def f(y=[]):\n    return y\ndef g():\n    return f()\na = g()",
            "f().append(1)",
            "print(a)",
        ),
        ("a = [1]\ndef f(x):\n    return a\nb = list(map(f, [1]))", "a.append(2)", "print(b)"),
        ("a = [1]\ndef f(x):\n    global c\n    c = x\nf(a)", "a.append(2)", "print(c)"),
        ("a = [1]\nb = [a]\ndef f():\n    return a\na = f()", "a.append(2)", "print(b)"),
    ],
)
def test_plan_keeps_together_what_functions_share(steps: tuple[str, ...]) -> None:
    notebook = notebook_of(*tagged(steps))

    assert differences(notebook, cut(notebook, CutRequest(CutBy.TAG))) == []


def test_plan_takes_what_cannot_be_read_to_change() -> None:
    found = plan("def f(y=[]):\n    %time y.append(1)\n    return y", "f()", "f()")

    assert takes_of(found.steps[2]) == {"s1": ("f",)}


def test_plan_repeats_parameters_until_they_change() -> None:
    found = plan(
        ("SEED = 3\nSIZE = 4  # rows\nimport os", "parameters"),
        "a = SEED",
        "SEED += 1\nprint(SIZE)",
        "print(SEED, SIZE)",
    )

    assert [cell.source for cell in found.steps[0].parameters] == ["SEED = 3\nSIZE = 4  # rows"]
    assert [cell.source for cell in found.steps[2].parameters] == ["SIZE = 4  # rows"]
    assert takes_of(found.steps[2]) == {"s2": ("SEED",)}


def test_plan_has_a_step_run_what_cannot_be_repeated() -> None:
    found = plan(
        ("import time\nnow = time.time()\nLIMIT = 3", "imports"),
        ("def f():\n    return LIMIT", "functions"),
        "print(now)",
        "print(now, f())",
    )

    assert [cell.source for cell in found.steps[0].body] == [
        "now = time.time()\nLIMIT = 3",
        "print(now)",
    ]
    assert takes_of(found.steps[1]) == {"s2": ("LIMIT", "now")}
    assert [each.name for each in found.steps[1].definitions] == ["f"]


def test_plan_repeats_settings_that_matter() -> None:
    found = plan(
        "import os, warnings\nimport pandas as pd\nwarnings.filterwarnings('ignore')\n"
        "pd.set_option('display.max_rows', 5)\nos.environ['A'] = '1'\n%matplotlib inline\n"
        "%config IPCompleter.greedy = True",
        "x = pd.DataFrame()\nx.plot()",
        "print(1)",
        "x.hist()",
    )

    always = ["warnings.filterwarnings('ignore')", "os.environ['A'] = '1'"]
    of_pandas = "pd.set_option('display.max_rows', 5)"
    everything = [always[0], of_pandas, always[1], "%matplotlib inline"]
    assert [settings_of(step) for step in found.steps[1:]] == [everything, always, everything]
    assert imports_of(found.steps[2]) == ["import os, warnings"]
    assert "import pandas as pd" in imports_of(found.steps[3])


def test_plan_repeats_settings_of_loggers() -> None:
    setting = "logging.getLogger('x').setLevel(40)"

    assert settings_of(plan(f"import logging\n{setting}", "print(1)").steps[1]) == [setting]


def test_plan_takes_what_a_setting_depends_on() -> None:
    found = plan("import os\nhome = 'a'\nos.chdir(home)", "print(1)")

    assert takes_of(found.steps[1]) == {"s0": ("home",)}


def test_plan_warns_when_a_setting_depends_on_what_has_changed() -> None:
    found = plan("import os\nhome = 'a'\nos.chdir(home)", "home = 'b'", "print(home)")

    assert settings_of(found.steps[2]) == []
    assert codes_of(found) == ["state.setting-depends"]


def test_plan_hands_on_the_state_of_generators() -> None:
    found = plan(
        "import random\nimport numpy as np\nrandom.seed(1)\nnp.random.seed(1)",
        "a = random.random()",
        "b = np.random.rand(3)",
        "c = 1",
        "random.seed(2)\nd = random.random()",
        "e = random.random()",
    )

    taken = [
        [(t.producer, t.generators) for t in step.takes if t.generators] for step in found.steps
    ]
    assert taken == [
        [],
        [("s0", (Generator.PYTHON,))],
        [("s0", (Generator.NUMPY,))],
        [],
        [],
        [("s4", (Generator.PYTHON,))],
    ]
    assert found.steps[0].generators == (Generator.NUMPY, Generator.PYTHON)
    assert codes_of(found) == []


def test_plan_hands_on_the_state_of_generators_that_may_be_used() -> None:
    found = plan(
        "import torch\nimport numpy as np\ntorch.manual_seed(1)\nnp.random.seed(1)",
        "from sklearn.svm import SVC\nSVC()",
        "import transformers\ntransformers.pipeline('x')",
        "torch.rand(3)",
        "x = []\nx.sample(3)",
        "import own\nown.run()",
        "if 1 > 2:\n    np.random.seed(3)",
        "np.random.rand()",
    )

    taken = [
        {generator.value: t.producer for t in step.takes for generator in t.generators}
        for step in found.steps
    ]
    assert taken == [
        {},
        {"numpy": "s0"},
        {"numpy": "s1", "torch": "s0"},
        {"torch": "s2"},
        {"numpy": "s2"},
        {"numpy": "s4", "torch": "s3"},
        {"numpy": "s5"},
        {"numpy": "s6"},
    ]


def test_plan_warns_of_generators_that_nobody_seeds() -> None:
    assert codes_of(plan("import numpy as np", "np.random.rand()")) == ["state.unseeded"]


@pytest.mark.parametrize(
    ("steps", "code", "is_error"),
    [
        (("print(x)", "x = 1"), "names.use-before-definition", True),
        (("print(x)", "y = 1"), "names.undefined", True),
        (("if 1:\n    print(x)", "y = 1"), "names.undefined", False),
        (("1 + 1", "print(_)"), "cells.history", True),
        (("x = input()", "y = 1"), "cells.asks-user", False),
        (("%blockrun b", "y = 1"), "cells.blocks", False),
        (("x = (", "y = 1"), "cells.unreadable", True),
        (("from math import *", "floor(1)"), "names.star-import", False),
        (("exec('x = 1')", "print(x)"), "names.dynamic-code", False),
        (("x = (y for y in [1])", "next(x)"), "flow.not-writable", True),
        (("x = open('a')", "x.read()"), "flow.not-writable", True),
        (("x = zip([1], [2])", "list(x)"), "flow.not-writable", True),
        (("import sqlite3\nx = sqlite3.connect('a')", "x.commit()"), "flow.not-writable", True),
        (("import threading\nx = threading.Lock()", "x.acquire()"), "flow.not-writable", True),
        (("import weakref\nx = weakref.WeakSet()", "len(x)"), "flow.not-writable", True),
        (("x = memoryview(b'a')", "x[0]"), "flow.not-writable", True),
        (("import json\nx = json", "x.dumps(1)"), "flow.not-writable", True),
        (("def g():\n    yield 1\nx = g()", "next(x)"), "flow.not-writable", True),
        (("import json as x\ny = 1\nz = x", "print(z)"), "flow.not-writable", True),
        (("with open('a') as x:\n    pass", "x.read()"), "flow.not-writable", True),
        (("%run other.py", "print(x)"), "names.dynamic-code", False),
        (("print(x)\nprint(x)", "y = 1"), "names.undefined", True),
        (("%%bash\nmake", "y = 1"), "files.unknown-path", False),
        (("import os\nopen(str(os.sep))", "y = 1"), "files.unknown-path", False),
        (
            ("import ipywidgets as w\nx: object = w.Button()", "x.click()"),
            "flow.not-writable",
            True,
        ),
        (
            ("import sqlite3 as s\nc = s.connect('a')\nx = c.cursor()", "x.close()"),
            "flow.not-writable",
            True,
        ),
    ],
)
def test_plan_tells_what_a_person_should_know(
    steps: tuple[str, ...], code: str, is_error: bool
) -> None:
    found = plan(*steps)

    assert [(each.code.value, each.is_error) for each in found.warnings] == [(code, is_error)]


def test_plan_does_not_mind_what_stays_in_its_step() -> None:
    found = plan(
        "with open('a') as f:\n    x = f.read()\ny = (1 for _ in x)\nz = !ls\nw, v = 1, 2",
        "print(x, z, w)",
        "def f(y=[]):\n    %time y.append(1)\n    return y",
        "if x is z:\n    %time open('a')",
    )

    assert found.warnings == ()


def test_plan_gives_all_to_code_that_nobody_can_see_through() -> None:
    found = plan(
        "x = 1\nimport json\ndef f():\n    return 1", "eval('f() + x')", "print(x)", "y = 2"
    )

    assert takes_of(found.steps[1]) == {"s0": ("x",)}
    assert [each.name for each in found.steps[1].definitions] == ["f"]
    assert takes_of(found.steps[2]) == {"s1": ("x",)}
    assert edges_of(found) == [("s0", "s1"), ("s1", "s2"), ("s1", "s3")]


def test_plan_tells_of_cells_that_ran_in_another_order() -> None:
    notebook = notebook_of(*tagged(("x = 1", "", "y = 2", "z = 3")))
    counts = (3, 1, 2, None)
    cells = tuple(
        type(cell)(cell.index, cell.kind, cell.source, cell.id, cell.tags, count)
        for cell, count in zip(notebook.cells, counts, strict=True)
    )
    ran = type(notebook)(cells, {})

    found = plan_split(ran, cut(ran, CutRequest(CutBy.TAG)))

    assert [(each.code.value, each.cell) for each in found.warnings] == [("cells.order", 2)]


def test_plan_puts_steps_in_an_order_when_their_cells_lie_between_each_other() -> None:
    found = plan(
        ("x = [1]", "step:a"),
        ("z = 2\n!make", "step:b"),
        ("y = x", "step:a"),
        ("print(y, z)", "step:c", "prev:b"),
    )

    assert [step.name for step in found.steps] == ["a", "b", "c"]
    assert takes_of(found.steps[2]) == {"a": ("y",), "b": ("z",)}
    assert "prev:b" in " ".join(found.edges[-1].reasons)


def test_plan_puts_a_step_last_when_a_tag_says_so() -> None:
    found = plan(("x = 1", "step:a", "prev:b"), ("y = 2", "step:b"))

    assert [step.name for step in found.steps] == ["b", "a"]
    assert edges_of(found) == [("b", "a")]


@pytest.mark.parametrize(
    "middle", ["import random\nrandom.random()", "open('b', 'w')", "import sys\nx = 3"]
)
def test_plan_refuses_steps_that_both_change_something(middle: str) -> None:
    both = f"{middle}\nx = 2\nopen('b')"

    with pytest.raises(RefusedError, match="circle|each other"):
        plan((both, "step:a"), (middle, "step:b"), (both, "step:a"))


def test_plan_repeats_no_older_class_than_what_it_takes_was_made_of() -> None:
    found = plan("class K:\n    pass\nk = K()", "class K:\n    n = 1", "print(k, K())")

    assert [each.cell for each in found.steps[2].definitions] == [0, 1]
    assert found.steps[0].by_reference == ()


def test_plan_pickles_by_value_what_has_another_name_by_then() -> None:
    found = plan("class K:\n    pass\nk = K()", "K = 3", "print(k, K)")

    assert found.steps[0].by_reference == ()


def test_plan_repeats_each_class_once() -> None:
    found = plan(
        "LIMIT = 3\nclass A:\n    def run(self):\n        return LIMIT\nclass B(A):\n    pass\n"
        "k = [B(), A()]",
        "print(len(k))",
    )

    assert [each.name for each in found.steps[1].definitions] == ["A", "B"]
    assert found.steps[0].by_reference == ("A", "B")


def test_plan_repeats_what_the_class_of_an_input_uses() -> None:
    found = plan(
        "import json\nimport abc\ndef text(x):\n    return json.dumps(x)\n"
        "class K(abc.ABC):\n    def run(self):\n        return text(1)\nk = [K()]",
        "print(len(k))",
    )

    assert [each.name for each in found.steps[1].definitions] == ["text", "K"]
    assert imports_of(found.steps[1]) == ["import json", "import abc"]


def test_plan_refuses_steps_that_need_each_other() -> None:
    with pytest.raises(RefusedError, match="a: cells 1, 3; b: cells 2") as caught:
        plan(("x = 1", "step:a"), ("y = x", "step:b"), ("exec('y')", "step:a"))

    assert caught.value.details == {"steps": ["a", "b"]}


def test_plan_names_the_modules_that_a_step_needs() -> None:
    found = plan(
        "import pandas as pd\nx = pd.DataFrame()\ndef f():\n    import scipy.stats\n    return 1",
        "print(x)",
        "f()",
        "import (",
    )

    assert [{each.module for each in step.modules} for step in found.steps] == [
        {"pandas", "scipy.stats"},
        {"pandas"},
        {"scipy.stats"},
        set(),
    ]
