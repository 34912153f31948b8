"""Files that name images of a repository by version: pipelines, manifests, metadata of Elyra.

Where they stand is found by the parser of YAML, which reads JSON too, and the texts are changed at
those places: every other byte stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode

from ..domain.versions import is_version
from .aicoe_ci_images import AICOE_CI, repository_of
from .image_name import parse_image
from .toml_text import invalid_file, is_shallow_json
from .yaml_values import read_in_c

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_SUFFIXES = (".pipeline", ".yaml", ".yml", ".json")
_JSON_SUFFIXES = (".pipeline", ".json")
# What lists have that people call their entries by.
_NAMES = ("label", "name")


class ImageReference(Struct, frozen=True):
    """Where a text names a version of an image: ``tag`` stands at ``start`` to ``end`` of it."""

    path: str
    repository: str
    tag: str
    start: int
    end: int


def may_name_images(path: str) -> bool:
    """True for a kind of file that may name images by version."""
    return path.endswith(_SUFFIXES)


def is_naming_any(path: str, text: str, repositories: Iterable[str]) -> bool:
    """True for a file that is worth to be understood for images of those repositories."""
    # The file of AICoE-CI has their names in parts.
    return path == AICOE_CI or any(repository in text for repository in repositories)


def references_in(
    path: str, text: str, repositories: Collection[str]
) -> tuple[ImageReference, ...]:
    """Where the file names a version of an image of those repositories, in its order.

    Found are names of images wherever they stand, ``newTag`` of kustomize, names of tags of
    ImageStreams, and ``custom-tag`` of ``.aicoe-ci.yaml``. A tag that is no version stays out.

    Raises:
        UserError: the file is neither YAML nor JSON.
    """
    # The parser of YAML takes no tabs; in JSON they stand between words only.
    plain = text.replace("\t", " ") if path.endswith(_JSON_SUFFIXES) else text
    try:
        # A mark at the beginning counts for the parser in Python alone.
        in_c = _can_read_in_c(path, plain) and not plain.startswith("\ufeff")
        parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader) if in_c else yaml.SafeLoader
        found = [
            reference
            for document in yaml.compose_all(plain, parser)
            for reference in _Walk(text, repositories).references(document)
        ]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise invalid_file(path, f"it is not YAML ({str(error).splitlines()[0]})") from error
    return tuple(sorted(found, key=lambda reference: reference.start))


def _can_read_in_c(path: str, text: str) -> bool:
    """True also for JSON of many brackets: how deep it is can be known."""
    is_json = path.endswith(_JSON_SUFFIXES) and is_shallow_json(text)
    return read_in_c(text, is_shallow=is_json)


def with_tags(text: str, tags: Mapping[ImageReference, str]) -> str:
    """The text with another tag at each of those places."""
    for reference in sorted(tags, key=lambda one: one.start, reverse=True):
        text = text[: reference.start] + tags[reference] + text[reference.end :]
    return text


class _Walk:
    """A way through the nodes of a document, each of which is visited once."""

    def __init__(self, text: str, repositories: Collection[str]) -> None:
        self._text = text
        self._repositories = repositories
        # An alias is the node itself: ten of them, ten deep, would take for ever.
        self._seen: set[int] = set()

    def references(self, node: Node | None, path: str = "") -> Iterator[ImageReference]:
        """All below a node."""
        if node is None or id(node) in self._seen:
            return
        self._seen.add(id(node))
        if isinstance(node, ScalarNode):
            image = parse_image(node.value)
            if image is not None and image.repository in self._repositories:
                yield from self._reference(path, image.repository, node, image.tag)
        elif isinstance(node, MappingNode):
            yield from self._beside(node, path)
            for key, value in node.value:
                yield from self.references(value, f"{path}/{_text(key)}".lstrip("/"))
        else:
            for number, entry in enumerate(node.value):
                yield from self.references(entry, f"{path}/{_name(entry) or number}".lstrip("/"))

    def _beside(self, node: MappingNode, path: str) -> Iterator[ImageReference]:
        """Tags that stand in a field of their own, beside the repository."""
        fields = _fields(node)
        for key, repository in (
            ("newTag", _text(fields.get("newName")) or _text(fields.get("name"))),
            ("custom-tag", repository_of({key: _text(value) for key, value in fields.items()})),
            ("name", _repository_from(fields.get("from"), _text(fields.get("name")))),
        ):
            tag = fields.get(key)
            if isinstance(tag, ScalarNode) and repository in self._repositories:
                yield from self._reference(f"{path}/{key}".lstrip("/"), repository, tag, tag.value)

    def _reference(
        self, path: str, repository: str, node: ScalarNode, tag: str
    ) -> Iterator[ImageReference]:
        start, end = node.start_mark.index, node.end_mark.index
        place = self._text.rfind(tag, start, end)
        if place >= 0 and is_version(tag):
            yield ImageReference(path, repository, tag, place, place + len(tag))


def _fields(node: MappingNode) -> dict[str, Node]:
    return {_text(key): value for key, value in node.value}


def _text(node: Node | None) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _name(node: Node) -> str:
    """What people call an entry of a list by."""
    if not isinstance(node, MappingNode):
        return ""
    fields = _fields(node)
    inner = fields.get("app_data")
    if isinstance(inner, MappingNode):
        fields = {**_fields(inner), **fields}
    return next((name for key in _NAMES if (name := _text(fields.get(key)))), "")


def _repository_from(source: Node | None, tag: str) -> str:
    """The repository of an ImageStream's tag that is called as that of its image."""
    image = (
        parse_image(_text(_fields(source).get("name"))) if isinstance(source, MappingNode) else None
    )
    return image.repository if image is not None and image.tag == tag else ""
