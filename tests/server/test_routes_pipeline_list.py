"""The route that lists pipelines, on real files."""

from __future__ import annotations

from aidevsecops_ext.server.backstage import Backstage
from tests.kits.pipelines import node, text

from .client import Client


async def test_pipelines_are_listed_with_what_a_face_shows(
    client: Client, backstage: Backstage
) -> None:
    (backstage.paths.root / "p.pipeline").write_text(text(node("a"), node("b", "a")))

    answer = await client.get("/pipelines")

    assert answer.status == 200
    (found,) = answer.json["pipelines"]
    assert found["path"] == "p.pipeline"
    assert [(each["name"], each["upstream"]) for each in found["nodes"]] == [
        ("a", []),
        ("b", ["a"]),
    ]
