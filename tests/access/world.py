"""A user with secrets in every place that a tool reads, a project, and services that know them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.kits.elyra_project import make_project
from tests.kits.forge_github import GITHUB
from tests.kits.forge_server import FakeForge, serve_forge
from tests.kits.forge_state import TOKEN
from tests.kits.git_repo import GitRepo, bare_environment, make_repo
from tests.kits.kfp_service import serve_kubeflow
from tests.kits.osv_service import OsvService, osv_record, serve_osv
from tests.kits.package_index import PASSWORD, PackageIndex, serve
from tests.kits.runtimes import write_runtime
from tests.server.notebooks import make_notebook

from .canaries import Canaries
from .engines import has_elyra, serve_engines

_ROOT = Path(__file__).parents[2]
# Variables that hold secrets of other tools, which every child of ours is started with.
_VARIABLES = (
    *("GITHUB_TOKEN", "GITLAB_TOKEN", "GITEA_TOKEN", "GH_TOKEN", "JUPYTERHUB_API_TOKEN"),
    *("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AZURE_CLIENT_SECRET", "OPENAI_API_KEY"),
    *("HF_TOKEN", "KAGGLE_KEY", "TWINE_PASSWORD", "MYSQL_PWD", "PGPASSWORD", "VAULT_TOKEN"),
    *("UV_PUBLISH_TOKEN", "UV_INDEX_MINE_PASSWORD", "DOCKER_AUTH_CONFIG", "NPM_TOKEN"),
    *("MY_OWN_PASSPHRASE", "SLACK_WEBHOOK"),
)


@dataclass
class World:
    """Where everything is; ``hosts`` are the addresses that are configured, by what they are."""

    folder: Path
    canaries: Canaries = field(default_factory=Canaries)
    hosts: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    planted_in: list[Path] = field(default_factory=list)
    named_index: str = ""
    variable_index: str = ""

    @property
    def project(self) -> Path:
        """The folder of the repository."""
        return self.folder / "work"

    @property
    def data(self) -> Path:
        """Jupyter's data folder."""
        return self.folder / "data"

    def plant_file(self, file: Path, text: str) -> None:
        """Write a file of the user's that has secrets in it: there they may be found."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.planted_in.append(file)


@contextmanager
def live(folder: Path) -> Iterator[World]:
    """The world, with its services, until the block ends."""
    world = World(folder)
    with ExitStack() as services:
        index = PackageIndex(needs_password=True, is_listed=True)
        extra, named, variable = PackageIndex(), PackageIndex(), PackageIndex()
        for each in (index, extra, named, variable):
            services.enter_context(serve(each))
            each.add_wheel("demo", "1.0", ["leaf"])
            each.add_wheel("leaf", "2.0")
        osv = OsvService(records=[osv_record("GHSA-1", "demo")], hits={("demo", "1.0"): ["GHSA-1"]})
        services.enter_context(serve_osv(osv))
        kubeflow = services.enter_context(serve_kubeflow())
        forge = services.enter_context(serve_forge(GITHUB, folder / "forge"))
        world.hosts = {
            name: url.partition("://")[2].partition("/")[0]
            for name, url in {
                "index": index.url,
                "extra index": extra.url,
                "index of the notebook": named.url,
                "index with variables": variable.url,
                "advisories": osv.url,
                "Kubeflow Pipelines": kubeflow.endpoint,
                "forge": forge.url,
            }.items()
        }
        # What the project's .thoth.yaml names, and the proxy that is on the way there.
        world.hosts["Thoth"] = "thoth.example"
        world.hosts["proxy"] = "127.0.0.1:9"
        _make_home(world, index, extra)
        _make_environment(world, osv, forge)
        _make_runtimes(world, kubeflow.endpoint)
        if has_elyra():
            serve_engines(world, services)
        world.named_index = named.simple_url
        world.variable_index = variable.simple_url
        _make_project(world, forge)
        yield world


def _make_home(world: World, index: PackageIndex, extra: PackageIndex) -> None:
    home, canaries = world.folder / "home", world.canaries
    canaries.plant("password of the index in uv.toml", PASSWORD)
    canaries.plant("token in .git-credentials", TOKEN)
    _, encoded = canaries.plant_odd("password of the index in pip.conf")
    world.plant_file(
        home / ".config" / "uv" / "uv.toml",
        f'[[index]]\nname = "main"\nurl = "{index.secret_url}"\ndefault = true\n',
    )
    with_password = extra.simple_url.replace("://", f"://bob:{encoded}@")
    world.plant_file(
        home / ".config" / "pip" / "pip.conf", f"[global]\nextra-index-url = {with_password}\n"
    )
    netrc = canaries.plant("password in .netrc")
    world.plant_file(home / ".netrc", f"machine netrc.example login jo password {netrc}\n")
    (home / ".netrc").chmod(0o600)
    header = canaries.plant("header in .gitconfig")
    world.plant_file(
        home / ".gitconfig",
        "[user]\n\tname = Jo Doe\n\temail = jo@example.org\n[credential]\n\thelper = store\n"
        "[init]\n\tdefaultBranch = main\n"
        f'[http "https://git.example"]\n\textraHeader = "Authorization: Basic {header}"\n',
    )


def _make_environment(world: World, osv: OsvService, forge: FakeForge) -> None:
    canaries, home = world.canaries, world.folder / "home"
    world.plant_file(home / ".git-credentials", f"{forge.url.replace('://', f'://jo:{TOKEN}@')}\n")
    proxy = canaries.plant("password of the proxy")
    database = canaries.plant("password in DATABASE_URL")
    tokens = {name: canaries.plant(name) for name in _VARIABLES}
    bare = bare_environment(home)
    kept = {k: v for k, v in bare.items() if not k.startswith(("UV_", "PIP_", "JUPYTER", "AIDEV"))}
    world.environment = {
        **kept,
        **tokens,
        "DATABASE_URL": f"postgres://jo:{database}@db.example/app",
        "HTTPS_PROXY": f"http://jo:{proxy}@127.0.0.1:9",
        "HTTP_PROXY": f"http://jo:{proxy}@127.0.0.1:9",
        "NO_PROXY": "127.0.0.1,localhost",
        "INDEX_USER": "carol",
        "INDEX_PASSWORD": canaries.plant("password of an index in a variable"),
        "JUPYTER_TOKEN": canaries.plant("token of the server"),
        "JUPYTER_DATA_DIR": str(world.data),
        "JUPYTER_CONFIG_DIR": str(world.folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(world.folder / "runtime"),
        "XDG_CACHE_HOME": str(world.folder / "cache"),
        "UV_CACHE_DIR": str(world.folder / "uv-cache"),
        "IPYTHONDIR": str(world.folder / "ipython"),
        "TMPDIR": str(world.folder / "temporary"),
        "AIDEVSECOPS_ADVISORY_SERVICE": osv.url,
        "AIDEVSECOPS_FORGES": f"{forge.url}=github",
        "AIDEVSECOPS_SERVICE_TIMEOUT": "5",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    (world.folder / "temporary").mkdir()


def _make_runtimes(world: World, endpoint: str) -> None:
    canaries = world.canaries
    secrets = {
        "cos_password": canaries.plant("key of the storage in a runtime configuration"),
        "api_password": canaries.plant("password of the engine in a runtime configuration"),
    }
    storage = endpoint.removesuffix("/pipeline")
    world.planted_in.append(
        write_runtime(
            world.data,
            "my_kfp",
            api_endpoint=endpoint,
            api_username="jo",
            auth_type="KUBERNETES_SERVICE_ACCOUNT_TOKEN",
            cos_endpoint=storage,
            cos_bucket="steps",
            cos_username="storage-user",
            cos_auth_type="USER_CREDENTIALS",
            engine="Argo",
            **secrets,
        )
    )
    world.planted_in.append(
        write_runtime(
            world.data,
            "my_airflow",
            "airflow",
            api_endpoint=f"{storage}/airflow",
            github_api_endpoint=storage,
            github_repo="team/dags",
            github_branch="main",
            github_repo_token=canaries.plant("token of the repository of DAGs"),
            cos_endpoint=storage,
            cos_bucket="steps",
            cos_username="storage-user",
            cos_password=secrets["cos_password"],
            user_namespace="default",
        )
    )


def _make_project(world: World, forge: FakeForge) -> None:
    good = make_notebook("import demo", "x = 1", "print(x)", requirements=_asks("demo"))
    named = make_notebook("import demo", requirements=_asks("demo", world.named_index))
    odd, encoded = world.canaries.plant_odd("password of an index in a notebook")
    address = world.named_index.replace("://", f"://dave:{encoded}@")
    secret = make_notebook("import demo", requirements=_asks("demo", address))
    login = "://${INDEX_USER}:${INDEX_PASSWORD}@"
    variable = _asks("demo", world.variable_index.replace("://", login))
    steps = make_notebook("x = 1", "print(x + 1)")
    steps["cells"] = [
        cell
        for number, code in enumerate(steps["cells"])
        for cell in (
            {
                "cell_type": "markdown",
                "id": f"m{number}",
                "metadata": {},
                "source": f"# Part {number}",
            },
            code,
        )
    ]
    files = {
        "version.py": '__version__ = "1.2.0"\n',
        "good.ipynb": json.dumps(good, indent=1),
        "bad.ipynb": json.dumps(make_notebook("import nowhere", requirements=_asks("nowhere"))),
        "named.ipynb": json.dumps(named, indent=1),
        "variable.ipynb": json.dumps(make_notebook("import demo", requirements=variable)),
        "steps.ipynb": json.dumps(steps, indent=1),
        ".thoth.yaml": "host: thoth.example\nruntime_environments:\n- name: main\n",
    }
    submitted = make_project(world.folder / "submitted")
    files |= {
        path.relative_to(submitted).as_posix(): path.read_text(encoding="utf-8")
        for path in submitted.rglob("*")
        if path.is_file()
    }
    repo = make_repo(world.project, files)
    # Not committed: the user keeps this one out of the repository.
    world.plant_file(world.project / "secret.ipynb", json.dumps(secret, indent=1))
    world.plant_file(world.project / ".git" / "info" / "exclude", "secret.ipynb\n")
    repo.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    repo.commit("feat: answer sooner", {"a.txt": "1\n"})
    _add_remote(world, repo, forge)
    assert odd


def _add_remote(world: World, repo: GitRepo, forge: FakeForge) -> None:
    # Its own password, which only this remote has.
    mirror = world.canaries.plant("token in the address of a remote")
    login = forge.remote_url.replace("://", f"://jo:{TOKEN}@")
    repo.git("remote", "add", "origin", login)
    repo.git("push", "--quiet", "--set-upstream", "origin", "main", "v1.2.0")
    repo.git("remote", "add", "mirror", f"https://jo:{mirror}@mirror.example/team/app.git")
    world.planted_in.append(world.project / ".git" / "config")


def _asks(name: str, index: str | None = None) -> str:
    """Requirements as jupyterlab-requirements keeps them."""
    source: list[dict[str, Any]] = []
    if index is not None:
        source = [{"name": "mine", "url": index, "verify_ssl": True}]
    return json.dumps({"packages": {name: "*"}, "source": source, "requires": {}})
