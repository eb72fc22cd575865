"""What callers say of households and what they see of them."""

from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core.activities import Member
from guerdon.core.households import Person
from guerdon.core.ledger import CREDITS
from guerdon.faces.api.views import Repaid
from guerdon.features.households.queries import Invitation
from guerdon.features.members.queries import MemberRow
from guerdon.kit import ids

InvitedRole = Literal["adult", "child"]
SHARES: Final = {
    "brought": {"pool_in", "pool_out"},
    "earned": {"earn", "claw_back", "restore", "adjust_up", "adjust_down", "transfer_in"},
    "burned": {"burn", "reinstate", "donate", "fee", "transfer_out"},
}


class NewHousehold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who founds a household, and is its owner."""

    owner: Member


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is invited as what, and who invites."""

    member: Member
    by: Member
    role: InvitedRole = "adult"


class Departure(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who leaves; where another person says so, it is the owner."""

    member: Member
    by: Member | None = None


class NewRole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be what from now on, and the owner who says so."""

    member: Member
    role: InvitedRole
    by: Member


class HandOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be the owner, and who is by now."""

    to: Member
    by: Member


class BelongingView(msgspec.Struct, frozen=True):
    """A person of a household, as what and since when."""

    member: str
    role: str
    since: datetime


class HouseholdView(msgspec.Struct, frozen=True):
    """A household and its persons; a closed one has none, and leads to whoever was the last."""

    id: str
    state: Literal["open", "closed"]
    founded_at: datetime
    persons: tuple[BelongingView, ...]
    leads_to: str | None


class MovedView(msgspec.Struct, frozen=True):
    """What passed in a unit, in its smallest steps: points that can be spent or wait, and a debt."""

    unit: str
    points: int
    debt: int


class ChangedHousehold(msgspec.Struct, frozen=True, omit_defaults=True):
    """A household after somebody joined, left or became something else; what moved, and the number the journal reached.

    `leaving` says by which rule somebody left: the points stay, the own ones were taken along, or all of them.
    """

    household: HouseholdView
    member: str
    moved: tuple[MovedView, ...]
    repaid: tuple[Repaid, ...]
    seq: int
    leaving: Literal["stay", "take", "all"] | None = None
    dry_run: bool = False


class InvitationView(msgspec.Struct, frozen=True):
    """An invitation as of now; one that nobody took in time has lapsed."""

    id: str
    household: str
    member: str
    role: str
    invited_by: str
    state: Literal["open", "accepted", "declined", "withdrawn", "lapsed"]
    made_at: datetime
    until: datetime
    settled_at: datetime | None


class RecordedInvitation(msgspec.Struct, frozen=True, omit_defaults=True):
    """An invitation."""

    invitation: InvitationView
    dry_run: bool = False


class Invitations(msgspec.Struct, frozen=True):
    """A page of invitations."""

    invitations: tuple[InvitationView, ...]
    next: str | None


class Households(msgspec.Struct, frozen=True):
    """A page of households that are open."""

    households: tuple[HouseholdView, ...]
    next: str | None


class ShareView(msgspec.Struct, frozen=True):
    """What one person has done in a unit, in its smallest steps; `brought` is net of debt and of what went along again.

    `earned` is net of returns and counts points by hand and gifts received, `burned` is net of what came back and
    counts gifts sent.
    """

    unit: str
    brought: int
    earned: int
    burned: int


class StayView(msgspec.Struct, frozen=True):
    """Somebody who belonged to the household as something, from `since` until `until`, null while it lasts."""

    member: str
    role: str
    since: datetime
    until: datetime | None


class HouseholdPerson(msgspec.Struct, frozen=True):
    """A person who belongs or belonged to the household: when, as what, and what was posted in the person's name."""

    member: str
    stays: tuple[StayView, ...]
    totals: tuple[ShareView, ...]


class Persons(msgspec.Struct, frozen=True):
    """All who belong or ever belonged to a household."""

    household: str
    persons: tuple[HouseholdPerson, ...]


def view(row: MemberRow, persons: tuple[Person, ...]) -> HouseholdView:
    return HouseholdView(
        id=ids.show("member", row.id),
        state="open" if row.merged_into is None else "closed",
        founded_at=row.enrolled_at,
        persons=tuple(BelongingView(ids.show("member", one.id), one.role, one.since) for one in persons),
        leads_to=None if row.merged_into is None else ids.show("member", row.merged_into),
    )


def invitation(one: Invitation, at: datetime) -> InvitationView:
    return InvitationView(
        ids.show("invitation", one.id), ids.show("member", one.household_id), ids.show("member", one.person_id),
        one.role, ids.show("member", one.invited_by), one.as_of(at), one.made_at, one.until, one.settled_at,
    )  # fmt: skip


def totals(posted: list[tuple[str, str, str, int]]) -> dict[str, tuple[ShareView, ...]]:
    """What was posted in each name, by person, unit by unit; what a person burned is told as a positive number."""
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for person, unit, kind, points in posted:
        named = sums.setdefault((person, unit), {})
        signed = points if kind in CREDITS else -points
        for name, kinds in SHARES.items():
            if kind in kinds:
                named[name] = named.get(name, 0) + signed
    found: dict[str, list[ShareView]] = {}
    for (person, unit), named in sums.items():
        share = ShareView(unit, named.get("brought", 0), named.get("earned", 0), -named.get("burned", 0))
        found.setdefault(person, []).append(share)
    return {person: tuple(shares) for person, shares in found.items()}
