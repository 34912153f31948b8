"""The page on which a package index lists the files of one package (PEP 503, 691, 700, 658)."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from msgspec.structs import replace

from ..domain.packages import IndexFile, IndexPage

if TYPE_CHECKING:
    from ..domain.json_value import Json

JSON_TYPE = "application/vnd.pypi.simple.v1+json"
ACCEPTED = f"{JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
# Python's parser of HTML begins anew at each sign that opens a tag which nothing closes.
_MOST_OPEN = 100


def read_page(text: str, content_type: str, address: str, page: IndexPage) -> IndexPage:
    """The ``page`` with the files that the text from that address lists.

    The package's name is spelled as there, where it says so.

    Raises:
        ValueError: it is no such page.
    """
    if "json" in content_type:
        return _read_json(text, address, page)
    if text.count("<", text.rfind(">") + 1) > _MOST_OPEN:
        raise ValueError("no HTML")
    reader = _Links(address)
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as error:
        # So does Python's parser of HTML refuse some declarations.
        raise ValueError("no HTML") from error
    return replace(page, files=tuple(reader.files))


def _read_json(text: str, address: str, known: IndexPage) -> IndexPage:
    try:
        page: Json = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    table = page if isinstance(page, dict) else {}
    files = table.get("files")
    if not isinstance(files, list):
        # The type is right, what it says is not.
        raise ValueError("no list of files")  # noqa: TRY004
    spelled = table.get("name")
    return IndexPage(
        spelled if isinstance(spelled, str) and spelled else known.name,
        known.index,
        tuple(_file(entry, address) for entry in files if isinstance(entry, dict)),
    )


def _file(entry: dict[str, Json], address: str) -> IndexFile:
    url = urljoin(address, _text(entry.get("url")) or "")
    yanked = entry.get("yanked")
    described = entry.get("core-metadata", entry.get("dist-info-metadata"))
    return IndexFile(
        name=_text(entry.get("filename")) or "",
        url=url,
        requires_python=_text(entry.get("requires-python")),
        yanked=yanked if isinstance(yanked, str) else "" if yanked is True else None,
        uploaded_at=_text(entry.get("upload-time")),
        metadata_url=f"{url}.metadata" if described else None,
    )


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) and value else None


class _Links(HTMLParser):
    """Collects the links of a page, each a file."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.files: list[IndexFile] = []
        self._address = address

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a link, or what relative ones start from."""
        options = dict(attrs)
        href = options.get("href")
        if tag == "base" and href:
            self._address = urljoin(self._address, href)
        if tag != "a" or not href:
            return
        url = urljoin(self._address, href).partition("#")[0]
        described = options.get("data-core-metadata", options.get("data-dist-info-metadata"))
        self.files.append(
            IndexFile(
                name=_file_name(url),
                url=url,
                requires_python=options.get("data-requires-python") or None,
                yanked=(options["data-yanked"] or "") if "data-yanked" in options else None,
                metadata_url=f"{url}.metadata" if described else None,
            )
        )


def _file_name(url: str) -> str:
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(url).path.rpartition("/")[2])
