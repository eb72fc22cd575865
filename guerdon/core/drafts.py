"""The life of a draft of a programme: changed, looked at by a second person, approved or returned, published."""

from collections.abc import Collection
from typing import Final, Literal

from guerdon.core import errors

DRAFT_STATE_WRONG = errors.declare("clash", "draft_state_wrong", "state", "known")
OWN_DRAFT = errors.declare("forbidden", "own_draft")
DRAFT_NOT_APPROVED = errors.declare("clash", "draft_not_approved", "state")
DRAFT_WORDS_MISSING = errors.declare("invalid", "draft_words_missing")

State = Literal["open", "in_review", "approved", "published", "discarded"]
Verb = Literal["begin", "edit", "rebase", "submit", "approve", "send_back", "publish", "discard"]

ALIVE: Final[tuple[State, ...]] = ("open", "in_review", "approved")
# In which states a verb is possible, and where it leads. What is changed has to be looked at again.
WAYS: Final[dict[Verb, tuple[tuple[State, ...], State]]] = {
    "edit": (ALIVE, "open"),
    "rebase": (ALIVE, "open"),
    "submit": (("open",), "in_review"),
    "approve": (("in_review",), "approved"),
    "send_back": (("in_review", "approved"), "open"),
    "publish": (ALIVE, "published"),
    "discard": (ALIVE, "discarded"),
}
AUTHORING: Final[frozenset[Verb]] = frozenset({"begin", "edit", "rebase", "submit"})  # whoever did so is no second one


def after(
    verb: Verb, state: State, *, actor: str, authors: Collection[str], why: str = "", review: bool = False
) -> State:
    """Where the verb leads. `authors` are the ids of those who made the draft, `review` that a second one is asked.

    Raises `draft_state_wrong`, `own_draft`, `draft_not_approved`, and `draft_words_missing` for a return without words.
    """
    possible, to = WAYS[verb]
    if state not in possible:
        raise DRAFT_STATE_WRONG(state=state, known=", ".join(possible))
    if verb == "approve" and actor in authors:
        raise OWN_DRAFT()
    if verb == "send_back" and not why.strip():
        raise DRAFT_WORDS_MISSING()
    if verb == "publish" and review and state != "approved":
        raise DRAFT_NOT_APPROVED(state=state)
    return to
