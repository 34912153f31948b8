"""Characters that would steer a terminal, or turn words round, are shown and not printed."""

from __future__ import annotations

import json
import logging
import re

import click
import pytest
from click.testing import CliRunner, Result

from aidevsecops_ext.cli import screen
from aidevsecops_ext.cli.main import main
from tests.cli.conftest import Terminal
from tests.fakes.forge import FakeForge
from tests.kits.git_repo import GitRepo
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.split_notebooks import split_text

EVIL = "\x1b[2J\x1b]52;c;cm0=\x07\x1b[8m\x1b[32m\r\b\x9b1A\u202egpj\u2066\u2069"
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
OWN = re.compile(r"\x1b\[(?:0|1|2|3[123])m")


def printed(terminal: Terminal, *words: str) -> Result:
    """What a command prints on a terminal that has colours."""
    result = CliRunner().invoke(
        main, words, obj=terminal.services, prog_name="aidevsecops", color=True
    )
    assert result.exit_code in {0, 1, 2, 3, 4}
    assert not isinstance(result.exception, UnicodeError)
    return result


def steering(text: str) -> list[str]:
    """What would steer a terminal, but for colours."""
    return STEERING.findall(OWN.sub("", text))


@pytest.fixture
def hostile(terminal: Terminal) -> str:
    """A notebook with such characters in its name, and in all that it says."""
    name = f"n{EVIL.replace('/', '')}.ipynb"
    metadata = locked_metadata({f"six{EVIL}": f"=={EVIL}"}, ())
    cells = [f"# {EVIL}\n!pip install {EVIL} x{EVIL}", f"import a{EVIL}", "import six, own"]
    terminal.write(name, notebook_text(cells, **metadata))
    terminal.write("plain.ipynb", notebook_text(cells, **locked_metadata({EVIL: EVIL}, ())))
    terminal.write("fine.ipynb", notebook_text(["import six"]))
    steps = [f"# Step {EVIL}", ">x = 1", f"# Other {EVIL}", f">y = x + {EVIL!r}"]
    terminal.write("steps.ipynb", split_text(steps))
    terminal.write(".thoth.yaml", f'host: "{EVIL!r}"\n"\\e[2J": [1\n')
    terminal.write("bad.pipeline", json.dumps({EVIL: EVIL, "pipelines": [{"id": EVIL}]}))
    terminal.write("pyproject.toml", f"[tool.{json.dumps(EVIL)}]\n")
    return name


COMMANDS = (
    *(("discover", "{}"), ("discover", "plain.ipynb"), ("check", "."), ("show", "{}")),
    *(("show", "plain.ipynb"), ("lock", "{}"), ("lock", "plain.ipynb"), ("lock", "fine.ipynb")),
    *(("convert", "{}"), ("requirements", "{}"), ("audit", "{}"), ("status",), ("doctor",)),
    *(("split", "steps.ipynb", "--dry-run"), ("split", "{}", "--dry-run")),
    *(("split", "steps.ipynb", f"--out={EVIL}"), ("overlay", "extract", "{}")),
    *(("overlay", "extract", "fine.ipynb", f"--name={EVIL}"), ("overlay", "list")),
    *(("pipeline", "validate", "bad.pipeline"), ("pipeline", "show", "bad.pipeline")),
    *(("pipeline", "run", "{}"), ("pipeline", "create", "{}"), ("config", "check")),
    *(("export", "{}", "--format", "requirements"), ("import", "{}", "pyproject.toml")),
    *(("kernel", "create", "{}"), ("kernel", "list"), ("init", "--dry-run")),
    *((EVIL,), (f"-{EVIL}",), (f"--{EVIL}",), ("check", f"-{EVIL}"), ("check", f"{EVIL}")),
    *(("split", "steps.ipynb", f"--by={EVIL}"), ("pipeline", EVIL), ("lock", "--engine", EVIL)),
    *(("search", EVIL), ("runtime", "test", EVIL), ("release", EVIL), ("release", "notes")),
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: ascii(" ".join(words)))
def test_command_prints_nothing_that_steers_a_terminal(
    terminal: Terminal, hostile: str, words: tuple[str, ...]
) -> None:
    result = printed(terminal, *(word.replace("{}", hostile) for word in words))

    assert steering(result.stdout) == []
    assert steering(result.stderr) == []


@pytest.mark.parametrize("command", ["discover", "check", "show"])
def test_json_has_the_very_names_and_steers_nothing(
    terminal: Terminal, hostile: str, command: str
) -> None:
    result = printed(terminal, command, hostile, "--json")

    assert STEERING.findall(result.stdout) == []
    assert any(hostile in text for text in _texts(json.loads(result.stdout)))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, dict | list):
        return []
    return [
        t for one in (value.values() if isinstance(value, dict) else value) for t in _texts(one)
    ]


def test_title_of_an_issue_steers_no_terminal(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    repo.commit(f"feat: {EVIL}".replace("\x00", ""), {"b.txt": "1"})
    del forge

    for words in (("release", "patch", "--dry-run"), ("release", "notes"), ("bot", "requests")):
        result = printed(terminal, *words)

        assert steering(result.output) == []


def test_own_colours_get_through(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", notebook_text(["import six"]))

    result = printed(terminal, "discover", "nb.ipynb")

    assert "\x1b[1mnb.ipynb\x1b[0m" in result.stdout


def test_text_has_no_colour_that_is_not_given_here(capsys: pytest.CaptureFixture[str]) -> None:
    screen.echo_styled(f"a{screen._START}31mb", fg="green")

    assert capsys.readouterr().out == "a\\x1b[31mb\n"


def test_text_of_a_file_is_exact_where_no_terminal_reads_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen.echo_exactly(f"+{EVIL}\r\n")

    assert capsys.readouterr().out == f"+{EVIL}\r\n"


def test_text_of_a_file_is_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)

    screen.echo_exactly(f"+{EVIL}\n")

    assert STEERING.findall(capsys.readouterr().out) == []


def test_colours_of_what_a_step_printed_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    screen.echo_logged("\x1b[31m10 %\x1b[0m\r20 %")

    assert capsys.readouterr().out == "10 %\\r20 %\n"


def test_question_shows_what_it_is_about() -> None:
    @click.command
    def ask() -> None:
        screen.confirm(f"Go on with {EVIL}?")
        screen.ask_secret(EVIL)

    result = CliRunner().invoke(ask, input="y\nx\n", color=True)

    assert result.exit_code == 0
    assert STEERING.findall(result.stderr) == []


def test_log_for_a_mistake_steers_no_terminal(
    terminal: Terminal, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDEVSECOPS_DEBUG", "1")
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.WARNING)
    monkeypatch.setattr(terminal, "resolver", None)

    result = printed(terminal, "discover", hostile)
    logging.getLogger("a").error(EVIL)

    assert logging.root.handlers
    formatter = logging.root.handlers[0]
    record = logging.LogRecord("a", logging.ERROR, "", 0, EVIL, None, None)
    assert STEERING.findall(formatter.format(record)) == []
    assert steering(result.output) == []
