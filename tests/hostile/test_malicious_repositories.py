"""Whoever looks at a repository, or asks for a plan, runs nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.forge_credentials import ForgeCredentials
from aidevsecops_ext.adapters.git import GitRepository
from aidevsecops_ext.domain.errors import AidevsecopsError, ErrorCode
from aidevsecops_ext.domain.forge import ForgeKind
from aidevsecops_ext.formats.forge_address import known_forge, read_place
from tests.fakes.cancel import FakeCancelToken
from tests.hostile.traps import Traps
from tests.kits.git_repo import GitRepo, make_repo
from tests.kits.notebooks import notebook_text

_LOOKS = (
    ("status",),
    ("discover", "nb.ipynb"),
    ("check", "nb.ipynb"),
    ("show", "nb.ipynb"),
    ("split", "nb.ipynb", "--dry-run"),
    ("overlay", "list"),
    ("release", "tags"),
    ("release", "notes"),
    ("release", "status"),
    ("release", "patch", "--dry-run"),
    ("doctor",),
)


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The real program, as somebody starts it in the repository."""
    return subprocess.run(
        # Of the package, not of what lies in the folder.
        (str(Path(sys.executable).with_name("aidevsecops")), *words),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


@pytest.mark.parametrize("words", _LOOKS, ids=" ".join)
def test_command_that_only_looks_runs_nothing_of_the_repository(
    traps: Traps, words: tuple[str, ...]
) -> None:
    outcome = _run(traps.repo.folder, *words)

    assert traps.sprung == []
    assert outcome.returncode in {0, 1, 3}, outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_traps_are_sprung_by_git_itself(traps: Traps) -> None:
    traps.repo.git("status", "--short", is_checked=False)

    assert "core.fsmonitor" in traps.sprung
    assert {"filter.evil.clean", "filter.worse.process"} & {*traps.sprung}


def test_repository_is_read_without_its_own_programs(traps: Traps) -> None:
    git = GitRepository(traps.repo.folder)
    cancel = FakeCancelToken()

    state = git.state(cancel)
    git.tags(cancel)
    git.commits(None, cancel)
    git.differing("HEAD", ("nb.ipynb", "data.csv"), cancel)
    with pytest.raises(AidevsecopsError):
        git.remote_refs("origin", "main", "v1", cancel)
    with pytest.raises(AidevsecopsError):
        git.fetch("origin", cancel)

    assert traps.sprung == []
    assert state.changed == ()
    assert {"filter.evil.clean", "filter.worse.process", "core.sshcommand"} <= {*state.held_back}


def test_credentials_of_a_forge_are_not_given_to_a_program_of_the_repository(traps: Traps) -> None:
    place = read_place(
        "https://git.example/org/name.git", [known_forge("https://git.example=gitea")]
    )
    assert place is not None
    assert place.kind is ForgeKind.GITEA

    found = ForgeCredentials(traps.repo.folder, {}).find(place, FakeCancelToken())

    assert found is None
    assert traps.sprung == []


def test_programs_run_where_the_user_trusts_the_folder(traps: Traps) -> None:
    home = GitRepo(Path(os.environ["HOME"]))
    home.git("config", "--global", "--add", "aidevsecops.trusted", str(traps.repo.folder.parent))

    # The traps are no filters: git says so.
    with suppress(AidevsecopsError):
        GitRepository(traps.repo.folder).state(FakeCancelToken())

    assert {"filter.evil.clean", "filter.worse.process"} & {*traps.sprung}


def test_repository_cannot_say_itself_that_it_is_trusted(traps: Traps) -> None:
    traps.repo.git("config", "aidevsecops.trusted", "*")

    GitRepository(traps.repo.folder).state(FakeCancelToken())

    assert traps.sprung == []


def test_settings_of_the_user_count_where_those_of_the_repository_do_not(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": "kept\n", ".gitattributes": "* filter=own\n"})
    trace = tmp_path / "ran"
    repo.git("config", "--global", "filter.own.clean", f"touch '{trace}'; cat")
    os.utime(repo.folder / "a.txt", (0, 0))

    state = GitRepository(repo.folder).state(FakeCancelToken())

    assert trace.exists()
    assert state.held_back == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("filter.lfs.clean", "git-lfs clean -- %f"),
        ("filter.lfs.process", "git-lfs filter-process"),
        ("credential.helper", "store"),
        ("credential.helper", "cache --timeout=3600"),
        ("core.sshCommand", "ssh -i ~/.ssh/work -o IdentitiesOnly=yes"),
    ],
)
def test_usual_programs_of_the_machine_are_not_held_back(
    tmp_path: Path, key: str, value: str
) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": ""})
    repo.git("config", key, value)

    assert GitRepository(repo.folder).state(FakeCancelToken()).held_back == ()


@pytest.mark.parametrize(
    "value",
    [
        "git-lfs clean -- %f; touch x",
        "ssh -o ProxyCommand=touch",
        "ssh -i $(touch x)",
        "store\ntouch x",
        "./git-lfs filter-process",
        "cache --timeout=$(touch x)",
    ],
)
def test_what_only_looks_usual_is_held_back(tmp_path: Path, value: str) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": ""})
    repo.git("config", "core.sshCommand", value)

    assert GitRepository(repo.folder).state(FakeCancelToken()).held_back == ("core.sshcommand",)


def test_folder_of_a_clone_that_looks_like_a_repository_is_none(tmp_path: Path) -> None:
    outer = make_repo(tmp_path / "work", {"a.txt": ""})
    trace = tmp_path / "ran"
    inner = outer.folder / "data"
    inner.mkdir()
    inner_git = GitRepo(inner)
    inner_git.git("init", "--quiet", "--bare")
    settings = {"core.bare": "false", "core.worktree": "..", "core.fsmonitor": f"touch '{trace}'"}
    for key, value in settings.items():
        inner_git.git("config", "--file", "config", key, value)
    (inner / "nb.ipynb").write_text(notebook_text())

    with pytest.raises(AidevsecopsError) as refused:
        GitRepository(inner).state(FakeCancelToken())

    assert refused.value.code is ErrorCode.RELEASE_NO_REPOSITORY
    assert not trace.exists()


@pytest.mark.parametrize(
    "address", ["ext::sh -c touch% {trace}", "--upload-pack=touch {trace}", "-o{trace}"]
)
def test_address_of_a_remote_is_no_program_and_no_option(tmp_path: Path, address: str) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": ""})
    trace = tmp_path / "ran"
    repo.git("config", "remote.origin.url", address.format(trace=trace))
    repo.git("config", "protocol.allow", "always")
    repo.git("config", "protocol.ext.allow", "always")
    git = GitRepository(repo.folder)

    with pytest.raises(AidevsecopsError):
        git.remote_refs("origin", "main", "v1", FakeCancelToken())
    with pytest.raises(AidevsecopsError):
        git.fetch("origin", FakeCancelToken())

    assert not trace.exists()


def test_submodule_is_not_looked_into(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "work", {"a.txt": ""})
    inner = make_repo(repo.folder / "sub", {"b.txt": "1", ".gitattributes": "* filter=evil\n"})
    repo.git("-c", "advice.addEmbeddedRepo=false", "add", "sub")
    repo.write(".gitmodules", '[submodule "sub"]\n\tpath = sub\n\turl = ext::sh -c touch\n')
    repo.commit("With a submodule")
    trace = tmp_path / "ran"
    for key in ("core.fsmonitor", "filter.evil.clean"):
        inner.git("config", key, f"touch '{trace}'; cat")
    os.utime(inner.folder / "b.txt", (0, 0))

    state = GitRepository(repo.folder).state(FakeCancelToken())

    assert not trace.exists()
    assert state.has_submodules
