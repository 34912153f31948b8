from __future__ import annotations

import json

import pytest

from aidevsecops_ext.app.show_tree import TreePorts, TreeRequest, show_tree
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.target import Target
from aidevsecops_ext.domain.tree import DependencyTree, Need
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.package_needs import FakePackageNeeds
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import locked_metadata, notebook

LOCKED = (
    LockedPackage("web", "1", extras=("fast",)),
    LockedPackage("escape", "2", markers="python_version >= '3'"),
)
CLASH = RefusedError(ErrorCode.LOCK_UNSATISFIABLE, "They contradict each other.")


def locked(
    declared: dict[str, Json] | None = None,
    packages: tuple[LockedPackage, ...] = LOCKED,
    **metadata: Json,
) -> Notebook:
    return notebook([], **locked_metadata(declared or {"Web": ">=1"}, packages), **metadata)


def shown(
    book: Notebook, needs: FakePackageNeeds | None = None, trusted: tuple[str, ...] = ()
) -> DependencyTree:
    ports = TreePorts(
        FakeFiles(), FakePackageIndex(), needs or FakePackageNeeds(), "3.12", "Linux x86-64"
    )
    request = TreeRequest("work/nb.ipynb", book, trusted)
    return show_tree(request, ports, FakeProgress(), FakeCancelToken())


def test_show_tree_joins_what_the_notebook_and_what_packages_ask_for() -> None:
    needs = FakePackageNeeds(Need("web", "escape", "<3"))

    tree = shown(locked({"Web": {"version": ">=1", "extras": ["fast"]}}), needs)

    escape, web = tree.packages
    assert web.required_by == (Need(None, "web", ">=1", "", ("fast",)),)
    assert escape.why == ("web", "escape")
    assert tree.notes == ()


def test_show_tree_asks_for_exactly_what_is_locked() -> None:
    needs = FakePackageNeeds()

    shown(locked(), needs)

    [request] = needs.requests
    assert request.requirements == (
        Requirement("escape", "==2", markers="python_version >= '3'"),
        Requirement("web", "==1", ("fast",)),
    )
    assert (request.folder, request.preferred, request.constraints) == ("work", (), ())


def test_show_tree_is_for_what_the_lock_was_made_for() -> None:
    made: Json = {"python_version": "3.10", "platform": "windows", "universal": False}
    needs = FakePackageNeeds()

    tree = shown(locked(aidevsecops={"lock": {"target": made}}), needs)

    assert needs.requests[0].target == Target("3.10", "windows")
    assert tree.target.describe() == "Python 3.10 on windows"


@pytest.mark.parametrize("own", [None, {"lock": "broken"}, {"lock": {"target": {"platform": 3}}}])
def test_show_tree_is_for_this_machine_when_the_notebook_says_nothing(own: Json) -> None:
    tree = shown(locked(aidevsecops=own))

    assert tree.target == Target("3.11")
    assert tree.target.describe() == "Python 3.11 on Linux x86-64"


def test_show_tree_leaves_out_versions_when_the_lock_contradicts_itself() -> None:
    needs = FakePackageNeeds(Need("web", "escape", "<2"), error=CLASH)

    tree = shown(locked(), needs)

    assert tree.packages[0].required_by == (Need("web", "escape"),)
    assert tree.notes == ("The lock contradicts itself, so the versions asked for are left out.",)


def test_show_tree_fails_when_an_index_refuses_for_another_reason() -> None:
    needs = FakePackageNeeds(error=RefusedError(ErrorCode.LOCK_PACKAGE_NOT_FOUND, "It is gone."))

    with pytest.raises(RefusedError, match="gone"):
        shown(locked(), needs)


@pytest.mark.parametrize(
    "package",
    [
        LockedPackage("odd", ""),
        LockedPackage("odd", "1 --index-url https://evil.example"),
        LockedPackage("odd", "1", markers="os_name =="),
        LockedPackage("odd", "1", extras=("a b",)),
    ],
)
def test_show_tree_does_not_pass_on_what_is_no_pin(package: LockedPackage) -> None:
    needs = FakePackageNeeds()

    tree = shown(locked({"web": "*", "odd": "*"}, (*LOCKED, package)), needs)

    assert [r.name for r in needs.requests[0].requirements] == ["escape", "web"]
    assert tree.notes == ("What odd needs is not known: the lock names no exact version of it.",)


def test_show_tree_says_so_when_the_lock_is_an_old_one() -> None:
    book = locked()
    stale = json.loads(str(book.metadata["requirements"]))
    stale["packages"]["other"] = "*"
    metadata = {**book.metadata, "requirements": json.dumps(stale)}

    tree = shown(notebook([], **metadata))

    assert tree.notes == ("The notebook asks for something else by now: this is its old lock.",)


def test_show_tree_contacts_no_index_that_is_not_trusted() -> None:
    metadata = dict(locked().metadata)
    asked = json.loads(str(metadata["requirements"]))
    asked["source"].append({"name": "inner", "url": "https://inner.example", "verify_ssl": True})
    metadata["requirements"] = json.dumps(asked)
    needs = FakePackageNeeds()

    with pytest.raises(RefusedError) as raised:
        shown(notebook([], **metadata), needs)
    tree = shown(notebook([], **metadata), needs, ("https://inner.example",))

    assert raised.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert len(tree.packages) == 2
    assert needs.requests[0].indexes[1] == Index("inner", "https://inner.example")


def test_show_tree_is_refused_when_there_is_no_lock() -> None:
    with pytest.raises(RefusedError) as raised:
        shown(notebook(["import web"]))

    assert raised.value.code is ErrorCode.TREE_UNLOCKED
