"""The bot: who may ask, what is done, what is answered, and that nothing is done again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from aidevsecops_ext.app.forge_ports import NewPullRequest
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    UserError,
)
from aidevsecops_ext.domain.forge import IssueComment, PullRequestState
from aidevsecops_ext.domain.repository import Commit
from tests.kits.bots import Bot


@pytest.fixture
def bot() -> Bot:
    return Bot()


def down() -> OutsideFailedError:
    return OutsideFailedError(ErrorCode.RELEASE_REMOTE_UNREACHABLE, "The forge is down.")


def test_release_becomes_a_pull_request_that_closes_the_issue(bot: Bot) -> None:
    issue = bot.forge.ask("New minor release", "JO")

    assert bot.run() == [(1, "done", False)]
    (opened,) = bot.forge.requests
    assert opened.title == "Release of version 1.1.0"
    assert (opened.source_branch, opened.labels) == ("v1.1.0", ("bot",))
    assert opened.body.startswith("Hey, @JO!\n\nCreating requested release.\n\nCloses: #1\n")
    assert bot.forge.said(1)[0].startswith("Version 1.1.0 is proposed in #2.\n\n<!-- aidevsecops")
    assert bot.forge.issue(issue.number, bot.cancel).is_open


def test_nothing_is_done_or_said_again(bot: Bot) -> None:
    bot.forge.ask("New minor release")
    bot.run()

    again = bot.run()

    assert again == [(1, "waiting", False)]
    assert len(bot.forge.requests) == 1
    assert len(bot.forge.said(1)) == 1


@pytest.mark.parametrize(
    ("state", "outcome", "said"),
    [
        (PullRequestState.MERGED, "done", "#2 was merged."),
        (PullRequestState.CLOSED, "left", "#2 was closed without being merged."),
    ],
)
def test_issue_is_closed_when_its_pull_request_is(
    bot: Bot, state: PullRequestState, outcome: str, said: str
) -> None:
    bot.forge.ask("New minor release")
    bot.run()
    bot.forge.settle(2, state)

    assert bot.run() == [(1, outcome, True)]
    assert said in bot.forge.said(1)[-1]
    assert bot.run() == []


@pytest.mark.parametrize("author", ["eve", "stranger", "jo\n", "ann"])
def test_who_is_no_maintainer_is_answered_and_the_issue_closed(bot: Bot, author: str) -> None:
    bot.forge.ask("New minor release", author)

    assert bot.run() == [(1, "refused", True)]
    assert "nothing was done. It may be asked for by `Jo`, `sam`." in bot.forge.said(1)[0]
    assert bot.forge.requests == []


@pytest.mark.parametrize(("author", "outcome"), [("Ann", "done"), ("eve", "refused")])
def test_approvers_may_ask_where_there_are_no_maintainers(
    bot: Bot, author: str, outcome: str
) -> None:
    bot.forge.ask("Kebechet info", author)

    assert bot.run() == [(1, outcome, True)]


@pytest.mark.parametrize(("author", "outcome"), [("jo", "done"), ("eve", "refused")])
def test_who_may_push_may_ask_where_nobody_is_named(bot: Bot, author: str, outcome: str) -> None:
    del bot.texts["OWNERS"]
    bot.forge.ask("Kebechet info", author)

    assert bot.run() == [(1, outcome, True)]
    if outcome == "refused":
        assert "those who may push to the repository." in bot.forge.said(1)[0]


def test_account_that_is_gone_may_not_ask(bot: Bot) -> None:
    del bot.texts["OWNERS"]
    bot.forge.ask("Kebechet info", "ghost")
    bot.forge.fail("can_write", NotFoundError(ErrorCode.RELEASE_NONE, "No such account."))

    assert bot.run() == [(1, "refused", True)]


def test_one_release_is_made_in_a_run_and_duplicates_are_closed(bot: Bot) -> None:
    bot.forge.ask("New minor release", "stranger")
    bot.forge.ask("new MINOR release")
    bot.forge.ask("New minor release")
    bot.forge.ask("New patch release")

    assert bot.run() == [
        (1, "refused", True),
        (2, "done", False),
        (3, "duplicate", True),
        (4, "waiting", False),
    ]
    assert "The same is asked for in #2." in bot.forge.said(3)[0]
    assert bot.forge.said(4) == []
    assert [one.title for one in bot.forge.requests] == ["Release of version 1.1.0"]
    assert bot.run() == [(2, "waiting", False), (4, "waiting", False)]


def test_other_requests_are_served_beside_a_release(bot: Bot) -> None:
    bot.forge.ask("New minor release")
    bot.forge.ask("Kebechet info", "ann")
    bot.forge.ask("Kebechet update", "ann")

    assert [outcome for _, outcome, _ in bot.run()] == ["done", "done", "done"]


@pytest.mark.parametrize(
    ("author", "outcome"),
    [("jo", "waiting"), ("bot", "waiting"), ("stranger", "done"), ("ghost", "done")],
)
def test_release_waits_for_another_one_of_somebody_who_may_push(
    bot: Bot, author: str, outcome: str
) -> None:
    new = NewPullRequest("Release of version 9.9.9", "Closes: #2", "v9.9.9", "main")
    bot.forge.create_pull_request(new, bot.cancel)
    bot.forge.requests[0] = replace(bot.forge.requests[0], author=author, body="")
    if author == "ghost":
        bot.forge.fail("can_write", NotFoundError(ErrorCode.RELEASE_NONE, "Gone."))
    bot.forge.ask("New minor release")

    assert bot.run() == [(2, outcome, False)]


def test_pull_request_of_a_stranger_says_nothing_of_an_issue(bot: Bot) -> None:
    bot.forge.ask("New minor release")
    new = NewPullRequest("Anything", "Closes: #1", "v1.1.0", "main")
    bot.forge.create_pull_request(new, bot.cancel)
    stranger = replace(bot.forge.requests[0], author="eve", state=PullRequestState.CLOSED)
    bot.forge.requests[0] = stranger

    assert bot.run() == [(1, "done", False)]


def test_hostile_issues_do_nothing(bot: Bot) -> None:
    for title in ("New minor release; rm -rf /", "$(id) release", "1.2.3`id` release", "</title>"):
        bot.forge.ask(title, "jo", "<!-- aidevsecops-bot -->\n/merge\nTag: $(id)")
    bot.forge.ask("9.9.9 release", "[x](https://example.org) @all", "Closes: #1")

    assert bot.run() == [(5, "refused", True)]
    assert bot.forge.said(5)[0].startswith("Hey, you! You are not among")
    assert bot.forge.requests == []


def test_mark_of_somebody_else_does_not_keep_the_bot_from_answering(bot: Bot) -> None:
    bot.forge.ask("New minor release", "stranger")
    bot.run()
    mark = bot.forge.said(1)[0].splitlines()[-1]
    bot.forge.ask("New minor release", "stranger")
    bot.forge.answers[2] = [IssueComment("stranger", mark)]

    bot.run()

    assert len(bot.forge.said(2)) == 2


@pytest.mark.parametrize(
    ("account", "count"), [("github-actions[bot]", 1), ("gitea-actions", 1), ("eve", 2)]
)
def test_bot_knows_its_answers_where_it_may_not_ask_who_it_is(
    bot: Bot, account: str, count: int
) -> None:
    bot.texts["version.py"] = "no version\n"
    bot.forge.ask("New minor release")
    bot.run()
    bot.forge.answers[1][0] = replace(bot.forge.answers[1][0], author=account)
    bot.forge.fail("user", RefusedError(ErrorCode.RELEASE_NO_CREDENTIALS, "Not for jobs."))

    bot.run()

    assert len(bot.forge.said(1)) == count


def test_what_no_manager_does_is_said_once_and_the_issue_stays(bot: Bot) -> None:
    bot.texts[".thoth.yaml"] = "managers: [{name: version, configuration: {enabled: false}}]\n"
    bot.forge.ask("New minor release")

    assert bot.run() == bot.run() == [(1, "left", False)]
    assert len(bot.forge.said(1)) == 1


def test_nothing_is_turned_on_where_there_is_no_file(bot: Bot) -> None:
    del bot.texts[".thoth.yaml"]
    bot.forge.ask("New minor release")

    assert bot.run() == [(1, "left", False)]


def test_images_are_left_to_who_delivers_them(bot: Bot) -> None:
    bot.forge.ask("Deliver Container Image")

    assert bot.run() == [(1, "left", False)]
    assert bot.forge.said(1) == []


def test_dry_run_changes_nothing(bot: Bot) -> None:
    bot.forge.ask("New minor release")
    bot.forge.ask("New minor release", "stranger")
    bot.forge.ask("Kebechet update", "ann")

    assert bot.run(is_dry_run=True) == [
        (1, "planned", False),
        (2, "refused", False),
        (3, "planned", False),
    ]
    assert (bot.forge.requests, bot.forge.answers) == ([], {})
    assert all(issue.is_open for issue in bot.forge.issues)


def test_release_that_cannot_be_made_is_told_once_and_tried_again(bot: Bot) -> None:
    base = bot.git.base
    bot.git.base = replace(base, identity=None, missing_identity=("user.name",))
    bot.forge.ask("New minor release")

    assert bot.run() == bot.run() == [(1, "failed", False)]
    assert len(bot.forge.said(1)) == 1
    assert "It did not work, and nothing was changed:\n\n```\n" in bot.forge.said(1)[0]
    bot.git.base = base
    assert bot.run() == [(1, "done", False)]


def test_version_that_is_not_newer_is_told_and_the_issue_closed(bot: Bot) -> None:
    bot.forge.ask("0.9.0 release")

    assert bot.run() == [(1, "failed", True)]
    assert "0.9.0 does not come after 1.0.0" in bot.forge.said(1)[0]


def test_branch_is_taken_back_when_the_forge_opens_no_pull_request(bot: Bot) -> None:
    bot.forge.ask("New minor release")
    bot.forge.fail("create_pull_request", down())

    assert bot.run() == [(1, "failed", False)]
    assert bot.git.remote is not None
    assert "refs/heads/v1.1.0" not in bot.git.remote
    assert "nothing was changed:\n\n```\nThe forge is down.\n```\n" in bot.forge.said(1)[0]
    assert bot.run() == [(1, "done", False)]


def leave_branch(bot: Bot, *subjects: str) -> None:
    """The branch of version 1.1.0 is on the remote, with those commits."""
    assert bot.git.remote is not None
    bot.git.remote["refs/heads/v1.1.0"] = "left"
    commits = [Commit(f"left{number}", subject) for number, subject in enumerate(subjects)]
    bot.git.asides["left"] = tuple(commits)


def test_branch_of_a_run_that_was_killed_is_no_hindrance(bot: Bot) -> None:
    leave_branch(bot, "Release of version 1.1.0")
    bot.forge.ask("New minor release")

    assert bot.run() == [(1, "done", False)]
    assert bot.git.remote is not None
    assert bot.git.remote["refs/heads/v1.1.0"] in bot.git.aside


@pytest.mark.parametrize(
    "subjects",
    [("Release of version 1.0.9",), ("More", "Release of version 1.1.0"), ("Mine",), ()],
)
def test_branch_with_the_work_of_others_stays(bot: Bot, subjects: tuple[str, ...]) -> None:
    leave_branch(bot, *subjects)
    bot.forge.ask("New minor release")

    assert bot.run() == [(1, "failed", False)]
    assert "has a branch 'v1.1.0' already" in bot.forge.said(1)[0]
    assert bot.git.remote is not None
    assert bot.git.remote["refs/heads/v1.1.0"] == "left"


def test_branch_of_an_open_pull_request_stays(bot: Bot) -> None:
    leave_branch(bot, "Release of version 1.1.0")
    bot.forge.create_pull_request(NewPullRequest("Mine", "", "v1.1.0", "main"), bot.cancel)
    bot.forge.ask("New minor release")

    assert bot.run() == [(2, "failed", False)]


def test_branch_that_cannot_be_looked_at_stays(bot: Bot) -> None:
    leave_branch(bot, "Release of version 1.1.0")
    bot.git.fail("commits", down())
    bot.forge.ask("New minor release")

    assert bot.run() == [(1, "failed", False)]
    assert "has a branch 'v1.1.0' already" in bot.forge.said(1)[0]


def test_branch_that_could_not_be_taken_back_is_told(bot: Bot) -> None:
    bot.forge.ask("New minor release")
    bot.forge.fail("create_pull_request", down())
    bot.git.fail("push", None, down())

    assert bot.run() == [(1, "failed", False)]
    assert bot.run() == [(1, "failed", False)]
    assert "is not done" in bot.forge.said(1)[-1]


def test_people_are_told_when_no_pull_request_can_be_opened(bot: Bot) -> None:
    bot.forge.ask("New minor release")
    bot.forge.fail("create_pull_request", RefusedError(ErrorCode.RELEASE_NO_CREDENTIALS, "No."))

    assert bot.run() == [(1, "done", False)]
    assert "Open it yourself at https://example.org/group/a/compare/" in bot.forge.said(1)[0]


def test_update_is_a_pull_request_with_the_locks_that_change(bot: Bot) -> None:
    bot.forge.ask("Kebechet update", "ann")

    assert bot.run() == [(1, "done", False)]
    (opened,) = bot.forge.requests
    assert (opened.title, opened.source_branch, opened.target_branch) == (
        "Automatic update of dependencies",
        "aidevsecops-update-1",
        "main",
    )
    assert opened.labels == ("bot", "deps")
    assert opened.body.startswith("Closes: #1\n\n```\noverlays/train\n\nsix 1.16 → 1.17\n```\n")
    assert "nb.ipynb\n\nrich 1.0 → 2.0" in opened.body
    assert bot.git.remote is not None
    tree = bot.git.aside[bot.git.remote["refs/heads/aidevsecops-update-1"]]
    assert "==1.17" in tree["overlays/train/Pipfile.lock"]
    assert "==2.0" in tree["nb.ipynb"]
    assert bot.texts["nb.ipynb"] != tree["nb.ipynb"]
    assert bot.run() == [(1, "waiting", False)]


def test_update_is_of_the_environments_that_the_manager_looks_after(bot: Bot) -> None:
    bot.texts[".thoth.yaml"] = bot.texts[".thoth.yaml"].replace(
        "[bot, deps]", "[], env_disallow_list: [train]"
    )
    bot.forge.ask("Kebechet Advise", "ann")

    bot.run()

    assert "six" not in bot.forge.requests[0].body


def test_update_says_when_all_is_new_and_closes_the_issue(bot: Bot) -> None:
    bot.resolver.versions = {"six": "1.16", "rich": "1.0"}
    bot.forge.ask("Kebechet update", "ann")

    assert bot.run() == [(1, "done", True)]
    assert bot.forge.said(1)[0].startswith("2 locks have the newest versions that fit.")


def test_update_says_what_cannot_be_locked(bot: Bot) -> None:
    bot.resolver.error = RefusedError(ErrorCode.LOCK_UNSATISFIABLE, "There is ``` none.")
    bot.texts["broken.ipynb"] = "{"
    bot.commit()
    bot.forge.ask("Kebechet update", "ann")

    assert bot.run() == [(1, "done", False)]
    said = bot.forge.said(1)[0]
    assert said.startswith("Nothing was updated.\n\nThese could not be locked:\n\n````\n")
    assert "overlays/train/Pipfile: There is ``` none." in said
    assert "broken.ipynb: " in said


def test_update_replaces_a_branch_that_was_left_behind(bot: Bot) -> None:
    bot.forge.ask("Kebechet update", "ann")
    bot.forge.fail("create_pull_request", down())

    assert bot.run() == [(1, "failed", False)]
    bot.forge.create_pull_request(NewPullRequest("Mine", "", "other", "main"), bot.cancel)
    assert bot.run() == [(1, "done", False)]
    assert len(bot.forge.requests) == 2


def test_update_leaves_a_branch_that_a_pull_request_has(bot: Bot) -> None:
    bot.forge.ask("Kebechet update", "ann")
    new = NewPullRequest("Mine", "", "other", "main")
    bot.forge.create_pull_request(new, bot.cancel)
    bot.forge.create_pull_request(replace(new, source_branch="aidevsecops-update-1"), bot.cancel)
    assert bot.git.remote is not None
    bot.git.remote["refs/heads/aidevsecops-update-1"] = "x"

    assert bot.run() == [(1, "failed", False)]
    assert bot.git.remote["refs/heads/aidevsecops-update-1"] == "x"


@pytest.mark.parametrize("failing", ["overlay", "notebook"])
def test_bot_is_cancelled_while_it_locks(bot: Bot, failing: str) -> None:
    if failing == "notebook":
        del bot.texts["overlays/train/Pipfile.lock"]
        bot.commit()
    bot.resolver.error = CancelledError()
    bot.forge.ask("Kebechet update", "ann")

    with pytest.raises(CancelledError):
        bot.run()


def test_dependencies_are_told_and_the_issue_closed(bot: Bot) -> None:
    bot.texts["asked.ipynb"] = bot.texts["nb.ipynb"].replace('"requirements_lock"', '"other"')
    bot.texts["broken.ipynb"] = "{"
    bot.texts["odd.ipynb"] = bot.texts["nb.ipynb"].replace("packages", "pack", 1)
    bot.commit()
    bot.forge.ask("Kebechet info", "ann")

    assert bot.run() == [(1, "done", True)]
    said = bot.forge.said(1)[0]
    assert said.startswith("These are the dependencies:\n\n```\noverlays/train\n\n")
    assert "1 packages locked\nsix 1.16\n```" in said
    assert "nb.ipynb\n\nPython 3.11, 1 packages locked\nrich 1.0\n```" in said
    assert "asked.ipynb\n\nPython of any version, no packages locked\nrich (not locked)" in said
    assert "plain.ipynb" not in said
    assert "broken.ipynb\n\n" in said


def test_dependencies_of_what_cannot_be_read_are_told(bot: Bot) -> None:
    bot.texts["overlays/train/Pipfile"] = "["
    bot.texts["nb.ipynb"] = bot.texts["nb.ipynb"].replace("rich", "a b c", 1)
    bot.commit()
    bot.forge.ask("Kebechet info", "ann")

    assert bot.run() == [(1, "done", True)]
    assert "overlays/train" in bot.forge.said(1)[0]


def test_nothing_is_told_where_there_are_no_dependencies(bot: Bot) -> None:
    for path in ("nb.ipynb", "overlays/train/Pipfile", "overlays/train/Pipfile.lock"):
        del bot.texts[path]
    bot.commit()
    bot.forge.ask("Kebechet info", "ann")
    bot.forge.ask("Kebechet update", "ann")

    assert bot.run() == [(1, "done", True), (2, "done", True)]
    assert "Neither notebooks nor overlays" in bot.forge.said(1)[0]
    assert "Nothing is locked here." in bot.forge.said(2)[0]


def test_dependencies_are_not_told_when_the_bot_is_cancelled(bot: Bot) -> None:
    bot.forge.ask("Kebechet info", "ann")
    bot.git.fail("tracked", CancelledError())

    with pytest.raises(CancelledError):
        bot.run()


def test_issue_that_cannot_be_answered_does_not_keep_others_waiting(bot: Bot) -> None:
    bot.forge.ask("New minor release", "stranger")
    bot.forge.ask("Kebechet info", "ann")
    bot.forge.fail("comment", down())

    assert bot.run() == [(1, "failed", False), (2, "done", True)]


def test_cancel_ends_the_run(bot: Bot) -> None:
    bot.forge.ask("New minor release", "stranger")
    bot.forge.fail("comment", CancelledError())

    with pytest.raises(CancelledError):
        bot.run()


ALIASES = "aliases:\n  ops: [Jo, bo]\n  none:\n"


@pytest.mark.parametrize(
    ("owners", "aliases", "author", "outcome"),
    [
        ("approvers: [OPS, ann]", ALIASES, "jo", "done"),
        ("approvers: [ops]", ALIASES, "BO", "done"),
        ("approvers: [ops, ann]", ALIASES, "ann", "done"),
        # An account of that name is nobody's of the group.
        ("approvers: [ops]", ALIASES, "ops", "refused"),
        ("approvers: [ops]", "", "jo", "refused"),
        ('filters: {".*": {approvers: [ann]}, "docs/": {approvers: [eve]}}', "", "ann", "done"),
        ('filters: {".*": {approvers: [ann]}, "docs/": {approvers: [eve]}}', "", "eve", "refused"),
    ],
)
def test_groups_of_approvers_are_those_who_are_in_them(
    bot: Bot, owners: str, aliases: str, author: str, outcome: str
) -> None:
    bot.texts |= {"OWNERS": owners, "OWNERS_ALIASES": aliases}
    bot.forge.ask("Kebechet info", author)

    assert [found for _, found, _ in bot.run()] == [outcome]


def test_nobody_is_served_when_the_groups_of_owners_cannot_be_read(bot: Bot) -> None:
    bot.texts["OWNERS_ALIASES"] = "- a"
    bot.forge.ask("New minor release")

    with pytest.raises(UserError, match="OWNERS_ALIASES cannot be read"):
        bot.run()


@pytest.mark.parametrize("text", ["[", "- a", "approvers: ["])
def test_nobody_is_served_when_owners_cannot_be_read(bot: Bot, text: str) -> None:
    bot.texts["OWNERS"] = text
    bot.forge.ask("New minor release")

    with pytest.raises(UserError) as caught:
        bot.run()

    assert caught.value.code is ErrorCode.BOT_OWNERS_INVALID
    assert bot.forge.answers == {}
