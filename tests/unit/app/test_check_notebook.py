"""Whether locks still hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.app.check_notebook import check_notebook
from aidevsecops_ext.domain.discovery import DiscoveredRequirement, Discovery, UnresolvedImport
from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage, LockStatus
from aidevsecops_ext.domain.requirements import Requirement, RequirementSource
from aidevsecops_ext.formats.notebook_json import parse
from tests.kits.corpus import needs_corpus, notebooks
from tests.kits.notebooks import locked_metadata, notebook

NUMPY = DiscoveredRequirement(Requirement("numpy"), RequirementSource.METADATA, ("numpy",), (0,))
SIX = LockedPackage("six", "1.16.0")
PACKAGES = (LockedPackage("numpy", "2.0"), SIX)


def imported(
    name: str, *cells: int, is_optional: bool = False, source: str = "import"
) -> DiscoveredRequirement:
    imports = (name.replace("-", "_"),) if source == "import" else ()
    return DiscoveredRequirement(
        Requirement(name), RequirementSource(source), imports, cells, is_optional
    )


def test_check_notebook_is_fresh_when_the_lock_fits() -> None:
    locked = notebook(**locked_metadata({"numpy": "*"}, PACKAGES))

    result = check_notebook(locked, Discovery((NUMPY,)))

    assert (result.status, result.details) == (LockStatus.FRESH, ())


def test_check_notebook_is_unlocked_when_there_is_no_lock() -> None:
    discovery = Discovery(unresolved=(UnresolvedImport("mystery", (2,)),))

    result = check_notebook(notebook(requirements='{"packages":{}}'), discovery)

    assert result.status is LockStatus.UNLOCKED
    assert [(d.code, d.name, d.cells) for d in result.details] == [("unresolved", "mystery", (2,))]


def test_check_notebook_is_unsupported_when_the_language_is_another() -> None:
    julia = notebook(kernelspec={"name": "j", "language": "julia"}, requirements="{broken")

    result = check_notebook(julia, Discovery())

    assert result.status is LockStatus.UNSUPPORTED
    assert "julia" in result.details[0].message


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (imported("rich", 1, 4), "rich is imported (rich), but not locked."),
        (imported("rich", 1, 4, source="pip"), "rich is asked for in a cell, but not locked."),
    ],
)
def test_check_notebook_is_drifted_when_an_import_is_not_locked(
    found: DiscoveredRequirement, message: str
) -> None:
    locked = notebook(**locked_metadata({"numpy": "*"}, PACKAGES))

    result = check_notebook(locked, Discovery((NUMPY, found)))

    assert result.status is LockStatus.DRIFTED
    assert [(d.code, d.name, d.cells, d.message) for d in result.details] == [
        ("missing", "rich", (1, 4), message)
    ]


def test_check_notebook_is_drifted_when_a_declared_package_is_gone_from_the_lock() -> None:
    declared: dict[str, Json] = {
        "numpy": "*",
        "gone": "*",
        "pywin32": {"version": "*", "sys_platform": "== 'win32'"},
    }
    locked = notebook(**locked_metadata(declared, PACKAGES))

    result = check_notebook(locked, Discovery((NUMPY,)))

    assert result.status is LockStatus.DRIFTED
    assert [d.name for d in result.details if d.code == "missing"] == ["gone"]


def test_check_notebook_is_fresh_when_a_twin_of_an_import_is_locked() -> None:
    declared: dict[str, Json] = {"opencv-python-headless": "*"}
    packages = (LockedPackage("opencv-python-headless", "5.0"),)
    locked = notebook(**locked_metadata(declared, packages))

    result = check_notebook(locked, Discovery((imported("opencv-python", 1),)))

    assert result.status is LockStatus.FRESH


def test_check_notebook_stays_fresh_when_there_is_only_information() -> None:
    declared: dict[str, Json] = {"numpy": "*", "pandas": "*", "rich": "*"}
    packages = (*PACKAGES, LockedPackage("pandas", "2"), LockedPackage("rich", "13"))
    locked = notebook(**locked_metadata(declared, packages))
    discovery = Discovery(
        (
            NUMPY,
            imported("six", 3),
            imported("optional-one", 4, is_optional=True),
            imported("rich", 5, source="pip"),
        ),
        unresolved=(UnresolvedImport("mystery", (2,)),),
    )

    result = check_notebook(locked, discovery)

    assert result.status is LockStatus.FRESH
    assert [(d.code, d.name, d.cells) for d in result.details] == [
        ("unresolved", "mystery", (2,)),
        ("transitive", "six", (3,)),
        ("unused", "pandas", ()),
    ]


def test_check_notebook_is_stale_and_says_why_when_the_requirements_changed() -> None:
    metadata = locked_metadata({"numpy": "*"}, PACKAGES)
    metadata["requirements"] = str(metadata["requirements"]).replace(
        '{"numpy":"*"}', '{"numpy":"*","rich":"*"}'
    )

    result = check_notebook(
        notebook(**metadata), Discovery((NUMPY, imported("rich", 1), imported("click", 2)))
    )

    assert result.status is LockStatus.STALE
    assert [(d.code, d.name) for d in result.details] == [
        ("requirement-added", "rich"),
        ("missing", "click"),
    ]


def test_check_notebook_is_stale_when_the_requirements_are_gone() -> None:
    metadata = locked_metadata({"numpy": "*"}, PACKAGES)
    del metadata["requirements"]

    result = check_notebook(notebook(**metadata), Discovery())

    assert result.status is LockStatus.STALE


def test_check_notebook_refuses_when_the_recorded_requirements_are_garbage() -> None:
    metadata = locked_metadata({"numpy": "*"}, PACKAGES)
    metadata["requirements"] = "garbage"

    with pytest.raises(UserError, match="'requirements' cannot be read"):
        check_notebook(notebook(**metadata), Discovery())


@needs_corpus
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.name)
def test_check_notebook_agrees_with_the_recorded_hash_when_the_notebook_is_real(
    path: Path,
) -> None:
    real = parse(path.read_text(encoding="utf-8"), path.name)

    result = check_notebook(real, Discovery())

    is_locked = "requirements_lock" in real.metadata
    assert result.status is (LockStatus.FRESH if is_locked else LockStatus.UNLOCKED)
