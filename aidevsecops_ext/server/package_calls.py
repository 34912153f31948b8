"""What the routes of packages do, in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..app.choose_target import choose_target
from ..app.describe_package import DescribePorts, describe_package
from ..app.search_packages import MOST, SearchPorts, search_packages
from ..domain.errors import ErrorCode, UserError
from ..domain.requirements import RequirementSet
from ..domain.target import TargetChoice
from ..formats.package_answers import package_json, search_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..app.ports import CancelToken
    from .backstage import Backstage
    from .notebook_calls import Body

USUAL = 20
"""How many names are answered when the request does not say."""


def search(backstage: Backstage, query: str, limit: str | None, cancel: CancelToken) -> Body:
    """The names that match what was typed so far."""
    services = backstage.services
    ports = SearchPorts(services.catalogue, services.index)
    return search_json(search_packages(query, _read_limit(limit), ports, cancel))


def describe(
    backstage: Backstage, name: str, choice: Mapping[str, str | None], cancel: CancelToken
) -> Body:
    """The versions of a package."""
    services = backstage.services
    chosen = TargetChoice(python_version=choice["python_version"], platform=choice["platform"])
    target = choose_target(chosen, "", RequirementSet(), services.files, services.default_python)
    ports = DescribePorts(services.catalogue, services.platform_tags)
    return package_json(
        describe_package(name, replace(target, here=services.platform), ports, cancel)
    )


def _read_limit(text: str | None) -> int:
    if text is None:
        return USUAL
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 1 <= int(text) <= MOST:
        return int(text)
    raise UserError(
        ErrorCode.REQUEST_INVALID,
        f"The request is not valid: limit must be a whole number from 1 to {MOST}.",
        hint="See the reference of the REST interface.",
        details={"field": "limit"},
    )
