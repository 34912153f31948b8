"""Tokens for forges: each goes to the host that it is meant for, and to no other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.adapters.forge_client import ForgeToken
from aidevsecops_ext.adapters.forge_credentials import ForgeCredentials
from aidevsecops_ext.adapters.forge_variables import named_forges, token_in
from aidevsecops_ext.adapters.forges import OgrForges
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.forge import ForgeKind, ForgePlace
from aidevsecops_ext.formats.forge_address import KnownForge
from tests.fakes.cancel import FakeCancelToken
from tests.kits.forge_github import GITHUB
from tests.kits.forge_server import FakeForge
from tests.kits.forge_state import TOKEN
from tests.kits.forges import serve_app
from tests.kits.git_repo import GitRepo, make_repo

CANCEL = FakeCancelToken()
KINDS = {
    "https://github.com": ForgeKind.GITHUB,
    "https://gitlab.com": ForgeKind.GITLAB,
    "https://codeberg.org": ForgeKind.GITEA,
    "https://git.example.org": ForgeKind.GITEA,
    "https://hub.example.org": ForgeKind.GITHUB,
    "https://lab.example.org:8443": ForgeKind.GITLAB,
}


def _places_with_token(environment: dict[str, str]) -> dict[str, str]:
    """The token that each forge would get, where there is one."""
    found = {
        url: token_in(environment, ForgePlace(kind, url, "a/b")) for url, kind in KINDS.items()
    }
    return {url: token for url, token in found.items() if token is not None}


@pytest.mark.parametrize(
    ("environment", "tokens"),
    [
        ({}, {}),
        ({"GITHUB_TOKEN": "t"}, {"https://github.com": "t"}),
        ({"GITHUB_TOKEN": "t", "GH_TOKEN": "g"}, {"https://github.com": "g"}),
        ({"GH_TOKEN": "g", "GH_HOST": "hub.example.org"}, {"https://hub.example.org": "g"}),
        (
            {"GITHUB_TOKEN": "t", "GITHUB_SERVER_URL": "https://hub.example.org"},
            {"https://hub.example.org": "t"},
        ),
        ({"GITLAB_TOKEN": "t"}, {"https://gitlab.com": "t"}),
        (
            {"GITLAB_TOKEN": "t", "CI_SERVER_URL": "https://lab.example.org:8443"},
            {"https://lab.example.org:8443": "t"},
        ),
        ({"GITLAB_TOKEN": "t", "GITLAB_HOST": "lab.example.org"}, {}),
        ({"GITEA_TOKEN": "t", "FORGEJO_TOKEN": "f"}, {}),
        (
            {"GITEA_TOKEN": "t", "GITEA_SERVER_URL": "https://git.example.org/"},
            {"https://git.example.org": "t"},
        ),
        (
            {"FORGEJO_TOKEN": " f ", "FORGEJO_URL": "codeberg.org"},
            {"https://codeberg.org": "f"},
        ),
        # A job of Gitea has its own address and token in the variables of GitHub.
        (
            {
                "GITEA_ACTIONS": "true",
                "GITHUB_TOKEN": "t",
                "GITHUB_SERVER_URL": "https://git.example.org",
            },
            {"https://git.example.org": "t"},
        ),
        ({"GH_TOKEN": "g", "GH_HOST": "ftp://x"}, {}),
    ],
)
def test_token_of_the_environment_is_for_one_host(
    environment: dict[str, str], tokens: dict[str, str]
) -> None:
    assert _places_with_token(environment) == tokens


def test_environment_names_forges() -> None:
    environment = {
        "GH_HOST": "hub.example.org",
        "CI_SERVER_URL": "https://lab.example.org:8443",
        "FORGEJO_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://git.example.org",
    }

    assert named_forges(environment) == (
        KnownForge("https://hub.example.org", ForgeKind.GITHUB),
        KnownForge("https://lab.example.org:8443", ForgeKind.GITLAB),
        KnownForge("https://git.example.org", ForgeKind.GITEA),
    )


@pytest.fixture
def repo(bare_git: None, tmp_path: Path) -> GitRepo:
    del bare_git
    return make_repo(tmp_path / "work", {"a.txt": "a\n"})


@pytest.fixture
def forge(tmp_path: Path, app: Path) -> Iterator[FakeForge]:
    with serve_app(GITHUB, tmp_path / "served", app) as served:
        yield served


def _store(repo: GitRepo) -> None:
    """A credential helper that keeps what it is told, below the home folder of the test."""
    repo.git("config", "credential.helper", "store")


def test_token_of_the_credential_helper_is_for_its_host(repo: GitRepo) -> None:
    _store(repo)
    Path(os.environ["HOME"], ".git-credentials").write_text(
        "https://jo:word%40of-jo@git.example.org\n", encoding="utf-8"
    )
    credentials = ForgeCredentials(repo.folder, {})
    place = ForgePlace(ForgeKind.GITEA, "https://git.example.org", "a/b")

    found = credentials.find(place, CANCEL)

    assert found == ForgeToken("word@of-jo", "jo")
    assert "word" not in repr(found)
    elsewhere = ForgePlace(ForgeKind.GITEA, "https://git.example.org:8443", "a/b")
    assert credentials.find(elsewhere, CANCEL) is None


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("https://jo:word%40of-jo@git.example.org/a/b.git", ForgeToken("word@of-jo", "jo")),
        ("https://jo@git.example.org/a/b.git", None),
        ("https://jo:word@git.example.org/other/b.git", None),
        ("https://jo:word@git.example.org:8443/a/b.git", None),
        ("http://jo:word@git.example.org/a/b.git", None),
        ("ssh://jo:word@git.example.org/a/b.git", None),
        # GitLab's jobs check out with a token that is good for little else.
        ("https://gitlab-ci-token:word@git.example.org/a/b.git", None),
        ("https://git.example.org/a/b.git", None),
    ],
)
def test_token_in_the_address_of_a_remote_is_for_its_host(
    repo: GitRepo, url: str, token: ForgeToken | None
) -> None:
    repo.git("remote", "add", "origin", url)
    place = ForgePlace(ForgeKind.GITEA, "https://git.example.org", "a/b")

    assert ForgeCredentials(repo.folder, {}).find(place, CANCEL) == token


def test_nobody_is_asked_for_a_password(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    dialog = tmp_path / "dialog"
    dialog.write_text(f"#!/bin/sh\ntouch '{asked}'\necho secret\n", encoding="utf-8")
    dialog.chmod(0o755)
    monkeypatch.setenv("GIT_ASKPASS", str(dialog))
    monkeypatch.setenv("SSH_ASKPASS", str(dialog))
    repo.git("config", "core.askPass", str(dialog))
    place = ForgePlace(ForgeKind.GITHUB, "https://github.com", "a/b")

    assert ForgeCredentials(repo.folder, {}).find(place, CANCEL) is None
    assert not asked.exists()


def _forges(repo: GitRepo, *named: str) -> OgrForges:
    return OgrForges(repo.folder, RootedFiles(repo.folder, size_limit=10_000), named, timeout=20)


def test_token_that_the_forge_accepts_is_remembered_by_git(repo: GitRepo, forge: FakeForge) -> None:
    _store(repo)
    forges = _forges(repo, f"{forge.url}=github")

    forges.remember(forge.place, "", TOKEN, CANCEL)

    found = forges.find(forge.remote_url)
    assert found is not None
    assert found.user(CANCEL) == "jo"
    assert repo.git("config", "--list").find(TOKEN) == -1


def test_token_that_the_forge_refuses_is_not_remembered(repo: GitRepo, forge: FakeForge) -> None:
    _store(repo)

    with pytest.raises(RefusedError) as caught:
        _forges(repo).remember(forge.place, "jo", "wrong-token-5678", CANCEL)

    assert caught.value.code is ErrorCode.FORGE_NO_CREDENTIALS
    assert not Path(os.environ["HOME"], ".git-credentials").exists()


def test_token_that_no_helper_keeps_is_told(repo: GitRepo, forge: FakeForge) -> None:
    with pytest.raises(RefusedError) as caught:
        _forges(repo).remember(forge.place, "jo", TOKEN, CANCEL)

    assert caught.value.code is ErrorCode.FORGE_NO_HELPER
    assert TOKEN not in caught.value.message


@pytest.mark.parametrize("token", ["", "two\nhost=evil.example.org", "a\0b"])
def test_token_of_several_lines_is_none(repo: GitRepo, token: str) -> None:
    place = ForgePlace(ForgeKind.GITHUB, "https://github.com", "a/b")

    with pytest.raises(UserError):
        _forges(repo).remember(place, "jo", token, CANCEL)


def test_forges_are_found_by_settings_environment_and_repository(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = "https://unknown.example.org/a/b"
    assert _forges(repo).find("https://example.org/a/b") is None
    assert _forges(repo).find(unknown) is None
    repo.write(".aidevsecops.toml", '[forge]\nkind = "github"\n')
    by_repository = _forges(repo).find(unknown)
    assert by_repository is not None
    assert by_repository.place == ForgePlace(ForgeKind.GITHUB, "https://unknown.example.org", "a/b")
    monkeypatch.setenv("GH_HOST", "hub.example.org")
    by_environment = _forges(repo).find("git@hub.example.org:a/b.git")
    assert by_environment is not None
    assert by_environment.place.url == "https://hub.example.org"


def test_settings_that_make_no_sense_are_refused(repo: GitRepo) -> None:
    with pytest.raises(UserError) as caught:
        _forges(repo, "git.example.org").find("https://github.com/a/b")

    assert caught.value.code is ErrorCode.FORGE_SETTINGS_INVALID
