"""What the bot does for one issue that somebody may ask with: a release, an update, an answer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.bot_requests import Wish
from ..domain.errors import AidevsecopsError
from ..domain.release_proposal import ReleaseMode
from ..formats import bot_texts
from ..formats.proposal_text import Asked
from .cut_release import CutRequest, cut_release
from .describe_dependencies import describe_dependencies
from .leftover_release import remove_leftover
from .no_cancel import NoCancel
from .plan_release import PlanRequest, plan_release
from .propose_update import UpdateRequest, propose_update, reasons_of
from .relock_repository import relock_repository
from .undo_release import UndoRequest, undo_release

if TYPE_CHECKING:
    from ..domain.bot_requests import BotRequest
    from ..domain.forge import Issue
    from ..formats.thoth_managers import Manager
    from .bot_ports import BotPorts
    from .forge_ports import Forge
    from .ports import CancelToken, Progress


class Asking(Struct, frozen=True):
    """An issue, what it asks for, and the manager that does it."""

    issue: Issue
    request: BotRequest
    manager: Manager


class Done(Struct, frozen=True):
    """What was done: the answer, and whether the issue is settled by it."""

    answer: str
    is_settled: bool = False


def do_work(
    asking: Asking, forge: Forge, ports: BotPorts, progress: Progress, cancel: CancelToken
) -> Done:
    """What was done for the issue.

    Raises:
        AidevsecopsError: it did not work; nothing is left of it.
        CancelledError: cancelled.
    """
    if asking.request.wish is Wish.RELEASE:
        return _release(asking, forge, ports, progress, cancel)
    if asking.request.wish is Wish.INFO:
        return _inform(ports, cancel)
    return _update(asking, forge, ports, progress, cancel)


def _release(
    asking: Asking, forge: Forge, ports: BotPorts, progress: Progress, cancel: CancelToken
) -> Done:
    issue, request = asking.issue, asking.request
    wish = PlanRequest(
        request.kind,
        request.version,
        mode=ReleaseMode.PULL_REQUEST,
        asked=Asked(issue.author, issue.number),
        labels=asking.manager.labels,
    )
    plan = plan_release(wish, ports.plan, progress, cancel)
    try:
        remove_leftover(plan, forge, ports.cut, progress, cancel)
        record = cut_release(CutRequest(plan), ports.cut, progress, cancel)
    except AidevsecopsError as error:
        _clean_up(error, plan.next, ports, progress)
        raise
    proposal = record.proposal
    if proposal is None or proposal.number is None:
        return Done("" if proposal is None else proposal.note)
    return Done(f"Version {record.version} is proposed in #{proposal.number}.")


def _clean_up(error: AidevsecopsError, version: str, ports: BotPorts, progress: Progress) -> None:
    """Take back what is left of a release that did not come to its end: a later run begins anew.

    The error says then why it did not, and nothing of what was left.
    """
    with suppress(AidevsecopsError):
        record = ports.cut.journal.read()
        if record is not None and record.version == version and not record.stage.is_final:
            undo_release(UndoRequest(), ports.cut, progress, NoCancel())
            if error.message.startswith(record.error):
                error.message = record.error


def _inform(ports: BotPorts, cancel: CancelToken) -> Done:
    parts = {
        one.name: tuple(
            [one.problem]
            if one.problem
            else [
                f"Python {one.python_version or 'of any version'}, "
                f"{one.count or 'no'} packages locked",
                *(f"{name} {version or '(not locked)'}" for name, version in one.versions.items()),
            ]
        )
        for one in describe_dependencies(ports.relock, cancel)
    }
    return Done(bot_texts.dependencies(parts), is_settled=True)


def _update(
    asking: Asking, forge: Forge, ports: BotPorts, progress: Progress, cancel: CancelToken
) -> Done:
    manager, number = asking.manager, asking.issue.number
    relocked = relock_repository(manager.has_environment, ports.relock, progress, cancel)
    if not relocked.texts:
        answer = bot_texts.up_to_date(relocked.count, reasons_of(relocked))
        return Done(answer, is_settled=not relocked.failures)
    request = UpdateRequest(relocked, number, manager.labels)
    opened = propose_update(request, forge, ports.cut, progress, cancel)
    return Done(f"Newer versions are proposed in #{opened.number}.")
