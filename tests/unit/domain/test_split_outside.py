"""Steps that talk to services keep the order of the notebook, and say why."""

from __future__ import annotations

import pytest

from tests.kits.plans import codes_of, plan

POST = "import requests\nrequests.post('http://a.example', data=b'1')"
KEPT = "order.kept"


def test_steps_keep_their_order_when_both_talk_to_a_service() -> None:
    found = plan(POST, "x = 1", "import urllib.request as r\ny = 2\nprint(r.urlopen('http://b'))")

    [edge] = found.edges
    [warning] = found.warnings
    assert (edge.source, edge.target, edge.names) == ("s0", "s2", ())
    assert edge.reasons == (warning.message,)
    assert (warning.code.value, warning.cell, warning.line) == (KEPT, 2, 3)


def test_steps_keep_their_order_when_a_function_talks_for_them() -> None:
    fetch = "import httpx\ndef fetch():\n    return httpx.get('http://a.example').text"

    found = plan(fetch, "a = fetch()", "b = fetch()")

    assert ("s1", "s2") in [(edge.source, edge.target) for edge in found.edges]
    assert KEPT in codes_of(found)


@pytest.mark.parametrize("other", ["print(1)", "import json\nprint(json.dumps({}))"])
def test_steps_are_free_when_only_one_talks_to_a_service(other: str) -> None:
    found = plan(POST, other)

    assert found.edges == ()
    assert KEPT not in codes_of(found)
