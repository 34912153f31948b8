"""What earlier splits left behind, deleted or named."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.split import SplitCode
from tests.kits.split_notebooks import CHURN, split_text
from tests.kits.splits import SplitKit

FEWER = ("# Churn", ">import math\nlimit = 3", *CHURN[2:6])
SAY = "work/churn-say.ipynb"
OVERLAY = "overlays/say"
CI = "check: [overlays-build]\noverlays:\n  - name: web\n    build: {registry: quay.example}\n"


@pytest.fixture
def kit() -> SplitKit:
    """A notebook that was split into three steps with overlays, and has two now."""
    kit = SplitKit()
    kit.files.texts |= {"work/churn.ipynb": split_text(), ".aicoe-ci.yaml": CI}
    kit.apply(kit.request(overlays=True))
    kit.files.texts["work/churn.ipynb"] = split_text(FEWER)
    return kit


def left(kit: SplitKit) -> set[str]:
    """What is there of the step that is no more."""
    return {path for path in kit.files.texts if path == SAY or path.startswith(f"{OVERLAY}/")}


def test_prune_deletes_the_step_its_overlay_and_who_names_it(kit: SplitKit) -> None:
    request = kit.request(FEWER, overlays=True, prune=True)
    gone = left(kit)
    preview = kit.preview(request)

    made = kit.apply(request, digest=preview.digest)

    assert {file.path for file in preview.removals} == gone == set(made.deleted)
    assert len(gone) == 6
    assert left(kit) == set()
    assert kit.files.texts[".aicoe-ci.yaml"].count("name: ") == 3
    assert "name: say" not in kit.files.texts[".thoth.yaml"]
    assert "name: train" in kit.files.texts[".thoth.yaml"]
    assert (preview.warnings, made.notes) == ((), ())
    assert len(kit.changes.calls) == 2


def test_prune_changes_nothing_when_it_is_done_again(kit: SplitKit) -> None:
    request = kit.request(FEWER, overlays=True, prune=True)
    kit.apply(request)

    made = kit.apply(request)

    assert (made.written, made.deleted) == ((), ())


@pytest.mark.parametrize("done", range(7))
def test_prune_goes_on_where_an_earlier_one_was_broken_off(kit: SplitKit, done: int) -> None:
    request = kit.request(FEWER, overlays=True, prune=True)
    for file in kit.preview(request).removals[:done]:
        del kit.files.texts[file.path]

    kit.apply(request)

    assert left(kit) == set()


def test_split_names_what_it_leaves_when_it_is_not_asked_to_prune(kit: SplitKit) -> None:
    preview = kit.preview(kit.request(FEWER, overlays=True))

    made = kit.apply(kit.request(FEWER, overlays=True))

    assert [warning.code for warning in preview.warnings] == [SplitCode.LEFT_BEHIND] * 2
    assert [warning.message.split()[0] for warning in preview.warnings] == [SAY, OVERLAY]
    assert "--prune" in preview.warnings[0].message
    assert (preview.removals, made.deleted) == ((), ())
    assert len(left(kit)) == 6


def test_split_without_overlays_looks_for_none(kit: SplitKit) -> None:
    kit.files.texts[".thoth.yaml"] = "["

    preview = kit.preview(kit.request(FEWER))

    assert [warning.message.split()[0] for warning in preview.warnings] == [SAY]


def test_prune_keeps_a_step_that_was_edited_and_its_overlay(kit: SplitKit) -> None:
    kit.files.texts[SAY] = kit.files.texts[SAY].replace("print(", "repr(")
    request = kit.request(FEWER, overlays=True, prune=True)

    made = kit.apply(request)

    assert made.deleted == ()
    assert len(left(kit)) == 6
    assert "edited by hand, so it stays" in made.warnings[0].message
    assert "name: say" in kit.files.texts[".thoth.yaml"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("Pipfile", "[packages]", '[packages]\nsix = "*"'),
        ("Containerfile", "FROM", "# mine\nFROM"),
        ("requirements.txt", "# lock: sha256:", "# lock: sha256:00"),
        ("Pipfile", "[packages]", "["),
    ],
)
def test_prune_keeps_an_overlay_that_was_edited(
    kit: SplitKit, name: str, old: str, new: str
) -> None:
    path = f"{OVERLAY}/{name}"
    assert old in kit.files.texts[path]
    kit.files.texts[path] = kit.files.texts[path].replace(old, new)

    made = kit.apply(kit.request(FEWER, overlays=True, prune=True))

    assert made.deleted == (SAY,)
    assert [warning.message.split()[0] for warning in made.warnings] == [OVERLAY]
    assert "name: say" in kit.files.texts[".thoth.yaml"]


def test_prune_keeps_entries_that_were_edited_and_says_so(kit: SplitKit) -> None:
    thoth = kit.files.texts[".thoth.yaml"]
    kit.files.texts[".thoth.yaml"] = thoth.replace("- name: say", "- base_image: x\n    name: say")

    made = kit.apply(kit.request(FEWER, prune=True))

    assert len(made.deleted) == 6
    assert made.notes == (
        ".thoth.yaml still names say: these entries were edited, or cannot be taken out. Remove "
        "them by hand.",
    )
    assert "name: say" not in kit.files.texts[".aicoe-ci.yaml"]


def test_prune_takes_overlays_whose_step_somebody_deleted(kit: SplitKit) -> None:
    del kit.files.texts[SAY]

    made = kit.apply(kit.request(FEWER, overlays=True, prune=True))

    assert len(made.deleted) == 5
    assert left(kit) == set()


def test_prune_leaves_overlays_alone_that_are_of_others(kit: SplitKit) -> None:
    say = {name: text for name, text in kit.files.texts.items() if name.startswith(OVERLAY)}
    for other, (old, new) in {
        "theirs": ("work/churn.ipynb", "work/theirs.ipynb"),
        "whole": ("# step-notebook:", "# unknown:"),
        "elsewhere": (SAY, "steps/churn-say.ipynb"),
        "nobody": ("# notebook:", "# unknown:"),
        "binary": ("", ""),
    }.items():
        for name, text in say.items():
            kit.files.texts[name.replace("say", other)] = text.replace(old, new)
    kit.files.texts["steps/churn-say.ipynb"] = kit.files.texts[SAY]
    error = UserError(ErrorCode.NOTEBOOK_INVALID, "It is not UTF-8.")
    kit.files.errors["overlays/binary/Pipfile"] = error

    made = kit.apply(kit.request(FEWER, overlays=True, prune=True))

    assert all(path == SAY or path.startswith(f"{OVERLAY}/") for path in made.deleted)
    assert len(made.deleted) == 6


def test_prune_takes_files_of_an_overlay_as_far_as_they_are_there(kit: SplitKit) -> None:
    del kit.files.texts[f"{OVERLAY}/Containerfile"], kit.files.texts[".aicoe-ci.yaml"]

    made = kit.apply(kit.request(FEWER, overlays=True, prune=True))

    assert len(made.deleted) == 5


def test_prune_needs_no_overlays(kit: SplitKit) -> None:
    for path in [path for path in kit.files.texts if path.startswith("overlays/")]:
        del kit.files.texts[path]

    assert kit.apply(kit.request(FEWER, prune=True)).deleted == (SAY,)


LOAD, GONE = "work/artifacts/churn/load", "work/artifacts/churn/say"


def _manifest(step: str, *names: str) -> str:
    return json.dumps({"format": 3, "step": step, "names": dict.fromkeys(names, {})})


def _artifacts(kit: SplitKit) -> set[str]:
    return {path for path in kit.files.texts if "/artifacts/" in path}


def test_prune_deletes_what_steps_left_that_no_step_leaves_any_more(kit: SplitKit) -> None:
    for folder, step in ((LOAD, "load"), (GONE, "say"), ("work/artifacts/churn/train", "train")):
        kit.files.texts |= {
            f"{folder}/manifest.json": _manifest(step, "rows", "frame"),
            f"{folder}/values.json": "{}",
            f"{folder}/objects.pkl": "",
            f"{folder}/rows-memory.npy": "",
            f"{folder}/frame.parquet": "",
        }
    request = kit.request(FEWER, prune=True)
    preview = kit.preview(request)

    made = kit.apply(request, digest=preview.digest)

    assert {GONE, "work/artifacts/churn/train"} < set(made.deleted)
    assert {path.rpartition("/")[0] for path in _artifacts(kit)} == {LOAD}


def test_split_names_what_steps_left_when_it_is_not_asked_to_prune(kit: SplitKit) -> None:
    kit.files.texts[f"{GONE}/manifest.json"] = _manifest("say")

    made = kit.apply(kit.request(FEWER))

    assert [warning.message.split()[0] for warning in made.warnings] == [SAY, GONE]
    assert len(_artifacts(kit)) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"manifest.json": _manifest("other")},
        {"manifest.json": "["},
        {"manifest.json": "[]"},
        {"manifest.json": '{"step": "say"}'},
        {"manifest.json": _manifest("say"), "notes.txt": ""},
        {"manifest.json": _manifest("say"), "mine.npy": ""},
        {"manifest.json": _manifest("say"), "inner/mine.npy": ""},
        {"values.json": "{}"},
    ],
)
def test_prune_leaves_folders_alone_that_are_not_as_steps_write_them(
    kit: SplitKit, files: dict[str, str]
) -> None:
    kit.files.texts |= {f"{GONE}/{name}": text for name, text in files.items()}

    made = kit.apply(kit.request(FEWER, prune=True))

    assert GONE not in made.deleted
    assert len(_artifacts(kit)) == len(files)


def test_prune_keeps_what_an_edited_step_left_and_what_cannot_be_read(kit: SplitKit) -> None:
    kit.files.texts[SAY] = kit.files.texts[SAY].replace("print(", "repr(")
    kit.files.texts[f"{GONE}/manifest.json"] = _manifest("say")
    kit.files.texts["work/artifacts/churn/odd/manifest.json"] = ""
    error = UserError(ErrorCode.NOTEBOOK_INVALID, "It is not UTF-8.")
    kit.files.errors["work/artifacts/churn/odd/manifest.json"] = error

    assert kit.apply(kit.request(FEWER, prune=True)).deleted == ()
