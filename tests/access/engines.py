"""Engines that a pipeline is really handed to, by Elyra, with secrets that it needs for that."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.kits.dag_forge import BRANCH, REPOSITORY, serve_dags
from tests.kits.elyra import PYTHON
from tests.kits.elyra_project import PIPELINE
from tests.kits.kfp_service import serve_kubeflow
from tests.kits.object_storage import serve_storage
from tests.kits.runtimes import write_runtime

if TYPE_CHECKING:
    from .world import World

# The last two are refused, and what refuses them knows their secrets.
SUBMISSIONS = tuple(
    f"pipeline submit {PIPELINE} --runtime {runtime} --secret keys --verbose"
    for runtime in ("our_kfp", "our_dags", "my_kfp", "my_airflow")
)
"""Commands that begin Elyra, where there is one."""
REQUESTS = tuple(
    {"path": PIPELINE, "runtime": runtime, "secret": "keys"} for runtime in ("our_kfp", "my_kfp")
)
"""What a server is asked to submit then."""


def has_elyra() -> bool:
    """True where an environment has Elyra."""
    return PYTHON.is_file()


def elyra_environment() -> dict[str, str]:
    """What has our programs find it."""
    return {"AIDEVSECOPS_ELYRA_PYTHON": str(PYTHON)}


def serve_engines(world: World, services: ExitStack) -> None:
    """Kubeflow Pipelines, object storage and a repository of DAGs, each with a secret."""
    canaries = world.canaries
    token = canaries.plant("token of Kubeflow Pipelines")
    storage = services.enter_context(serve_storage())
    canaries.plant("key of the storage that takes what is submitted", storage.keys.secret)
    kubeflow = services.enter_context(serve_kubeflow(token=token))
    forge_token = canaries.plant("token of the repository that takes DAGs")
    dags = services.enter_context(serve_dags(world.folder / "dags", forge_token))
    stored = {
        "cos_endpoint": storage.url,
        "cos_bucket": "steps",
        "cos_auth_type": "USER_CREDENTIALS",
        "cos_username": storage.keys.access,
        "cos_password": storage.keys.secret,
    }
    places: list[Path] = [
        write_runtime(
            world.data,
            "our_kfp",
            api_endpoint=kubeflow.endpoint,
            engine="Argo",
            auth_type="EXISTING_BEARER_TOKEN",
            api_username="anybody",
            api_password=token,
            **stored,
        ),
        write_runtime(
            world.data,
            "our_dags",
            "airflow",
            api_endpoint=f"{dags.served.url}/airflow",
            user_namespace="default",
            git_type="GITHUB",
            github_api_endpoint=dags.served.url,
            github_repo=REPOSITORY,
            github_branch=BRANCH,
            github_repo_token=forge_token,
            **stored,
        ),
    ]
    world.planted_in += places
    for name, url in (
        ("object storage", storage.url),
        ("Kubeflow Pipelines of Elyra", kubeflow.served.url),
        ("repository of DAGs", dags.served.url),
    ):
        world.hosts[name] = url.partition("://")[2].partition("/")[0]
