"""Runtime configurations, as Elyra's schemas want them."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.add_runtime import AddRuntimeRequest, add_runtime
from aidevsecops_ext.domain.errors import ConflictError, UserError
from aidevsecops_ext.domain.runtime import EngineKind
from tests.fakes.runtimes import FakeRuntimes

KUBEFLOW = {
    "api_endpoint": "https://kfp.example.org/pipeline",
    "cos_endpoint": "https://s3.example.org",
    "cos_bucket": "runs",
    "cos_username": "minio",
}
AIRFLOW = {
    **KUBEFLOW,
    "api_endpoint": "https://airflow.example.org",
    "github_api_endpoint": "https://api.github.example",
    "github_repo": "o/dags",
    "github_branch": "main",
}
KEY = {"cos_password": "very-secret"}
TOKEN = {**KEY, "github_repo_token": "token"}


def _request(
    settings: dict[str, str], secrets: dict[str, str], kind: EngineKind = EngineKind.KUBEFLOW
) -> AddRuntimeRequest:
    return AddRuntimeRequest("My KFP", kind, settings, secrets)


def test_a_configuration_is_written_with_what_elyra_needs() -> None:
    runtimes = FakeRuntimes()

    added = add_runtime(_request({**KUBEFLOW, "user_namespace": " "}, KEY), runtimes)

    assert runtimes.known == {"my_kfp": added}
    assert added.display_name == "My KFP"
    assert added.metadata == {
        "runtime_type": "KUBEFLOW_PIPELINES",
        "auth_type": "NO_AUTHENTICATION",
        "cos_auth_type": "USER_CREDENTIALS",
        "engine": "Argo",
        **KUBEFLOW,
        **KEY,
    }


def test_one_for_airflow_has_a_repository() -> None:
    added = add_runtime(_request(AIRFLOW, TOKEN, EngineKind.AIRFLOW), FakeRuntimes())

    assert added.metadata["git_type"] == "GITHUB"
    assert added.metadata["user_namespace"] == "default"
    assert added.metadata["runtime_type"] == "APACHE_AIRFLOW"


def test_a_name_that_is_taken_is_only_replaced_by_force() -> None:
    runtimes = FakeRuntimes()
    add_runtime(_request(KUBEFLOW, KEY), runtimes)

    with pytest.raises(ConflictError):
        add_runtime(_request(KUBEFLOW, KEY), runtimes)
    add_runtime(
        AddRuntimeRequest("My KFP", EngineKind.KUBEFLOW, KUBEFLOW, KEY, is_forced=True), runtimes
    )


@pytest.mark.parametrize(
    ("more", "secrets"),
    [
        ({"auth_type": "EXISTING_BEARER_TOKEN"}, {**KEY, "api_password": "t"}),
        ({"auth_type": "DEX_LDAP", "api_username": "jo"}, {**KEY, "api_password": "t"}),
        ({"cos_auth_type": "KUBERNETES_SECRET", "cos_secret": "s"}, KEY),
        ({"cos_auth_type": "AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS", "cos_username": ""}, {}),
    ],
)
def test_every_way_to_be_let_in_is_taken(more: dict[str, str], secrets: dict[str, str]) -> None:
    added = add_runtime(_request({**KUBEFLOW, **more}, secrets), FakeRuntimes())

    assert set(secrets.items()) <= set(added.metadata.items())


@pytest.mark.parametrize(
    ("more", "secrets", "field"),
    [
        ({"cos_bucket": ""}, KEY, "cos_bucket"),
        ({"cos_buckets": "x"}, KEY, "cos_buckets"),
        ({"cos_password": "in the open"}, KEY, "cos_password"),
        ({}, {**KEY, "github_repo_token": "x"}, "github_repo_token"),
        ({"api_endpoint": "kfp.example.org"}, KEY, "api_endpoint"),
        ({"api_endpoint": "ftp://kfp.example.org"}, KEY, "api_endpoint"),
        ({"cos_endpoint": "https://me:key@s3.example.org"}, KEY, "cos_endpoint"),
        ({"auth_type": "MAGIC"}, KEY, "auth_type"),
        ({"cos_bucket": "No Bucket"}, KEY, "cos_bucket"),
        ({"user_namespace": "No Namespace"}, KEY, "user_namespace"),
        ({}, {}, "cos_password"),
        ({}, {"cos_password": "short"}, "cos_password"),
        ({"cos_secret": "s"}, KEY, "cos_secret"),
        ({"cos_auth_type": "KUBERNETES_SECRET"}, KEY, "cos_secret"),
        ({"cos_auth_type": "AWS_IAM_ROLES_FOR_SERVICE_ACCOUNTS"}, {}, "cos_username"),
        ({"auth_type": "DEX_LDAP"}, KEY, "api_username"),
        ({"api_username": "jo"}, KEY, "api_username"),
        ({"auth_type": "EXISTING_BEARER_TOKEN"}, KEY, "api_password"),
    ],
)
def test_what_elyra_would_not_take_is_refused(
    more: dict[str, str], secrets: dict[str, str], field: str
) -> None:
    runtimes = FakeRuntimes()

    with pytest.raises(UserError) as caught:
        add_runtime(_request({**KUBEFLOW, **more}, secrets), runtimes)

    assert caught.value.details == {"field": field}
    assert runtimes.known == {}
    assert not any(value and value in caught.value.message for value in secrets.values())


def test_airflow_may_have_an_account_which_has_a_password() -> None:
    settings = {**AIRFLOW, "api_username": "me"}

    added = add_runtime(
        _request(settings, {**TOKEN, "api_password": "secret-of-me"}, EngineKind.AIRFLOW),
        FakeRuntimes(),
    )

    assert (added.text("api_username"), added.tells_status) == ("me", True)
    with pytest.raises(UserError, match="api_password"):
        add_runtime(_request(settings, TOKEN, EngineKind.AIRFLOW), FakeRuntimes())


def test_airflow_needs_a_token() -> None:
    with pytest.raises(UserError, match="github_repo_token"):
        add_runtime(_request(AIRFLOW, KEY, EngineKind.AIRFLOW), FakeRuntimes())


def test_a_name_of_signs_alone_is_refused() -> None:
    with pytest.raises(UserError, match="letters or digits"):
        add_runtime(AddRuntimeRequest("!!!", EngineKind.KUBEFLOW, KUBEFLOW, KEY), FakeRuntimes())


def test_secrets_are_not_shown_by_accident() -> None:
    assert "very-secret" not in repr(_request(KUBEFLOW, KEY))
