"""Who is signed in does what they may: reading, writing and executing are granted one by one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User

from .routes import Caller, assert_problem
from .test_strangers import assert_let_in

_ACTIONS = ("read", "write", "execute")
_OURS = "aidevsecops"
_TOKENS = {"ann": "tok-ann", "bob": "tok-bob"}
_GRANTS = {"ann": {"read"}, "bob": {"read", "write"}}


class _Bouncer(Authorizer):
    """Lets users do only what is asked for in ``granted``, and notes what was asked."""

    granted: frozenset[tuple[str, str]] = frozenset()

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        assert handler is not None
        assert user is not None
        return (action, resource) in self.granted


class _TwoUsers(IdentityProvider):
    """Knows two users by their tokens."""

    async def _get_user(self, handler: Any) -> User | None:
        token = handler.request.headers.get("Authorization", "").removeprefix("token ")
        handler._token_authenticated = token in _TOKENS.values()
        return next((User(name) for name, known in _TOKENS.items() if known == token), None)

    def get_user(self, handler: Any) -> Any:
        """The user whose token was sent."""
        return self._get_user(handler)


class _ByName(Authorizer):
    """Grants each user what is theirs."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        assert handler is not None
        return resource == _OURS and action in _GRANTS[user.username]


def _admit(serverapp: Any, *granted: tuple[str, str]) -> None:
    bouncer = _Bouncer(parent=serverapp)
    bouncer.granted = frozenset(granted)
    serverapp.web_app.settings["authorizer"] = bouncer


async def test_every_action_is_asked_for_by_some_route(caller: Caller) -> None:
    assert {operation.action for operation in caller.operations} == set(_ACTIONS)


async def test_every_route_that_only_reads_says_so_by_its_action(caller: Caller) -> None:
    looking = [each for each in caller.operations if each.method == "GET"]
    changing = [each for each in caller.operations if each.method in {"PUT", "DELETE"}]

    assert {each.action for each in looking} == {"read"}
    assert {each.action for each in changing} == {"write", "execute"}


@pytest.mark.parametrize("action", _ACTIONS)
async def test_every_route_refuses_when_the_user_may_do_everything_but_this(
    caller: Caller, jp_serverapp: Any, jp_auth_header: dict[str, str], action: str
) -> None:
    others = [(other, _OURS) for other in _ACTIONS if other != action]
    elsewhere = [(action, name) for name in ("contents", "kernels", "server", "")]
    _admit(jp_serverapp, *others, *elsewhere)

    for operation in caller.operations:
        if operation.action == action:
            caller.assert_refused(await caller.call(operation, jp_auth_header), operation)


@pytest.mark.parametrize("action", _ACTIONS)
async def test_every_route_lets_in_when_the_user_may_do_just_this(
    caller: Caller, jp_serverapp: Any, jp_auth_header: dict[str, str], action: str
) -> None:
    _admit(jp_serverapp, (action, _OURS))

    for operation in caller.operations:
        if operation.action == action:
            assert_let_in(await caller.call(operation, jp_auth_header), operation)


async def test_each_user_does_what_is_theirs_when_there_are_two(
    caller: Caller, jp_serverapp: Any
) -> None:
    settings = jp_serverapp.web_app.settings
    settings["identity_provider"] = _TwoUsers(parent=jp_serverapp)
    settings["authorizer"] = _ByName(parent=jp_serverapp)

    for operation in caller.operations:
        for name, token in _TOKENS.items():
            caller.done = 0
            answer = await caller.call(operation, {"Authorization": f"token {token}"})

            if operation.action in _GRANTS[name]:
                assert_let_in(answer, operation)
            else:
                caller.assert_refused(answer, operation)


async def test_refusal_keeps_what_is_there_when_the_user_may_only_read(
    caller: Caller, jp_serverapp: Any, jp_auth_header: dict[str, str], jp_root_dir: Any
) -> None:
    (jp_root_dir / ".thoth.yaml").write_text("host: thoth.example\n", encoding="utf-8")
    [writing] = [each for each in caller.operations if each.method == "PUT"]
    body = {"folder": ".", "kind": "thoth", "revision": "any", "values": {"host": "evil.example"}}
    _admit(jp_serverapp, ("read", _OURS), ("execute", _OURS))

    answer = await caller.call(writing, jp_auth_header, body=body)

    caller.assert_refused(answer, writing)
    assert (jp_root_dir / ".thoth.yaml").read_text(encoding="utf-8") == "host: thoth.example\n"
    assert "evil.example" not in json.dumps(assert_problem(answer))
