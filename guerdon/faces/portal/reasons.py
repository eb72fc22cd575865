"""Why points moved, as members are told it: by names of that time, without numbers, keys and ids of the house."""

from collections.abc import Iterable, Sequence
from typing import Final

from guerdon.core.activities import PURCHASE, RETURN, Activity
from guerdon.core.programme import Programme
from guerdon.faces.api.balances import PostingView
from guerdon.faces.portal import own
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.insight import purposes
from guerdon.kit import ids

PASSED: Final = ("pool_in", "pool_out", "merge_in", "merge_out")
WHOLE: Final = (*PASSED, "transfer_in", "transfer_out")  # what moves lot by lot, and is told as one
_OTHER_SIDE: Final = {"transfer_out": "to", "transfer_in": "from"}  # by which fact an entry names the other member


def paid(told: Activity) -> int:
    """What a purchase came to, in minor units of its currency: all of its lines without their discounts."""
    return sum([line.net for line in told.goods])


class Reasons:
    """The reasons of some postings: what they need is read once for all of them."""

    def __init__(self, visit: Visit, pen: Pen, postings: Sequence[PostingView]) -> None:
        self._visit, self._pen = visit, pen
        told = sorted({ids.read("activity", one.activity) for one in postings if one.activity is not None})
        self.entries = activities.named(visit.store, visit.programme_id, told)
        self._purposes = purposes.of(visit.store, visit.book, self.entries.values())
        self._names = self._others(postings)

    def of(self, one: PostingView) -> str:
        """Why the posting is there."""
        entry = self._entry(one)
        if one.kind in PASSED:
            return self._passed(one)
        if one.kind == "earn":
            return self._earned(one, entry)
        if one.kind == "expire":  # the day is all that it says
            return one.explanation.why[0] if one.explanation is not None else ""
        purpose = self._purposes.get(entry.activity_id) if entry is not None else None
        if purpose is not None and one.kind in ("burn", "reinstate"):
            name = self._pen.tongue.named(purpose.names)
            return self._visit.say(f"portal_activity.{one.kind}_{purpose.of}", name=name)
        if one.kind == "claw_back" and entry is not None and entry.activity.kind == RETURN:
            return self._visit.say("portal_activity.claw_back_goods")
        return self._visit.say(f"portal_activity.{one.kind}", name=self._name(one, entry))

    def what(self, one: PostingView) -> str:
        """The purchase that earned it, by its sum; nothing where the reason says what happened."""
        entry = self._entry(one)
        if one.kind != "earn" or entry is None or entry.activity.kind != PURCHASE or not entry.activity.goods:
            return ""
        money = self._pen.money(paid(entry.activity), entry.activity.currency)
        return self._visit.say("portal_activity.purchase", money=money)

    def _entry(self, one: PostingView) -> Recorded | None:
        """What happened for the posting to be there."""
        return None if one.activity is None else self.entries.get(ids.read("activity", one.activity))

    def _name(self, one: PostingView, entry: Recorded | None) -> str:
        """What the sentence of the kind names: the other member, the reason, or the good cause."""
        if entry is None:
            return ""
        facts, law = entry.activity.facts, self._law(entry)
        if one.kind in _OTHER_SIDE:
            known = self._names.get(str(facts.get(_OTHER_SIDE[one.kind], "")))
            return known or self._visit.say("portal_activity.somebody")
        if one.kind in ("adjust_up", "adjust_down"):
            reason = law.adjustments.reasons.get(str(facts.get("reason", "")))
            return str(facts.get("reason", "–")) if reason is None else self._pen.tongue.named(reason.name)
        cause = law.causes.get(str(facts.get("cause", "")))
        return self._visit.say("portal_activity.cause") if cause is None else self._pen.tongue.named(cause.name)

    def _law(self, entry: Recorded) -> Programme:
        """The programme under which it was decided."""
        version = entry.decision.version
        known = 1 <= version <= len(self._visit.book.versions)
        return self._visit.book.law(version).programme if known else self._visit.programme

    def _earned(self, one: PostingView, entry: Recorded | None) -> str:
        """By the names of the rules that gave them; where none did, by what happened."""
        if entry is None:
            return self._visit.say("portal_activity.earn")
        shares = () if one.explanation is None else one.explanation.shares
        names = {rule.key: self._pen.tongue.named(rule.name) for rule in self._law(entry).rules}
        told = list(dict.fromkeys([names[share.rule] for share in shares if share.rule in names]))
        if told:
            return self._pen.tongue.all_of(told)
        purpose = self._purposes.get(entry.activity_id)
        return self._visit.say(f"portal_activity.earn_{purpose.of}" if purpose else "portal_activity.earn")

    def _passed(self, one: PostingView) -> str:
        """Between which accounts points passed, as their owners call them; others' accounts have no names."""
        whose = one.person
        side = "home" if whose is None else "mine" if whose == own.shown(self._visit) else "other"
        word = one.kind if one.kind.startswith("merge") else f"{one.kind}_{side}"
        return self._visit.say(f"portal_activity.{word}")

    def _others(self, postings: Iterable[PostingView]) -> dict[str, str]:
        """How members are called who sent or were sent points: as at a till, by the first name and one letter."""
        sides = [(self._entry(one), _OTHER_SIDE[one.kind]) for one in postings if one.kind in _OTHER_SIDE]
        facts = {str(entry.activity.facts[side]) for entry, side in sides if entry and side in entry.activity.facts}
        return own.names(self._visit, facts)
