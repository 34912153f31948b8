"""What every request handler does: who may, what was sent, and how an answer looks."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.iostream import StreamClosedError

from ..domain.errors import AidevsecopsError, ErrorCode, RefusedError, UserError
from ..domain.machine_refusals import refusal_of
from ..formats.json_reading import require_light
from ..formats.visible_text import visible_line
from ..jobs.cancel import CancelSource
from .access import ACTION_ATTRIBUTE
from .problems import problem_of, problem_of_status, status_of, unexpected_problem

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Slimmer
    from ..domain.json_value import Json
    from .backstage import Backstage

NAMESPACE = "aidevsecops-ext"

# Room for what comes beside the notebook.
_ENVELOPE_BYTES = 1_000_000
# Step notebooks show the pictures that are in the texts of the notebook.
_WITH_PICTURES = frozenset({"SplitApplyRequest"})


class BaseRouteHandler(APIHandler):
    """Answers in JSON, also when something is wrong: then with a Problem of ``openapi.yaml``."""

    auth_resource = "aidevsecops"

    def initialize(self, backstage: Backstage) -> None:
        """Take what the handlers share."""
        self.backstage = backstage
        self.request_id = uuid.uuid4().hex[:12]
        self.gone = CancelSource()

    def on_connection_close(self) -> None:
        """Do no more work for somebody who has left."""
        self.gone.cancel()
        super().on_connection_close()

    async def read_body(self, schema: str) -> dict[str, Json]:
        """The request's body, which is what the schema of that name says.

        Raises:
            UserError: it is not.
            RefusedError: it is larger than a notebook may be.
        """
        limit = self.backstage.settings.max_notebook_bytes
        if len(self.request.body) > limit + _ENVELOPE_BYTES:
            raise RefusedError(
                ErrorCode.NOTEBOOK_TOO_LARGE,
                f"The notebook is larger than {limit / 1e6:g} MB.",
                hint="Clear its outputs, or raise the limit (max_notebook_bytes).",
                details={"limit": limit},
            )
        body = self.request.body
        return await self.backstage.in_thread(
            lambda: _decode_body(body, schema, self.backstage.services.slimmer, self.gone)
        )

    def read_query(self, name: str) -> str | None:
        """A parameter of the query, or None.

        Raises:
            UserError: it is empty, or not a text.
        """
        values = self.request.query_arguments.get(name)
        if not values:
            return None
        try:
            text = values[-1].decode("utf-8")
        except UnicodeDecodeError as error:
            raise _invalid(name, "is not a text in UTF-8") from error
        if not text:
            raise _invalid(name, "must not be empty")
        return text

    def read_required_query(self, name: str) -> str:
        """A parameter of the query.

        Raises:
            UserError: it is missing or not a text.
        """
        value = self.read_query(name)
        if value is None:
            raise _invalid(name, "is missing")
        return value

    def read_count(self, name: str) -> int:
        """A parameter of the query that counts from 0, which it is when not given.

        Raises:
            UserError: it is not a number, or below 0.
        """
        text = self.read_query(name) or "0"
        # Longer ones are not line numbers, and do not fit in a database.
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            raise _invalid(name, "must be a whole number from 0 on")
        return int(text)

    def read_flag(self, name: str) -> bool:
        """A parameter of the query that is true or false, which it is when not given.

        Raises:
            UserError: it is neither.
        """
        text = self.read_query(name) or "false"
        if text not in {"true", "false"}:
            raise _invalid(name, "must be true or false")
        return text == "true"

    async def answer(self, value: Json, status: int = HTTPStatus.OK) -> None:
        """Answer with a JSON value."""
        text = await self.backstage.in_thread(lambda: json.dumps(value))
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        await self.finish(text)

    def url_of_job(self, job_id: str) -> str:
        """A job's address, ``base_url`` included."""
        return url_path_join(self.base_url, NAMESPACE, "jobs", job_id)

    def log_exception(self, *exc_info: Any) -> None:
        """Keep a traceback in the log for mistakes of ours only."""
        error = refusal_of(exc_info[1]) or exc_info[1]
        if isinstance(error, AidevsecopsError):
            self.log.info(
                "%s: %s (request %s)",
                error.code.value,
                visible_line(error.message),
                self.request_id,
            )
        elif isinstance(error, web.HTTPError):
            super().log_exception(*exc_info)
        elif isinstance(error, StreamClosedError):
            self.log.debug("Who sent request %s did not wait for the answer.", self.request_id)
        else:
            self.log.error("Request %s failed.", self.request_id, exc_info=exc_info)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with a Problem."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        error = refusal_of(error) or error
        if isinstance(error, AidevsecopsError):
            self.set_status(status_of(error))
            problem = problem_of(error, self.request_id)
        elif isinstance(error, web.HTTPError):
            message = error.log_message % error.args if error.log_message and error.args else None
            problem = problem_of_status(status_code, message or error.log_message, self.request_id)
        else:
            problem = unexpected_problem(self.request_id)
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.set_header("Allow", ", ".join([*self._methods(), "OPTIONS"]))
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(problem))

    def _methods(self) -> list[str]:
        verbs = ("GET", "POST", "PUT", "DELETE")
        return [verb for verb in verbs if hasattr(getattr(self, verb.lower()), ACTION_ATTRIBUTE)]


class UnknownRouteHandler(BaseRouteHandler):
    """Says that there is no such route, to those who may know."""

    # Answers nothing, as upstream's own handler of APIs does not either.
    async def prepare(self) -> None:  # type: ignore[override]
        """Refuse every method."""
        await super().prepare()
        raise web.HTTPError(HTTPStatus.NOT_FOUND)


def _decode_body(
    body: bytes, schema: str, slimmer: Slimmer, cancel: CancelToken
) -> dict[str, Json]:
    from .contract import check_body

    try:
        text = slimmer.slim(body, cancel, has_attachments=schema in _WITH_PICTURES)
        require_light(text)
        value: Json = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise _invalid("the body", "is nested too deeply") from error
    except ValueError as error:
        raise _invalid("the body", "is not JSON in UTF-8") from error
    return check_body(schema, value)


def _refuse_constant(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def _invalid(field: str, complaint: str) -> UserError:
    return UserError(
        ErrorCode.REQUEST_INVALID,
        f"The request is not valid: {field} {complaint}.",
        hint="See the reference of the REST interface.",
        details={"field": field},
    )
