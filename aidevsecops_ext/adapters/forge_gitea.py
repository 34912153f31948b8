"""A repository on Gitea or Forgejo, which answer alike."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ..domain.errors import NotFoundError
from ..domain.forge import (
    Build,
    BuildState,
    ForgeRelease,
    Issue,
    IssueComment,
    PullRequest,
    PullRequestState,
)
from .forge_client import ForgeClient, ForgeToken, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    import httpx
    from ogr.services.forgejo.project import ForgejoProject
    from pyforgejo import PyforgejoApi

    from ..app.forge_ports import NewIssue, NewPullRequest, NewRelease
    from ..app.ports import CancelToken

_PULL_REQUESTS = 100
# The most that a forge gives at once where nobody set it otherwise.
_PAGE = 50
_STATES = {
    "pending": BuildState.RUNNING,
    "success": BuildState.PASSED,
    "warning": BuildState.PASSED,
    "skipped": BuildState.PASSED,
}
_GREY = "#ededed"


class GiteaForge(ForgeClient["ForgejoProject"]):
    """The port ``Forge`` for Gitea: ogr's project, and the client that it has.

    ogr itself opens the pull requests of a fork where it was forked from.
    """

    def can_push(self, cancel: CancelToken) -> bool:
        """True when the account that asks may push, and make releases."""
        return self._ask(_may_push, cancel)

    def can_write(self, user: str, cancel: CancelToken) -> bool:
        """True when an account may push to the repository."""
        try:
            return self._ask(lambda project: bool(project.can_merge_pr(user)), cancel)
        except NotFoundError:
            return False

    def release(self, tag: str, cancel: CancelToken) -> ForgeRelease | None:
        """The release of a tag; None where there is none."""
        return self._ask(lambda project: _find_release(project, tag), cancel)

    def releases(self, limit: int, cancel: CancelToken) -> tuple[ForgeRelease, ...]:
        """The newest releases, newest first."""
        return self._ask(
            lambda project: tuple(
                _release(raw) for raw in _pages(_of(project, project.api.repo_list_releases), limit)
            ),
            cancel,
        )

    def create_release(self, new: NewRelease, cancel: CancelToken) -> ForgeRelease:
        """The release that was made."""
        return self._ask(
            lambda project: _release(
                _of(project, project.api.repo_create_release)(
                    tag_name=new.tag, name=new.name, body=new.notes, prerelease=new.is_prerelease
                )
            ),
            cancel,
        )

    def delete_release(self, tag: str, cancel: CancelToken) -> None:
        """Delete the release of a tag; the tag stays."""
        self._ask(
            lambda project: _of(project, project.api.repo_delete_release_by_tag)(tag=tag), cancel
        )

    def open_issues(self, cancel: CancelToken) -> tuple[Issue, ...]:
        """All open issues, oldest first; no pull requests."""
        return self._ask(_open_issues, cancel)

    def issue(self, number: int, cancel: CancelToken) -> Issue:
        """One issue."""
        return self._ask(lambda project: _issue(_raw_issue(project, number)), cancel)

    def create_issue(self, new: NewIssue, cancel: CancelToken) -> Issue:
        """The issue that was opened; who cannot be assigned is left out."""
        return self._ask(lambda project: _create_issue(project, new), cancel)

    def comments(self, number: int, cancel: CancelToken) -> tuple[IssueComment, ...]:
        """The answers to an issue, oldest first."""
        return self._ask(
            lambda project: tuple(
                _comment(raw)
                for raw in _of(project, project.service.api.issue.get_comments)(index=number)
            ),
            cancel,
        )

    def comment(self, number: int, body: str, cancel: CancelToken) -> IssueComment:
        """The answer that was given to an issue."""
        return self._ask(
            lambda project: _comment(
                _of(project, project.service.api.issue.create_comment)(index=number, body=body)
            ),
            cancel,
        )

    def pull_requests(self, cancel: CancelToken) -> tuple[PullRequest, ...]:
        """The newest hundred pull requests of any state, newest first."""
        return self._ask(
            lambda project: tuple(
                _pull_request(raw)
                for raw in _pages(
                    _of(project, project.api.repo_list_pull_requests), _PULL_REQUESTS, state="all"
                )
            ),
            cancel,
        )

    def pull_request(self, number: int, cancel: CancelToken) -> PullRequest:
        """One pull request."""
        return self._ask(
            lambda project: _pull_request(
                _of(project, project.api.repo_get_pull_request)(index=number)
            ),
            cancel,
        )

    def create_pull_request(self, new: NewPullRequest, cancel: CancelToken) -> PullRequest:
        """The pull request that was opened."""
        return self._ask(
            lambda project: _pull_request(
                _of(project, project.api.repo_create_pull_request)(
                    base=new.target_branch,
                    head=new.source_branch,
                    title=new.title,
                    body=new.body,
                    labels=_label_ids(project, new.labels),
                )
            ),
            cancel,
        )

    def builds(self, commit: str, cancel: CancelToken) -> tuple[Build, ...]:
        """What was built of a commit."""
        try:
            return self._ask(lambda project: _builds(project, commit), cancel)
        except NotFoundError:
            return ()

    def _open(self, token: ForgeToken | None) -> ForgejoProject:
        from ogr.services.forgejo.service import ForgejoService

        client = _client(f"{self.place.url}/api/v1", token, self._access.timeout)

        class _Held(ForgejoService):
            @property
            def api(self) -> PyforgejoApi:
                return client

        owner, _, name = self.place.project.partition("/")
        found = client.repository.repo_get(owner, name)
        return _Held(self.place.url).get_project(name, owner, forgejo_repo=found)

    def _disconnect(self, project: ForgejoProject) -> None:
        """Nothing: its client keeps no connections."""


class _RefusedAnswerError(Exception):
    """An answer that is none; ``body`` is what the forge says of it."""

    def __init__(self, status_code: int, body: Any) -> None:
        super().__init__(status_code)
        self.status_code = status_code
        self.body = body


def _client(url: str, token: ForgeToken | None, timeout: int) -> PyforgejoApi:
    import httpx
    from pyforgejo import PyforgejoApi

    def authenticate(request: httpx.Request) -> httpx.Request:
        # The client cannot do without a token, and knows tokens alone.
        del request.headers["Authorization"]
        if token is not None and token.user:
            basic = httpx.BasicAuth(token.user, token.value)
            return next(basic.sync_auth_flow(request))
        if token is not None:
            request.headers["Authorization"] = f"token {token.value}"
        return request

    asked = httpx.Client(
        auth=authenticate,
        timeout=timeout,
        follow_redirects=False,
        limits=httpx.Limits(max_keepalive_connections=0),
        # Before the client sees it, which would ask again, also for what was done already.
        event_hooks={"response": [_refuse]},
    )
    return PyforgejoApi(base_url=url, api_key="none", httpx_client=asked)


def _refuse(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    answer.read()
    try:
        body: Any = answer.json()
    except ValueError:
        body = None
    raise _RefusedAnswerError(answer.status_code, body)


def _of(project: ForgejoProject, method: Callable[..., Any]) -> Callable[..., Any]:
    """A question about the repository."""
    return partial(method, owner=project.namespace, repo=project.repo)


def _pages(question: Callable[..., Any], limit: int, **options: Any) -> Iterator[Any]:
    """As many of a list as there are, up to a limit."""
    count, page = 0, 1
    while found := question(page=page, limit=min(_PAGE, limit), **options):
        yield from found[: limit - count]
        count, page = count + len(found), page + 1
        if count >= limit:
            return


def _may_push(project: ForgejoProject) -> bool:
    # Nobody in particular has none.
    known: Any = project.forgejo_repo.permissions
    return known is not None and bool(known.push)


def _find_release(project: ForgejoProject, tag: str) -> ForgeRelease | None:
    try:
        return _release(_of(project, project.api.repo_get_release_by_tag)(tag=tag))
    except _RefusedAnswerError as error:
        if error.status_code == HTTPStatus.NOT_FOUND:
            return None
        raise


def _raw_issue(project: ForgejoProject, number: int) -> Any:
    return _of(project, project.service.api.issue.get_issue)(index=number)


def _open_issues(project: ForgejoProject) -> tuple[Issue, ...]:
    question = _of(project, project.service.api.issue.list_issues)
    found = _pages(question, 1_000_000, state="open", type="issues")
    # Only Forgejo can be asked for another order than that of the newest.
    return tuple(sorted(map(_issue, found), key=lambda issue: issue.number))


def _create_issue(project: ForgejoProject, new: NewIssue) -> Issue:
    members: Collection[str] = ()
    if new.assignees:
        members = {user.login for user in _of(project, project.api.repo_get_assignees)()}
    return _issue(
        _of(project, project.service.api.issue.create_issue)(
            title=new.title,
            body=new.body,
            labels=_label_ids(project, new.labels),
            assignees=[name for name in new.assignees if name in members],
        )
    )


def _label_ids(project: ForgejoProject, names: tuple[str, ...]) -> list[int]:
    """What the forge calls labels; one that it has not is made."""
    if not names:
        return []
    issues = project.service.api.issue
    known = {label.name: label.id for label in _pages(_of(project, issues.list_labels), 1_000)}
    for name in names:
        if name not in known:
            known[name] = _of(project, issues.create_label)(name=name, color=_GREY).id
    return [known[name] for name in names]


def _builds(project: ForgejoProject, commit: str) -> tuple[Build, ...]:
    found = _of(project, project.api.repo_get_combined_status_by_ref)(ref=commit)
    return tuple(
        Build(raw.context, _STATES.get(raw.status, BuildState.FAILED), raw.target_url or "")
        for raw in found.statuses or ()
    )


def _release(raw: Any) -> ForgeRelease:
    return ForgeRelease(raw.tag_name, raw.name or raw.tag_name, raw.body or "", raw.html_url)


def _issue(raw: Any) -> Issue:
    return Issue(
        number=raw.number,
        title=raw.title,
        body=raw.body or "",
        author=raw.user.login,
        url=raw.html_url,
        labels=tuple(label.name for label in raw.labels or ()),
        assignees=tuple(user.login for user in raw.assignees or ()),
        is_open=raw.state == "open",
        created_at=seconds_of(raw.created_at),
    )


def _comment(raw: Any) -> IssueComment:
    return IssueComment(raw.user.login, raw.body, raw.html_url, seconds_of(raw.created_at))


def _pull_request(raw: Any) -> PullRequest:
    open_or_closed = PullRequestState.OPEN if raw.state == "open" else PullRequestState.CLOSED
    return PullRequest(
        number=raw.number,
        title=raw.title,
        body=raw.body or "",
        author=raw.user.login,
        url=raw.html_url,
        source_branch=raw.head.ref,
        target_branch=raw.base.ref,
        state=PullRequestState.MERGED if raw.merged else open_or_closed,
        labels=tuple(label.name for label in raw.labels or ()),
        merge_commit=raw.merge_commit_sha if raw.merged else None,
    )
