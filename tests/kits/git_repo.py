"""Real Git repositories made small: one to work in, and bare ones to push to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

AUTHOR = {
    "user.name": "Jo Doe",
    "user.email": "jo@example.org",
}


class GitRepo:
    """A repository in a folder; every method runs the real git there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *words: str, is_checked: bool = True, stdin: str | None = None) -> str:
        outcome = subprocess.run(
            ("git", *words),
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not is_checked or outcome.returncode == 0, outcome.stderr
        return outcome.stdout.strip()

    def write(self, path: str, text: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
        return target

    def read(self, path: str) -> str:
        return (self.folder / path).read_bytes().decode()

    def commit(self, subject: str, files: Mapping[str, str] | None = None) -> str:
        for path, text in (files or {}).items():
            self.write(path, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", subject)
        return self.git("rev-parse", "HEAD")

    def hook(self, name: str, script: str) -> None:
        """Install a hook, a shell script."""
        hooks = self.git_dir / "hooks"
        hooks.mkdir(exist_ok=True)
        target = hooks / name
        target.write_text(f"#!/bin/sh\n{script}\n")
        target.chmod(0o755)

    @property
    def git_dir(self) -> Path:
        return Path(self.git("rev-parse", "--absolute-git-dir"))

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def refs(self) -> dict[str, str]:
        """All references and what they point to."""
        lines = self.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        return {name: target for name, _, target in (line.partition(" ") for line in lines)}

    def snapshot(self) -> tuple[dict[str, str], str, str, dict[str, bytes]]:
        """References, index, status and files: what must be the same where nothing was done."""
        files = {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.folder).parts[:1]
        }
        status = self.git("status", "--porcelain=v2", "--branch", "--untracked-files=all")
        return self.refs(), self.git("ls-files", "--stage"), status, files


def make_repo(folder: Path, files: Mapping[str, str] | None = None) -> GitRepo:
    """A repository with somebody who commits, and with one commit where there are files."""
    folder.mkdir(parents=True, exist_ok=True)
    repo = GitRepo(folder)
    repo.git("init", "--quiet", "--initial-branch=main")
    for key, value in AUTHOR.items():
        repo.git("config", key, value)
    if files is not None:
        repo.commit("Begin", files)
    return repo


def make_remote(folder: Path, repo: GitRepo, *, name: str = "origin") -> GitRepo:
    """A bare repository that has all of ``repo``, which is told that it is its remote."""
    folder.mkdir(parents=True)
    remote = GitRepo(folder)
    remote.git("init", "--quiet", "--bare", "--initial-branch=main")
    repo.git("remote", "add", name, folder.as_uri())
    repo.git("push", "--quiet", "--set-upstream", name, "HEAD")
    return remote


def clone(remote: GitRepo, folder: Path, *options: str) -> GitRepo:
    """A clone with somebody who commits."""
    words = ("clone", "--quiet", *options, remote.folder.as_uri(), str(folder))
    remote.git(*words)
    repo = GitRepo(folder)
    for key, value in AUTHOR.items():
        repo.git("config", key, value)
    return repo


def bare_environment(home: Path) -> dict[str, str]:
    """The environment of somebody for whom git was never set up."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") and name not in {"EMAIL", "SSH_ASKPASS"}
    }
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def live_in(environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process live in that environment and in no other, until the test ends."""
    for name in {*os.environ} - {*environment}:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
