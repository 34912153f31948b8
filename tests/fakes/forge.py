"""A forge that lives in lists, and forges that know it by the address of its remote."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from aidevsecops_ext.app.forge_ports import Forge, NewIssue, NewPullRequest, NewRelease
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.errors import AidevsecopsError, ConflictError, ErrorCode, NotFoundError
from aidevsecops_ext.domain.forge import (
    Build,
    ForgeKind,
    ForgePlace,
    ForgeRelease,
    Issue,
    IssueComment,
    PullRequest,
    PullRequestState,
)


class FakeForge:
    """One repository on a forge: what it holds are public lists.

    ``errors`` has what the next calls of a method raise (None: nothing), ``hooks`` what is done
    after each.
    """

    def __init__(self, kind: ForgeKind = ForgeKind.GITHUB) -> None:
        self.place = ForgePlace(kind, "https://example.org", "group/a")
        self.issues: list[Issue] = []
        self.answers: dict[int, list[IssueComment]] = {}
        self.requests: list[PullRequest] = []
        self.prereleases: list[str] = []
        self.release_list: list[ForgeRelease] = []
        self.build_list: list[Build] = []
        self.writers = {"jo"}
        self.is_let_in = True
        self.may_push = True
        self.errors: dict[str, list[AidevsecopsError | None]] = {}
        self.hooks: dict[str, Callable[[], object]] = {}

    def fail(self, method: str, *errors: AidevsecopsError | None) -> None:
        """Have the next calls of a method fail."""
        self.errors[method] = list(errors)

    def has_credentials(self, cancel: CancelToken) -> bool:
        self._begin("has_credentials", cancel)
        return self.is_let_in

    def can_push(self, cancel: CancelToken) -> bool:
        self._begin("can_push", cancel)
        return self.may_push

    def user(self, cancel: CancelToken) -> str:
        self._begin("user", cancel)
        return "bot"

    def default_branch(self, cancel: CancelToken) -> str:
        self._begin("default_branch", cancel)
        return "main"

    def can_write(self, user: str, cancel: CancelToken) -> bool:
        self._begin("can_write", cancel)
        return user in self.writers

    def release(self, tag: str, cancel: CancelToken) -> ForgeRelease | None:
        self._begin("release", cancel)
        return next((one for one in self.release_list if one.tag == tag), None)

    def releases(self, limit: int, cancel: CancelToken) -> tuple[ForgeRelease, ...]:
        self._begin("releases", cancel)
        return tuple(reversed(self.release_list))[:limit]

    def create_release(self, new: NewRelease, cancel: CancelToken) -> ForgeRelease:
        self._begin("create_release", cancel)
        if any(one.tag == new.tag for one in self.release_list):
            raise _taken()
        made = ForgeRelease(new.tag, new.name, new.notes, f"https://example.org/{new.tag}")
        self.release_list.append(made)
        if new.is_prerelease:
            self.prereleases.append(new.tag)
        self._end("create_release")
        return made

    def delete_release(self, tag: str, cancel: CancelToken) -> None:
        self._begin("delete_release", cancel)
        self.release_list = [one for one in self.release_list if one.tag != tag]

    def open_issues(self, cancel: CancelToken) -> tuple[Issue, ...]:
        self._begin("open_issues", cancel)
        return tuple(issue for issue in self.issues if issue.is_open)

    def issue(self, number: int, cancel: CancelToken) -> Issue:
        self._begin("issue", cancel)
        return self.issues[self._place_of(number, [issue.number for issue in self.issues])]

    def create_issue(self, new: NewIssue, cancel: CancelToken) -> Issue:
        self._begin("create_issue", cancel)
        number = self._next()
        made = Issue(
            number, new.title, new.body, "bot", self._url(number), new.labels, new.assignees
        )
        self.issues.append(made)
        return made

    def close_issue(self, number: int, cancel: CancelToken) -> None:
        self._begin("close_issue", cancel)
        place = self._place_of(number, [issue.number for issue in self.issues])
        self.issues[place] = replace(self.issues[place], is_open=False)

    def comments(self, number: int, cancel: CancelToken) -> tuple[IssueComment, ...]:
        self._begin("comments", cancel)
        return tuple(self.answers.get(number, ()))

    def comment(self, number: int, body: str, cancel: CancelToken) -> IssueComment:
        self._begin("comment", cancel)
        made = IssueComment("bot", body)
        self.answers.setdefault(number, []).append(made)
        return made

    def pull_requests(self, cancel: CancelToken) -> tuple[PullRequest, ...]:
        self._begin("pull_requests", cancel)
        return tuple(reversed(self.requests))

    def pull_request(self, number: int, cancel: CancelToken) -> PullRequest:
        self._begin("pull_request", cancel)
        return self.requests[self._place_of(number, [one.number for one in self.requests])]

    def create_pull_request(self, new: NewPullRequest, cancel: CancelToken) -> PullRequest:
        self._begin("create_pull_request", cancel)
        number = self._next()
        made = PullRequest(
            number=number,
            title=new.title,
            body=new.body,
            author="bot",
            url=self._url(number),
            source_branch=new.source_branch,
            target_branch=new.target_branch,
            labels=new.labels,
        )
        self.requests.append(made)
        self._end("create_pull_request")
        return made

    def close_pull_request(self, number: int, cancel: CancelToken) -> None:
        self._begin("close_pull_request", cancel)
        self.settle(number, PullRequestState.CLOSED)

    def builds(self, commit: str, cancel: CancelToken) -> tuple[Build, ...]:
        del commit
        self._begin("builds", cancel)
        return tuple(self.build_list)

    def settle(self, number: int, state: PullRequestState, commit: str | None = None) -> None:
        """Merge or close a pull request."""
        place = self._place_of(number, [one.number for one in self.requests])
        self.requests[place] = replace(self.requests[place], state=state, merge_commit=commit)

    def ask(self, title: str, author: str = "jo", body: str = "", *labels: str) -> Issue:
        """Open an issue, as somebody does."""
        number = self._next()
        made = Issue(number, title, body, author, self._url(number), labels)
        self.issues.append(made)
        return made

    def said(self, number: int) -> list[str]:
        """What was answered to an issue."""
        return [one.body for one in self.answers.get(number, [])]

    def _next(self) -> int:
        return len(self.issues) + len(self.requests) + 1

    def _url(self, number: int) -> str:
        return f"{self.place.web_url}/{number}"

    def _place_of(self, number: int, numbers: list[int]) -> int:
        if number not in numbers:
            raise NotFoundError(ErrorCode.RELEASE_NONE, f"There is no {number}.")
        return numbers.index(number)

    def _begin(self, method: str, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        error = self.errors[method].pop(0) if self.errors.get(method) else None
        if error is not None:
            raise error

    def _end(self, method: str) -> None:
        self.hooks.get(method, lambda: None)()


class FakeForges:
    """Knows ``known`` by any address; ``error`` is what it says instead."""

    def __init__(self, known: Forge | None = None) -> None:
        self.known = known
        self.error: AidevsecopsError | None = None
        self.asked: list[str] = []
        self.kept: tuple[ForgePlace, str, str] | None = None

    def find(self, remote_url: str) -> Forge | None:
        self.asked.append(remote_url)
        if self.error is not None:
            raise self.error
        return self.known

    def remember(self, place: ForgePlace, user: str, token: str, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        self.kept = (place, user, token)


def _taken() -> ConflictError:
    return ConflictError(ErrorCode.RELEASE_TAG_TAKEN, "It is there already.")
