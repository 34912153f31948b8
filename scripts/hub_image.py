"""The ImageStream of the image for hubs, with its annotations filled from what is locked.

``python -m scripts.hub_image [IMAGE]`` writes ``images/hub/imagestream.yaml``.
"""

from __future__ import annotations

import json
import re
import sys

import yaml

from .machine import ROOT
from .pins import FOLDER, HUB_PYTHON

TARGET = ROOT / "images" / "hub" / "imagestream.yaml"
IMAGE = "registry.example/aidevsecops/hub"
# What people choose a workbench by, as it is shown to them.
SHOWN = {
    "jupyterlab": "JupyterLab",
    "jupyterhub": "JupyterHub",
    "elyra": "Elyra",
    "jupyterlab-git": "JupyterLab-git",
    "ipykernel": "ipykernel",
    "uv": "uv",
    "git-cliff": "git-cliff",
}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.M)


def locked_versions() -> dict[str, str]:
    """The version of each package in the image."""
    return dict(_PIN.findall((FOLDER / "hub.txt").read_text(encoding="utf-8")))


def image_stream(image: str = IMAGE) -> str:
    """The manifest for an image, whose tag is the version of this package."""
    version = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"]
    locked = locked_versions()
    named = [{"name": shown, "version": locked[name]} for name, shown in SHOWN.items()]
    software = [{"name": "Python", "version": f"v{HUB_PYTHON}"}]
    manifest = {
        "apiVersion": "image.openshift.io/v1",
        "kind": "ImageStream",
        "metadata": {
            "name": "aidevsecops-hub",
            "labels": {"opendatahub.io/notebook-image": "true"},
            "annotations": {
                "opendatahub.io/notebook-image-name": "AIDevSecOps",
                "opendatahub.io/notebook-image-desc": (
                    "JupyterLab and Elyra with AIDevSecOps: locked notebooks, overlays, pipelines "
                    "and releases."
                ),
                "opendatahub.io/notebook-image-order": "90",
            },
        },
        "spec": {
            "lookupPolicy": {"local": True},
            "tags": [
                {
                    "name": version,
                    "annotations": {
                        "opendatahub.io/notebook-software": json.dumps(software),
                        "opendatahub.io/notebook-python-dependencies": json.dumps(
                            [{"name": "AIDevSecOps", "version": version}, *named]
                        ),
                        "opendatahub.io/workbench-image-recommended": "true",
                        "openshift.io/imported-from": image,
                    },
                    "from": {"kind": "DockerImage", "name": f"{image}:{version}"},
                    "referencePolicy": {"type": "Source"},
                }
            ],
        },
    }
    head = "# Written by `python -m scripts.hub_image IMAGE` from requirements/hub.txt.\n"
    return head + yaml.safe_dump(manifest, sort_keys=False, width=1000)


if __name__ == "__main__":
    TARGET.write_text(image_stream(*sys.argv[1:2]), encoding="utf-8")
