from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.packages import IndexFile, IndexPage
from aidevsecops_ext.formats.simple_page import JSON_TYPE, read_page

ADDRESS = "https://index.example/simple/holey/"
EMPTY = IndexPage("holey", "https://index.example/simple", ())
HTML = """<!DOCTYPE html><html><head><base href="https://files.example/x/"></head><body>
<a href="holey-1.0.tar.gz#sha256=ab">holey-1.0.tar.gz</a>
<a href="/y/holey-1.1-py3-none-any.whl#sha256=cd" data-requires-python="&gt;=3.9"
   data-yanked="It is broken." data-core-metadata="sha256=ef">holey-1.1-py3-none-any.whl</a>
<a href="holey-1.2%2Bcu1-py3-none-any.whl" data-yanked>holey</a><a>nothing</a>
</body></html>"""


def test_read_page_reads_html() -> None:
    page = read_page(HTML, "text/html; charset=utf-8", ADDRESS, EMPTY)

    wheel = "https://files.example/y/holey-1.1-py3-none-any.whl"
    assert (page.name, page.index) == ("holey", "https://index.example/simple")
    assert page.files == (
        IndexFile("holey-1.0.tar.gz", "https://files.example/x/holey-1.0.tar.gz"),
        IndexFile(
            "holey-1.1-py3-none-any.whl",
            wheel,
            ">=3.9",
            "It is broken.",
            metadata_url=f"{wheel}.metadata",
        ),
        IndexFile(
            "holey-1.2+cu1-py3-none-any.whl",
            "https://files.example/x/holey-1.2%2Bcu1-py3-none-any.whl",
            yanked="",
        ),
    )


def test_read_page_reads_json() -> None:
    text = json.dumps(
        {
            "name": "Holey",
            "files": [
                {
                    "filename": "holey-1.0-py3-none-any.whl",
                    "url": "../../files/holey-1.0-py3-none-any.whl",
                    "requires-python": ">=3.9",
                    "yanked": "Broken.",
                    "upload-time": "2026-01-02T03:04:05Z",
                    "core-metadata": {"sha256": "ab"},
                },
                {"filename": "holey-1.1.tar.gz", "url": "https://f.example/a", "yanked": True},
                {"filename": "holey-1.2.tar.gz", "url": "b", "yanked": False},
                "no file",
            ],
        }
    )

    page = read_page(text, JSON_TYPE, ADDRESS, EMPTY)

    wheel = "https://index.example/files/holey-1.0-py3-none-any.whl"
    assert page.name == "Holey"
    assert page.files == (
        IndexFile(
            "holey-1.0-py3-none-any.whl",
            wheel,
            ">=3.9",
            "Broken.",
            "2026-01-02T03:04:05Z",
            f"{wheel}.metadata",
        ),
        IndexFile("holey-1.1.tar.gz", "https://f.example/a", yanked=""),
        IndexFile("holey-1.2.tar.gz", f"{ADDRESS}b"),
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}'])
def test_read_page_refuses_when_it_is_no_page(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        read_page(text, JSON_TYPE, ADDRESS, EMPTY)
