"""Releases that are cut in real repositories, with real remotes."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest

from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
)
from aidevsecops_ext.domain.file_preview import FilePreview
from aidevsecops_ext.domain.release_record import ReleaseStage
from tests.kits.git_repo import GitRepo, clone, make_remote, make_repo
from tests.kits.releases import FILES, NOTES, ReleaseKit, plan_of, serve_daemon, serve_git

pytestmark = pytest.mark.usefixtures("bare_git")

_TAGS_ARE_PROTECTED = 'case "$1" in refs/tags/*) echo "tags are protected" >&2; exit 1;; esac'


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return make_repo(tmp_path / "repo", FILES)


@pytest.fixture
def remote(tmp_path: Path, repo: GitRepo) -> GitRepo:
    return make_remote(tmp_path / "remote", repo)


def expect_all_as_it_was(kit: ReleaseKit, error: type[AidevsecopsError]) -> AidevsecopsError:
    """Cut a release, which fails with that error and changes nothing."""
    before = kit.repo.snapshot()
    with pytest.raises(error) as caught:
        kit.cut()
    assert kit.repo.snapshot() == before
    record = kit.status().record
    assert record is None or record.stage is ReleaseStage.UNDONE
    return caught.value


def test_release_is_one_commit_and_one_tag_on_the_remote(repo: GitRepo, remote: GitRepo) -> None:
    before = repo.head()
    kit = ReleaseKit(repo)

    record = kit.cut()

    assert record.stage is ReleaseStage.DONE
    assert repo.git("rev-parse", "HEAD^") == before
    assert repo.git("log", "-1", "--format=%B") == (
        "Release of version 1.1.0\n\nSigned-off-by: Jo Doe <jo@example.org>"
    )
    assert repo.git("show", "--format=", "--name-only") == "docs/CHANGELOG.md\nversion.py"
    assert repo.git("for-each-ref", "--format=%(contents)", "refs/tags/v1.1.0") == (
        f"Release of version 1.1.0\n\n{NOTES.strip()}"
    )
    assert repo.git("status", "--porcelain") == ""
    assert remote.refs() == {
        "refs/heads/main": record.commit,
        "refs/tags/v1.1.0": record.tag_id,
    }
    assert kit.status().published.value == "all"


def test_release_commits_nothing_else(repo: GitRepo) -> None:
    repo.write("docs/notes.txt", "changed\n")
    repo.write("staged.txt", "new\n")
    repo.git("add", "staged.txt")
    repo.write("loose.txt", "new\n")

    ReleaseKit(repo).cut()

    assert repo.git("show", "--format=", "--name-only") == "docs/CHANGELOG.md\nversion.py"
    assert repo.git("status", "--porcelain") == "M docs/notes.txt\nA  staged.txt\n?? loose.txt"


def test_release_is_a_commit_and_a_tag_when_there_is_no_remote(repo: GitRepo) -> None:
    kit = ReleaseKit(repo)

    record = kit.cut()

    assert (record.stage, record.remote) == (ReleaseStage.DONE, None)
    assert repo.refs() == {"refs/heads/main": record.commit, "refs/tags/v1.1.0": record.tag_id}


def test_release_stays_here_when_it_is_not_to_be_pushed(repo: GitRepo, remote: GitRepo) -> None:
    before = remote.refs()

    record = ReleaseKit(repo).cut(is_pushed=False)

    assert record.stage is ReleaseStage.DONE
    assert remote.refs() == before


def test_release_is_the_tag_alone_when_no_file_changes(repo: GitRepo, remote: GitRepo) -> None:
    head = repo.head()
    kit = ReleaseKit(repo)

    record = kit.cut(plan_of(repo, files=()))
    after = remote.refs()
    kit.undo(is_remote=True)

    assert after == {"refs/heads/main": head, "refs/tags/v1.1.0": record.tag_id}
    assert remote.refs() == {"refs/heads/main": head}
    assert repo.head() == head


def test_release_is_refused_before_anything_when_the_tag_is_taken(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    other = clone(remote, tmp_path / "other")
    other.git("tag", "v1.1.0")
    other.git("push", "--quiet", "origin", "v1.1.0")

    there = expect_all_as_it_was(ReleaseKit(repo), ConflictError)
    repo.git("tag", "v1.1.0")
    here = expect_all_as_it_was(ReleaseKit(repo), ConflictError)

    assert there.code is here.code is ErrorCode.RELEASE_TAG_TAKEN


def test_release_is_refused_before_anything_when_the_remote_is_ahead(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    other = clone(remote, tmp_path / "other")
    other.commit("Theirs")
    other.git("push", "--quiet")

    error = expect_all_as_it_was(ReleaseKit(repo), ConflictError)

    assert error.code is ErrorCode.RELEASE_REMOTE_MOVED


def test_release_leaves_all_as_it_was_when_the_remote_moves_meanwhile(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    other = clone(remote, tmp_path / "other")
    theirs = other.commit("Theirs")
    # While we commit, somebody else pushes.
    repo.hook("post-commit", f'cd "{other.folder}" && unset GIT_DIR && git push --quiet')
    kit = ReleaseKit(repo)

    with pytest.raises(ConflictError) as caught:
        kit.cut()

    assert caught.value.code is ErrorCode.RELEASE_REMOTE_MOVED
    assert "All is as it was." in caught.value.message
    assert remote.refs() == {"refs/heads/main": theirs}
    assert repo.git("status", "--porcelain") == ""
    assert "v1.1.0" not in repo.git("tag")
    assert repo.read("version.py") == FILES["version.py"]
    assert not (repo.folder / "docs/CHANGELOG.md").exists()


@pytest.mark.parametrize(
    ("hook", "script"),
    [
        ("pre-receive", 'echo "no releases on Fridays" >&2; exit 1'),
        ("update", _TAGS_ARE_PROTECTED),
    ],
)
def test_release_leaves_all_as_it_was_when_the_remote_refuses_it(
    repo: GitRepo, remote: GitRepo, hook: str, script: str
) -> None:
    remote.hook(hook, script)
    before = remote.refs()
    kit = ReleaseKit(repo)

    error = expect_all_as_it_was(kit, RefusedError)

    assert error.code is ErrorCode.RELEASE_PUSH_REJECTED
    assert "Fridays" in error.message or "tags are protected" in error.message
    assert remote.refs() == before
    (remote.git_dir / "hooks" / hook).unlink()
    assert kit.cut().stage is ReleaseStage.DONE


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg", "pre-push"])
def test_release_leaves_all_as_it_was_when_a_hook_refuses_it(
    repo: GitRepo, remote: GitRepo, hook: str
) -> None:
    repo.hook(hook, "echo 'line 7 is too long'; exit 1")
    before = remote.refs()
    kit = ReleaseKit(repo)

    error = expect_all_as_it_was(kit, RefusedError)

    assert "All is as it was." in error.message
    assert remote.refs() == before
    if hook != "pre-push":
        assert "line 7 is too long" in error.message
        assert "line 7 is too long" in kit.progress.lines


def test_release_leaves_all_as_it_was_when_a_hook_formats_files_and_fails(repo: GitRepo) -> None:
    repo.hook("pre-commit", "echo mended >> docs/CHANGELOG.md; echo mended >> version.py; exit 1")

    error = expect_all_as_it_was(ReleaseKit(repo), RefusedError)

    kept = error.message.rpartition("git show ")[2].rstrip(".")
    assert repo.git("show", kept).endswith("mended")


def test_release_takes_what_a_hook_adds_and_undo_takes_it_back(repo: GitRepo) -> None:
    repo.hook("pre-commit", "date > stamp.txt; echo 1 >> docs/notes.txt; git add stamp.txt docs")
    before = repo.snapshot()
    kit = ReleaseKit(repo)

    kit.cut()
    committed = repo.git("show", "--format=", "--name-only").split()
    kit.undo()

    assert committed == ["docs/CHANGELOG.md", "docs/notes.txt", "stamp.txt", "version.py"]
    assert repo.snapshot() == before


def test_release_is_signed_by_ssh_when_git_is_set_so(repo: GitRepo, tmp_path: Path) -> None:
    key = tmp_path / "key"
    words = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "jo", "-f", str(key))
    subprocess.run(words, check=True)
    for name, value in {
        "gpg.format": "ssh",
        "user.signingKey": f"{key}.pub",
        "commit.gpgSign": "true",
        "tag.gpgSign": "true",
        "gpg.ssh.allowedSignersFile": str(tmp_path / "allowed"),
    }.items():
        repo.git("config", name, value)
    public = key.with_suffix(".pub").read_text()
    (tmp_path / "allowed").write_text(f'jo@example.org namespaces="git" {public}')

    ReleaseKit(repo).cut()

    repo.git("verify-commit", "HEAD")
    repo.git("verify-tag", "v1.1.0")


def test_release_is_not_signed_when_somebody_says_so(repo: GitRepo) -> None:
    for name in ("commit.gpgSign", "tag.gpgSign"):
        repo.git("config", name, "true")
    repo.git("config", "user.signingKey", "no such key")

    ReleaseKit(repo).cut(is_signed=False)

    assert "SIGNATURE" not in repo.git("cat-file", "-p", "v1.1.0")


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("commit.gpgSign", ErrorCode.RELEASE_COMMIT_FAILED),
        ("tag.gpgSign", ErrorCode.RELEASE_TAG_FAILED),
    ],
)
def test_release_leaves_all_as_it_was_when_it_cannot_be_signed(
    repo: GitRepo, setting: str, code: ErrorCode
) -> None:
    repo.git("config", setting, "true")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingKey", "/nowhere/key.pub")

    error = expect_all_as_it_was(ReleaseKit(repo), RefusedError)

    assert error.code is code
    assert "user.signingKey" in error.hint


def test_release_keeps_line_ends_when_git_converts_them(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    repo.git("config", "core.autocrlf", "true")
    (repo.folder / "version.py").unlink()
    repo.git("checkout", "version.py")
    kit = ReleaseKit(repo)
    before = repo.snapshot()

    kit.cut()
    there = clone(remote, tmp_path / "other").read("version.py")
    here = repo.read("version.py")
    status = repo.git("status", "--porcelain")
    kit.undo(is_remote=True)

    assert here == '__version__ = "1.1.0"\r\n'
    assert there == '__version__ = "1.1.0"\n'
    assert status == ""
    assert repo.snapshot()[3] == before[3]


def test_release_is_cut_in_a_shallow_clone(repo: GitRepo, remote: GitRepo, tmp_path: Path) -> None:
    repo.commit("More")
    repo.git("push", "--quiet")
    shallow = clone(remote, tmp_path / "shallow", "--depth=1")

    record = ReleaseKit(shallow).cut()

    assert remote.refs()["refs/heads/main"] == record.commit


def test_release_is_refused_when_nobody_has_the_commit_of_a_submodule(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    part = make_repo(tmp_path / "part", {"b.txt": "1\n"})
    bare = make_remote(tmp_path / "part-remote", part)
    words = ("submodule", "--quiet", "add", bare.folder.as_uri(), "part")
    repo.git("-c", "protocol.file.allow=always", *words)
    repo.commit("Add a part")
    repo.git("push", "--quiet")
    inner = GitRepo(repo.folder / "part")
    for key, value in {"user.name": "Jo", "user.email": "jo@example.org"}.items():
        inner.git("config", key, value)
    inner.commit("Only here")
    repo.commit("Have the part go on")
    before = remote.refs()

    error = expect_all_as_it_was(ReleaseKit(repo), RefusedError)
    inner.git("push", "--quiet", "origin", "HEAD:main")
    record = ReleaseKit(repo).cut()

    assert error.code is ErrorCode.RELEASE_PUSH_REJECTED
    assert "part" in str(error.details["explanation"])
    assert before != remote.refs()
    assert remote.refs()["refs/tags/v1.1.0"] == record.tag_id


def test_release_goes_branch_first_when_the_remote_takes_no_two_as_one(
    repo: GitRepo, remote: GitRepo
) -> None:
    remote.git("config", "receive.advertiseAtomic", "false")
    kit = ReleaseKit(repo)

    record = kit.cut()

    assert remote.refs()["refs/tags/v1.1.0"] == record.tag_id
    assert any("the branch goes first" in line for line in kit.progress.lines)


def test_release_says_what_is_out_when_the_tag_alone_is_refused(
    repo: GitRepo, remote: GitRepo
) -> None:
    remote.git("config", "receive.advertiseAtomic", "false")
    remote.hook("update", _TAGS_ARE_PROTECTED)
    kit = ReleaseKit(repo)

    with pytest.raises(RefusedError) as caught:
        kit.cut()

    status = kit.status()
    assert (status.published.value, status.can_resume) == ("commit", True)
    assert ". Its commit is on 'origin', its tag is not." in caught.value.message
    assert "'aidevsecops release undo --published' takes it back" in caught.value.message
    with pytest.raises(ConflictError) as again:
        kit.cut(plan_of(repo, files=()))
    assert again.value.code is ErrorCode.RELEASE_UNFINISHED
    (remote.git_dir / "hooks" / "update").unlink()
    assert kit.resume().stage is ReleaseStage.DONE
    assert kit.status().published.value == "all"


def test_release_is_pushed_over_http_with_the_credentials_of_a_helper(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    remote.git("config", "http.receivepack", "true")
    with serve_git(tmp_path, password="hunter22") as address:
        repo.git("remote", "set-url", "origin", f"{address}/remote")
        kit = ReleaseKit(repo)
        refused = expect_all_as_it_was(kit, RefusedError)
        helper = "!f() { echo username=jo; echo password=hunter22; }; f"
        # The repository's own settings would not be followed.
        repo.git("config", "--global", "credential.helper", helper)
        record = kit.cut()

    assert refused.code is ErrorCode.RELEASE_NO_CREDENTIALS
    assert remote.refs()["refs/tags/v1.1.0"] == record.tag_id


def test_release_shows_no_password_of_the_address(
    repo: GitRepo, remote: GitRepo, tmp_path: Path
) -> None:
    remote.git("config", "http.receivepack", "true")
    remote.hook("pre-receive", "echo nobody; exit 1")
    with serve_git(tmp_path, password="hunter22") as address:
        url = address.replace("://", "://jo:hunter22@")
        repo.git("remote", "set-url", "origin", f"{url}/remote")
        kit = ReleaseKit(repo)
        refused = expect_all_as_it_was(kit, RefusedError)
    with pytest.raises(OutsideFailedError) as gone:
        kit.cut()

    journal = (repo.git_dir / "aidevsecops/release.json").read_text()
    said = f"{vars(refused)}{vars(gone.value)}{kit.progress.lines}{kit.progress.messages}{journal}"
    assert "hunter22" not in said
    assert refused.code is ErrorCode.RELEASE_PUSH_REJECTED
    assert gone.value.code is ErrorCode.RELEASE_REMOTE_UNREACHABLE


def test_release_is_refused_when_a_file_of_it_is_ignored(repo: GitRepo) -> None:
    repo.commit("Ignore", {".gitignore": "CHANGELOG.md\n"})

    error = expect_all_as_it_was(ReleaseKit(repo), RefusedError)

    assert error.code is ErrorCode.RELEASE_COMMIT_FAILED
    assert "ignored" in str(error.details["explanation"])


def test_release_has_names_that_git_would_take_for_patterns(repo: GitRepo) -> None:
    names = ("-x.txt", "[ab].txt", ":(top)y.txt", "ü *.txt")
    repo.commit("More", {"a.txt": "1\n"})
    files = tuple(FilePreview(name, "new\n") for name in names)

    ReleaseKit(repo).cut(plan_of(repo, files=files))

    shown = repo.git("-c", "core.quotePath=false", "show", "--format=", "--name-only").splitlines()
    assert sorted(shown) == sorted(names)


def test_release_has_hooks_find_what_they_look_for(repo: GitRepo) -> None:
    repo.hook("pre-commit", "git diff --cached --name-only -- '*.py'; printf 'gr\\303\\274n\\n'")
    kit = ReleaseKit(repo)

    kit.cut()

    assert kit.progress.lines[:2] == ["version.py", "grün"]


def test_release_waits_while_another_program_has_the_index(repo: GitRepo) -> None:
    lock = repo.git_dir / "index.lock"
    lock.touch()
    waiting = subprocess.Popen(("sh", "-c", f"sleep 0.7; rm '{lock}'"))

    record = ReleaseKit(repo).cut()

    assert waiting.wait() == 0
    assert record.stage is ReleaseStage.DONE


def test_release_is_cut_in_a_worktree(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", str(tmp_path / "beside"), "-b", "beside")
    beside = GitRepo(tmp_path / "beside")

    ReleaseKit(beside).cut(plan_of(beside, branch="beside"))

    assert ReleaseKit(repo).status().record is None
    assert ReleaseKit(beside).status().record is not None


def test_release_is_pushed_to_a_daemon(repo: GitRepo, remote: GitRepo, tmp_path: Path) -> None:
    with serve_daemon(tmp_path) as address:
        repo.git("remote", "set-url", "origin", f"{address}/remote")
        record = ReleaseKit(repo).cut()

    assert remote.refs()["refs/tags/v1.1.0"] == record.tag_id


def test_release_is_signed_by_gpg_when_git_is_set_so(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The path of the agent's socket has to be short.
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        monkeypatch.setenv("GNUPGHOME", home)
        words = ("--batch", "--quiet", "--passphrase", "", "--quick-gen-key", "Jo <jo@example.org>")
        subprocess.run(("gpg", *words, "ed25519", "sign", "1y"), check=True, capture_output=True)
        for name in ("commit.gpgSign", "tag.gpgSign"):
            repo.git("config", name, "true")
        repo.git("config", "user.signingKey", "jo@example.org")

        ReleaseKit(repo).cut()
        repo.git("verify-commit", "HEAD")
        repo.git("verify-tag", "v1.1.0")
        subprocess.run(("gpgconf", "--kill", "all"), check=True)
    assert not (tmp_path / "home/.gnupg").exists()
