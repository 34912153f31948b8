from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.verification import OutputDiff
from aidevsecops_ext.formats.output_html import diff_html
from aidevsecops_ext.formats.verification_page import verification_page
from aidevsecops_ext.formats.verification_report import report_json, verification_json
from tests.kits.outputs import error, result, shown, stream
from tests.kits.verifications import EMPTY, FOUND


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_answer_says_what_was_found_without_outputs() -> None:
    answer = verification_json(FOUND)

    assert (answer["verified"], answer["differences"], answer["seconds"]) == (False, 3, 12.346)
    assert isinstance(answer["cells"], list)
    assert answer["cells"][1] == {
        "name": "b",
        "step": "fit",
        "cell": 1,
        "outcome": "not-checkable",
        "message": "Varies.",
    }


def test_report_has_both_sides_of_what_is_not_the_same() -> None:
    report = json.loads(json.dumps(report_json(FOUND)))

    assert (report["verdict"], report["summary"]) == ("different", "It does <not>.")
    assert [("before" in one) for one in report["cells"]] == [False, True, True, True]
    assert report["variables"][0]["after"] == ["2"]
    assert report["runs"][0]["failure"] is None
    assert report["runs"][1]["failure"]["traceback"] == ["at <x>"]
    assert report["left_out"] == [{"cell": 5, "name": "import <os>", "reason": "Repeated."}]
    assert report["notes"] == ["data was <not> copied."]


def test_page_shows_what_differs_before_what_does_not() -> None:
    diffs = {2: (OutputDiff(stream("1"), stream("2"), {"text": (("-", "1"), ("+", "2"))}),)}

    page = verification_page(FOUND, diffs)

    assert page.index("Other &lt;x&gt;.") < page.index("Varies.") < page.index("a &lt;1&gt;")
    assert "<del>- 1</del>" in page
    assert "<ins>+ 2</ins>" in page
    assert "Cell 6: <code>import &lt;os&gt;</code>" in page
    assert "KeyError: x<details>" in page
    assert "data was &lt;not&gt; copied." in page


def test_page_is_whole_when_there_was_nothing_to_compare() -> None:
    page = verification_page(EMPTY, {})

    assert "Nothing." in page
    assert "Not compared" not in page
    assert "Variables</h2>" not in page


def test_page_runs_nothing_and_asks_nobody_when_outputs_are_hostile() -> None:
    evil = "<script>alert(1)</script><img src=http://x.example/a onerror=alert(1)>"
    data: dict[str, Json] = {
        "text/html": evil,
        "text/plain": evil,
        "image/svg+xml": f"<svg>{evil}</svg>",
        "image/png": '"><script>',
        "image/gif": "R0lG",
        "application/javascript": evil,
        "application/json": {"a": evil},
    }
    diff = OutputDiff(shown(data), error("E", evil), {"x": ((" ", evil),)})

    tags = Tags(verification_page(FOUND, {1: (diff,), 2: (OutputDiff("odd", None),)})).found

    names = {tag for tag, _ in tags}
    assert names & {"script", "iframe", "object", "embed", "link", "svg", "base", "form"} == set()
    sources = [attributes["src"] or "" for tag, attributes in tags if tag == "img"]
    assert len(sources) == 2
    assert all(source.startswith("data:image/") for source in sources)
    assert not [key for _, attributes in tags for key in attributes if key.startswith("on")]
    policy = next(a["content"] for t, a in tags if t == "meta" and "http-equiv" in a)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_outputs_stand_side_by_side() -> None:
    lines = (
        *((" ", "same\n"), ("-", "1\n"), ("-", "2\n"), ("+", "3\n")),
        *((" ", "end"), ("+", "new at 0x7f0000000000")),
    )

    found = diff_html((OutputDiff(stream("x"), result("y"), {"text": lines}),))

    left, right = found.split("</div><div>")[-2:]
    assert "  same\n<del>- 1</del><del>- 2</del>  end\n\n" in left
    assert "  same\n<ins>+ 3</ins>\n  end\n<ins>+ new at &lt;address&gt;</ins>" in right
    assert "<pre>y</pre>" in right


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (stream(["a", "b"]), "<pre>ab</pre>"),
        (stream("x" * 20_010), "… 10 characters more"),
        (shown({"image/png": "aGk=\n"}), 'src="data:image/png;base64,aGk="'),
        (shown({"text/html": "<b>x</b>"}), "<summary>text/html</summary><pre>&lt;b&gt;x"),
        ({"output_type": "display_data"}, "<div></div>"),
    ],
)
def test_output_is_shown_as_text_or_picture(output: Json, expected: str) -> None:
    assert expected in diff_html((OutputDiff(output, None),))


def test_nothing_is_shown_when_there_are_no_outputs() -> None:
    assert diff_html(()) == ""
