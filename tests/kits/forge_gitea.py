"""Gitea as its published description has it, as far as it is used here."""

from __future__ import annotations

from typing import Any

from aidevsecops_ext.domain.forge import ForgeKind
from tests.kits.forge_server import Asked, Body, Dialect, Reply, names_of
from tests.kits.forge_state import (
    PROJECT,
    ForgeState,
    HeldBuild,
    HeldComment,
    HeldIssue,
    HeldRelease,
)

_OWNER, _NAME = PROJECT.split("/")
_NOT_FOUND = Reply(404, {"message": "The target couldn't be found.", "url": "", "errors": []})
_REFUSED = Reply(401, {"message": "token is required", "url": ""})
_LARGEST_PAGE = 50
_STATES = {"passed": "success", "failed": "failure", "running": "pending"}


def _reply(state: ForgeState, asked: Asked) -> Reply:
    names = names_of(asked.path)
    if names == ["user"]:
        return Reply(200, _user(asked.user)) if asked.user else _REFUSED
    if names[:3] != ["repos", _OWNER, _NAME]:
        return _NOT_FOUND
    if asked.method != "GET" and asked.user is None:
        return _REFUSED
    rest = names[3:]
    parts = {
        "releases": _releases,
        "issues": _issues,
        "pulls": _pulls,
        "labels": _labels,
        "commits": _status,
        "collaborators": _permission,
        "assignees": _assignees,
    }
    if not rest:
        return Reply(200, _repository(state, asked))
    return parts[rest[0]](state, asked, rest[1:]) if rest[0] in parts else _NOT_FOUND


GITEA = Dialect(ForgeKind.GITEA, "/api/v1", _reply)


def _releases(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if not rest and asked.method == "POST":
        return _create_release(state, asked)
    if not rest:
        newest = sorted(state.releases, key=lambda one: one.created, reverse=True)
        return _page(asked, [_release(asked, one) for one in newest])
    found = state.release(rest[1]) if rest[0] == "tags" else None
    if found is None:
        return _NOT_FOUND
    if asked.method == "DELETE":
        state.releases.remove(found)
        return Reply(204)
    return Reply(200, _release(asked, found))


def _create_release(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    if asked.user not in state.writers:
        return Reply(403, {"message": "user should have a permission to write to a repo"})
    if state.release(body["tag_name"]):
        return Reply(409, {"message": "Release has already been made"})
    if not state.has(f"refs/tags/{body['tag_name']}"):
        # It would make a tag of its own, which nobody here ever wants.
        return Reply(422, {"message": "unexpected in a test"})
    made = state.add_release(
        body["tag_name"], body["name"], body["body"], is_prerelease=body["prerelease"]
    )
    return Reply(201, _release(asked, made))


def _issues(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if not rest and asked.method == "POST":
        return _create_issue(state, asked)
    if not rest:
        both = state.issues if asked.query["type"] == "issues" else state.pull_requests
        found = [one for one in both if one.is_open or asked.query["state"] == "all"]
        found.sort(key=lambda one: one.created, reverse=True)
        return _page(asked, [_issue(asked, one) for one in found])
    both = [*state.issues, *state.pull_requests]
    issue = next((one for one in both if str(one.number) == rest[0]), None)
    if issue is None:
        return _NOT_FOUND
    if rest[1:] == ["comments"] and asked.method == "POST":
        made = state.comment(issue, asked.user or "", asked.body["body"])
        return Reply(201, _comment(asked, issue, made))
    if rest[1:] == ["comments"]:
        return Reply(200, [_comment(asked, issue, one) for one in issue.comments])
    if asked.method == "PATCH":
        issue.is_open = asked.body.get("state", "open") == "open"
        return Reply(201, _issue(asked, issue))
    return Reply(200, _issue(asked, issue))


def _create_issue(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    if not set(body.get("assignees", [])) <= set(state.members):
        return Reply(422, {"message": "assignee does not exist"})
    made = state.add_issue(body["title"], asked.user or "", body["body"])
    made.labels, made.assignees = _names_of(state, body), [*body.get("assignees", [])]
    return Reply(201, _issue(asked, made))


def _pulls(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if not rest and asked.method == "POST":
        return _create_pull(state, asked)
    if not rest:
        newest = sorted(state.pull_requests, key=lambda one: one.created, reverse=True)
        return _page(asked, [_pull(state, asked, one) for one in newest])
    found = next((one for one in state.pull_requests if [str(one.number)] == rest), None)
    if found is None:
        return _NOT_FOUND
    if asked.method == "PATCH":
        found.is_open = asked.body.get("state", "open") == "open"
        return Reply(201, _pull(state, asked, found))
    return Reply(200, _pull(state, asked, found))


def _create_pull(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    if not all(state.has(f"refs/heads/{body[name]}") for name in ("head", "base")):
        return _NOT_FOUND
    if any(one.is_open and one.source == body["head"] for one in state.pull_requests):
        return Reply(409, {"message": "pull request already exists for these targets"})
    made = state.add_pull_request(
        body["title"],
        body["head"],
        author=asked.user or "",
        body=body["body"],
        target=body["base"],
    )
    made.labels = _names_of(state, body)
    return Reply(201, _pull(state, asked, made))


def _labels(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    del rest
    if asked.method == "POST":
        state.labels.append(asked.body["name"])
        return Reply(201, _label(len(state.labels) - 1, asked.body["name"]))
    return _page(asked, [_label(place, name) for place, name in enumerate(state.labels)])


def _names_of(state: ForgeState, body: Body) -> list[str]:
    """The labels that a body names by their numbers."""
    return [state.labels[number - 1] for number in body.get("labels", [])]


def _status(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if rest[1:] != ["status"] or not state.has(rest[0]):
        return _NOT_FOUND
    builds = state.builds.get(rest[0], [])
    value = {
        "sha": rest[0],
        "state": "pending",
        "total_count": len(builds),
        # It says null where there are none.
        "statuses": [_build(number, one) for number, one in enumerate(builds)] or None,
        "url": f"{asked.base}{asked.path}",
    }
    return Reply(200, value)


def _permission(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if rest[1:] != ["permission"] or rest[0] not in state.members:
        return _NOT_FOUND
    may = "write" if rest[0] in state.writers else "read"
    del asked
    return Reply(200, {"permission": may, "role_name": may, "user": _user(rest[0])})


def _assignees(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    del asked, rest
    return Reply(200, [_user(name) for name in state.members])


def _page(asked: Asked, values: list[Any]) -> Reply:
    size = min(int(asked.query.get("limit", "30")), _LARGEST_PAGE)
    number = int(asked.query.get("page", "1"))
    headers = {"X-Total-Count": str(len(values))}
    return Reply(200, values[(number - 1) * size : number * size], headers)


def _web(asked: Asked, path: str) -> str:
    return f"{asked.base.removesuffix('/api/v1')}/{PROJECT}/{path}".rstrip("/")


def _user(login: str) -> Body:
    return {"id": len(login), "login": login, "username": login, "email": f"{login}@example.org"}


def _repository(state: ForgeState, asked: Asked) -> Body:
    may = asked.user in state.writers
    permissions = {"admin": False, "push": may, "pull": True}
    return {
        "id": 1,
        "name": _NAME,
        "full_name": PROJECT,
        "owner": _user(_OWNER),
        "private": False,
        "fork": False,
        "default_branch": state.default_branch,
        "has_issues": True,
        "html_url": _web(asked, ""),
        "clone_url": f"{_web(asked, '')}.git",
        "permissions": permissions if asked.user else {**permissions, "push": False},
    }


def _release(asked: Asked, one: HeldRelease) -> Body:
    return {
        "id": one.id,
        "tag_name": one.tag,
        "target_commitish": "main",
        "name": one.name,
        "body": one.notes,
        "url": f"{asked.base}/repos/{PROJECT}/releases/{one.id}",
        "html_url": _web(asked, f"releases/tag/{one.tag}"),
        "draft": False,
        "prerelease": one.is_prerelease,
        "created_at": one.created,
        "published_at": one.created,
        "author": _user("jo"),
        "assets": [],
    }


def _label(place: int, name: str) -> Body:
    return {"id": place + 1, "name": name, "color": "ededed", "description": ""}


def _about(asked: Asked, one: HeldIssue) -> Body:
    return {
        "id": 500 + one.number,
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "user": _user(one.author),
        "labels": [_label(place, name) for place, name in enumerate(one.labels)],
        "assignees": [_user(name) for name in one.assignees] or None,
        "assignee": None,
        "milestone": None,
        "state": "open" if one.is_open else "closed",
        "created_at": one.created.replace("Z", "+00:00"),
        "updated_at": one.created,
        "comments": len(one.comments),
        "url": f"{asked.base}/repos/{PROJECT}/issues/{one.number}",
    }


def _issue(asked: Asked, one: HeldIssue) -> Body:
    kind = "pulls" if one.source else "issues"
    merged = {"merged": one.merge_commit is not None, "merged_at": None}
    return {
        **_about(asked, one),
        "html_url": _web(asked, f"{kind}/{one.number}"),
        "pull_request": merged if one.source else None,
    }


def _comment(asked: Asked, issue: HeldIssue, one: HeldComment) -> Body:
    return {
        "id": one.id,
        "body": one.body,
        "user": _user(one.author),
        "html_url": _web(asked, f"issues/{issue.number}#issuecomment-{one.id}"),
        "created_at": one.created,
        "updated_at": one.created,
    }


def _pull(state: ForgeState, asked: Asked, one: HeldIssue) -> Body:
    return {
        **_about(asked, one),
        "html_url": _web(asked, f"pulls/{one.number}"),
        "head": _end(state, one.source),
        "base": _end(state, one.target),
        "merged": one.merge_commit is not None,
        "merged_at": one.created if one.merge_commit else None,
        "merge_commit_sha": one.merge_commit,
        "mergeable": True,
    }


def _end(state: ForgeState, branch: str) -> Body:
    return {"label": branch, "ref": branch, "sha": state.commit_of(branch), "repo_id": 1}


def _build(number: int, one: HeldBuild) -> Body:
    return {
        "id": number,
        "context": one.name,
        "status": _STATES[one.state],
        "target_url": one.url,
        "description": "",
        "created_at": "2026-11-21T10:00:00Z",
        "updated_at": "2026-11-21T10:00:00Z",
    }
