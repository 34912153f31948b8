"""The Git repository that Airflow finds pipelines in, asked over the interface of its forge."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..domain.errors import ErrorCode, NotFoundError, OutsideFailedError, RefusedError
from .service_http import Question, ask

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from ..domain.runtime import RuntimeConfiguration


class ForgeDagRepository:
    """The port ``DagRepository``, for GitHub, GitLab and Gitea."""

    def __init__(self, runtime: RuntimeConfiguration, *, timeout: float) -> None:
        self._runtime = runtime
        self._timeout = timeout

    def check(self, cancel: CancelToken) -> None:
        """Make sure that the branch is there, and that the token may read it.

        Raises:
            RefusedError: the token is not accepted.
            NotFoundError: there is no such repository or branch, or it is not for this token.
            OutsideFailedError: nobody answers, or somebody else does.
            TimedOutError: no answer in time.
            CancelledError: cancelled.
        """
        cancel.raise_if_cancelled()
        repository, branch = self._runtime.text("github_repo"), self._runtime.text("github_branch")
        status = ask(self._question(repository, branch)).status
        if status == HTTPStatus.OK:
            return
        details: dict[str, Json] = {"repository": repository, "branch": branch, "status": status}
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise RefusedError(
                ErrorCode.SERVICE_REFUSED,
                f"The forge does not accept the token for {repository} (status {status}).",
                hint="Give the runtime configuration a token that may write to the repository.",
                details=details,
            )
        if status == HTTPStatus.NOT_FOUND:
            raise NotFoundError(
                ErrorCode.SERVICE_NOT_FOUND,
                f"The forge has no repository {repository} with a branch {branch}, or not for "
                "this token.",
                hint="Correct them, or give the token access to the repository.",
                details=details,
            )
        raise OutsideFailedError(
            ErrorCode.SERVICE_FAILED,
            f"The forge answers with status {status}.",
            hint="Is github_api_endpoint the address of its interface?",
            details=details,
        )

    def _question(self, repository: str, branch: str) -> Question:
        base = self._runtime.text("github_api_endpoint").rstrip("/")
        token = self._runtime.text("github_repo_token")
        kind = self._runtime.text("git_type")
        headers = {"Authorization": f"token {token}", "Accept": "application/json"}
        path = f"/repos/{quote(repository)}/branches/{quote(branch, safe='')}"
        if kind == "GITEA":
            path = f"/api/v1{path}"
        elif kind == "GITLAB":
            project = quote(repository, safe="")
            path = f"/api/v4/projects/{project}/repository/branches/{quote(branch, safe='')}"
            headers["PRIVATE-TOKEN"] = token
            del headers["Authorization"]
        return Question(f"{base}{path}", headers=headers, timeout=self._timeout)
