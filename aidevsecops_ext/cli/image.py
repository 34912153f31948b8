"""The commands about images of pipelines: parse, call a use case, render."""

from __future__ import annotations

import click

_AS_JSON = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")


@click.group()
def image() -> None:
    """Register the images of overlays, so that Elyra's editor offers them for nodes."""


@image.command("list")
@_AS_JSON
def list_all(is_json: bool) -> None:
    """List the images that are registered, as Elyra sees them."""
    from .runtimes import run_list_images

    run_list_images(is_json=is_json)


@image.command()
@click.argument("overlay", required=False, metavar="[OVERLAY]", type=click.Path(path_type=str))
@click.option("--image", "reference", metavar="IMAGE", help="Another image than an overlay's.")
@click.option("--name", default="", help="What people call it; else like the overlay.")
@click.option("--description", default="", help="What it is for.")
@click.option(
    "--pull-policy",
    type=click.Choice(["Always", "IfNotPresent", "Never"]),
    help="When a cluster fetches it.",
)
@click.option(
    "--pull-secret", default="", help="The Kubernetes secret that lets a cluster fetch it."
)
@click.option("--force", is_flag=True, help="Replace the image of that name.")
@_AS_JSON
def register(overlay: str | None, **options: object) -> None:
    """Register the image of the overlay in the folder OVERLAY, such as overlays/train.

    Its registry is that of .aicoe-ci.yaml and its tag that of the newest release, else it is the
    one that podman build -t makes here.
    """
    from .runtimes import RegisterOptions, run_register

    run_register(RegisterOptions.of(overlay, options))
