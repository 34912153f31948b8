"""Readers of the files of a repository, of its history, and of what people write about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from aidevsecops_ext.adapters.pip_configuration import pip_settings
from aidevsecops_ext.adapters.uv_configuration import configured_indexes, uv_settings
from aidevsecops_ext.domain.bot_requests import request_titled
from aidevsecops_ext.domain.merged_release import version_released
from aidevsecops_ext.domain.names import canonicalize_name, is_valid_name
from aidevsecops_ext.domain.output_text import normalised, normalised_markup, without_volatile
from aidevsecops_ext.domain.overlay_name import is_overlay_name
from aidevsecops_ext.domain.step_names import safe_name, unique_names
from aidevsecops_ext.domain.versions import ReleaseKind, is_release_tag, next_version, parse_version
from aidevsecops_ext.formats.aicoe_ci_images import image_builds
from aidevsecops_ext.formats.aicoe_ci_yaml import (
    OverlayBuild,
    is_checking_overlays,
    with_overlay_builds,
    without_overlay_builds,
)
from aidevsecops_ext.formats.audit_settings import ignored_of
from aidevsecops_ext.formats.bot_texts import mark_of
from aidevsecops_ext.formats.changelog_file import (
    ChangelogRelease,
    ChangelogStyle,
    notes_of,
    style_of,
    with_release,
)
from aidevsecops_ext.formats.containerfile import kept_containerfile
from aidevsecops_ext.formats.custody import is_edited, read_custody, read_custody_table
from aidevsecops_ext.formats.cyclonedx_reading import read_bill
from aidevsecops_ext.formats.elyra_pipeline import read as read_pipeline
from aidevsecops_ext.formats.elyra_pipeline import text_of_document
from aidevsecops_ext.formats.elyra_runtime_image import read_runtime_image
from aidevsecops_ext.formats.forge_settings import forge_kind_of
from aidevsecops_ext.formats.image_name import images_named_in, parse_image
from aidevsecops_ext.formats.image_references import references_in, with_tags
from aidevsecops_ext.formats.issue_template import read_issue_template, with_tag
from aidevsecops_ext.formats.locked_version import with_locked_version
from aidevsecops_ext.formats.overlay_lock import read_overlay_lock
from aidevsecops_ext.formats.pep508 import InvalidRequirementError, parse_requirement
from aidevsecops_ext.formats.pipfile import lock_of, requirements_of
from aidevsecops_ext.formats.pipfile.files import pipfile_text, read_pipfile, with_python
from aidevsecops_ext.formats.pylock import read_files, read_pylock
from aidevsecops_ext.formats.pyproject_toml import read_pyproject
from aidevsecops_ext.formats.redaction import redact
from aidevsecops_ext.formats.release_journal import read_journal
from aidevsecops_ext.formats.release_settings import release_settings_of
from aidevsecops_ext.formats.release_workflows import is_included
from aidevsecops_ext.formats.remote_address import address_login, address_secrets, shown_address
from aidevsecops_ext.formats.requirements_in import read_asked
from aidevsecops_ext.formats.requirements_lock import read_requirements
from aidevsecops_ext.formats.run_record import read_record
from aidevsecops_ext.formats.seldon_files import deployment_problems, settings_of
from aidevsecops_ext.formats.thoth_config import environment_entry, read_service
from aidevsecops_ext.formats.thoth_managers import approvers_of, managers_of
from aidevsecops_ext.formats.thoth_yaml import read_thoth_yaml, targets_of
from aidevsecops_ext.formats.thoth_yaml_edit import (
    OverlayEnvironment,
    base_image_of,
    environments_without_overlays,
    with_environments,
    without_environments,
)
from aidevsecops_ext.formats.toml_text import read_json
from aidevsecops_ext.formats.uv_lock import read_uv_lock
from aidevsecops_ext.formats.version_files import version_in, with_version
from aidevsecops_ext.formats.yaml_edit import load_yaml
from aidevsecops_ext.formats.yaml_rewrite import with_document

from . import answer_seeds, notebook_seeds, project_seeds
from .parser import TRANSLATED, Parser

_NOW = datetime(2026, 11, 22, tzinfo=timezone.utc)
_REPOSITORIES = ("quay.io/org/name", "quay.io/thoth/s2i")


def _read_pipfile(text: str) -> None:
    pipfile = read_pipfile(text)
    asked = requirements_of(pipfile)
    read_pipfile(pipfile_text(pipfile))
    if asked.python_version is not None:
        with_python(text, "3.12")


def _read_pipfile_lock(text: str) -> None:
    lock_of(read_json(text, "Pipfile.lock"))


def _read_thoth_yaml(text: str) -> None:
    targets_of(read_thoth_yaml(text), "3.11")
    read_service(text)
    environment_entry(text, "training")
    managers_of(text)
    base_image_of(text, "training")
    environments_without_overlays(text)


def _edit_thoth_yaml(text: str) -> None:
    document = load_yaml(text, ".thoth.yaml")
    with_document(text, {**document, "host": "other.example"}, ".thoth.yaml")
    with_environments(text, "overlays", [OverlayEnvironment("new", "3.11", "training")])
    without_environments(text, {"training"})


def _read_aicoe_ci_yaml(text: str) -> None:
    image_builds(text, "project")
    is_checking_overlays(text)


def _edit_aicoe_ci_yaml(text: str) -> None:
    with_overlay_builds(text, "overlays", [OverlayBuild("new", "project-new")])
    without_overlay_builds(text, {"training"})


def _read_pipeline(text: str) -> None:
    document = read_pipeline(text, "a.pipeline")
    text_of_document(document.content)


def _read_versions(text: str) -> None:
    for name in ("pyproject.toml", "package.json", "a/__init__.py", "setup.py"):
        if version_in(name, text) is not None:
            changed = version_in(name, with_version(name, text, "9.9.9"))
            assert changed is not None
            assert changed.value == "9.9.9"
    for name in ("uv.lock", "package-lock.json"):
        with_locked_version(name, text, "9.9.9")


def _read_changelog(text: str) -> None:
    for default in ChangelogStyle:
        style = style_of(text, default)
        release = ChangelogRelease("9.9.9", "v9.9.9", _NOW, ())
        notes_of(with_release(text, release, style), "9.9.9")
    notes_of(text, "1.2.0")


def _read_references(text: str) -> None:
    for name in ("kustomization.yaml", "a.json", "a.pipeline", ".aicoe-ci.yaml"):
        found = references_in(name, text, _REPOSITORIES)
        with_tags(text, dict.fromkeys(found, "v9.9.9"))


def _read_files_with_origin(text: str) -> None:
    is_edited(text)
    read_custody(text)
    kept_containerfile(text, "requirements.txt")
    read_custody_table(text)


def _read_lock(text: str) -> None:
    read_overlay_lock(text)
    read_files(text)
    read_pylock(text)


def _read_words(text: str) -> None:
    """What is put into names: titles of issues, subjects of commits, versions, names, images."""
    for line in text.split("\n"):
        request_titled(line)
        version_released(line)
        mark_of(line)
        is_release_tag(line)
        is_overlay_name(line)
        canonicalize_name(line)
        is_valid_name(line)
        assert "/" not in safe_name(line)
        parse_image(line)
    unique_names([safe_name(line) for line in text.split("\n")])
    images_named_in(text)
    redact(text)
    without_volatile(normalised(text, ["/home/a"]))
    normalised_markup(text)


def _read_version(text: str) -> None:
    parse_version(text)
    for kind in (ReleaseKind.MAJOR, ReleaseKind.MINOR, ReleaseKind.PATCH, ReleaseKind.CALVER):
        next_version(text, kind, date(2026, 11, 22))


def _read_template(text: str) -> None:
    read_issue_template(text)
    with_tag(text, "v1.0.0")


def _read_owners(text: str) -> None:
    approvers_of(text, text)


def _read_addresses(text: str) -> None:
    for line in text.split("\n"):
        shown = shown_address(line)
        login = address_login(line)
        assert not login[1] or login[1] not in shown or login[1] in shown_address(shown)
        address_secrets(line)


def _read_own_records(text: str) -> None:
    read_journal(text)
    read_record(text, "folder")


def _read_pip_configuration(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "pip.conf")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        pip_settings({"PIP_CONFIG_FILE": str(path), "HOME": folder, "XDG_CONFIG_DIRS": folder})


def _read_uv_configuration(text: str) -> None:
    with TemporaryDirectory() as folder:
        environ = {"HOME": folder, "XDG_CONFIG_DIRS": folder}
        for name in ("uv.toml", "pyproject.toml"):
            path = Path(folder, name)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            uv_settings(environ, Path(folder))
            list(configured_indexes(environ, Path(folder)))
            path.unlink()


PROJECT_PARSERS: Mapping[str, Parser] = {
    "pipfile": Parser(_read_pipfile, (notebook_seeds.PIPFILE,)),
    "pipfile-lock": Parser(_read_pipfile_lock, (notebook_seeds.PIPFILE_LOCK,)),
    "pylock": Parser(_read_lock, (project_seeds.PYLOCK,)),
    "uv-lock": Parser(read_uv_lock, (project_seeds.UV_LOCK,)),
    "requirements-txt": Parser(
        read_requirements, (project_seeds.REQUIREMENTS, answer_seeds.COMPILED)
    ),
    "requirements-in": Parser(read_asked, (project_seeds.REQUIREMENTS,)),
    "requirement": Parser(
        parse_requirement, tuple(project_seeds.WISHES.split("\n")), (InvalidRequirementError,)
    ),
    "pyproject": Parser(read_pyproject, (project_seeds.PYPROJECT,)),
    "bill-of-materials": Parser(lambda text: read_bill(text, "a.cdx.json"), (project_seeds.BILL,)),
    "thoth-yaml": Parser(_read_thoth_yaml, (project_seeds.THOTH_YAML,)),
    "thoth-yaml-edited": Parser(_edit_thoth_yaml, (project_seeds.THOTH_YAML,)),
    "aicoe-ci-yaml": Parser(_read_aicoe_ci_yaml, (project_seeds.AICOE_CI_YAML,)),
    "aicoe-ci-yaml-edited": Parser(_edit_aicoe_ci_yaml, (project_seeds.AICOE_CI_YAML,)),
    "release-settings": Parser(release_settings_of, (project_seeds.AIDEVSECOPS_TOML,)),
    "forge-settings": Parser(
        lambda text: forge_kind_of(text, "s"), (project_seeds.AIDEVSECOPS_TOML,)
    ),
    "audit-settings": Parser(ignored_of, (project_seeds.AIDEVSECOPS_TOML,)),
    "owners": Parser(_read_owners, ("approvers: [a, b]\naliases:\n  b: [c, d]\n",)),
    "pipeline": Parser(_read_pipeline, (project_seeds.PIPELINE, project_seeds.OLD_PIPELINE)),
    "runtime-image": Parser(
        lambda text: read_runtime_image(text, "a"), (project_seeds.RUNTIME_IMAGE,), TRANSLATED
    ),
    "version-files": Parser(
        _read_versions,
        (
            *(project_seeds.PYPROJECT, project_seeds.SETUP_CFG, project_seeds.VERSION_MODULE),
            *(project_seeds.PACKAGE_JSON, project_seeds.PACKAGE_LOCK, project_seeds.UV_LOCK),
        ),
    ),
    "changelog": Parser(_read_changelog, (project_seeds.CHANGELOG,)),
    "image-references": Parser(
        _read_references,
        (
            project_seeds.KUSTOMIZATION,
            project_seeds.MANIFEST,
            project_seeds.PIPELINE,
            project_seeds.AICOE_CI_YAML,
        ),
    ),
    "seldon-deployment": Parser(deployment_problems, (project_seeds.DEPLOYMENT,)),
    "s2i-environment": Parser(settings_of, (project_seeds.ENVIRONMENT,)),
    "origin-comments": Parser(
        _read_files_with_origin, (project_seeds.CONTAINERFILE, project_seeds.PYPROJECT)
    ),
    "ci-workflow": Parser(is_included, ("include:\n  - local: .gitlab/release.yml\n",)),
    "issue-template": Parser(_read_template, (project_seeds.ISSUE_TEMPLATE,)),
    "titles-and-names": Parser(_read_words, (project_seeds.TITLES, project_seeds.WISHES)),
    "version": Parser(_read_version, tuple(project_seeds.WISHES.split("\n"))),
    "remote-addresses": Parser(_read_addresses, (project_seeds.REMOTES,)),
    "own-records": Parser(_read_own_records, ("{}",)),
    "pip-configuration": Parser(
        _read_pip_configuration, ("[global]\nindex-url = https://a.example\n[install]\nx=%(y)s",)
    ),
    "uv-configuration": Parser(_read_uv_configuration, (project_seeds.PYPROJECT,)),
}
