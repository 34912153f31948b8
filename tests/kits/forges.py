"""Forges of every kind on this machine, and what asks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from aidevsecops_ext.adapters.forge_client import ForgeAccess, ForgeToken
from aidevsecops_ext.adapters.forge_gitea import GiteaForge
from aidevsecops_ext.adapters.forge_github import GithubForge
from aidevsecops_ext.adapters.forge_gitlab import GitlabForge
from aidevsecops_ext.app.forge_ports import Forge
from aidevsecops_ext.domain.forge import ForgeKind, ForgePlace
from tests.kits.forge_gitea import GITEA
from tests.kits.forge_github import GITHUB
from tests.kits.forge_gitlab import GITLAB
from tests.kits.forge_server import Dialect, FakeForge, serve_forge
from tests.kits.forge_state import TOKEN, bare_repository
from tests.kits.git_repo import make_repo

DIALECTS = (GITHUB, GITLAB, GITEA)
_CLIENTS: dict[ForgeKind, Callable[[ForgePlace, ForgeAccess], Forge]] = {
    ForgeKind.GITHUB: GithubForge,
    ForgeKind.GITLAB: GitlabForge,
    ForgeKind.GITEA: GiteaForge,
}


def make_app(folder: Path) -> Path:
    """A bare repository of one commit, with the tag v1.0.0 and the branches main and v1.1.0."""
    repo = make_repo(folder / "work", {"version.py": '__version__ = "1.0.0"\n'})
    repo.git("tag", "-a", "v1.0.0", "-m", "First")
    bare = bare_repository(folder)
    repo.git("push", "--quiet", bare.folder.as_uri(), "main", "main:refs/heads/v1.1.0", "v1.0.0")
    return bare.folder


@contextmanager
def serve_app(dialect: Dialect, folder: Path, app: Path) -> Iterator[FakeForge]:
    """A forge with a copy of that repository."""
    with serve_forge(dialect, folder / "forge", app) as served:
        yield served


def client_of(
    served: FakeForge, token: str | None = TOKEN, *, user: str = "", timeout: int = 20
) -> Forge:
    """The adapter for a forge that is served."""
    held = None if token is None else ForgeToken(token, user)
    access = ForgeAccess(lambda _cancel: held, timeout=timeout, pause=0.0)
    return _CLIENTS[served.dialect.kind](served.place, access)
