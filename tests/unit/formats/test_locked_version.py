from __future__ import annotations

import json

import pytest

from aidevsecops_ext.formats.locked_version import lock_beside, with_locked_version

UV = """\
version = 1
revision = 3

[[package]]
name = "editable"
version = "1.2.0"
source = { registry = "https://example.org/simple" }

[[package]]
name = "my-app"
version = "1.2.0"
source = { editable = "." }
dependencies = [
    { name = "editable", version = "1.2.0" },
]

[[package]]
name = "member"
version = "1.2.0"
source = { editable = "packages/member" }
"""
NPM = {
    "name": "app",
    "version": "1.2.0",
    "lockfileVersion": 3,
    "packages": {
        "": {"name": "app", "version": "1.2.0", "dependencies": {"left": "1.2.0"}},
        "node_modules/left": {"version": "1.2.0", "resolved": "https://example.org/left.tgz"},
    },
}
OLD_NPM = {"name": "app", "version": "1.2.0", "dependencies": {"left": {"version": "1.2.0"}}}


def test_locks_stand_beside_what_they_repeat() -> None:
    found = [lock_beside(path) for path in ("pyproject.toml", "package.json", "version.py")]

    assert found == ["uv.lock", "package-lock.json", None]


@pytest.mark.parametrize("source", ["editable", "virtual"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_version_of_the_project_alone_changes_in_a_lock_of_uv(source: str, ending: str) -> None:
    own = f'source = {{ {source} = "." }}'
    text = UV.replace('source = { editable = "." }', own).replace("\n", ending)

    changed = with_locked_version("uv.lock", text, "1.3.0-rc.1")

    before = f'name = "my-app"{ending}version = '
    assert changed == text.replace(f'{before}"1.2.0"', f'{before}"1.3.0rc1"')
    assert changed != text


def test_version_that_python_does_not_know_is_written_as_it_is() -> None:
    assert 'version = "1.3.0-x.y"' in with_locked_version("uv.lock", UV, "1.3.0-x.y")


@pytest.mark.parametrize(
    ("document", "tables"), [(NPM, 2), (OLD_NPM, 1)], ids=["new format", "old format"]
)
def test_version_of_the_project_alone_changes_in_a_lock_of_npm(
    document: dict[str, object], tables: int
) -> None:
    text = json.dumps(document, indent=2)

    changed = with_locked_version("package-lock.json", text, "1.3.0")

    assert changed == text.replace('"version": "1.2.0"', '"version": "1.3.0"', tables)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("uv.lock", "version = 1\n"),
        ("package-lock.json", "{"),
        ("package-lock.json", "[]"),
        ("package-lock.json", '{"name": "app"}'),
        # The version stands after others of that name.
        ("package-lock.json", '{"packages": {"a": {"version": "1.2.0"}}, "version": "1.2.0"}'),
    ],
)
def test_lock_that_says_no_version_stays(path: str, text: str) -> None:
    assert with_locked_version(path, text, "1.3.0") == text
