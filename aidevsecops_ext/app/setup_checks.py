"""What is looked at on this machine: tools, disk, Git, kernels and pipelines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..domain.diagnosis import Finding, FindingGroup, FindingState, Fix, FixAction
from ..domain.diagnosis_rules import (
    judge_extra,
    judge_kernel_record,
    judge_runtime,
    judge_space,
    judge_tool,
)
from ..domain.errors import RefusedError
from .find_forge import look_for_forge
from .list_kernels import list_kernels
from .run_checks import Check
from .setup_ports import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.repository import Remote
    from .ports import CancelToken
    from .setup_ports import SetupPorts

_GIT = Fix("Install it so that it is on PATH: https://git-scm.com")
_PROGRAMS = {
    "uv": (Fix("Install it beside this package.", "pip install uv"), True),
    "git": (_GIT, True),
    "git-cliff": (
        Fix("Install it beside this package; changelogs need it.", "pip install git-cliff"),
        False,
    ),
}
_EXTRAS = {
    "elyra": ("elyra", "submitting pipelines to Kubeflow Pipelines and Airflow"),
    "forges": ("ogr", "issues, pull requests and releases on forges"),
    "verify": ("nbdime", "reports of verified splits as a page"),
}
_IDENTITY = {
    "user.name": ("GIT_AUTHOR_NAME", "'YOUR NAME'"),
    "user.email": ("GIT_AUTHOR_EMAIL", "YOU@EXAMPLE.ORG"),
}


def machine_checks(ports: SetupPorts, *, is_offline: bool) -> Iterator[Check]:
    """The checks that contact nobody, and the one of the forge, which offline is not asked."""
    for program in _PROGRAMS:
        yield Check(program, FindingGroup.TOOLS, partial(_program, program, ports))
    yield Check("Packages", FindingGroup.TOOLS, partial(_packages, ports))
    yield Check("Git identity", FindingGroup.GIT, partial(_identity, ports))
    yield Check("Remote", FindingGroup.GIT, partial(_remote, ports, is_offline))
    for place in Place:
        name = f"Space: {place.value}"
        yield Check(name, FindingGroup.DISK, partial(_space, place, ports))
    yield Check("Kernels made from locks", FindingGroup.KERNELS, partial(_own_kernels, ports))
    yield Check("Kernels", FindingGroup.KERNELS, partial(_kernels, ports))
    yield Check("Runtime configurations", FindingGroup.PIPELINES, partial(_runtimes, ports))


def _program(program: str, ports: SetupPorts, cancel: CancelToken) -> Iterator[Finding]:
    fix, is_needed = _PROGRAMS[program]
    version = ports.machine.program_version(program, cancel)
    yield judge_tool(program, version, fix, is_needed=is_needed)


def _packages(ports: SetupPorts, _cancel: CancelToken) -> Iterator[Finding]:
    version = ports.machine.package_version("jupyterlab")
    said = "Not installed; only the panel needs it."
    if version is not None:
        said = f"Version {version}; Node.js is not needed."
    yield Finding("JupyterLab", FindingGroup.TOOLS, FindingState.GOOD, said)
    for extra, (package, purpose) in _EXTRAS.items():
        is_installed = ports.machine.package_version(package) is not None
        is_elsewhere = extra == "elyra" and bool(ports.elyra_python)
        yield judge_extra(extra, purpose, is_installed=is_installed or is_elsewhere)


def _identity(ports: SetupPorts, cancel: CancelToken) -> Iterator[Finding]:
    machine = ports.machine
    lacking = [
        key
        for key, (variable, _) in _IDENTITY.items()
        if variable not in machine.variables() and not machine.git_setting(key, cancel)
    ]
    state = FindingState.ATTENTION if lacking else FindingState.GOOD
    said = (
        f"git does not know your {' and '.join(lacking)}." if lacking else "git knows who you are."
    )
    commands = "; ".join(f"git config --global {key} {_IDENTITY[key][1]}" for key in lacking)
    words = "Tell git who commits; JupyterLab's Git panel asks for it at a commit."
    fix = Fix(words, commands) if lacking else None
    yield Finding("Git identity", FindingGroup.GIT, state, said, fix)


def _remote(ports: SetupPorts, is_offline: bool, cancel: CancelToken) -> Iterator[Finding]:
    try:
        remote = ports.git(cancel).state(cancel).remote
    except RefusedError as error:
        yield Finding("Repository", FindingGroup.GIT, FindingState.GOOD, error.message)
        return
    if remote is None:
        said = "There is none to push to."
        yield Finding("Remote", FindingGroup.GIT, FindingState.GOOD, said)
        return
    yield _helper(ports, remote, cancel)
    found = look_for_forge(remote, ports.forges, cancel, is_offline=is_offline)
    if found.problem is not None:
        # It answers, and lets us not in; or nothing is known of it.
        state = FindingState.UNKNOWN if found.is_silent else FindingState.ATTENTION
        fix = Fix(found.problem.hint, action=FixAction.KEEP_TOKEN)
        yield Finding("Forge", FindingGroup.GIT, state, found.problem.message, fix)
    elif found.place is not None:
        said = "has credentials here" if is_offline else "lets you in, and you may push"
        message = f"{found.place.web_url} {said}."
        yield Finding("Forge", FindingGroup.GIT, FindingState.GOOD, message)


def _helper(ports: SetupPorts, remote: Remote, cancel: CancelToken) -> Finding:
    name = "Credential helper"
    if not remote.url.startswith(("http://", "https://")):
        said = f"Not needed: {remote.url} is not reached by http."
        return Finding(name, FindingGroup.GIT, FindingState.GOOD, said)
    # Which one it is stays here: it may be a line of a shell with a password in it.
    if ports.machine.git_setting("credential.helper", cancel, url=remote.url):
        said = f"git has one for {remote.url}."
        return Finding(name, FindingGroup.GIT, FindingState.GOOD, said)
    fix = Fix(
        "Choose one, so that pushes need no terminal to ask in.",
        "git config --global credential.helper 'cache --timeout=86400'",
    )
    said = f"git has none for {remote.url}: nobody can type a password in JupyterLab."
    return Finding(name, FindingGroup.GIT, FindingState.ATTENTION, said, fix)


def _space(place: Place, ports: SetupPorts, cancel: CancelToken) -> Iterator[Finding]:
    folder = ports.machine.folder(place, cancel)
    yield judge_space(place.value, folder, ports.machine.free_bytes(folder))


def _own_kernels(ports: SetupPorts, cancel: CancelToken) -> Iterator[Finding]:
    cancel.raise_if_cancelled()
    for record in list_kernels(ports.kernels):
        yield judge_kernel_record(record)


def _kernels(ports: SetupPorts, _cancel: CancelToken) -> Iterator[Finding]:
    own = {kernel.name for kernel in ports.kernels.kernels.find_own()}
    count = 0
    for kernel in ports.machine.kernel_programs():
        if kernel.name in own:
            continue
        if kernel.is_there and not kernel.lacks:
            count += 1
            continue
        why = f"lacks {kernel.lacks}" if kernel.is_there else "is gone"
        yield Finding(
            f"Kernel {kernel.display_name}",
            FindingGroup.KERNELS,
            FindingState.PROBLEM,
            f"{kernel.program}, which starts it, {why}: perhaps another image is used now.",
            Fix(
                "Remove it, and make one from a notebook's lock, which outlives images.",
                f"jupyter kernelspec remove {kernel.name}",
            ),
        )
    said = f"{count} more of Jupyter's can be started." if own else f"{count} can be started."
    yield Finding("Kernels", FindingGroup.KERNELS, FindingState.GOOD, said)


def _runtimes(ports: SetupPorts, _cancel: CancelToken) -> Iterator[Finding]:
    found = ports.runtimes.find_all()
    if not found:
        yield Finding(
            "Runtime configurations",
            FindingGroup.PIPELINES,
            FindingState.GOOD,
            "There are none: pipelines run on this machine only.",
            Fix(
                "Add one where pipelines are to run elsewhere.",
                "aidevsecops runtime add NAME --kind kfp",
            ),
        )
    for runtime in found:
        yield judge_runtime(runtime)
