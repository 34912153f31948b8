from __future__ import annotations

import pytest

from aidevsecops_ext.app.choose_target import choose_target, find_targets, recommended_by
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError, UserError
from aidevsecops_ext.domain.recommendation import RecommendationType
from aidevsecops_ext.domain.requirements import RequirementSet
from aidevsecops_ext.domain.target import Target, TargetChoice
from tests.fakes.files import FakeFiles

FILES = FakeFiles(
    {
        ".thoth.yaml": "runtime_environments: [{name: root, python_version: '3.9'}]",
        "a/.thoth.yaml": """
runtime_environments:
  - {name: training, python_version: 3.10, operating_system: {name: ubi, version: 8}}
  - {name: any}
""",
    }
)


def choose(choice: TargetChoice, path: str = "nb.ipynb", declared: str | None = None) -> Target:
    return choose_target(choice, path, RequirementSet(python_version=declared), FILES, "3.12")


@pytest.mark.parametrize(
    ("choice", "declared", "expected"),
    [
        (TargetChoice(), None, Target("3.12")),
        (TargetChoice(), "3.8", Target("3.8")),
        (TargetChoice(python_version="3.13"), "3.8", Target("3.13")),
        (TargetChoice(platform="linux"), "3.8", Target("3.8", "linux")),
        (TargetChoice(platform="x86_64-manylinux_2_28"), None,
         Target("3.12", "x86_64-manylinux_2_28")),
        (TargetChoice(is_universal=True), "3.8", Target("3.8", is_universal=True)),
        (TargetChoice(environment="root"), "3.8", Target("3.9", "linux")),
    ],
)  # fmt: skip
def test_choose_target_follows_the_precedence(
    choice: TargetChoice, declared: str | None, expected: Target
) -> None:
    assert choose(choice, declared=declared) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("training", Target("3.10", "x86_64-manylinux_2_28")),
        ("any", Target("3.8", "linux")),
    ],
)
def test_choose_target_takes_the_nearest_file(name: str, expected: Target) -> None:
    target = choose(TargetChoice(environment=name), "a/b/c/nb.ipynb", declared="3.8")

    assert target == expected


@pytest.mark.parametrize(
    "choice",
    [
        TargetChoice(environment="root", python_version="3.9"),
        TargetChoice(environment="root", platform="linux"),
        TargetChoice(environment="root", is_universal=True),
        TargetChoice(platform="linux", is_universal=True),
        TargetChoice(python_version="3.11.4"),
        TargetChoice(python_version="2.7"),
        TargetChoice(python_version="latest"),
        TargetChoice(platform="--index-url=https://index.example"),
        TargetChoice(platform="amiga"),
    ],
)
def test_choose_target_refuses_a_bad_choice(choice: TargetChoice) -> None:
    with pytest.raises(UserError) as caught:
        choose(choice)

    assert caught.value.code is ErrorCode.TARGET_INVALID


def test_choose_target_lists_the_known_environments_when_there_is_no_such_one() -> None:
    with pytest.raises(NotFoundError) as caught:
        choose(TargetChoice(environment="production"), "a/nb.ipynb")

    assert caught.value.code is ErrorCode.TARGET_UNKNOWN_ENVIRONMENT
    assert caught.value.details == {"environments": ["training", "any"], "path": "a/.thoth.yaml"}
    assert "training, any" in caught.value.hint


def test_choose_target_says_that_there_is_no_file() -> None:
    with pytest.raises(NotFoundError) as caught:
        choose_target(
            TargetChoice(environment="x"), "nb.ipynb", RequirementSet(), FakeFiles(), "3.12"
        )

    assert caught.value.details == {"environments": [], "path": None}


def test_find_targets_is_empty_when_there_is_no_file() -> None:
    known = find_targets("a/nb.ipynb", FakeFiles(), "3.12")

    assert known.path is None
    assert known.environments == ()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [(None, None), ("safe", RecommendationType.SECURITY), ("plain", None), ("absent", None)],
)
def test_recommended_by_is_what_the_chosen_environment_asks_for(
    environment: str | None, expected: RecommendationType | None
) -> None:
    text = "runtime_environments: [{name: plain}, {name: safe, recommendation_type: security}]"
    files = FakeFiles({".thoth.yaml": text})

    found = recommended_by(TargetChoice(environment=environment), "deep/nb.ipynb", files)

    assert found is expected
