from __future__ import annotations

from aidevsecops_ext.domain.split import Definition, Fragment, PlannedStep
from aidevsecops_ext.formats.definitions_module import (
    DefinitionsModule,
    import_of,
    make_definitions_module,
)


def _step(name: str, imports: tuple[str, ...], definitions: tuple[Definition, ...]) -> PlannedStep:
    fragments = tuple(Fragment(source, 0, line) for line, source in enumerate(imports, 1))
    return PlannedStep(name, name, (), (), imports=fragments, definitions=definitions)


_SCALED = Definition("scaled", "def scaled(x):\n    return np.array(x) * half()", 2, 1)
_HALF = Definition("half", "def half():\n    return 0.5", 1, 1)
_IMPORTS = ("import numpy as np", "import os", "from __future__ import annotations")


def test_module_holds_each_definition_once_with_the_imports_that_it_needs() -> None:
    steps = [_step("a", _IMPORTS, (_SCALED, _HALF)), _step("b", _IMPORTS, (_SCALED, _HALF))]

    module = make_definitions_module(steps, "shared", "nb.ipynb")

    assert module == DefinitionsModule(
        "shared",
        '"""What the steps of nb.ipynb share. Made by AIDevSecOps."""\n\n\n'
        "from __future__ import annotations\nimport numpy as np\n\n\n"
        "def half():\n    return 0.5\n\n\n"
        "def scaled(x):\n    return np.array(x) * half()\n",
        ("half", "scaled"),
    )
    compile(module.text, "shared", "exec")


def test_module_leaves_out_what_reads_a_variable_of_the_notebook() -> None:
    reads = Definition("reads", "def reads():\n    return table[0]", 3, 1)
    through = Definition("through", "def through():\n    return reads()", 4, 1)

    module = make_definitions_module([_step("a", (), (_HALF, reads, through))], "m", "nb.ipynb")

    assert module is not None
    assert module.names == ("half",)


def test_module_leaves_out_what_is_defined_twice() -> None:
    again = Definition("half", "def half():\n    return 1 / 2", 5, 1)

    steps = [_step("a", (), (_HALF,)), _step("b", (), (again,))]

    assert make_definitions_module(steps, "m", "nb.ipynb") is None


def test_module_leaves_out_what_cannot_be_read() -> None:
    broken = Definition("f", "def f(:", 5, 1)

    assert make_definitions_module([_step("a", ("import (",), (broken,))], "m", "nb") is None


def test_import_names_what_a_step_uses_in_order() -> None:
    module = DefinitionsModule("shared", "", ("a", "b", "c"))

    assert import_of(module, ["c", "a"]) == "from shared import a, c"
