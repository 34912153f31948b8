"""What object storage answers: lists of objects, and why it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree  # noqa: S405 - expat limits what entities may grow to

from msgspec import Struct

from ..domain.stored_object import StoredObject

if TYPE_CHECKING:
    from collections.abc import Iterator


class ObjectList(Struct, frozen=True):
    """One page of a list; ``next_page`` continues it, empty at the end."""

    objects: tuple[StoredObject, ...]
    next_page: str = ""


class StorageRefusal(Struct, frozen=True):
    """Why storage refuses: its code, such as ``NoSuchBucket``; ``region`` is the one it is in."""

    code: str
    region: str = ""


def read_list(text: str) -> ObjectList:
    """The page of a list.

    Raises:
        ValueError: it is none.
    """
    root = _parsed(text)
    if _name(root) != "ListBucketResult":
        raise ValueError("it is no list of objects")
    found = tuple(
        StoredObject(_text(each, "Key"), int(_text(each, "Size") or 0), _text(each, "LastModified"))
        for each in _children(root, "Contents")
    )
    return ObjectList(found, _text(root, "NextContinuationToken"))


def read_refusal(text: str) -> StorageRefusal:
    """Why storage refuses; without a code where it does not say."""
    try:
        root = _parsed(text)
    except ValueError:
        return StorageRefusal("")
    return StorageRefusal(_text(root, "Code"), _text(root, "Region"))


def _parsed(text: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - as above
    except ElementTree.ParseError as error:
        raise ValueError("it is no XML") from error


def _name(element: ElementTree.Element) -> str:
    # Services differ in whether they name a namespace.
    return element.tag.rpartition("}")[2]


def _children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in element if _name(child) == name)


def _text(element: ElementTree.Element, name: str) -> str:
    return next((child.text or "" for child in _children(element, name)), "")
