"""Tests of signed requests, with the examples that Amazon publishes."""

from __future__ import annotations

from datetime import datetime

import pytest

from aidevsecops_ext.formats.s3_signature import StorageKeys, address_of, signed_headers

_KEYS = StorageKeys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
_ENDPOINT = "https://examplebucket.s3.amazonaws.com"


@pytest.mark.parametrize(
    ("query", "signature"),
    [
        ({"lifecycle": ""}, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        (
            {"prefix": "J", "max-keys": "2"},
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)
def test_signed_headers_are_those_that_are_published(query: dict[str, str], signature: str) -> None:
    url = address_of(_ENDPOINT, "", query)

    headers = signed_headers("GET", url, _KEYS, "us-east-1", datetime(2013, 5, 24))

    assert headers["Authorization"].endswith(f"Signature={signature}")
    assert headers["x-amz-date"] == "20130524T000000Z"


def test_address_of_spells_what_is_special() -> None:
    url = address_of("http://minio:9000/", "a bucket/ü+1.txt", {"prefix": "a/b c"})

    assert url == "http://minio:9000/a%20bucket/%C3%BC%2B1.txt?prefix=a%2Fb%20c"


def test_storage_keys_are_not_shown() -> None:
    assert "EXAMPLE" not in repr(_KEYS)
