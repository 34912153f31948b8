"""GitHub as its published description has it, as far as it is used here."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from aidevsecops_ext.domain.forge import ForgeKind
from tests.kits.forge_server import Asked, Body, Dialect, Reply, names_of
from tests.kits.forge_state import (
    PROJECT,
    ForgeState,
    HeldComment,
    HeldIssue,
    HeldRelease,
)

_OWNER, _NAME = PROJECT.split("/")


def _words(text: str) -> list[str]:
    return text.split()


_REPOSITORY_LINKS = _words(
    """archive assignees blobs branches collaborators comments commits compare contents
    contributors deployments downloads events forks git_commits git_refs git_tags hooks
    issue_comment issue_events issues keys labels languages merges milestones notifications
    pulls releases stargazers statuses subscribers subscription tags teams trees"""
)
_REPOSITORY_COUNTS = _words(
    """forks forks_count open_issues open_issues_count size stargazers_count watchers
    watchers_count network_count subscribers_count"""
)
_USER_LINKS = _words(
    """events followers following gists organizations received_events repos starred subscriptions"""
)
_PULL_LINKS = _words(
    """comments commits diff html issue patch review_comment review_comments statuses"""
)
_NOT_FOUND = Reply(404, {"message": "Not Found", "documentation_url": "https://docs.example"})


def _reply(state: ForgeState, asked: Asked) -> Reply:
    names = names_of(asked.path)
    if names == ["user"]:
        return _me(asked)
    if names[:1] != ["repos"] or names[1:3] != [_OWNER, _NAME]:
        return _NOT_FOUND
    if asked.method in {"POST", "PATCH", "DELETE"} and asked.user is None:
        return Reply(401, {"message": "Requires authentication"})
    rest = names[3:]
    parts = {
        "releases": _releases,
        "issues": _issues,
        "pulls": _pulls,
        "commits": _commits,
        "collaborators": _collaborators,
        "assignees": _assignees,
    }
    if not rest:
        return Reply(200, _repository(state, asked))
    return parts[rest[0]](state, asked, rest[1:]) if rest[0] in parts else _NOT_FOUND


GITHUB = Dialect(ForgeKind.GITHUB, "/api/v3", _reply)


def _me(asked: Asked) -> Reply:
    if asked.user is None:
        return Reply(401, {"message": "Requires authentication"})
    texts: Body = dict.fromkeys(("bio", "blog", "company", "email", "hireable", "location", "name"))
    counts = dict.fromkeys(("followers", "following", "public_gists", "public_repos"), 0)
    moments = {"created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z"}
    about = {**texts, "blog": "", **counts, **moments}
    return Reply(200, {**_user(asked, asked.user), **about})


def _releases(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if asked.method == "POST":
        return _create_release(state, asked)
    if not rest:
        newest = sorted(state.releases, key=lambda one: one.created, reverse=True)
        return _page(asked, [_release(asked, one) for one in newest])
    if rest[0] == "tags":
        found = state.release(rest[1])
    else:
        found = next((one for one in state.releases if str(one.id) == rest[0]), None)
    if found is None:
        return _NOT_FOUND
    if asked.method == "DELETE":
        state.releases.remove(found)
        return Reply(204)
    return Reply(200, _release(asked, found))


def _create_release(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    if asked.user not in state.writers:
        return Reply(403, {"message": "Resource not accessible by personal access token"})
    if state.release(body["tag_name"]):
        return _invalid("Release", "tag_name", "already_exists")
    if not state.has(f"refs/tags/{body['tag_name']}"):
        # It would make a tag of its own, which nobody here ever wants.
        return _invalid("Release", "tag_name", "unexpected_in_test")
    made = state.add_release(
        body["tag_name"], body["name"], body["body"], is_prerelease=body["prerelease"]
    )
    return Reply(201, _release(asked, made))


def _issues(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    both = [*state.issues, *state.pull_requests]
    if not rest and asked.method == "POST":
        return _create_issue(state, asked)
    if not rest:
        found = [one for one in both if one.is_open or asked.query["state"] == "all"]
        found.sort(key=lambda one: one.created, reverse=asked.query["direction"] == "desc")
        return _page(asked, [_issue(asked, one) for one in found])
    issue = next((one for one in both if str(one.number) == rest[0]), None)
    if issue is None:
        return _NOT_FOUND
    if rest[1:] == ["comments"] and asked.method == "POST":
        made = state.comment(issue, asked.user or "", asked.body["body"])
        return Reply(201, _comment(asked, issue, made))
    if rest[1:] == ["comments"]:
        return _page(asked, [_comment(asked, issue, one) for one in issue.comments])
    if asked.method == "PATCH":
        issue.is_open = asked.body.get("state", "open") == "open"
        issue.labels = asked.body.get("labels", issue.labels)
    return Reply(200, _issue(asked, issue))


def _create_issue(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    if not set(body.get("assignees", [])) <= set(state.members):
        return _invalid("Issue", "assignees", "invalid")
    made = state.add_issue(body["title"], asked.user or "", body.get("body", ""))
    made.labels, made.assignees = [*body.get("labels", [])], [*body.get("assignees", [])]
    return Reply(201, _issue(asked, made))


def _pulls(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if not rest and asked.method == "POST":
        return _create_pull(state, asked)
    if not rest:
        newest = sorted(state.pull_requests, key=lambda one: one.created, reverse=True)
        return _page(asked, [_pull(state, asked, one, is_whole=False) for one in newest])
    found = next((one for one in state.pull_requests if [str(one.number)] == rest), None)
    if found is None:
        return _NOT_FOUND
    if asked.method == "PATCH":
        found.is_open = asked.body.get("state", "open") == "open"
    return Reply(200, _pull(state, asked, found, is_whole=True))


def _create_pull(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    missing = [name for name in ("head", "base") if not state.has(f"refs/heads/{body[name]}")]
    if missing:
        return _invalid("PullRequest", missing[0], "invalid")
    if any(one.is_open and one.source == body["head"] for one in state.pull_requests):
        error = {
            "resource": "PullRequest",
            "code": "custom",
            "message": f"A pull request already exists for {_OWNER}:{body['head']}.",
        }
        return Reply(422, {"message": "Validation Failed", "errors": [error]})
    made = state.add_pull_request(
        body["title"],
        body["head"],
        author=asked.user or "",
        body=body["body"],
        target=body["base"],
    )
    return Reply(201, _pull(state, asked, made, is_whole=True))


def _commits(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    commit, what = rest[0], rest[1:]
    if not state.has(commit):
        return Reply(422, {"message": f"No commit found for SHA: {commit}"})
    builds = state.builds.get(commit, [])
    if what == ["check-runs"]:
        runs = [_run(asked, commit, one) for one in builds[::2]]
        return Reply(200, {"total_count": len(runs), "check_runs": runs})
    if what == ["status"]:
        statuses = [_status(asked, commit, one) for one in builds[1::2]]
        combined = {"state": "pending", "sha": commit, "total_count": len(statuses)}
        more = {
            "statuses": statuses,
            "repository": _repository(state, asked),
            "commit_url": _api(asked, f"commits/{commit}"),
            "url": _api(asked, f"commits/{commit}/status"),
        }
        return Reply(200, {**combined, **more})
    about = {
        "author": {"name": "Jo"},
        "committer": {"name": "Jo"},
        "comment_count": 0,
        "message": "Begin",
        "tree": {"sha": commit, "url": _api(asked, f"git/trees/{commit}")},
        "url": _api(asked, f"git/commits/{commit}"),
    }
    value = {
        **_identity(asked, f"commits/{commit}"),
        "sha": commit,
        "commit": about,
        "comments_url": _api(asked, f"commits/{commit}/comments"),
        "author": _user(asked, "jo"),
        "committer": _user(asked, "jo"),
        "parents": [],
    }
    value.pop("id")
    return Reply(200, value)


def _collaborators(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    name = rest[0]
    if name not in {*state.members, *state.writers}:
        return _NOT_FOUND
    permission = "write" if name in state.writers else "read"
    return Reply(
        200, {"permission": permission, "role_name": permission, "user": _person(asked, name)}
    )


def _assignees(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    del asked
    return Reply(204) if rest[0] in state.members else _NOT_FOUND


def _page(asked: Asked, values: list[Any]) -> Reply:
    """A page of a list, with the address of the next one as GitHub gives it."""
    size, number = int(asked.query.get("per_page", "30")), int(asked.query.get("page", "1"))
    chosen = values[(number - 1) * size : number * size]
    if number * size >= len(values):
        return Reply(200, chosen)
    query = {**asked.query, "page": str(number + 1)}
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return Reply(200, chosen, {"Link": f'<{asked.base}{asked.path}?{words}>; rel="next"'})


def _invalid(resource: str, field: str, code: str) -> Reply:
    error = {"resource": resource, "field": field, "code": code}
    return Reply(422, {"message": "Validation Failed", "errors": [error]})


def _api(asked: Asked, path: str) -> str:
    return f"{asked.base}/repos/{PROJECT}/{path}".rstrip("/")


def _web(asked: Asked, path: str) -> str:
    host = asked.base.removesuffix("/api/v3")
    return f"{host}/{PROJECT}/{path}".rstrip("/")


def _identity(asked: Asked, path: str, number: int = 1) -> Body:
    return {
        "id": number,
        "node_id": f"N{number}",
        "url": _api(asked, path),
        "html_url": _web(asked, path),
    }


def _user(asked: Asked, login: str) -> Body:
    address = f"{asked.base}/users/{login}"
    links = {f"{name}_url": f"{address}/{name}" for name in _USER_LINKS}
    return {
        **links,
        "login": login,
        "id": len(login),
        "node_id": login,
        "avatar_url": f"{address}.png",
        "gravatar_id": "",
        "html_url": f"{asked.base}/{login}",
        "url": address,
        "type": "User",
        "site_admin": False,
    }


def _person(asked: Asked, login: str) -> Body:
    return {**_user(asked, login), "role_name": "write"}


def _repository(state: ForgeState, asked: Asked) -> Body:
    links = {f"{name}_url": _api(asked, name) for name in _REPOSITORY_LINKS}
    flags = dict.fromkeys(
        ("archived", "disabled", "fork", "private", "has_pages", "has_wiki"), False
    )
    counts = dict.fromkeys(_REPOSITORY_COUNTS, 0)
    moments = dict.fromkeys(("created_at", "pushed_at", "updated_at"), "2026-11-21T10:00:00Z")
    may = asked.user in state.writers
    permissions = {"admin": False, "maintain": False, "push": may, "triage": may, "pull": True}
    web = _web(asked, "")
    addresses = {"clone_url": f"{web}.git", "git_url": f"{web}.git", "ssh_url": f"git@x:{PROJECT}"}
    return {
        **_identity(asked, ""),
        **links,
        **flags,
        **counts,
        **moments,
        **addresses,
        **dict.fromkeys(("description", "homepage", "language", "mirror_url", "license")),
        "svn_url": web,
        "has_issues": True,
        "has_projects": True,
        "has_discussions": False,
        "has_downloads": False,
        "name": _NAME,
        "full_name": PROJECT,
        "owner": _user(asked, _OWNER),
        "default_branch": state.default_branch,
        **({"permissions": permissions} if asked.user else {}),
    }


def _release(asked: Asked, one: HeldRelease) -> Body:
    return {
        **_identity(asked, f"releases/{one.id}", one.id),
        "html_url": _web(asked, f"releases/tag/{one.tag}"),
        "assets_url": _api(asked, f"releases/{one.id}/assets"),
        "upload_url": _api(asked, f"releases/{one.id}/assets"),
        "tarball_url": _api(asked, f"tarball/{one.tag}"),
        "zipball_url": _api(asked, f"zipball/{one.tag}"),
        "created_at": one.created,
        "published_at": one.created,
        "draft": False,
        "prerelease": one.is_prerelease,
        "author": _user(asked, "jo"),
        "name": one.name,
        "body": one.notes,
        "tag_name": one.tag,
        "target_commitish": "main",
        "assets": [],
    }


def _label(asked: Asked, name: str) -> Body:
    value = {**_identity(asked, f"labels/{quote(name)}"), "name": name, "description": ""}
    value.pop("html_url")
    return {**value, "color": "ffffff", "default": False}


def _about(asked: Asked, one: HeldIssue, kind: str) -> Body:
    """What issues and pull requests have in common."""
    return {
        **_identity(asked, f"{kind}/{one.number}", one.number),
        "number": one.number,
        "title": one.title,
        "body": one.body or None,
        "user": _user(asked, one.author),
        "labels": [_label(asked, name) for name in one.labels],
        "assignee": None,
        "assignees": [_user(asked, name) for name in one.assignees],
        "state": "open" if one.is_open else "closed",
        "locked": False,
        "milestone": None,
        "comments_url": _api(asked, f"issues/{one.number}/comments"),
        "closed_at": None if one.is_open else one.created,
        "created_at": one.created,
        "updated_at": one.created,
    }


def _issue(asked: Asked, one: HeldIssue) -> Body:
    address = _api(asked, f"issues/{one.number}")
    links = dict.fromkeys(("diff_url", "html_url", "patch_url", "url"), address)
    return {
        **_about(asked, one, "issues"),
        "comments": len(one.comments),
        "events_url": f"{address}/events",
        "labels_url": f"{address}/labels",
        "repository_url": _api(asked, ""),
        **({"pull_request": links} if one.source else {}),
    }


def _comment(asked: Asked, issue: HeldIssue, one: HeldComment) -> Body:
    return {
        **_identity(asked, f"issues/comments/{one.id}", one.id),
        "html_url": _web(asked, f"issues/{issue.number}#issuecomment-{one.id}"),
        "issue_url": _api(asked, f"issues/{issue.number}"),
        "user": _user(asked, one.author),
        "body": one.body,
        "created_at": one.created,
        "updated_at": one.created,
    }


def _pull(state: ForgeState, asked: Asked, one: HeldIssue, *, is_whole: bool) -> Body:
    address = _api(asked, f"pulls/{one.number}")
    links = {f"{name}_url": f"{address}/{name}" for name in _PULL_LINKS}
    related = {name: {"href": address} for name in (*_PULL_LINKS, "self")}
    counts = dict.fromkeys(
        ("additions", "changed_files", "comments", "commits", "deletions", "review_comments"), 0
    )
    whole = {
        **counts,
        "mergeable": None,
        "mergeable_state": "unknown",
        "merged": one.merge_commit is not None,
        "maintainer_can_modify": False,
        "merged_by": None,
    }
    about = _about(asked, one, "pulls")
    return {
        **links,
        **about,
        "html_url": _web(asked, f"pull/{one.number}"),
        "issue_url": _api(asked, f"issues/{one.number}"),
        "_links": related,
        "head": _end(state, asked, one.source),
        "base": _end(state, asked, one.target),
        # Of an open one it is that of a merge which is tried out.
        "merge_commit_sha": one.merge_commit or "f" * 40,
        "merged_at": one.created if one.merge_commit else None,
        "author_association": "MEMBER",
        "auto_merge": None,
        **(whole if is_whole else {}),
    }


def _end(state: ForgeState, asked: Asked, branch: str) -> Body:
    return {
        "label": f"{_OWNER}:{branch}",
        "ref": branch,
        "sha": state.commit_of(branch) or "0" * 40,
        "user": _user(asked, _OWNER),
        "repo": _repository(state, asked),
    }


def _run(asked: Asked, commit: str, build: Any) -> Body:
    is_running = build.state == "running"
    output = dict.fromkeys(("title", "summary", "text"))
    address = f"check-runs/{build.name}"
    return {
        **_identity(asked, address),
        "html_url": build.url,
        "details_url": build.url,
        "head_sha": commit,
        "name": build.name,
        "status": "in_progress" if is_running else "completed",
        "conclusion": {"passed": "success", "failed": "failure"}.get(build.state),
        "started_at": "2026-11-21T10:00:00Z",
        "completed_at": None if is_running else "2026-11-21T10:00:00Z",
        "external_id": "",
        "check_suite": {"id": 1},
        "output": {**output, "annotations_count": 0, "annotations_url": _api(asked, address)},
        "app": None,
        "pull_requests": [],
    }


def _status(asked: Asked, commit: str, build: Any) -> Body:
    states = {"passed": "success", "failed": "failure", "running": "pending"}
    value = {**_identity(asked, f"statuses/{commit}"), "description": None}
    value.pop("html_url")
    return {
        **value,
        "state": states[build.state],
        "context": build.name,
        "target_url": build.url,
        "avatar_url": None,
        "created_at": "2026-11-21T10:00:00Z",
        "updated_at": "2026-11-21T10:00:00Z",
    }
