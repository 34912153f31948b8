"""Plans of releases of real repositories, by the real git and the real git-cliff."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.adapters.git import GitRepository
from aidevsecops_ext.adapters.git_cliff import GitCliff
from aidevsecops_ext.app.plan_release import PlanRequest, plan_release
from aidevsecops_ext.app.release_ports import PlanPorts
from aidevsecops_ext.domain.errors import CancelledError, ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.release import Check, CheckStatus, ReleasePlan, VersionPlace
from aidevsecops_ext.domain.release_proposal import ReleaseMode
from aidevsecops_ext.domain.release_settings import CheckName
from aidevsecops_ext.domain.versions import ReleaseKind
from aidevsecops_ext.formats.proposal_text import Asked
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.clock import FakeClock
from tests.fakes.forge import FakeForges
from tests.fakes.progress import FakeProgress
from tests.kits.corpus import FOLDER, needs_corpus
from tests.kits.git_repo import GitRepo, bare_environment, clone, live_in, make_remote, make_repo

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=timezone.utc).timestamp()
BUILDS = """\
overlays:
  - name: train
    build: {registry: example.com, registry-org: us, registry-project: train}
"""
STREAM = """\
kind: ImageStream
spec:
  tags:
    - {name: latest, from: {name: "example.com/us/train:v1.1.0"}}
"""


@pytest.fixture(autouse=True)
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live_in(bare_environment(tmp_path / "home"), monkeypatch)


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = make_repo(tmp_path / "repo", {"version.py": '__version__ = "1.2.0"\n'})
    made.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    made.commit("feat: answer sooner", {"a.txt": "1\n"})
    return made


def plan(repo: GitRepo, kind: ReleaseKind = ReleaseKind.AUTO, **more: object) -> ReleasePlan:
    request = PlanRequest(
        kind,
        version=str(more.get("version", "")),
        is_offline=bool(more.get("is_offline")),
        is_unchecked=bool(more.get("is_unchecked")),
        mode=ReleaseMode(more["mode"]) if "mode" in more else None,
        asked=Asked("jo", 7) if more.get("is_asked") else None,
        labels=("bot",) if more.get("is_asked") else (),
    )
    found = Check(CheckName.LOCKS, CheckStatus.FAILED, "a.ipynb is stale.", "Lock it.")
    ports = PlanPorts(
        files=RootedFiles(repo.folder, size_limit=1_000_000),
        git=GitRepository(repo.folder),
        changes=GitCliff(repo.folder),
        clock=FakeClock(NOW),
        content_checks=lambda _wish: {CheckName.LOCKS: lambda _progress, _cancel: found},
        forges=FakeForges(),
    )
    cancel = FakeCancelToken(is_cancelled=bool(more.get("is_cancelled")))
    return plan_release(request, ports, FakeProgress(), cancel)


def status_of(planned: ReleasePlan, name: CheckName) -> tuple[CheckStatus, str]:
    (check,) = (check for check in planned.checks if check.name is name)
    return check.status, check.message


def test_plan_shows_all_that_the_release_would_do(repo: GitRepo) -> None:
    repo.commit("Add manifests", {".aicoe-ci.yaml": BUILDS, "stream.yaml": STREAM})

    planned = plan(repo)

    assert (planned.current, planned.next, planned.tag) == ("1.2.0", "1.3.0", "v1.3.0")
    assert planned.versions == (VersionPlace("version.py", 1, "1.2.0"),)
    assert planned.changelog == "### Added\n\n- Add manifests\n- Answer sooner"
    assert [(one.source, one.target) for one in planned.references] == [
        ("example.com/us/train:v1.1.0", "example.com/us/train:v1.3.0")
    ]
    assert planned.images == ("example.com/us/train:v1.3.0",)
    assert {file.path: file.old is None for file in planned.files} == {
        "CHANGELOG.md": True,
        "stream.yaml": False,
        "version.py": False,
    }
    assert planned.head == repo.head()


def test_plan_changes_nothing(repo: GitRepo) -> None:
    before = repo.snapshot()

    plan(repo)

    assert repo.snapshot() == before


def test_plan_leaves_what_is_not_fatal_as_a_warning(repo: GitRepo) -> None:
    planned = plan(repo)

    assert planned.failures == ()
    assert status_of(planned, CheckName.LOCKS) == (CheckStatus.WARNED, "a.ipynb is stale.")
    assert status_of(planned, CheckName.REMOTE)[0] is CheckStatus.WARNED
    assert status_of(planned, CheckName.TAG) == (CheckStatus.PASSED, "v1.3.0 is free.")


def test_plan_has_checks_that_the_repository_calls_fatal_forbid_the_release(repo: GitRepo) -> None:
    repo.commit("Say more", {".aidevsecops.toml": '[release]\nfatal = ["locks"]\n'})
    repo.write("version.py", '__version__ = "1.2.0"  # changed\n')

    planned = plan(repo)

    assert [check.name for check in planned.failures] == [CheckName.LOCKS]
    assert status_of(planned, CheckName.TREE) == (
        CheckStatus.WARNED,
        "Not committed: version.py.",
    )


def test_plan_does_not_look_inside_when_it_is_not_asked_to(repo: GitRepo) -> None:
    assert CheckName.LOCKS not in {check.name for check in plan(repo, is_unchecked=True).checks}


@pytest.mark.parametrize(
    ("kind", "version", "expected"),
    [
        (ReleaseKind.PATCH, "", "1.2.1"),
        (ReleaseKind.CALVER, "", "2026.11.21"),
        (ReleaseKind.EXPLICIT, "v1.10.0", "1.10.0"),
    ],
)
def test_plan_is_of_the_kind_that_is_asked_for(
    repo: GitRepo, kind: ReleaseKind, version: str, expected: str
) -> None:
    assert plan(repo, kind, version=version).next == expected


def test_plan_takes_the_newest_tag_behind_the_head_where_no_file_says_a_version(
    tmp_path: Path,
) -> None:
    repo = make_repo(tmp_path / "repo", {"a.txt": "1\n"})
    for tag in ("v0.1.9", "v0.1.10", "latest"):
        repo.git("tag", tag)
    repo.commit("fix: two")
    repo.git("checkout", "-q", "-b", "other", "HEAD~1")
    repo.commit("elsewhere")
    repo.git("tag", "v9.0.0")
    repo.git("checkout", "-q", "main")

    planned = plan(repo)

    assert (planned.current, planned.next) == ("0.1.10", "0.1.11")
    assert planned.changelog == "### Fixed\n\n- Two"


def test_plan_of_a_first_release_is_of_the_version_that_somebody_names(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "repo", {"a.txt": "1\n"})

    planned = plan(repo, ReleaseKind.EXPLICIT, version="0.1.0")

    assert (planned.current, planned.next) == (None, "0.1.0")


def test_plan_asks_for_a_version_when_none_is_known(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        plan(make_repo(tmp_path / "repo", {"a.txt": "1\n"}), ReleaseKind.PATCH)

    assert caught.value.code is ErrorCode.RELEASE_NO_VERSION


def test_plan_is_refused_when_there_is_no_commit(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        plan(make_repo(tmp_path / "repo"))

    assert caught.value.code is ErrorCode.RELEASE_NO_COMMITS


def test_plan_is_refused_when_files_say_different_versions(repo: GitRepo) -> None:
    repo.commit("Pack it", {"pyproject.toml": '[project]\nversion = "1.1.0"\n'})

    with pytest.raises(
        RefusedError, match=r"pyproject\.toml:2 says 1\.1\.0, version\.py:1"
    ) as caught:
        plan(repo)

    assert caught.value.code is ErrorCode.RELEASE_VERSIONS_DIFFER


def test_plan_counts_the_version_files_that_the_repository_names(repo: GitRepo) -> None:
    files = {
        "pyproject.toml": '[project]\nversion = "1.1.0"\n',
        ".aidevsecops.toml": '[release]\nversion-files = ["pyproject.toml", "gone.py"]\n',
    }
    repo.commit("Pack it", files)

    assert plan(repo, ReleaseKind.PATCH).next == "1.1.1"


def test_plan_reads_no_version_in_a_file_that_is_no_text(repo: GitRepo) -> None:
    (repo.folder / "app.py").write_bytes(b"\xff\xfe")
    (repo.folder / "data.json").write_bytes(b"\xff\xfe")
    repo.commit("Odd files", {".aicoe-ci.yaml": BUILDS})

    assert plan(repo, ReleaseKind.PATCH).next == "1.2.1"


def test_plan_takes_images_of_the_version_for_its_own_when_no_file_says_what_is_built(
    repo: GitRepo,
) -> None:
    files = {
        "a.yaml": "image: example.com/us/train:v1.2.0\n",
        "b.yaml": "images: [example.com/us/train:v1.1.0, example.com/base/python:3.11.4]\n",
        "c.md": "Run example.com/us/words:v1.2.0\n",
    }
    repo.commit("Add manifests", files)

    planned = plan(repo, ReleaseKind.PATCH)

    assert [(one.file, one.source) for one in planned.references] == [
        ("a.yaml", "example.com/us/train:v1.2.0"),
        ("b.yaml", "example.com/us/train:v1.1.0"),
    ]
    assert planned.images == ()


def test_plan_says_which_manifests_it_cannot_read(repo: GitRepo) -> None:
    broken = "{{ template }}: example.com/us/train:v1.2.0: x\n"
    repo.commit("Odd files", {".aicoe-ci.yaml": BUILDS, "chart.yaml": broken})

    status, message = status_of(plan(repo), CheckName.REFERENCES)

    assert status is CheckStatus.WARNED
    assert message.startswith("chart.yaml cannot be read: it is not YAML")


def test_plan_refuses_settings_that_it_cannot_read(repo: GitRepo) -> None:
    repo.write(".aidevsecops.toml", '[release]\nfatal = ["everything"]\n')

    with pytest.raises(UserError) as caught:
        plan(repo)

    assert caught.value.code is ErrorCode.RELEASE_SETTINGS_INVALID


def test_plan_asks_the_remote_what_it_has(repo: GitRepo, tmp_path: Path) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    other = clone(remote, tmp_path / "other")
    other.commit("Elsewhere")
    other.git("push", "-q", "origin", "HEAD")
    other.git("tag", "v1.3.0")
    other.git("push", "-q", "origin", "v1.3.0")

    planned = plan(repo)

    assert {check.name for check in planned.failures} == {CheckName.REMOTE, CheckName.TAG}
    assert "1 commit that" in status_of(planned, CheckName.REMOTE)[1]
    assert status_of(planned, CheckName.TAG)[1] == "There is a tag v1.3.0 on the remote already."


LOCK = """\
[[package]]
name = "app"
version = "1.2.0"
source = { virtual = "." }
"""


@pytest.mark.parametrize("is_tracked", [True, False])
def test_plan_has_locks_say_the_version_that_they_repeat(repo: GitRepo, is_tracked: bool) -> None:
    more = {} if is_tracked else {".gitignore": "uv.lock\n"}
    project = '[project]\nname = "app"\nversion = "1.2.0"\n'
    repo.commit("Pack it", {"pyproject.toml": project, "uv.lock": LOCK, **more})

    planned = plan(repo)

    texts = {file.path: file.text for file in planned.files}
    assert texts.get("uv.lock") == (LOCK.replace("1.2.0", planned.next) if is_tracked else None)


def test_plan_leaves_a_lock_that_cannot_be_read(repo: GitRepo) -> None:
    repo.write("uv.lock", "").write_bytes(b"\xff")
    repo.commit("Pack it", {"pyproject.toml": '[project]\nname = "app"\nversion = "1.2.0"\n'})

    assert "uv.lock" not in {file.path for file in plan(repo).files}


def test_plan_tells_that_the_remote_moved_where_no_upstream_is_set(
    repo: GitRepo, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    other = clone(remote, tmp_path / "other")
    other.commit("Elsewhere")
    other.git("push", "-q", "origin", "HEAD")
    repo.git("branch", "--unset-upstream", "main", is_checked=False)

    status, message = status_of(plan(repo), CheckName.REMOTE)

    assert (status, message) == (CheckStatus.FAILED, "origin has commits that are not here.")


def test_plan_does_not_ask_the_remote_when_offline(repo: GitRepo, tmp_path: Path) -> None:
    make_remote(tmp_path / "remote.git", repo)

    status, message = status_of(plan(repo, is_offline=True), CheckName.REMOTE)

    assert status is CheckStatus.WARNED
    assert "was not to be asked" in message


def test_plan_goes_on_when_the_remote_is_away(repo: GitRepo, tmp_path: Path) -> None:
    make_remote(tmp_path / "remote.git", repo)
    repo.git("remote", "set-url", "origin", (tmp_path / "gone.git").as_uri())

    assert status_of(plan(repo), CheckName.REMOTE)[0] is CheckStatus.WARNED


def test_plan_ends_when_it_is_cancelled(repo: GitRepo) -> None:
    with pytest.raises(CancelledError):
        plan(repo, is_cancelled=True)


@needs_corpus
def test_plan_finds_the_drift_of_a_real_repository(tmp_path: Path) -> None:
    source = Path(FOLDER) / "elyra-aidevsecops-tutorial"
    files = {
        path.relative_to(source).as_posix(): path.read_text(encoding="utf-8")
        for path in source.rglob("*")
        if path.is_file() and path.suffix in {".yaml", ".pipeline"}
    }
    repo = make_repo(tmp_path / "elyra-aidevsecops-tutorial", files)
    repo.git("tag", "v0.14.1")
    repo.commit("fix: it", {"version.py": '__version__ = "0.14.1"\n'})

    planned = plan(repo)

    status, message = status_of(planned, CheckName.REFERENCES)
    assert status is CheckStatus.WARNED
    assert "elyra-aidevsecops-dataset:v0.12.0" in message
    assert "elyra-aidevsecops-training:v0.12.0" in message
    assert "neural-magic-deepsparse:v0.14.0" in message
    assert "elyra-aidevsecops-tutorial:v0.13.1" in message
    assert {one.target.rpartition(":")[2] for one in planned.references} == {"v0.14.2"}
    assert len(planned.images) == 13


def test_plan_has_a_pull_request_when_somebody_wants_one(repo: GitRepo, tmp_path: Path) -> None:
    make_remote(tmp_path / "remote", repo)

    asked = plan(repo, mode="pull-request", is_asked=True).proposal
    repo.write(".aidevsecops.toml", '[release]\nmode = "pull-request"\n')
    usual = plan(repo).proposal

    assert asked is not None
    assert (asked.branch, asked.target, asked.title) == (
        "v1.3.0",
        "main",
        "Release of version 1.3.0",
    )
    assert asked.body.startswith("Hey, @jo!\n")
    assert "```markdown\n### Added\n\n- Answer sooner\n```" in asked.body
    assert asked.labels == ("bot",)
    assert asked.remote_url == (tmp_path / "remote").as_uri()
    assert usual is not None
    assert plan(repo, mode="direct").proposal is None


def test_pull_request_goes_to_the_default_branch_when_the_branch_was_never_pushed(
    repo: GitRepo, tmp_path: Path
) -> None:
    make_remote(tmp_path / "remote", repo)
    repo.git("remote", "set-head", "origin", "--auto")
    repo.git("switch", "--quiet", "--create", "topic")

    proposal = plan(repo, mode="pull-request").proposal

    assert proposal is not None
    assert proposal.target == "main"


def test_plan_is_refused_when_there_is_no_remote_for_a_pull_request(repo: GitRepo) -> None:
    with pytest.raises(RefusedError) as caught:
        plan(repo, mode="pull-request")

    assert caught.value.code is ErrorCode.RELEASE_NO_REMOTE


def test_nothing_is_planned_that_a_bot_is_to_do(repo: GitRepo) -> None:
    repo.write(".aidevsecops.toml", '[release]\nmode = "bot"\n')

    with pytest.raises(RefusedError) as caught:
        plan(repo)

    assert caught.value.code is ErrorCode.RELEASE_BY_BOT
    assert plan(repo, mode="direct").next == "1.3.0"
