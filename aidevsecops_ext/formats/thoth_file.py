"""A notebook's ``thoth_config`` as the file ``.thoth.yaml``.

What is read leniently is written strictly: a Python version is a text, or YAML makes 3.1 of 3.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .thoth_yaml import read_thoth_yaml
from .yaml_values import yaml_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json


def thoth_yaml_text(config: Mapping[str, Json]) -> tuple[str, tuple[str, ...]]:
    """The file's text, and sentences on what is off in it."""
    # Here and not above: writing YAML is rare, and importing it costs every start.
    import yaml

    strict = {**config}
    environments = config.get("runtime_environments")
    if isinstance(environments, list):
        strict["runtime_environments"] = [_with_texts(entry) for entry in environments]
    text: str = yaml.safe_dump(strict, sort_keys=False, allow_unicode=True)
    return text, read_thoth_yaml(text).problems


def says_the_same(text: str, config: Mapping[str, Json]) -> bool:
    """True when a file's text holds that configuration, whatever it looks like.

    Raises:
        UserError: the text is not YAML, or not a table.
    """
    read_thoth_yaml(text)
    return yaml_value(thoth_yaml_text(config)[0]) == yaml_value(text)


def _with_texts(environment: Json) -> Json:
    version = environment.get("python_version") if isinstance(environment, dict) else None
    if not isinstance(environment, dict) or isinstance(version, str | None):
        return environment
    return {**environment, "python_version": str(version)}
