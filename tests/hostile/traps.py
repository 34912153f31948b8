"""A repository in which every setting, hook and file that could run something leaves a trace."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tests.kits.git_repo import GitRepo, make_repo
from tests.kits.notebooks import notebook_text

_HOOKS = (
    *("pre-commit", "commit-msg", "post-commit", "post-index-change", "reference-transaction"),
    *("pre-push", "post-checkout", "pre-auto-gc", "fsmonitor-watchman", "post-rewrite"),
)
_SETTINGS = {
    "core.fsmonitor": "{trap}; false",
    "filter.evil.clean": "{trap}; cat",
    "filter.evil.smudge": "{trap}; cat",
    "filter.evil.required": "true",
    "filter.worse.process": "{trap}",
    "diff.evil.textconv": "{trap}; cat",
    "diff.evil.command": "{trap}",
    "diff.external": "{trap}",
    "core.pager": "{trap}",
    "core.editor": "{trap}",
    "sequence.editor": "{trap}",
    "gpg.program": "{program}",
    "gpg.ssh.program": "{program}",
    "core.askPass": "{program}",
    "log.showSignature": "true",
    "core.sshCommand": "{trap}",
    "core.gitProxy": "{program}",
    "core.alternateRefsCommand": "{trap}",
    "credential.helper": "!{trap}",
    "credential.https://git.example.helper": "!{trap}",
    "uploadpack.packObjectsHook": "{trap}",
    "remote.origin.uploadpack": "{trap}",
    "interactive.diffFilter": "{trap}",
    "trailer.sign.command": "{trap}",
    "alias.status": "!{trap}",
}
_MODULES = ("json.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "ast.py", "site.py")


@dataclass
class Traps:
    """The repository, and the folder that gets a file for everything that ran."""

    repo: GitRepo
    traces: Path

    @property
    def sprung(self) -> list[str]:
        """What ran."""
        return sorted(path.name for path in self.traces.iterdir())


def set_traps(folder: Path, traces: Path) -> Traps:
    """A repository with a notebook and a release, and traps everywhere."""
    traces.mkdir()
    repo = make_repo(folder, _files(traces))
    repo.git("tag", "--annotate", "v1.0.0", "-m", "First")
    repo.commit("feat: more", {"more.txt": "more"})
    # Whoever wants to know whether they changed has to read them, through their filters.
    for name in ("nb.ipynb", "data.csv"):
        os.utime(folder / name, (0, 0))
    repo.git("remote", "add", "origin", "git@git.example:org/name.git")
    repo.git("config", "branch.main.remote", "origin")
    _set_settings(repo, traces)
    return Traps(repo, traces)


def _files(traces: Path) -> dict[str, str]:
    code = ["import json, requests, own\nx = json.dumps({})", "print(x)"]
    files = {
        "nb.ipynb": notebook_text(code),
        "data.csv": "1\n",
        "version.py": '__version__ = "1.0.0"\n',
        ".gitattributes": "*.ipynb filter=evil diff=evil\n*.csv filter=worse diff=evil\n",
        "own.py": "import json\n",
        "a.pth": f"import os; os.mkdir({str(traces / 'pth')!r})\n",
        "setup.py": f"import os; os.mkdir({str(traces / 'setup.py')!r})\n",
    }
    for name in _MODULES:
        files[name] = f"import os\nos.makedirs({str(traces / name)!r}, exist_ok=True)\n"
    return files


def _set_settings(repo: GitRepo, traces: Path) -> None:
    hooks = repo.folder / ".git" / "traps"
    hooks.mkdir()
    for name in _HOOKS:
        _write_program(hooks / name, traces / f"hook-{name}")
    settings = {"core.hooksPath": str(hooks)}
    for key, value in _SETTINGS.items():
        trace = traces / key.replace("/", "_")
        program = repo.folder / ".git" / f"program-{key.replace('/', '_')}"
        _write_program(program, trace)
        settings[key] = value.format(trap=f"touch '{trace}'", program=program)
    lines = [f'[include]\n\tpath = "{repo.folder / ".git" / "more"}"\n']
    (repo.folder / ".git" / "more").write_text("")
    for key, value in settings.items():
        repo.git("config", "--file", str(repo.folder / ".git" / "more"), key, value)
    with (repo.folder / ".git" / "config").open("a") as file:
        file.writelines(lines)


def _write_program(path: Path, trace: Path) -> None:
    path.write_text(f"#!/bin/sh\ntouch '{trace}'\n")
    path.chmod(0o755)
