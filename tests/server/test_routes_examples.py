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


async def test_examples_go_into_a_folder_that_is_made(client: Client, jp_root_dir: Path) -> None:
    answer = await client.post("/examples", {"folder": "new/one"})

    assert (answer.status, answer.json["folder"]) == (201, "new/one/aidevsecops-examples")
    assert (jp_root_dir / answer.json["notebook"]).is_file()
