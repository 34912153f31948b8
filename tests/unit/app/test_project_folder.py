"""A root may hold several projects: what belongs to one is seen from its own folder."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.choose_overlay import find_notebooks_of, overlays_folder
from aidevsecops_ext.app.list_overlays import list_overlays
from aidevsecops_ext.app.preview_files import changes_of
from aidevsecops_ext.app.project_folder import find_thoth_yaml, project_folder
from aidevsecops_ext.app.write_overlays import OverlaysPlan, OverlaysRequest, plan_overlays
from aidevsecops_ext.domain.overlay_list import OverlayState
from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.domain.step_needs import StepNeeds
from aidevsecops_ext.formats.notebook_json import parse
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.progress import FakeProgress
from tests.kits.notebooks import notebook_text
from tests.unit.app.test_write_overlays import Graph, ports_of

NOTEBOOK = notebook_text(())
HEAD = "ref: refs/heads/main\n"


def files_below(folder: str) -> FakeFiles:
    """A repository at that folder with a notebook and that of its step."""
    return FakeFiles(
        {
            f"{folder}.git/HEAD": HEAD,
            f"{folder}w/nb.ipynb": NOTEBOOK,
            f"{folder}w/nb-load.ipynb": NOTEBOOK,
        }
    )


def plan(folder: str, files: FakeFiles) -> OverlaysPlan:
    step = StepNeeds("load", (Requirement("pandas"),), f"{folder}w/nb-load.ipynb", (0, 1))
    request = OverlaysRequest(f"{folder}w/nb.ipynb", parse(NOTEBOOK, "nb"), steps=(step,))
    return plan_overlays(request, ports_of(files, Graph()), FakeProgress(), FakeCancelToken())


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["a.txt"], ""),
        (["home/churn/.git/HEAD"], "home/churn"),
        (["home/churn/.git", "home/.git/HEAD"], "home/churn"),
        (["home/churn/w/.thoth.yaml", "home/churn/.git/HEAD"], "home/churn/w"),
        (["home/.thoth.yaml", "home/churn/.git/HEAD"], "home/churn"),
        (["home/.thoth.yaml"], "home"),
    ],
)
def test_project_is_where_its_settings_are_or_its_repository(
    paths: list[str], expected: str
) -> None:
    files = FakeFiles(dict.fromkeys(paths, ""))

    assert project_folder("home/churn/w/nb.ipynb", files) == expected


def test_settings_outside_the_repository_are_those_of_others() -> None:
    files = FakeFiles({".thoth.yaml": "", "churn/.git/HEAD": HEAD})

    assert find_thoth_yaml("churn/nb.ipynb", files) is None
    assert overlays_folder("churn/nb.ipynb", files) == "churn/overlays"
    assert find_thoth_yaml("other/nb.ipynb", files) == ".thoth.yaml"


def test_overlays_say_the_same_wherever_the_repository_is() -> None:
    inside = plan("", files_below(""))
    outside = plan("home/churn/", files_below("home/churn/"))

    moved = [replace(file, path=f"home/churn/{file.path}") for file in inside.files]
    assert [(file.path, file.text) for file in outside.files] == [
        (file.path, file.text) for file in moved
    ]


@pytest.mark.parametrize(("made", "seen"), [("home/churn/", ""), ("", "home/churn/")])
def test_overlays_are_fresh_wherever_the_repository_is(made: str, seen: str) -> None:
    files = files_below(seen)
    for change in changes_of(plan(made, files_below(made)).files):
        files.texts[f"{seen}{change.path.removeprefix(made)}"] = change.text

    (record,) = list_overlays(["."], files).overlays

    assert record.state is OverlayState.FRESH
    assert record.notebook == f"{seen}w/nb.ipynb"
    assert record.step_notebook == f"{seen}w/nb-load.ipynb"
    assert {file.state for file in plan(seen, files).files} == {"unchanged"}


def test_notebooks_of_other_projects_claim_nothing() -> None:
    notebook = notebook_text((), kernelspec={"name": "train", "display_name": "train"})
    files = FakeFiles({"a/nb.ipynb": notebook, "b/nb.ipynb": notebook})

    assert find_notebooks_of("train", files, "a") == ("a/nb.ipynb",)
    assert find_notebooks_of("train", files) == ("a/nb.ipynb", "b/nb.ipynb")


def test_project_of_the_root_is_the_root() -> None:
    assert project_folder(".", FakeFiles({".git/HEAD": HEAD})) == ""
