"""Drafts: each verb from each state leads where the table says, and a second person is another one."""

from typing import get_args

import pytest

from guerdon.core import drafts
from guerdon.core.drafts import ALIVE, WAYS, State
from guerdon.core.errors import Refusal


@pytest.mark.parametrize("state", get_args(State))
@pytest.mark.parametrize("verb", WAYS)
def test_every_verb_from_every_state(verb, state):
    possible, to = WAYS[verb]
    if state in possible:
        assert drafts.after(verb, state, actor="emil", authors=["ann"], why="typo") == to
    else:
        with pytest.raises(Refusal, match="draft_state_wrong"):
            drafts.after(verb, state, actor="emil", authors=["ann"], why="typo")


def test_nobody_approves_their_own_and_everything_else_they_may():
    with pytest.raises(Refusal, match="own_draft"):
        drafts.after("approve", "in_review", actor="emil", authors=["ann", "emil"])
    for verb in ("edit", "submit", "publish", "discard"):
        assert drafts.after(verb, "open", actor="emil", authors=["emil"]) == WAYS[verb][1]


def test_who_sends_back_says_why():
    with pytest.raises(Refusal, match="draft_words_missing"):
        drafts.after("send_back", "in_review", actor="emil", authors=[], why=" ")


@pytest.mark.parametrize("state", ALIVE)
def test_where_a_second_one_is_asked_only_what_is_approved_is_published(state):
    assert drafts.after("publish", state, actor="emil", authors=[]) == "published"
    if state == "approved":
        assert drafts.after("publish", state, actor="emil", authors=[], review=True) == "published"
    else:
        with pytest.raises(Refusal, match="draft_not_approved"):
            drafts.after("publish", state, actor="emil", authors=[], review=True)
