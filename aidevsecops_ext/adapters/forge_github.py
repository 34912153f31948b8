"""A repository on GitHub, or on a GitHub of one's own."""

from __future__ import annotations

from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

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
    from github import Github
    from github.CheckRun import CheckRun
    from github.CommitStatus import CommitStatus
    from github.GitRelease import GitRelease
    from github.Issue import Issue as RawIssue
    from github.IssueComment import IssueComment as RawComment
    from github.NamedUser import NamedUser
    from github.Organization import Organization
    from github.Permissions import Permissions
    from github.PullRequest import PullRequest as RawPullRequest
    from github.Repository import Repository
    from ogr.services.github.auth_providers.abstract import GithubAuthentication
    from ogr.services.github.project import GithubProject

    from ..app.forge_ports import NewIssue, NewPullRequest, NewRelease
    from ..app.ports import CancelToken

_PUBLIC, _PUBLIC_API = "https://github.com", "https://api.github.com"
_OF_JOBS = "ghs_"
_PULL_REQUESTS = 100
_NO_COMMIT = {HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}
_STATES = {"pending": BuildState.RUNNING, "success": BuildState.PASSED}
_GOOD = {"success", "neutral", "skipped"}


class GithubForge(ForgeClient["GithubProject"]):
    """The port ``Forge`` for GitHub: ogr's project, and the client that it has.

    ogr itself asks for every release to find one, for the labels of each issue, and opens the pull
    requests of a fork where it was forked from.
    """

    def can_push(self, cancel: CancelToken) -> bool:
        """True when the account that asks may push, and make releases."""
        token = self._find_token(cancel)
        # The token of a job is that of no account: what it may do is not told.
        is_of_job = token is not None and token.value.startswith(_OF_JOBS)
        return self._ask(lambda project: _may_push(project.github_repo) or is_of_job, cancel)

    def can_write(self, user: str, cancel: CancelToken) -> bool:
        """True when an account may push to the repository."""
        try:
            return self._ask(lambda project: bool(project.can_merge_pr(user)), cancel)
        except NotFoundError:
            return False

    def release(self, tag: str, cancel: CancelToken) -> ForgeRelease | None:
        """The release of a tag; None where there is none."""
        return self._ask(lambda project: _find_release(project.github_repo, tag), cancel)

    def releases(self, limit: int, cancel: CancelToken) -> tuple[ForgeRelease, ...]:
        """The newest releases, newest first."""
        return self._ask(
            lambda project: tuple(
                _release(raw) for raw in islice(project.github_repo.get_releases(), limit)
            ),
            cancel,
        )

    def create_release(self, new: NewRelease, cancel: CancelToken) -> ForgeRelease:
        """The release that was made."""
        return self._ask(
            lambda project: _release(
                project.github_repo.create_git_release(
                    new.tag,
                    new.name,
                    new.notes,
                    prerelease=new.is_prerelease,
                    # That of an older series is not the latest one, and GitHub sees that.
                    make_latest="false" if new.is_prerelease else "legacy",
                )
            ),
            cancel,
        )

    def delete_release(self, tag: str, cancel: CancelToken) -> None:
        """Delete the release of a tag; the tag stays."""
        self._ask(lambda project: project.github_repo.get_release(tag).delete_release(), cancel)

    def open_issues(self, cancel: CancelToken) -> tuple[Issue, ...]:
        """All open issues, oldest first; no pull requests."""
        return self._ask(
            lambda project: tuple(
                _issue(raw)
                for raw in project.github_repo.get_issues(
                    state="open", sort="created", direction="asc"
                )
                if raw.pull_request is None
            ),
            cancel,
        )

    def issue(self, number: int, cancel: CancelToken) -> Issue:
        """One issue."""
        return self._ask(lambda project: _issue(project.github_repo.get_issue(number)), cancel)

    def create_issue(self, new: NewIssue, cancel: CancelToken) -> Issue:
        """The issue that was opened; who cannot be assigned is left out."""
        return self._ask(lambda project: _create_issue(project.github_repo, new), cancel)

    def comments(self, number: int, cancel: CancelToken) -> tuple[IssueComment, ...]:
        """The answers to an issue, oldest first."""
        return self._ask(
            lambda project: tuple(
                _comment(raw) for raw in project.github_repo.get_issue(number).get_comments()
            ),
            cancel,
        )

    def comment(self, number: int, body: str, cancel: CancelToken) -> IssueComment:
        """The answer that was given to an issue."""
        return self._ask(
            lambda project: _comment(project.github_repo.get_issue(number).create_comment(body)),
            cancel,
        )

    def pull_requests(self, cancel: CancelToken) -> tuple[PullRequest, ...]:
        """The newest hundred pull requests of any state, newest first."""
        return self._ask(
            lambda project: tuple(
                _pull_request(raw)
                # Not by a slice, which fails where there are none.
                for raw in islice(
                    project.github_repo.get_pulls(state="all", sort="created", direction="desc"),
                    _PULL_REQUESTS,
                )
            ),
            cancel,
        )

    def pull_request(self, number: int, cancel: CancelToken) -> PullRequest:
        """One pull request."""
        return self._ask(
            lambda project: _pull_request(project.github_repo.get_pull(number)), cancel
        )

    def create_pull_request(self, new: NewPullRequest, cancel: CancelToken) -> PullRequest:
        """The pull request that was opened."""
        return self._ask(lambda project: _create_pull_request(project.github_repo, new), cancel)

    def builds(self, commit: str, cancel: CancelToken) -> tuple[Build, ...]:
        """What was built of a commit."""
        return self._ask(lambda project: _builds(project.github_repo, commit), cancel)

    def _open(self, token: ForgeToken | None) -> GithubProject:
        from github import Auth, Github
        from ogr.services.github.service import GithubService

        client = Github(
            base_url=_PUBLIC_API if self.place.url == _PUBLIC else f"{self.place.url}/api/v3",
            auth=None if token is None else Auth.Token(token.value),
            timeout=self._access.timeout,
            per_page=100,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=self._access.pause,
        )
        owner, _, name = self.place.project.partition("/")
        try:
            return GithubService(github_authentication=_authentication(client)).get_project(
                repo=name, namespace=owner, github_repo=client.get_repo(self.place.project)
            )
        except BaseException:
            client.close()
            raise

    def _disconnect(self, project: GithubProject) -> None:
        project.service.github.close()


def _authentication(client: Github) -> GithubAuthentication:
    from ogr.services.github.auth_providers.abstract import GithubAuthentication

    class _Held(GithubAuthentication):
        @property
        def pygithub_instance(self) -> Github:
            return client

    return _Held()


def _may_push(repository: Repository) -> bool:
    # Nobody in particular has none.
    known: Permissions | None = repository.permissions
    return known is not None and known.push


def _find_release(repository: Repository, tag: str) -> ForgeRelease | None:
    from github import UnknownObjectException

    try:
        return _release(repository.get_release(tag))
    except UnknownObjectException:
        return None


def _create_issue(repository: Repository, new: NewIssue) -> Issue:
    assignees = [name for name in new.assignees if repository.has_in_assignees(name)]
    made = repository.create_issue(
        new.title, body=new.body, labels=[*new.labels], assignees=[*assignees]
    )
    return _issue(made)


def _create_pull_request(repository: Repository, new: NewPullRequest) -> PullRequest:
    made = repository.create_pull(
        new.target_branch, new.source_branch, title=new.title, body=new.body
    )
    if new.labels:
        repository.get_issue(made.number).edit(labels=[*new.labels])
    return replace(_pull_request(made), labels=new.labels)


def _builds(repository: Repository, commit: str) -> tuple[Build, ...]:
    from github import GithubException

    try:
        found = repository.get_commit(commit)
    except GithubException as error:
        if error.status in _NO_COMMIT:
            return ()
        raise
    return (
        *(_build_of_run(run) for run in found.get_check_runs()),
        *(_build_of_status(status) for status in found.get_combined_status().statuses),
    )


def _build_of_run(run: CheckRun) -> Build:
    if run.status != "completed":
        return Build(run.name, BuildState.RUNNING, run.html_url or "")
    state = BuildState.PASSED if run.conclusion in _GOOD else BuildState.FAILED
    return Build(run.name, state, run.html_url or "")


def _build_of_status(status: CommitStatus) -> Build:
    state = _STATES.get(status.state, BuildState.FAILED)
    return Build(status.context, state, status.target_url or "")


def _release(raw: GitRelease) -> ForgeRelease:
    return ForgeRelease(raw.tag_name, raw.name or raw.tag_name, raw.body or "", raw.html_url)


def _issue(raw: RawIssue) -> Issue:
    return Issue(
        number=raw.number,
        title=raw.title,
        body=raw.body or "",
        author=_login(raw.user),
        url=raw.html_url,
        labels=tuple(label.name for label in raw.labels),
        assignees=tuple(_login(user) for user in raw.assignees),
        is_open=raw.state == "open",
        created_at=seconds_of(raw.created_at),
    )


def _comment(raw: RawComment) -> IssueComment:
    return IssueComment(_login(raw.user), raw.body, raw.html_url, seconds_of(raw.created_at))


def _pull_request(raw: RawPullRequest) -> PullRequest:
    is_merged = raw.merged_at is not None
    open_or_closed = PullRequestState.OPEN if raw.state == "open" else PullRequestState.CLOSED
    return PullRequest(
        number=raw.number,
        title=raw.title,
        body=raw.body or "",
        author=_login(raw.user),
        url=raw.html_url,
        source_branch=raw.head.ref,
        target_branch=raw.base.ref,
        state=PullRequestState.MERGED if is_merged else open_or_closed,
        labels=tuple(label.name for label in raw.labels),
        # Until then it is that of a merge which is tried out.
        merge_commit=raw.merge_commit_sha if is_merged else None,
    )


def _login(user: NamedUser | Organization | None) -> str:
    # As GitHub shows an account that is gone.
    return user.login if user is not None else "ghost"
