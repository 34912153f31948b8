"""Be the bot: do what open issues ask for, and answer each with what was done, or why not.

It can be run again at any time: what was done or said is not done or said again. Of an issue only
the title is read, and only as one of the titles that are known.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.bot_requests import Wish, request_titled
from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode, NotFoundError
from ..domain.forge import PullRequestState
from ..domain.merged_release import version_released
from ..formats import bot_texts
from .ask_bot import forge_of_repository
from .bot_ports import AskPorts
from .bot_setup import read_bot_setup
from .bot_work import Asking, do_work

if TYPE_CHECKING:
    from ..domain.bot_requests import BotRequest
    from ..domain.forge import Issue, PullRequest
    from .bot_ports import BotPorts
    from .bot_setup import BotSetup
    from .forge_ports import Forge
    from .ports import CancelToken, Progress

# Nothing but another issue helps.
_FINAL = frozenset({ErrorCode.RELEASE_NOT_NEWER, ErrorCode.RELEASE_VERSION_INVALID})


class BotOutcome(str, Enum):
    """What became of an issue."""

    DONE = "done"
    PLANNED = "planned"
    WAITING = "waiting"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    LEFT = "left"


class BotAction(Struct, frozen=True):
    """An issue, what became of it, and in words why; ``is_closed`` where the bot closed it."""

    issue: Issue
    outcome: BotOutcome
    message: str
    is_closed: bool = False


def run_bot(
    ports: BotPorts, progress: Progress, cancel: CancelToken, *, is_dry_run: bool
) -> tuple[BotAction, ...]:
    """What became of each open issue that asks a bot for something, the oldest first.

    Raises:
        RefusedError: there is no remote, or it is on no known forge.
        UserError: what the repository says of managers or owners makes no sense.
        AidevsecopsError: git or the forge fails.
        CancelledError: cancelled.
    """
    files, git = ports.cut.files, ports.cut.git
    forge = forge_of_repository(AskPorts(files, git, ports.cut.forges), cancel)
    setup = read_bot_setup(files, forge, cancel)
    run = _Run(_Tools(ports, forge, progress, cancel, is_dry_run), setup)
    actions = []
    for issue in forge.open_issues(cancel):
        request = request_titled(issue.title)
        if request is not None:
            progress.report(f"Looking at #{issue.number}")
            actions.append(run.handle(issue, request))
    return tuple(actions)


class _Verdict(Struct, frozen=True):
    """What becomes of an issue; ``answer`` is what it is told, nothing where it is empty."""

    outcome: BotOutcome
    message: str
    answer: str = ""
    is_closing: bool = False


class _Tools(Struct, frozen=True):
    """What a run works with."""

    ports: BotPorts
    forge: Forge
    progress: Progress
    cancel: CancelToken
    is_dry_run: bool


class _Run:
    """One run: the issues that were seen before count for those that come later."""

    def __init__(self, tools: _Tools, setup: BotSetup) -> None:
        self._tools = tools
        self._forge = tools.forge
        self._cancel = tools.cancel
        self._setup = setup
        self._requests = tools.forge.pull_requests(tools.cancel)
        self._seen: dict[str, int] = {}
        self._release: int | None = None

    def handle(self, issue: Issue, request: BotRequest) -> BotAction:
        """Do what an issue asks for; what goes wrong with one does not keep others waiting."""
        self._cancel.raise_if_cancelled()
        try:
            verdict = self._judge(issue, request)
            self._settle(issue, verdict)
        except CancelledError:
            raise
        except AidevsecopsError as error:
            return BotAction(issue, BotOutcome.FAILED, error.message)
        is_closed = verdict.is_closing and not self._tools.is_dry_run
        return BotAction(issue, verdict.outcome, verdict.message, is_closed)

    def _judge(self, issue: Issue, request: BotRequest) -> _Verdict:
        manager = self._setup.manager_for(request)
        if request.has_tag:
            return _Verdict(BotOutcome.LEFT, "Images are delivered by AICoE-CI.")
        if manager is None:
            message = "`.thoth.yaml` turns no manager on that does this, so nothing was done."
            return _Verdict(BotOutcome.LEFT, message, message)
        if not self._setup.may_ask(issue.author, manager, self._forge, self._cancel):
            names = self._setup.who_may_ask(manager)
            answer = bot_texts.not_allowed(issue.author, names)
            message = "Who asks is not among those who may."
            return _Verdict(BotOutcome.REFUSED, message, answer, is_closing=True)
        earlier = self._seen.setdefault(request.title.lower(), issue.number)
        if earlier != issue.number:
            message = f"The same is asked for in #{earlier}."
            return _Verdict(BotOutcome.DUPLICATE, message, message, is_closing=True)
        return self._judge_pull_requests(issue, request) or self._work(
            Asking(issue, request, manager)
        )

    def _judge_pull_requests(self, issue: Issue, request: BotRequest) -> _Verdict | None:
        """What the pull requests that are there say of an issue."""
        closing = f"Closes: #{issue.number}"
        own = (one for one in self._requests if self._setup.is_own(one.author))
        newest = next((one for one in own if closing in one.body.splitlines()), None)
        if newest is not None:
            self._note_release(issue, request)
            return _by_pull_request(newest)
        if request.wish is not Wish.RELEASE:
            return None
        for one in self._requests:
            is_release = one.state is PullRequestState.OPEN and version_released(one.title)
            # Anybody may open a pull request of that title.
            if is_release and self._is_trusted(one.author):
                message = f"Another release is proposed in #{one.number}."
                return _Verdict(BotOutcome.WAITING, message)
        if self._release is not None:
            message = f"One release is made in a run; #{self._release} came first."
            return _Verdict(BotOutcome.WAITING, message)
        self._note_release(issue, request)
        return None

    def _is_trusted(self, author: str) -> bool:
        if self._setup.is_own(author):
            return True
        try:
            return self._forge.can_write(author, self._cancel)
        except NotFoundError:
            return False

    def _note_release(self, issue: Issue, request: BotRequest) -> None:
        if request.wish is Wish.RELEASE and self._release is None:
            self._release = issue.number

    def _work(self, asking: Asking) -> _Verdict:
        if self._tools.is_dry_run:
            return _Verdict(BotOutcome.PLANNED, f"'{asking.request.title}' would be done.")
        tools = self._tools
        try:
            done = do_work(asking, tools.forge, tools.ports, tools.progress, tools.cancel)
        except CancelledError:
            raise
        except AidevsecopsError as error:
            answer = bot_texts.failed(error.message, error.hint)
            is_final = error.code in _FINAL
            return _Verdict(BotOutcome.FAILED, error.message, answer, is_closing=is_final)
        first = next(iter(done.answer.splitlines()), "")
        return _Verdict(BotOutcome.DONE, first, done.answer, is_closing=done.is_settled)

    def _settle(self, issue: Issue, verdict: _Verdict) -> None:
        """Answer the issue, if that was not said before, and close it."""
        if self._tools.is_dry_run:
            return
        if verdict.answer:
            mark = bot_texts.mark_of(verdict.answer)
            known = self._forge.comments(issue.number, self._cancel)
            if not any(mark in one.body and self._setup.is_own(one.author) for one in known):
                text = bot_texts.marked(verdict.answer)
                self._forge.comment(issue.number, text, self._cancel)
        if verdict.is_closing:
            self._forge.close_issue(issue.number, self._cancel)


def _by_pull_request(found: PullRequest) -> _Verdict:
    if found.state is PullRequestState.OPEN:
        return _Verdict(BotOutcome.WAITING, f"#{found.number} waits to be merged.")
    if found.state is PullRequestState.MERGED:
        message = f"#{found.number} was merged."
        return _Verdict(BotOutcome.DONE, message, message, is_closing=True)
    message = f"#{found.number} was closed without being merged. Ask again if it is still wanted."
    return _Verdict(BotOutcome.LEFT, message, message, is_closing=True)
