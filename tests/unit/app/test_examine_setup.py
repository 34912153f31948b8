"""What is found on a machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.examine_setup import ExamineRequest, examine_setup
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.run_checks import Check, run_checks
from aidevsecops_ext.app.setup_ports import KernelProgram, Place, SetupPorts
from aidevsecops_ext.domain.diagnosis import Diagnosis, Finding, FindingGroup, FindingState
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.kernels import Kernel
from aidevsecops_ext.domain.repository import Remote
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.formats.diagnosis_answers import diagnosis_json
from aidevsecops_ext.jobs.cancel import CancelSource
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.forge import FakeForge, FakeForges
from tests.fakes.git import FakeGit
from tests.fakes.progress import FakeProgress
from tests.fakes.runtimes import FakeRuntimes
from tests.fakes.setup import FakeMachine, FakeNetwork
from tests.kits.kernels import KernelKit
from tests.kits.notebooks import notebook_text

INDEX = "https://index.example.org/simple"
ADVISORIES = "https://osv.example.org"
GOOD, ATTENTION = FindingState.GOOD, FindingState.ATTENTION
PROBLEM, UNKNOWN = FindingState.PROBLEM, FindingState.UNKNOWN


@dataclass
class Setup:
    """A machine on which all is well."""

    machine: FakeMachine = field(default_factory=FakeMachine)
    network: FakeNetwork = field(default_factory=lambda: FakeNetwork(INDEX))
    files: FakeFiles = field(default_factory=FakeFiles)
    git: FakeGit = field(default_factory=lambda: FakeGit(FakeFiles()))
    forge: FakeForge = field(default_factory=FakeForge)
    forges: FakeForges = field(default_factory=FakeForges)
    kernels: KernelKit = field(default_factory=KernelKit)
    runtimes: FakeRuntimes = field(default_factory=FakeRuntimes)
    repository_error: AidevsecopsError | None = None
    elyra_python: str = ""

    def __post_init__(self) -> None:
        self.forges.known = self.forge
        self.machine.settings[f"credential.helper {self.git.base.remote.url}"] = "store"  # type: ignore[union-attr]

    def _git(self, cancel: CancelToken) -> FakeGit:
        cancel.raise_if_cancelled()
        if self.repository_error is not None:
            raise self.repository_error
        return self.git

    def look(self, *, is_offline: bool = False) -> Diagnosis:
        """What is found."""
        ports = SetupPorts(
            machine=self.machine,
            network=self.network,
            files=self.files,
            git=self._git,
            forges=self.forges,
            kernels=self.kernels.ports,
            runtimes=self.runtimes,
            addresses={"Advisory service": ADVISORIES},
            elyra_python=self.elyra_python,
        )
        return examine_setup(ExamineRequest(is_offline), ports, FakeProgress(), FakeCancelToken())

    def find(self, name: str) -> Finding:
        """The one finding of that name."""
        [found] = [each for each in self.look().findings if each.name == name]
        return found


def test_a_machine_on_which_all_is_well_has_good_findings_alone() -> None:
    found = Setup().look()

    assert {finding.state for finding in found.findings} == {GOOD}
    groups = [finding.group for finding in found.findings]
    assert groups == sorted(groups, key=[*FindingGroup].index)
    assert set(groups) == {*FindingGroup}
    assert diagnosis_json(found)["healthy"] is True


def test_progress_is_told() -> None:
    progress = FakeProgress()

    run_checks((), 1.0, FakeCancelToken(), lambda done: progress.report(str(done)))
    assert progress.messages == []
    run_checks(
        (Check("a", FindingGroup.DISK, lambda _: ()),),
        5.0,
        FakeCancelToken(),
        lambda done: progress.report(str(done)),
    )

    assert progress.messages == [("1", None)]


def test_a_tool_that_is_missing_is_a_problem_where_it_is_needed() -> None:
    setup = Setup()
    setup.machine.programs = {"uv": "0.13.8"}

    assert setup.find("uv").message == "Version 0.13.8."
    assert setup.find("git").state is PROBLEM
    assert setup.find("git-cliff").state is ATTENTION


def test_packages_are_told_of() -> None:
    setup = Setup()
    setup.machine.packages = {}

    assert "only the panel needs it" in setup.find("JupyterLab").message
    assert setup.find("Extra elyra").fix is not None
    setup.elyra_python = "/opt/elyra/bin/python"
    assert setup.find("Extra elyra").fix is None


def test_git_has_to_know_who_commits() -> None:
    setup = Setup()
    setup.machine.settings.pop("user.name")
    setup.machine.settings.pop("user.email")
    setup.machine.names = frozenset({"GIT_AUTHOR_NAME"})

    found = setup.find("Git identity")

    assert found.state is ATTENTION
    assert found.message == "git does not know your user.email."
    assert found.fix is not None
    assert found.fix.command == "git config --global user.email YOU@EXAMPLE.ORG"


def test_a_folder_outside_of_git_is_no_problem() -> None:
    setup = Setup()
    setup.repository_error = RefusedError(ErrorCode.RELEASE_NO_REPOSITORY, "In none.")

    assert setup.find("Repository").message == "In none."


def test_a_repository_without_a_remote_is_no_problem() -> None:
    setup = Setup()
    setup.git.base = replace(setup.git.base, remote=None)

    assert setup.find("Remote").state is GOOD


def test_a_remote_over_http_needs_a_credential_helper() -> None:
    setup = Setup()
    del setup.machine.settings["credential.helper https://example.org/a"]

    assert setup.find("Credential helper").state is ATTENTION
    setup.git.base = replace(setup.git.base, remote=Remote("o", "git@example.org:a", "main"))
    assert setup.find("Credential helper").message.startswith("Not needed: ")


def test_a_forge_says_whether_it_lets_us_in() -> None:
    setup = Setup()

    assert "you may push" in setup.find("Forge").message
    offline = setup.look(is_offline=True)
    assert [f.message for f in offline.findings if f.name == "Forge"] == [
        "https://example.org/group/a has credentials here."
    ]
    setup.forge.is_let_in = False
    assert setup.find("Forge").state is ATTENTION
    setup.forge.is_let_in = True
    setup.forge.fail("can_push", OutsideFailedError(ErrorCode.FORGE_UNREACHABLE, "Silence."))
    assert setup.find("Forge").state is UNKNOWN
    setup.forges.known = None
    assert "Forge" not in {finding.name for finding in setup.look().findings}


def test_a_check_that_fails_keeps_no_other() -> None:
    setup = Setup()
    setup.machine.errors = {
        Place.HOME: OutsideFailedError(ErrorCode.SETUP_UNKNOWN, "It hangs.", hint="Wait."),
        Place.DATA: ValueError("https://jo:secret@example.org"),
    }

    found = {finding.name: finding for finding in setup.look().findings}

    home, data = found["Space: home"], found["Space: Jupyter data"]
    assert (home.state, home.message) == (UNKNOWN, "It hangs.")
    assert home.fix is not None
    assert home.fix.words == "Wait."
    assert (data.message, data.fix) == ("It could not be looked at (ValueError).", None)
    assert found["Space: this folder"].state is GOOD


def test_full_volumes_are_a_problem() -> None:
    setup = Setup()
    setup.machine.free = 100_000_000

    found = setup.look()

    assert found.count(PROBLEM) == len(Place)
    assert found.has_problem


def test_kernels_that_an_image_left_behind_are_a_problem() -> None:
    setup = Setup()
    setup.kernels.make("nb.ipynb")
    setup.kernels.make("gone.ipynb")
    gone = setup.kernels.kernels.known["gone"]
    setup.kernels.kernels.known["gone"] = Kernel("gone", "Gone", "f" * 16, gone.notebook)
    setup.machine.kernels = (
        KernelProgram("nb", "Own", "/x", is_there=False),
        KernelProgram("python3", "Python 3", "/bin/python", is_there=True),
        KernelProgram("old", "Old", "/old/python", is_there=False),
        KernelProgram("bare", "Bare", "/bare/python", is_there=True, lacks="ipykernel"),
    )

    found = {finding.name: finding for finding in setup.look().findings}

    assert found["Kernel Python (nb)"].state is GOOD
    assert found["Kernel Gone"].message == "Its environment is gone."
    assert "Kernel Own" not in found
    assert found["Kernel Old"].message.startswith("/old/python, which starts it, is gone: ")
    assert found["Kernel Bare"].message.startswith("/bare/python, which starts it, lacks ipyk")
    assert found["Kernels"].message == "1 more of Jupyter's can be started."


def test_variables_that_notebooks_read_are_named_without_values() -> None:
    setup = Setup()
    code = 'import os\nos.environ["AWS_KEY"], os.getenv("BUCKET"), os.getenv("PORT", "1")'
    setup.machine.names = frozenset({"BUCKET"})
    setup.files.texts = {
        "a.ipynb": notebook_text([code]),
        "deep/er/b.ipynb": notebook_text([code]),
        "deep/.env": "# a comment\nexport AWS_KEY = very-secret\n",
        "r.ipynb": notebook_text(
            [code], kernelspec={"name": "ir", "language": "R"}, language_info={"name": "R"}
        ),
        "broken.ipynb": "{",
        "locked/c.ipynb": notebook_text([code]),
        "locked/.env": "",
    }
    setup.files.errors = {"locked/.env": UserError(ErrorCode.NOTEBOOK_UNREADABLE, "No.")}

    found = [f for f in setup.look().findings if f.group is FindingGroup.VARIABLES]

    assert [(f.name, f.message) for f in found] == [
        ("AWS_KEY", "It is not set, and is read in a.ipynb, locked/c.ipynb.")
    ]
    assert "very-secret" not in repr(found)


def test_notebooks_that_have_all_variables_are_counted() -> None:
    setup = Setup()
    setup.files.texts = {"a.ipynb": notebook_text(["1"])}

    assert setup.find("Variables").message == "1 notebook reads none that is not set."


def test_runtime_configurations_are_looked_at() -> None:
    setup = Setup()
    setup.runtimes = FakeRuntimes(RuntimeConfiguration("r", "R", EngineKind.KUBEFLOW, {}))

    assert setup.find("Runtime configuration R").state is PROBLEM


def test_hosts_that_are_configured_are_asked() -> None:
    setup = Setup()

    assert setup.find(f"Package index {INDEX}").message == "It answers."
    assert sorted(setup.network.asked) == [INDEX, ADVISORIES]
    for url in (INDEX, ADVISORIES):
        error = OutsideFailedError(ErrorCode.SERVICE_UNREACHABLE, f"{url} is silent.", hint="Look.")
        setup.network.errors[url] = error
    assert setup.find(f"Package index {INDEX}").state is PROBLEM
    assert setup.find("Advisory service").state is ATTENTION


def test_nobody_is_asked_offline() -> None:
    setup = Setup()

    found = setup.look(is_offline=True)

    assert setup.network.asked == []
    assert [f.state for f in found.findings if f.group is FindingGroup.NETWORK] == [UNKNOWN]


@pytest.mark.parametrize("url", [INDEX, ADVISORIES])
def test_an_index_or_a_service_that_is_cancelled_is_unknown(url: str) -> None:
    setup = Setup()
    setup.network.errors[url] = CancelledError()

    assert UNKNOWN in {finding.state for finding in setup.look().findings}


def test_what_takes_too_long_is_told_to_stop_and_is_unknown() -> None:
    told = threading.Event()

    def hang(cancel: CancelToken) -> Iterator[Finding]:
        cancel.on_cancel(told.set)
        told.wait()
        yield Finding("late", FindingGroup.DISK, GOOD, "")

    quick = Finding("quick", FindingGroup.DISK, GOOD, "")

    found = run_checks(
        (
            Check("slow", FindingGroup.DISK, hang),
            Check("quick", FindingGroup.DISK, lambda _: (quick,)),
        ),
        0.2,
        FakeCancelToken(),
    )

    assert told.is_set()
    assert [finding.name for finding in found] == ["slow", "quick"]
    assert (found[0].state, found[0].message) == (UNKNOWN, "It was not known after 0.2 seconds.")


def test_who_cancels_does_not_wait() -> None:
    told = threading.Event()
    # Cancelled in another thread, perhaps while this one begins to listen.
    cancel = CancelSource()

    def hang(inner: CancelToken) -> Iterator[Finding]:
        inner.on_cancel(told.set)
        cancel.cancel()
        told.wait()
        yield Finding("late", FindingGroup.DISK, GOOD, "")

    with pytest.raises(CancelledError):
        run_checks((Check("slow", FindingGroup.DISK, hang),), 60.0, cancel)

    assert told.is_set()
