"""What the commands about images and runtime configurations do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

import click
from msgspec import Struct

from ..domain.errors import ErrorCode, UserError
from ..domain.runtime import EngineKind
from ..domain.runtime_image import PullPolicy
from ..formats.runtime_answers import checks_json, image_json, runtime_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .exit_codes import DONE, FINDINGS
from .progress import progress_board
from .screen import ask_secret, echo, echo_styled, styled
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.runtime_check import RuntimeCheck

_VARIABLE = "AIDEVSECOPS_"


class RegisterOptions(Struct, frozen=True):
    """What the user asked to register."""

    overlay: str | None = None
    image: str = ""
    name: str = ""
    description: str = ""
    pull_policy: PullPolicy | None = None
    pull_secret: str = ""
    is_forced: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, overlay: str | None, options: Mapping[str, object]) -> RegisterOptions:
        """The options as click has them."""
        policy = options["pull_policy"]
        return cls(
            overlay,
            str(options["reference"] or ""),
            str(options["name"]),
            str(options["description"]),
            None if policy is None else PullPolicy(str(policy)),
            str(options["pull_secret"]),
            bool(options["force"]),
            bool(options["is_json"]),
        )


class AddOptions(Struct, frozen=True):
    """What the user asked to add."""

    name: str
    kind: EngineKind
    settings: tuple[str, ...] = ()
    is_from_stdin: bool = False
    is_forced: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, name: str, options: Mapping[str, object]) -> AddOptions:
        """The options as click has them."""
        return cls(
            name,
            EngineKind(str(options["kind"])),
            cast("tuple[str, ...]", options["settings"]),
            bool(options["is_from_stdin"]),
            bool(options["force"]),
            bool(options["is_json"]),
        )


def run_list_images(*, is_json: bool) -> None:
    """Answer which images are registered."""
    images = Workspace.current().here().runtime_images.find_all()
    if is_json:
        render.print_json({"images": [image_json(image) for image in images]})
        return
    for image in images:
        echo(f"{styled(image.display_name, is_bold=True)} ({image.name}): {image.image}")
    if not images:
        echo("no images")


def run_register(options: RegisterOptions) -> None:
    """Register an image, and say what was."""
    from ..app.register_image import RegisterRequest, register_image

    workspace = Workspace.current()
    place = workspace.place_of(options.overlay or ".")
    request = RegisterRequest(
        overlay="" if options.overlay is None else place.path,
        image=options.image,
        name=options.name,
        description=options.description,
        pull_policy=options.pull_policy,
        pull_secret=options.pull_secret,
        is_forced=options.is_forced,
    )
    services = place.services
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        found = register_image(request, services.pipeline_ports(), services.runtime_images, cancel)
    if options.is_json:
        render.print_json(image_json(found))
    else:
        echo(f"{found.display_name}: registered {found.image}")


def run_list_runtimes(*, is_json: bool) -> None:
    """Answer which runtime configurations there are."""
    runtimes = Workspace.current().here().runtimes.find_all()
    if is_json:
        render.print_json({"runtimes": [runtime_json(runtime) for runtime in runtimes]})
        return
    for runtime in runtimes:
        name = styled(runtime.display_name, is_bold=True)
        echo(f"{name} ({runtime.name}): {runtime.kind.label} at {runtime.api_endpoint}")
    if not runtimes:
        echo("no runtime configurations")


def run_add(options: AddOptions) -> None:
    """Write a runtime configuration, and say what to do with it."""
    from ..app.add_runtime import SECRETS, AddRuntimeRequest, add_runtime

    settings = _pairs(options.settings, "--set")
    secrets = {
        key: value
        for key in SECRETS[options.kind]
        if (value := os.environ.get(f"{_VARIABLE}{key.upper()}"))
    }
    if options.is_from_stdin:
        secrets |= _pairs(sys.stdin.read().splitlines(), "standard input")
    elif sys.stdin.isatty():
        for key in SECRETS[options.kind]:
            if key not in secrets:
                secrets[key] = _ask(key)
    runtimes = Workspace.current().here().runtimes
    request = AddRuntimeRequest(options.name, options.kind, settings, secrets, options.is_forced)
    added = add_runtime(request, runtimes)
    if options.is_json:
        render.print_json(runtime_json(added))
    else:
        echo(f"{added.display_name}: added for {added.kind.label} as {added.name}")
        if added.puts_keys_in_clear:
            note = "Whoever may read runs there may read its storage keys: they are in each run."
            echo_styled(f"  note: {note}", fg="yellow")


def _ask(key: str) -> str:
    """A secret that the user types without seeing it; standard output is for the answer."""
    return ask_secret(f"{key} (empty for none)")


def run_test(name: str, *, is_json: bool) -> None:
    """Answer what each part of a runtime configuration says; exit with 1 where one does not."""
    from ..app.check_runtime import check_runtime

    ports = Workspace.current().here().check_runtime_ports()
    cancel = CancelSource()
    with progress_board(is_quiet=is_json, is_verbose=False) as board, cancelled_by_signals(cancel):
        checks = check_runtime(name, ports, board.of(name), cancel)
    if is_json:
        render.print_json(checks_json(name, checks))
    else:
        _print_checks(checks)
    is_fine = not any(check.error for check in checks)
    click.get_current_context().exit(DONE if is_fine else FINDINGS)


def _print_checks(checks: Iterable[RuntimeCheck]) -> None:
    for check in checks:
        status, colour, why = "passed", "green", check.note
        if check.error is not None:
            status, colour, why = "failed", "red", check.error.message
        elif check.skipped:
            status, colour, why = "skipped", "yellow", check.skipped
        echo(f"{check.part.value} ({check.place}): {styled(status, fg=colour)}")
        for line in filter(None, (why, check.error.hint if check.error else "")):
            echo(f"  {line}")


def _pairs(entries: Iterable[str], source: str) -> dict[str, str]:
    """What entries such as ``cos_bucket=runs`` say; none of them is repeated in an error."""
    found: dict[str, str] = {}
    for number, entry in enumerate(entries, start=1):
        key, sign, value = entry.partition("=")
        if not sign or not key.strip():
            raise UserError(
                ErrorCode.REQUEST_INVALID,
                f"Entry {number} of {source} is not KEY=VALUE.",
                hint="Such as cos_bucket=runs.",
                details={"entry": number},
            )
        found[key.strip()] = value
    return found
