"""Releases of real repositories: what there is to release, and what a release is cut with."""

from __future__ import annotations

import base64
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aidevsecops_ext.adapters.file_changes import RootedChanges
from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.adapters.git import GitRepository
from aidevsecops_ext.adapters.release_journal import GitJournal
from aidevsecops_ext.app.cut_release import CutRequest, cut_release
from aidevsecops_ext.app.git_ports import CutPorts, Git
from aidevsecops_ext.app.release_status import ReleaseStatus, release_status
from aidevsecops_ext.app.resume_release import resume_release
from aidevsecops_ext.app.undo_release import UndoneRelease, UndoRequest, undo_release
from aidevsecops_ext.domain.file_preview import FilePreview
from aidevsecops_ext.domain.release import ReleasePlan
from aidevsecops_ext.domain.release_record import ReleaseRecord
from aidevsecops_ext.domain.versions import ReleaseKind
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.forge import FakeForges
from tests.fakes.progress import FakeProgress
from tests.kits.git_http import answer_git, ask_password
from tests.kits.git_repo import GitRepo

FILES = {"version.py": '__version__ = "1.0.0"\n', "docs/notes.txt": "as it is\n"}
NOTES = "### Added\n\n- All of it\n"


def plan_of(repo: GitRepo, **changes: Any) -> ReleasePlan:
    """The plan of version 1.1.0: one file changes, one is new."""
    old = repo.read("version.py")
    files = (
        FilePreview("version.py", old.replace("1.0.0", "1.1.0"), old),
        FilePreview("docs/CHANGELOG.md", f"# Changelog\n\n## 1.1.0\n\n{NOTES}"),
    )
    return ReleasePlan(
        **{
            "current": "1.0.0",
            "next": "1.1.0",
            "tag": "v1.1.0",
            "kind": ReleaseKind.MINOR,
            "head": repo.head(),
            "branch": "main",
            "changelog": NOTES,
            "files": files,
            **changes,
        }
    )


class ReleaseKit:
    """Cuts, resumes and undoes releases of a repository, with the real adapters."""

    def __init__(self, repo: GitRepo, wrap: Callable[[Git], Git] = lambda git: git) -> None:
        git = GitRepository(repo.folder)
        self.repo = repo
        self.progress = FakeProgress()
        self.cancel = FakeCancelToken()
        self.ports = CutPorts(
            git=wrap(git),
            journal=GitJournal(git.git_dir),
            files=RootedFiles(repo.folder, size_limit=1_000_000),
            changes=RootedChanges(repo.folder),
            clock=FakeClock(1000.0),
            forges=FakeForges(),
        )

    def cut(self, plan: ReleasePlan | None = None, **options: Any) -> ReleaseRecord:
        request = CutRequest(plan or plan_of(self.repo), **options)
        return cut_release(request, self.ports, self.progress, self.cancel)

    def resume(self) -> ReleaseRecord:
        return resume_release(self.ports, self.progress, self.cancel)

    def undo(self, *, is_remote: bool = False) -> UndoneRelease:
        return undo_release(UndoRequest(is_remote), self.ports, self.progress, self.cancel)

    def status(self) -> ReleaseStatus:
        return release_status(self.ports, self.cancel, is_remote_asked=True)


class Killed(BaseException):
    """The process is gone: nothing that is meant for errors runs."""


class FailingPorts:
    """Any port, which ends the process before or after the call of one of its methods."""

    def __init__(self, port: object, method: str, *, is_after: bool, nth: int = 1) -> None:
        self._port = port
        self._method = method
        self._is_after = is_after
        self._left = nth

    def __getattr__(self, name: str) -> Any:
        target = getattr(self._port, name)
        if name != self._method:
            return target

        def call(*args: Any, **kwargs: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._is_after:
                raise Killed
            answer = target(*args, **kwargs)
            if self._left == 0:
                raise Killed
            return answer

        return call


@contextmanager
def serve_git(root: Path, password: str | None = None) -> Iterator[str]:
    """The repositories below a folder, over HTTP with git's own program; yields the address.

    With a password only the user ``jo`` with it may come in.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def log_message(self, *args: object) -> None:
            del args

        def _answer(self, body: bytes) -> None:
            if password is not None and self.headers.get("Authorization") != _basic(password):
                ask_password(self)
            else:
                answer_git(self, root, body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def serve_daemon(root: Path) -> Iterator[str]:
    """The repositories below a folder, over git's own protocol; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    words = ("--export-all", "--enable=receive-pack", "--reuseaddr", "--verbose")
    daemon = subprocess.Popen(
        # Not by "git daemon": ending that would leave the daemon itself.
        (
            _git_program("git-daemon"),
            *words,
            "--listen=127.0.0.1",
            f"--port={port}",
            f"--base-path={root}",
        ),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert daemon.stderr is not None
        assert "Ready to rumble" in daemon.stderr.readline()
        yield f"git://127.0.0.1:{port}"
    finally:
        daemon.terminate()
        daemon.communicate()


def _git_program(name: str) -> str:
    words = ("git", "--exec-path")
    folder = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    return str(Path(folder, name))


def _basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"jo:{password}".encode()).decode()
