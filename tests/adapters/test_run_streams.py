"""What cells print, as it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from aidevsecops_ext.adapters.notebook_run_child import joined_streams

RESULT: dict[str, Any] = {"output_type": "execute_result", "data": {}}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """What is printed to a stream."""
    return {"output_type": "stream", "name": name, "text": text}


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ([], []),
        ([stream("a"), stream("b\n")], [stream("ab\n")]),
        ([stream("a"), RESULT, stream("b")], [stream("ab"), RESULT]),
        ([stream("e", "stderr"), stream("o")], [stream("o"), stream("e", "stderr")]),
        (
            [stream("e", "stderr"), RESULT, stream("o")],
            [stream("e", "stderr"), RESULT, stream("o")],
        ),
        ([stream("10%"), stream("\r100%\r\nend\r\n")], [stream("100%\nend\n")]),
        ([stream("\r1\r2\r")], [stream("2")]),
    ],
)
def test_streams_are_joined(outputs: list[Any], expected: list[Any]) -> None:
    assert joined_streams(outputs) == expected


def test_long_lines_are_joined_at_once() -> None:
    outputs = [stream("x" * 1_000_000) for _ in range(5)]

    assert len(joined_streams(outputs)[0]["text"]) == 5_000_000
