"""Listing, checking and deleting kernels."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.check_kernel import check_installed_kernel, check_kernel
from aidevsecops_ext.app.delete_kernel import delete_kernel
from aidevsecops_ext.app.kernel_ports import KernelPackages
from aidevsecops_ext.app.list_kernels import find_kernel, list_kernels
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode, NotFoundError
from aidevsecops_ext.domain.kernels import (
    Kernel,
    KernelCheck,
    KernelState,
    Machine,
    PackageDifference,
)
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.notebook_json import parse
from tests.fakes.kernels import FakeKernels
from tests.kits.kernels import HASH, SIX, KernelKit, locked_text
from tests.kits.notebooks import notebook_text

OTHER_SIX = LockedPackage("six", "1.17.0", (HASH,))
BASE = Machine("3.11", "linux-x86_64", {"python_version": "3.11"})


class ContestedKernels(FakeKernels):
    """Another kernel takes the environment while one is removed."""

    def remove(self, name: str) -> None:
        self.known["late"] = Kernel("late", "Late", self.known[name].environment)
        super().remove(name)


def check(kit: KernelKit, text: str) -> KernelCheck:
    """How the kernel that a notebook names compares with its lock."""
    return check_kernel(parse(text, "nb.ipynb"), kit.ports)


def test_list_kernels_tells_what_is_known_of_each() -> None:
    kit = KernelKit()
    key = kit.make("a.ipynb").environment
    kit.make("b.ipynb")
    kit.kernels.known["ir"] = Kernel("ir", "R")

    first, second = list_kernels(kit.ports)

    assert (first.name, first.display_name, first.environment) == ("a", "Python (a)", key)
    assert (first.python_version, first.size_bytes, first.created_at) == ("3.11", 1_000, 100.0)
    assert (first.state, first.reason, first.notebook) == (KernelState.OK, "", "a.ipynb")
    assert (first.shared_with, second.shared_with) == (("b",), ("a",))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (locked_text(OTHER_SIX), "another lock now"),
        (locked_text(SIX, python="3.12"), "another lock now"),
        (notebook_text(), "no lock any more"),
        ("{", "cannot be read"),
    ],
)
def test_list_kernels_says_stale_when_the_notebook_has_moved_on(text: str, reason: str) -> None:
    kit = KernelKit()
    kit.make("a.ipynb")
    kit.files.texts["a.ipynb"] = text

    [record] = list_kernels(kit.ports)

    assert record.state is KernelState.STALE
    assert reason in record.reason


def test_list_kernels_says_broken_and_why_when_the_environment_cannot_be_used() -> None:
    kit = KernelKit()
    kit.environments.damage(kit.make("a.ipynb").environment, "Its Python is gone.")

    [record] = list_kernels(kit.ports)

    assert (record.state, record.reason) == (KernelState.BROKEN, "Its Python is gone.")


def test_list_kernels_says_broken_when_the_environment_is_gone() -> None:
    kit = KernelKit()
    del kit.environments.known[kit.make("a.ipynb").environment]

    [record] = list_kernels(kit.ports)

    assert (record.state, record.reason) == (KernelState.BROKEN, "Its environment is gone.")
    assert (record.python_version, record.size_bytes) == (None, 0)


def test_list_kernels_says_that_a_notebook_elsewhere_was_not_compared() -> None:
    kit = KernelKit()
    key = kit.make("a.ipynb").environment
    kit.kernels.known["a"] = Kernel("a", "A", key, notebook=None)

    [record] = list_kernels(kit.ports)

    assert record.state is KernelState.OK
    assert "not compared" in record.reason


def test_find_kernel_answers_one() -> None:
    kit = KernelKit()
    kit.make("a.ipynb")

    assert find_kernel("a", kit.ports).name == "a"


@pytest.mark.parametrize(
    ("name", "code"), [("gone", ErrorCode.KERNEL_NOT_FOUND), ("ir", ErrorCode.KERNEL_FOREIGN)]
)
def test_find_kernel_refuses_what_was_not_made_here(name: str, code: ErrorCode) -> None:
    kit = KernelKit()
    kit.kernels.known["ir"] = Kernel("ir", "R")

    with pytest.raises(AidevsecopsError) as caught:
        find_kernel(name, kit.ports)

    assert caught.value.code is code


def test_check_kernel_matches_when_the_lock_is_installed() -> None:
    kit = KernelKit()
    kit.make("nb.ipynb")

    answer = check(kit, kit.files.texts["nb.ipynb"])

    assert (answer.kernel, answer.state, answer.matches) == ("nb", KernelState.OK, True)
    assert (answer.differences, answer.python_version) == ((), "3.11")


def test_check_kernel_names_what_differs_when_the_notebook_was_locked_again() -> None:
    kit = KernelKit()
    kit.make("nb.ipynb")
    text = locked_text(OTHER_SIX, python="3.12", kernelspec={"name": "nb"})

    answer = check(kit, text)

    assert (answer.state, answer.matches) == (KernelState.STALE, False)
    assert answer.differences == (
        PackageDifference("python", "3.12", "3.11"),
        PackageDifference("six", "1.17.0", "1.16.0"),
    )


def test_check_kernel_names_what_somebody_installed_into_our_environment() -> None:
    kit = KernelKit()
    kit.make("nb.ipynb")
    installed = kit.kernels.installed["nb"]
    versions = {**installed.versions, "sneaky": "1"}
    kit.kernels.installed["nb"] = KernelPackages(installed.machine, versions)

    answer = check(kit, kit.files.texts["nb.ipynb"])

    assert answer.matches is False
    assert answer.differences == (PackageDifference("sneaky", None, "1"),)


def test_check_kernel_allows_more_than_the_lock_in_a_kernel_that_is_not_ours() -> None:
    kit = KernelKit()
    kit.kernels.known["base"] = Kernel("base", "Base")
    kit.kernels.installed["base"] = KernelPackages(BASE, {"six": "1.16.0", "numpy": "2"})

    answer = check(kit, locked_text(SIX, kernelspec={"name": "base"}))

    assert (answer.display_name, answer.state) == ("Base", KernelState.FOREIGN)
    assert (answer.matches, answer.differences) == (True, ())


@pytest.mark.parametrize("name", [None, "python3"])
def test_check_kernel_reads_jupyters_own_kernel_when_it_has_no_kernelspec(name: str | None) -> None:
    kit = KernelKit()
    kit.kernels.installed = {None: KernelPackages(BASE, {}), "python3": KernelPackages(BASE, {})}
    text = locked_text(SIX, kernelspec={} if name is None else {"name": name})

    answer = check(kit, text)

    assert (answer.kernel, answer.state, answer.matches) == ("python3", KernelState.FOREIGN, False)


def test_check_kernel_says_broken_when_the_kernel_is_not_on_this_machine() -> None:
    answer = check(KernelKit(), locked_text(SIX, kernelspec={"name": "gone"}))

    assert (answer.kernel, answer.state, answer.matches) == ("gone", KernelState.BROKEN, None)
    assert "'gone'" in answer.reason


def test_check_kernel_says_that_nothing_can_be_read_of_a_kernel_in_a_container() -> None:
    kit = KernelKit()
    kit.kernels.known["far"] = Kernel("far", "Far")

    answer = check(kit, locked_text(SIX, kernelspec={"name": "far"}))

    assert (answer.state, answer.matches) == (KernelState.FOREIGN, None)
    assert "cannot be read" in answer.reason


def test_check_kernel_has_nothing_to_compare_when_there_is_no_lock() -> None:
    kit = KernelKit()
    kit.kernels.known["base"] = Kernel("base", "Base")
    kit.kernels.installed["base"] = KernelPackages(BASE, {})

    answer = check(kit, notebook_text((), kernelspec={"name": "base"}))

    assert (answer.matches, answer.python_version) == (None, "3.11")


@pytest.mark.parametrize("notebook", ["a.ipynb", "gone.ipynb", None])
def test_check_installed_kernel_compares_with_its_notebook_as_saved(notebook: str | None) -> None:
    kit = KernelKit()
    key = kit.make("a.ipynb").environment
    kit.kernels.known["a"] = Kernel("a", "A", key, notebook)

    answer = check_installed_kernel("a", kit.ports)

    matches = True if notebook == "a.ipynb" else None
    state = KernelState.STALE if notebook == "gone.ipynb" else KernelState.OK
    assert (answer.matches, answer.state) == (matches, state)


def test_check_installed_kernel_tells_of_a_kernel_that_is_not_ours() -> None:
    kit = KernelKit()
    kit.kernels.known["ir"] = Kernel("ir", "R")

    assert check_installed_kernel("ir", kit.ports).state is KernelState.FOREIGN


def test_check_installed_kernel_refuses_a_name_that_nobody_has() -> None:
    with pytest.raises(NotFoundError) as caught:
        check_installed_kernel("gone", KernelKit().ports)

    assert caught.value.code is ErrorCode.KERNEL_NOT_FOUND


def test_delete_kernel_removes_the_environment_that_nobody_else_uses() -> None:
    kit = KernelKit()
    key = kit.make("a.ipynb").environment

    removal = delete_kernel("a", kit.ports, kit.cancel)

    assert (removal.environments, removal.freed_bytes) == ((key,), 1_000)
    assert (kit.kernels.known, kit.environments.known) == ({}, {})


def test_delete_kernel_keeps_the_environment_that_another_kernel_uses() -> None:
    kit = KernelKit()
    key = kit.make("a.ipynb").environment
    kit.make("b.ipynb")

    removal = delete_kernel("a", kit.ports, kit.cancel)

    assert (removal.environments, removal.shared_with) == ((), ("b",))
    assert set(kit.environments.known) == {key}


def test_delete_kernel_removes_what_an_earlier_lock_has_left() -> None:
    kit = KernelKit()
    old = kit.make("a.ipynb").environment
    new = kit.make("a.ipynb", locked_text(OTHER_SIX)).environment

    removal = delete_kernel("a", kit.ports, kit.cancel)

    assert set(removal.environments) == {old, new}


def test_delete_kernel_keeps_an_environment_that_somebody_takes_meanwhile() -> None:
    kit = KernelKit()
    key = kit.make("a.ipynb").environment
    kit.kernels = ContestedKernels(kit.kernels.known["a"])

    removal = delete_kernel("a", kit.ports, kit.cancel)

    assert removal.environments == ()
    assert set(kit.environments.known) == {key}


def test_delete_kernel_changes_nothing_when_it_is_a_dry_run() -> None:
    kit = KernelKit()
    key = kit.make("a.ipynb").environment

    removal = delete_kernel("a", kit.ports, kit.cancel, is_dry_run=True)

    assert removal.environments == (key,)
    assert (set(kit.kernels.known), set(kit.environments.known)) == ({"a"}, {key})


def test_delete_kernel_leaves_a_kernel_alone_that_is_not_ours() -> None:
    kit = KernelKit()
    kit.kernels.known["ir"] = Kernel("ir", "R")

    with pytest.raises(AidevsecopsError) as caught:
        delete_kernel("ir", kit.ports, kit.cancel)

    assert caught.value.code is ErrorCode.KERNEL_FOREIGN
    assert "ir" in kit.kernels.known
