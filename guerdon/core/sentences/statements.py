"""Rules, effects, limits, units and whole programmes as sentences: one composition for all languages."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from guerdon.core import activities, alerts, conditions, effects, expiry, period, rules, transfers
from guerdon.core.programme import Programme, Unit, Worth
from guerdon.core.sentences import bounds, clauses, consents, ladders, measures, offers, plans, rewards, support
from guerdon.core.sentences.clauses import Speaker, Told
from guerdon.core.sentences.tongue import Tongue
from guerdon.core.vesting import Vesting

# Conditions that read well right after “makes a purchase”, in the order they do.
PHRASES: Final = (
    "basket", "is.store", "is.partner", "is.channel", "is.tender", "is.currency", "weekday", "hour",
    "dates.on", "dates.between", "dates.from", "dates.until",
)  # fmt: skip
SWITCHES: Final = ("tax", "shipping", "fee", "gift_card")


_TWO_STOPS: Final = re.compile(r"(?<!\.)\.\.(?!\.)")  # three are an ellipsis, which somebody meant


def ended(text: str) -> str:
    """A sentence ends with one full stop, even after an abbreviation."""
    return _TWO_STOPS.sub(".", text)


def inside(sentence: str, tongue: Tongue) -> str:
    """A sentence as it stands inside another one."""
    return tongue.small(sentence).rstrip(".")


def joined(told: Sequence[str], tongue: Tongue) -> str:
    """Several sentences as they stand inside another one."""
    return "; ".join(inside(one, tongue) for one in told)


def rule(one: rules.Rule, speaker: Speaker) -> str:
    """The rule as one sentence: when – if – then – limits."""
    when, what = trigger(one, speaker), given(one, speaker)
    limited = "".join(f", {limit}" for limit in limits(one, speaker))
    return ended(speaker.tongue.say("rule", when=when, effects=what, limits=limited))


def trigger(one: rules.Rule, speaker: Speaker) -> str:
    """When it fires: the kinds of activity, then the conditions, as phrases where the language has them."""
    tongue = speaker.tongue
    doing = tongue.any_of([tongue.kind(kind, speaker.programme)["do"] for kind in one.when])
    phrases, others = _sorted(one.condition, speaker)
    after = "".join(tongue.say(f"at.{part.key}", **part.facts) for part in phrases)
    both = clauses.listed(others, speaker)
    return tongue.say("when", doing=doing, phrases=after, clauses=tongue.say("clauses", clauses=both) if both else "")


def _sorted(condition: conditions.Condition | None, speaker: Speaker) -> tuple[list[Told], list[Told]]:
    """The conditions that become phrases, and those that stay clauses."""
    if condition is None:
        return [], []
    whole = clauses.told(condition, speaker)
    parts = _flat(whole)
    bought = speaker.kinds == ("purchase",)
    phrases = [
        part
        for part in parts
        if part.key in PHRASES and f"at.{part.key}" in speaker.tongue.texts and (bought or part.key != "basket")
    ]
    phrases.sort(key=lambda part: PHRASES.index(part.key))
    return phrases, [part for part in parts if part not in phrases]


def _flat(told: Told) -> list[Told]:
    if told.glue == "and":
        return [leaf for part in told.parts for leaf in _flat(part)]
    return [told]


# --- effects ---


def given(one: rules.Rule, speaker: Speaker) -> str:
    """All effects of a rule."""
    told = [effect(part, one.where, speaker) for part in one.then]
    return speaker.tongue.all_of([*told, *[_voucher(key, one.where, speaker) for key in one.vouchers]])


def _voucher(key: str, where: conditions.LineFilter | None, speaker: Speaker) -> str:
    """A voucher that a rule gives."""
    known = speaker.programme.vouchers.get(key)
    on, goods = ("", "") if where is None else (".on", clauses.items(where, speaker))
    return speaker.tongue.say(f"give.voucher{on}", items=goods, name=speaker.tongue.named(known.name) if known else key)


def effect(one: effects.Effect, where: conditions.LineFilter | None, speaker: Speaker) -> str:
    """One effect on the lines that count."""
    tongue = speaker.tongue
    unit = speaker.programme.units[one.unit]
    on, goods = ("", "") if where is None else (".on", clauses.items(where, speaker))
    if isinstance(one, effects.Fixed):
        return tongue.say(f"give.fixed{on}", items=goods, points=tongue.points(one.give, unit))
    if isinstance(one, effects.PerAmount):
        facts = {"points": tongue.points(one.give, unit), "per": speaker.money(one.per)}
        return tongue.say(f"give.points{on}", items=goods, **facts)
    if isinstance(one, effects.PerPiece):
        key = "give.piece" if one.per == 1 else "give.pieces"
        pieces = tongue.counted(one.per, "piece")
        return tongue.say(f"{key}{on}", items=goods, points=tongue.points(one.give, unit), pieces=pieces)
    if isinstance(one, effects.Table):
        steps = [_step(step, unit, speaker) for step in one.steps]
        return tongue.say(f"give.table{on}", items=goods, steps=tongue.texts["glue.steps"].join(steps))
    assert isinstance(one, effects.Multiply)
    factor = tongue.ratio(one.factor)
    return tongue.say(f"give.multiply{on}", items=goods, unit=tongue.unit(unit), factor=factor)


def _step(step: effects.Step, unit: Unit, speaker: Speaker) -> str:
    facts = {"points": speaker.tongue.points(step.give, unit), "amount": speaker.money(step.amount_min)}
    return speaker.tongue.say("step", **facts)


# --- limits ---


def limits(one: rules.Rule, speaker: Speaker) -> list[str]:
    """What bounds a rule: caps, uses, budget, group, window, and how its points live."""
    tongue = speaker.tongue
    unit = speaker.programme.units[one.then[0].unit] if one.then else None
    found = [*(bounds.caps(one.caps, unit, speaker) if unit is not None else []), *bounds.uses(one.uses, speaker)]
    if one.group is not None:
        found.append(tongue.say("group", group=one.group))
    if one.budget is not None and unit is not None:
        found.append(tongue.say("budget", points=tongue.points(one.budget, unit)))
    if one.during != period.Period():
        found.append(bounds.window(one.during, speaker))
    if one.vesting is not None:
        found.append(vesting(one.vesting, speaker))
    if one.expires is not None:
        found.append(expires(one.expires, speaker))
    if one.funder is not None:
        found.append(tongue.say("funder", funder=one.funder))
    if one.campaign:
        found.append(tongue.say("campaign"))
    return found


def vesting(when: Vesting, speaker: Speaker) -> str:
    tongue = speaker.tongue
    if when.until is not None:
        return tongue.say("vests.until", day=tongue.day(when.until))
    if when.activity is not None:
        told = {
            "kind": tongue.kind(when.activity, speaker.programme)["one"],
            "cancel": tongue.counted(when.cancel_after_days, "day"),
        }
        if when.days:
            return tongue.say("vests.activity.days", days=tongue.counted(when.days, "day"), **told)
        return tongue.say("vests.activity", **told)
    return tongue.say("vests.days", days=tongue.counted(when.days, "day")) if when.days else tongue.say("vests.now")


def expires(policy: expiry.Policy, speaker: Speaker) -> str:
    """When points die."""
    tongue = speaker.tongue
    if isinstance(policy, expiry.Never):
        return tongue.say("expires.never")
    if isinstance(policy, expiry.Calendar):
        day = tongue.yearless(policy.month, policy.day)
        if policy.after_years == 0:
            return tongue.say("expires.calendar", day=day)
        return tongue.say("expires.calendar.later", day=day, years=tongue.counted(policy.after_years, "year"))
    spans = [("year", policy.years)] if isinstance(policy, expiry.Rolling) else []
    spans += [("month", policy.months), ("day", policy.days)]
    span = tongue.all_of([tongue.counted(number, noun) for noun, number in spans if number] or [""])
    if isinstance(policy, expiry.Sliding):
        return tongue.say("expires.sliding", span=span)
    if policy.round_up is None:
        return tongue.say("expires.rolling", span=span)
    return tongue.say(
        "expires.rolling.up" if span else "expires.rolling.end",
        span=span,
        round=tongue.texts[f"round.{policy.round_up}"],
    )


# --- units and programmes ---


def unit(one: Unit, speaker: Speaker) -> str:
    """A unit in one sentence."""
    tongue = speaker.tongue
    parts = [expires(one.expires, speaker), vesting(one.vesting, speaker)]
    if one.kind == "qualifying":
        parts.pop()  # never spent, so never pending either
    if one.worth is not None:
        parts.append(worth(one.worth, one, speaker))
    parts += bounds.caps(one.caps, one, speaker)
    if one.debt_max is not None:
        parts.append(tongue.say("debt_max", points=tongue.points(one.debt_max, one)))
    if one.converts_at is not None:
        parts.append(tongue.say("converts", points=tongue.points(one.converts_at, one)))
    if one.pays is not None:
        parts.append(rewards.paying(one.pays, one, speaker))
    if one.transfers is not None:
        parts.append(sending(one.transfers, one, speaker))
    kind = tongue.texts[f"kind.{one.kind}"]
    return ended(tongue.say("unit", name=tongue.unit(one), kind=kind, parts=", ".join(parts)))


def worth(said: Worth, one: Unit, speaker: Speaker) -> str:
    """What its points are worth, and how many of them are expected to be redeemed."""
    tongue = speaker.tongue
    told = tongue.say("worth", points=tongue.points(said.points, one), money=speaker.money(said.amount))
    if said.redeemed is None:
        return told
    return f"{told} {tongue.say('worth.redeemed', percent=tongue.percent(said.redeemed))}"


def life(one: Unit, speaker: Speaker) -> str:
    """What a unit is for and how long it lives, in short."""
    tongue = speaker.tongue
    kind = tongue.texts[f"kind.{one.kind}"]
    return ended(tongue.say("unit", name=tongue.unit(one), kind=kind, parts=expires(one.expires, speaker)))


def sending(policy: transfers.Transfers, one: Unit, speaker: Speaker) -> str:
    """How its points may be passed on."""
    tongue = speaker.tongue
    parts = [tongue.say("send.minimum", points=tongue.points(policy.minimum, one))] if policy.minimum > 1 else []
    parts += bounds.caps(policy.caps, one, speaker)
    parts += [tongue.say("send.pair", limit=limit) for limit in bounds.caps(policy.per_pair, one, speaker)]
    if policy.fee is not None:
        parts.append(fee(policy.fee, one, speaker))
    if policy.acceptance == "needed":
        parts.append(tongue.say("send.accept", days=tongue.counted(policy.offer_days, "day")))
    return tongue.say("send.limited", parts="; ".join(parts)) if parts else tongue.say("send")


def fee(one: transfers.Fee, unit: Unit, speaker: Speaker) -> str:
    """What sending costs."""
    tongue = speaker.tongue
    parts = [tongue.points(one.points, unit)] if one.points else []
    if one.percent:
        percent = tongue.ratio(Fraction(one.percent, transfers.PERCENT))
        parts.append(tongue.say(f"send.percent.{one.rounding}", percent=percent))
    return tongue.say("send.fee", fee=tongue.all_of(parts))


def programme(whole: Programme, speaker: Speaker) -> list[str]:
    """Everything a programme says: its frame, its units, its policies, then rule by rule."""
    tongue = speaker.tongue
    name = tongue.named(whole.name)
    told = [tongue.say("programme", name=name, currency=whole.currency, zone=whole.zone_key)]
    told += [unit(one, speaker) for one in whole.units.values()]
    told += earning(whole, speaker)
    told += [_kind(key, speaker) for key in whole.kinds]
    told += _rates(whole, speaker)
    if whole.enrol_unknown:
        told.append(tongue.say("enrol"))
    told.append(tongue.say(f"returns.{whole.returns}"))
    if whole.refunds != "pro_rata":
        told.append(tongue.say(f"refunds.{whole.refunds}"))
    again = reinstating(whole, speaker)
    told += [again] if again else []
    told += reminding(whole, speaker)
    told += by_hand(whole, speaker)
    told += support.sentences(speaker)
    alerted = watching(whole, speaker)
    told += [alerted] if alerted else []
    told += [tongue.say("review.required")] if whole.review == "required" else []
    told += [brand(whole, speaker)] if whole.brand is not None else []
    told += households(whole, speaker)
    if whole.causes:
        told.append(
            tongue.say("causes", causes=tongue.all_of([tongue.named(one.name) for one in whole.causes.values()]))
        )
    told += [*consents.sentences(whole, speaker), *measures.held_out(whole, speaker), *measures.margin(whole, speaker)]
    told += [sentence for ladder in whole.tiers for sentence in ladders.sentences(ladder, speaker)]
    told += [sentence for plan in whole.plans.values() for sentence in plans.sentences(plan, speaker)]
    if whole.reward_categories:
        names = [tongue.named(one) for one in whole.reward_categories.values()]
        told.append(tongue.say("reward_categories", names=tongue.all_of(names)))
    told += [sentence for one in whole.rewards.values() for sentence in rewards.sentences(one, speaker)]
    shown = Speaker(tongue, whole, (activities.PURCHASE,))
    told += [offers.sentence(one, shown) for one in whole.vouchers.values()]
    told += [offers.cards(whole.gift_cards, speaker)] if whole.gift_cards is not None else []
    told += [rule(one, Speaker(tongue, whole, one.when)) for one in whole.rules]
    return [ended(sentence) for sentence in told]


def reminding(whole: Programme, speaker: Speaker) -> list[str]:
    """When members are reminded before points expire; nothing where they are not, or none ever expire."""
    tongue = speaker.tongue
    lives = [unit.expires for unit in whole.units.values() if unit.spendable]
    lives += [one.expires for one in whole.rules if one.expires is not None]
    if not whole.remind_days or all(isinstance(one, expiry.Never) for one in lives):
        return []
    days = [tongue.number(days) for days in whole.remind_days[:-1]]
    return [tongue.say("remind", days=tongue.all_of([*days, tongue.counted(whole.remind_days[-1], "day")]))]


def reinstating(whole: Programme, speaker: Speaker) -> str:
    """What becomes of points of a cancelled burn that have ended; nothing where they stay what they are."""
    days = whole.reinstate.grace_days
    return speaker.tongue.say("reinstate", days=speaker.tongue.counted(days, "day")) if days is not None else ""


def brand(whole: Programme, speaker: Speaker) -> str:
    """What its pages look like; nothing where they look like those of the house."""
    one, tongue = whole.brand, speaker.tongue
    if one is None:
        return ""
    return tongue.say(
        "brand", colour=one.colour, accent=one.accent, shape=tongue.texts[f"brand.{one.shape}"],
        logo=tongue.say("brand.logo", logo=one.logo[:12]) if one.logo else "",
        portal=tongue.say("brand.portal", portal=one.portal) if one.portal else "",
    )  # fmt: skip


def watching(whole: Programme, speaker: Speaker) -> str:
    """From where on somebody is alerted; nothing where a programme says nothing of its own."""
    tongue, says = speaker.tongue, whole.watching
    if says == alerts.USUAL:
        return ""
    numbers = {
        "purchases": tongue.number(says.purchases_a_day), "percent": tongue.number(says.share_percent),
        "adjustments": tongue.number(says.adjustments), "senders": tongue.number(says.senders),
        "codes": tongue.number(says.wrong_codes), "stays": tongue.number(says.household_stays),
    }  # fmt: skip
    return tongue.say("alerts", **numbers)


def households(whole: Programme, speaker: Speaker) -> list[str]:
    """How members may share one balance; nothing where they can't."""
    shared, tongue = whole.households, speaker.tongue
    if shared is None:
        return []
    roles = tongue.all_of([tongue.texts[f"role.{role}"] for role in shared.may_spend])
    days = tongue.counted(shared.invitation_days, "day")
    told = tongue.say("households", persons=tongue.number(shared.persons_max), roles=roles, days=days)
    return [told, tongue.say(f"leaving.{shared.leaving}")]


def by_hand(whole: Programme, speaker: Speaker) -> list[str]:
    """What is asked of points given or taken by hand."""
    tongue, asked = speaker.tongue, whole.adjustments
    told = []
    if asked.reasons:
        told.append(tongue.say("by_hand.reasons", reasons=reasons(whole, speaker)))
    for code, most in asked.approve_above.items():
        told.append(tongue.say("by_hand.approve", points=tongue.points(most, whole.units[code])))
    return told


def reasons(whole: Programme, speaker: Speaker) -> str:
    """The names of the reasons there are."""
    return "; ".join(speaker.tongue.named(reason.name) for reason in whole.adjustments.reasons.values())


def earning(whole: Programme, speaker: Speaker) -> list[str]:
    """How amounts are counted and points rounded."""
    tongue, how = speaker.tongue, whole.earning
    told = [tongue.say(f"rounding.{how.rounding}.{how.per}"), tongue.say(f"stacking.{how.stacking}")]
    if how.tenders_without:
        told.append(tongue.say("tenders", words=tongue.any_of(speaker.words("tender", how.tenders_without))))
    included = [tongue.texts[f"include.{switch}"] for switch in SWITCHES if getattr(how, switch)]
    if included:
        told.append(tongue.say("include", words=tongue.all_of(included)))
    return told


def _kind(key: str, speaker: Speaker) -> str:
    kind = speaker.programme.kinds[key]
    name = speaker.tongue.named(kind.name)
    if not kind.facts:
        return speaker.tongue.say("own_kind.bare", name=name)
    return speaker.tongue.say("own_kind", name=name, facts=speaker.tongue.all_of(list(kind.facts)))


def _rates(whole: Programme, speaker: Speaker) -> list[str]:
    return [rate(currency, place, speaker) for currency, told in whole.rates.items() for place in range(len(told))]


def rate(currency: str, place: int, speaker: Speaker) -> str:
    """One exchange rate."""
    tongue = speaker.tongue
    one = speaker.programme.rates[currency][place]
    start = date.fromisoformat(one.start)
    home = speaker.money(one.home)
    return tongue.say("rate", day=tongue.day(start), foreign=tongue.money(one.units, currency), home=home)


def exact(steps: Fraction, one: Unit, speaker: Speaker) -> str:
    """A number of points before it is rounded, exactly."""
    return speaker.tongue.ratio(steps / 10**one.scale)
