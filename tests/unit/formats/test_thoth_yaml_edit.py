"""Environments for overlays in ``.thoth.yaml``, and their builds in ``.aicoe-ci.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from aidevsecops_ext.formats.aicoe_ci_yaml import (
    OverlayBuild,
    is_checking_overlays,
    with_overlay_builds,
    without_overlay_builds,
)
from aidevsecops_ext.formats.thoth_yaml import read_thoth_yaml
from aidevsecops_ext.formats.thoth_yaml_edit import (
    OverlayEnvironment,
    base_image_of,
    environments_without_overlays,
    is_thoth_name,
    new_thoth_yaml,
    with_environments,
    without_environments,
)
from tests.kits.corpus import FOLDER, needs_corpus

TRAIN = OverlayEnvironment("train", "3.10")
OLD = """\
host: thoth.example  # ours
requirements_format: pipenv

runtime_environments:
  - name: rhel
    operating_system: {name: rhel, version: "8"}
    python_version: '3.8'
    unknown: [kept]
managers: []
"""


def test_environments_that_were_made_here_are_taken_out_again() -> None:
    written = with_environments(OLD, "overlays", (TRAIN, OverlayEnvironment("x", "3.9", "rhel")))

    edited, kept = without_environments(written, {"train", "x", "rhel", "unknown"})

    assert edited == OLD.replace("pipenv\n", "pipenv\noverlays_dir: overlays\n")
    assert kept == ("rhel",)


def test_environments_stay_when_they_cannot_be_taken_out() -> None:
    text = "runtime_environments: [{name: train}]\n"

    assert without_environments(text, {"train"}) == (text, ("train",))
    assert without_environments("host: x\nruntime_environments: [1]\n", {"train"})[1] == ()


def test_builds_that_were_made_here_are_taken_out_again() -> None:
    text = "overlays_dir: overlays\noverlays:\n  - name: old\n    build: {image: x}\n"
    written = with_overlay_builds(text, "overlays", [OverlayBuild("a", "n-a")])

    assert without_overlay_builds(written, {"a"}) == (text, ())
    assert without_overlay_builds(written, {"a", "old"}) == (text, ("old",))
    assert without_overlay_builds("check: []\n", {"a"}) == ("check: []\n", ())


@pytest.mark.parametrize(
    "overlays", ["[{name: a, build: {registry: x}}]", "[{name: a}]", "[{name: a, x: 1, build: {}}]"]
)
def test_builds_stay_when_they_are_not_as_they_were_made(overlays: str) -> None:
    text = f"overlays: {overlays}\n"

    assert without_overlay_builds(text, {"a"}) == (text, ("a",))


def test_file_is_edited_where_it_has_to_be() -> None:
    edited = with_environments(OLD, "overlays", (TRAIN, OverlayEnvironment("x", "3.9", "rhel")))

    assert edited == OLD.replace(
        "pipenv\n", "pipenv\noverlays_dir: overlays\n"
    ).replace(
        "managers",
        '  - name: train\n    python_version: "3.10"\n    recommendation_type: latest\n'
        "  - name: x\n    operating_system:\n      name: rhel\n      version: \"8\"\n"
        '    python_version: "3.9"\n    recommendation_type: latest\nmanagers',
    )  # fmt: skip
    assert with_environments(edited, "overlays", (TRAIN,)) == edited


def test_environment_that_is_there_gets_the_python_alone() -> None:
    edited = with_environments(OLD, "overlays", (OverlayEnvironment("rhel", "3.9"),))

    assert "python_version: '3.9'" in edited
    assert edited.count("- name:") == 1


@pytest.mark.parametrize("like", ["gone", "odd"])
def test_environment_has_no_system_when_the_other_has_none(like: str) -> None:
    text = "runtime_environments:\n- name: odd\n  operating_system: {name: ~, version: '8'}\n- 5\n"

    edited = with_environments(text, "o", (OverlayEnvironment("x", "3.9", like),))

    assert edited.endswith('- name: x\n  python_version: "3.9"\n  recommendation_type: latest\n')


@pytest.mark.parametrize("host", ["", "thoth.example"])
def test_new_file_is_what_thoth_requires(host: str) -> None:
    text = new_thoth_yaml(host, "overlays", (TRAIN, OverlayEnvironment("plot", "3.10")))

    document = yaml.safe_load(text)
    found = read_thoth_yaml(text)
    assert document["host"] == host
    assert (found.overlays_dir, found.problems) == ("overlays", ())
    assert [e.name for e in found.environments] == ["train", "plot"]
    assert found.environments[0].python_version == "3.10"


def test_environments_lose_the_root_when_overlays_come() -> None:
    assert environments_without_overlays(OLD) == ("rhel",)
    assert environments_without_overlays("overlays_dir: o\n") == ()
    assert environments_without_overlays("runtime_environments: [{name: ~}, 5]\n") == ()


def test_names_are_those_that_thoth_allows() -> None:
    assert is_thoth_name("a_b-1")
    assert not is_thoth_name("a.b")


@pytest.mark.parametrize(
    ("said", "image"),
    [
        ("quay.example/o/i:v1@sha256:ab", "quay.example/o/i:v1@sha256:ab"),
        ('"a\\nRUN x"', None),
        ("~", None),
    ],
)
def test_base_image_is_one_or_none(said: str, image: str | None) -> None:
    text = f"runtime_environments:\n- name: t\n  base_image: {said}\n"

    assert base_image_of(text, "t") == image
    assert base_image_of(text, "other") is None


BUILDS = """\
check: [overlays-build]
overlays:
- 5
- name: load
  build:
    build-stratergy: Source   # as the system spells it
    registry: quay.example
    registry-org: us
    registry-project: load
    registry-secret: key
"""


def test_builds_go_to_where_the_others_go() -> None:
    edited = with_overlay_builds(
        BUILDS, "overlays", (OverlayBuild("load", "x"), OverlayBuild("train", "nb-train"))
    )

    assert edited == (
        f"{BUILDS}- name: train\n  build:\n    build-stratergy: Containerfile\n"
        "    registry: quay.example\n    registry-org: us\n    registry-project: nb-train\n"
        "    registry-secret: key\n"
    )
    assert is_checking_overlays(edited)


@pytest.mark.parametrize("text", ["check:\n", "build:\n  registry: r\n", "overlays: ~\n"])
def test_builds_are_added_when_there_are_none(text: str) -> None:
    edited = with_overlay_builds(text, "envs", (OverlayBuild("train", "nb-train"),))

    document = yaml.safe_load(edited)
    assert document["overlays_dir"] == "envs"
    assert document["overlays"][0]["build"]["registry-project"] == "nb-train"
    assert document["overlays"][0]["build"].get("registry") == ("r" if "build" in text else None)
    assert not is_checking_overlays(edited)


def test_builds_that_are_there_leave_the_file_alone() -> None:
    assert with_overlay_builds(BUILDS, "envs", (OverlayBuild("load", "x"),)) == BUILDS


@needs_corpus
def test_real_files_gain_lines_and_lose_none() -> None:
    for file in Path(FOLDER).rglob(".thoth.yaml"):
        old = file.read_text()
        new = with_environments(old, "overlays", (TRAIN,))
        assert [line for line in new.splitlines() if line not in old.splitlines()]
        assert _is_within(old.splitlines(), new.splitlines())
    for file in Path(FOLDER).rglob(".aicoe-ci.yaml"):
        old = file.read_text()
        new = with_overlay_builds(old, "overlays", (OverlayBuild("train", "p"),))
        assert _is_within(old.splitlines(), new.splitlines())


def _is_within(old: list[str], new: list[str]) -> bool:
    left = iter(new)
    return all(line in left for line in old)
