"""What each kind of letter says: from what it tells to its parts, in a language and the names of the programme."""

from datetime import datetime
from typing import Final

import msgspec
from django.urls import reverse

from guerdon.core import closing, codes, sentences
from guerdon.core.letters import (
    Climbed,
    Content,
    Expiring,
    Invitation,
    Kind,
    MonthTold,
    Notice,
    Redeemed,
    SignIn,
    Tiding,
    Totals,
    kind_of,
)
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import Tongue
from guerdon.faces import tidings, words
from guerdon.faces.letters.parts import Bullets, Button, Code, Figure, Part, Row, Rows, Sheet, Text

LANGUAGES: Final = sentences.LANGUAGES


class Reader(msgspec.Struct, frozen=True):
    """Who reads a letter, in which language, of which programme; `site` is where people reach this installation."""

    programme: Programme
    language: str
    name: str | None = None
    site: str = ""  # without one a letter leads nowhere

    @property
    def tongue(self) -> Tongue:
        return sentences.tongue(self.language)

    @property
    def of(self) -> str:
        """The programme's name."""
        return self.tongue.named(self.programme.name)

    def say(self, key: str, **facts: object) -> str:
        # A Bulgarian date ends with the point of its “г.”, which ends a sentence as well.
        return words.say(f"letters.{key}", self.language, **facts).replace("..", ".")

    def hello(self) -> Text:
        return Text(self.say("hello", name=self.name) if self.name else self.say("hello_you"))

    def until(self, end: datetime) -> str:
        """The end of something, as people say it: its last day, or a moment within a day."""
        return self.tongue.until(end, self.programme.zone)

    def points(self, unit: str, steps: int) -> str:
        """An amount with the unit's name; the bare code for a unit that is no longer there."""
        found = self.programme.units.get(unit)
        if found is None:
            return f"{self.tongue.number(steps)} {unit}"
        if found.kind == "money":
            return self.tongue.money(steps, self.programme.currency)
        return self.tongue.points(steps, found)


def language_of(said: str | None, programme: Programme) -> str:
    """The language of a letter: the member's where it is spoken here, else the programme's first that is."""
    liked = [said or "", *programme.languages]
    return next((code for one in liked if (code := one.strip()[:2].lower()) in LANGUAGES), "en")


# Where a letter leads, by its kind. Those that guard an account lead nowhere: nobody shall learn to follow such links.
_LEADS: Final[dict[Kind, str]] = {
    "redemption": "portal.mine", "expiring": "portal.rewards", "tier": "portal.club", "statement": "portal.activity",
}  # fmt: skip


def sheet(content: Content, reader: Reader) -> Sheet:
    """The letter in words, with the way to the page of the portal that it is about."""
    said, kind, key = _said(content, reader), kind_of(content), reader.programme.key
    if not reader.site or not (kind in _LEADS or isinstance(content, Tiding)):
        return said
    page = tidings.way(content, key) if isinstance(content, Tiding) else reverse(_LEADS[kind], args=[key])
    there = f"{reader.site}{page}?language={reader.language}"
    return msgspec.structs.replace(said, parts=(*said.parts, Button(reader.say(f"go_{kind}"), there)))


def _said(content: Content, reader: Reader) -> Sheet:
    match content:
        case SignIn():
            return _sign_in(content, reader)
        case Invitation():
            return _invitation(content, reader)
        case Notice():
            return _notice(content, reader)
        case Redeemed():
            return _redeemed(content, reader)
        case Expiring():
            return _expiring(content, reader)
        case Climbed():
            return _climbed(content, reader)
        case MonthTold():
            return _statement(content, reader)
        case Tiding():
            return _news(content, reader)


def _sign_in(one: SignIn, reader: Reader) -> Sheet:
    say = reader.say
    return Sheet(
        say("sign_in_subject", programme=reader.of, code=one.code),
        say("sign_in_preheader", minutes=one.minutes),
        say("sign_in"),
        (reader.hello(), Code(one.code), Text(say("sign_in_about", minutes=one.minutes))),
        say("sign_in_foot"),
    )


def _invitation(one: Invitation, reader: Reader) -> Sheet:
    say = reader.say
    return Sheet(
        say("invitation_subject", programme=reader.of),
        say("invitation_preheader", by=one.by),
        say("invitation"),
        (
            reader.hello(),
            Text(say("invitation_about", by=one.by, programme=reader.of)),
            Button(say("invitation_go"), one.link),
            Text(say("invitation_until", until=reader.until(one.until))),
        ),
        say("invitation_foot"),
    )


def _notice(one: Notice, reader: Reader) -> Sheet:
    say = reader.say
    at = reader.tongue.moment(one.at.astimezone(reader.programme.zone))
    told = say(f"notice_{one.changed}")
    parts = (reader.hello(), Text(told), Rows((Row(say("notice_at"), at),)), Text(say("notice_other")))
    return Sheet(say("notice_subject", programme=reader.of), told, say("notice"), parts, say("notice_foot"))


def _redeemed(one: Redeemed, reader: Reader) -> Sheet:
    say, programme = reader.say, reader.programme
    reward, drawn = _name(one.prize or one.reward, reader), _name(one.reward, reader)
    paid = [reader.points(unit, steps) for unit, steps in one.points.items() if steps]
    money = reader.tongue.money(one.money, programme.currency)
    paid += [money] if one.money and not one.owed else []
    rows = [Row(say("redemption_paid"), " + ".join(paid))] if paid else []
    if one.money and one.owed:
        rows.append(Row(say("redemption_counter"), money))
    if one.until is not None:
        rows.append(Row(say("redemption_until"), reader.until(one.until)))
    about = say("redemption_won", prize=reward, draw=drawn) if one.prize else say("redemption_about", reward=reward)
    parts: list[Part] = [reader.hello(), Text(about)]
    if one.code:
        ours = codes.read(one.code) == one.code
        parts += [Text(say("redemption_code")), Code(codes.shown(one.code) if ours else one.code)]
    if rows:
        parts.append(Rows(tuple(rows)))
    return Sheet(
        say("redemption_subject", reward=reward), say("redemption_preheader", reward=reward), say("redemption"),
        tuple(parts), say("foot", programme=reader.of),
    )  # fmt: skip


def _name(key: str, reader: Reader) -> str:
    """The name of a reward; its key where it is no longer there."""
    found = reader.programme.rewards.get(key)
    return reader.tongue.named(found.name) if found is not None else key


def _expiring(one: Expiring, reader: Reader) -> Sheet:
    say, day = reader.say, reader.until(one.ends_at)
    points = reader.points(one.unit, one.points)
    parts: list[Part] = [reader.hello(), Figure(points), Text(say("expiring_about", day=day))]
    if one.worth:
        worth = reader.tongue.money(one.worth, reader.programme.currency)
        parts.append(Text(say("expiring_worth", worth=worth)))
    return Sheet(
        say("expiring_subject", points=points, day=day), say("expiring_preheader"), say("expiring"), tuple(parts),
        say("foot", programme=reader.of),
    )  # fmt: skip


def _climbed(one: Climbed, reader: Reader) -> Sheet:
    say, tongue = reader.say, reader.tongue
    ladder = next((each for each in reader.programme.tiers if each.key == one.ladder), None)
    levels = {} if ladder is None else {level.key: level for level in ladder.levels}
    names = [
        say("tier_none") if key is None else tongue.named(levels[key].name) if key in levels else key
        for key in (one.before, one.level)
    ]
    way = "tier_up" if one.rose else "tier_down"
    parts: list[Part] = [reader.hello(), Text(say(f"{way}_about", before=names[0], level=names[1]))]
    benefits = tuple([tongue.named(each.name) for each in levels[one.level].benefits]) if one.level in levels else ()
    if benefits:
        parts.append(Bullets(say("tier_benefits"), benefits))
    if one.until is not None and one.level is not None:
        parts.append(Rows((Row(say("tier_until"), reader.until(one.until)),)))
    return Sheet(
        say(f"{way}_subject", level=names[1]), say(f"{way}_about", before=names[0], level=names[1]),
        say(way, level=names[1]), tuple(parts), say("foot", programme=reader.of),
    )  # fmt: skip


def _statement(one: MonthTold, reader: Reader) -> Sheet:
    say, tongue = reader.say, reader.tongue
    first = closing.first_day(one.month)
    month = f"{tongue.months[first.month - 1]} {first.year}"
    parts: list[Part] = [reader.hello(), Text(say("statement_about", month=month))]
    parts += [_totals(each, reader) for each in one.totals]
    closings = ", ".join(reader.points(each.unit, each.closing) for each in one.totals)
    return Sheet(
        say("statement_subject", month=month), say("statement_preheader", closing=closings), say("statement"),
        tuple(parts), say("foot", programme=reader.of),
    )  # fmt: skip


def _totals(one: Totals, reader: Reader) -> Rows:
    say = reader.say
    unit = reader.programme.units.get(one.unit)
    rows = [Row(say("statement_opening"), reader.points(one.unit, one.opening))]
    for name in ("earned", "spent", "expired", "other"):
        steps: int = getattr(one, name)
        if steps or name == "earned":
            rows.append(Row(say(f"statement_{name}"), reader.points(one.unit, steps)))
    rows.append(Row(say("statement_closing"), reader.points(one.unit, one.closing), strong=True))
    if one.ending and one.ends_at is not None:
        name = say("statement_ending", day=reader.until(one.ends_at))
        rows.append(Row(name, reader.points(one.unit, one.ending)))
    return Rows(tuple(rows), reader.tongue.capital(one.unit if unit is None else reader.tongue.unit(unit)))


def _news(one: Tiding, reader: Reader) -> Sheet:
    say = reader.say
    facts = {
        "points": reader.points(one.unit, one.points) if one.unit else "",
        "until": "" if one.until is None else reader.until(one.until),
    }
    title, about = say(f"news_{one.deed}", **facts), say(f"news_{one.deed}_about", **facts)
    return Sheet(title, about, title, (reader.hello(), Text(about)), say("foot", programme=reader.of))
