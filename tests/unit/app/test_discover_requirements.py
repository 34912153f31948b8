"""What a notebook needs, how it was found, and what could not be read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from aidevsecops_ext.app.discover_requirements import DiscoverPorts, discover_requirements
from aidevsecops_ext.domain.discovery import (
    DiscoveredRequirement,
    Discovery,
    LocalModule,
    UnresolvedImport,
)
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    TimedOutError,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook import Cell, CellKind, Notebook
from aidevsecops_ext.domain.requirements import Requirement, RequirementSource
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.project_modules import FakeProjectModules

PATH = "work/nb.ipynb"


def notebook(*cells: str, metadata: Mapping[str, Json] | None = None) -> Notebook:
    code = tuple(Cell(index, CellKind.CODE, source) for index, source in enumerate(cells))
    return Notebook(code, metadata or {}, "python", "python3")


def ports(
    texts: Mapping[str, str] | None = None,
    modules: Mapping[str, str] | None = None,
    installed: FakeInstalledPackages | None = None,
    index: FakePackageIndex | None = None,
) -> DiscoverPorts:
    return DiscoverPorts(
        FakeFiles(texts), installed or FakeInstalledPackages(), index, FakeProjectModules(modules)
    )


def discover(given: Notebook, asked: DiscoverPorts | None = None) -> Discovery:
    return discover_requirements(PATH, given, asked or ports(), FakeCancelToken())


def names(discovery: Discovery) -> dict[str, str]:
    return {each.requirement.to_pep508(): each.source.value for each in discovery.requirements}


def codes(discovery: Discovery) -> list[tuple[str, int | None, int | None]]:
    return [(problem.code, problem.cell, problem.line) for problem in discovery.problems]


def test_discover_requirements_lists_imports_with_their_cells() -> None:
    given = notebook(
        "import pandas as pd\nfrom sklearn import svm", "import os", "import pandas.io"
    )

    discovery = discover(given)

    assert discovery == Discovery(
        (
            DiscoveredRequirement(
                Requirement("pandas"), RequirementSource.IMPORT, ("pandas", "pandas.io"), (0, 2)
            ),
            DiscoveredRequirement(
                Requirement("scikit-learn"), RequirementSource.IMPORT, ("sklearn",), (0,)
            ),
        )
    )


def test_discover_requirements_reads_code_cells_only() -> None:
    markdown = Cell(0, CellKind.MARKDOWN, "import numpy")
    given = Notebook((markdown, Cell(1, CellKind.CODE, "import pandas")), {})

    discovery = discover(given)

    assert names(discovery) == {"pandas": "import"}


def test_discover_requirements_prefers_metadata_to_block_to_pip_to_import() -> None:
    pipfile = json.dumps({"packages": {"a": "==1"}, "dev-packages": {"dev": "*"}})
    given = notebook(
        "# /// script\n# dependencies = ['a==2', 'b==2']\n# ///",
        "%pip install a==3 b==3 c==3",
        "import a, b, c, pandas",
        metadata={"requirements": pipfile},
    )

    discovery = discover(given)

    assert names(discovery) == {
        "a==1": "metadata",
        "dev": "metadata",
        "b==2": "pep723",
        "c==3": "pip",
        "pandas": "import",
    }
    assert [each.imports for each in discovery.requirements] == [
        ("a",),
        (),
        ("b",),
        ("c",),
        ("pandas",),
    ]
    assert discovery.requirements[0].cells == (1, 2)


def test_discover_requirements_takes_the_last_version_that_pip_installs() -> None:
    given = notebook("!pip install a==1", "!pip install a==2", "!pip install -U a")

    discovery = discover(given)

    assert names(discovery) == {"a==2": "pip"}
    assert discovery.requirements[0].cells == (0, 1, 2)


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("opencv-python-headless", "import cv2"),
        ("sklearn", "import sklearn"),
        ("PyYAML", "import yaml"),
        ("tensorflow-cpu", "import tensorflow.keras"),
        ("my-own.thing", "import my_own_thing"),
    ],
)
def test_discover_requirements_lets_a_declared_one_serve_when_it_gives_the_import(
    declared: str, code: str
) -> None:
    given = notebook(f"!pip install {declared}", code)

    discovery = discover(given, ports(index=FakePackageIndex(error=None)))

    assert names(discovery) == {declared: "pip"}
    assert discovery.requirements[0].cells == (0, 1)


def test_discover_requirements_is_optional_only_when_every_use_is() -> None:
    given = notebook(
        "try:\n  import ujson, numpy\nexcept ImportError:\n  ujson = None",
        "import numpy",
        "def f():\n  import odd_one",
    )

    discovery = discover(given)

    assert [(d.requirement.name, d.is_optional) for d in discovery.requirements] == [
        ("ujson", True),
        ("numpy", False),
    ]
    assert discovery.unresolved == (UnresolvedImport("odd_one", (2,), True),)


def test_discover_requirements_asks_the_kernel_first() -> None:
    installed = FakeInstalledPackages(
        {"cv2": "opencv-python-headless", "corp.tool": "corp-tool", "corp.db": "Corp.DB"}
    )
    given = notebook("import cv2\nfrom corp import tool, db\nimport corp.tool.sub")

    discovery = discover(given, ports(installed=installed))

    assert list(names(discovery)) == ["opencv-python-headless", "corp-db", "corp-tool"]
    assert installed.asked == [
        ("python3", frozenset({"cv2", "corp", "corp.tool", "corp.db", "corp.tool.sub"}))
    ]


def test_discover_requirements_asks_the_index_once_for_names_that_nobody_knows() -> None:
    index = FakePackageIndex("foo", "google-cloud-new")
    given = notebook("import foo.x, bar, numpy", "from google.cloud import new", "import utils")

    discovery = discover(given, ports(index=index))

    assert list(names(discovery)) == ["foo", "numpy", "google-cloud-new"]
    assert index.asked == [frozenset({"foo", "bar", "google-cloud-new"})]
    assert [each.module for each in discovery.unresolved] == ["bar", "utils"]


def test_discover_requirements_asks_for_a_hundred_names_at_most() -> None:
    index = FakePackageIndex("thing-000", "thing-250")
    given = notebook("\n".join(f"import thing_{number:03}" for number in range(300)))

    discovery = discover(given, ports(index=index))

    assert [len(asked) for asked in index.asked] == [100]
    assert list(names(discovery)) == ["thing-000"]
    assert len(discovery.unresolved) == 299
    [problem] = discovery.problems
    assert problem.code == "discover.too-many-names"
    assert "not asked for 200 of 300 names: thing-100, thing-101" in problem.message


@pytest.mark.parametrize("kind", [OutsideFailedError, TimedOutError])
def test_discover_requirements_goes_on_when_the_index_does_not_answer(
    kind: type[OutsideFailedError] | type[TimedOutError],
) -> None:
    error = kind(ErrorCode.LOCK_INDEX_UNREACHABLE, "No network.")
    given = notebook("import foo, numpy")

    discovery = discover(given, ports(index=FakePackageIndex(error=error)))

    assert list(names(discovery)) == ["numpy"]
    assert discovery.unresolved == (UnresolvedImport("foo", (0,)),)
    assert discovery.problems[0].code == "discover.index-unreachable"
    assert "foo" in discovery.problems[0].message


def test_discover_requirements_does_not_ask_when_nothing_is_imported() -> None:
    installed, index = FakeInstalledPackages(), FakePackageIndex()

    discovery = discover(notebook("import os"), ports(installed=installed, index=index))

    assert discovery == Discovery()
    assert (installed.asked, index.asked) == ([], [])


def test_discover_requirements_never_guesses_modules_of_a_platform() -> None:
    index = FakePackageIndex("google-colab", "dbutils")
    given = notebook("from google.colab import drive\nimport dbutils")

    discovery = discover(given, ports(index=index))

    assert [each.module for each in discovery.unresolved] == ["google.colab", "dbutils"]
    assert index.asked == []


def test_discover_requirements_drops_former_standard_library() -> None:
    given = notebook("import distutils.core, urllib2, cPickle")

    discovery = discover(given, ports(index=FakePackageIndex("distutils")))

    assert discovery == Discovery()


def test_discover_requirements_follows_local_modules() -> None:
    texts = {
        "work/helper.py": "import numpy\nimport loop_a\nfrom . import sub",
        "work/loop_a.py": "import loop_b\nimport pandas",
        "work/loop_b.py": "import loop_a\nimport helper",
        "work/sub.py": "def f():\n  import scipy",
    }
    modules = {
        "helper": "work/helper.py",
        "loop_a": "work/loop_a.py",
        "loop_b": "work/loop_b.py",
        ".sub": "work/sub.py",
    }

    discovery = discover(notebook("import helper", "import loop_b"), ports(texts, modules))

    assert [(d.requirement.name, d.cells, d.is_optional) for d in discovery.requirements] == [
        ("numpy", (0, 1), False),
        ("pandas", (0, 1), False),
        ("scipy", (0, 1), True),
    ]
    assert discovery.local == (
        LocalModule("helper", "work/helper.py", (0, 1)),
        LocalModule("loop_a", "work/loop_a.py", (0, 1)),
        LocalModule("loop_b", "work/loop_b.py", (0, 1)),
        LocalModule(".sub", "work/sub.py", (0, 1)),
    )
    assert discovery.unresolved == ()


def test_discover_requirements_is_required_when_a_local_module_is_imported_both_ways() -> None:
    texts = {"work/helper.py": "import numpy"}
    given = notebook(
        "def f():\n  import helper",
        "def f():\n  import helper\nimport helper\ntry:\n  import helper\nexcept ImportError:\n  0",
    )

    discovery = discover(given, ports(texts, {"helper": "work/helper.py"}))

    assert [(d.cells, d.is_optional) for d in discovery.requirements] == [((0, 1), False)]


def test_discover_requirements_follows_every_package_on_the_way() -> None:
    texts = {
        "work/p/__init__.py": "import numpy",
        "work/p/q/__init__.py": "",
        "work/p/q/r.py": "import pandas",
    }
    modules = {"p": "work/p/__init__.py", "p.q": "work/p/q/__init__.py", "p.q.r": "work/p/q/r.py"}

    discovery = discover(notebook("from p.q import r, other"), ports(texts, modules))

    assert list(names(discovery)) == ["numpy", "pandas"]
    assert [each.path for each in discovery.local] == list(texts)


def test_discover_requirements_lists_a_local_folder_without_init() -> None:
    texts = {"work/steps/load.py": "import pandas"}
    modules = {"steps": "work/steps", "steps.load": "work/steps/load.py"}

    discovery = discover(notebook("import steps.load"), ports(texts, modules))

    assert [each.path for each in discovery.local] == ["work/steps", "work/steps/load.py"]
    assert list(names(discovery)) == ["pandas"]


def test_discover_requirements_is_not_misled_when_a_folder_of_data_has_the_name() -> None:
    modules = {"datasets": "work/datasets"}

    discovery = discover(notebook("from datasets import load_dataset"), ports({}, modules))

    assert names(discovery) == {"datasets": "import"}
    assert discovery.local == ()


def test_discover_requirements_reports_a_relative_import_that_is_not_there() -> None:
    discovery = discover(notebook("from .missing import x\nfrom . import y"))

    assert [each.module for each in discovery.unresolved] == [".missing", "."]


def test_discover_requirements_reports_local_modules_that_cannot_be_read() -> None:
    texts = {"work/bad.py": "import numpy\nprint 'x'"}
    modules = {"bad": "work/bad.py", "gone": "work/gone.py"}

    discovery = discover(notebook("import bad, gone", "import bad"), ports(texts, modules))

    assert codes(discovery) == [
        ("discover.module-not-python", None, 2),
        ("discover.module-unreadable", None, None),
    ]
    assert list(names(discovery)) == ["numpy"]


def test_discover_requirements_reads_files_that_the_notebook_writes() -> None:
    given = notebook(
        "%%writefile pack/tool.py\nimport numpy",
        "%%writefile -a pack/tool.py\nimport pandas",
        "%%writefile pack/__init__.py\nfrom .. import top",
        "%%writefile unused.py\nimport scipy",
        "%%writefile -a top.py\nimport seaborn",
        "from pack import tool",
    )

    discovery = discover(given)

    assert set(names(discovery)) == {"numpy", "pandas", "seaborn"}
    assert {each.path for each in discovery.local} == {
        "work/pack/__init__.py",
        "work/pack/tool.py",
        "work/top.py",
    }
    assert {d.cells for d in discovery.requirements} == {(5,)}


def test_discover_requirements_follows_files_that_are_run() -> None:
    other = {
        "nbformat": 4,
        "cells": [{"cell_type": "code", "source": "%cd x\nimport scipy", "metadata": {}}],
        "metadata": {},
    }
    texts = {
        "setup.py": "import numpy",
        "work/a.ipy": "%cd x\nimport pandas",
        "work/b.ipynb": json.dumps(other),
        "work/c.ipynb": "{}",
    }
    given = notebook("%run ../setup.py\n%run a.ipy", "%run b.ipynb", "%run c.ipynb")

    discovery = discover(given, ports(texts))

    assert set(names(discovery)) == {"numpy", "pandas", "scipy"}
    assert {each.path for each in discovery.local} == set(texts)
    assert codes(discovery) == [("discover.module-unreadable", None, None)]


def test_discover_requirements_reads_on_when_a_cell_is_not_python() -> None:
    given = notebook("import numpy\nprint 'x'", "import pandas")

    discovery = discover(given)

    assert codes(discovery) == [("discover.cell-not-python", 0, 2)]
    assert list(names(discovery)) == ["numpy", "pandas"]


def test_discover_requirements_reports_what_it_cannot_take_over() -> None:
    pipfile = json.dumps({"packages": {"a": {"git": "https://forge.example/a.git"}}})
    given = notebook(
        "x\n# /// script\n# dependencies = ['./a']\n# ///",
        "# /// script\n# dependencies = ['ignored']\n# ///",
        "y\n!pip install -r req.txt",
        metadata={"requirements": pipfile},
    )

    discovery = discover(given)

    assert codes(discovery) == [
        ("discover.metadata", None, None),
        ("discover.script-block", 0, 2),
        ("discover.install", 2, 2),
    ]
    assert discovery.requirements == ()


def test_discover_requirements_goes_on_when_the_metadata_are_broken() -> None:
    given = notebook("import numpy", metadata={"requirements": "{"})

    discovery = discover(given)

    assert codes(discovery) == [("discover.metadata", None, None)]
    assert list(names(discovery)) == ["numpy"]


def test_discover_requirements_refuses_another_language() -> None:
    given = Notebook((), {}, "julia")

    with pytest.raises(RefusedError) as caught:
        discover(given)

    assert caught.value.code is ErrorCode.NOTEBOOK_UNSUPPORTED_LANGUAGE


def test_discover_requirements_stops_when_cancelled() -> None:
    cancel = FakeCancelToken(is_cancelled=True)

    with pytest.raises(CancelledError):
        discover_requirements(PATH, notebook("import numpy"), ports(), cancel)
