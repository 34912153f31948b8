"""The command that searches package indexes."""

from __future__ import annotations

import click


@click.command()
@click.argument("name")
@click.option("--versions", is_flag=True, help="Show the versions of the package of that name.")
@click.option("--python-version", metavar="X.Y", help="The Python that versions should fit.")
@click.option("--python-platform", metavar="NAME", help="The platform that wheels should fit.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=20,
    show_default=True,
    help="How many names or versions to show.",
)
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
def search(name: str, is_json: bool, limit: int, versions: bool, **target: str | None) -> None:
    """Search your package indexes for packages whose name holds NAME.

    The first search fetches the list of all names from the index, and keeps it for a day (setting
    package_list_hours). On an index that gives no list only the exact name is found.
    """
    from .searching import SearchOptions, run_search, run_versions

    options = SearchOptions(
        name=name,
        limit=limit,
        python_version=target["python_version"],
        platform=target["python_platform"],
        is_json=is_json,
    )
    if versions:
        run_versions(options)
    else:
        run_search(options)
