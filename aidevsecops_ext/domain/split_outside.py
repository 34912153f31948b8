"""What steps do to the world outside: with whom they talk cannot be seen, so they keep their order.

Two requests to one service may depend on each other as two uses of one file do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .flow_facts import StatementKind
from .late_patterns import late_pattern
from .split import SplitCode, SplitWarning
from .split_file_calls import SHELLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .flow_facts import Statement
    from .split_cells import Placed
    from .split_edges import Edges

_MANY = 4096
"""Of so many functions it is kept whether they talk: a notebook calls few, and those often."""

_ROOTS_WORDS = (
    "aiobotocore aiohttp boto boto3 botocore cassandra confluent_kafka cx_Oracle docker "
    "elasticsearch ftplib gcsfs grpc httpx huggingface_hub ibm_boto3 imaplib kafka kubernetes "
    "minio mlflow mysql neo4j openshift oracledb paramiko pika poplib psycopg psycopg2 pymongo "
    "pymysql pyodbc redis requests s3fs slack_sdk smtplib snowflake socket telnetlib trino tweepy "
    "urllib3 wandb websocket websockets xmlrpc"
)
_ROOTS = frozenset(_ROOTS_WORDS.split())
_PARTS = ("azure.storage.", "google.cloud.", "http.client.", "urllib.request.urlopen")
_QUIET = late_pattern(
    r".*(?:\.disable_warnings|\.(?:adapters|exceptions?|utils?)\.[\w.]+|Error|Exception|Warning)"
)
_MAGICS = frozenset({"bigquery", "sql"})
_PROGRAMS = late_pattern(
    r"(?:^|[;&|(!]|\b(?:sudo|exec|then|do|else)\s|\(\s*(?:\[\s*)?[fr]?[\"'])[ \t]*(?:[\w.~-]*/)*"
    r"(?:aws|az|curl|docker|gcloud|gh|git\s+push|gsutil|helm|kubectl|mc|mongosh|mysql|oc|podman"
    r"|psql|redis-cli|s3cmd|scp|sftp|ssh|twine)(?=[\s\"'])",
    re.MULTILINE,
)


@lru_cache(_MANY)
def _is_outside(target: str) -> bool:
    """True for a function or a module that is there to talk to services."""
    is_known = target.partition(".")[0] in _ROOTS or target.startswith(_PARTS)
    return is_known and _QUIET.fullmatch(target) is None


def talking(statements: Iterable[Placed]) -> Iterator[Placed]:
    """Those statements that call a service, themselves or through functions of the notebook."""
    modules: set[str] = set()
    functions: set[str] = set()
    for placed in statements:
        statement = placed.statement
        calls = [call for call in statement.calls if _is_outside(call.target)]
        is_definition = statement.kind is StatementKind.DEFINITION
        if not is_definition and (
            False in [call.is_deferred for call in calls]
            or _runs_program(statement)
            or not functions.isdisjoint(statement.reads)
            or (modules and any(_is_unwritten(n, statement) for n in modules & statement.reads))
        ):
            yield placed
        if modules:
            modules -= statement.writes
        for each in statement.imports:
            if _is_outside(f"{each.target}."):
                modules.add(each.name)
        if functions:
            functions -= statement.writes
        if calls:
            functions |= statement.definitions


def _runs_program(statement: Statement) -> bool:
    """True for a magic or a command that talks to a service."""
    if statement.magics:
        is_service = any(each.name in _MAGICS for each in statement.magics)
        return is_service or _PROGRAMS.search(statement.source) is not None
    has_command = not SHELLS.isdisjoint([call.target for call in statement.calls])
    return has_command and _PROGRAMS.search(statement.source) is not None


def _is_unwritten(name: str, statement: Statement) -> bool:
    """True for a name that only the code reads which the statement runs."""
    return re.search(rf"\b{re.escape(name)}\b", statement.source) is None


def keep_order_outside(
    names: Sequence[str], statements: Iterable[Placed], edges: Edges
) -> Iterator[SplitWarning]:
    """Have each step that talks to a service run after the last that did; where, and why."""
    found: dict[int, list[tuple[int, int]]] = {}
    for placed in talking(statements):
        found.setdefault(placed.step, []).append((placed.cell, placed.statement.line))
    latest = ((-1, -1), -1)
    last: int | None = None
    for step, places in sorted(found.items()):
        first = min(places)
        if last is not None:
            what = (
                f"{names[step]} talks to a service, as {names[last]} does: whether that "
                "depends on each other cannot be seen, so they keep their order."
            )
            edges.add(last, step, what)
            if first < latest[0]:
                what = (
                    f"{names[step]} talks to a service before {names[latest[1]]} is done with it, "
                    "but runs after it: if that depends on each other, have both in one step."
                )
            yield SplitWarning(SplitCode.KEPT_ORDER, what, *first)
        latest = max(latest, (max(places), step))
        last = step
