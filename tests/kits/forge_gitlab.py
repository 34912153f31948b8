"""GitLab as its documentation has it, as far as it is used here."""

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

_ID = 7
_NOT_FOUND = Reply(404, {"message": "404 Not found"})
_REFUSED = Reply(401, {"message": "401 Unauthorized"})
_DEVELOPER, _REPORTER = 30, 20
_STATUSES = {"passed": "success", "failed": "failed", "running": "running"}


def _reply(state: ForgeState, asked: Asked) -> Reply:
    names = names_of(asked.path)
    if names == ["user"]:
        return Reply(200, _user(state, asked.user)) if asked.user else _REFUSED
    if names[:1] != ["projects"] or names[1:2] not in ([PROJECT], [str(_ID)]):
        return Reply(404, {"message": "404 Project Not Found"})
    if asked.method != "GET" and asked.user is None:
        return _REFUSED
    rest = names[2:]
    if not rest:
        return Reply(200, _project(state, asked))
    if rest == ["members", "all"]:
        return _members(state, asked)
    if rest[:2] == ["repository", "commits"] and rest[3:] == ["statuses"]:
        return _statuses(state, asked, rest[2])
    parts = {"releases": _releases, "issues": _issues, "merge_requests": _merge_requests}
    return parts[rest[0]](state, asked, rest[1:]) if rest[0] in parts else _NOT_FOUND


GITLAB = Dialect(ForgeKind.GITLAB, "/api/v4", _reply, is_sequence_shared=False)


def _project(state: ForgeState, asked: Asked) -> Body:
    level = _DEVELOPER if asked.user in state.writers else _REPORTER
    access = {"access_level": level, "notification_level": 3}
    permissions = {"project_access": access, "group_access": None}
    return {
        "id": _ID,
        "path_with_namespace": PROJECT,
        "default_branch": state.default_branch,
        "web_url": _web(asked, ""),
        "issues_enabled": True,
        **({"permissions": permissions} if asked.user else {}),
    }


def _members(state: ForgeState, asked: Asked) -> Reply:
    names = [name for name in state.members if asked.query.get("query", "") in name]
    levels = {True: _DEVELOPER, False: _REPORTER}
    return _page(
        asked,
        [{**_user(state, name), "access_level": levels[name in state.writers]} for name in names],
    )


def _statuses(state: ForgeState, asked: Asked, commit: str) -> Reply:
    if not state.has(commit):
        return Reply(404, {"message": "404 Commit Not Found"})
    return _page(asked, [_status(commit, one) for one in state.builds.get(commit, [])])


def _releases(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if not rest and asked.method == "POST":
        return _create_release(state, asked)
    if not rest:
        newest = sorted(state.releases, key=lambda one: one.created, reverse=True)
        return _page(asked, [_release(asked, one) for one in newest])
    found = state.release(rest[0])
    if found is None:
        return _NOT_FOUND
    if asked.method == "DELETE":
        state.releases.remove(found)
    return Reply(200, _release(asked, found))


def _create_release(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    if asked.user not in state.writers:
        return Reply(403, {"message": "403 Forbidden"})
    if state.release(body["tag_name"]):
        return Reply(409, {"message": "Release already exists"})
    if not state.has(f"refs/tags/{body['tag_name']}"):
        return Reply(422, {"message": "Ref is not specified"})
    made = state.add_release(body["tag_name"], body["name"], body["description"])
    return Reply(201, _release(asked, made))


def _issues(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if not rest and asked.method == "POST":
        return _create_issue(state, asked)
    if not rest:
        found = [one for one in state.issues if one.is_open]
        found.sort(key=lambda one: one.created, reverse=asked.query["sort"] == "desc")
        return _page(asked, [_issue(state, asked, one) for one in found])
    issue = next((one for one in state.issues if str(one.number) == rest[0]), None)
    if issue is None:
        return _NOT_FOUND
    if rest[1:] == ["notes"] and asked.method == "POST":
        made = state.comment(issue, asked.user or "", asked.body["body"])
        return Reply(201, _note(state, issue, made))
    if rest[1:] == ["notes"]:
        # Without being asked for another order the newest note is first.
        is_newest_first = asked.query.get("sort", "desc") == "desc"
        notes = [*issue.comments][:: -1 if is_newest_first else 1]
        return _page(asked, [_note(state, issue, one) for one in notes])
    if asked.method == "PUT" and asked.body.get("state_event") == "close":
        issue.is_open = False
        state.comment(issue, asked.user or "", "closed", is_system=True)
    return Reply(200, _issue(state, asked, issue))


def _create_issue(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    made = state.add_issue(body["title"], asked.user or "", body.get("description", ""))
    made.labels = _labels(body)
    known = {_user(state, name)["id"]: name for name in state.members}
    made.assignees = [known[number] for number in body.get("assignee_ids", []) if number in known]
    return Reply(201, _issue(state, asked, made))


def _merge_requests(state: ForgeState, asked: Asked, rest: list[str]) -> Reply:
    if not rest and asked.method == "POST":
        return _create_merge_request(state, asked)
    if not rest:
        newest = sorted(state.pull_requests, key=lambda one: one.created, reverse=True)
        return _page(asked, [_merge_request(state, asked, one) for one in newest])
    found = next((one for one in state.pull_requests if [str(one.number)] == rest), None)
    if found is None:
        return _NOT_FOUND
    if asked.method == "PUT" and asked.body.get("state_event") == "close":
        found.is_open = False
    return Reply(200, _merge_request(state, asked, found))


def _create_merge_request(state: ForgeState, asked: Asked) -> Reply:
    body = asked.body
    taken = [
        one for one in state.pull_requests if one.is_open and one.source == body["source_branch"]
    ]
    if taken:
        said = "Another open merge request already exists for this source branch"
        return Reply(409, {"message": [f"{said}: !{taken[0].number}"]})
    made = state.add_pull_request(
        body["title"],
        body["source_branch"],
        author=asked.user or "",
        body=body["description"],
        target=body["target_branch"],
    )
    made.labels = _labels(body)
    return Reply(201, _merge_request(state, asked, made))


def _labels(body: Body) -> list[str]:
    """The labels of a body: a list, or their names with commas."""
    labels = body.get("labels", [])
    return [name for name in labels.split(",") if name] if isinstance(labels, str) else labels


def _page(asked: Asked, values: list[Any]) -> Reply:
    """A page of a list, with where the next one is: at the address that the forge calls its own."""
    size, number = int(asked.query.get("per_page", "20")), int(asked.query.get("page", "1"))
    chosen = values[(number - 1) * size : number * size]
    headers = {"X-Page": str(number), "X-Per-Page": str(size), "X-Total": str(len(values))}
    if number * size < len(values):
        query = {**asked.query, "page": str(number + 1)}
        words = "&".join(f"{key}={value}" for key, value in query.items())
        own = asked.base.replace("127.0.0.1", "gitlab.invalid")
        headers |= {
            "Link": f'<{own}{asked.path}?{words}>; rel="next"',
            "X-Next-Page": str(number + 1),
        }
    return Reply(200, chosen, headers)


def _web(asked: Asked, path: str) -> str:
    return f"{asked.base.removesuffix('/api/v4')}/{PROJECT}/-/{path}".removesuffix("/-/")


def _user(state: ForgeState, name: str) -> Body:
    number = state.members.index(name) + 11 if name in state.members else 10
    return {"id": number, "username": name, "name": name.title(), "state": "active"}


def _release(asked: Asked, one: HeldRelease) -> Body:
    return {
        "tag_name": one.tag,
        "name": one.name,
        "description": one.notes,
        "created_at": one.created,
        "released_at": one.created,
        "_links": {"self": _web(asked, f"releases/{one.tag}")},
    }


def _about(state: ForgeState, one: HeldIssue) -> Body:
    return {
        "id": 500 + one.number,
        "iid": one.number,
        "project_id": _ID,
        "title": one.title,
        "description": one.body or None,
        "author": _user(state, one.author),
        "labels": one.labels,
        "assignees": [_user(state, name) for name in one.assignees],
        "created_at": one.created.replace("Z", ".000Z"),
    }


def _issue(state: ForgeState, asked: Asked, one: HeldIssue) -> Body:
    return {
        **_about(state, one),
        "state": "opened" if one.is_open else "closed",
        "web_url": _web(asked, f"issues/{one.number}"),
    }


def _note(state: ForgeState, issue: HeldIssue, one: HeldComment) -> Body:
    return {
        "id": one.id,
        "body": one.body,
        "author": _user(state, one.author),
        "created_at": one.created,
        "system": one.is_system,
        "noteable_iid": issue.number,
    }


def _merge_request(state: ForgeState, asked: Asked, one: HeldIssue) -> Body:
    open_or_closed = "opened" if one.is_open else "closed"
    return {
        **_about(state, one),
        "state": "merged" if one.merge_commit else open_or_closed,
        "web_url": _web(asked, f"merge_requests/{one.number}"),
        "source_branch": one.source,
        "target_branch": one.target,
        "sha": state.commit_of(one.source),
        "merge_commit_sha": one.merge_commit,
        "squash_commit_sha": None,
    }


def _status(commit: str, one: HeldBuild) -> Body:
    return {
        "id": 1,
        "sha": commit,
        "name": one.name,
        "status": _STATUSES[one.state],
        "target_url": one.url,
    }
