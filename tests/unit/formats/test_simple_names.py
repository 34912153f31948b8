from __future__ import annotations

import json

import pytest

from aidevsecops_ext.formats.simple_names import NameReader

JSON = json.dumps(
    {
        "meta": {"api-version": "1.1"},
        "projects": [
            {"_last-serial": 3, "name": "Flask_Login"},
            {"name": "numpy"},
            {"name": "no name"},
            {"name": "zope.interface"},
        ],
    }
).encode()
HTML = b"""<!DOCTYPE html><html><body><h1>Simple index</h1>
<a href="/simple/flask-login/">Flask_Login</a><br/>
<a href='numpy/'> numpy </a>
<A HREF="x/">no name</A>
<a href="zope-interface/">zope.interface</a ></body></html>"""


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 10_000])
@pytest.mark.parametrize(("text", "is_json"), [(JSON, True), (HTML, False)])
def test_name_reader_finds_each_name_however_the_list_is_cut(
    text: bytes, is_json: bool, size: int
) -> None:
    reader = NameReader(is_json=is_json)

    found = [
        name
        for start in range(0, len(text), size)
        for name in reader.feed(text[start : start + size])
    ]

    assert found == ["flask-login", "numpy", "zope-interface"]
