"""The files by which a forge tags the release that a merged pull request brought."""

from __future__ import annotations

from ..domain.forge import ForgeKind

COMMAND = "aidevsecops release tag-merged"
GITLAB_CI = ".gitlab-ci.yml"
PATHS = {
    ForgeKind.GITHUB: ".github/workflows/release.yml",
    ForgeKind.GITLAB: ".gitlab/release.gitlab-ci.yml",
    ForgeKind.GITEA: ".gitea/workflows/release.yml",
}
_ACTIONS = """\
# Tags the release that a pull request "Release of version X.Y.Z" brought, and makes its release.
name: Release

on:
  push:
    branches: [@branch@]

permissions: {}

concurrency:
  group: release
  cancel-in-progress: false

jobs:
  release:
    name: Tag what was merged
    runs-on: @runner@
    timeout-minutes: 15
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          fetch-depth: 0
      - uses: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0
        with:
          python-version: "3.12"
      - run: pip install "aidevsecops-ext[forges]"
      - run: @command@
        env:
@environment@
          GIT_AUTHOR_NAME: github-actions[bot]
          GIT_AUTHOR_EMAIL: 41898282+github-actions[bot]@users.noreply.github.com
          GIT_COMMITTER_NAME: github-actions[bot]
          GIT_COMMITTER_EMAIL: 41898282+github-actions[bot]@users.noreply.github.com
"""
_GITHUB_ENVIRONMENT = "          GITHUB_TOKEN: ${{ github.token }}"
_GITEA_ENVIRONMENT = """\
          GITEA_TOKEN: ${{ github.token }}
          GITEA_SERVER_URL: ${{ github.server_url }}"""
_GITLAB = """\
# Tags the release that a merge request "Release of version X.Y.Z" brought, and makes its release.
# The variable GITLAB_TOKEN (masked, protected) is a project access token with the role Maintainer
# and the scopes api and write_repository. In .gitlab-ci.yml:
#
#   include:
#     - local: .gitlab/release.gitlab-ci.yml
#
tag-merged:
  stage: deploy
  image: python:3.12
  resource_group: release
  variables:
    GIT_DEPTH: "0"
  rules:
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "@branch@"
  before_script:
    - pip install "aidevsecops-ext[forges]"
    # git asks for the token when it pushes; it is in no file and no address.
    - export GIT_CONFIG_COUNT=2
    - export GIT_CONFIG_KEY_0=remote.origin.pushurl GIT_CONFIG_VALUE_0="$CI_PROJECT_URL.git"
    - export GIT_CONFIG_KEY_1=credential.helper
    - >-
      export GIT_CONFIG_VALUE_1='!f() { echo username=oauth2; echo "password=$GITLAB_TOKEN"; }; f'
    - export GIT_AUTHOR_NAME="$GITLAB_USER_NAME" GIT_AUTHOR_EMAIL="$GITLAB_USER_EMAIL"
    - export GIT_COMMITTER_NAME="$GITLAB_USER_NAME" GIT_COMMITTER_EMAIL="$GITLAB_USER_EMAIL"
  script:
    - @command@
"""
_INCLUDED = """\
include:
  - local: .gitlab/release.gitlab-ci.yml
"""


def release_workflow(kind: ForgeKind, branch: str) -> dict[str, str]:
    """The files for a forge, by path, for releases of that branch.

    GitLab reads one file alone, which includes ours: it is what it would be where it is not there.
    """
    if kind is ForgeKind.GITLAB:
        return {PATHS[kind]: _filled(_GITLAB, branch=branch), GITLAB_CI: _INCLUDED}
    is_gitea = kind is ForgeKind.GITEA
    text = _filled(
        _ACTIONS,
        branch=branch,
        runner="ubuntu-latest" if is_gitea else "ubuntu-24.04",
        environment=_GITEA_ENVIRONMENT if is_gitea else _GITHUB_ENVIRONMENT,
    )
    return {PATHS[kind]: text}


def is_included(text: str) -> bool:
    """True when a ``.gitlab-ci.yml`` includes our file."""
    return PATHS[ForgeKind.GITLAB] in text


def how_to_include() -> str:
    """What to write into a ``.gitlab-ci.yml`` that is there."""
    return _INCLUDED


def _filled(text: str, **values: str) -> str:
    for name, value in {"command": COMMAND, **values}.items():
        text = text.replace(f"@{name}@", value)
    return text
