"""Short valid files of every kind that a repository may have."""

from __future__ import annotations

import json

THOTH_YAML = """\
host: khemenu.thoth-station.ninja
tls_verify: true
requirements_format: pipenv
overlays_dir: overlays
virtualenv: false
runtime_environments:
  - name: &name training
    operating_system: {name: ubi, version: "8"}
    python_version: '3.9'
    cuda_version: "11.8"
    recommendation_type: latest
    base_image: quay.io/thoth/s2i:v1
    labels: {team: a}
  - name: inference
    operating_system:
      name: fedora
      version: 36
    python_version: 3.10
managers:
  - name: version
    configuration:
      labels: [bot]
      maintainers: [someone]
  - info
"""
AICOE_CI_YAML = """\
check:
  - thoth-build
  - thoth-precommit
build:
  build-stratergy: Source
  base-image: quay.io/thoth/s2i-thoth-ubi8-py38:v0.29.0
  registry: quay.io
  registry-org: org
  registry-project: name
  registry-secret: pull
overlays:
  - name: training
    base-image: quay.io/thoth/s2i:v1
    build-stratergy: Source
"""
AIDEVSECOPS_TOML = """\
[release]
fatal = ["tree", "branch"]
commands = [["make", "test"], ["pytest", "-q"]]
version-files = ["own/version.py"]
secrets-exclude = ["docs/**"]

[forge]
kind = "gitea"

[[audit.ignore]]
id = "GHSA-aaaa-bbbb-cccc"
reason = "not reached"
expires = 2027-01-01
"""
PIPELINE = json.dumps(
    {
        "doc_type": "pipeline",
        "version": "3.0",
        "json_schema": "https://example.org/pipeline-flow-v3-schema.json",
        "id": "elyra",
        "primary_pipeline": "p",
        "pipelines": [
            {
                "id": "p",
                "nodes": [
                    {
                        "id": "n1",
                        "type": "execution_node",
                        "op": "execute-notebook-node",
                        "app_data": {
                            "component_parameters": {
                                "filename": "steps/load.ipynb",
                                "runtime_image": "quay.io/org/name:v1",
                                "env_vars": [{"env_var": "A", "value": "1"}],
                                "dependencies": ["*.csv"],
                                "outputs": ["a.parquet"],
                                "cpu": 1,
                                "memory": 4,
                                "include_subdirectories": False,
                            },
                            "label": "load",
                            "ui_data": {"label": "load", "x_pos": 10, "y_pos": 20.5},
                        },
                        "inputs": [{"id": "in", "links": []}],
                        "outputs": [{"id": "out"}],
                    },
                    {
                        "id": "n2",
                        "type": "execution_node",
                        "op": "execute-python-node",
                        "app_data": {
                            "component_parameters": {"filename": "a.py", "runtime_image": "i"}
                        },
                        "inputs": [
                            {"id": "in", "links": [{"node_id_ref": "n1", "port_id_ref": "out"}]}
                        ],
                    },
                    {"id": "s", "type": "super_node", "subflow_ref": {"pipeline_id_ref": "q"}},
                ],
                "app_data": {
                    "version": 8,
                    "name": "p",
                    "runtime_type": "KUBEFLOW_PIPELINES",
                    "properties": {
                        "pipeline_defaults": {
                            "env_vars": [{"env_var": "B", "value": "2"}],
                            "runtime_image": "x",
                        },
                        "pipeline_parameters": [{"name": "n", "value": 1}],
                    },
                },
                "runtime_ref": "",
            },
            {"id": "q", "nodes": [], "app_data": {}},
        ],
        "schemas": [],
    }
)
OLD_PIPELINE = json.dumps(
    {
        "doc_type": "pipeline",
        "primary_pipeline": "p",
        "pipelines": [
            {
                "id": "p",
                "nodes": [
                    {
                        "id": "n",
                        "type": "execution_node",
                        "op": "execute-notebook-node",
                        "app_data": {
                            "filename": "a.ipynb",
                            "runtime_image": "quay.io/org/name:v1",
                            "env_vars": ["A=1"],
                            "dependencies": ["*.py"],
                            "outputs": [],
                            "cpu": 2,
                            "ui_data": {"label": "a"},
                        },
                    }
                ],
                "app_data": {"version": 3, "ui_data": {"comments": []}},
                "runtime": "kfp",
            }
        ],
    }
)
PYLOCK = """\
lock-version = "1.0"
created-by = "uv"
requires-python = ">=3.9"
environments = ["sys_platform == 'linux'"]

[[packages]]
name = "attrs"
version = "25.1.0"
requires-python = ">=3.8"
marker = "python_version >= '3.9'"
index = "https://index.example/simple"
wheels = [
  {name = "attrs-25.1-py3-none-any.whl", upload-time = 2025-01-25T11:30:10Z, size = 63152, \
url = "https://files.example/attrs-25.1-py3-none-any.whl", hashes = {sha256 = "c75a"}},
]
[packages.sdist]
url = "https://files.example/attrs-25.1.0.tar.gz"
hashes = {sha256 = "0"}

[[packages]]
name = "own"
vcs = {type = "git", url = "https://git.example/own", commit-id = "abc"}
"""
UV_LOCK = """\
version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "demo"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "idna", marker = "sys_platform == 'linux'" }]

[package.metadata]
requires-dist = [{ name = "idna", specifier = ">=3" }]

[[package]]
name = "idna"
version = "3.10"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://files.example/idna-3.10.tar.gz", hash = "sha256:12", size = 190490 }
wheels = [{ url = "https://files.example/idna-3-py3-none-any.whl", hash = "sha256:94", size = 7 }]
"""
REQUIREMENTS = """\
# a comment
--index-url https://user:${TOKEN}@index.example/simple
--extra-index-url=https://other.example/simple
-r other.txt
-c constraints.txt
-e git+https://git.example/own.git@main#egg=own
--find-links ./wheels
numpy==1.26.4 \\
    --hash=sha256:1111 \\
    --hash=sha256:2222
    # via pandas
pandas[all] >= 2 ; python_version < "3.13"
near @ file:///near
./wheels/a-1.0-py3-none-any.whl
"""
PYPROJECT = """\
[project]
name = "demo"
version = "1.2.3" # kept
requires-python = ">=3.10,<4"
dependencies = ["requests>=2", "rich[jupyter]; os_name == 'nt'"]
[project.optional-dependencies]
x = ["y"]
[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
[tool.uv]
index = [{name = "own", url = "https://index.example/simple", explicit = true}]
[tool.uv.sources]
requests = {index = "own"}
[tool.poetry]
version = "1.2.3"
"""
SETUP_CFG = "[metadata]\nname = demo\nversion = 1.2.3\n# a comment\n[bumpversion]\ncurrent = 1\n"
VERSION_MODULE = '"""Doc."""\n__version__: str = "1.2.3"  # kept\n__all__ = ["x"]\n'
PACKAGE_JSON = '{\n  "name": "demo",\n  "version": "1.2.3",\n  "scripts": {}\n}\n'
PACKAGE_LOCK = '{"name": "demo", "version": "1.2.3", "packages": {"": {"version": "1.2.3"}}}'
CHANGELOG = """\
# Changelog

## [Unreleased]

### Added

- A thing

## [1.2.0] - 2026-01-01

* Another ([#1](https://git.example/1))

## Release 1.1.0 (2025-05-05T00:00:00)

[1.2.0]: https://git.example/compare/v1.1.0...v1.2.0
"""
KUSTOMIZATION = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
images:
  - name: quay.io/org/name
    newName: quay.io/org/name
    newTag: v1.0.0
    digest: sha256:00
"""
MANIFEST = """\
apiVersion: image.openshift.io/v1
kind: ImageStream
spec:
  tags:
    - name: v1.0.0
      from: {kind: DockerImage, name: "quay.io/org/name:v1.0.0"}
---
image: quay.io/org/name:v1.0.0
"""
DEPLOYMENT = """\
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: model}
spec:
  predictors:
    - name: default
      graph: {name: model, type: MODEL, children: []}
      componentSpecs:
        - spec: {containers: [{name: model, image: quay.io/org/name:v1}]}
"""
ENVIRONMENT = "MODEL_NAME=Model\nAPI_TYPE=REST # no comment\nexport X='a b'\n\n#c\nSERVICE_TYPE\n"
RUNTIME_IMAGE = json.dumps(
    {
        "display_name": "Name",
        "schema_name": "runtime-image",
        "metadata": {"image_name": "quay.io/org/name:v1", "tags": ["a"], "pull_policy": "Always"},
    }
)
ISSUE_TEMPLATE = """\
---
name: Minor release
about: Create a new minor release
title: New minor release
assignees: sesheta
labels: bot
---

Hey, Kebechet!

Create a new minor release, please.
"""
TITLES = "New minor release\nKebechet update\nNew calendar release\nRelease of version 1.2.3\n"
WISHES = "v1.2.3\n2026.11.22\n1.0.0rc1\nnumpy>=1,<2; python_version>'3'\n../x\nregistry:5000/a/b:t"
REMOTES = """\
git@git.example:org/name.git
https://user:secret@git.example:8443/org/sub/name.git
ssh://git@[::1]:22/org/name
file:///srv/git/name.git
ext::sh -c "touch /tmp/x"
"""
BILL = json.dumps(
    {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [
            {
                "type": "library",
                "name": "numpy",
                "version": "1.26.4",
                "purl": "pkg:pypi/numpy@1.26.4",
                "hashes": [{"alg": "SHA-256", "content": "00"}],
            }
        ],
    }
)
CONTAINERFILE = "FROM quay.io/a/b:v1\nENV X=1\nCOPY . /opt\nRUN pip install -r requirements.txt\n"
