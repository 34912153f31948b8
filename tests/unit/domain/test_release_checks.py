from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.release import Check, CheckStatus, Reference
from aidevsecops_ext.domain.release_checks import (
    check_branch,
    check_identity,
    check_notes,
    check_references,
    check_remote,
    check_tag,
    check_tree,
    listed,
)
from aidevsecops_ext.domain.repository import (
    ChangedFile,
    FileState,
    Identity,
    Operation,
    Remote,
    RemoteRefs,
    RepositoryState,
    Tag,
)

PASSED, WARNED, FAILED = CheckStatus.PASSED, CheckStatus.WARNED, CheckStatus.FAILED
ORIGIN = Remote("origin", "https://example.com/us/project.git", "main", default_branch="main")


def state(**more: object) -> RepositoryState:
    return replace(RepositoryState(root="/repo", head="a" * 40, branch="main"), **more)


def changed(path: str, how: FileState) -> ChangedFile:
    return ChangedFile(path, how)


@pytest.mark.parametrize(
    ("check", "status", "words"),
    [
        (check_tree(state()), PASSED, "All files are committed."),
        (
            check_tree(
                state(
                    changed=(
                        changed("a.txt", FileState.MODIFIED),
                        changed("b.txt", FileState.UNTRACKED),
                    )
                )
            ),
            FAILED,
            "Not committed: a.txt.",
        ),
        (
            check_tree(state(changed=(changed("b.txt", FileState.UNTRACKED),))),
            WARNED,
            "New and not committed: b.txt.",
        ),
        (
            check_tree(
                state(changed=(changed("notebooks/.ipynb_checkpoints/", FileState.UNTRACKED),))
            ),
            PASSED,
            "All files are committed.",
        ),
        (check_branch(state()), PASSED, "The branch is main."),
        (check_branch(state(branch=None)), FAILED, "The head is detached"),
        (check_branch(state(operation=Operation.REBASE)), FAILED, "A rebase is not ended."),
        (
            check_branch(state(branch="topic", remote=ORIGIN)),
            WARNED,
            "releases are usually made of main",
        ),
        (check_branch(state(remote=ORIGIN)), PASSED, "The branch is main."),
        (
            check_identity(state(identity=Identity("Jo", "jo@example.org"))),
            PASSED,
            "Jo <jo@example.org>",
        ),
        (
            check_identity(state(missing_identity=("user.name", "user.email"))),
            FAILED,
            "Git lacks user.name and user.email.",
        ),
        (check_remote(state(), None), WARNED, "There is no remote to push to"),
        (
            check_remote(state(remotes=("a", "b")), None),
            WARNED,
            "There is no remote of a, b to push to",
        ),
        (
            check_remote(state(remote=ORIGIN), "it is away."),
            WARNED,
            "origin has cannot be asked: it is away.",
        ),
        (
            check_remote(state(remote=ORIGIN, behind=2, ahead=1), None),
            FAILED,
            "origin has 2 commits that",
        ),
        (
            check_remote(state(remote=ORIGIN, behind=0, ahead=1), None),
            PASSED,
            "; with the release go 1 commit.",
        ),
        (
            check_remote(state(remote=ORIGIN), None, has_moved=True),
            FAILED,
            "origin has commits that are not here.",
        ),
        (check_remote(state(remote=ORIGIN), None), PASSED, "The branch has all that origin has."),
        (check_tag("v1.0.0", (), None), PASSED, "v1.0.0 is free."),
        (check_tag("v1.0.0", (), RemoteRefs(None, None)), PASSED, "v1.0.0 is free."),
        (
            check_tag("v1.0.0", (Tag("v1.0.0", "a", "a"),), None),
            FAILED,
            "a tag v1.0.0 here already",
        ),
        (
            check_tag("v1.0.0", (), RemoteRefs(None, "b")),
            FAILED,
            "a tag v1.0.0 on the remote already",
        ),
        (check_notes("- One", "v1.0.0", is_shallow=False), PASSED, "what changed since v1.0.0"),
        (
            check_notes("", None, is_shallow=False),
            WARNED,
            "Nothing to tell changed in this repository.",
        ),
        (check_notes("- One", "v1.0.0", is_shallow=True), WARNED, "The clone is shallow"),
    ],
)
def test_check_says_what_speaks_against_a_release(
    check: Check, status: CheckStatus, words: str
) -> None:
    assert check.status is status
    assert words in check.message
    assert bool(check.fix) is (status is not PASSED)


def reference(tag: str) -> Reference:
    return Reference(
        "a.yaml", "image", f"example.com/us/train:{tag}", "example.com/us/train:v1.3.0"
    )


def test_check_references_names_those_of_another_version() -> None:
    check = check_references([reference("v1.2.0"), reference("1.1.0")], [], "1.2.0")

    assert check.status is WARNED
    assert check.message == "Not of version 1.2.0: a.yaml names example.com/us/train:1.1.0."


def test_check_references_calls_all_stale_before_the_first_release() -> None:
    check = check_references([reference("v1.2.0")], [], None)

    assert check.message.startswith("Not of any release: a.yaml")


def test_check_references_names_files_that_cannot_be_read() -> None:
    check = check_references([reference("v1.2.0")], ["b.yaml cannot be read."], "1.2.0")

    assert (check.status, check.message) == (WARNED, "b.yaml cannot be read.")


def test_check_references_passes_when_all_are_of_the_version() -> None:
    assert check_references([reference("1.2.0")], [], "1.2.0").status is PASSED


def test_listed_shows_a_few() -> None:
    assert listed([*"abcdefg"]) == "a, b, c, d, e, and 2 more"


@pytest.mark.parametrize(
    ("check", "fix"),
    [
        (check_branch(state(branch=None)), "git switch BRANCH."),
        (check_branch(state(branch=None, remote=ORIGIN)), "git switch main."),
        (check_branch(state(operation=Operation.MERGE)), "git merge --abort."),
        (check_branch(state(operation=Operation.BISECT)), "git bisect reset."),
        (check_remote(state(remotes=("a", "b")), None), "git push --set-upstream REMOTE main; or"),
        (check_remote(state(remote=ORIGIN, behind=1), None), "git pull --rebase origin main."),
    ],
)
def test_check_says_what_to_type(check: Check, fix: str) -> None:
    assert fix in check.fix


def test_check_tree_says_which_settings_were_not_followed() -> None:
    check = check_tree(
        state(changed=(changed("a", FileState.MODIFIED),), held_back=("filter.x.clean",))
    )

    assert "filter.x.clean" in check.fix
    assert "aidevsecops.trusted" in check.fix


def test_fixes_name_a_command_and_where_to_click() -> None:
    nobody = check_identity(state(missing_identity=("user.email",)))
    nowhere = check_remote(state(), None)

    assert 'git config user.email "…"' in nobody.fix
    assert "Git panel" in nobody.fix
    assert "git remote add origin URL" in nowhere.fix
    assert "Git > Manage Remote Repositories" in nowhere.fix
