"""What a client of a forge needs of this machine before it asks anybody."""

from __future__ import annotations

import os

import pytest

from aidevsecops_ext.adapters import forge_client
from aidevsecops_ext.adapters.forge_client import ForgeAccess, ForgeToken
from aidevsecops_ext.adapters.forge_gitea import GiteaForge
from aidevsecops_ext.adapters.forge_github import GithubForge
from aidevsecops_ext.domain.errors import ErrorCode, ToolMissingError
from aidevsecops_ext.domain.forge import ForgeKind, ForgePlace
from tests.fakes.cancel import FakeCancelToken

CANCEL = FakeCancelToken()


@pytest.mark.parametrize("before", [None, "0"])
def test_client_that_is_not_installed_is_told_and_leaves_the_environment(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    seen: list[str | None] = []

    def missing(name: str) -> None:
        seen.append(os.environ.get("PYTHON_DOTENV_DISABLED"))
        raise ImportError(name)

    monkeypatch.setattr(forge_client, "import_module", missing)
    monkeypatch.delenv("PYTHON_DOTENV_DISABLED", raising=False)
    if before is not None:
        monkeypatch.setenv("PYTHON_DOTENV_DISABLED", before)
    place = ForgePlace(ForgeKind.GITEA, "https://git.example.org", "a/b")

    with pytest.raises(ToolMissingError) as caught:
        GiteaForge(place, ForgeAccess(lambda _cancel: None)).can_push(CANCEL)

    assert caught.value.code is ErrorCode.FORGE_NO_CLIENT
    # What .env files of others say is none of ours.
    assert seen == ["1"]
    assert os.environ.get("PYTHON_DOTENV_DISABLED") == before


def test_token_is_looked_up_once() -> None:
    asked: list[int] = []

    def find(_cancel: object) -> ForgeToken:
        asked.append(1)
        return ForgeToken("secret-word", "jo")

    place = ForgePlace(ForgeKind.GITHUB, "https://github.com", "a/b")
    forge = GithubForge(place, ForgeAccess(find))

    assert forge.has_credentials(CANCEL)
    assert forge.has_credentials(CANCEL)
    assert asked == [1]
    assert "secret" not in repr(ForgeToken("secret-word", "jo"))
