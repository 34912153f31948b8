"""Overlays of a repository: extracted, listed and checked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidevsecops_ext.app.check_overlays import (
    CheckedOverlays,
    OverlaysRequest,
    check_overlay_and_notebook,
    check_overlays,
)
from aidevsecops_ext.app.discover_requirements import DiscoverPorts
from aidevsecops_ext.app.extract_overlay import (
    ExtractedOverlay,
    ExtractPorts,
    ExtractRequest,
    extract_overlay,
)
from aidevsecops_ext.app.find_overlays import find_overlays
from aidevsecops_ext.app.list_overlays import list_overlays
from aidevsecops_ext.app.preview_files import changes_of
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, NotFoundError, RefusedError
from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import CheckResult, LockedPackage, LockStatus
from aidevsecops_ext.domain.overlay_list import OverlayState
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.pipfile import hash_of
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.package_files import FakePackageFiles
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.project_modules import FakeProjectModules
from tests.kits.notebooks import locked_metadata, notebook_text

SIX = LockedPackage("six", "1.16", ("sha256:aa",))
KERNEL = LockedPackage("ipykernel", "7", ("sha256:bb",))
TEST = LockedPackage("pytest", "9", ("sha256:cc",), is_dev=True)
ADDRESSES = FakePackageFiles(
    {
        "six": (PackageFile("https://f/six.whl", "sha256:aa"),),
        "ipykernel": (PackageFile("https://f/ipykernel.whl", "sha256:bb"),),
    }
)
PATH = "w/train.ipynb"


def text_of(
    *packages: LockedPackage, code: str = "import six", kernel: str = "train", **more: Json
) -> str:
    locked = locked_metadata({"six": "*"}, packages or (SIX, KERNEL))
    spec: dict[str, Json] = {"name": kernel}
    return notebook_text([code], **{**locked, "kernelspec": spec, **more})


def extract(files: FakeFiles, path: str = PATH, **given: Any) -> ExtractedOverlay:
    notebook = parse(files.texts[path], path)
    ports = ExtractPorts(
        files=files,
        as_written=files,
        index=FakePackageIndex(),
        package_files=ADDRESSES,
        installed=FakeInstalledPackages(),
        modules=FakeProjectModules({"helpers": "w/helpers.py"}),
        thoth_host="thoth.example",
    )
    request = ExtractRequest(path, notebook, "3.12", **given)
    return extract_overlay(request, ports, FakeCancelToken())


def written(files: FakeFiles, **given: Any) -> FakeFiles:
    for change in changes_of(extract(files, **given).files):
        files.texts[change.path] = change.text
    return files


def states(files: FakeFiles) -> dict[str, OverlayState]:
    return {record.name: record.state for record in list_overlays(["."], files).overlays}


def check(files: FakeFiles, name: str = "train") -> CheckResult:
    overlay = find_overlays([f"overlays/{name}/Pipfile"], files).overlays[f"overlays/{name}"]
    ports = DiscoverPorts(
        files, FakeInstalledPackages(), FakePackageIndex("six", "rich"), FakeProjectModules()
    )
    return check_overlay_and_notebook(overlay, ports, FakeCancelToken()).result


def test_extracted_overlay_holds_what_the_notebook_records() -> None:
    files = FakeFiles({PATH: text_of()})

    found = extract(files)

    texts = {file.path: file.text for file in found.files}
    metadata = parse(files.texts[PATH], PATH).metadata
    recorded = json.loads(str(metadata["requirements_lock"]))
    assert list(texts) == [
        "overlays/train/Pipfile",
        "overlays/train/Pipfile.lock",
        "overlays/train/pylock.toml",
        "overlays/train/requirements.txt",
        "overlays/train/Containerfile",
        ".thoth.yaml",
    ]
    assert json.loads(texts["overlays/train/Pipfile.lock"]) == recorded
    assert f'ENV NOTEBOOK="{PATH}"' in texts["overlays/train/Containerfile"]
    assert texts[".thoth.yaml"].startswith("host: thoth.example\n")
    assert (found.foreign, found.notes) == ((), ())


def test_extracted_image_holds_the_modules_that_the_notebook_imports() -> None:
    files = FakeFiles({PATH: text_of(code="import six, helpers"), "w/helpers.py": "SIDE = 1\n"})

    texts = {file.path: file.text for file in extract(files).files}

    copied = 'COPY ["w/train.ipynb", "w/helpers.py", "/opt/app-root/src/w/"]'
    assert copied in texts["overlays/train/Containerfile"]


def test_second_extraction_changes_nothing_and_a_new_lock_is_taken() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    assert {file.state for file in extract(files).files} == {"unchanged"}

    files.texts[PATH] = text_of(SIX)

    again = extract(files)
    assert again.foreign == ()
    assert "replaced" in {file.state for file in again.files}
    assert again.notes == ("The image does not run the notebook: its lock has no ipykernel.",)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("Pipfile", 'six = "*"', 'six = "<2"'),
        ("Pipfile", "# notebook: w/train.ipynb\n", ""),
        ("Pipfile.lock", "==1.16", "==1.15"),
    ],
)
def test_files_of_somebody_else_are_named(name: str, old: str, new: str) -> None:
    files = written(FakeFiles({PATH: text_of()}))
    path = f"overlays/train/{name}"
    files.texts[path] = files.texts[path].replace(old, new)

    assert path in extract(files).foreign


def test_notes_say_what_an_extraction_does_not_keep() -> None:
    metadata = locked_metadata({"six": "*"}, (SIX, KERNEL, TEST))
    pipfile = json.loads(str(metadata["requirements"]))
    metadata["requirements"] = json.dumps({**pipfile, "packages": {"six": "<1"}})
    files = FakeFiles({PATH: notebook_text((), **metadata)})

    found = extract(files, name="x")

    assert found.folder == "overlays/x"
    assert found.notes == (
        "The notebook asks for something else by now: this is its old lock.",
        "Development packages are in Pipfile.lock only.",
    )
    assert "pytest" not in found.files[3].text


def test_image_and_host_are_those_that_are_recorded() -> None:
    thoth = "overlays_dir: envs\nruntime_environments:\n- name: train\n  base_image: i:v1\n"
    config = json.dumps({"host": "other.example"})
    files = FakeFiles({PATH: text_of(thoth_config=config), ".thoth.yaml": thoth})

    found = extract(files)

    assert "BASE_IMAGE=i:v1" in found.files[4].text
    assert found.folder == "envs/train"
    del files.texts[".thoth.yaml"]
    assert extract(files).files[-1].text.startswith("host: other.example\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (notebook_text(()), ErrorCode.FORMAT_NEEDS_LOCK),
        (text_of(LockedPackage("own", "", ())), ErrorCode.REQUIREMENTS_UNSUPPORTED),
        (text_of(kernel="python3"), ErrorCode.FORMAT_OVERLAY_UNNAMED),
        (notebook_text((), kernelspec={"language": "R"}), ErrorCode.NOTEBOOK_UNSUPPORTED_LANGUAGE),
    ],
)
def test_extraction_is_refused_when_there_is_nothing_to_install(text: str, code: ErrorCode) -> None:
    with pytest.raises(RefusedError) as caught:
        extract(FakeFiles({PATH: text}))

    assert caught.value.code is code


def test_extraction_takes_the_python_of_the_machine_when_the_lock_says_none() -> None:
    metadata: dict[str, Json] = locked_metadata({"six": "*"}, (SIX,))
    metadata["kernelspec"] = {"name": "train"}
    asked, locked = (json.loads(str(metadata[k])) for k in ("requirements", "requirements_lock"))
    del asked["requires"], locked["_meta"]["requires"]
    locked["_meta"]["hash"]["sha256"] = hash_of(asked)
    metadata |= {"requirements": json.dumps(asked), "requirements_lock": json.dumps(locked)}
    files = written(FakeFiles({PATH: notebook_text((), **metadata)}))

    assert extract(files).lock.python_version == "3.12"
    assert states(files) == {"train": OverlayState.FRESH}


def test_overlay_of_another_notebook_is_refused_with_a_free_name() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    files.texts[PATH] = text_of(kernel="renamed")
    files.texts["w/fine_tune.ipynb"] = text_of(SIX, kernel="else")

    with pytest.raises(RefusedError) as caught:
        extract(files, "w/fine_tune.ipynb", name="train")

    assert caught.value.code is ErrorCode.FORMAT_OVERLAY_TAKEN
    assert caught.value.details["suggestion"] == "fine-tune-train"
    assert extract(files, "w/fine_tune.ipynb", name="train", is_forced=True).foreign


@pytest.mark.parametrize(("python", "is_taken"), [("3.8", True), ("3.11", False), ("~", False)])
def test_environment_for_another_python_is_refused(python: str, is_taken: bool) -> None:
    thoth = f"runtime_environments:\n- name: other\n- name: train\n  python_version: '{python}'\n"
    files = FakeFiles({PATH: text_of(), ".thoth.yaml": thoth})

    if not is_taken:
        assert extract(files).folder == "overlays/train"
        return
    with pytest.raises(RefusedError) as caught:
        extract(files)

    assert caught.value.code is ErrorCode.FORMAT_OVERLAY_TAKEN
    assert caught.value.details["suggestion"] == "train-2"


def test_list_says_whose_an_overlay_is_and_what_it_holds() -> None:
    files = written(FakeFiles({PATH: text_of()}))

    [record] = list_overlays(["."], files).overlays

    assert (record.name, record.folder, record.state) == (
        "train",
        "overlays/train",
        OverlayState.FRESH,
    )
    assert (record.notebook, record.step, record.python_version) == (PATH, None, "3.11")
    assert record.package_count == 2
    assert record.lock_hash
    assert record.reasons == ()


def test_list_finds_the_notebook_of_an_overlay_that_does_not_say_it() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    path = "overlays/train/Pipfile"
    files.texts[path] = files.texts[path].partition("\n\n")[2]
    files.texts[".thoth.yaml"] += '  - name: bare\n    python_version: "3.9"\n'
    files.texts["overlays/bare/Pipfile"] = ""

    bare, train = list_overlays(["."], files).overlays

    assert (train.notebook, train.state) == (PATH, OverlayState.FRESH)
    assert (bare.notebook, bare.state, bare.python_version) == (
        None,
        OverlayState.UNLOCKED,
        "3.9",
    )
    assert bare.lock_hash is None


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ({"overlays/train/Pipfile": "["}, OverlayState.INVALID, "not TOML"),
        ({PATH: None}, OverlayState.ORPHAN, "Its notebook w/train.ipynb is gone."),
        ({PATH: text_of(SIX)}, OverlayState.STALE, "w/train.ipynb has another lock by now."),
        ({PATH: "["}, OverlayState.FRESH, ""),
        ({PATH: notebook_text(())}, OverlayState.FRESH, ""),
    ],
)
def test_list_says_why_an_overlay_is_not_fresh(
    change: dict[str, str | None], state: OverlayState, reason: str
) -> None:
    files = written(FakeFiles({PATH: text_of()}))
    files.texts |= {path: text for path, text in change.items() if text is not None}
    for path in [path for path, text in change.items() if text is None]:
        del files.texts[path]

    [record] = list_overlays(["."], files).overlays

    assert record.state is state
    assert reason in " ".join(record.reasons)


def step_of(files: FakeFiles, notebook: str) -> None:
    path = "overlays/train/Pipfile"
    files.texts[path] = files.texts[path].replace(
        "\n# lock", f"\n# step: train\n# step-notebook: {notebook}\n# lock"
    )


def test_list_tells_of_settings_that_cannot_be_read_and_steps_that_are_gone() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    step_of(files, "w/nb-train.ipynb")
    files.texts["sub/.thoth.yaml"] = "["

    listing = list_overlays(["."], files)

    assert listing.overlays[0].state is OverlayState.ORPHAN
    assert listing.overlays[0].reasons == ("The notebook of its step w/nb-train.ipynb is gone.",)
    assert listing.problems[0].startswith("sub/.thoth.yaml: ")


@pytest.mark.parametrize("name", ["requirements.txt", "pylock.toml"])
def test_files_of_another_lock_are_stale(name: str) -> None:
    files = written(FakeFiles({PATH: text_of()}))
    path = f"overlays/train/{name}"
    files.texts[path] = files.texts[path].replace("sha256:", "sha256:00")

    assert states(files) == {"train": OverlayState.STALE}
    pipfile = files.texts["overlays/train/Pipfile"]
    files.texts["overlays/train/Pipfile"] = pipfile.replace('six = "*"', 'six = "<1"')
    [record] = list_overlays(["."], files).overlays
    assert record.state is OverlayState.STALE
    assert record.reasons[-1] == f"{name} was written for another lock."


def test_check_finds_what_the_notebook_imports_and_the_overlay_lacks() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    assert check(files).status is LockStatus.FRESH
    files.texts[PATH] = text_of(
        code="import six, rich\ntry:\n    import attr\nexcept ImportError: ...\n!pip install yarl"
    )

    result = check(files)

    assert result.status is LockStatus.STALE
    assert sorted(detail.message for detail in result.details) == [
        "rich is not locked: w/train.ipynb imports rich.",
        "yarl is not locked: w/train.ipynb asks for it.",
    ]


def test_check_looks_at_the_notebook_of_a_step() -> None:
    files = written(FakeFiles({PATH: text_of(code="import rich")}))
    step_of(files, "w/nb-train.ipynb")
    assert [detail.code for detail in check(files).details] == ["orphan"]

    files.texts["w/nb-train.ipynb"] = text_of()

    assert check(files).status is LockStatus.FRESH


def test_check_of_an_overlay_that_serves_no_notebook_is_of_its_lock() -> None:
    files = FakeFiles({"overlays/train/Pipfile": "", "overlays/step/Pipfile": ""})
    files.texts["overlays/step/Pipfile"] = "# notebook: nb.ipynb\n# step: step\n# lock: sha256:1\n"
    files.texts["nb.ipynb"] = notebook_text(())

    assert check(files).status is LockStatus.UNLOCKED
    assert check(files, "step").status is LockStatus.UNLOCKED


def check_all(files: FakeFiles, name: str = ".", notebook: str | None = None) -> CheckedOverlays:
    ports = DiscoverPorts(
        files, FakeInstalledPackages(), FakePackageIndex("six", "rich"), FakeProjectModules()
    )
    return check_overlays(OverlaysRequest(name, notebook), ports, FakeCancelToken())


def test_check_overlays_answers_each_with_what_its_notebook_lacks() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    files.texts["w/other.ipynb"] = text_of(kernel="other")
    for change in changes_of(extract(files, path="w/other.ipynb").files):
        files.texts[change.path] = change.text
    files.texts[PATH] = text_of(code="import six, rich")

    other, train = check_all(files).overlays
    [own] = check_all(files, notebook=PATH).overlays
    [below] = check_all(files, "overlays/train").overlays

    assert (other.record.state, other.details) == (OverlayState.FRESH, ())
    assert train.record.state is OverlayState.STALE
    assert train.record.reasons == ("rich is not locked: w/train.ipynb imports rich.",)
    assert (train.details[0].name, train.notebook) == ("rich", PATH)
    assert own == below == train


def test_check_overlays_keeps_orphans_and_names_what_cannot_be_read() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    files.texts["overlays/bad/Pipfile"] = "["
    del files.texts[PATH]

    bad, train = check_all(files).overlays

    assert (bad.record.state, bad.details[0].code) == (OverlayState.INVALID, "invalid")
    assert bad.record.reasons == (bad.details[0].message,)
    assert (train.record.state, train.details[0].code) == (OverlayState.ORPHAN, "orphan")


def test_check_overlays_is_refused_when_there_is_no_such_folder() -> None:
    with pytest.raises(NotFoundError, match="no folder overlays/gone"):
        check_all(FakeFiles(), "overlays/gone")


def test_check_overlays_stops_when_it_is_cancelled() -> None:
    files = written(FakeFiles({PATH: text_of()}))
    ports = DiscoverPorts(
        files, FakeInstalledPackages(), FakePackageIndex("six"), FakeProjectModules()
    )
    cancelled = FakeCancelToken()
    cancelled.cancel()

    with pytest.raises(CancelledError):
        check_overlays(OverlaysRequest(), ports, cancelled)
