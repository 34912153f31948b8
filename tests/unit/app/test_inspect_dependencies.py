"""The dependencies of a notebook in one value, and as JSON."""

from __future__ import annotations

from aidevsecops_ext.app.inspect_dependencies import inspect_dependencies
from aidevsecops_ext.domain.dependencies import Dependencies, DependencyRow, LockSummary
from aidevsecops_ext.domain.discovery import (
    DiscoveredRequirement,
    Discovery,
    DiscoveryProblem,
    LocalModule,
    UnresolvedImport,
)
from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import CheckResult, LockChange, LockedPackage, LockStatus
from aidevsecops_ext.domain.lock import VersionChange as Changed
from aidevsecops_ext.domain.requirements import Requirement, RequirementSource
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.formats import answers
from tests.kits.notebooks import INDEX, locked_metadata, notebook

DISCOVERY = Discovery(
    requirements=(
        DiscoveredRequirement(
            Requirement("numpy", ">1"), RequirementSource.METADATA, ("numpy",), (0, 2), True
        ),
        DiscoveredRequirement(Requirement("six"), RequirementSource.IMPORT, ("six",), (1,)),
    ),
    unresolved=(UnresolvedImport("mystery", (3,), True),),
    local=(LocalModule("own", "own.py", (4,)),),
    problems=(DiscoveryProblem("discover.cell-unreadable", "Cell 5 is not Python.", 5, 2),),
)


def test_inspect_dependencies_answers_nothing_when_the_notebook_is_fresh() -> None:
    found = inspect_dependencies(notebook(), Discovery())

    assert found == Dependencies(CheckResult(LockStatus.UNLOCKED))


def test_inspect_dependencies_joins_declared_discovered_and_locked() -> None:
    declared: dict[str, Json] = {
        "numpy": ">1",
        "pandas": "*",
        "fork": {"git": "https://git.example/fork.git"},
    }
    packages = (
        LockedPackage("numpy", "2.0"),
        LockedPackage("six", "1.16.0"),
        LockedPackage("six", "1.16.0", is_dev=True),
        LockedPackage("fork", ""),
    )
    metadata = locked_metadata(declared, packages)
    locked = notebook(**metadata, aidevsecops={"lock": {"engine": "uv"}})

    found = inspect_dependencies(locked, DISCOVERY)

    assert found.rows == (
        DependencyRow(
            Requirement("numpy", ">1"),
            RequirementSource.METADATA,
            ("numpy",),
            (0, 2),
            is_optional=True,
            is_declared=True,
            locked_version="2.0",
        ),
        DependencyRow(Requirement("pandas"), RequirementSource.METADATA, is_declared=True),
        DependencyRow(
            Requirement("six"), RequirementSource.IMPORT, ("six",), (1,), locked_version="1.16.0"
        ),
    )
    assert found.lock is not None
    assert (found.lock.package_count, found.lock.python_version) == (3, "3.11")
    assert (found.engine, found.python_version, found.indexes) == ("uv", "3.11", (INDEX,))
    assert found.problems == DISCOVERY.problems


def test_inspect_dependencies_names_the_old_engine_when_an_old_tool_locked() -> None:
    metadata = locked_metadata({"numpy": "*"}, ())
    odd: list[Json] = [None, {}, {"lock": "odd"}, {"lock": {"engine": 5}}]

    engines = [
        inspect_dependencies(notebook(**metadata, aidevsecops=own), Discovery()).engine
        for own in odd
    ]

    assert engines == ["pipenv"] * 4


def test_inspect_dependencies_reports_when_the_metadata_are_odd() -> None:
    found = inspect_dependencies(notebook(requirements={"packages": {}}), Discovery())

    assert found.problems == (
        DiscoveryProblem("metadata.odd", "'requirements' is an object instead of a JSON text."),
    )


def test_dependencies_json_has_every_key_when_rendered() -> None:
    found = inspect_dependencies(notebook(), DISCOVERY)
    locked = Dependencies(found.check, lock=LockSummary(3, "abc", "3.11"), indexes=(INDEX,))

    answer = answers.dependencies_json("nb.ipynb", found)

    assert answer["requirements"] == [
        {
            "name": "numpy",
            "specifier": ">1",
            "extras": [],
            "markers": "",
            "index": None,
            "dev": False,
            "source": "metadata",
            "imports": ["numpy"],
            "cells": [0, 2],
            "optional": True,
            "declared": False,
            "locked_version": None,
        },
        {
            "name": "six",
            "specifier": "",
            "extras": [],
            "markers": "",
            "index": None,
            "dev": False,
            "source": "import",
            "imports": ["six"],
            "cells": [1],
            "optional": False,
            "declared": False,
            "locked_version": None,
        },
    ]
    assert answer["unresolved"] == [{"import": "mystery", "cells": [3], "optional": True}]
    assert answer["lock"] is None
    assert answers.dependencies_json("nb.ipynb", locked)["lock"] == {
        "packages": 3,
        "hash": "abc",
        "python_version": "3.11",
    }


def test_discovery_json_has_the_promised_shape_when_rendered() -> None:
    assert answers.discovery_json("nb.ipynb", DISCOVERY) == {
        "notebook": "nb.ipynb",
        "requirements": [
            {
                "name": "numpy",
                "specifier": ">1",
                "extras": [],
                "imports": ["numpy"],
                "cells": [0, 2],
                "source": "metadata",
                "optional": True,
            },
            {
                "name": "six",
                "specifier": "",
                "extras": [],
                "imports": ["six"],
                "cells": [1],
                "source": "import",
                "optional": False,
            },
        ],
        "unresolved": [{"import": "mystery", "cells": [3]}],
        "local": [{"import": "own", "path": "own.py", "cells": [4]}],
        "problems": [
            {
                "code": "discover.cell-unreadable",
                "message": "Cell 5 is not Python.",
                "cell": 5,
                "line": 2,
            }
        ],
    }


def test_other_answers_have_the_promised_shapes_when_rendered() -> None:
    change = LockChange(
        (LockedPackage("a", "1"),), (LockedPackage("b", "2"),), (Changed("c", "3", "4"),)
    )
    error = UserError(ErrorCode.REQUEST_INVALID, "No.", hint="Yes.", details={"a": 1})

    assert answers.change_json(change) == {
        "added": [{"name": "a", "version": "1"}],
        "removed": [{"name": "b", "version": "2"}],
        "updated": [{"name": "c", "old": "3", "new": "4"}],
    }
    assert answers.failure_json("nb.ipynb", error) == {
        "notebook": "nb.ipynb",
        "error": {
            "code": "request.invalid",
            "message": "No.",
            "hint": "Yes.",
            "details": {"a": 1},
        },
    }
    assert answers.target_json(Target("3.11", "linux")) == {
        "python_version": "3.11",
        "platform": "linux",
        "universal": False,
        "description": "Python 3.11 on linux",
    }
    checked = inspect_dependencies(notebook(), DISCOVERY).check
    assert answers.check_json("nb.ipynb", checked) == {
        "notebook": "nb.ipynb",
        "status": "unlocked",
        "details": [
            {
                "code": "unresolved",
                "message": "It is not known which package provides mystery.",
                "name": "mystery",
                "cells": [3],
            }
        ],
    }
