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


@pytest.mark.parametrize(
    "fetch",
    [
        "import httpx\ndef fetch():\n    return httpx.get('http://a.example').text",
        "def fetch():\n    import httpx\n    return httpx.get('http://a.example').text",
        "import httpx\ndef get():\n    return httpx.get('a')\ndef fetch():\n    return get()",
        "import httpx\nfetch = lambda: httpx.get('http://a.example').text",
    ],
)
def test_steps_keep_their_order_when_a_function_talks_for_them(fetch: str) -> None:
    found = plan(fetch, "a = fetch()", "b = 1", "c = [fetch() for _ in range(2)]")

    assert ("s1", "s3") in [(edge.source, edge.target) for edge in found.edges]
    warning = next(each for each in found.warnings if each.code.value == KEPT)
    assert (warning.cell, warning.line) == (3, 1)


def test_steps_keep_their_order_when_an_object_talks_for_them() -> None:
    api = "import httpx\nclass Api:\n    def get(self):\n        return httpx.get('http://a').text"

    found = plan(f"{api}\napi = Api()", "a = api.get()", "b = api.get()")

    assert ("s1", "s2") in [(edge.source, edge.target) for edge in found.edges]
    assert KEPT in codes_of(found)


@pytest.mark.parametrize(
    "other",
    [
        "!oc apply -f a.yaml",
        "!sudo /usr/bin/kubectl get pods",
        "!cd a && curl -d 1 http://b.example",
        "%%bash\nset -e\ncurl http://b.example",
        "%sql select 1",
        "import subprocess\nsubprocess.run(['kubectl', 'get', 'pods'])",
        "import os\nos.system('git push')",
        "import boto3\nboto3.client('s3').upload_file('a', 'b', 'c')",
        "from google.cloud import storage\nstorage.Client()",
        "import requests\nprint([requests.get(each) for each in 'ab'])",
        "import requests\nfor each in 'ab':\n    with requests.get(each) as r:\n        print(r)",
    ],
)
def test_steps_keep_their_order_when_the_other_talks_in_its_own_way(other: str) -> None:
    found = plan(POST, other)

    assert KEPT in codes_of(found)


@pytest.mark.parametrize(
    "other",
    [
        "print(1)",
        "import json\nprint(json.dumps({}))",
        "import urllib3\nurllib3.disable_warnings()",
        "import requests\nraise requests.exceptions.HTTPError('a')",
        "import requests\ndef fetch():\n    return requests.get('http://a.example')",
        "import requests\nprint(requests.__version__)",
        "import requests\nrequests = {}\nrequests.get('a')",
        "fetch = len\nprint(fetch([]))",
        "!pip install docker requests",
        "!echo curl",
        "import subprocess\nsubprocess.run(['echo', 'docker'])",
        "%time x = 1",
    ],
)
def test_steps_are_free_when_only_one_talks_to_a_service(other: str) -> None:
    found = plan(POST, other)

    assert found.edges == ()
    assert KEPT not in codes_of(found)


def test_steps_are_free_when_they_use_what_a_service_gave() -> None:
    found = plan("import requests\nr = requests.get('http://a').json()", "print(r)", "print(r[0])")

    assert [(edge.source, edge.target) for edge in found.edges] == [("s0", "s1"), ("s0", "s2")]
    assert KEPT not in codes_of(found)


def test_warning_says_so_when_steps_talk_to_services_in_turn() -> None:
    talks = "requests.get('http://a.example')"

    found = plan(
        (f"import requests\n{talks}", "step:s0"),
        (talks, "step:s1"),
        (talks, "step:s0"),
        (talks, "step:s2"),
    )

    [first, second] = [each for each in found.warnings if each.code.value == KEPT]
    assert [(edge.source, edge.target) for edge in found.edges] == [("s0", "s1"), ("s1", "s2")]
    assert (first.cell, "have both in one step" in first.message) == (1, True)
    assert (second.cell, "keep their order" in second.message) == (3, True)


def test_steps_run_in_the_order_in_which_they_talk_to_services() -> None:
    found = plan(
        ("import requests\nx = 1", "step:post"),
        ("requests.get('http://a.example')", "step:get"),
        ("requests.post('http://a.example', data=x)", "step:post"),
    )

    assert [step.name for step in found.steps] == ["get", "post"]
    assert [(edge.source, edge.target) for edge in found.edges] == [("get", "post")]


def test_steps_run_as_their_values_need_when_they_talk_in_another_order() -> None:
    found = plan(
        ("import requests\nx = [1]", "step:post"),
        ("requests.get('http://a.example', x)", "step:get"),
        ("requests.post('http://a.example', data=1)", "step:post"),
    )

    assert [step.name for step in found.steps] == ["post", "get"]
    assert "have both in one step" in found.warnings[-1].message
