"""What counts as a third-party import, and which are optional."""

from __future__ import annotations

import sys

import pytest

from aidevsecops_ext.domain.imports import (
    ImportedModule,
    UnreadableCodeError,
    is_former_standard_library,
    is_python,
    parse_python,
    salvaged_imports,
    third_party_imports,
)


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import numpy", ["numpy"]),
        ("import numpy as np, pandas", ["numpy", "pandas"]),
        ("import a.b as c", ["a.b"]),
        ("import os, sys\nfrom __future__ import annotations\nimport __main__", []),
        ("import tomllib, zoneinfo", []),
        ("from sklearn import svm", ["sklearn"]),
        ("from sklearn.svm import *", ["sklearn.svm"]),
        (
            "from google.cloud import storage, bigquery as bq",
            ["google.cloud.storage", "google.cloud.bigquery"],
        ),
        ("from google.cloud.storage import Client", ["google.cloud.storage"]),
        ("from google.cloud import *", ["google.cloud"]),
        ("from . import a", ["."]),
        ("from ..b.c import d", ["..b.c"]),
        ("import IPython", ["IPython"]),
        ("get_ipython()\ndisplay(1)", []),
        ("import importlib\nm = importlib.import_module('a.b')", ["a.b"]),
        ("m = import_module('a', package='b')", ["a"]),
        ("m = __import__('a')", ["a"]),
        ("m = __import__(name); n = import_module(''); o = import_module(1)", []),
        ("m = [import_module('a')]\nimport b", ["a", "b"]),
        ("for x in y:\n  import a\nelse:\n  import b", ["a", "b"]),
        ("while x:\n  import a", ["a"]),
        ("with x:\n  import a", ["a"]),
        ("match x:\n  case 1:\n    import a", ["a"]),
        ("class A:\n  import a", ["a"]),
        ("if x:\n  import a\nelse:\n  import b", ["a", "b"]),
        ("x = 'import a'  # import b", []),
        ("x = await f()\nasync with y:\n  import a\nasync for z in y:\n  import b", ["a", "b"]),
        (r"x = '\d'; y = 1if x else 2", []),
        ("import commands, distutils.core", ["commands", "distutils.core"]),
    ],
)
def test_third_party_imports_are_found_when_code_has_them(code: str, modules: list[str]) -> None:
    found = third_party_imports(code)

    assert [each.module for each in found] == modules
    assert not any(each.is_optional for each in found)


@pytest.mark.parametrize(
    "code",
    [
        "try:\n  import a\nexcept ImportError:\n  pass",
        "try:\n  import a\nexcept ModuleNotFoundError:\n  pass",
        "try:\n  import a\nexcept (KeyError, ImportError):\n  pass",
        "try:\n  import a\nexcept Exception as e:\n  pass",
        "try:\n  import a\nexcept builtins.ImportError:\n  pass",
        "try:\n  import a\nexcept:\n  pass",
        "try:\n  x\nexcept ImportError:\n  import a",
        "try:\n  x\nexcept ImportError:\n  pass\nelse:\n  import a",
        "def f():\n  import a",
        "async def f():\n  import a",
        "class A:\n  def f(self):\n    if x:\n      import a",
        "f = lambda: import_module('a')",
        "def f():\n  return __import__('a')",
        "if TYPE_CHECKING:\n  import a",
        "if typing.TYPE_CHECKING:\n  import a",
        "with suppress(ImportError):\n  import a",
        "with contextlib.suppress(KeyError, ImportError):\n  import a",
    ],
)
def test_third_party_imports_are_optional_when_guarded_or_local(code: str) -> None:
    found = third_party_imports(code)

    assert [(each.module, each.is_optional) for each in found] == [("a", True)]


@pytest.mark.parametrize(
    "code",
    [
        "try:\n  import a\nexcept KeyError:\n  pass",
        "try:\n  import a\nexcept f():\n  pass",
        "try:\n  x\nexcept ImportError:\n  pass\nfinally:\n  import a",
        "with suppress(KeyError):\n  import a",
        "with open(ImportError):\n  import a",
        "if not TYPE_CHECKING:\n  import a",
        "if TYPE_CHECKING:\n  pass\nelse:\n  import a",
    ],
)
def test_third_party_imports_are_required_when_guard_is_of_another_kind(code: str) -> None:
    found = third_party_imports(code)

    assert [(each.module, each.is_optional) for each in found] == [("a", False)]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="except* is new in Python 3.11")
def test_third_party_imports_are_optional_when_guarded_by_except_star() -> None:
    code = "try:\n  import a\nexcept* ImportError:\n  import b"

    found = third_party_imports(code)

    assert [(each.module, each.is_optional) for each in found] == [("a", True), ("b", True)]


def test_third_party_imports_have_lines_and_names_in_order() -> None:
    code = "def f():\n  from b import c\nimport a\n\nfrom d import (\n  e,\n  f)"

    found = third_party_imports(code)

    assert found == (
        ImportedModule("b", 2, True, ("c",)),
        ImportedModule("a", 3),
        ImportedModule("d", 5, False, ("e", "f")),
    )


def test_imported_module_names_its_submodules_when_relative() -> None:
    found = third_party_imports("from . import a\nfrom .b import c")

    assert [each.submodules for each in found] == [(".a",), (".b.c",)]
    assert [each.top_level for each in found] == ["", ""]
    assert all(each.is_relative for each in found)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\nprint 'a'", 2),
        ("x\0", None),
        ("(" * 5000 + ")" * 5000, None),
        ("-" * 200_000 + "1", None),
        ("a" + ".b" * 200_000, None),
    ],
)
def test_parse_python_says_the_line_when_code_is_unreadable(code: str, line: int | None) -> None:
    with pytest.raises(UnreadableCodeError) as caught:
        parse_python(code)

    assert line is None or caught.value.line == line
    assert caught.value.message
    assert not is_python(code)


def test_parse_python_refuses_deep_code_when_the_parser_does_not_see_it() -> None:
    with pytest.raises(UnreadableCodeError):
        parse_python("-" * 200_000 + "1", checks_depth=False)

    assert len(parse_python("x = 1\n" * 5000, checks_depth=False).body) == 5000


def test_salvaged_imports_are_read_line_by_line_when_code_is_not_python() -> None:
    code = "import a\nprint 'x'\n  from b import c\nfrom here on it is prose\nimport os"

    found = salvaged_imports(code)

    assert found == (ImportedModule("a", 1), ImportedModule("b", 3, True, ("c",)))


@pytest.mark.parametrize(
    ("module", "is_former"),
    [
        ("distutils.core", True),
        ("imp", True),
        ("urllib2", True),
        ("StringIO", True),
        ("telnetlib", True),
        ("cgi", True),
        ("json", False),
        ("numpy", False),
    ],
)
def test_is_former_standard_library_tells_modules_of_old_pythons(
    module: str, is_former: bool
) -> None:
    answer = is_former_standard_library(module)

    assert answer is is_former
