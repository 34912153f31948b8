from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.lock_notebook import LockOutcome, LockPorts, LockRequest, lock_notebook
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.domain.discovery import DiscoveredRequirement, Discovery
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockChange, VersionChange
from aidevsecops_ext.domain.notebook import Cell, CellKind, Notebook
from aidevsecops_ext.domain.requirements import Requirement, RequirementSource
from aidevsecops_ext.domain.target import TargetChoice
from aidevsecops_ext.formats.pipfile import hash_of
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.fakes.resolver import FakeResolver

PYPI: dict[str, Json] = {"name": "pypi", "url": "https://index.example/simple", "verify_ssl": True}
INTERNAL: dict[str, Json] = {
    "name": "internal",
    "url": "https://internal.example/simple",
    "verify_ssl": True,
}


def pipfile(
    packages: Mapping[str, Json] | None = None, *sources: Json, python: str | None = "3.11"
) -> dict[str, Json]:
    made: dict[str, Json] = {
        "packages": dict(packages or {}),
        "dev-packages": {},
        "source": [*sources],
    }
    if python is not None:
        made["requires"] = {"python_version": python}
    return made


def notebook(recorded: Json = None, source: str = "import pandas", **metadata: Json) -> Notebook:
    if recorded is not None:
        metadata["requirements"] = json.dumps(recorded)
    return Notebook((Cell(0, CellKind.CODE, source),), metadata, "python", "python3")


def found(
    name: str, *, index: str | None = None, is_optional: bool = False
) -> DiscoveredRequirement:
    return DiscoveredRequirement(
        Requirement(name, index=index),
        RequirementSource.IMPORT,
        imports=(name,),
        cells=(2,),
        is_optional=is_optional,
    )


def lock(  # noqa: PLR0913 - the parts of a request and of the outside, each with a default
    book: Notebook,
    *discovered: DiscoveredRequirement,
    resolver: FakeResolver | None = None,
    target: TargetChoice | None = None,
    engine: str | None = None,
    upgrade: bool = False,
    trusted: tuple[str, ...] = (),
    setting: tuple[str, ...] = (),
    cancel: CancelToken | None = None,
) -> LockOutcome:
    resolver = resolver or FakeResolver()
    request = LockRequest(
        path="work/notebook.ipynb",
        notebook=book,
        discovery=Discovery(requirements=discovered),
        target=target or TargetChoice(),
        engine=engine,
        upgrade=upgrade,
        trusted_indexes=trusted,
    )
    ports = LockPorts(
        files=FakeFiles(),
        index=FakePackageIndex(),
        resolvers={resolver.engine: resolver},
        default_engine="fake",
        default_python="3.12",
        recommend=RecommendPorts(
            FakeClock(),
            lambda: AuditPorts(FakeFiles(), FakeAdvisories(), FakeClock()),
            stable_days=14,
        ),
        trusted_indexes=setting,
        here="Linux x86-64",
    )
    return lock_notebook(request, ports, FakeProgress(), cancel or FakeCancelToken())


def applied(book: Notebook, outcome: LockOutcome) -> Notebook:
    return Notebook(book.cells, {**book.metadata, **outcome.edit.metadata}, book.language)


def written(outcome: LockOutcome, key: str) -> dict[str, Json]:
    text = outcome.edit.metadata[key]
    assert isinstance(text, str)
    value: dict[str, Json] = json.loads(text)
    return value


def test_lock_notebook_records_discovered_requirements_when_nothing_is_declared() -> None:
    outcome = lock(notebook(), found("Pandas"), found("tensorflow", is_optional=True))

    assert written(outcome, "requirements") == pipfile({"pandas": "*"}, PYPI, python="3.12")
    assert written(outcome, "requirements_lock") == {
        "_meta": {
            "hash": {"sha256": hash_of(written(outcome, "requirements"))},
            "pipfile-spec": 6,
            "requires": {"python_version": "3.12"},
            "sources": [PYPI],
        },
        "default": {"pandas": {"hashes": ["sha256:pandas"], "version": "==1.0"}},
        "develop": {},
    }
    assert outcome.edit.metadata["dependency_resolution_engine"] == "pipenv"
    assert outcome.edit.metadata["aidevsecops"] == {
        "lock": {
            "engine": "fake",
            "target": {"python_version": "3.12", "platform": None, "universal": False},
        }
    }
    assert outcome.base == dict.fromkeys(outcome.edit.metadata)
    assert outcome.lock.requirements_hash == hash_of(written(outcome, "requirements"))


def test_lock_notebook_lets_declared_requirements_win_when_both_are_there() -> None:
    resolver = FakeResolver()
    book = notebook(pipfile({"pandas": ">=2"}, PYPI))

    outcome = lock(book, found("pandas"), found("numpy"), found("NumPy"), resolver=resolver)

    asked = [requirement.to_pep508() for requirement in resolver.requests[0].requirements]
    assert asked == ["pandas>=2", "numpy"]
    assert written(outcome, "requirements")["packages"] == {"pandas": ">=2", "numpy": "*"}


def test_lock_notebook_writes_names_in_their_normal_form() -> None:
    recorded: dict[str, Json] = {
        **pipfile({"Ruamel.YAML": "*"}, PYPI),
        "dev-packages": {"A_b": "*"},
    }

    outcome = lock(notebook(recorded))

    assert written(outcome, "requirements")["packages"] == {"ruamel-yaml": "*"}
    assert written(outcome, "requirements")["dev-packages"] == {"a-b": "*"}


def test_lock_notebook_changes_nothing_when_locked_again() -> None:
    book = notebook(pipfile({"pandas": "*"}, PYPI), thoth_analysis_id="adviser-1", other=[1])
    locked = applied(book, lock(book))

    outcome = lock(locked)

    assert outcome.edit.is_empty
    assert outcome.base == {}
    assert outcome.change == LockChange()


def test_lock_notebook_leaves_texts_that_say_the_same() -> None:
    book = notebook(pipfile({"pandas": "*"}, PYPI))
    locked = applied(book, lock(book))
    spaced = json.dumps(json.loads(str(locked.metadata["requirements_lock"])), indent=1)
    spaced_book = Notebook(locked.cells, {**locked.metadata, "requirements_lock": spaced})

    outcome = lock(spaced_book)

    assert outcome.edit.is_empty


def test_lock_notebook_writes_once_what_was_encoded_twice() -> None:
    book = notebook(json.dumps(pipfile({"pandas": "*"}, PYPI)))

    outcome = lock(book)

    assert written(outcome, "requirements") == pipfile({"pandas": "*"}, PYPI)


@pytest.mark.parametrize("broken", ['{"default": 1}', '{"default": {"x": 1}}'])
def test_lock_notebook_replaces_a_lock_that_cannot_be_read(broken: str) -> None:
    outcome = lock(notebook(pipfile({"pandas": "*"}, PYPI), requirements_lock=broken))

    assert [package.name for package in outcome.change.added] == ["pandas"]


def test_lock_notebook_keeps_versions_unless_upgrading() -> None:
    book = notebook(pipfile({"pandas": "*"}, PYPI))
    locked = applied(book, lock(book, resolver=FakeResolver({"pandas": "1.0"})))
    newer = FakeResolver({"pandas": "2.0"})

    kept = lock(locked, resolver=newer)
    upgraded = lock(locked, resolver=newer, upgrade=True)

    assert kept.edit.is_empty
    assert upgraded.change.updated == (VersionChange("pandas", "1.0", "2.0"),)
    assert [*upgraded.edit.metadata] == ["requirements_lock"]
    assert upgraded.base == {"requirements_lock": locked.metadata["requirements_lock"]}


def test_lock_notebook_makes_an_empty_fresh_lock_when_nothing_is_needed() -> None:
    outcome = lock(notebook(source="import os"))

    assert outcome.lock.packages == ()
    assert written(outcome, "requirements") == pipfile({}, PYPI, python="3.12")
    assert outcome.lock.requirements_hash == hash_of(written(outcome, "requirements"))


def test_lock_notebook_records_the_chosen_python_and_keeps_the_rest_of_the_pipfile() -> None:
    recorded: dict[str, Json] = {
        **pipfile({"pandas": "*"}, PYPI),
        "requires": {"python_version": "3.8", "python_full_version": "3.8.6", "x": "y"},
        "thoth": {"allow_prereleases": True},
    }
    resolver = FakeResolver()

    outcome = lock(notebook(recorded), resolver=resolver, target=TargetChoice(is_universal=True))
    changed = lock(notebook(recorded), target=TargetChoice(python_version="3.10"))

    assert resolver.requests[0].allow_prereleases
    assert resolver.requests[0].folder == "work"
    assert outcome.target.python_version == "3.8"
    assert "requirements" not in outcome.edit.metadata
    assert written(changed, "requirements") == {
        **recorded,
        "requires": {"python_version": "3.10", "x": "y"},
    }


def test_lock_notebook_replaces_requires_when_it_is_not_a_table() -> None:
    recorded = {**pipfile({"pandas": "*"}, PYPI), "requires": None}

    outcome = lock(notebook(recorded))

    assert written(outcome, "requirements")["requires"] == {"python_version": "3.12"}


def test_lock_notebook_forgets_the_analysis_of_an_older_lock() -> None:
    book = notebook(
        thoth_analysis_id="adviser-1",
        dependency_resolution_engine="thoth",
        aidevsecops={"steps": 1},
    )

    outcome = lock(book)

    assert outcome.edit.metadata["thoth_analysis_id"] == ""
    assert outcome.edit.metadata["dependency_resolution_engine"] == "pipenv"
    assert outcome.base["thoth_analysis_id"] == "adviser-1"
    own = outcome.edit.metadata["aidevsecops"]
    assert isinstance(own, dict)
    assert own["steps"] == 1


def test_lock_notebook_ignores_an_index_that_only_a_discovered_requirement_names() -> None:
    outcome = lock(notebook(), found("pandas", index="elsewhere"))

    assert written(outcome, "requirements")["packages"] == {"pandas": "*"}


def test_lock_notebook_contacts_nothing_when_an_index_is_not_trusted() -> None:
    resolver = FakeResolver()
    book = notebook(pipfile({"pandas": {"index": "internal", "version": "*"}}, PYPI, INTERNAL))

    with pytest.raises(RefusedError) as caught:
        lock(book, resolver=resolver)

    assert caught.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert caught.value.details == {
        "indexes": [{"name": "internal", "url": "https://internal.example/simple"}]
    }
    assert resolver.requests == []


@pytest.mark.parametrize("way", ["trusted", "setting"])
def test_lock_notebook_names_the_index_in_the_lock_when_trusted(way: str) -> None:
    entry: Json = {"index": "internal", "version": "*"}
    book = notebook(pipfile({"pandas": entry, "numpy": "*"}, PYPI, INTERNAL))
    address = ("https://internal.example/simple/",)

    outcome = lock(book, trusted=address) if way == "trusted" else lock(book, setting=address)

    assert {p.name: p.index for p in outcome.lock.packages} == {
        "pandas": "internal",
        "numpy": None,
    }
    assert "requirements" not in outcome.edit.metadata


def test_lock_notebook_takes_the_first_index_for_the_users_own_when_it_has_its_address() -> None:
    mirror = {**PYPI, "name": "mirror"}
    resolver = FakeResolver()
    book = notebook(pipfile({"pandas": {"index": "mirror", "version": "*"}}, mirror))

    outcome = lock(book, resolver=resolver)

    assert resolver.requests[0].indexes[0].is_default
    assert resolver.requests[0].requirements[0].index is None
    assert outcome.lock.packages[0].index == "mirror"


def test_lock_notebook_keeps_a_trusted_first_index_as_the_default_one() -> None:
    resolver = FakeResolver()
    book = notebook(pipfile({"pandas": "*"}, INTERNAL, PYPI))

    lock(book, resolver=resolver, trusted=("https://internal.example/simple",))

    assert [index.name for index in resolver.requests[0].indexes] == ["internal", "pypi"]


def test_lock_notebook_refuses_an_index_that_the_notebook_does_not_have() -> None:
    book = notebook(pipfile({"pandas": {"index": "gone", "version": "*"}}, PYPI))

    with pytest.raises(UserError, match="'gone'"):
        lock(book)


def test_lock_notebook_refuses_what_a_hashed_lock_cannot_hold() -> None:
    book = notebook(pipfile({"mine": {"git": "https://code.example/mine"}, "six": "*"}, PYPI))

    with pytest.raises(RefusedError, match="mine") as caught:
        lock(book)

    assert caught.value.code is ErrorCode.REQUIREMENTS_UNSUPPORTED
    assert caught.value.details["requirements"] == {
        "mine": "it comes from a Git repository, which a lock with hashes cannot hold"
    }


def test_lock_notebook_refuses_another_language() -> None:
    with pytest.raises(RefusedError) as caught:
        lock(Notebook((), {}, "r", "ir"))

    assert caught.value.code is ErrorCode.NOTEBOOK_UNSUPPORTED_LANGUAGE


def test_lock_notebook_names_the_engines_when_there_is_no_such_one() -> None:
    with pytest.raises(UserError) as caught:
        lock(notebook(), engine="thoth")

    assert caught.value.code is ErrorCode.ENGINE_UNKNOWN
    assert caught.value.details == {"engines": ["fake"]}


SCRIPT = "# /// script\n# requires-python = '{}'\n# ///\nimport os"


@pytest.mark.parametrize("required", [">=3.12", ">=3.12.4", "==3.12.*", "~=3.11"])
def test_lock_notebook_follows_the_script_block_when_it_admits_the_python(required: str) -> None:
    outcome = lock(notebook(source=SCRIPT.format(required)))

    assert outcome.target.python_version == "3.12"


def test_lock_notebook_refuses_a_python_that_the_script_block_does_not_admit() -> None:
    with pytest.raises(RefusedError) as caught:
        lock(notebook(source=SCRIPT.format(">=3.13")))

    assert caught.value.code is ErrorCode.LOCK_PYTHON_UNSUPPORTED
    assert caught.value.details["cell"] == 0


def test_lock_notebook_refuses_a_script_block_whose_python_is_no_specifier() -> None:
    with pytest.raises(UserError, match="new"):
        lock(notebook(source=SCRIPT.format("new")))


def test_lock_notebook_locks_when_the_script_block_asks_for_no_python() -> None:
    outcome = lock(notebook(source="# /// script\n# dependencies = []\n# ///"))

    assert outcome.lock.packages == ()


def test_lock_notebook_says_which_cells_a_conflict_comes_from() -> None:
    error = RefusedError(
        ErrorCode.LOCK_UNSATISFIABLE,
        "No.",
        details={"explanation": "Because ...", "requirements": ["pandas", "numpy"]},
    )
    book = notebook(pipfile({"numpy": "<1"}, PYPI))

    with pytest.raises(RefusedError) as caught:
        lock(book, found("pandas"), found("six"), resolver=FakeResolver(error=error))

    assert caught.value.details["requirements"] == [
        {"name": "numpy", "specifier": "<1", "source": "metadata", "imports": [], "cells": []},
        {
            "name": "pandas",
            "specifier": "",
            "source": "import",
            "imports": ["pandas"],
            "cells": [2],
        },
    ]


def test_lock_notebook_passes_an_error_on_when_it_names_no_requirement() -> None:
    error = RefusedError(ErrorCode.LOCK_FORKED, "No.")

    with pytest.raises(RefusedError) as caught:
        lock(notebook(), resolver=FakeResolver(error=error))

    assert caught.value is error
    assert caught.value.details == {}


def test_lock_notebook_stops_before_resolving_when_cancelled() -> None:
    resolver = FakeResolver()

    with pytest.raises(CancelledError):
        lock(notebook(), resolver=resolver, cancel=FakeCancelToken(is_cancelled=True))

    assert resolver.requests == []
