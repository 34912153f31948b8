"""Tests of what object storage answers."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.stored_object import StoredObject
from aidevsecops_ext.formats.s3_answers import (
    ObjectList,
    StorageRefusal,
    read_list,
    read_refusal,
)

_LIST = """<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>steps</Name>
<Contents><Key>run-1/a.log</Key><LastModified>2026-11-21T17:00:00.000Z</LastModified>
<Size>12</Size></Contents><Contents><Key>run-1/b.csv</Key></Contents>
<NextContinuationToken>more</NextContinuationToken></ListBucketResult>"""


def test_read_list_gives_objects_and_where_the_list_goes_on() -> None:
    found = read_list(_LIST)

    first = StoredObject("run-1/a.log", 12, "2026-11-21T17:00:00.000Z")
    assert found == ObjectList((first, StoredObject("run-1/b.csv", 0)), "more")


@pytest.mark.parametrize("text", ["<html></html>", "not found", ""])
def test_read_list_refuses_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="it is no"):
        read_list(text)


def test_read_refusal_gives_code_and_region() -> None:
    text = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"

    assert read_refusal(text) == StorageRefusal("AuthorizationHeaderMalformed", "eu-west-1")
    assert read_refusal("<p>Sign in") == StorageRefusal("")
