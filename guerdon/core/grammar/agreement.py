"""What the parts of a programme agree on, looked at where all of them could be read."""

from math import prod

from guerdon.core import activities, documents, effects, limits, money, rules
from guerdon.core.cards import GiftCards
from guerdon.core.expiry import Sliding
from guerdon.core.grammar.mysteries import prizes_fit
from guerdon.core.grammar.rules import nodes
from guerdon.core.grammar.shapes import At
from guerdon.core.programme import Programme
from guerdon.core.rewards import VOUCHER_OF


def fits(value: Programme, at: At) -> bool:
    """Whether the parts agree; each disagreement is told, and doubts only where there is none."""
    at.scope.compared = True
    looks = (
        _cards_fit, _groups_fit, _lives_fit, _confirmable, _windows_fit, _prices_spendable, _rewards_given, prizes_fit,
        _conversions_end, _conditions_fit, _waits_fit,
    )  # fmt: skip
    agreed = [look(value, at) for look in looks]
    return all(agreed) and _all_given(value, at)


def _windows_fit(value: Programme, at: At) -> bool:
    """A household climbs too, and has no day of joining."""
    whole = True
    for ladder in value.tiers if value.households is not None else ():
        if ladder.window == "membership_year":
            told = "Who shares a household's balance climbs with it, and nobody joined on the same day."
            place = at.under("tiers").under(ladder.key).under("window")
            place.wrong("no_one_membership", told, "write calendar_year or rolling")
            whole = False
    return whole


def _conversions_end(value: Programme, at: At) -> bool:
    """What is converted becomes something, and never what is converted itself: that would have no end."""
    whole = True
    answered = any(activities.CONVERTED in rule.when for rule in value.rules)
    for unit in value.units.values():
        if unit.converts_at is not None and not answered:
            told = f"No rule says what “{unit.code}” become."
            at.under("units").under(unit.code).under("converts_at").wrong(
                "converts_to_nothing", told, "write a rule with “when: converted”, or leave it out"
            )
            whole = False
    for rule in value.rules:
        for place, effect in enumerate(rule.then):
            if activities.CONVERTED in rule.when and value.units[effect.unit].converts_at is not None:
                told = f"“{effect.unit}” is converted itself, so this could go on for ever."
                here = at.under("rules").under(rule.key).under("then").under(place)
                here.wrong("converts_again", told, "give another unit")
                whole = False
    return whole


def _prices_spendable(value: Programme, at: At) -> bool:
    """Only what can be spent is a price."""
    whole = True
    for reward in value.rewards.values():
        for place, price in enumerate(reward.prices):
            for code in price.points:
                if not value.units[code].spendable:
                    here = at.under("rewards").under(reward.key).under("prices").under(place).under("points")
                    told = f"Members can't spend “{code}”; it is only counted."
                    here.under(code).wrong("never_spent", told, "name a unit that is redeemable, or money")
                    whole = False
    return whole


def _rewards_given(value: Programme, at: At) -> bool:
    """A reward names a voucher of its own kind, and gives a gift card that this programme can have."""
    whole = True
    for reward in value.rewards.values():
        here = at.under("rewards").under(reward.key)
        named = value.given_by(reward)
        if named is not None and named.kind != VOUCHER_OF[reward.kind]:
            told = f"The voucher “{reward.voucher}” gives {named.kind}; a reward of the kind {reward.kind} does not."
            here.under("voucher").wrong("voucher_unfit", told, f"name one that gives {VOUCHER_OF[reward.kind]}")
            whole = False
        if reward.gives == "gift_card" and not _card_fits(reward.amount or 0, value.gift_cards, here):
            whole = False
    return whole


def _card_fits(amount: int, policy: GiftCards | None, at: At) -> bool:
    if policy is None:
        told = "The programme has no gift cards that it could give."
        at.under("kind").wrong("no_gift_cards", told, "add “gift_cards: {unit: …}”, or write “fulfilment: by_hand”")
        return False
    most = min(policy.balance_max or limits.GIFT_CARD_MAX, limits.GIFT_CARD_MAX)
    if amount > most:
        at.under("amount").wrong(
            "too_large", "A gift card can't hold so much.", "write less, or a larger “balance_max”"
        )
        return False
    return True


def _cards_fit(value: Programme, at: At) -> bool:
    """What gift cards hold is counted as the programme's money is."""
    if value.gift_cards is None:
        return True
    unit, decimals = value.units[value.gift_cards.unit], money.decimals(value.currency)
    if unit.kind == "money" and unit.scale == decimals:
        return True
    told = f"Gift cards hold money; “{unit.code}” is {unit.kind} with {unit.scale} decimals."
    hint = f"name a unit of the kind money with {decimals} decimals"
    at.under("gift_cards").under("unit").wrong("unit_not_money", told, hint)
    return False


def _groups_fit(value: Programme, at: At) -> bool:
    """All combinations of the groups' rules are tried at every decision, so their number is bounded."""
    whole = True
    kinds = dict.fromkeys(kind for rule in value.rules for kind in rule.when)
    for kind in kinds:
        rivals: dict[str, list[rules.Rule]] = {}
        for rule in value.rules:
            if rule.group is not None and kind in rule.when:
                rivals.setdefault(rule.group, []).append(rule)
        combinations = prod(len(group) for group in rivals.values())
        if combinations > limits.COMBINATIONS_MAX:
            largest = max(rivals.values(), key=len)
            sizes = ", ".join(f"{name} ({len(group)})" for name, group in rivals.items())
            told = (
                f"The groups that “{kind}” triggers have {combinations} combinations"
                f" ({sizes}); {limits.COMBINATIONS_MAX} are possible."
            )
            at.under("rules").under(largest[-1].key).under("group").wrong(
                "too_many_combinations",
                told,
                "put fewer rules into groups, or rules of several groups into one",
            )
            whole = False
    return whole


def _conditions_fit(value: Programme, at: At) -> bool:
    """A purchase may be held against every condition there is, some of them on each of its lines."""
    asked = sum(nodes(rule.condition, rule.where) for rule in value.rules)
    asked += sum(nodes(offer.condition, offer.where) for offer in value.vouchers.values())
    asked += sum(nodes(reward.condition, None) for reward in value.rewards.values())
    if asked <= limits.CONDITIONS_MAX:
        return True
    told = f"The programme has {asked} conditions in all; {limits.CONDITIONS_MAX} are possible."
    at.under("rules").wrong("too_many", told, "ask for tiers or segments instead of long lists of conditions")
    return False


def _waits_fit(value: Programme, at: At) -> bool:
    """What can be spent while somebody waits says nothing where nobody waits."""
    if value.address_wait_hours or not value.address_wait_free:
        return True
    told = "Nobody waits after a new address, so nothing can be free meanwhile."
    at.under("address_wait_free").wrong("either_or", told, "add “address_wait_hours: 24”, or leave it out")
    return False


def _lives_fit(value: Programme, at: At) -> bool:
    """Points that slide move all together, so a rule can neither keep its own from it nor let them slide alone."""
    whole = True
    for rule in value.rules:
        units = [value.units[effect.unit] for effect in rule.then]
        slide = next((unit.code for unit in units if isinstance(unit.expires, Sliding)), None)
        if rule.expires is None or (slide is None and not isinstance(rule.expires, Sliding)):
            continue
        told = (
            f"All points of “{slide}” slide with every earn and burn, those of this rule too."
            if slide is not None
            else "Only all points of a unit can slide, not those of one rule."
        )
        at.under("rules").under(rule.key).under("expires").wrong(
            "slides_together", told, "give these points a unit of their own, with this life"
        )
        whole = False
    return whole


def _confirmable(value: Programme, at: At) -> bool:
    """Only a purchase can be confirmed, so points for anything else would wait in vain."""
    whole = True
    for rule in value.rules:
        other = next((kind for kind in rule.when if kind != activities.PURCHASE), None)
        vests = [rule.vesting or value.units[effect.unit].vesting for effect in rule.then]
        awaited = next((one.activity for one in vests if one.activity is not None), None)
        if other is None or awaited is None:
            continue
        told = f"The points for “{other}” would wait for “{awaited}”, but only a purchase can be confirmed."
        at.under("rules").under(rule.key).under("when").wrong(
            "never_confirmed", told, "give the rule a “vesting” of its own, like {days: 0}"
        )
        whole = False
    return whole


def _all_given(value: Programme, at: At) -> bool:
    """Doubts, not errors: multipliers without anything to multiply, units that nothing gives."""
    based = {(effect.unit, kind) for rule in value.rules for effect in rule.then for kind in rule.when
             if isinstance(effect, effects.Base)}  # fmt: skip
    for rule in value.rules:
        for place, effect in enumerate(rule.then):
            if isinstance(effect, effects.Multiply) and not any((effect.unit, kind) in based for kind in rule.when):
                told = f"No rule gives “{effect.unit}” per money or piece for {documents.listed(rule.when)}."
                at.under("rules").under(rule.key).under("then").under(place).wrong(
                    "nothing_to_multiply", told, "add a rule with “points” or “per_piece”"
                )
    given = {effect.unit for rule in value.rules for effect in rule.then}
    for code, unit in value.units.items():
        if code not in given and unit.kind in ("redeemable", "qualifying"):
            told = f"No rule gives “{code}”; only adjustments can."
            at.under("units").under(code).wrong(
                "unit_never_given", told, "add a rule or leave the unit out", of_key=True
            )
    if value.hold_out is not None and not any(rule.campaign for rule in value.rules):
        told = "No rule is a campaign, so those who are held out have what all others have, and nothing can be told."
        at.under("hold_out").wrong("no_campaigns", told, "write “campaign: true” in the rules that are", of_key=True)
    return True
