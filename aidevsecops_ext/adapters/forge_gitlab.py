"""A repository on GitLab: the public one, or one of one's own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from ..domain.forge import (
    Build,
    BuildState,
    ForgeRelease,
    Issue,
    IssueComment,
    PullRequest,
    PullRequestState,
)
from .forge_client import ForgeClient, ForgeToken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gitlab.client import Gitlab
    from gitlab.v4.objects import Project
    from ogr.services.gitlab.project import GitlabProject

    from ..app.forge_ports import NewIssue, NewPullRequest, NewRelease
    from ..app.ports import CancelToken

_PULL_REQUESTS = 100
# Developers may push, where a branch is not protected.
_DEVELOPER = 30
_NOT_FOUND = 404
_PULL_STATES = {"opened": PullRequestState.OPEN, "merged": PullRequestState.MERGED}
_BUILD_STATES = {"success": BuildState.PASSED, "skipped": BuildState.PASSED}
_FAILED = {"failed", "canceled", "canceling"}


class GitlabForge(ForgeClient["GitlabProject"]):
    """The port ``Forge`` for GitLab: ogr's project, and the client that it has.

    ogr itself takes what GitLab notes ("closed") for answers, and asks for all members to know one.
    """

    def user(self, cancel: CancelToken) -> str:
        """The name of the account that asks."""
        return self._ask(_user, cancel)

    def can_push(self, cancel: CancelToken) -> bool:
        """True when the account that asks may push, and make releases."""
        return self._ask(lambda project: _may_push(project.gitlab_repo), cancel)

    def can_write(self, user: str, cancel: CancelToken) -> bool:
        """True when an account may push to the repository."""
        return self._ask(
            lambda project: any(
                member.access_level >= _DEVELOPER for member in _members(project.gitlab_repo, user)
            ),
            cancel,
        )

    def release(self, tag: str, cancel: CancelToken) -> ForgeRelease | None:
        """The release of a tag; None where there is none."""
        return self._ask(lambda project: _find_release(project.gitlab_repo, tag), cancel)

    def releases(self, limit: int, cancel: CancelToken) -> tuple[ForgeRelease, ...]:
        """The newest releases, newest first."""
        return self._ask(
            lambda project: tuple(
                _release(raw)
                for raw in project.gitlab_repo.releases.list(
                    order_by="released_at", sort="desc", per_page=limit, get_all=False
                )
            ),
            cancel,
        )

    def create_release(self, new: NewRelease, cancel: CancelToken) -> ForgeRelease:
        """The release that was made; GitLab has no mark for prereleases."""
        fields = {"tag_name": new.tag, "name": new.name, "description": new.notes}
        return self._ask(
            lambda project: _release(project.gitlab_repo.releases.create(fields)), cancel
        )

    def delete_release(self, tag: str, cancel: CancelToken) -> None:
        """Delete the release of a tag; the tag stays."""
        self._ask(lambda project: project.gitlab_repo.releases.delete(tag), cancel)

    def open_issues(self, cancel: CancelToken) -> tuple[Issue, ...]:
        """All open issues, oldest first; no pull requests."""
        return self._ask(
            lambda project: tuple(
                _issue(raw)
                for raw in project.gitlab_repo.issues.list(
                    state="opened", order_by="created_at", sort="asc", iterator=True
                )
            ),
            cancel,
        )

    def issue(self, number: int, cancel: CancelToken) -> Issue:
        """One issue."""
        return self._ask(lambda project: _issue(project.gitlab_repo.issues.get(number)), cancel)

    def create_issue(self, new: NewIssue, cancel: CancelToken) -> Issue:
        """The issue that was opened; who cannot be assigned is left out."""
        return self._ask(lambda project: _create_issue(project.gitlab_repo, new), cancel)

    def comments(self, number: int, cancel: CancelToken) -> tuple[IssueComment, ...]:
        """The answers to an issue, oldest first."""
        return self._ask(lambda project: _comments(project.gitlab_repo, number), cancel)

    def comment(self, number: int, body: str, cancel: CancelToken) -> IssueComment:
        """The answer that was given to an issue."""
        return self._ask(lambda project: _comment_on(project.gitlab_repo, number, body), cancel)

    def pull_requests(self, cancel: CancelToken) -> tuple[PullRequest, ...]:
        """The newest hundred pull requests of any state, newest first."""
        return self._ask(
            lambda project: tuple(
                _pull_request(raw)
                for raw in project.gitlab_repo.mergerequests.list(
                    state="all",
                    order_by="created_at",
                    sort="desc",
                    per_page=_PULL_REQUESTS,
                    get_all=False,
                )
            ),
            cancel,
        )

    def pull_request(self, number: int, cancel: CancelToken) -> PullRequest:
        """One pull request."""
        return self._ask(
            lambda project: _pull_request(project.gitlab_repo.mergerequests.get(number)), cancel
        )

    def create_pull_request(self, new: NewPullRequest, cancel: CancelToken) -> PullRequest:
        """The pull request that was opened."""
        fields = {
            "source_branch": new.source_branch,
            "target_branch": new.target_branch,
            "title": new.title,
            "description": new.body,
            "labels": [*new.labels],
        }
        return self._ask(
            lambda project: _pull_request(project.gitlab_repo.mergerequests.create(fields)), cancel
        )

    def builds(self, commit: str, cancel: CancelToken) -> tuple[Build, ...]:
        """What was built of a commit."""
        return self._ask(lambda project: _builds(project.gitlab_repo, commit), cancel)

    def _open(self, token: ForgeToken | None) -> GitlabProject:
        from ogr.services.gitlab.service import GitlabService

        client = _client(self.place.url, token, self._access.timeout)

        class _Held(GitlabService):
            @property
            def gitlab_instance(self) -> Gitlab:
                return client

        group, _, name = self.place.project.rpartition("/")
        try:
            found = client.projects.get(self.place.project)
            service = _Held(instance_url=self.place.url)  # type: ignore[no-untyped-call]
            return service.get_project(repo=name, namespace=group, gitlab_repo=found)
        except BaseException:
            client.session.close()
            raise

    def _disconnect(self, project: GitlabProject) -> None:
        project.service.gitlab_instance.session.close()


def _client(url: str, token: ForgeToken | None, timeout: int) -> Gitlab:
    from gitlab import client

    class _Impatient(client.Gitlab):
        def http_request(self, *words: Any, **options: Any) -> Any:
            # It would sleep for as long as the forge says, and nobody could stop it.
            return super().http_request(*words, **{**options, "obey_rate_limit": False})

    return _Impatient(
        url,
        # Other than GitLab's own header, this one is taken to no other host.
        oauth_token=None if token is None else token.value,
        timeout=timeout,
        per_page=100,
        # The next page of a list is at the same address, whatever the forge takes for its own.
        keep_base_url=True,
    )


def _user(project: GitlabProject) -> str:
    client = project.service.gitlab_instance
    client.auth()
    return str(client.user.username if client.user is not None else "")


def _may_push(project: Project) -> bool:
    # Nobody in particular has none.
    known: Mapping[str, Mapping[str, int] | None] = getattr(project, "permissions", {})
    return any(access and access["access_level"] >= _DEVELOPER for access in known.values())


def _members(project: Project, user: str) -> list[Any]:
    found = project.members_all.list(query=user, iterator=True)
    return [member for member in found if member.username.lower() == user.lower()]


def _find_release(project: Project, tag: str) -> ForgeRelease | None:
    from gitlab.exceptions import GitlabGetError

    try:
        return _release(project.releases.get(tag))
    except GitlabGetError as error:
        if error.response_code == _NOT_FOUND:
            return None
        raise


def _create_issue(project: Project, new: NewIssue) -> Issue:
    members = [member for name in new.assignees for member in _members(project, name)]
    fields = {
        "title": new.title,
        "description": new.body,
        "labels": [*new.labels],
        "assignee_ids": [member.id for member in members],
    }
    return _issue(project.issues.create(fields))


def _comments(project: Project, number: int) -> tuple[IssueComment, ...]:
    issue = project.issues.get(number)
    notes = issue.notes.list(order_by="created_at", sort="asc", iterator=True)
    return tuple(_comment(note, issue.web_url) for note in notes if not note.system)


def _comment_on(project: Project, number: int, body: str) -> IssueComment:
    issue = project.issues.get(number)
    return _comment(issue.notes.create({"body": body}), issue.web_url)


def _builds(project: Project, commit: str) -> tuple[Build, ...]:
    from gitlab.exceptions import GitlabListError

    try:
        found = [*project.commits.get(commit, lazy=True).statuses.list(iterator=True)]
    except GitlabListError as error:
        if error.response_code == _NOT_FOUND:
            return ()
        raise
    return tuple(_build(raw) for raw in found)


def _build(raw: Any) -> Build:
    failed = BuildState.FAILED if raw.status in _FAILED else BuildState.RUNNING
    return Build(raw.name, _BUILD_STATES.get(raw.status, failed), raw.target_url or "")


def _release(raw: Any) -> ForgeRelease:
    return ForgeRelease(
        raw.tag_name, raw.name or raw.tag_name, raw.description or "", raw._links["self"]
    )


def _issue(raw: Any) -> Issue:
    return Issue(
        number=raw.iid,
        title=raw.title,
        body=raw.description or "",
        author=raw.author["username"],
        url=raw.web_url,
        labels=tuple(raw.labels),
        assignees=tuple(user["username"] for user in raw.assignees),
        is_open=raw.state == "opened",
        created_at=_seconds(raw.created_at),
    )


def _comment(raw: Any, issue_url: str) -> IssueComment:
    url = f"{issue_url}#note_{raw.id}"
    return IssueComment(raw.author["username"], raw.body, url, _seconds(raw.created_at))


def _pull_request(raw: Any) -> PullRequest:
    state = _PULL_STATES.get(raw.state, PullRequestState.CLOSED)
    # Without a merge commit the branch was squashed, or the target went forward to it.
    merged = raw.merge_commit_sha or raw.squash_commit_sha or raw.sha
    return PullRequest(
        number=raw.iid,
        title=raw.title,
        body=raw.description or "",
        author=raw.author["username"],
        url=raw.web_url,
        source_branch=raw.source_branch,
        target_branch=raw.target_branch,
        state=state,
        labels=tuple(raw.labels),
        merge_commit=merged if state is PullRequestState.MERGED else None,
    )


def _seconds(moment: str) -> float:
    return msgspec.convert(moment, datetime).timestamp()
