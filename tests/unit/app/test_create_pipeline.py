"""Pipelines of notebooks: what their nodes are, and what becomes of a file that is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aidevsecops_ext.app.create_pipeline import write_draft
from aidevsecops_ext.app.plan_nodes import NodeOrder
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.pipeline import Node, NodeKind
from aidevsecops_ext.formats.custody import Custody
from aidevsecops_ext.formats.elyra_nodes import custody_of
from aidevsecops_ext.formats.elyra_pipeline import primary_of
from aidevsecops_ext.formats.toml_text import tables_of, text_of
from tests.fakes.files import FakeFiles
from tests.kits.notebooks import notebook_text
from tests.kits.overlays import overlay_texts
from tests.kits.pipeline_projects import AICOE_CI, PipelineKit
from tests.kits.pipelines import document, node
from tests.kits.split_notebooks import CHURN, split_text

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json

FILES = (
    "# Churn",
    "## Load",
    ">import pandas as pd\nfrom helper import clean\nrows = clean(pd.read_csv('raw.csv'))",
    ">rows.to_csv('rows.csv')",
    "## Train",
    ">import os\nmodel = os.environ['KIND']\nopen('model.txt', 'w').write(model)",
    "## Say",
    ">print(pd.read_csv('rows.csv'), open('model.txt').read())",
)


@pytest.fixture
def kit() -> PipelineKit:
    """A notebook that was split, with an overlay for two of its steps."""
    kit = PipelineKit(FakeFiles({"w/raw.csv": "a", "w/helper.py": "def clean(x): return x"}))
    kit.split("w/churn.ipynb", split_text(FILES))
    kit.add_overlay("train")
    kit.add_overlay("load")
    return kit


def _nodes(kit: PipelineKit, *names: str, order: NodeOrder = NodeOrder.GIVEN) -> dict[str, Node]:
    found = kit.create(*names, order=order).document.pipeline.nodes
    return {each.name: each for each in found}


def _after(nodes: dict[str, Node]) -> dict[str, list[str]]:
    names = {each.id: each.name for each in nodes.values()}
    return {name: [names[id_] for id_ in each.upstream] for name, each in nodes.items()}


def test_steps_of_a_split_become_nodes(kit: PipelineKit) -> None:
    draft = kit.create("w/churn.ipynb")

    assert (draft.preview.path, draft.preview.state) == ("w/churn.pipeline", "created")
    nodes = {each.name: each for each in draft.document.pipeline.nodes}
    assert [*nodes] == ["load", "train", "say"]
    assert nodes["load"].file == "churn-load.ipynb"
    assert "raw.csv" in nodes["load"].dependencies
    assert "rows.csv" in nodes["load"].outputs
    assert nodes["train"].environment == {"KIND": ""}
    assert "rows.csv" not in nodes["say"].dependencies
    assert nodes["train"].image == "localhost/train:latest"
    assert nodes["say"].image == ""


def test_nodes_say_which_overlay_and_lock_they_come_from(kit: PipelineKit) -> None:
    content = kit.create("w/churn.ipynb").document.content

    found = {
        text_of(n, "id"): custody_of(n) for n in tables_of(primary_of(content), "nodes")
    }.values()
    custody = {each.step: each for each in found if each}
    assert custody["train"].notebook == "churn.ipynb"
    assert custody["train"].overlay == "../overlays/train"
    assert len(custody["train"].lock or "") == 64
    assert (custody["say"].overlay, custody["say"].lock) == (None, None)


def test_what_crosses_between_steps_is_an_output(kit: PipelineKit) -> None:
    kit.split("w/flow.ipynb", split_text(CHURN))

    nodes = _nodes(kit, "w/flow.ipynb")

    assert nodes["load"].outputs == ("artifacts/flow/load/*",)
    assert _after(nodes)["train"] == ["load"]


def test_images_are_those_of_the_newest_release(kit: PipelineKit) -> None:
    kit.files.texts[".aicoe-ci.yaml"] = AICOE_CI
    kit.tags = ("v1.2.0", "other", "v1.10.0")

    nodes = _nodes(kit, "w/churn.ipynb")

    assert nodes["train"].image == "registry.example/o/churn-train:v1.10.0"
    assert nodes["load"].image == "registry.example/o/a:v1.10.0"


@pytest.mark.parametrize("tags", [(), None])
def test_without_a_release_images_have_another_tag(
    kit: PipelineKit, tags: tuple[str, ...] | None
) -> None:
    kit.files.texts[".aicoe-ci.yaml"] = AICOE_CI
    kit.tags = tags

    draft = kit.create("w/churn.ipynb")

    images = {each.name: each.image for each in draft.document.pipeline.nodes}
    assert images["train"] == "registry.example/o/churn-train:latest"
    assert images["load"].startswith("registry.example/o/a:" if tags is not None else "localhost/")
    assert any("There is no release yet" in note for note in draft.notes)


def test_who_leaves_while_git_works_ends_it(
    kit: PipelineKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.files.texts[".aicoe-ci.yaml"] = AICOE_CI

    def cancelled(*_: object) -> None:
        raise CancelledError

    monkeypatch.setattr(PipelineKit, "git", cancelled)

    with pytest.raises(CancelledError):
        kit.create("w/churn.ipynb")


def test_a_node_without_overlay_has_the_image_that_is_named(kit: PipelineKit) -> None:
    draft = kit.create("w/churn.ipynb", image="example.org/o/base:v1")

    images = {each.name: each.image for each in draft.document.pipeline.nodes}
    assert images["say"] == "example.org/o/base:v1"
    assert not any("no overlay" in note for note in draft.notes)
    assert any("churn-say.ipynb has no overlay" in n for n in kit.create("w/churn.ipynb").notes)


def test_an_overlay_that_cannot_be_read_has_no_digest(kit: PipelineKit) -> None:
    kit.files.texts["overlays/train/Pipfile"] = "["

    content = kit.create("w/churn.ipynb").document.content

    custody = [custody_of(each) for each in tables_of(primary_of(content), "nodes")]
    assert [(c.overlay, c.lock) for c in custody if c and c.step == "train"] == [
        ("../overlays/train", None)
    ]


def test_notebooks_run_in_the_order_in_which_they_are_named(kit: PipelineKit) -> None:
    kit.files.texts |= {
        "a.ipynb": notebook_text(["# Clean\nopen('x.txt', 'w')"]),
        "B two.ipynb": notebook_text(["import os"]),
        "c.py": "print(open('x.txt').read())",
    }

    nodes = _nodes(kit, "B two.ipynb", "w/churn.ipynb", "a.ipynb", "c.py")

    assert _after(nodes) == {
        "b-two": [],
        "load": ["b-two"],
        "train": ["b-two"],
        "say": ["load", "train"],
        "a": ["say"],
        "c": ["a"],
    }
    assert nodes["c"].kind is NodeKind.PYTHON


def test_notebooks_run_by_the_files_that_they_use() -> None:
    kit = PipelineKit(
        FakeFiles(
            {
                "n/use.ipynb": notebook_text(["open('rows.csv').read()"]),
                "n/make.ipynb": notebook_text(["open('rows.csv', 'w')"]),
                "n/alone.ipynb": notebook_text(["print()"]),
            }
        )
    )

    nodes = _nodes(kit, "n/use.ipynb", "n/make.ipynb", "n/alone.ipynb", order=NodeOrder.FILES)

    assert _after(nodes) == {"use": ["make"], "make": [], "alone": []}


def test_notebooks_whose_files_are_not_all_known_stay_where_they_were_named() -> None:
    texts = {
        "n/use.ipynb": notebook_text(["open('rows.csv').read()"]),
        "n/unsure.ipynb": notebook_text(["open(str(__name__), 'w')"]),
        "n/alone.ipynb": notebook_text(["print()"]),
        "n/make.ipynb": notebook_text(["open('rows.csv', 'w')"]),
        "n/last.ipynb": notebook_text(["open('rows.csv'), open(str(__name__))"]),
        "n/end.ipynb": notebook_text(["open(str(__name__)).read()"]),
    }
    kit = PipelineKit(FakeFiles(texts))

    nodes = _nodes(kit, *texts, order=NodeOrder.FILES)

    # The first reads what the fourth writes, whatever the second does in between.
    assert _after(nodes) == {
        "use": ["make"],
        "unsure": ["use"],
        "alone": [],
        "make": [],
        "last": ["make", "unsure"],
        "end": ["last"],
    }
    notes = kit.create(*texts, order=NodeOrder.FILES).notes
    known_late = "n/unsure.ipynb uses files whose names are known only when it runs (cell 1)"
    assert any(note.startswith(known_late) for note in notes)


def test_a_folder_stands_for_its_notebooks(kit: PipelineKit) -> None:
    kit.files.texts["w/after.ipynb"] = notebook_text(["print()"])

    draft = kit.create("w")

    assert draft.preview.path == "w/w.pipeline"
    assert [each.name for each in draft.document.pipeline.nodes] == [
        "after",
        "load",
        "train",
        "say",
    ]


def test_the_root_becomes_a_pipeline_of_no_special_name() -> None:
    kit = PipelineKit(FakeFiles({"a.ipynb": notebook_text(["print()"])}))

    assert kit.create(".").preview.path == "pipeline.pipeline"


def test_equal_names_get_numbers() -> None:
    texts = {f"{folder}/a.ipynb": notebook_text(["print()"]) for folder in "xyz"}

    names = [*_nodes(PipelineKit(FakeFiles(texts)), "x/a.ipynb", "y/a.ipynb", "z/a.ipynb")]

    assert names == ["a", "a-2", "a-3"]


def test_a_step_that_is_named_itself_says_where_it_comes_from(kit: PipelineKit) -> None:
    custody = Custody("w/churn.ipynb", "", "train", "w/churn-train.ipynb")
    kit.files.texts |= overlay_texts(custody=custody)

    draft = kit.create("w/churn-train.ipynb", path="p/one")

    assert draft.preview.path == "p/one.pipeline"
    [raw] = tables_of(primary_of(draft.document.content), "nodes")
    found = custody_of(raw)
    assert found is not None
    assert (found.notebook, found.step) == ("../w/churn.ipynb", "train")
    assert found.overlay == "../overlays/train"
    assert draft.document.pipeline.nodes[0].file == "../w/churn-train.ipynb"


def test_an_overlay_is_found_by_the_kernel_too() -> None:
    kernel: Json = {"name": "train", "display_name": "T", "language": "python"}
    kit = PipelineKit(FakeFiles({"a.ipynb": notebook_text(["print()"], kernelspec=kernel)}))
    kit.add_overlay("train")

    assert _nodes(kit, "a.ipynb")["a"].image == "localhost/train:latest"


def test_an_overlay_of_pip_is_one_too() -> None:
    kernel: Json = {"name": "train", "display_name": "T", "language": "python"}
    texts = {
        "a.ipynb": notebook_text(["print()"], kernelspec=kernel),
        "overlays/train/requirements.in": "six",
        "overlays/bare/notes.txt": "",
    }

    assert _nodes(PipelineKit(FakeFiles(texts)), "a.ipynb")["a"].image == "localhost/train:latest"


def test_comments_begin_with_the_heading_of_a_notebook() -> None:
    texts = {"a.ipynb": split_text(("# All of it", ">print()"))}

    content = PipelineKit(FakeFiles(texts)).create("a.ipynb").document.content

    [comment] = tables_of(
        primary_of(content)["app_data"]["ui_data"],  # type: ignore[index,call-overload]
        "comments",
    )
    assert comment["content"] == "All of it\na.ipynb"


def test_code_that_cannot_be_read_becomes_a_node_with_a_note() -> None:
    kit = PipelineKit(
        FakeFiles({"a.r": "x <- 1", "b.ipynb": notebook_text([], language_info={"name": "R"})})
    )

    draft = kit.create("a.r", "b.ipynb")

    assert [each.kind for each in draft.document.pipeline.nodes] == [NodeKind.R, NodeKind.NOTEBOOK]
    assert any("b.ipynb: what it uses cannot be told" in note for note in draft.notes)


def test_who_leaves_while_code_is_read_ends_it() -> None:
    kit = PipelineKit(FakeFiles({"a.ipynb": notebook_text(["import six"])}))
    kit.cancel.cancel()

    with pytest.raises(CancelledError):
        kit.create("a.ipynb")


def test_a_notebook_that_changed_since_it_was_split_is_said(kit: PipelineKit) -> None:
    changed = split_text(tuple(cell.replace("raw.csv", "new.csv") for cell in FILES))
    kit.files.texts["w/churn.ipynb"] = changed

    assert any(
        "w/churn.ipynb gives other steps by now" in note
        for note in kit.create("w/churn.ipynb").notes
    )


def test_a_notebook_with_steps_that_are_missing_is_refused(kit: PipelineKit) -> None:
    del kit.files.texts["w/churn-say.ipynb"]

    with pytest.raises(NotFoundError) as caught:
        kit.create("w/churn.ipynb")

    assert caught.value.code is ErrorCode.SPLIT_NOT_MADE
    assert "w/churn-say.ipynb is missing" in caught.value.message


def test_files_of_unknown_names_are_said() -> None:
    kit = PipelineKit()
    cells = ("## One", ">name = input\nopen(name(), 'w')", "## Two", ">open(name()).read()")
    kit.split("a.ipynb", split_text(cells))

    notes = kit.create("a.ipynb").notes

    assert any("names are known only when it runs (cells 2, 4)" in note for note in notes)


def test_steps_may_be_in_a_folder_of_their_own() -> None:
    kit = PipelineKit()
    kit.split("w/churn.ipynb", split_text(CHURN), out="w/steps", has_module=True)

    draft = kit.create("w/churn.ipynb", path="w/other.pipeline", steps="w/steps")

    assert [each.file for each in draft.document.pipeline.nodes] == [
        "steps/churn-load.ipynb",
        "steps/churn-train.ipynb",
        "steps/churn-say.ipynb",
    ]
    assert not any("by now" in note for note in draft.notes)


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(UserError, match="neither a notebook nor a script"):
        PipelineKit().create("data.csv")


def test_names_lose_what_engines_do_not_take() -> None:
    names = ("Données brutes", "Später & mehr", "数据", "データ")
    kit = PipelineKit(FakeFiles({f"{name}.ipynb": notebook_text([]) for name in names}))

    draft = kit.create(*(f"{name}.ipynb" for name in names))

    assert [each.name for each in draft.document.pipeline.nodes] == [
        "donnees-brutes",
        "spater-mehr",
        "step",
        "step-2",
    ]


def test_nothing_named_is_refused() -> None:
    with pytest.raises(UserError, match="Nothing says"):
        PipelineKit().create()


def test_a_folder_without_notebooks_is_refused() -> None:
    with pytest.raises(NotFoundError, match="no notebook in x"):
        PipelineKit(FakeFiles({"x/a.txt": ""})).create("x")


def test_a_pipeline_that_was_made_elsewhere_is_only_added_to_by_force(kit: PipelineKit) -> None:
    kit.files.texts["w/churn.pipeline"] = json.dumps(document(node("mine")))

    with pytest.raises(RefusedError) as caught:
        kit.create("w/churn.ipynb")
    draft = kit.create("w/churn.ipynb", is_forced=True)

    assert caught.value.code is ErrorCode.PIPELINE_FOREIGN
    names = [each.name for each in draft.document.pipeline.nodes]
    assert names == ["mine", "load", "train", "say"]


def test_an_empty_pipeline_is_filled(kit: PipelineKit) -> None:
    kit.files.texts["w/churn.pipeline"] = json.dumps(document())

    assert len(kit.create("w/churn.ipynb").document.pipeline.nodes) == 3


def test_a_draft_is_written_once(kit: PipelineKit) -> None:
    draft = kit.create("w/churn.ipynb")

    assert write_draft(draft, None, kit.changes)
    again = kit.create("w/churn.ipynb")

    assert kit.files.texts["w/churn.pipeline"] == draft.document.text
    assert again.preview.state == "unchanged"
    assert not write_draft(again, again.preview.revision, kit.changes)


def test_a_draft_of_another_file_than_was_seen_is_not_written(kit: PipelineKit) -> None:
    with pytest.raises(ConflictError):
        write_draft(kit.create("w/churn.ipynb"), "other", kit.changes)
