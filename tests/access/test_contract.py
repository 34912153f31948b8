"""The OpenAPI document, the contract, held against a running server by schemathesis.

``make access`` asks far more, with another seed each time.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.contract import CONTRACT_PATH, load_contract
from tests.kits.git_repo import make_repo
from tests.kits.package_index import PackageIndex, serve
from tests.server.notebooks import make_notebook
from tests.server.real_server import TOKEN, RealServer

_ROOT = Path(__file__).parents[2]
_PROGRAM = _ROOT / ".venv-access" / "bin" / "schemathesis"
_PROJECT = '[project]\nname = "demo"\nversion = "1.0.0"\n'
# Examples of each operation, beside the edges of every field; and the seed, else a fixed one.
_EXAMPLES = int(os.environ.get("ACCESS_EXAMPLES", "2"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs_uv,
    pytest.mark.timeout(240 + 20 * _EXAMPLES),
    pytest.mark.skipif(
        not _PROGRAM.is_file(), reason="there is no .venv-access: make unit makes it"
    ),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RealServer]:
    """A server with notebooks and a repository, and an index that has one package."""
    index = PackageIndex(is_listed=True)
    index.add_wheel("demo", "1.0")
    with serve(index):
        root = tmp_path / "root"
        root.mkdir()
        text = json.dumps(make_notebook("import demo"))
        (root / "nb.ipynb").write_text(text, encoding="utf-8")
        make_repo(root / "demo", {"nb.ipynb": text, "pyproject.toml": _PROJECT})
        found = RealServer(tmp_path, index.simple_url)
        try:
            yield found
        finally:
            found.terminate()


def test_server_keeps_what_the_openapi_document_says(server: RealServer, tmp_path: Path) -> None:
    seed = os.environ.get("ACCESS_SEED")
    hooks = Path(__file__).with_name("contract_hooks.py")

    ended = subprocess.run(
        [
            *(_PROGRAM, "--config-file", Path(__file__).with_name("schemathesis.toml"), "run"),
            *(CONTRACT_PATH, f"--url={server.url}aidevsecops-ext", "--no-color"),
            f"--header=Authorization: token {TOKEN}",
            f"--max-examples={_EXAMPLES}",
            "--generation-deterministic" if seed is None else f"--seed={seed}",
            *("--continue-on-failure", "--request-timeout=60"),
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": str(hooks),
        },
        capture_output=True,
        text=True,
    )

    # What failed, with a command that shows it again.
    assert ended.returncode == 0, ended.stdout[-20_000:] + ended.stderr[-2_000:]
    count = sum(len(set(each) - {"parameters"}) for each in load_contract()["paths"].values())
    assert f"{count} selected / {count} total" in ended.stdout
