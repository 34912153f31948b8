"""What steps do to the world outside: with whom they talk cannot be seen, so they keep their order.

Two requests to one service may depend on each other as two uses of one file do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .split import SplitCode, SplitWarning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .split_cells import Placed
    from .split_edges import Edges
    from .split_values import StepFacts

_ROOTS = frozenset(
    {"aiohttp", "boto3", "ftplib", "httpx", "kafka", "minio", "paramiko", "psycopg", "psycopg2"}
    | {"pymongo", "pymysql", "redis", "requests", "smtplib", "snowflake", "urllib3"}
)


def talks_outside(placed: Placed) -> bool:
    """True for a statement that calls a service, or defines what does."""
    return any(
        call.target.partition(".")[0] in _ROOTS or call.target == "urllib.request.urlopen"
        for call in placed.statement.calls
    )


def keep_order_outside(
    names: Sequence[str], steps: Sequence[StepFacts], edges: Edges
) -> Iterator[SplitWarning]:
    """Have each step that talks to a service run after the last that did; where, and why."""
    last: int | None = None
    for facts in steps:
        used = [each.placed for found in facts.calls.values() for each in found]
        places = [each for each in (*facts.statements, *used) if talks_outside(each)]
        if not places:
            continue
        if last is not None:
            what = (
                f"{names[facts.number]} talks to a service, as {names[last]} does: whether that "
                "depends on each other cannot be seen, so they keep their order."
            )
            edges.add(last, facts.number, what)
            statement = places[0].statement
            yield SplitWarning(SplitCode.KEPT_ORDER, what, places[0].cell, statement.line)
        last = facts.number
