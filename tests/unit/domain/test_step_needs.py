"""What one step has to install."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.imports import ImportedModule
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.lock_digest import lock_digest
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.split import Generator, PlannedStep, Taking
from aidevsecops_ext.domain.step_needs import step_requirements


def needs(*imported: Requirement, modules: tuple[str, ...] = (), **step: Any) -> list[str]:
    imported_modules = tuple(ImportedModule(name, 1) for name in modules)
    planned = replace(PlannedStep("s", "S", (), (), modules=imported_modules), **step)
    return [requirement.to_pep508() for requirement in step_requirements(planned, imported)]


def test_step_needs_a_kernel_alone_when_nothing_crosses() -> None:
    assert needs(Requirement("rich"), modules=("pandas",)) == ["ipykernel", "rich"]


@pytest.mark.parametrize(
    "step",
    [
        {"outputs": ("df",)},
        {"takes": (Taking("load", ("df",)),)},
        {"generators": (Generator.PYTHON,)},
    ],
)
def test_step_needs_a_pickler_when_something_crosses(step: dict[str, Any]) -> None:
    assert needs(**step) == ["cloudpickle", "ipykernel"]


@pytest.mark.parametrize("module", ["pandas", "pandas.api.types", "polars"])
def test_step_needs_pyarrow_when_frames_may_cross(module: str) -> None:
    found = needs(modules=(module,), outputs=("df",))

    assert found == ["cloudpickle", "ipykernel", "pyarrow"]


@pytest.mark.parametrize(
    ("imported", "elsewhere", "found"),
    [
        ("torch", ("torch", "torchvision"), ["ipykernel", "numpy", "torch"]),
        ("torch", ("torch", "rich"), ["ipykernel", "torch"]),
        ("rich", ("numpy", "torch"), ["ipykernel", "rich"]),
        ("torchinfo", (), ["ipykernel", "numpy", "torch", "torchinfo"]),
    ],
)
def test_step_needs_what_its_packages_import_without_asking_for_it(
    imported: str, elsewhere: tuple[str, ...], found: list[str]
) -> None:
    planned = PlannedStep("s", "S", (), ())

    needed = step_requirements(planned, [Requirement(imported)], elsewhere)

    assert [requirement.to_pep508() for requirement in needed] == found


@pytest.mark.parametrize(("is_optional", "names"), [(False, ["matplotlib"]), (True, [])])
def test_step_needs_matplotlib_when_something_draws_with_it(
    is_optional: bool, names: list[str]
) -> None:
    module = ImportedModule("matplotlib.pyplot", 1, is_optional)

    needed = step_requirements(PlannedStep("s", "S", (), (), modules=(module,)), [])

    assert [requirement.name for requirement in needed] == ["ipykernel", *names]


def test_step_keeps_what_is_said_of_its_own_requirements() -> None:
    found = needs(
        Requirement("CloudPickle", "<3"), Requirement("cloudpickle", "<3"), outputs=("x",)
    )

    assert found == ["cloudpickle<3", "ipykernel"]


def test_digest_of_a_lock_is_of_all_that_it_installs() -> None:
    one, two = LockedPackage("a", "1", ("sha256:1",)), LockedPackage("b", "1", ("sha256:2",))
    lock = Lock((one, two), "asked")

    assert lock_digest(lock) == lock_digest(Lock((two, one), "else", python_version="3.9"))
    assert lock_digest(lock) != lock_digest(Lock((one,), "asked"))
    assert lock_digest(lock) != lock_digest(
        Lock((one, LockedPackage("b", "2", ("sha256:2",))), "asked")
    )
