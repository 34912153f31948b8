"""What is found in pipelines that do not do what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aidevsecops_ext.app.create_pipeline import write_draft
from aidevsecops_ext.app.engine_ports import EngineWork, PipelineEngine
from aidevsecops_ext.app.kernel_ports import KernelPackages
from aidevsecops_ext.app.open_pipeline import open_pipeline
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.validate_pipeline import (
    PipelineReport,
    ValidatePorts,
    validate_pipeline,
    with_engine,
)
from aidevsecops_ext.domain.engine import EngineIssue, IssueLevel
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.kernels import Kernel, Machine
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.custody import Custody
from tests.fakes.files import FakeFiles
from tests.fakes.secret_scanner import FakeSecretScanner
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.overlays import overlay_texts
from tests.kits.pipeline_projects import AICOE_CI, PipelineKit
from tests.kits.pipelines import node, text
from tests.kits.split_notebooks import CHURN, split_text

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json

IMAGE = "localhost/a:latest"
MACHINE = Machine("3.11", "linux-x86_64")
QUIET = {"image.none", "overlay.none"}


def _ports(kit: PipelineKit, *images: str) -> ValidatePorts:
    return ValidatePorts(
        kit.ports, FakeSecretScanner, lambda: frozenset(images), lambda: kit.kernels
    )


def _validate(kit: PipelineKit, *images: str) -> PipelineReport:
    opened = open_pipeline("p.pipeline", kit.files)
    return validate_pipeline(opened, _ports(kit, *images), kit.cancel)


def _kit(*nodes: Json, files: dict[str, str] | None = None, **app_data: Json) -> PipelineKit:
    notebooks = {f"{name}.ipynb": notebook_text(["print()"]) for name in "ab"}
    texts = {"p.pipeline": text(*nodes, **app_data), **notebooks, **(files or {})}
    return PipelineKit(FakeFiles(texts))


def _found(report: PipelineReport) -> list[tuple[str, str]]:
    return [(each.node, each.code) for each in report.findings if each.code not in QUIET]


def _message(report: PipelineReport, code: str) -> str:
    return next(f"{each.message} {each.hint}" for each in report.findings if each.code == code)


def test_a_pipeline_that_was_just_made_is_valid() -> None:
    kit = PipelineKit()
    kit.split("p.ipynb", split_text(CHURN))
    write_draft(kit.create("p.ipynb", image=IMAGE), None, kit.changes)

    report = _validate(kit)

    assert report.is_valid
    assert _found(report) == []


def test_circles_and_links_to_nothing_are_found() -> None:
    report = _validate(_kit(node("a", "b"), node("b", "a", "gone")))

    assert not report.is_valid
    assert _found(report) == [("", "links.cycle"), ("b", "links.unknown-node")]


def test_a_file_that_is_missing_is_looked_for_elsewhere() -> None:
    kit = _kit(
        node("a", filename="old/train.ipynb"),
        node("b", filename="nowhere.ipynb"),
        files={"new/train.ipynb": "", "far/away/train.ipynb": ""},
    )

    report = _validate(kit)

    hints = [each.hint for each in report.findings if each.code == "file.missing"]
    assert hints == ["Is it new/train.ipynb or far/away/train.ipynb?", "Correct its path."]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("", "file.none"),
        ("../a.ipynb", "file.outside"),
        ("broken.ipynb", "file.unreadable"),
        ("locked.ipynb", "file.unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_is_found(file: str, code: str) -> None:
    kit = _kit(node("a", filename=file), files={"broken.ipynb": "{"})
    kit.files.errors["locked.ipynb"] = OutsideFailedError(ErrorCode.NOTEBOOK_UNREADABLE, "No.")

    assert _found(_validate(kit)) == [("a", code)]


def test_a_component_of_a_catalog_is_only_noted() -> None:
    report = _validate(_kit(node("a", op="catalog:1")))

    assert report.is_valid
    assert _found(report) == [("a", "node.component")]


def test_scripts_of_r_are_not_looked_into() -> None:
    kit = _kit(node("a", op="execute-r-node", filename="a.r"), files={"a.r": "x <- 1"})

    assert _found(_validate(kit)) == []


@pytest.mark.parametrize(
    ("image", "code"),
    [
        ("", "image.none"),
        ("bare", "image.invalid"),
        ("registry.example/o/churn-train:v1.0.0", "image.stale"),
        ("example.org/o/other:v1", "image.unknown"),
        ("registry.example/o/churn-train:v1.2.0", None),
        ("registry.example/o/a:next", None),
        ("example.org/o/known:v1", None),
        ("localhost/mine:latest", None),
    ],
)
def test_images_are_held_against_release_and_registered_ones(image: str, code: str | None) -> None:
    kit = _kit(node("a", runtime_image=image), files={".aicoe-ci.yaml": AICOE_CI})
    kit.tags = ("v1.2.0",)

    report = _validate(kit, "example.org/o/known:v1")

    found = [each.code for each in report.findings if each.code.startswith("image")]
    assert found == ([] if code is None else [code])
    if code == "image.stale":
        assert "Use registry.example/o/churn-train:v1.2.0." in _message(report, code)


def test_without_a_release_no_image_is_stale() -> None:
    image = "registry.example/o/churn-train:v1.0.0"
    kit = _kit(node("a", runtime_image=image), files={".aicoe-ci.yaml": AICOE_CI})

    assert _found(_validate(kit)) == []


def test_secrets_in_variables_are_found_and_not_repeated() -> None:
    values = {
        "DB_PASSWORD": "hunter2",
        "SERVICE": "sk-123",
        "MODE": "fast",
        "OTHER_TOKEN": "",
        "KEY": "${KEY}",
    }
    env: Json = [{"env_var": name, "value": value} for name, value in values.items()]

    report = _validate(_kit(node("a", env_vars=env)))

    assert _found(report) == [("a", "variable.secret"), ("a", "variable.secret")]
    said = " ".join(each.message for each in report.findings)
    assert "DB_PASSWORD" in said
    assert "SERVICE" in said
    assert "hunter2" not in said


def test_variables_that_code_needs_have_to_come_from_somewhere() -> None:
    code = "import os\n" + "\n".join(f"os.environ['{name}']" for name in "ABCDE")
    kit = _kit(
        node(
            "a",
            env_vars=[{"env_var": "A", "value": "1"}, {"env_var": "B", "value": ""}],
            kubernetes_secrets=[{"env_var": "C", "name": "n", "key": "k"}],
            pipeline_parameters=["D"],
        ),
        files={"a.ipynb": notebook_text([code])},
        properties={
            "pipeline_defaults": {"env_vars": [{"env_var": "E", "value": "1"}]},
            "pipeline_parameters": [{"name": "D"}],
        },
    )

    report = _validate(kit)

    assert _found(report) == [("a", "variable.no-value")]
    assert "variable B" in _message(report, "variable.no-value")


def test_a_parameter_that_the_pipeline_has_not_is_found() -> None:
    assert _found(_validate(_kit(node("a", pipeline_parameters=["rate"])))) == [
        ("a", "parameter.unknown")
    ]


WRITES = notebook_text(["open('rows.csv', 'w').write('a')"])
READS = notebook_text(["print(open('rows.csv').read())"])


@pytest.mark.parametrize(
    ("first", "second", "files", "code"),
    [
        # A file that an earlier node leaves.
        (node("a", outputs=["rows.csv"]), node("b", "a"), {"a.ipynb": WRITES}, None),
        (node("a", outputs=["*.csv"]), node("b", "a"), {"a.ipynb": WRITES}, None),
        (node("a"), node("b", "a"), {"a.ipynb": WRITES}, ("a", "output.not-named")),
        (node("a", outputs=["rows.csv"]), node("b"), {}, ("b", "input.not-upstream")),
        (node("a"), node("b"), {"a.ipynb": WRITES}, ("b", "input.not-upstream")),
        # A file of the project.
        (node("a"), node("b", dependencies=["rows.csv"]), {"rows.csv": ""}, None),
        (node("a"), node("b"), {"rows.csv": ""}, ("b", "input.not-a-dependency")),
        # Neither.
        (node("a"), node("b"), {}, ("b", "input.missing")),
        (node("a"), node("b"), {"rows.csv/x": ""}, None),
    ],
)
def test_every_input_comes_from_somewhere(
    first: Json, second: Json, files: dict[str, str], code: tuple[str, str] | None
) -> None:
    kit = _kit(first, second, files={"b.ipynb": READS, **files})

    assert _found(_validate(kit)) == ([] if code is None else [code])


def test_a_folder_that_is_read_comes_from_who_leaves_files_in_it() -> None:
    files = {
        "a.ipynb": notebook_text(["open('data/x.csv', 'w')"]),
        "b.ipynb": notebook_text(["import glob\nglob.glob('data/*.csv')"]),
    }
    first = node("a", outputs=["data/x.csv"])

    assert _found(_validate(_kit(first, node("b", "a"), files=files))) == []
    assert _found(_validate(_kit(node("a"), node("b", "a"), files=files))) == [
        ("a", "output.not-named")
    ]


@pytest.mark.parametrize(
    ("dependency", "code"),
    [
        ("lib/a.py", None),
        ("lib/*.py", None),
        ("li*/a.py", None),
        ("lib/*.csv", "dependency.missing"),
        ("none/*.csv", "dependency.missing"),
        ("b.py", "dependency.missing"),
        ("../b.py", "dependency.outside"),
    ],
)
def test_dependencies_have_to_be_there(dependency: str, code: str | None) -> None:
    kit = _kit(
        node("a", filename="n/a.ipynb", dependencies=[dependency]),
        files={"n/a.ipynb": notebook_text([]), "n/lib/a.py": "", "b.py": ""},
    )

    assert _found(_validate(kit)) == ([] if code is None else [("a", code)])


def test_dependencies_anywhere_below_are_left_to_the_engine() -> None:
    one = node("a", dependencies=["*.csv"], include_subdirectories=True)

    assert _found(_validate(_kit(one))) == []


@pytest.fixture
def churn() -> PipelineKit:
    """A notebook whose steps hand things on, and its pipeline."""
    kit = PipelineKit()
    kit.split("churn.ipynb", split_text(CHURN))
    return kit


def _steps(kit: PipelineKit, *nodes: Json) -> PipelineReport:
    kit.files.texts["p.pipeline"] = text(*nodes)
    return _validate(kit)


def test_what_steps_hand_on_has_to_be_left_by_an_earlier_node(churn: PipelineKit) -> None:
    load = node("load", filename="churn-load.ipynb", outputs=["artifacts/churn/load/*"])
    silent = node("load", filename="churn-load.ipynb")
    train = node("train", "load", filename="churn-train.ipynb")
    alone = node("train", filename="churn-train.ipynb")

    assert _found(_steps(churn, load, train)) == []
    assert _found(_steps(churn, load, alone)) == [("train", "input.not-upstream")]
    assert _found(_steps(churn, silent, train)) == [("train", "input.missing")]


def test_code_of_a_step_that_nobody_can_read_asks_for_nothing(churn: PipelineKit) -> None:
    path = "churn-train.ipynb"
    churn.files.texts[path] = churn.files.texts[path].replace("_read_step(", "_read_step((")

    report = _steps(churn, node("train", filename=path))

    assert ("train", "input.missing") not in _found(report)


def _overlaid(version: str = "1.16", *, is_stale: bool = False) -> dict[str, str]:
    custody = Custody("a.ipynb", "")
    return overlay_texts(version, custody, is_stale=is_stale)


def test_an_overlay_that_is_fresh_is_no_finding() -> None:
    code = notebook_text(["import six"])
    kit = _kit(node("a", runtime_image=IMAGE), files={**_overlaid(), "a.ipynb": code})

    assert [each.code for each in _validate(kit).findings] == []


def test_an_overlay_that_is_not_fresh_is_found_once() -> None:
    custody = Custody("a.ipynb", "")
    kernel: Json = {"name": "train"}
    files = {
        **overlay_texts(custody=custody, is_stale=True),
        "b.ipynb": notebook_text(["print()"], kernelspec=kernel),
    }

    report = _validate(_kit(node("a"), node("b"), files=files))

    assert _found(report) == [("a", "overlay.stale")]
    assert "overlays/train is stale" in _message(report, "overlay.stale")


def test_an_overlay_without_what_its_notebook_imports_is_found() -> None:
    files = {**_overlaid(), "a.ipynb": notebook_text(["import six, requests"])}

    report = _validate(_kit(node("a"), files=files))

    assert "requests is not locked" in _message(report, "overlay.stale")


def test_an_overlay_that_cannot_be_read_is_found() -> None:
    kernel: Json = {"name": "bad"}
    files = {
        "overlays/bad/Pipfile": "[",
        "a.ipynb": notebook_text(["print()"], kernelspec=kernel),
    }

    assert _found(_validate(_kit(node("a"), files=files))) == [("a", "overlay.stale")]


def test_a_lock_of_the_notebook_counts_where_there_is_no_overlay() -> None:
    six = LockedPackage("six", "1.16", ("sha256:aa",))
    fresh = notebook_text(["import six"], **locked_metadata({"six": "*"}, [six]))
    lacking = notebook_text(
        ["import six, requests"], **locked_metadata({"six": "*", "idna": "*"}, [six])
    )
    broken: dict[str, Json] = {"requirements_lock": "{"}
    files = {"a.ipynb": fresh, "b.ipynb": lacking, "c.ipynb": notebook_text([], **broken)}

    report = _validate(_kit(node("a"), node("b", "a"), node("c", "b"), files=files))

    assert _found(report) == [("b", "lock.stale"), ("c", "lock.stale")]
    message = _message(report, "lock.stale")
    assert message.startswith("The lock of its notebook is drifted. idna is declared, but not")
    assert message.endswith("Lock it: aidevsecops lock b.ipynb")


def test_a_kernel_without_what_is_imported_is_found() -> None:
    code = notebook_text(["import six, requests\ntry:\n    import yaml\nexcept ImportError: pass"])
    kit = _kit(node("a"), files={"a.ipynb": code})
    kit.kernels.installed[None] = KernelPackages(MACHINE, {"six": "1.16"})

    assert _found(_validate(kit)) == [("a", "kernel.no-package")]
    assert "needs requests, and the kernel python3 has not" in (
        _message(_validate(kit), "kernel.no-package")
    )
    kit.kernels.installed[None] = KernelPackages(MACHINE, {"six": "1.16", "requests": "2"})
    assert _found(_validate(kit)) == []


def test_a_kernel_that_is_not_there_is_found_whatever_its_language() -> None:
    metadata: dict[str, dict[str, Json]] = {
        "a": {"kernelspec": {"name": "gone"}},
        "b": {"kernelspec": {"name": "ir"}, "language_info": {"name": "R"}},
        "c": {"kernelspec": {"name": "julia", "language": "julia"}},
    }
    files = {f"{name}.ipynb": notebook_text(["x"], **meta) for name, meta in metadata.items()}
    kit = _kit(node("a"), node("b", "a"), node("c", "b"), files=files)
    kit.kernels.known["julia"] = Kernel("julia", "Julia")

    report = _validate(kit)

    assert _found(report) == [("a", "kernel.none"), ("b", "kernel.none")]
    assert [f.node for f in report.findings if f.code == "overlay.none"] == ["a"]


def test_a_module_that_nobody_knows_is_found() -> None:
    code = notebook_text(["import nobody.knows\ntry:\n    import maybe\nexcept ImportError: pass"])

    report = _validate(_kit(node("a"), files={"a.ipynb": code}))

    assert _found(report) == [("a", "import.unknown")]
    assert "imports nobody: there is no such module" in _message(report, "import.unknown")


def test_an_overlay_that_was_locked_anew_is_found() -> None:
    kit = _kit(files={**_overlaid(), "a.ipynb": notebook_text(["import six"])})
    write_draft(kit.create("a.ipynb", path="q"), None, kit.changes)
    kit.files.texts["p.pipeline"] = kit.files.texts["q.pipeline"]
    is_fine = _found(_validate(kit))
    kit.files.texts |= _overlaid("1.17")

    assert is_fine == []
    assert ("a", "overlay.relocked") in _found(_validate(kit))


def test_a_validation_ends_when_it_is_cancelled() -> None:
    kit = _kit(node("a"))
    kit.cancel.cancel()

    with pytest.raises(CancelledError):
        _validate(kit)


@pytest.mark.parametrize("broken", ["a.ipynb", "overlays/train/Pipfile.lock"])
def test_who_leaves_in_between_ends_it_too(broken: str) -> None:
    kernel: Json = {"name": "train"}
    files = {**overlay_texts(), "a.ipynb": notebook_text([], kernelspec=kernel)}
    kit = _kit(node("a"), files=files)
    kit.files.errors[broken] = CancelledError()

    with pytest.raises(CancelledError):
        _validate(kit)


def test_elyra_is_asked_for_what_it_finds_besides() -> None:
    class Engine:
        def validate(self, work: EngineWork, cancel: CancelToken) -> tuple[EngineIssue, ...]:
            del cancel
            assert work.path == "p.pipeline"
            return (
                EngineIssue(IssueLevel.ERROR, "Too small", "invalidCpu", "a", "cpu", "0"),
                EngineIssue(IssueLevel.WARNING, "Hm", "odd"),
            )

    kit = _kit(node("a"))
    engine: PipelineEngine = Engine()  # type: ignore[assignment]

    report = with_engine(_validate(kit), engine, kit.cancel)

    assert not report.is_valid
    assert [(e.code, e.message, e.node) for e in report.findings[-2:]] == [
        ("elyra.invalidCpu", "Too small (now: 0)", "a"),
        ("elyra.odd", "Hm", ""),
    ]
