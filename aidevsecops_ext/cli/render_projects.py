"""Projects on the terminal: their health, and what adopting them would write."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ..domain.project_health import LinkState, NextCommand, counted
from .screen import echo, echo_exactly, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..app.adopt_project import AdoptionPlan
    from ..domain.project_health import GitStanding, Link, NextAction, ProjectHealth

_COLOURS = {
    LinkState.GOOD: "green",
    LinkState.ATTENTION: "yellow",
    LinkState.PROBLEM: "red",
    LinkState.UNKNOWN: "cyan",
    LinkState.NONE: None,
}
_MOST = 5
_COMMANDS: Mapping[NextCommand, tuple[str, ...]] = {
    NextCommand.LOCK_NOTEBOOK: ("lock", "{path}"),
    NextCommand.OPEN_FILE: ("show", "{path}"),
    NextCommand.SPLIT_NOTEBOOK: ("split", "{path}"),
    NextCommand.LOCK_OVERLAY: ("lock", "{folder}"),
    NextCommand.CHECK_OVERLAY: ("overlay", "check", "{folder}"),
    NextCommand.AUDIT_PROJECT: ("audit", "."),
    NextCommand.AUDIT_PATH: ("audit", "{path}"),
    NextCommand.CREATE_PIPELINE: ("pipeline", "create", "{path}"),
    NextCommand.RUN_PIPELINE: ("pipeline", "run", "{path}"),
    NextCommand.SHOW_RUN: ("pipeline", "status", "{run}"),
    NextCommand.CHECK_PIPELINE: ("pipeline", "validate", "{path}"),
    NextCommand.CUT_RELEASE: ("release", "{version}", "--dry-run"),
    NextCommand.RESUME_RELEASE: ("release", "resume"),
}


def command_line(action: NextAction) -> str:
    """What to type for the next action, in the project's folder."""
    if action.command is NextCommand.COMMIT_FILES:
        return "git add FILES && git commit"
    asked = action.arguments
    path = asked.get("within", asked.get("path", ""))
    named = {"version": "auto", **asked, "path": path}
    words = [word.format(**named) for word in _COMMANDS[action.command]]
    return shlex.join(["aidevsecops", *words])


def print_health(health: ProjectHealth, folder: str) -> None:
    """Print the links of the chain, each with its details, and what is next."""
    echo_styled(health.name, is_bold=True)
    if health.git is not None:
        echo(f"  {_git_line(health.git)}")
    width = max(len(link.name.value) for link in health.links)
    for link in health.links:
        _print_link(link, width)
    if health.adoption.is_offered:
        where = "" if folder == "." else f" {shlex.quote(folder)}"
        what = (
            "The project template was not applied"
            if health.adoption.is_repository
            else "The folder is no Git repository"
        )
        echo(f"{what}. Next: aidevsecops init{where}")
    first = health.next
    if first is not None and first.next is not None and not health.adoption.is_offered:
        echo(f"Next: {command_line(first.next)}")


def print_adoption(plan: AdoptionPlan, *, is_long: bool) -> None:
    """Print what would be written: the names of the files, or the files themselves."""
    if not plan.is_repository:
        echo("The folder becomes a Git repository (git init).")
    for file in plan.files:
        echo_styled(f"+ {file.path}", fg="green")
        if is_long:
            echo_exactly("".join(f"    {line}\n" for line in file.text.splitlines()))
    for path in plan.kept:
        echo(f"= {path} stays as it is")
    if not plan.files:
        echo("Nothing is missing.")


def _print_link(link: Link, width: int) -> None:
    state = styled(f"{link.state.value:9}", fg=_COLOURS[link.state])
    echo(f"  {link.name.value:{width}}  {state}  {link.summary}")
    for detail in link.details[:_MOST]:
        echo(f"  {'':{width}}  {'':9}    {detail}")


def _git_line(git: GitStanding) -> str:
    if git.problem:
        return git.problem
    parts = [git.branch or "no branch"]
    if git.ahead:
        parts.append(f"{git.ahead} ahead")
    if git.behind:
        parts.append(f"{git.behind} behind")
    if git.uncommitted:
        parts.append(f"{counted(len(git.uncommitted), 'file', 'files')} not committed")
    return ", ".join(parts)
