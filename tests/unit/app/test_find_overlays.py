"""Finding overlays by what a ``.thoth.yaml`` says of them."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.find_overlays import (
    FoundOverlays,
    OverlayChoice,
    can_be_overlay,
    find_overlays,
)
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError, OutsideFailedError
from aidevsecops_ext.domain.overlay import Overlay, OverlayStyle
from aidevsecops_ext.domain.recommendation import RecommendationType
from tests.fakes.files import FakeFiles

TWO = """
overlays_dir: overlays
runtime_environments:
  - name: training
    operating_system: {name: ubi, version: "8"}
    python_version: "3.8"
    recommendation_type: performance
  - name: rhel:8
"""
ALONE = """
runtime_environments:
  - {name: first, python_version: "3.9"}
  - {name: second, python_version: "3.10"}
"""
TRAINING = Overlay(
    "overlays/training",
    OverlayStyle.PIPENV,
    "training",
    "3.8",
    "x86_64-manylinux_2_28",
    RecommendationType.PERFORMANCE,
)


def found(
    *names: str,
    choice: OverlayChoice | None = None,
    thoth: str = TWO,
    also: tuple[str, ...] = (),
) -> FoundOverlays:
    texts = {
        ".thoth.yaml": thoth,
        "overlays/training/Pipfile": "",
        "overlays/rhel:8/requirements.in": "",
        "notebooks/a.ipynb": "",
        **dict.fromkeys(also, ""),
    }
    return find_overlays(names, FakeFiles(texts), choice)


def paths(result: FoundOverlays) -> list[str]:
    return [overlay.asked_path for overlay in result.overlays.values()]


def test_find_overlays_finds_those_that_the_file_names_when_the_root_is_named() -> None:
    result = found(".")

    assert result.overlays["overlays/training"] == TRAINING
    assert paths(result) == ["overlays/training/Pipfile", "overlays/rhel:8/requirements.in"]
    assert TRAINING.lock_path == "overlays/training/Pipfile.lock"
    assert result.overlays["overlays/rhel:8"].lock_path == "overlays/rhel:8/requirements.txt"
    assert result.problems == []
    assert result.failures == {}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["overlays"], ["overlays/training/Pipfile", "overlays/rhel:8/requirements.in"]),
        (["overlays/training"], ["overlays/training/Pipfile"]),
        (["overlays/training/Pipfile"], ["overlays/training/Pipfile"]),
        (["overlays/training/Pipfile.lock", "."], [
            "overlays/training/Pipfile", "overlays/rhel:8/requirements.in"
        ]),
        (["overlays/rhel:8/requirements.txt"], ["overlays/rhel:8/requirements.in"]),
        (["overlays/rhel:8/constraints.txt"], ["overlays/rhel:8/requirements.in"]),
        ([".thoth.yaml"], ["overlays/training/Pipfile", "overlays/rhel:8/requirements.in"]),
        (["notebooks"], []),
    ],
)  # fmt: skip
def test_find_overlays_keeps_to_what_is_named(names: list[str], expected: list[str]) -> None:
    assert paths(found(*names)) == expected


def test_find_overlays_takes_the_folder_of_the_file_when_there_is_no_overlays_dir() -> None:
    result = found(".", thoth=ALONE, also=("Pipfile",))

    (overlay,) = result.overlays.values()
    assert (overlay.asked_path, overlay.lock_path) == ("Pipfile", "Pipfile.lock")
    assert (overlay.environment, overlay.python_version) == ("first", "3.9")
    assert result.problems == [
        ".thoth.yaml: it names several environments, but no overlays_dir: "
        "Pipfile is locked for the first one."
    ]


def test_find_overlays_takes_the_chosen_environment_when_there_is_no_overlays_dir() -> None:
    chosen = found(".", thoth=ALONE, also=("Pipfile",), choice=OverlayChoice("second"))
    unknown = found(".", thoth=ALONE, also=("Pipfile",), choice=OverlayChoice("third"))

    assert [overlay.python_version for overlay in chosen.overlays.values()] == ["3.10"]
    assert chosen.problems == []
    assert unknown.overlays == {}


def test_find_overlays_finds_only_the_chosen_one_when_an_environment_is_chosen() -> None:
    assert paths(found(".", choice=OverlayChoice("training"))) == ["overlays/training/Pipfile"]


def test_find_overlays_finds_nothing_at_the_root_when_there_are_no_requirements() -> None:
    result = found(".", thoth=ALONE)

    assert (result.overlays, result.problems) == ({}, [])


def test_find_overlays_has_no_environment_when_the_file_names_none() -> None:
    result = found(".", thoth="host: a.example", also=("Pipfile",))

    assert result.overlays == {"": Overlay("")}


@pytest.mark.parametrize("null", ["null", "~", ""])
def test_find_overlays_takes_the_root_when_overlays_dir_is_null(null: str) -> None:
    result = found(".", thoth=f"overlays_dir: {null}", also=("Pipfile",))

    assert paths(result) == ["Pipfile"]


def test_find_overlays_finds_files_in_folders_below() -> None:
    files = {"deep/er/.thoth.yaml": TWO, "deep/er/overlays/training/Pipfile": ""}

    result = find_overlays(["deep"], FakeFiles(files))

    assert paths(result) == ["deep/er/overlays/training/Pipfile"]
    assert result.problems == [
        "deep/er/.thoth.yaml: the overlay 'rhel:8' has no Pipfile or requirements.in "
        "in deep/er/overlays/rhel:8."
    ]


def test_find_overlays_tells_of_a_pipfile_beside_overlays() -> None:
    result = found(".", also=("Pipfile",))

    assert "Pipfile" not in paths(result)
    assert result.problems == [
        ".thoth.yaml: there are requirements at its side, but overlays_dir is set: "
        "they are not locked."
    ]


def test_find_overlays_tells_of_an_overlay_without_environment_and_finds_it() -> None:
    result = found(".", "overlays", also=("overlays/extra/Pipfile", "overlays/notes/README.md"))

    assert result.overlays["overlays/extra"] == Overlay("overlays/extra")
    assert result.problems == [
        ".thoth.yaml: it does not name an environment for the overlay overlays/extra."
    ]


def test_find_overlays_takes_the_folder_itself_when_overlays_dir_is_a_dot() -> None:
    files = {".thoth.yaml": TWO.replace("overlays\n", ".\n"), "training/Pipfile": ""}

    result = find_overlays(["."], FakeFiles(files))

    assert paths(result) == ["training/Pipfile"]


@pytest.mark.parametrize(
    ("in_file", "chosen", "style"),
    [
        ("pipenv", None, OverlayStyle.PIPENV),
        ("pip-tools", None, OverlayStyle.PIP),
        ("pip", None, OverlayStyle.PIP),
        ("pipenv", "pip-compile", OverlayStyle.PIP),
        ("pip", "pipenv", OverlayStyle.PIPENV),
    ],
)
def test_find_overlays_follows_the_requirements_format_when_both_are_there(
    in_file: str, chosen: str | None, style: OverlayStyle
) -> None:
    result = found(
        "overlays/training",
        thoth=f"{TWO}\nrequirements_format: {in_file}\n",
        choice=OverlayChoice(None, chosen),
        also=("overlays/training/requirements.in",),
    )

    assert result.overlays["overlays/training"].style is style


@pytest.mark.parametrize("name", ["../elsewhere", "a/b"])
def test_find_overlays_refuses_names_that_lead_elsewhere(name: str) -> None:
    thoth = f"overlays_dir: overlays\nruntime_environments: [{{name: {name}}}]"

    result = found("overlays/a", thoth=thoth, also=("overlays/a/b/Pipfile", "elsewhere/Pipfile"))

    assert result.overlays == {}


def test_find_overlays_answers_the_error_when_a_file_is_not_yaml() -> None:
    result = found("overlays/training/Pipfile", ".", thoth="a: [")

    assert {path: error.code for path, error in result.failures.items()} == {
        ".thoth.yaml": ErrorCode.THOTH_YAML_INVALID
    }
    assert result.overlays == {}


def test_find_overlays_answers_the_error_when_a_file_cannot_be_read() -> None:
    error = OutsideFailedError(ErrorCode.NOTEBOOK_UNREADABLE, "No.")

    result = find_overlays(["."], FakeFiles({".thoth.yaml": ""}, {".thoth.yaml": error}))

    assert result.failures == {".thoth.yaml": error}


def test_find_overlays_takes_a_named_file_when_no_thoth_yaml_knows_it() -> None:
    files = FakeFiles({"a/Pipfile": "", "b/requirements.in": ""})

    result = find_overlays(["a/Pipfile", "b/requirements.txt"], files)

    assert paths(result) == ["a/Pipfile", "b/requirements.in"]


def test_find_overlays_fails_when_a_named_file_has_nothing_to_lock_beside_it() -> None:
    with pytest.raises(NotFoundError) as caught:
        find_overlays(["requirements.txt"], FakeFiles({"requirements.txt": ""}))

    assert "requirements.txt belongs to no requirements.in" in caught.value.message


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a", True), ("a/Pipfile", True), (".thoth.yaml", True), ("a/x.ipynb", False), ("*", False)],
)
def test_can_be_overlay_is_true_for_folders_and_files_of_overlays(
    name: str, expected: bool
) -> None:
    assert can_be_overlay(name, FakeFiles({"a/x.ipynb": ""})) is expected


def test_find_overlays_tells_of_a_folder_of_overlays_that_is_missing() -> None:
    result = find_overlays(["."], FakeFiles({".thoth.yaml": TWO}))

    assert result.overlays == {}
    assert result.problems == [".thoth.yaml: overlays_dir is 'overlays', which is no folder."]
