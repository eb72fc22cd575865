"""Consents as sentences, and in plain words what is kept of a member how long, and who gets it."""

import msgspec

from guerdon.core import limits
from guerdon.core.consents import Purpose, Recipient
from guerdon.core.programme import Programme
from guerdon.core.sentences.clauses import Speaker


class Kept(msgspec.Struct, frozen=True):
    """Something that is kept: what, in words for how long, and who else gets it; `consent` is a purpose's key."""

    what: str
    how_long: str
    recipients: tuple[Recipient, ...] = ()
    consent: str | None = None


def sentences(whole: Programme, speaker: Speaker) -> list[str]:
    """What members are asked for, and how long they can think before they are erased."""
    found = [sentence for one in whole.consents.values() for sentence in told(one, speaker)]
    if whole.erase_after_days:
        tongue = speaker.tongue
        found.append(tongue.say("erase_after", days=tongue.counted(whole.erase_after_days, "day")))
    return [*found, *waiting(whole, speaker)]


def waiting(whole: Programme, speaker: Speaker) -> list[str]:
    """What somebody with a new address can't do for how long."""
    if not whole.address_wait_hours:
        return []
    tongue = speaker.tongue
    found = [tongue.say("address_wait", hours=tongue.counted(whole.address_wait_hours, "hour"))]
    free = [tongue.points(most, whole.units[code]) for code, most in whole.address_wait_free.items()]
    return [*found, tongue.say("address_wait.free", points=tongue.all_of(free))] if free else found


def told(one: Purpose, speaker: Speaker) -> list[str]:
    """Everything that is said of a consent."""
    tongue = speaker.tongue
    name = tongue.named(one.name)
    said = [tongue.say("consent", name=name, version=tongue.number(one.version), text=tongue.named(one.text))]
    if one.required:
        said.append(tongue.say("consent.required", name=name))
    if one.recipients:
        names = tongue.all_of([f"{each.name} ({each.link})" for each in one.recipients])
        said.append(tongue.say("consent.recipients", name=name, names=names))
    if one.keep_days is not None:
        said.append(tongue.say("consent.keep", name=name, days=tongue.counted(one.keep_days, "day")))
    return said


def kept(whole: Programme, speaker: Speaker) -> list[Kept]:
    """What is kept of a member how long, and who gets it: what everybody has, then consent by consent."""
    tongue = speaker.tongue
    texts = tongue.texts
    found = [
        Kept(texts["kept.person"], texts["kept.member"]),
        Kept(texts["kept.identifiers"], texts["kept.member"]),
        Kept(texts["kept.delivery"], texts["kept.member"]),
        Kept(texts["kept.claims"], texts["kept.member"]),
        Kept(texts["kept.notes"], texts["kept.member"]),
        Kept(texts["kept.ledger"], texts["kept.for_ever"]),
        Kept(texts["kept.consents"], texts["kept.proof"]),
        Kept(texts["kept.looks"], tongue.say("kept.days", days=tongue.counted(limits.LOOKS_KEPT_DAYS, "day"))),
        Kept(texts["kept.letters"], tongue.say("kept.days", days=tongue.counted(limits.LETTERS_KEPT_DAYS, "day"))),
    ]
    for one in whole.consents.values():
        days = one.keep_days
        long = texts["kept.member"] if days is None else tongue.say("kept.lapses", days=tongue.counted(days, "day"))
        found.append(Kept(tongue.named(one.name), long, one.recipients, one.key))
    return found
