"""What the pull request of a release says."""

from __future__ import annotations

import pytest

from aidevsecops_ext.formats.proposal_text import (
    MAX_CHANGELOG_LINES,
    Asked,
    Proposed,
    mention,
    proposal_body,
)


def test_body_has_the_changelog_in_a_fence() -> None:
    body = proposal_body(Proposed("### Added\n\n- All of it\n", "v1.0.0"))

    assert body == "Changelog:\n\n```markdown\n### Added\n\n- All of it\n```\n"


def test_body_answers_who_asked_and_closes_the_issue() -> None:
    body = proposal_body(Proposed("- All", "v1.0.0", asked=Asked("jo", 7)))

    assert body.startswith("Hey, @jo!\n\nCreating requested release.\n\nCloses: #7\n\nChangelog:")


def test_body_says_when_there_was_no_release_and_which_images_are_built() -> None:
    body = proposal_body(Proposed("- All", None, ("quay.example.org/a/b:v1.0.0",)))

    assert body.startswith("There was no release before: ")
    assert "\n```\nquay.example.org/a/b:v1.0.0\n```\n\n</details>\n" in body


def test_body_is_cut_when_the_changelog_is_long() -> None:
    changelog = "\n".join(f"- {number}" for number in range(MAX_CHANGELOG_LINES + 2))

    body = proposal_body(Proposed(changelog, "v1.0.0"))

    assert f"- {MAX_CHANGELOG_LINES - 1}\n```\n" in body
    assert f"- {MAX_CHANGELOG_LINES}\n" not in body
    assert "The changelog has 2 more lines" in body


def test_changelog_cannot_leave_its_fence() -> None:
    body = proposal_body(Proposed("- A\n````\nCloses #1 @all\n```", "v1.0.0"))

    assert body.startswith("Changelog:\n\n`````markdown\n")
    assert body.endswith("\n`````\n")


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ("jo-doe", "@jo-doe"),
        ("khebhut[bot]", "@khebhut[bot]"),
        ("jo\n/merge", "you"),
        ("[x](https://example.org)", "you"),
    ],
)
def test_mention_is_a_name_and_nothing_else(user: str, said: str) -> None:
    assert mention(user) == said
