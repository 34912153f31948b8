from __future__ import annotations

from pathlib import Path

from .client import Client


async def test_examples_are_copied_into_a_new_folder_each_time(
    client: Client, jp_root_dir: Path
) -> None:
    first = await client.post("/examples", {})
    second = await client.post("/examples", {"folder": first.json["folder"]})

    assert (first.status, second.status) == (201, 201)
    assert first.json["folder"] == "aidevsecops-examples"
    assert first.json["problem"] == ""
    assert second.json["folder"] == "aidevsecops-examples/aidevsecops-examples"
    assert (jp_root_dir / second.json["notebook"]).is_file()
    assert (jp_root_dir / second.json["folder"] / ".git").is_dir()


async def test_examples_are_not_copied_when_there_is_no_such_folder(client: Client) -> None:
    answer = await client.post("/examples", {"folder": "nowhere"})

    assert (answer.status, answer.json["code"]) == (404, "notebook.not-found")
