"""Tests of runtime configurations."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, UserError
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration, StorageAccess


def _runtime(**metadata: str) -> RuntimeConfiguration:
    return RuntimeConfiguration("my", "My", EngineKind.KUBEFLOW, metadata)


def test_runtime_shows_no_secret() -> None:
    runtime = _runtime(cos_username="minio", cos_password="minio123", api_password="abc")

    assert runtime.secrets == {"minio", "minio123"}
    assert "minio123" not in repr(runtime)


@pytest.mark.parametrize(
    ("metadata", "access", "is_clear"),
    [
        ({}, StorageAccess.USER, True),
        ({"cos_auth_type": "USER_CREDENTIALS", "cos_secret": "s"}, StorageAccess.USER, False),
        ({"cos_auth_type": "KUBERNETES_SECRET"}, StorageAccess.SECRET, False),
        ({"cos_auth_type": "AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS"}, StorageAccess.ROLE, False),
    ],
)
def test_runtime_says_whether_keys_are_to_be_read(
    metadata: dict[str, str], access: StorageAccess, is_clear: bool
) -> None:
    runtime = _runtime(**metadata)

    assert runtime.storage_access is access
    assert runtime.puts_keys_in_clear is is_clear


def test_runtime_has_one_address_for_browsers() -> None:
    inside = _runtime(api_endpoint=" http://ml-pipeline:8888/pipeline/ ")
    both = _runtime(api_endpoint="http://inside", public_api_endpoint="https://kfp.example.org/")

    assert inside.public_endpoint == "http://ml-pipeline:8888/pipeline"
    assert (both.api_endpoint, both.public_endpoint) == ("http://inside", "https://kfp.example.org")


@pytest.mark.parametrize(
    "address", ["", "kfp.example.org", "ftp://kfp.example.org", "http://", "http://[", "http://a:x"]
)
def test_runtime_requires_addresses_that_can_be_asked(address: str) -> None:
    _runtime(api_endpoint="https://kfp.example.org:8443/pipeline").require_address("api_endpoint")

    with pytest.raises(UserError, match="as api_endpoint") as caught:
        _runtime(api_endpoint=address).require_address("api_endpoint")

    assert caught.value.code is ErrorCode.RUNTIME_INVALID


def test_runtime_overlooks_what_is_no_text() -> None:
    runtime = RuntimeConfiguration("my", "My", EngineKind.AIRFLOW, {"api_endpoint": 3})

    assert runtime.api_endpoint == ""
    assert [kind.label for kind in EngineKind] == ["Kubeflow Pipelines", "Apache Airflow"]
