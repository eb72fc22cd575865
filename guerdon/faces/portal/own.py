"""What is the visitor's own: whatever an address names, it has to be in an account of theirs, or it is not there."""

from collections.abc import Iterable

from guerdon.core import redemptions as redemptions_law
from guerdon.core import vouchers as vouchers_law
from guerdon.engine import showing
from guerdon.faces.api import namesakes
from guerdon.faces.api import redemptions as api
from guerdon.faces.api.redemptions import RedemptionView
from guerdon.faces.asking import ask
from guerdon.faces.visits import Visit
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.members import queries as members
from guerdon.features.memberships import queries as memberships
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.transfers import queries as transfers
from guerdon.features.vouchers import queries as vouchers
from guerdon.kit import ids


def shown(visit: Visit) -> str:
    """The member's id as the API writes it."""
    assert visit.member_id is not None
    return ids.show("member", visit.member_id)


def accounts(visit: Visit) -> frozenset[str]:
    """The accounts in which something of the member's can be: the own one, the household's, those merged into it."""
    assert visit.member_id is not None
    member = members.get(visit.store, visit.programme_id, visit.member_id)
    own = {member.id, member.account_id}
    followers = members.followers_of(visit.store, sorted(own))
    return frozenset(own.union(*followers.values()))


def names(visit: Visit, members_shown: Iterable[str]) -> dict[str, str]:
    """How other members are called, by their ids as the API writes them: as at a till, first name and one letter.

    Who has said no name, or is no single person, is not there.
    """
    who = sorted({ids.read("member", one) for one in members_shown})
    found = showing.persons(visit.store, visit.programme_id, who, None, now=visit.now) if who else {}
    return {ids.show("member", id): namesakes.greeting(one.name) for id, one in found.items() if one.name}


def redemption(visit: Visit, id: str) -> RedemptionView:
    """A redemption of the member's. Raises `redemption_unknown`."""
    found = redemptions.one(visit.store, visit.programme_id, ids.read("redemption", id))
    if found.account_id not in accounts(visit):
        raise redemptions_law.REDEMPTION_UNKNOWN(id=id)
    told: RedemptionView = ask(visit, api.read, id).redemption
    return told


def activity(visit: Visit, id: str) -> Recorded:
    """What the member did, or what was done in the account. Raises `activity_unknown`."""
    found = activities.one(visit.store, visit.programme_id, ids.read("activity", id))
    if found.account_id not in accounts(visit):
        raise activities.ACTIVITY_UNKNOWN(id=id)
    return found


def transfer(visit: Visit, id: str, *, received: bool) -> str:
    """The id of a transfer that the member sent, or was sent. Raises `transfer_unknown`."""
    found = transfers.one(visit.store, visit.programme_id, ids.read("transfer", id))
    if (found.receiver if received else found.sender) not in accounts(visit):
        raise transfers.TRANSFER_UNKNOWN(id=id)
    return id


def membership(visit: Visit, id: str) -> str:
    """The id of a membership that the member holds. Raises `membership_unknown`."""
    found = memberships.one(visit.store, visit.programme_id, ids.read("membership", id))
    if found.account_id not in accounts(visit):
        raise memberships.MEMBERSHIP_UNKNOWN(id=id)
    return id


def voucher(visit: Visit, code: str) -> str:
    """The code of a voucher that the member was given. Raises `voucher_unknown`."""
    stored = vouchers_law.stored(code)
    found = vouchers.one(visit.store, visit.programme_id, stored)
    if found.account_id not in accounts(visit):
        raise vouchers_law.VOUCHER_UNKNOWN(code=code)
    return stored
