"""``aidevsecops lock``, with a resolver that a test controls."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.app.ports import CancelToken, Progress, Resolution, ResolveRequest
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, RefusedError
from aidevsecops_ext.formats import horus_metadata
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.pipfile import hash_of, lock_of
from tests.cli.conftest import Terminal
from tests.fakes.resolver import FakeResolver
from tests.kits.notebooks import notebook_text

TEXT = notebook_text(["import numpy\nimport rich"])


class MeddlingResolver(FakeResolver):
    """Another program writes the notebook while this resolves."""

    def __init__(self, path: Path, text: str | None) -> None:
        super().__init__()
        self._path = path
        self._text = text

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        if self._text is None:
            self._path.unlink()
        else:
            self._path.write_text(self._text)
        return super().resolve(request, progress, cancel)


class BrokenResolver(FakeResolver):
    """Holds a mistake of ours."""

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        del request, progress, cancel
        raise ZeroDivisionError("a mistake")


class TalkingResolver(FakeResolver):
    """Says what it does, as engines do."""

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        for count in (1, 2, 3):
            progress.report(f"Choosing versions: {count} so far", count / 3)
            progress.log(f"engine line {count}")
        return super().resolve(request, progress, cancel)


def test_lock_answers_the_promised_json_and_writes_the_lock(terminal: Terminal) -> None:
    terminal.resolver = FakeResolver({"numpy": "2.1", "rich": "14.0"})
    path = terminal.write("nb.ipynb", TEXT)

    answer = terminal.json("lock", "nb.ipynb")

    recorded = horus_metadata.read(parse(path.read_text(), "nb.ipynb").metadata)
    assert recorded.pipfile is not None
    assert recorded.lockfile is not None
    assert list(answer) == ["notebook", "engine", "packages", "hash", "changed", "seconds"]
    assert (answer["notebook"], answer["engine"], answer["packages"]) == ("nb.ipynb", "fake", 2)
    assert answer["hash"] == lock_of(recorded.lockfile).requirements_hash
    assert answer["hash"] == hash_of(recorded.pipfile)
    assert answer["changed"] == {
        "added": [{"name": "numpy", "version": "2.1"}, {"name": "rich", "version": "14.0"}],
        "removed": [],
        "updated": [],
    }
    assert terminal.json("check", "nb.ipynb")[0]["status"] == "fresh"


def test_lock_says_what_changed_when_asked_in_words(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", TEXT)
    terminal.run("lock", "nb.ipynb")
    terminal.resolver = FakeResolver({"numpy": "3.0"})
    terminal.write("more.py", "")
    terminal.run("requirements", "nb.ipynb", "--add", "attrs")

    result = terminal.run("lock", "nb.ipynb", "--upgrade")

    lines = result.stdout.splitlines()
    assert lines[0].startswith("nb.ipynb: locked 3 packages for Python 3.")
    assert lines[1:] == ["  + attrs 1.0", "  ~ numpy 1.0 -> 3.0"]
    assert "nb.ipynb: Looking for what the notebook imports" in result.stderr


def test_lock_leaves_the_file_when_nothing_changes(terminal: Terminal) -> None:
    path = terminal.write("nb.ipynb", TEXT)
    terminal.run("lock", "nb.ipynb")
    before = path.stat()

    result = terminal.run("lock", "nb.ipynb")

    assert result.stdout.startswith("nb.ipynb: already locked: 2 packages for Python 3.")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_lock_shows_the_edit_and_writes_nothing_when_it_is_a_dry_run(terminal: Terminal) -> None:
    path = terminal.write("nb.ipynb", TEXT)

    answer = terminal.json("lock", "nb.ipynb", "--dry-run")
    result = terminal.run("lock", "nb.ipynb", "--dry-run")

    assert {"requirements", "requirements_lock"} <= set(answer["edit"]["metadata"])
    assert result.stdout.startswith("nb.ipynb: would lock 2 packages")
    assert path.read_text() == TEXT


def test_lock_passes_the_choices_on_when_options_are_given(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", TEXT)

    terminal.run(
        *("lock", "nb.ipynb", "--python-version", "3.12", "--python-platform", "linux"),
        *("--engine", "uv", "--jobs", "1"),
    )
    terminal.run("lock", "nb.ipynb", "--universal", "--upgrade")

    first, second = terminal.resolver.requests
    assert (first.target.python_version, first.target.platform) == ("3.12", "linux")
    assert second.target.is_universal
    assert second.preferred == ()


def test_lock_follows_thoth_yaml_when_an_environment_is_named(terminal: Terminal) -> None:
    terminal.write(
        ".thoth.yaml",
        "host: advice.example\nruntime_environments:\n- name: train\n  python_version: '3.10'\n",
    )
    terminal.write("sub/nb.ipynb", TEXT)

    result = terminal.run("lock", "sub/nb.ipynb", "--runtime-environment", "train")

    assert result.exit_code == 0, result.stderr
    assert terminal.resolver.requests[0].target.python_version == "3.10"


def test_lock_locks_all_and_goes_on_when_one_fails(terminal: Terminal) -> None:
    paths = [terminal.write(f"{name}.ipynb", TEXT) for name in "abc"]
    terminal.write("bad.ipynb", "{")

    answer = terminal.json("lock", ".")
    result = terminal.run("lock", ".")

    assert [entry["notebook"] for entry in answer] == [
        "a.ipynb",
        "b.ipynb",
        "bad.ipynb",
        "c.ipynb",
    ]
    assert answer[2]["error"]["code"] == "notebook.invalid"
    assert result.exit_code == 2
    assert all("requirements_lock" in path.read_text() for path in paths)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (["--runtime-environment", "x", "--universal"], 2, "--runtime-environment says"),
        (["--runtime-environment", "x"], 2, "no runtime environment 'x'"),
        (["--python-version", "three"], 2, "three"),
        (["--engine", "poetry"], 2, "There is no engine 'poetry'"),
        (["--jobs", "0"], 2, "0 is not in the range"),
    ],
)
def test_lock_refuses_and_leaves_the_file_when_the_choice_is_wrong(
    terminal: Terminal, arguments: list[str], exit_code: int, words: str
) -> None:
    path = terminal.write("nb.ipynb", TEXT)

    result = terminal.run("lock", "nb.ipynb", *arguments)

    assert (result.exit_code, words in result.stderr) == (exit_code, True)
    assert path.read_text() == TEXT


@pytest.mark.parametrize(("newer", "words"), [("newer", "changed by"), (None, "was deleted")])
def test_lock_refuses_and_keeps_the_newer_content_when_it_changed_meanwhile(
    terminal: Terminal, newer: str | None, words: str
) -> None:
    path = terminal.write("nb.ipynb", TEXT)
    terminal.resolver = MeddlingResolver(path, newer)

    result = terminal.run("lock", "nb.ipynb")

    assert result.exit_code == 3
    assert words in result.stderr
    assert (path.read_text() if path.exists() else None) == newer
    assert [each.name for each in terminal.folder.iterdir()] == (["nb.ipynb"] if newer else [])


def test_lock_explains_with_cells_when_the_requirements_clash(terminal: Terminal) -> None:
    error = RefusedError(
        ErrorCode.LOCK_UNSATISFIABLE,
        "No versions.",
        hint="Loosen.",
        details={"explanation": "Because numpy<2\nno.", "requirements": ["numpy", "rich"]},
    )
    terminal.resolver = FakeResolver(error=error)
    pipfile = json.dumps({"packages": {"numpy": "<2"}})
    terminal.write("nb.ipynb", notebook_text(["x = 1", "import rich"], requirements=pipfile))

    result = terminal.run("lock", "nb.ipynb")

    assert result.exit_code == 3
    assert result.stderr.splitlines()[-6:] == [
        "nb.ipynb: Error: No versions.",
        "  numpy<2 (declared)",
        "  rich (import, cell 2)",
        "  Because numpy<2",
        "  no.",
        "Hint: Loosen.",
    ]


def test_lock_says_how_to_agree_when_an_index_is_not_trusted(terminal: Terminal) -> None:
    pipfile = {"packages": {}, "source": [{"name": "own", "url": "https://own.example/simple"}]}
    terminal.write("nb.ipynb", notebook_text(requirements=json.dumps(pipfile)))

    refused = terminal.run("lock", "nb.ipynb")
    agreed = terminal.run("lock", "nb.ipynb", "--trust-index", "https://own.example/simple")

    assert (refused.exit_code, agreed.exit_code) == (3, 0)
    assert "--trust-index ADDRESS" in refused.stderr
    assert terminal.index.asked == []


def test_lock_answers_in_words_when_the_program_has_a_mistake(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", TEXT)
    terminal.resolver = BrokenResolver()

    result = terminal.run("lock", "nb.ipynb")

    assert result.exit_code == 4
    assert "Unexpected error (ZeroDivisionError: a mistake)" in result.stderr
    assert "Traceback" not in result.output


def test_lock_ends_with_130_when_it_was_cancelled(terminal: Terminal) -> None:
    terminal.write("a.ipynb", TEXT)
    terminal.write("b.ipynb", "{")
    terminal.resolver = FakeResolver(error=CancelledError())

    result = terminal.run("lock", ".")

    assert result.exit_code == 130
    assert (terminal.folder / "a.ipynb").read_text() == TEXT


def test_lock_prints_each_step_once_and_the_engine_s_words_when_verbose(
    terminal: Terminal,
) -> None:
    terminal.write("nb.ipynb", TEXT)
    terminal.resolver = TalkingResolver()

    plain = terminal.run("lock", "nb.ipynb", "--dry-run").stderr.splitlines()
    verbose = terminal.run("lock", "nb.ipynb", "--dry-run", "-v").stderr
    quiet = terminal.run("lock", "nb.ipynb", "--dry-run", "--json").stderr

    assert plain.count("nb.ipynb: Choosing versions") == 1
    assert "engine line 3" in verbose
    assert quiet == ""
