"""Making kernels from locks, and making them anew."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.make_kernel import KernelRequest, make_kernel
from aidevsecops_ext.app.refresh_kernel import RefreshRequest, refresh_kernel
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    ToolMissingError,
    UserError,
)
from aidevsecops_ext.domain.kernels import Kernel
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.notebook_json import parse
from tests.kits.kernels import HASH, SIX, KernelKit, locked_text
from tests.kits.notebooks import notebook_text

TABULATE = LockedPackage("tabulate", "0.9.0", (HASH,))
OTHER = "https://other.example/simple"


def refresh(kit: KernelKit, name: str, *, is_dry_run: bool = False) -> bool:
    """Make a kernel anew; whether its environment was there."""
    request = RefreshRequest(name, is_dry_run)
    return refresh_kernel(request, kit.ports, kit.progress, kit.cancel).is_reused


def with_source(text: str, **entry: str) -> str:
    """The notebook with a lock that names another index, for the package ``six`` too."""
    value = json.loads(text)
    lock = json.loads(value["metadata"]["requirements_lock"])
    lock["_meta"]["sources"].append({"name": "other", "url": OTHER, "verify_ssl": True})
    lock["default"]["six"] |= entry
    value["metadata"]["requirements_lock"] = json.dumps(lock)
    return json.dumps(value)


def test_make_kernel_builds_the_lock_and_answers_the_edit() -> None:
    kit = KernelKit()

    plan = kit.make("sub/My Notebook.ipynb")

    [asked] = kit.environments.requests
    assert (asked.packages, asked.folder, asked.key) == ((SIX,), "sub", plan.environment)
    assert (plan.name, plan.display_name) == ("my-notebook", "Python (my-notebook)")
    assert (plan.python_version, plan.package_count, plan.is_reused) == ("3.11", 1, False)
    assert plan.edit.metadata == {
        "kernelspec": {
            "display_name": "Python (my-notebook)",
            "language": "python",
            "name": "my-notebook",
        }
    }
    [written] = kit.kernels.written
    assert (written.notebook, written.created_at) == ("sub/My Notebook.ipynb", 100.0)
    assert kit.environments.held == [plan.environment]


def test_make_kernel_shares_the_environment_when_the_lock_is_the_same() -> None:
    kit = KernelKit()
    first = kit.make("a.ipynb")

    second = kit.make("b.ipynb")

    assert second.is_reused
    assert (second.name, second.environment) == ("b", first.environment)
    assert len(kit.environments.requests) == 1


def test_make_kernel_builds_again_when_the_environment_has_a_fault() -> None:
    kit = KernelKit()
    kit.environments.damage(kit.make().environment, "Its Python is gone.")

    plan = kit.make()

    assert not plan.is_reused
    assert len(kit.environments.requests) == 2


def test_make_kernel_changes_nothing_when_it_is_a_dry_run() -> None:
    kit = KernelKit()

    plan = kit.make(dry_run=True)

    assert plan.edit.metadata
    assert (kit.environments.requests, kit.kernels.written) == ([], [])


def test_make_kernel_keeps_what_else_the_kernelspec_says() -> None:
    kit = KernelKit()
    text = locked_text(SIX, kernelspec={"name": "train", "language": "python", "extra": 1})

    plan = kit.make(text=text)

    assert plan.name == "train"
    assert plan.edit.metadata["kernelspec"] == {
        "name": "train",
        "display_name": "Python (train)",
        "language": "python",
        "extra": 1,
    }


def test_make_kernel_answers_an_empty_edit_when_the_notebook_has_the_kernel() -> None:
    kit = KernelKit()
    kit.make()

    assert kit.make().edit.is_empty


@pytest.mark.parametrize(
    ("recorded", "path", "name"),
    [
        ("python3", "train.ipynb", "train"),
        ("foreign", "a.ipynb", "a"),
        ("UPPER", "a.ipynb", "upper"),
        ("jupyterlab-requirements", "train.ipynb", "train"),
    ],
)
def test_make_kernel_chooses_a_name_that_is_free(recorded: str, path: str, name: str) -> None:
    kit = KernelKit()
    kit.kernels.known["foreign"] = Kernel("foreign", "Foreign")
    text = locked_text(SIX, kernelspec={"name": recorded, "language": "python"})

    assert kit.make(path, text).name == name


def test_make_kernel_keeps_a_generic_name_when_it_is_the_notebooks_already() -> None:
    kit = KernelKit()
    text = locked_text(SIX, kernelspec={"name": "jupyterlab-requirements", "language": "python"})
    kit.make("a.ipynb", text, name="python3")

    assert kit.make("a.ipynb", text).name == "jupyterlab-requirements"
    assert kit.make("b.ipynb", text).name == "b"


@pytest.mark.parametrize("stem", ["a", "python3"])
def test_make_kernel_adds_the_content_to_the_name_when_others_are_taken(stem: str) -> None:
    kit = KernelKit()
    kit.make(f"one/{stem}.ipynb")

    plan = kit.make(f"two/{stem}.ipynb", locked_text(TABULATE))

    assert plan.name == f"{stem}-{plan.environment[:8]}"


def test_make_kernel_counts_when_all_other_names_are_taken() -> None:
    kit = KernelKit()
    key = kit.make("one/a.ipynb", dry_run=True).environment
    for name in ("a", f"a-{key[:8]}"):
        kit.kernels.known[name] = Kernel(name, "Foreign")

    assert kit.make("one/a.ipynb").name == f"a-{key[:8]}-2"


@pytest.mark.parametrize(
    ("asked", "name"), [("mine", "mine"), ("Mine", "mine"), ("python3", "jupyterlab-requirements")]
)
def test_make_kernel_takes_the_name_that_is_asked_for(asked: str, name: str) -> None:
    assert KernelKit().make(name=asked).name == name


@pytest.mark.parametrize("name", ["a b", "../x", ""])
def test_make_kernel_refuses_a_name_that_is_none(name: str) -> None:
    with pytest.raises(UserError) as caught:
        KernelKit().make(name=name)

    assert caught.value.code is ErrorCode.KERNEL_NAME_INVALID


@pytest.mark.parametrize("is_forced", [True, False])
def test_make_kernel_never_replaces_a_kernel_that_is_not_ours(is_forced: bool) -> None:
    kit = KernelKit()
    kit.kernels.known["ir"] = Kernel("ir", "R")

    with pytest.raises(ConflictError) as caught:
        kit.make(name="ir", force=is_forced)

    assert caught.value.code is ErrorCode.KERNEL_NAME_TAKEN
    assert kit.environments.requests == []


def test_make_kernel_replaces_another_notebooks_kernel_only_by_force() -> None:
    kit = KernelKit()
    kit.make("a.ipynb", name="shared")
    text = locked_text(TABULATE)

    with pytest.raises(ConflictError, match="another notebook"):
        kit.make("b.ipynb", text, name="shared")
    plan = kit.make("b.ipynb", text, name="shared", force=True)

    assert kit.kernels.known["shared"].environment == plan.environment
    assert kit.kernels.known["shared"].notebook == "b.ipynb"


def test_make_kernel_takes_the_display_name_that_is_asked_for() -> None:
    kit = KernelKit()

    plan = kit.make("nb.ipynb", display_name="  My   kernel ")

    kernelspec = plan.edit.metadata["kernelspec"]
    assert isinstance(kernelspec, dict)
    assert (plan.name, plan.display_name) == ("nb", "My kernel")
    assert kernelspec["display_name"] == "My kernel"
    assert kit.kernels.known["nb"].display_name == "My kernel"


def test_make_kernel_keeps_the_display_name_when_it_is_made_anew() -> None:
    kit = KernelKit()
    kit.make("nb.ipynb", display_name="My kernel")

    plan = kit.make("nb.ipynb", locked_text(TABULATE), display_name=" ")

    assert plan.display_name == "My kernel"
    assert not plan.is_reused


def test_make_kernel_drops_the_display_name_when_the_kernel_was_another_notebooks() -> None:
    kit = KernelKit()
    kit.make("a.ipynb", name="mine", display_name="Of A")

    plan = kit.make("b.ipynb", name="mine")

    assert plan.display_name == "Python (mine)"


def test_make_kernel_builds_anew_when_it_is_forced() -> None:
    kit = KernelKit()
    kit.make()

    plan = kit.make(force=True)

    assert not plan.is_reused
    assert len(kit.environments.requests) == 2


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        (notebook_text(), RefusedError, ErrorCode.KERNEL_UNLOCKED),
        (locked_text(SIX, python="3.9"), ToolMissingError, ErrorCode.KERNEL_PYTHON_MISSING),
        (locked_text(replace(SIX, hashes=())), RefusedError, ErrorCode.KERNEL_LOCK_INCOMPLETE),
        (locked_text(replace(SIX, version="")), RefusedError, ErrorCode.KERNEL_LOCK_INCOMPLETE),
        (
            notebook_text((), kernelspec={"name": "ir", "language": "R"}),
            RefusedError,
            ErrorCode.NOTEBOOK_UNSUPPORTED_LANGUAGE,
        ),
    ],
)
def test_make_kernel_refuses_what_cannot_be_a_kernel(
    text: str, kind: type[AidevsecopsError], code: ErrorCode
) -> None:
    kit = KernelKit()

    with pytest.raises(kind) as caught:
        kit.make(text=text)

    assert caught.value.code is code
    assert kit.kernels.written == []


def test_make_kernel_takes_the_default_python_when_the_lock_names_none() -> None:
    value = json.loads(locked_text(SIX))
    lock = json.loads(value["metadata"]["requirements_lock"])
    lock["_meta"]["requires"] = {}
    value["metadata"]["requirements_lock"] = json.dumps(lock)

    assert KernelKit().make(text=json.dumps(value)).python_version == "3.12"


def test_make_kernel_contacts_no_index_that_nobody_agreed_to() -> None:
    kit = KernelKit()

    with pytest.raises(RefusedError) as caught:
        kit.make(text=with_source(locked_text(SIX), index="other"))

    assert caught.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert kit.environments.requests == []


def test_make_kernel_installs_from_an_index_that_was_agreed_to() -> None:
    kit = KernelKit()
    text = with_source(locked_text(SIX), index="other")
    request = KernelRequest("nb.ipynb", parse(text, "nb.ipynb"), trusted_indexes=(OTHER,))

    make_kernel(request, kit.ports, kit.progress, kit.cancel)

    [asked] = kit.environments.requests
    assert [index.name for index in asked.indexes] == ["pypi", "other"]
    assert asked.packages[0].index == "other"


def test_make_kernel_ignores_the_name_of_an_index_that_the_lock_does_not_have() -> None:
    kit = KernelKit()
    kit.make(text=locked_text(replace(SIX, index="gone")))

    assert kit.environments.requests[0].packages[0].index is None


def test_make_kernel_writes_no_kernel_when_the_build_fails() -> None:
    kit = KernelKit()
    kit.environments.error = OutsideFailedError(ErrorCode.KERNEL_BUILD_FAILED, "No.")

    with pytest.raises(OutsideFailedError):
        kit.make()

    assert kit.kernels.written == []


def test_make_kernel_stops_when_it_is_cancelled() -> None:
    kit = KernelKit()
    kit.cancel.cancel()

    with pytest.raises(CancelledError):
        kit.make()

    assert kit.kernels.written == []


def test_refresh_kernel_takes_the_lock_that_the_notebook_has_now() -> None:
    kit = KernelKit()
    kit.make("a.ipynb", name="train")
    kit.files.texts["a.ipynb"] = locked_text(TABULATE)

    is_reused = refresh(kit, "train")

    assert not is_reused
    assert kit.environments.requests[-1].packages == (TABULATE,)
    assert kit.kernels.known["train"].environment == kit.environments.requests[-1].key


def test_refresh_kernel_changes_nothing_when_it_is_a_dry_run() -> None:
    kit = KernelKit()
    kit.make(name="train")

    refresh(kit, "train", is_dry_run=True)

    assert len(kit.environments.requests) == 1


@pytest.mark.parametrize(
    ("kernel", "code"),
    [
        (None, ErrorCode.KERNEL_NOT_FOUND),
        (Kernel("train", "Train"), ErrorCode.KERNEL_FOREIGN),
        (Kernel("train", "Train", "0" * 16), ErrorCode.NOTEBOOK_OUTSIDE_ROOT),
        (Kernel("train", "Train", "0" * 16, "gone.ipynb"), ErrorCode.NOTEBOOK_NOT_FOUND),
    ],
)
def test_refresh_kernel_refuses_what_it_cannot_make_anew(
    kernel: Kernel | None, code: ErrorCode
) -> None:
    kit = KernelKit()
    if kernel is not None:
        kit.kernels.known["train"] = kernel

    with pytest.raises(AidevsecopsError) as caught:
        refresh(kit, "train")

    assert caught.value.code is code
