"""``aidevsecops kernel``, with environments and kernels that a test controls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from aidevsecops_ext.cli.main import main
from aidevsecops_ext.cli.render_kernels import age_of
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.kernels import Kernel
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.wiring import Services
from tests.cli.conftest import Terminal
from tests.fakes.clock import FakeClock
from tests.fakes.environments import FakeEnvironments
from tests.fakes.kernels import FakeKernels
from tests.kits.kernels import HASH, SIX, locked_text
from tests.kits.services import with_ports


class KernelTerminal:
    """A terminal whose environments and kernels are fakes."""

    def __init__(self, terminal: Terminal) -> None:
        self.write = terminal.write
        self.environments = FakeEnvironments()
        self.kernels = FakeKernels()
        self.clock = FakeClock()

    def services(self, root: Path, settings: Settings) -> Services:
        return with_ports(
            Services(root, settings),
            environments=self.environments,
            kernels=self.kernels,
            clock=self.clock,
        )

    def move(self, name: str, path: Path) -> None:
        """Tell a kernel's notebook as it is seen from the root of the machine."""
        below = path.relative_to(path.anchor).as_posix()
        self.kernels.known[name] = replace(self.kernels.known[name], notebook=below)

    def run(self, *arguments: str) -> Result:
        """Run ``aidevsecops kernel`` with those arguments."""
        return CliRunner().invoke(main, ("kernel", *arguments), obj=self.services)

    def json(self, *arguments: str) -> Any:
        """What it answers with ``--json``."""
        return json.loads(self.run(*arguments, "--json").stdout)


@pytest.fixture
def kernels(terminal: Terminal) -> KernelTerminal:
    """The terminal, with the locked notebook ``nb.ipynb``."""
    made = KernelTerminal(terminal)
    made.write("nb.ipynb", locked_text(SIX))
    return made


def test_install_makes_a_kernel_and_switches_the_notebook(
    kernels: KernelTerminal, terminal: Terminal
) -> None:
    answer = kernels.json("install", "nb.ipynb", "--name", "mine")

    saved = json.loads((terminal.folder / "nb.ipynb").read_text())
    assert list(answer) == [
        *("notebook", "kernel", "display_name", "environment", "python_version"),
        *("packages", "reused", "dry_run", "seconds"),
    ]
    assert (answer["notebook"], answer["kernel"], answer["reused"]) == ("nb.ipynb", "mine", False)
    assert saved["metadata"]["kernelspec"]["display_name"] == "Python (mine)"


def test_install_says_what_it_made(kernels: KernelTerminal) -> None:
    first = kernels.run("install", "nb.ipynb")
    second = kernels.run("install", "nb.ipynb")

    assert first.stdout.startswith("nb.ipynb: made the kernel nb: 1 package for Python 3.11, ")
    assert second.stdout.endswith("the environment was there\n")


def test_install_shows_the_edit_and_writes_nothing_when_it_is_a_dry_run(
    kernels: KernelTerminal, terminal: Terminal
) -> None:
    before = (terminal.folder / "nb.ipynb").read_bytes()

    answer = kernels.json("install", "nb.ipynb", "--dry-run")
    result = kernels.run("install", "nb.ipynb", "--dry-run")

    assert answer["edit"]["metadata"]["kernelspec"]["name"] == "nb"
    assert "would make the kernel nb" in result.stdout
    assert (terminal.folder / "nb.ipynb").read_bytes() == before
    assert kernels.kernels.written == []


def test_install_shows_users_the_name_that_is_asked_for(kernels: KernelTerminal) -> None:
    answer = kernels.json("install", "nb.ipynb", "--display-name", "My kernel")

    assert answer["display_name"] == "My kernel"
    assert kernels.kernels.known["nb"].display_name == "My kernel"


def test_install_says_why_it_refuses(kernels: KernelTerminal) -> None:
    kernels.kernels.known["ir"] = Kernel("ir", "R")

    result = kernels.run("install", "nb.ipynb", "--name", "ir", "--force")
    answer = kernels.json("install", "nb.ipynb", "--name", "ir")

    assert result.exit_code == 3
    assert "not made from a lock" in result.stderr
    assert answer["error"]["code"] == "kernel.name-taken"


def test_install_wants_one_notebook(kernels: KernelTerminal) -> None:
    kernels.write("other.ipynb", locked_text(SIX))

    result = kernels.run("install", ".")

    assert result.exit_code == 2
    assert "2 notebooks" in result.stderr


def test_list_tells_state_size_and_age(kernels: KernelTerminal, terminal: Terminal) -> None:
    kernels.write("other.ipynb", locked_text(SIX))
    for name in ("nb", "other"):
        kernels.run("install", f"{name}.ipynb")
        kernels.move(name, terminal.folder / f"{name}.ipynb")
    kernels.write("nb.ipynb", locked_text(LockedPackage("six", "1.17.0", (HASH,))))
    kernels.clock.seconds = 3 * 86_400.0

    result = kernels.run("list")
    answer = kernels.json("list")

    assert result.stdout.splitlines() == [
        "nb: stale (Python 3.11, 0 MB, 3 days old, environment shared with other)",
        "  - Its notebook has another lock now.",
        "other: ok (Python 3.11, 0 MB, 3 days old, environment shared with nb)",
    ]
    assert [entry["state"] for entry in answer] == ["stale", "ok"]
    assert answer[0]["notebook"] == str(terminal.folder / "nb.ipynb")


def test_list_says_that_there_are_none(kernels: KernelTerminal) -> None:
    assert kernels.run("list").stdout == "no kernels were made from locks\n"
    assert kernels.json("list") == []


def test_check_ends_with_0_when_the_lock_is_installed(kernels: KernelTerminal) -> None:
    kernels.run("install", "nb.ipynb")

    result = kernels.run("check", "nb.ipynb")

    assert result.exit_code == 0
    assert "everything is installed as it is locked" in result.stdout


def test_check_names_what_differs_and_ends_with_1(kernels: KernelTerminal) -> None:
    kernels.run("install", "nb.ipynb")
    changed = locked_text(LockedPackage("six", "1.17.0", (HASH,)), kernelspec={"name": "nb"})
    kernels.write("nb.ipynb", changed)

    result = kernels.run("check", "nb.ipynb")
    answer = kernels.json("check", "nb.ipynb")

    assert result.exit_code == 1
    assert "  ~ six: locked 1.17.0, installed 1.16.0" in result.stdout
    assert answer["differences"] == [{"name": "six", "locked": "1.17.0", "installed": "1.16.0"}]


def test_check_takes_the_name_of_a_kernel(kernels: KernelTerminal) -> None:
    kernels.kernels.known["ir"] = Kernel("ir", "R")

    result = kernels.run("check", "ir")
    unknown = kernels.run("check", "gone")

    assert result.exit_code == 0
    assert "there is nothing to compare" in result.stdout
    assert unknown.exit_code == 2


def test_delete_tells_what_it_removes(kernels: KernelTerminal) -> None:
    kernels.run("install", "nb.ipynb")
    [key] = kernels.environments.known

    preview = kernels.run("delete", "nb", "--dry-run")
    answer = kernels.json("delete", "nb")

    assert preview.stdout.splitlines()[:2] == [
        "nb: would delete the kernel",
        f"  - environment {key}",
    ]
    assert (answer["name"], answer["environments"], answer["dry_run"]) == ("nb", [key], False)
    assert kernels.kernels.known == {}


def test_delete_says_for_whom_the_environment_is_kept(kernels: KernelTerminal) -> None:
    kernels.run("install", "nb.ipynb", "--name", "a")
    kernels.run("install", "nb.ipynb", "--name", "b")

    result = kernels.run("delete", "a")

    assert "its environment is kept for b" in result.stdout


def test_delete_counts_what_it_does_not_name(kernels: KernelTerminal) -> None:
    kernels.run("install", "nb.ipynb")
    [key] = kernels.environments.known
    for number in range(7):
        kernels.environments.known[str(number)] = kernels.environments.known[key]

    result = kernels.run("delete", "nb", "--dry-run")

    assert "  - and 3 more" in result.stdout


def test_refresh_takes_the_notebooks_lock_of_now(
    kernels: KernelTerminal, terminal: Terminal
) -> None:
    kernels.run("install", "nb.ipynb")
    kernels.move("nb", terminal.folder / "nb.ipynb")
    old = kernels.kernels.known["nb"]
    kernels.write("nb.ipynb", locked_text(LockedPackage("six", "1.17.0", (HASH,))))

    answer = kernels.json("refresh", "nb")

    assert answer["kernel"] == "nb"
    assert answer["environment"] != old.environment


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5.0, "new"), (60.0, "1 minute old"), (7_300.0, "2 hours old"), (86_400.0, "1 day old")],
)
def test_age_of_is_in_words(seconds: float, words: str) -> None:
    assert age_of(seconds) == words
