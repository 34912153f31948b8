"""Overlays for the steps of a notebook: one resolution, projected on each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.audit_notebook import AuditPorts
from aidevsecops_ext.app.exchange_ports import FileChange
from aidevsecops_ext.app.lock_notebook import LockPorts
from aidevsecops_ext.app.ports import CancelToken, Progress, Resolution, ResolveRequest
from aidevsecops_ext.app.preview_files import changes_of, preview_file
from aidevsecops_ext.app.recommend import RecommendPorts
from aidevsecops_ext.app.write_overlays import (
    OverlaysPlan,
    OverlaysPorts,
    OverlaysRequest,
    plan_overlays,
)
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.domain.file_preview import FilePreview
from aidevsecops_ext.domain.lock import LockedPackage, VersionChange
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.domain.split import SplitCode
from aidevsecops_ext.domain.step_needs import StepNeeds
from aidevsecops_ext.domain.target import TargetChoice
from aidevsecops_ext.domain.thoth import ThothSettings
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.pipfile import is_hash_of, read_pipfile
from aidevsecops_ext.formats.toml_text import read_json
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.files import FakeFiles
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import locked_metadata, notebook_text

DEFAULT = Index("pypi", "https://index.example/simple")
NEEDS = {"pandas": ("numpy",), "sklearn": ("numpy", "joblib")}
STEPS = (
    StepNeeds("load", (Requirement("pandas"),), "w/nb-load.ipynb", (0, 1)),
    StepNeeds("train", (Requirement("sklearn"), Requirement("pandas", ">=1")), None, (2,)),
)


class Graph:
    """Resolves requirements and what they need; constraints and preferences choose versions."""

    def __init__(self, engine: str = "uv", error: AidevsecopsError | None = None) -> None:
        self.engine = engine
        self.error = error
        self.requests: list[ResolveRequest] = []
        self.refused = ""

    def missing(self) -> str | None:
        return None

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        cancel.raise_if_cancelled()
        self.requests.append(request)
        progress.report("resolving", 0.5)
        progress.log("line")
        if self.error is not None:
            raise self.error
        pins = {c.key: c.specifier.removeprefix("==") for c in request.constraints}
        kept = {p.key: p.version for p in request.preferred}
        own = {
            r.key: r.specifier.removeprefix("==")
            for r in request.requirements
            if r.specifier.startswith("==")
        }
        asked = {r.to_pep508() for r in request.requirements}
        if self.refused in pins or self.refused in asked:
            raise RefusedError(ErrorCode.LOCK_UNSATISFIABLE, "No.")
        names = {r.key for r in request.requirements}
        names |= {child for name in names for child in NEEDS.get(name, ())}
        index_of = {r.key: r.index for r in request.requirements}
        return Resolution(
            packages=tuple(
                package(
                    name,
                    own.get(name) or pins.get(name) or kept.get(name) or "2.0",
                    index=index_of.get(name),
                )
                for name in sorted(names, reverse=True)
            ),
            default_index=DEFAULT,
            indexes=(Index("cpu", "https://cpu.example"),) if self.refused == "brought" else (),
        )


class Addresses:
    """Knows a file for every version, but for those of ``gone``."""

    def __init__(self, gone: str = "") -> None:
        self.gone = gone
        self.asked: list[ResolveRequest] = []

    def files(
        self, request: ResolveRequest, cancel: CancelToken
    ) -> Mapping[str, tuple[PackageFile, ...]]:
        cancel.raise_if_cancelled()
        self.asked.append(request)
        return {
            r.key: (PackageFile(f"https://f/{r.key}.whl", digest(r.key, r.specifier[2:])),)
            for r in request.requirements
            if r.key != self.gone
        }


def digest(name: str, version: str) -> str:
    return f"sha256:{hashlib.sha256(f'{name} {version}'.encode()).hexdigest()}"


def package(name: str, version: str, **more: Any) -> LockedPackage:
    return LockedPackage(name, version, (digest(name, version),), **more)


def ports_of(files: FakeFiles, graph: Graph, addresses: Addresses | None = None) -> OverlaysPorts:
    audit = AuditPorts(files, FakeAdvisories(), FakeClock())
    lock = LockPorts(
        files=files,
        index=FakePackageIndex(),
        resolvers={graph.engine: graph, "uv": graph},
        default_engine=graph.engine,
        default_python="3.12",
        recommend=RecommendPorts(FakeClock(), lambda: audit, 14),
        thoth=ThothSettings("thoth.example"),
    )
    return OverlaysPorts(lock, addresses or Addresses(), files)


def plan(
    files: FakeFiles | None = None,
    graph: Graph | None = None,
    addresses: Addresses | None = None,
    metadata: dict[str, Any] | None = None,
    **given: Any,
) -> OverlaysPlan:
    files = files if files is not None else FakeFiles()
    text = notebook_text((), **(metadata or {}))
    files.texts.setdefault("w/nb.ipynb", text)
    request = OverlaysRequest("w/nb.ipynb", parse(text, "nb"), **{"steps": STEPS, **given})
    ports = ports_of(files, graph or Graph(), addresses)
    return plan_overlays(request, ports, FakeProgress(), FakeCancelToken())


def write(plan: OverlaysPlan, files: FakeFiles) -> None:
    for change in changes_of(plan.files):
        files.texts[change.path] = change.text


def versions(plan: OverlaysPlan) -> dict[str, dict[str, str]]:
    return {o.name: {p.key: p.version for p in o.lock.packages} for o in plan.overlays}


def states(plan: OverlaysPlan) -> set[str]:
    return {file.state for file in plan.files}


def test_each_step_gets_what_it_needs_at_the_versions_of_all() -> None:
    graph = Graph()

    made = plan(graph=graph)

    assert versions(made) == {
        "load": {"numpy": "2.0", "pandas": "2.0"},
        "train": {"joblib": "2.0", "numpy": "2.0", "pandas": "2.0", "sklearn": "2.0"},
    }
    union, *projections = graph.requests
    assert [r.to_pep508() for r in union.requirements] == ["pandas", "sklearn", "pandas>=1"]
    assert {c.to_pep508() for c in projections[0].constraints} == {
        "joblib==2.0",
        "numpy==2.0",
        "pandas==2.0",
        "sklearn==2.0",
    }
    assert [file.path for file in made.files] == [
        f"overlays/{name}/{file}"
        for name in ("load", "train")
        for file in ("Pipfile", "Pipfile.lock", "pylock.toml", "requirements.txt", "Containerfile")
    ] + [".thoth.yaml"]
    assert states(made) == {"created"}
    assert made.warnings == ()
    assert made.target.python_version == "3.12"


def test_steps_that_need_the_same_are_resolved_once() -> None:
    graph = Graph()

    made = plan(graph=graph, steps=tuple(StepNeeds(n, STEPS[0].requirements) for n in "abc"))

    assert len(graph.requests) == 2
    assert [overlay.lock.count for overlay in made.overlays] == [2, 2, 2]


def test_files_say_what_they_come_from_and_belong_together() -> None:
    texts = {file.path: file.text for file in plan().files}

    pipfile = read_pipfile(texts["overlays/load/Pipfile"])
    lockfile = read_json(texts["overlays/load/Pipfile.lock"], "lock")
    assert "# notebook: w/nb.ipynb\n# step: load\n" in texts["overlays/load/Pipfile"]
    assert pipfile["packages"] == {"pandas": "*"}
    assert pipfile["source"] == [
        {"url": DEFAULT.url, "verify_ssl": True, "name": "pypi"},
    ]
    meta: Any = lockfile["_meta"]
    assert is_hash_of(pipfile, meta["hash"]["sha256"])
    assert 'COPY ["w/nb-load.ipynb"' in texts["overlays/load/Containerfile"]
    assert "CMD" not in texts["overlays/train/Containerfile"]
    assert "host: thoth.example" in texts[".thoth.yaml"]


def test_second_plan_changes_nothing() -> None:
    files = FakeFiles()
    write(plan(files), files)

    assert states(plan(files)) == {"unchanged"}
    assert changes_of(plan(files).files) == ()


def test_versions_of_the_notebook_and_then_of_old_overlays_are_kept() -> None:
    files = FakeFiles()
    write(plan(files, metadata=locked_metadata({}, (package("numpy", "1.5"),))), files)
    old = {"numpy": "1.5", "pandas": "2.0"}
    assert versions(plan(files))["load"] == old

    locked = locked_metadata({}, (package("numpy", "1.4"),))

    assert versions(plan(files, metadata=locked))["load"] == {**old, "numpy": "1.4"}
    assert versions(plan(files, metadata=locked, upgrade=True))["load"]["numpy"] == "2.0"
    upgraded = plan(files, metadata=locked, upgrade_packages=("numpy",))
    assert versions(upgraded)["load"]["numpy"] == "2.0"


def edited(files: FakeFiles, name: str, old: str, new: str) -> str:
    write(plan(files), files)
    path = f"overlays/{name}/Pipfile"
    files.texts[path] = files.texts[path].replace(old, new)
    return path


def test_pipfile_that_was_edited_wins_in_its_overlay_and_is_warned_of() -> None:
    files = FakeFiles()
    path = edited(files, "load", 'pandas = "*"', 'pandas = "==1.1"  # mine\nextra = "*"')

    made = plan(files)

    assert versions(made)["load"] == {"numpy": "2.0", "pandas": "1.1", "extra": "2.0"}
    assert versions(made)["train"]["pandas"] == "2.0"
    assert made.overlays[0].overridden == (VersionChange("pandas", "2.0", "1.1"),)
    [warning] = made.warnings
    assert warning.code is SplitCode.OVERRIDDEN_VERSION
    assert f"{path} has pandas 1.1, the other steps have 2.0" in warning.message
    assert next(file for file in made.files if file.path == path).state == "unchanged"


def test_pipfile_that_was_edited_gains_what_its_step_needs() -> None:
    files = FakeFiles()
    path = edited(files, "load", 'pandas = "*"', 'numpy = ">=2"')

    made = plan(files, target=TargetChoice(python_version="3.13"))

    text = next(file for file in made.files if file.path == path).text
    assert 'numpy = ">=2"\npandas = "*"\n' in text
    assert 'python_version = "3.13"' in text
    assert made.warnings == ()


def test_override_that_goes_with_no_version_of_the_others_has_its_own() -> None:
    files, graph = FakeFiles(), Graph()
    edited(files, "load", 'pandas = "*"', 'pandas = "==1.1"')
    graph.refused = "numpy"

    with pytest.raises(RefusedError):
        plan(files, graph)
    made = plan(files, graph, steps=STEPS[:1])

    assert versions(made)["load"]["pandas"] == "1.1"


def test_override_that_no_version_satisfies_is_named() -> None:
    files, graph = FakeFiles(), Graph()
    edited(files, "load", 'pandas = "*"', 'pandas = "==1.1"')
    graph.refused = "pandas==1.1"

    with pytest.raises(RefusedError) as caught:
        plan(files, graph, steps=STEPS[:1])

    assert "the Pipfile of an overlay asks for pandas==1.1." in caught.value.hint


def test_failure_of_one_step_says_what_it_asked_for() -> None:
    error = RefusedError(
        ErrorCode.LOCK_PACKAGE_NOT_FOUND, "No.", details={"requirements": ["sklearn"]}
    )

    with pytest.raises(RefusedError) as caught:
        plan(graph=Graph(error=error))

    origins: Any = caught.value.details["requirements"]
    assert [origin["name"] for origin in origins] == ["sklearn"]


def test_thoth_leaves_several_environments_to_uv() -> None:
    made = plan(graph=Graph("thoth"))

    assert made.notes[0].startswith("Thoth resolves one environment only")


def test_indexes_of_an_edited_overlay_count_for_all_when_they_are_trusted() -> None:
    files, graph = FakeFiles(), Graph()
    source = '[[source]]\nurl = "https://own.example/simple"\nverify_ssl = true\nname = "own"\n\n'
    mine = 'mine = {version = "*", index = "own"}'
    edited(files, "load", "[packages]", f"{source}[packages]\n{mine}")

    with pytest.raises(RefusedError) as caught:
        plan(files, graph)
    made = plan(files, graph, trusted_indexes=("https://own.example/simple",))

    assert caught.value.code is ErrorCode.LOCK_UNTRUSTED_INDEX
    assert [index.name for index in graph.requests[-1].indexes] == ["pypi", "own"]
    assert 'index = "own"' in made.files[0].text


def test_index_that_an_accelerator_brings_is_named() -> None:
    graph = Graph()
    graph.refused = "brought"

    made = plan(graph=graph, recommendation=RecommendationType.STABLE)

    assert 'name = "cpu"' in made.files[0].text
    assert graph.requests[0].policy == graph.requests[1].policy
    assert graph.requests[0].policy.not_after is not None


def test_environment_of_thoth_yaml_decides_the_target_and_the_image() -> None:
    files = FakeFiles(
        {
            ".thoth.yaml": "overlays_dir: envs\nruntime_environments:\n- name: load\n"
            "  operating_system: {name: ubi, version: '9'}\n  python_version: '3.9'\n"
            "  base_image: quay.example/i:v1\n",
            ".aicoe-ci.yaml": "check: []\n",
        }
    )
    checking = FakeFiles({".aicoe-ci.yaml": "check: [overlays-build]\n"})

    assert not any("overlays-build" in note for note in plan(checking).notes)
    made = plan(files, target=TargetChoice(environment="load"))

    texts = {file.path: file.text for file in made.files}
    assert made.target.platform == "x86_64-manylinux_2_34"
    assert "quay.example/i:v1" in texts["envs/load/Containerfile"]
    assert "python:3.9-slim" in texts["envs/train/Containerfile"]
    assert 'train\n  operating_system:\n    name: ubi\n    version: "9"' in texts[".thoth.yaml"]
    assert "overlays_dir: envs" in texts[".aicoe-ci.yaml"]
    assert "registry-project: nb-train" in texts[".aicoe-ci.yaml"]
    assert ".aicoe-ci.yaml: 'check' does not name overlays-build, so only tags build them." in (
        made.notes
    )


def test_notes_say_when_other_environments_move_and_names_are_odd() -> None:
    files = FakeFiles({".thoth.yaml": "runtime_environments:\n- name: rhel\n"})

    made = plan(files, steps=(StepNeeds("a.b", (Requirement("pandas"),)),))

    assert ".thoth.yaml now names the folder overlays" in made.notes[0]
    assert made.notes[1] == "Thoth does not allow dots in the names of environments: a.b."


def test_overlays_go_where_they_are_asked_to() -> None:
    made = plan(overlays_dir="envs", steps=STEPS[:1])

    assert made.files[0].path == "envs/load/Pipfile"
    assert "overlays_dir: envs" in made.files[-1].text


@pytest.mark.parametrize("names", [("../x",), ("a b",), ("Load", "load"), ("",)])
def test_names_that_no_folder_can_have_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(UserError) as caught:
        plan(steps=tuple(StepNeeds(name, ()) for name in names))

    assert caught.value.code is ErrorCode.REQUEST_INVALID


def test_overlay_that_asks_for_what_no_lock_can_hold_is_refused() -> None:
    files = FakeFiles({"overlays/load/Pipfile": '[packages]\nx = {git = "https://g"}\n'})

    with pytest.raises(RefusedError) as caught:
        plan(files)

    assert caught.value.code is ErrorCode.REQUIREMENTS_UNSUPPORTED


def test_package_whose_files_are_gone_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        plan(addresses=Addresses(gone="numpy"))

    assert caught.value.code is ErrorCode.FORMAT_FILES_MISSING


def test_files_of_each_version_are_asked_for_once() -> None:
    addresses = Addresses()

    plan(addresses=addresses)

    assert [r.key for asked in addresses.asked for r in asked.requirements] == [
        "numpy",
        "pandas",
        "joblib",
        "sklearn",
    ]
    addresses.asked.clear()
    plan(addresses=addresses, steps=(STEPS[1], STEPS[0]))
    assert len(addresses.asked) == 1


def test_containerfile_that_was_edited_keeps_its_text() -> None:
    files = FakeFiles()
    write(plan(files), files)
    path = "overlays/load/Containerfile"
    files.texts[path] = files.texts[path].replace("USER 0", "USER 0\nRUN dnf install gcc")

    made = plan(files, metadata=locked_metadata({}, (package("numpy", "1.5"),)))

    preview = next(file for file in made.files if file.path == path)
    gone = [line for line in preview.diff().splitlines() if line[:2] in ("-#", "-L")]
    assert "RUN dnf install gcc" in preview.text
    assert all("sha256:" in line for line in gone)
    assert len(gone) == 2


def test_preview_says_what_becomes_of_a_file() -> None:
    files = FakeFiles({"a": "1\n2"})

    new, same, other = (
        preview_file("b", "x\n", files),
        preview_file("a", "1\n2", files),
        preview_file("a", "1\n3", files),
    )

    assert [new.state, same.state, other.state] == ["created", "unchanged", "replaced"]
    assert new.diff() == "--- /dev/null\n+++ b\n@@ -0,0 +1 @@\n+x\n"
    assert same.diff() == ""
    assert other.diff() == "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n"
    assert changes_of((new, same, other)) == (
        FileChange("b", "x\n", None),
        FileChange("a", "1\n3", other.revision),
    )
    assert replace(new, old="x\n").state == "unchanged"
    assert isinstance(new, FilePreview)


def test_overlay_of_another_notebook_is_refused_with_a_free_name() -> None:
    files = FakeFiles({"w/other.ipynb": "{}"})
    write(plan(files), files)
    path = "overlays/load/Pipfile"
    files.texts[path] = files.texts[path].replace("w/nb.ipynb", "w/other.ipynb")
    files.texts["overlays/nb-load/Pipfile"] = ""

    with pytest.raises(RefusedError) as caught:
        plan(files)

    assert caught.value.code is ErrorCode.FORMAT_OVERLAY_TAKEN
    assert caught.value.details == {
        "name": "load",
        "notebooks": ["w/other.ipynb"],
        "suggestion": "nb-load-2",
    }
    assert "nb-load-2" in caught.value.hint
    assert plan(files, is_forced=True).overlays[0].name == "load"
    del files.texts["w/other.ipynb"]
    assert plan(files).overlays[0].name == "load"


def kernel(name: str, **metadata: Any) -> str:
    locked = locked_metadata({}, (package("numpy", "1.5"),))
    return notebook_text((), **locked, kernelspec={"name": name}, **metadata)


@pytest.mark.parametrize(
    ("text", "is_claim"),
    [
        (kernel("load"), True),
        (kernel("load", aidevsecops={"split": {"notebook": "other.ipynb"}}), True),
        (kernel("load", aidevsecops={"split": {"notebook": "nb.ipynb"}}), False),
        (kernel("load", aidevsecops={"split": {"notebook": "w/nb.ipynb"}}), False),
        (kernel("else"), False),
        (notebook_text((), kernelspec={"name": "load"}), False),
    ],
)
def test_overlay_is_claimed_by_a_notebook_with_a_kernel_of_its_name(
    text: str, is_claim: bool
) -> None:
    files = FakeFiles({"w/of-kernel.ipynb": text})

    if not is_claim:
        assert plan(files).overlays
        return
    with pytest.raises(RefusedError) as caught:
        plan(files)

    assert caught.value.details["notebooks"] == ["w/of-kernel.ipynb"]
    assert caught.value.details["suggestion"] == "nb-load"
