"""A runtime configuration: where pipelines are submitted to, and where their files are stored."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from .errors import ErrorCode, UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .json_value import Json

_SECRETS = ("cos_username", "cos_password", "api_password", "github_repo_token")
# Shorter ones would mask half of a text.
_SHORTEST_SECRET = 4


class EngineKind(str, Enum):
    """What runs pipelines elsewhere; the values are names of Elyra's schemas."""

    KUBEFLOW = "kfp"
    AIRFLOW = "airflow"

    @property
    def label(self) -> str:
        """The engine's name for people."""
        return "Kubeflow Pipelines" if self is EngineKind.KUBEFLOW else "Apache Airflow"


class StorageAccess(str, Enum):
    """How steps get the keys of object storage; the values are Elyra's."""

    USER = "USER_CREDENTIALS"
    SECRET = "KUBERNETES_SECRET"  # noqa: S105 - the name of a kind
    ROLE = "AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS"


class RuntimeConfiguration(Struct, frozen=True):
    """A configuration; ``metadata`` is what Elyra's schema of its kind says, secrets included."""

    name: str
    display_name: str
    kind: EngineKind
    metadata: Mapping[str, Json]

    def __repr__(self) -> str:
        # Logs and tracebacks show this.
        return f"RuntimeConfiguration({self.name!r}, {self.kind.value})"

    def text(self, key: str) -> str:
        """A value that is a text; empty where there is none."""
        value = self.metadata.get(key)
        return value.strip() if isinstance(value, str) else ""

    @property
    def api_endpoint(self) -> str:
        """Where the engine answers, without a slash at the end."""
        return self.text("api_endpoint").rstrip("/")

    def require_address(self, key: str) -> None:
        """Make sure that a value is an address that can be asked.

        Raises:
            UserError: it is none of http or https.
        """
        try:
            parts = urlsplit(self.text(key))
            is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
            is_address = is_address and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address:
            raise UserError(
                ErrorCode.RUNTIME_INVALID,
                f"The runtime configuration '{self.name}' has no address of http as {key}.",
                hint="Correct it in Elyra's editor, or add it anew (aidevsecops runtime add).",
                details={"name": self.name, "key": key},
            )

    @property
    def public_endpoint(self) -> str:
        """Where a browser finds the engine."""
        return self.text("public_api_endpoint").rstrip("/") or self.api_endpoint

    @property
    def tells_status(self) -> bool:
        """True where the engine can be asked how runs are.

        Elyra's schema of Airflow has no account; one that is there besides is used.
        """
        return self.kind is EngineKind.KUBEFLOW or bool(self.text("api_password"))

    @property
    def storage_access(self) -> StorageAccess:
        """How steps get the keys of object storage."""
        said = self.text("cos_auth_type")
        return next((one for one in StorageAccess if one.value == said), StorageAccess.USER)

    @property
    def puts_keys_in_clear(self) -> bool:
        """True when what is handed to the engine holds the keys of object storage to read."""
        return self.storage_access is StorageAccess.USER and not self.text("cos_secret")

    @property
    def secrets(self) -> frozenset[str]:
        """What must not be shown."""
        found = {self.text(key) for key in _SECRETS}
        return frozenset(secret for secret in found if len(secret) >= _SHORTEST_SECRET)
