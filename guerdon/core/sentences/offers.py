"""Vouchers as sentences: what they give, what they ask, how long and how often they can be used."""

from fractions import Fraction

from guerdon.core.cards import GiftCards
from guerdon.core.sentences import bounds, clauses
from guerdon.core.sentences.clauses import Speaker
from guerdon.core.transfers import PERCENT
from guerdon.core.vouchers import Voucher


def sentence(one: Voucher, speaker: Speaker) -> str:
    """Everything a voucher says."""
    tongue = speaker.tongue
    asked = asks(one, speaker)
    return tongue.say(
        "voucher", name=tongue.named(one.name), gives=gives(one, speaker),
        asks=tongue.say("voucher.asks", clauses=asked) if asked else "",
        limits="".join(f", {limit}" for limit in limits(one, speaker)),
    )  # fmt: skip


def cards(one: GiftCards, speaker: Speaker) -> str:
    """How gift cards are sold."""
    tongue = speaker.tongue
    most = "" if one.amount_max is None else tongue.say("cards.most", money=speaker.money(one.amount_max))
    full = "" if one.balance_max is None else tongue.say("cards.full", money=speaker.money(one.balance_max))
    unit = tongue.unit(speaker.programme.units[one.unit])
    return tongue.say("cards", unit=unit, least=speaker.money(one.amount_min), most=most, full=full)


def gives(one: Voucher, speaker: Speaker) -> str:
    """What it takes off, or what is given for it."""
    tongue = speaker.tongue
    on, items = ("", "") if one.where is None else (".on", clauses.items(one.where, speaker))
    if one.kind == "amount":
        return tongue.say(f"voucher.amount{on}", items=items, money=speaker.money(one.amount or 0))
    if one.kind == "percent":
        told = tongue.say(f"voucher.percent{on}", items=items, percent=percent(one, speaker))
        most = "" if one.amount_max is None else tongue.say("voucher.most", money=speaker.money(one.amount_max))
        return told + most
    if one.kind == "product":
        return tongue.say("voucher.product", product=speaker.word("product", one.product or ""))
    if one.kind == "gift":
        return tongue.say("voucher.gift", gift=tongue.named(one.gift or {}))
    return tongue.texts["voucher.free_shipping"]


def percent(one: Voucher, speaker: Speaker) -> str:
    return speaker.tongue.ratio(Fraction(one.percent or 0, PERCENT))


def asks(one: Voucher, speaker: Speaker) -> str:
    """What must hold of the basket and the member."""
    return "" if one.condition is None else clauses.text(clauses.told(one.condition, speaker), speaker)


def limits(one: Voucher, speaker: Speaker) -> list[str]:
    """How long, how often and with what else it can be used, and where its codes come from."""
    tongue = speaker.tongue
    told = [bounds.window(one.during, speaker)] if one.during.start or one.during.until else []
    if one.valid_days is not None:
        told.append(tongue.say("voucher.days", days=tongue.counted(one.valid_days, "day")))
    if not (speaker.to_members and one.bearer):  # how many codes on flyers may be used is no matter of a member
        told.append(tongue.say("voucher.uses", times=tongue.times(one.uses)))
    if one.uses_per_member is not None:
        told.append(tongue.say("voucher.per_member", times=tongue.times(one.uses_per_member)))
    if one.group is not None:
        told += _alone(one, one.group, speaker)
    told += [tongue.texts["voucher.exclusive"]] if one.exclusive else []
    told += [tongue.texts["voucher.bearer"]] if one.bearer else []
    if speaker.to_members:
        return told
    told += [tongue.texts["voucher.pool"]] if one.codes == "pool" else []
    if one.alarm_below is not None:
        told.append(tongue.say("voucher.alarm", number=tongue.number(one.alarm_below)))
    return told


def _alone(one: Voucher, group: str, speaker: Speaker) -> list[str]:
    """With which others it does not go: for members those by name, as the key of the group tells them nothing."""
    tongue = speaker.tongue
    if not speaker.to_members:
        return [tongue.say("voucher.group", group=group)]
    others = [each for each in speaker.programme.vouchers.values() if each.group == group and each.key != one.key]
    names = [tongue.say("quoted", text=tongue.named(each.name)) for each in others]
    return [tongue.say("voucher.not_with", names=tongue.any_of(names))] if names else []


def parts(one: Voucher, speaker: Speaker) -> dict[str, str]:
    """What stands in a comparison, by the key of the document."""
    tongue = speaker.tongue

    def money(minor: int | None) -> str:
        return "" if minor is None else speaker.money(minor)

    def number(count: int | None) -> str:
        return "" if count is None else tongue.number(count)

    def flag(said: bool) -> str:
        return tongue.texts["yes" if said else "no"]

    return {
        "amount": money(one.amount), "percent": "" if one.percent is None else tongue.percent(one.percent),
        "amount_max": money(one.amount_max), "product": one.product or "", "free_shipping": flag(one.free_shipping),
        "gift": "" if one.gift is None else tongue.say("quoted", text=tongue.named(one.gift)),
        "if": asks(one, speaker), "lines": clauses.items(one.where, speaker) if one.where else "",
        "during": bounds.window(one.during, speaker) if one.during.start or one.during.until else "",
        "valid_days": number(one.valid_days), "uses": number(one.uses), "uses_per_member": number(one.uses_per_member),
        "group": one.group or "", "exclusive": flag(one.exclusive), "codes": tongue.texts[f"voucher.codes.{one.codes}"],
        "bearer": flag(one.bearer), "alarm_below": number(one.alarm_below),
    }  # fmt: skip
