"""Who may call a handler's method."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar, cast

from jupyter_server.auth.decorator import authorized
from tornado import web

Action = Literal["read", "write", "execute"]

_Method = TypeVar("_Method", bound=Callable[..., Awaitable[None]])

ACTION_ATTRIBUTE = "aidevsecops_action"


def allowed(action: Action) -> Callable[[_Method], _Method]:
    """Let only signed-in users call the method, who may do ``action`` on our resource.

    Reading is also what only computes an answer. Writing changes files or records; executing starts
    or stops something that works, whatever that writes then.
    """

    def decorate(method: _Method) -> _Method:
        guarded: Any = web.authenticated(cast("Any", authorized(action))(method))
        setattr(guarded, ACTION_ATTRIBUTE, action)
        return cast("_Method", guarded)

    return decorate
