"""The files around a model for Seldon: its environment, what is not built in, its deployment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from .toml_text import table_of, tables_of, text_of
from .yaml_values import read_in_c, refuse_repetition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json

IMAGE = "${SELDON_IMAGE_REPLACE}"
"""What a deployment has in place of its image; the pipeline puts the image there."""

S2I_IGNORE = """\
# What is not built into the image; patterns as in .gitignore.
.git
.ipynb_checkpoints
__pycache__
*.pyc
*.ipynb
artifacts
deploy
overlays
train.py
"""

_ASSIGNED = re.compile(r"^[ \t]*([A-Za-z_]\w*)=(.*)$", re.M)


def environment_of(model: str, old: str | None = None) -> str:
    """The settings that the image is built with; one that is there keeps all that it says."""
    wanted = {"MODEL_NAME": model, "API_TYPE": "REST", "SERVICE_TYPE": "MODEL", "PERSISTENCE": "0"}
    known = settings_of(old or "")
    end = "\r\n" if "\r\n" in (old or "") else "\n"
    text = old or ""
    if text and not text.endswith("\n"):
        text += end
    return text + "".join(f"{k}={v}{end}" for k, v in wanted.items() if k not in known)


def settings_of(text: str) -> dict[str, str]:
    """What a file of settings assigns."""
    return {match[1]: match[2].rstrip(" \t\r") for match in _ASSIGNED.finditer(text)}


def deployment_problems(text: str) -> tuple[str, ...]:
    """Sentences on what is wrong with a deployment, empty where its image can be put into it."""
    try:
        parser = (
            getattr(yaml, "CSafeLoader", yaml.SafeLoader) if read_in_c(text) else yaml.SafeLoader
        )
        for node in yaml.compose_all(text, parser):
            refuse_repetition(node)
        documents: list[Json] = list(yaml.load_all(text, parser))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return (f"it is neither YAML nor JSON ({str(error).splitlines()[0]})",)
    found = [
        document
        for document in documents
        if isinstance(document, dict) and text_of(document, "kind") == "SeldonDeployment"
    ]
    if not found:
        return ("it holds no SeldonDeployment",)
    return tuple(problem for document in found for problem in _problems(document))


def _problems(document: Mapping[str, Json]) -> Iterator[str]:
    spec = table_of(dict(document), "spec")
    predictors = tables_of(spec, "predictors")
    if not predictors:
        yield "it has no predictors"
        return
    containers = [
        container
        for predictor in predictors
        for component in tables_of(predictor, "componentSpecs")
        for container in tables_of(table_of(component, "spec"), "containers")
    ]
    if all(text_of(container, "image") != IMAGE for container in containers):
        yield f"no container has the image {IMAGE}, so that of the model is put nowhere"
    names = {text_of(container, "name") for container in containers}
    for predictor in predictors:
        name = text_of(table_of(predictor, "graph"), "name")
        if name not in names:
            yield f"its graph begins with '{name}', and no container is called so"
