"""Add a runtime configuration: where pipelines are submitted to, as Elyra's schemas want it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct, field

from ..domain.errors import ErrorCode, UserError
from ..domain.runtime import EngineKind, RuntimeConfiguration, StorageAccess
from ..formats.elyra_runtime_image import file_name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json
    from .runtime_ports import Runtimes

_COMMON = ("description", "user_namespace", "public_cos_endpoint", "cos_username", "cos_secret")
_STORAGE = ("cos_endpoint", "cos_bucket")
REQUIRED = {
    EngineKind.KUBEFLOW: ("api_endpoint", *_STORAGE),
    EngineKind.AIRFLOW: (
        "api_endpoint",
        "github_api_endpoint",
        "github_repo",
        "github_branch",
        *_STORAGE,
    ),
}
"""The settings that there is no configuration without."""
OPTIONAL = {
    EngineKind.KUBEFLOW: (
        *_COMMON,
        "cos_auth_type",
        "public_api_endpoint",
        "auth_type",
        "api_username",
    ),
    EngineKind.AIRFLOW: (*_COMMON, "cos_auth_type", "git_type", "api_username"),
}
SECRETS = {
    EngineKind.KUBEFLOW: ("api_password", "cos_password"),
    EngineKind.AIRFLOW: ("github_repo_token", "cos_password", "api_password"),
}
"""The settings that are asked for without showing them."""
_CHOICES = {
    "cos_auth_type": tuple(each.value for each in StorageAccess),
    "auth_type": (
        "NO_AUTHENTICATION",
        "EXISTING_BEARER_TOKEN",
        "KUBERNETES_SERVICE_ACCOUNT_TOKEN",
        "DEX_STATIC_PASSWORDS",
        "DEX_LDAP",
        "DEX_LEGACY",
    ),
    "git_type": ("GITHUB", "GITLAB", "GITEA"),
}
_DEFAULTS = {
    EngineKind.KUBEFLOW: {
        "auth_type": "NO_AUTHENTICATION",
        "cos_auth_type": StorageAccess.USER.value,
        "engine": "Argo",
    },
    EngineKind.AIRFLOW: {
        "git_type": "GITHUB",
        "cos_auth_type": StorageAccess.USER.value,
        "user_namespace": "default",
    },
}
_TYPES = {EngineKind.KUBEFLOW: "KUBEFLOW_PIPELINES", EngineKind.AIRFLOW: "APACHE_AIRFLOW"}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,220}[a-z0-9]")
_NAMESPACE = re.compile(r"[a-z0-9][a-z0-9-]{0,61}[a-z0-9]")
_SHORTEST_KEY = 8


class AddRuntimeRequest(Struct, frozen=True):
    """What to add; ``settings`` and ``secrets`` have Elyra's names, empty values count as none.

    Forced, it takes the place of one of its name.
    """

    name: str
    kind: EngineKind
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    is_forced: bool = False

    def __repr__(self) -> str:
        # Logs and tracebacks show this.
        return f"AddRuntimeRequest({self.name!r}, {self.kind.value})"


def add_runtime(request: AddRuntimeRequest, runtimes: Runtimes) -> RuntimeConfiguration:
    """The configuration as it was written.

    Raises:
        UserError: a setting is missing, unknown, or not what it has to be.
        RefusedError: it would be written into a Git work tree.
        ConflictError: there is one of its name.
        OutsideFailedError: it cannot be written.
    """
    kind = request.kind
    given = {key: value.strip() for key, value in request.settings.items() if value.strip()}
    secrets = {key: value for key, value in request.secrets.items() if value}
    for key in given:
        if key not in (*REQUIRED[kind], *OPTIONAL[kind]):
            raise _invalid(key, f"{kind.label} has no setting '{key}'.")
    for key in secrets:
        if key not in SECRETS[kind]:
            raise _invalid(key, f"{kind.label} has no secret '{key}'.")
    if missing := [key for key in REQUIRED[kind] if key not in given]:
        raise _invalid(missing[0], f"{kind.label} needs the settings {', '.join(missing)}.")
    settings = {**_DEFAULTS[kind], **given}
    _check_values(settings)
    _check_access(kind, settings, secrets)
    name = file_name_of(request.name)
    if not name:
        raise _invalid("name", "The name needs letters or digits.")
    metadata: dict[str, Json] = {"runtime_type": _TYPES[kind], **settings, **secrets}
    configuration = RuntimeConfiguration(name, request.name.strip(), kind, metadata)
    runtimes.write(configuration, is_new=not request.is_forced)
    return configuration


def _check_values(settings: Mapping[str, str]) -> None:
    for key, value in settings.items():
        parts = urlsplit(value)
        if key.endswith("_endpoint") and not (parts.scheme in ("http", "https") and parts.netloc):
            raise _invalid(key, f"'{key}' is no address of http or https.")
        if key.endswith("_endpoint") and "@" in parts.netloc:
            raise _invalid(key, f"'{key}' holds credentials: name them apart.")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise _invalid(key, f"'{key}' is one of {', '.join(_CHOICES[key])}.")
    if _BUCKET.fullmatch(settings["cos_bucket"]) is None:
        raise _invalid("cos_bucket", "A bucket's name has small letters, digits, dots and hyphens.")
    namespace = settings.get("user_namespace")
    if namespace is not None and _NAMESPACE.fullmatch(namespace) is None:
        raise _invalid("user_namespace", f"'{namespace}' is no namespace of Kubernetes.")


def _check_access(
    kind: EngineKind, settings: Mapping[str, str], secrets: Mapping[str, str]
) -> None:
    """What has to be said, and not, for each way to be let in."""
    known = {**settings, **secrets}
    access = settings["cos_auth_type"]
    wanted: dict[str, bool] = {}
    if access != StorageAccess.ROLE.value:
        wanted |= {"cos_username": True, "cos_password": True}
        wanted["cos_secret"] = access == StorageAccess.SECRET.value
    else:
        wanted |= {"cos_username": False, "cos_password": False, "cos_secret": False}
    if kind is EngineKind.AIRFLOW:
        wanted["github_repo_token"] = True
        # Elyra's schema has no account of Airflow, and allows for one; without it nobody is asked.
        if "api_username" in known:
            wanted["api_password"] = True
    elif settings["auth_type"] == "EXISTING_BEARER_TOKEN":
        wanted["api_password"] = True
    else:
        has_user = settings["auth_type"].startswith("DEX")
        wanted |= {"api_username": has_user, "api_password": has_user}
    for key, is_wanted in wanted.items():
        if is_wanted and key not in known:
            raise _invalid(key, f"This way to be let in needs '{key}'.")
        if not is_wanted and key in known:
            raise _invalid(key, f"This way to be let in has no '{key}'.")
    if 0 < len(secrets.get("cos_password", "")) < _SHORTEST_KEY:
        raise _invalid("cos_password", f"Keys of storage have {_SHORTEST_KEY} characters or more.")


def _invalid(key: str, message: str) -> UserError:
    return UserError(
        ErrorCode.REQUEST_INVALID,
        message,
        hint="The reference of pipelines has all settings of runtime configurations.",
        details={"field": key},
    )
