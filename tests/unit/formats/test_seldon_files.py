"""The files around a model for Seldon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.formats.seldon_files import (
    IMAGE,
    S2I_IGNORE,
    deployment_problems,
    environment_of,
    settings_of,
)
from tests.kits.corpus import FOLDER, needs_corpus

DEPLOYMENT = {
    "kind": "SeldonDeployment",
    "spec": {
        "predictors": [
            {
                "graph": {"name": "model"},
                "componentSpecs": [
                    {"spec": {"containers": [{"name": "model", "image": IMAGE}]}},
                ],
            }
        ]
    },
}


def test_settings_are_those_that_the_builder_needs() -> None:
    assert environment_of("M") == "MODEL_NAME=M\nAPI_TYPE=REST\nSERVICE_TYPE=MODEL\nPERSISTENCE=0\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "# MODEL_NAME=Old\nAPI_TYPE=GRPC",
            "# MODEL_NAME=Old\nAPI_TYPE=GRPC\nMODEL_NAME=M\nSERVICE_TYPE=MODEL\nPERSISTENCE=0\n",
        ),
        (
            "MODEL_NAME=X \r\nAPI_TYPE=REST\r\nSERVICE_TYPE=ROUTER\r\n",
            "MODEL_NAME=X \r\nAPI_TYPE=REST\r\nSERVICE_TYPE=ROUTER\r\nPERSISTENCE=0\r\n",
        ),
    ],
)
def test_settings_that_are_there_stay(old: str, new: str) -> None:
    assert environment_of("M", old) == new
    assert environment_of("M", new) == new
    assert settings_of(new)["PERSISTENCE"] == "0"


def test_what_is_not_built_in_leaves_the_model() -> None:
    assert "*.ipynb" in S2I_IGNORE.splitlines()
    assert not any("pkl" in line or "sav" in line for line in S2I_IGNORE.splitlines())


@pytest.mark.parametrize("text", [json.dumps(DEPLOYMENT), f"a: 1\n---\n{json.dumps(DEPLOYMENT)}"])
def test_deployment_is_fine_when_the_image_can_be_put_into_it(text: str) -> None:
    assert deployment_problems(text) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[", "neither YAML nor JSON"),
        ("kind: Deployment", "holds no SeldonDeployment"),
        ("- 1", "holds no SeldonDeployment"),
        ("kind: SeldonDeployment", "has no predictors"),
        (json.dumps(DEPLOYMENT).replace(IMAGE, "other"), "no container has the image"),
        (json.dumps(DEPLOYMENT).replace('{"name": "model"}', '{"name": "x"}'), "begins with 'x'"),
    ],
)
def test_deployment_says_what_is_wrong(text: str, problem: str) -> None:
    [said] = deployment_problems(text)

    assert problem in said


@needs_corpus
def test_real_deployments_are_fine() -> None:
    found = sorted(Path(FOLDER).rglob("*_deployment.json"))

    assert found
    assert [deployment_problems(path.read_text()) for path in found] == [()] * len(found)
