"""What schemathesis has to know of our contract beside the OpenAPI document; it loads this file."""

from __future__ import annotations

from itertools import count
from typing import Any

import schemathesis  # type: ignore[import-not-found]  # in .venv-access alone

# Where more than the document can say has to fit: settings of an engine, by Elyra's rules; the
# reference of an image; files that have to be notebooks, scripts or folders; cells that there are.
_JUDGED_BY_CONTENT = frozenset(
    {
        "POST /pipelines",
        "POST /pipelines/drafts",
        "POST /runtime-images",
        "POST /runtimes",
        "POST /splits",
        "POST /splits/previews",
    }
)

_NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "requirements": {"packages": {"demo": "*"}, "source": [], "requires": {}},
    },
    "cells": [
        {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": "import demo"},
        {"cell_type": "code", "id": "b", "metadata": {}, "outputs": [], "source": "x = 1"},
    ],
}
_asked = count()


@schemathesis.hook  # type: ignore[untyped-decorator,unused-ignore]
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Send a real notebook in every other request that fits: what is generated is never one."""
    body = case.body
    if case.meta is None or not case.meta.generation.mode.is_positive or not isinstance(body, dict):
        return
    if "notebook" in body and next(_asked) % 2:
        case.body = {**body, "notebook": _NOTEBOOK, "path": "nb.ipynb"}


@schemathesis.check  # type: ignore[untyped-decorator,unused-ignore]
def fitting_request_is_not_called_unfit(_ctx: Any, response: Any, case: Any) -> None:
    """``request.invalid`` is for requests that the document refuses, and for no other."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if case.operation.label in _JUDGED_BY_CONTENT or response.status_code != 400:
        return
    code = response.json()["code"]
    assert code != "request.invalid", "a request that fits the document is answered request.invalid"
