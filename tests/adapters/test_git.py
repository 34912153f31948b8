"""What is read of real repositories."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.git import GitRepository
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    ToolMissingError,
)
from aidevsecops_ext.domain.repository import (
    ChangedFile,
    FileState,
    Identity,
    Operation,
    Remote,
    RemoteRefs,
    RepositoryState,
    Signing,
)
from tests.fakes.cancel import FakeCancelToken
from tests.kits.git_repo import GitRepo, clone, make_remote, make_repo

pytestmark = pytest.mark.usefixtures("bare_git")


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return make_repo(tmp_path / "repo", {"a.txt": "1\n"})


def state_of(folder: Path, ceiling: Path | None = None) -> RepositoryState:
    return GitRepository(folder, ceiling=ceiling).state(FakeCancelToken())


def test_state_is_that_of_a_new_repository(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "repo")

    state = state_of(repo.folder)

    assert state == RepositoryState(
        root=str(repo.folder),
        head=None,
        branch="main",
        identity=Identity("Jo Doe", "jo@example.org"),
    )
    assert state.is_clean


def test_state_names_head_branch_and_files_that_differ(repo: GitRepo) -> None:
    repo.write("a.txt", "2\n")
    repo.write("new file.txt", "")
    repo.write("folder/ü.txt", "")

    state = state_of(repo.folder)

    assert state.head == repo.head()
    assert state.branch == "main"
    assert state.changed == (
        ChangedFile("a.txt", FileState.MODIFIED),
        ChangedFile("folder/", FileState.UNTRACKED),
        ChangedFile("new file.txt", FileState.UNTRACKED),
    )
    assert not state.is_clean


def test_state_is_read_from_a_folder_below(repo: GitRepo) -> None:
    repo.write("docs/index.md", "")

    assert state_of(repo.folder / "docs").root == str(repo.folder)


def test_state_is_refused_when_the_repository_reaches_above_the_ceiling(repo: GitRepo) -> None:
    repo.write("docs/index.md", "")

    assert state_of(repo.folder / "docs", repo.folder).root == str(repo.folder)
    with pytest.raises(RefusedError, match="in no Git repository"):
        state_of(repo.folder / "docs", repo.folder / "docs")


def test_state_counts_commits_against_the_upstream(repo: GitRepo, tmp_path: Path) -> None:
    remote = make_remote(tmp_path / "remote", repo)
    other = clone(remote, tmp_path / "other")
    other.commit("Theirs")
    other.git("push", "--quiet")
    repo.commit("Ours")
    repo.commit("Ours too")
    git = GitRepository(repo.folder)

    before = git.state(FakeCancelToken())
    git.fetch("origin", FakeCancelToken())
    after = git.state(FakeCancelToken())

    assert (before.ahead, before.behind) == (2, 0)
    assert (after.ahead, after.behind) == (2, 1)
    assert after.upstream == "origin/main"
    assert after.remote == Remote("origin", remote.folder.as_uri(), "main")


def test_state_knows_the_default_branch_of_a_clone(repo: GitRepo, tmp_path: Path) -> None:
    remote = make_remote(tmp_path / "remote", repo)
    other = clone(remote, tmp_path / "other")
    other.git("checkout", "--quiet", "-b", "Topic/1")

    state = state_of(other.folder)

    assert state.branch == "Topic/1"
    assert state.remote == Remote("origin", remote.folder.as_uri(), "Topic/1", "main")


@pytest.mark.parametrize(("default", "expected"), [("simple", "topic"), ("upstream", "main")])
def test_state_has_the_branch_that_git_pushes_to(
    repo: GitRepo, tmp_path: Path, default: str, expected: str
) -> None:
    make_remote(tmp_path / "remote", repo)
    repo.git("checkout", "--quiet", "-b", "topic", "--track", "origin/main")
    repo.git("config", "push.default", default)

    state = state_of(repo.folder)

    assert state.upstream == "origin/main"
    assert state.remote is not None
    assert state.remote.branch == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "origin"),
        ({"branch.main.remote": "fork"}, "fork"),
        ({"branch.main.remote": "fork", "remote.pushDefault": "origin"}, "origin"),
        ({"remote.pushDefault": "origin", "branch.main.pushRemote": "fork"}, "fork"),
        ({"branch.main.remote": ".", "branch.main.merge": "refs/heads/other"}, "origin"),
    ],
)
def test_state_has_the_remote_that_git_pushes_to(
    repo: GitRepo, settings: dict[str, str], expected: str
) -> None:
    repo.git("remote", "add", "origin", "https://example.org/a")
    repo.git("remote", "add", "fork", "https://example.org/b")
    for key, value in settings.items():
        repo.git("config", key, value)

    state = state_of(repo.folder)

    assert state.remote is not None
    assert (state.remote.name, state.remote.branch) == (expected, "main")


def test_state_has_no_remote_when_none_of_several_is_the_one(repo: GitRepo) -> None:
    repo.git("remote", "add", "one", "https://example.org/a")
    only = state_of(repo.folder)
    repo.git("remote", "add", "two", "https://example.org/b")

    several = state_of(repo.folder)

    assert only.remote is not None
    assert only.remote.name == "one"
    assert several.remote is None
    assert several.remotes == ("one", "two")


def test_state_shows_no_credentials(repo: GitRepo) -> None:
    repo.git("remote", "add", "origin", "https://jo:hunter22@example.org/a?token=hunter22")

    assert "hunter22" not in repr(state_of(repo.folder))


def test_state_names_what_somebody_who_commits_lacks(repo: GitRepo) -> None:
    repo.git("config", "--unset", "user.email")

    state = state_of(repo.folder)

    assert state.identity is None
    assert state.missing_identity == ("user.email",)


def test_state_takes_the_identity_from_the_environment(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("config", "--remove-section", "user")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Bot <x>")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "bot@example.org")

    assert state_of(repo.folder).identity == Identity("Bot x", "bot@example.org")


@pytest.mark.parametrize(
    ("settings", "commits", "tags"),
    [
        ({}, Signing.OFF, Signing.OFF),
        ({"commit.gpgSign": "true"}, Signing.OPENPGP, Signing.OFF),
        ({"tag.gpgSign": "yes", "gpg.format": "ssh"}, Signing.OFF, Signing.SSH),
        ({"tag.forceSignAnnotated": "1", "gpg.format": "x509"}, Signing.OFF, Signing.X509),
        ({"commit.gpgSign": "", "tag.gpgSign": "false"}, Signing.OFF, Signing.OFF),
    ],
)
def test_state_says_what_is_signed(
    repo: GitRepo, settings: dict[str, str], commits: Signing, tags: Signing
) -> None:
    for key, value in settings.items():
        repo.git("config", key, value)

    state = state_of(repo.folder)

    assert (state.commit_signing, state.tag_signing) == (commits, tags)


def test_state_says_what_is_signed_when_a_switch_stands_alone(repo: GitRepo) -> None:
    with (repo.git_dir / "config").open("a") as file:
        file.write("[tag]\n\tgpgSign\n")

    assert state_of(repo.folder).tag_signing is Signing.OPENPGP


def test_state_has_no_branch_when_the_head_is_detached(repo: GitRepo) -> None:
    repo.git("checkout", "--quiet", "--detach")

    assert state_of(repo.folder).branch is None


def test_state_has_a_branch_when_it_is_named_like_none(repo: GitRepo) -> None:
    repo.git("checkout", "--quiet", "-b", "(detached)")

    assert state_of(repo.folder).branch == "(detached)"


def test_state_knows_a_shallow_clone(repo: GitRepo, tmp_path: Path) -> None:
    repo.commit("More")
    remote = make_remote(tmp_path / "remote", repo)
    shallow = clone(remote, tmp_path / "shallow", "--depth=1")

    assert state_of(shallow.folder).is_shallow
    assert not state_of(repo.folder).is_shallow


def test_state_knows_submodules(repo: GitRepo, tmp_path: Path) -> None:
    part = make_repo(tmp_path / "part", {"b.txt": "1\n"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", part.folder.as_uri(), "part")
    repo.commit("Add a part")
    inner = GitRepo(repo.folder / "part")
    for key, value in {"user.name": "Jo", "user.email": "jo@example.org"}.items():
        inner.git("config", key, value)
    inner.commit("Move on")

    state = state_of(repo.folder)

    assert state.has_submodules
    assert state.changed == (ChangedFile("part", FileState.MODIFIED),)


def test_state_says_that_a_merge_is_not_done(repo: GitRepo) -> None:
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.commit("Theirs", {"a.txt": "theirs\n"})
    repo.git("checkout", "--quiet", "main")
    repo.commit("Ours", {"a.txt": "ours\n"})
    repo.git("merge", "topic", is_checked=False)

    merging = state_of(repo.folder)
    repo.git("merge", "--abort")
    repo.git("rebase", "topic", is_checked=False)
    rebasing = state_of(repo.folder)

    assert merging.operation is Operation.MERGE
    assert merging.changed == (ChangedFile("a.txt", FileState.CONFLICTED),)
    assert rebasing.operation is Operation.REBASE


def test_state_is_that_of_a_worktree(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", str(tmp_path / "beside"), "-b", "beside")

    state = state_of(tmp_path / "beside")

    assert (state.root, state.branch) == (str(tmp_path / "beside"), "beside")


def test_state_is_of_its_folder_when_a_hook_has_another_repository(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_repo(tmp_path / "other", {"b.txt": "1\n"})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / ".git/index"))
    monkeypatch.setenv("GIT_TRACE", "1")

    assert state_of(repo.folder).root == str(repo.folder)


def test_state_is_refused_when_there_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as outside:
        state_of(tmp_path)
    with pytest.raises(RefusedError) as nowhere:
        state_of(tmp_path / "nowhere")

    assert outside.value.code is nowhere.value.code is ErrorCode.RELEASE_NO_REPOSITORY


def test_state_is_refused_when_the_repository_is_bare(repo: GitRepo, tmp_path: Path) -> None:
    remote = make_remote(tmp_path / "remote", repo)

    with pytest.raises(RefusedError, match="bare"):
        state_of(remote.folder)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_state_is_refused_when_the_repository_is_of_somebody_else(repo: GitRepo) -> None:
    for path in (repo.folder, repo.folder / ".git"):
        os.chown(path, 12345, 12345)

    with pytest.raises(RefusedError, match="another user"):
        state_of(repo.folder)


def test_state_is_cancelled(repo: GitRepo) -> None:
    with pytest.raises(CancelledError):
        GitRepository(repo.folder).state(FakeCancelToken(is_cancelled=True))


def test_state_names_git_when_it_is_missing(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ToolMissingError, match="git is not installed"):
        state_of(repo.folder)


def test_tags_are_those_of_commits_newest_first(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = repo.head()
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-02T00:00:00Z")
    repo.git("tag", "-a", "-m", "1", "v0.1.0")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-03T00:00:00Z")
    second = repo.commit("Go on")
    repo.git("tag", "light")
    repo.git("tag", "-a", "-m", "a file", "blob", "HEAD:a.txt")
    repo.git("checkout", "--quiet", "-b", "side", first)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-04T00:00:00Z")
    repo.commit("Aside")
    repo.git("tag", "-a", "-m", "side", "side")

    tags = GitRepository(repo.folder).tags(FakeCancelToken())
    ancestors = GitRepository(repo.folder).tags(FakeCancelToken(), ancestors_of=second)

    assert [(tag.name, tag.is_annotated) for tag in tags] == [
        ("side", True),
        ("light", False),
        ("v0.1.0", True),
    ]
    assert [(tag.name, tag.commit) for tag in ancestors] == [("light", second), ("v0.1.0", first)]
    assert tags[2].date == 1767312000


def test_commits_are_those_after_a_tag_newest_first(repo: GitRepo) -> None:
    repo.git("tag", "v1")
    first = repo.head()
    body = "Fixes {{ body }}\n\nCo-authored-by: É <e@example.org>"
    repo.git("commit", "--quiet", "--allow-empty", "-m", f"Mend\x1f\x1e *it*\n\n{body}")
    repo.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", "")

    commits = GitRepository(repo.folder).commits("v1", FakeCancelToken())
    everything = GitRepository(repo.folder).commits(None, FakeCancelToken())

    assert [(commit.subject, commit.body) for commit in commits] == [
        ("", ""),
        ("Mend *it*", body),
    ]
    assert commits[1].parents == (first,)
    assert commits[1].author == "Jo Doe"
    assert not commits[1].is_merge
    assert [commit.subject for commit in everything] == [c.subject for c in commits] + ["Begin"]


def test_commits_say_why_when_the_tag_is_missing(repo: GitRepo) -> None:
    with pytest.raises(OutsideFailedError, match="bad revision"):
        GitRepository(repo.folder).commits("v9", FakeCancelToken())


def test_tracked_files_are_without_links_and_new_ones(repo: GitRepo) -> None:
    (repo.folder / "link").symlink_to("a.txt")
    repo.commit("More", {"docs/ü.md": "", "[x].txt": ""})
    repo.write("new.txt", "")

    tracked = GitRepository(repo.folder).tracked(FakeCancelToken())

    assert tracked == ("[x].txt", "a.txt", "docs/ü.md")


def test_remote_refs_are_those_by_now(repo: GitRepo, tmp_path: Path) -> None:
    remote = make_remote(tmp_path / "remote", repo)
    other = clone(remote, tmp_path / "other")
    theirs = other.commit("Theirs")
    other.git("tag", "-a", "-m", "1", "v1")
    other.git("push", "--quiet", "origin", "main", "v1")
    git = GitRepository(repo.folder)

    refs = git.remote_refs("origin", "main", "v1", FakeCancelToken())
    none = git.remote_refs("origin", "gone", "v", FakeCancelToken())

    assert refs == RemoteRefs(theirs, other.git("rev-parse", "v1"))
    assert none == RemoteRefs(None, None)


def test_remote_refs_are_those_of_the_place_that_is_pushed_to(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_remote(tmp_path / "mirror", repo)
    target = make_remote(tmp_path / "target", repo, name="target")
    repo.git("remote", "set-url", "--push", "origin", target.folder.as_uri())
    pushed = repo.commit("Go on")
    repo.git("push", "--quiet", "target")
    for name, value in {"COUNT": "1", "KEY_0": "user.name", "VALUE_0": "Mine"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)

    refs = GitRepository(repo.folder).remote_refs("origin", "main", "v1", FakeCancelToken())

    assert refs.branch == pushed


def test_remote_refs_say_that_nobody_is_there(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("remote", "add", "origin", (tmp_path / "nowhere").as_uri())

    with pytest.raises(OutsideFailedError) as caught:
        GitRepository(repo.folder).remote_refs("origin", "main", "v1", FakeCancelToken())

    assert caught.value.code is ErrorCode.RELEASE_REMOTE_UNREACHABLE


def test_fetch_starts_no_program_that_an_address_names(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("remote", "add", "origin", f"ext::touch {tmp_path}/started")

    with pytest.raises(OutsideFailedError, match="not allowed"):
        GitRepository(repo.folder).fetch("origin", FakeCancelToken())

    assert not (tmp_path / "started").exists()
