"""How builds of the newest release stand, and where people read of releases."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.find_builds import find_builds, known_builds
from aidevsecops_ext.app.tag_pages import tag_pages
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    OutsideFailedError,
    ToolMissingError,
    UserError,
)
from aidevsecops_ext.domain.forge import Build, BuildState, ForgeKind, ForgePlace
from aidevsecops_ext.domain.release_builds import ReleaseBuilds
from aidevsecops_ext.domain.release_proposal import Proposal
from aidevsecops_ext.domain.repository import Tag
from tests.fakes.git import ORIGIN
from tests.kits.release_plans import FakeReleases

PROPOSAL = Proposal("v1.1.0", "main", "Release of version 1.1.0", "", (), "https://example.org/a")
CI = Build("ci", BuildState.RUNNING, "https://example.org/ci")


@pytest.fixture
def kit() -> FakeReleases:
    made = FakeReleases()
    made.forge.build_list = [CI]
    made.git.tag_list = [Tag("nightly", "c9", "c9"), Tag("v1.0.0", "c0", "t0")]
    return made


def found(kit: FakeReleases) -> ReleaseBuilds:
    return find_builds(kit.ports, kit.cancel)


def pages(kit: FakeReleases) -> dict[str, str]:
    status = kit.status(is_remote_asked=False)
    return {**tag_pages(status, kit.git.base.remote, kit.forges)}


def test_builds_are_those_of_the_newest_tag(kit: FakeReleases) -> None:
    assert found(kit) == ReleaseBuilds(kit.forge.place, "v1.0.0", "c0", (CI,))


def test_builds_are_those_of_what_is_proposed_until_it_is_tagged(kit: FakeReleases) -> None:
    record = kit.cut(kit.plan(proposal=PROPOSAL))
    proposed = found(kit)
    kit.git.tag_list.append(Tag("v1.1.0", "m1", "t1"))
    merged = found(kit)
    kit.git.tag_list.pop()
    kit.undo(is_remote=True)

    assert (proposed.tag, proposed.commit) == ("v1.1.0", record.commit)
    assert (merged.tag, merged.commit) == ("v1.1.0", "m1")
    assert found(kit).tag == "v1.0.0"


def test_builds_are_none_before_the_first_release(kit: FakeReleases) -> None:
    kit.git.tag_list = []

    assert found(kit) == ReleaseBuilds(kit.forge.place)


@pytest.mark.parametrize(
    ("remotes", "said"), [((), "has no remote"), (("a", "b"), "None of the remotes a, b is")]
)
def test_builds_are_not_asked_for_without_a_remote(
    kit: FakeReleases, remotes: tuple[str, ...], said: str
) -> None:
    kit.git.base = replace(kit.git.base, remote=None, remotes=remotes)

    assert said in found(kit).note
    assert pages(kit) == {}


def test_builds_are_not_asked_for_where_no_forge_is_known(kit: FakeReleases) -> None:
    kit.forges.known = None

    assert (found(kit).place, found(kit).tag) == (None, "v1.0.0")
    assert "is on no forge that is known" in found(kit).note
    assert pages(kit) == {}


def test_builds_are_not_asked_for_without_a_token_or_a_client(kit: FakeReleases) -> None:
    missing = ToolMissingError(ErrorCode.FORGE_NO_CLIENT, "No ogr.", hint="pip install it")
    kit.forge.fail("builds", missing)
    no_client = found(kit)
    kit.forge.is_let_in = False

    assert no_client.note == "No ogr. pip install it"
    assert found(kit).note == "There is no token for https://example.org, so it is not asked."


def test_failure_of_the_forge_is_told_or_noted(kit: FakeReleases) -> None:
    down = OutsideFailedError(ErrorCode.FORGE_UNREACHABLE, "It is down.")
    kit.forge.fail("builds", down, down, CancelledError())

    with pytest.raises(OutsideFailedError):
        found(kit)
    assert known_builds(kit.ports, kit.cancel) == ReleaseBuilds(note="It is down.")
    with pytest.raises(CancelledError):
        known_builds(kit.ports, kit.cancel)
    assert known_builds(kit.ports, kit.cancel).builds == (CI,)


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        (ForgeKind.GITHUB, "https://example.org/a/releases/tag/v1.0.0%2Bbuild.1"),
        (ForgeKind.GITEA, "https://example.org/a/releases/tag/v1.0.0%2Bbuild.1"),
        (ForgeKind.GITLAB, "https://example.org/a/-/tags/v1.0.0%2Bbuild.1"),
    ],
)
def test_page_of_a_tag_is_where_its_forge_has_it(kind: ForgeKind, page: str) -> None:
    assert ForgePlace(kind, "https://example.org", "a").tag_url("v1.0.0+build.1") == page


def test_pages_are_of_what_was_pushed(kit: FakeReleases) -> None:
    old = {"v1.0.0": "https://example.org/group/a/releases/tag/v1.0.0"}
    new = {"v1.1.0": "https://example.org/group/a/releases/tag/v1.1.0"}
    before = pages(kit)
    kit.cut(is_pushed=False)
    kept_here = pages(kit)
    kit.undo()
    kit.cut()

    assert (before, kept_here, pages(kit)) == (old, old, old | new)


def test_pages_are_of_what_a_pull_request_brought(kit: FakeReleases) -> None:
    kit.cut(kit.plan(proposal=PROPOSAL))
    kit.git.tag_list.append(Tag("v1.1.0", "m1", "t1"))

    assert set(pages(kit)) == {"v1.0.0", "v1.1.0"}


def test_pages_are_none_where_settings_make_no_sense(kit: FakeReleases) -> None:
    kit.forges.error = UserError(ErrorCode.FORGE_SETTINGS_INVALID, "No.")

    assert tag_pages(kit.status(is_remote_asked=False), ORIGIN, kit.forges) == {}
