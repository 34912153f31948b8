"""The project template: the files by which a repository goes through the whole chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.bot_requests import BotRequest, Wish
from ..domain.forge import ForgeKind
from ..domain.lock import Lock
from ..domain.requirements import RequirementSet
from ..domain.versions import ReleaseKind
from .aicoe_ci_yaml import AICOE_CI_YAML, OverlayBuild, with_overlay_builds
from .issue_template import usual_issue
from .overlay_lock import write_overlay_lock
from .requirements_in import digest_of
from .thoth_managers import OWNERS
from .thoth_yaml_edit import THOTH_YAML, OverlayEnvironment, new_thoth_yaml
from .yaml_text import scalar_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKER = THOTH_YAML
"""Whoever has this file has adopted the template."""
OVERLAYS, DEFAULT = "overlays", "default"
CONTAINERFILE = "Containerfile"
VERSION_FILE = "version.py"
NOTEBOOKS_README = "notebooks/README.md"
_TEMPLATES = {
    ForgeKind.GITHUB: ".github/ISSUE_TEMPLATE",
    ForgeKind.GITEA: ".gitea/ISSUE_TEMPLATE",
    ForgeKind.GITLAB: ".gitlab/issue_templates",
}
_RELEASES = (ReleaseKind.MAJOR, ReleaseKind.MINOR, ReleaseKind.PATCH)
_WORKFLOWS = {
    ForgeKind.GITHUB: ".github/workflows/locks.yml",
    ForgeKind.GITEA: ".gitea/workflows/locks.yml",
    ForgeKind.GITLAB: ".gitlab-ci.yml",
}
_HOME = "/opt/app-root/src"
_IGNORED = """\
.ipynb_checkpoints/
__pycache__/
*.pyc
.venv/
.env
"""
_ASKED = """\
# What the notebooks of this project that have no environment of their own must install, such as:
# pandas>=2
# Then: aidevsecops lock overlays/default
"""
_README = """\
# {name}

| folder | what is in it |
|---|---|
| `notebooks/` | the notebooks |
| `overlays/` | locked environments, one a folder |

`aidevsecops status` says what is next.
"""
_NOTEBOOKS = """\
# Notebooks

Each is split into steps, or runs as one. Lock what one needs: `aidevsecops lock notebooks/`.
"""
_CONTAINERFILE = f"""\
# The image of the project: podman build -f Containerfile .
ARG BASE_IMAGE=python:@python@-slim
FROM ${{BASE_IMAGE}}

ENV HOME={_HOME} \\
    PYTHONDONTWRITEBYTECODE=1 \\
    PYTHONUNBUFFERED=1
USER 0
WORKDIR {_HOME}

COPY overlays/default/requirements.txt ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
# OpenShift runs it as any user, who is in the group 0.
RUN chgrp -R 0 {_HOME} && chmod -R g=u {_HOME}
USER 1001
CMD ["python"]
"""
_ACTIONS = """\
# Fails when a notebook or an overlay is unlocked, stale or drifted from its lock.
name: Locks

on:
  push:
    branches: [@branch@]
  pull_request:

permissions: {}

jobs:
  locks:
    name: Locks hold
    runs-on: @runner@
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0
        with:
          python-version: "3.12"
      - run: pip install aidevsecops-ext
      - run: aidevsecops check .
"""
_GITLAB = """\
# Fails when a notebook or an overlay is unlocked, stale or drifted from its lock.
stages: [test, deploy]

locks:
  stage: test
  image: python:3.12-slim
  before_script:
    - pip install aidevsecops-ext
  script:
    - aidevsecops check .
"""


class TemplateFacts(Struct, frozen=True):
    """What the template is filled with.

    ``overlays`` are those that are there, by name; ``has_version`` where something says the
    version, ``has_root`` where the root itself has requirements, ``has_notebooks`` where there are
    notebooks. ``approvers`` are accounts of the forge.
    """

    name: str
    python_version: str
    branch: str = "main"
    forge: ForgeKind = ForgeKind.GITHUB
    organisation: str = ""
    approvers: tuple[str, ...] = ()
    host: str = ""
    overlays: tuple[str, ...] = ()
    has_root: bool = False
    has_version: bool = False
    has_notebooks: bool = False

    @property
    def has_default(self) -> bool:
        """True where the template brings an overlay of its own."""
        return not self.overlays and not self.has_root


def template_paths() -> tuple[str, ...]:
    """The files that every project has, whatever it is filled with."""
    return (THOTH_YAML, AICOE_CI_YAML, OWNERS)


def project_template(facts: TemplateFacts) -> dict[str, str]:
    """The text of each file, by path."""
    return dict(_files(facts))


def _files(facts: TemplateFacts) -> Iterator[tuple[str, str]]:
    yield THOTH_YAML, _thoth_yaml(facts)
    yield AICOE_CI_YAML, _aicoe_ci_yaml(facts)
    yield OWNERS, _owners(facts.approvers)
    if facts.has_default:
        folder = f"{OVERLAYS}/{DEFAULT}"
        yield f"{folder}/requirements.in", _ASKED
        yield f"{folder}/requirements.txt", _empty_lock(facts.python_version)
        yield CONTAINERFILE, _CONTAINERFILE.replace("@python@", facts.python_version)
    yield from _issue_templates(facts.forge)
    yield _workflow(facts)
    if not facts.has_version:
        yield VERSION_FILE, '__version__ = "0.0.0"\n'
    if not facts.has_notebooks:
        yield NOTEBOOKS_README, _NOTEBOOKS
    yield "README.md", _README.format(name=facts.name)
    yield ".gitignore", _IGNORED


def _thoth_yaml(facts: TemplateFacts) -> str:
    names = facts.overlays or (DEFAULT,)
    environments = [OverlayEnvironment(name, facts.python_version) for name in names]
    text = new_thoth_yaml(facts.host, OVERLAYS, environments)
    if not facts.overlays and facts.has_root:
        # What the root asks for is locked for the first environment.
        text = text.replace(f"overlays_dir: {OVERLAYS}\n", "")
    return f"""{text}
managers:
  - name: version
    configuration:
      labels: [bot]
      changelog_file: true
  - name: update
    configuration:
      labels: [bot]
"""


def _aicoe_ci_yaml(facts: TemplateFacts) -> str:
    place = {"registry": "quay.io", "registry-org": facts.organisation or facts.name.lower()}
    text = "check:\n  - overlays-build\nrelease: []\n"
    if facts.has_default:
        place["registry-project"] = facts.name.lower()
        lines = [f"  {key}: {scalar_text(value)}" for key, value in place.items()]
        text += "\n".join(("build:", "  build-stratergy: Containerfile", *lines)) + "\n"
    builds = [OverlayBuild(name, f"{facts.name.lower()}-{name}") for name in facts.overlays]
    return with_overlay_builds(f"{text}overlays_dir: {OVERLAYS}\n", OVERLAYS, builds)


def _owners(approvers: tuple[str, ...]) -> str:
    names = "".join(f"\n  - {scalar_text(name)}" for name in approvers) or " []"
    return (
        "# Accounts of the forge: approvers may ask bots for releases.\n"
        f"approvers:{names}\nreviewers:{names}\n"
    )


def _empty_lock(python_version: str) -> str:
    nothing = digest_of(RequirementSet(()), ())
    return write_overlay_lock(Lock((), nothing, python_version=python_version))


def _issue_templates(forge: ForgeKind) -> Iterator[tuple[str, str]]:
    folder = _TEMPLATES[forge]
    for kind in _RELEASES:
        name = f"{kind.value.capitalize()} release"
        request = BotRequest(Wish.RELEASE, kind)
        about = f"Create a new {kind.value} release"
        yield f"{folder}/{kind.value}-release.md", _issue(name, about, request, forge)
    name = "Deliver Container Image"
    about = "Build a tag and push it as a container image"
    yield (
        f"{folder}/redeliver_container_image.md",
        _issue(name, about, BotRequest(Wish.DELIVER_IMAGE), forge),
    )
    about = "Update the dependencies"
    update = BotRequest(Wish.UPDATE)
    yield f"{folder}/kebechet_update.md", _issue("Update dependencies", about, update, forge)


def _issue(name: str, about: str, request: BotRequest, forge: ForgeKind) -> str:
    issue = usual_issue(request)
    if forge is ForgeKind.GITLAB:
        # It has no front matter: these lines are what sets a title and a label there.
        return f"{issue.body}\n\n/title {issue.title}\n/label ~bot\n"
    return (
        f"---\nname: {name}\nabout: {about}\ntitle: {issue.title}\nlabels: bot\n---\n\n"
        f"{issue.body}\n"
    )


def _workflow(facts: TemplateFacts) -> tuple[str, str]:
    path = _WORKFLOWS[facts.forge]
    if facts.forge is ForgeKind.GITLAB:
        return path, _GITLAB
    runner = "ubuntu-latest" if facts.forge is ForgeKind.GITEA else "ubuntu-24.04"
    return path, _ACTIONS.replace("@branch@", facts.branch).replace("@runner@", runner)
