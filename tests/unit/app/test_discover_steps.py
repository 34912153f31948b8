"""What each step of a split asks for."""

from __future__ import annotations

from collections.abc import Mapping

from aidevsecops_ext.app.discover_requirements import DiscoverPorts
from aidevsecops_ext.app.discover_steps import StepsDiscovery, discover_steps
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.imports import ImportedModule
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook import Cell, CellKind, Notebook
from aidevsecops_ext.domain.split import PlannedStep, SplitCode, StepCell
from aidevsecops_ext.formats import horus_metadata
from aidevsecops_ext.formats.pipfile import empty_pipfile
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.project_modules import FakeProjectModules


def notebook(*cells: str, declared: Mapping[str, Json] | None = None) -> Notebook:
    code = tuple(Cell(index, CellKind.CODE, source) for index, source in enumerate(cells))
    metadata: dict[str, Json] = {}
    if declared is not None:
        pipfile = {**empty_pipfile(python_version="3.11"), "packages": dict(declared)}
        metadata = horus_metadata.write(pipfile=pipfile, lockfile=None, engine="pipenv")
    return Notebook(code, metadata, "python", "python3")


def step(name: str, cell: int, source: str, *modules: str, optional: str = "") -> PlannedStep:
    imported = [ImportedModule(module, 1) for module in modules]
    imported += [ImportedModule(optional, 1, is_optional=True)] if optional else []
    return PlannedStep(name, name, (cell,), (StepCell(cell, source),), modules=tuple(imported))


def discover(
    given: Notebook,
    *steps: PlannedStep,
    texts: Mapping[str, str] | None = None,
    modules: Mapping[str, str] | None = None,
    index: FakePackageIndex | None = None,
) -> StepsDiscovery:
    ports = DiscoverPorts(
        FakeFiles(texts), FakeInstalledPackages(), index, FakeProjectModules(modules)
    )
    return discover_steps("work/nb.ipynb", given, steps, ports, FakeCancelToken())


def needs(found: StepsDiscovery) -> dict[str, list[str]]:
    """What each step needs beside the kernel."""
    return {
        name: [r.to_pep508() for r in each.requirements if r.key != "ipykernel"]
        for name, each in found.steps.items()
    }


def test_discover_steps_gives_each_step_what_it_imports() -> None:
    given = notebook("import pandas", "from sklearn import svm")

    found = discover(
        given, step("load", 0, "", "pandas"), step("train", 1, "", "sklearn"), step("say", 2, "")
    )

    assert needs(found) == {"load": ["pandas"], "train": ["scikit-learn"], "say": []}
    assert [r.name for r in found.steps["say"].requirements] == ["ipykernel"]
    assert found.warnings == ()


def test_discover_steps_keeps_what_the_notebook_declares_of_a_version() -> None:
    given = notebook("import pandas", declared={"pandas": ">=2", "ipykernel": "<7"})

    found = discover(given, step("load", 0, "", "pandas"))

    assert [r.to_pep508() for r in found.steps["load"].requirements] == ["ipykernel<7", "pandas>=2"]
    assert found.warnings == ()


def test_discover_steps_follows_modules_of_the_repository_for_the_step_that_uses_them() -> None:
    given = notebook("import features", "import pandas", "%run more.py")
    texts = {"work/features.py": "import scipy", "work/more.py": "import numpy"}

    found = discover(
        given,
        step("one", 0, "import features", "features"),
        step("two", 1, "", "pandas"),
        step("three", 2, "%run more.py"),
        texts=texts,
        modules={"features": "work/features.py"},
    )

    assert needs(found) == {"one": ["scipy"], "two": ["pandas"], "three": ["numpy"]}
    assert [found.steps[name].local for name in ("one", "two", "three")] == [
        ("work/features.py",),
        (),
        ("work/more.py",),
    ]


def test_discover_steps_sets_apart_what_a_step_can_do_without() -> None:
    given = notebook("try:\n    import ujson\nexcept ImportError:\n    pass", "import ujson")

    found = discover(
        given, step("may", 0, "", optional="ujson"), step("must", 1, "", "ujson", optional="ujson")
    )

    assert needs(found) == {"may": [], "must": ["ujson"]}
    assert [r.name for r in found.steps["may"].optional] == ["ujson"]
    assert found.steps["must"].optional == ()


def test_discover_steps_gives_what_a_cell_installs_to_the_step_of_that_cell() -> None:
    given = notebook("!pip install openpyxl==3.1", "import pandas")

    found = discover(
        given, step("read", 0, "!pip install openpyxl==3.1"), step("x", 1, "", "pandas")
    )

    assert needs(found) == {"read": ["openpyxl==3.1"], "x": ["pandas"]}


def test_discover_steps_says_it_when_nothing_imports_what_is_declared() -> None:
    given = notebook("import pandas", "1", declared={"openpyxl": "*", "pandas": "*"})

    found = discover(given, step("read", 0, "", "pandas"), step("count", 1, ""))

    assert needs(found) == {"read": ["openpyxl", "pandas"], "count": []}
    [warning] = found.warnings
    assert warning.code is SplitCode.UNPLACED_REQUIREMENT
    assert "openpyxl" in warning.message


def test_discover_steps_warns_of_imports_that_no_package_is_known_for() -> None:
    given = notebook("x = 1", "import nobodys_thing", "import (")

    found = discover(given, step("all", 1, "", "nobodys_thing"))

    [warning] = found.warnings
    assert (warning.code, warning.cell) == (SplitCode.UNRESOLVED_IMPORT, 1)
    assert "nobodys_thing" in warning.message


def test_discover_steps_is_silent_of_optional_imports_that_no_package_is_known_for() -> None:
    given = notebook("try:\n    import nobodys_thing\nexcept ImportError:\n    pass")

    assert discover(given, step("all", 0, "", optional="nobodys_thing")).warnings == ()


def test_discover_steps_passes_on_that_the_index_could_not_be_asked() -> None:
    error = OutsideFailedError(ErrorCode.LOCK_INDEX_UNREACHABLE, "No route.")

    found = discover(
        notebook("import nobodys_thing"),
        step("all", 0, "", "nobodys_thing"),
        index=FakePackageIndex(error=error),
    )

    assert [warning.code for warning in found.warnings] == [SplitCode.UNRESOLVED_IMPORT] * 2
    assert "No route." in found.warnings[1].message
