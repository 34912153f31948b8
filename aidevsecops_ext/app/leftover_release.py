"""What is left of a release that the bot proposed before: a branch that no pull request has."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..domain.errors import OutsideFailedError
from ..domain.forge import PullRequestState
from ..domain.merged_release import version_released
from .git_ports import PushedRef
from .plan_proposal import remote_to_propose

if TYPE_CHECKING:
    from ..domain.release import ReleasePlan
    from .forge_ports import Forge
    from .git_ports import CutPorts
    from .ports import CancelToken, Progress


def remove_leftover(
    plan: ReleasePlan, forge: Forge, ports: CutPorts, progress: Progress, cancel: CancelToken
) -> None:
    """Have no branch in the way of a release by pull request, where nobody works on it.

    It is left by a run that was killed, or by a pull request that was closed. One that has anything
    but the commit of that release stays.

    Raises:
        AidevsecopsError: the remote or the forge fails.
        CancelledError: cancelled.
    """
    remote, branch = remote_to_propose(ports.git.state(cancel)).name, plan.tag
    there = ports.git.remote_refs(remote, branch, plan.tag, cancel).branch
    if there is None or any(
        one.source_branch == branch and one.state is PullRequestState.OPEN
        for one in forge.pull_requests(cancel)
    ):
        return
    # Who fetches one branch alone does not have it.
    with suppress(OutsideFailedError):
        ports.git.fetch(remote, cancel)
        made = ports.git.commits(plan.head, cancel, of=there)
        if [version_released(commit.subject) for commit in made] == [plan.next]:
            ref = PushedRef(f"refs/heads/{branch}", None, there)
            ports.git.push(remote, (ref,), progress, cancel)
