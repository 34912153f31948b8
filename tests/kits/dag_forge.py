"""A GitHub on loopback with one repository of DAGs, which is a real one of git."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.kits.git_repo import GitRepo, make_repo
from tests.kits.loopback import Heard, Loopback, Said, serve

REPOSITORY, BRANCH = "example/dags", "main"


@dataclass
class DagForge:
    """What it lets in, and where its repository is."""

    token: str
    repo: GitRepo
    served: Loopback

    def answer(self, heard: Heard) -> Said:
        """As GitHub answers those who read a repository and its branch, and who create a file."""
        if heard.headers.get("authorization", "").split()[-1:] != [self.token]:
            return _said(401, {"message": "Bad credentials"})
        url = f"{self.served.url}/repos/{REPOSITORY}"
        rest = heard.path.removeprefix(f"/repos/{REPOSITORY}")
        if heard.method == "GET" and not rest:
            return _said(200, {"url": url, "full_name": REPOSITORY, "default_branch": BRANCH})
        if heard.method == "GET" and rest == f"/branches/{BRANCH}":
            return _said(200, {"name": BRANCH})
        if heard.method == "PUT" and rest.startswith("/contents/"):
            return self._create(rest.removeprefix("/contents/"), json.loads(heard.body), url)
        return _said(404, {"message": "Not Found"})

    def _create(self, path: str, asked: dict[str, Any], url: str) -> Said:
        text = base64.b64decode(asked["content"]).decode()
        commit = self.repo.commit(asked["message"], {path: text})
        content = {"path": path, "name": path, "url": f"{url}/contents/{path}", "type": "file"}
        return _said(201, {"content": content, "commit": {"sha": commit, "url": url}})


@contextmanager
def serve_dags(folder: Path, token: str) -> Iterator[DagForge]:
    """The forge until the block ends."""
    forge = DagForge(token, make_repo(folder, {"README.md": "DAGs\n"}), Loopback(""))
    with serve(forge.answer) as served:
        forge.served = served
        yield forge


def _said(status: int, value: dict[str, Any]) -> Said:
    return Said(status, json.dumps(value).encode(), {"Content-Type": "application/json"})
