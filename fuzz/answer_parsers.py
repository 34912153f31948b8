"""Readers of what programs and services answer: git-cliff, uv, thamos, indexes, storage, Elyra."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from packaging.version import Version

from aidevsecops_ext.adapters.git_settings import GitSettings
from aidevsecops_ext.domain.packages import IndexPage
from aidevsecops_ext.formats.elyra_runtime import read_runtime
from aidevsecops_ext.formats.git_cliff import entries_of
from aidevsecops_ext.formats.osv import advisory_of, affects, is_record, is_withdrawn, packages_of
from aidevsecops_ext.formats.requirements_txt import read_compiled
from aidevsecops_ext.formats.s3_answers import read_list, read_refusal
from aidevsecops_ext.formats.simple_page import read_page
from aidevsecops_ext.formats.thamos_report import read_failure as read_thamos_failure
from aidevsecops_ext.formats.thamos_report import read_line
from aidevsecops_ext.formats.thoth_advice import read_advice
from aidevsecops_ext.formats.uv_audit import read_answer
from aidevsecops_ext.formats.uv_needs import read_needs, specifier_of
from aidevsecops_ext.formats.uv_report import read_failure as read_uv_failure

from . import answer_seeds
from .parser import TRANSLATED, Parser

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json


def _read_osv(text: str) -> None:
    try:
        record: Json = json.loads(text)
    except (ValueError, RecursionError):
        return
    if is_record(record) and isinstance(record, dict):
        is_withdrawn(record)
        for name in (*packages_of(record), "numpy"):
            affects(record, name, Version("1.1"))
            advisory_of(record, name, "1.1")


def _read_uv(text: str) -> None:
    compiled = read_compiled(text)
    read_needs(text.split("\n"), compiled)
    specifier_of(text)


def _read_thamos(text: str) -> None:
    lines = text.split("\n")
    for line in lines:
        read_line(line)
    read_thamos_failure(lines)


def _read_index(text: str) -> None:
    for kind in ("application/vnd.pypi.simple.v1+json", "text/html"):
        page = IndexPage("demo", "https://index.example/simple", ())
        try:
            read_page(text, kind, "https://index.example/simple/demo/", page)
        except ValueError:
            continue


def _read_storage(text: str) -> None:
    read_refusal(text)
    read_list(text)


def _read_git_settings(text: str) -> None:
    settings = GitSettings(text)
    settings.remotes()
    settings.signing("commit.gpgsign")


ANSWER_PARSERS: Mapping[str, Parser] = {
    "osv": Parser(_read_osv, (answer_seeds.OSV,)),
    "git-cliff": Parser(entries_of, (answer_seeds.GIT_CLIFF,), TRANSLATED),
    "git-settings": Parser(_read_git_settings, ("core.bare\nfalse\0remote.o.url\nx\0y\0",)),
    "uv-compiled": Parser(_read_uv, (answer_seeds.COMPILED,)),
    "uv-failure": Parser(
        lambda text: read_uv_failure(text.split("\n")), (answer_seeds.UV_FAILURE,)
    ),
    "uv-audit": Parser(lambda text: read_answer(text, 1), (answer_seeds.UV_AUDIT,)),
    "thoth-advice": Parser(read_advice, (answer_seeds.ADVICE,), TRANSLATED),
    "thamos": Parser(_read_thamos, (answer_seeds.THAMOS,)),
    "index-page": Parser(_read_index, (answer_seeds.SIMPLE_JSON, answer_seeds.SIMPLE_HTML)),
    "storage": Parser(_read_storage, (answer_seeds.S3_LIST, answer_seeds.S3_ERROR), TRANSLATED),
    "runtime": Parser(lambda text: read_runtime(text, "a"), (answer_seeds.RUNTIME,), TRANSLATED),
}
