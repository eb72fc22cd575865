"""What is due next of memberships: renewals, ends of trials and pauses, and last days to pay."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import limits
from guerdon.faces.api import calls, memberships
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply
from guerdon.faces.api.memberships import MembershipView
from guerdon.features.memberships import queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock


class OfPlan(Page, frozen=True, forbid_unknown_fields=True):
    """Which part of the list, of one plan where one is named."""

    plan: Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)] | None = None


class DueView(msgspec.Struct, frozen=True):
    """A membership, and when something is due of it."""

    at: datetime
    membership: MembershipView


class Coming(msgspec.Struct, frozen=True):
    """A page of memberships, the soonest first."""

    memberships: tuple[DueView, ...]
    next: str | None


def list_(call: Call, query: OfPlan) -> Reply:
    """The memberships that something is due of, the soonest first."""
    after = queries.FIRST
    if query.cursor is not None:
        at, account, id = calls.after(query.cursor, tuple[int, str, str])
        after = (at, calls.after_id(calls.cursor(account)), calls.after_id(calls.cursor(id)))
    found = queries.coming(call.store, call.programme_id, plan=query.plan or "", after=after, most=query.limit)
    held = queries.held(call.store, {account for _, account, _ in found})
    by_id = {one.membership.id: one.membership for one in held}
    views = memberships.views_of(call, [by_id[id] for _, _, id in found])
    due = [DueView(clock.instant(at), view) for (at, _, _), view in zip(found, views, strict=True)]
    ends = calls.cursor(*found[-1]) if len(found) == query.limit else None
    return Reply(Coming(tuple(due), ends), next=ends)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/memberships", "members:list", list_, "List what is due of memberships", Coming, query=OfPlan,
        refuses=(calls.CURSOR_INVALID, programmes.PROGRAMME_UNPUBLISHED), tag="Memberships",
        about="The soonest first: renewals, the ends of trials and of pauses, last days to pay. A membership that "
        "nothing is due of, like one for ever, is not in it.",
    ),
)  # fmt: skip
