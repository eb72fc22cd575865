"""What changed between two versions of a programme: as paths for machines, as plain sentences for people."""

import json
from collections.abc import Callable, Iterator
from typing import Final, cast

import msgspec

from guerdon.core import documents, sentences
from guerdon.core.activities import PURCHASE
from guerdon.core.consents import Purpose
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar import programmes as grammar
from guerdon.core.ladders import Ladder
from guerdon.core.naming import Called
from guerdon.core.programme import Kind, Programme, Unit
from guerdon.core.rules import Rule
from guerdon.core.sentences import bounds, clauses, consents, ladders, offers, plans, rewards, statements, support
from guerdon.core.sentences.clauses import Speaker

# Keys of the document that people know under one word.
TOGETHER: Final = {"from": "during", "until": "during"}
TEXTS: Final = ("name", "terms")  # keys under which a text stands in each language, told language by language
# What has an order that matters, and how it is called; of a change of it the keys are told, not what is under them.
ORDERED: Final = {
    "/rules": "what.order", "/rewards": "what.order.rewards", "/reward_categories": "what.order.reward_categories",
}  # fmt: skip
TEXT_CHARS_MAX: Final = 300


class Change(msgspec.Struct, frozen=True):
    """One part of the canonical document that differs; None is a part that is not there."""

    path: str  # JSON pointer
    before: Document
    after: Document


def changes(before: Programme, after: Programme) -> tuple[Change, ...]:
    """Every part that differs, in the order of the document; lists count as one part."""
    one, other = grammar.write(before), grammar.write(after)
    found = list(_differing(one, other, ""))
    for pointer in ORDERED:
        old, new = (cast(Mapping, document.get(pointer[1:], {})) for document in (one, other))
        common, order = [key for key in old if key in new], [key for key in new if key in old]
        if order != common:
            found.append(Change(pointer, cast(Document, common), cast(Document, order)))
    return tuple(found)


def _differing(before: Document, after: Document, pointer: str) -> Iterator[Change]:
    if not isinstance(before, dict) or not isinstance(after, dict):
        if before != after or type(before) is not type(after):
            yield Change(pointer, before, after)
        return
    for key in dict.fromkeys((*before, *after)):
        yield from _differing(before.get(key), after.get(key), documents.under(pointer, key))


def between(before: Programme, after: Programme, language: str) -> list[str]:
    """Every difference as a plain sentence in the language; an empty list where there is none."""
    tongue = sentences.tongue(language)
    teller = _Teller(Speaker(tongue, before), Speaker(tongue, after))
    return [statements.ended(sentence) for sentence in teller.all()]


class _Teller:
    """Compares two programmes, each told by its own speaker (their currencies may differ)."""

    def __init__(self, before: Speaker, after: Speaker) -> None:
        self.before, self.after = before, after
        self.tongue = after.tongue
        self.old, self.new = grammar.write(before.programme), grammar.write(after.programme)

    def all(self) -> Iterator[str]:
        yield from self._frame()
        yield from self._nouns("unit", "units", _unit_parts, _unit_whole)
        yield from self._nouns("kind", "kinds", _kind_parts, _kind_whole)
        yield from self._nouns("ladder", "tiers", _ladder_parts, _ladder_whole)
        yield from self._nouns("plan", "plans", _plan_parts, _plan_whole)
        yield from self._nouns("reward", "rewards", _reward_parts, _reward_whole)
        yield from self._nouns("voucher", "vouchers", _voucher_parts, _voucher_whole)
        yield from self._nouns("rule", "rules", _rule_parts, _rule_whole)
        for change in changes(self.before.programme, self.after.programme):
            if change.path in ORDERED and isinstance(change.before, list):  # a mapping came or went as a whole
                yield self._said("diff.programme", ORDERED[change.path], _listed(change.before), _listed(change.after))

    def _frame(self) -> Iterator[str]:
        """The keys of the programme itself, its earning and its rates."""
        old, new = _frame_parts(self.before), _frame_parts(self.after)
        for key, part in new.items():
            if part != old.get(key):
                yield self._said("diff.programme", key, old.get(key, ""), part)
        for language in self._languages(self.old.get("name"), self.new.get("name")):
            names = (self.before.programme.name, self.after.programme.name)
            yield self._reworded("diff.programme", "name", language, *names)
        for currency in dict.fromkeys((*self.before.programme.rates, *self.after.programme.rates)):
            one, other = _rates(currency, self.before), _rates(currency, self.after)
            if one != other:
                what = self.tongue.say("what.rates", currency=currency)
                yield self._line("diff.programme", what, one, other)

    def _nouns(
        self,
        noun: str,
        folder: str,
        parts: Callable[[str, Speaker], dict[str, str]],
        whole: Callable[[str, Speaker], tuple[dict[str, str], str]],
    ) -> Iterator[str]:
        """What is gone, what is new, and what changed in what stayed, of one kind of thing."""
        old, new = (cast(Mapping, document.get(folder, {})) for document in (self.old, self.new))
        for key in dict.fromkeys((*old, *new)):
            if key not in new:
                names, text = whole(key, self.before)
                yield self.tongue.say(f"diff.{noun}.gone", name=self.tongue.named(names), before=text)
            elif key not in old:
                names, text = whole(key, self.after)
                yield self.tongue.say(f"diff.{noun}.new", name=self.tongue.named(names), after=text)
            elif old[key] != new[key]:
                names = whole(key, self.after)[0]
                told = (parts(key, self.before), parts(key, self.after))
                yield from self._changed(noun, names, (old[key], new[key]), told)

    def _changed(
        self,
        noun: str,
        names: dict[str, str],
        versions: tuple[Document, Document],
        told: tuple[dict[str, str], dict[str, str]],
    ) -> Iterator[str]:
        old, new = (cast(Mapping, version) for version in versions)
        name = self.tongue.named(names)
        for key in TEXTS:
            one, other = (cast("dict[str, str]", version.get(key, {})) for version in (old, new))
            for language in self._languages(old.get(key), new.get(key)):
                yield self._reworded(f"diff.{noun}", key, language, one, other, name=name)
        keys = [key for key in dict.fromkeys((*old, *new)) if key not in TEXTS and old.get(key) != new.get(key)]
        for key in dict.fromkeys(TOGETHER.get(key, key) for key in keys):
            was, now = told[0].get(key, ""), told[1].get(key, "")
            if was == now:  # a long list is told in part; what differs may be in the other part
                was, now = _exactly(old.get(key)), _exactly(new.get(key))
            yield self._said(f"diff.{noun}", f"what.{key}", was, now, name=name)

    def _languages(self, old: Document, new: Document) -> list[str]:
        """The languages in which a name differs."""
        one, other = (part if isinstance(part, dict) else {} for part in (old, new))
        return [language for language in dict.fromkeys((*one, *other)) if one.get(language) != other.get(language)]

    def _reworded(
        self, key: str, text: str, language: str, old: dict[str, str], new: dict[str, str], *, name: str = ""
    ) -> str:
        spoken = self.tongue.texts.get(f"language.{language}", language)
        what = self.tongue.say("diff.in_language", what=self.tongue.texts[f"what.{text}"], language=spoken)
        return self._line(key, what, self._quoted(old.get(language)), self._quoted(new.get(language)), name=name)

    def _quoted(self, text: str | None) -> str:
        return self.tongue.say("quoted", text=text) if text else ""

    def _said(self, key: str, what: str, before: str, after: str, *, name: str = "") -> str:
        return self._line(key, self.tongue.texts[what], before, after, name=name)

    def _line(self, key: str, what: str, before: str, after: str, *, name: str = "") -> str:
        nothing = self.tongue.texts["diff.nothing"]
        facts = {"before": before or nothing, "after": after or nothing, "name": name, "what": what}
        said = self.tongue.say(key, **facts)
        return self.tongue.capital(said) if key == "diff.programme" else said


# --- the parts of each noun, by the key of the document ---


def _frame_parts(speaker: Speaker) -> dict[str, str]:
    tongue, whole, earning = speaker.tongue, speaker.programme, speaker.programme.earning
    included = [switch for switch in statements.SWITCHES if getattr(earning, switch)]
    return {
        "what.programme": whole.key,
        "what.zone": whole.zone_key,
        "what.currency": whole.currency,
        "what.country": whole.country or "",
        "what.till_asks_above": "" if whole.till_asks_above is None else speaker.money(whole.till_asks_above),
        "what.names": _called(whole.called),
        "what.languages": ", ".join(whole.languages),
        "what.rounding": statements.inside(tongue.say(f"rounding.{earning.rounding}.{earning.per}"), tongue),
        "what.stacking": statements.inside(tongue.say(f"stacking.{earning.stacking}"), tongue),
        "what.tenders": ", ".join(sorted(earning.tenders_without)),
        "what.include": ", ".join(tongue.texts[f"include.{switch}"] for switch in included),
        "what.enrol_unknown": tongue.texts["yes" if whole.enrol_unknown else "no"],
        "what.returns": statements.inside(tongue.say(f"returns.{whole.returns}"), tongue),
        "what.refunds": statements.inside(tongue.say(f"refunds.{whole.refunds}"), tongue),
        "what.reinstate": statements.inside(statements.reinstating(whole, speaker), tongue),
        "what.remind_days": ", ".join(tongue.number(days) for days in whole.remind_days),
        "what.reasons": _named({code: reason.name for code, reason in whole.adjustments.reasons.items()}),
        "what.approve_above": ", ".join(
            f"{code} {tongue.number(most, whole.units[code].scale)}"
            for code, most in sorted(whole.adjustments.approve_above.items())
        ),
        "what.support": statements.joined(support.sentences(speaker), tongue),
        "what.alerts": statements.inside(statements.watching(whole, speaker), tongue),
        "what.answers": _named(support.texts(speaker)),
        "what.households": statements.joined(statements.households(whole, speaker), tongue),
        "what.gift_cards": ""
        if whole.gift_cards is None
        else statements.inside(offers.cards(whole.gift_cards, speaker), tongue),
        "what.review": statements.inside(tongue.say(f"review.{whole.review}"), tongue),
        "what.brand": statements.inside(statements.brand(whole, speaker), tongue),
        "what.causes": _named({code: cause.name for code, cause in whole.causes.items()}),
        "what.reward_categories": _named(whole.reward_categories),
        "what.consents": "; ".join(_consent(one, speaker) for one in whole.consents.values()),
        "what.erase_after_days": tongue.number(whole.erase_after_days),
        "what.hold_out": "" if whole.hold_out is None else tongue.percent(whole.hold_out.share),
        "what.margin": "" if whole.margin is None else tongue.percent(whole.margin),
        "what.address_wait": statements.joined(consents.waiting(whole, speaker), tongue),
    }


def _called(one: Called) -> str:
    """Every word with its names in each language: what changed in another language has changed."""
    return "; ".join(f"{field}: {_named(names)}" for field, names in msgspec.structs.asdict(one).items() if names)


def _consent(one: Purpose, speaker: Speaker) -> str:
    """A consent with its words in every language: one that changed in another language has changed."""
    words = [text for names in (one.name, one.text) for _, text in sorted(names.items())]
    return f"{statements.joined(consents.told(one, speaker), speaker.tongue)} ({one.key}: {' '.join(words)})"


def _named(names: dict[str, dict[str, str]]) -> str:
    """What has a code, with all its names: one that changed in another language has changed."""
    return "; ".join(f"{code} ({', '.join(name for _, name in sorted(names[code].items()))})" for code in sorted(names))


def _rates(currency: str, speaker: Speaker) -> str:
    told = speaker.programme.rates.get(currency, ())
    return statements.joined([statements.rate(currency, at, speaker) for at in range(len(told))], speaker.tongue)


def _rule(key: str, speaker: Speaker) -> Rule:
    return next(rule for rule in speaker.programme.rules if rule.key == key)


def _rule_whole(key: str, speaker: Speaker) -> tuple[dict[str, str], str]:
    rule = _rule(key, speaker)
    within = Speaker(speaker.tongue, speaker.programme, rule.when)
    return rule.name, statements.rule(rule, within)


def _rule_parts(key: str, outer: Speaker) -> dict[str, str]:
    rule, tongue = _rule(key, outer), outer.tongue
    speaker = Speaker(tongue, outer.programme, rule.when)
    unit = next((speaker.programme.units[one.unit] for one in rule.then), None)  # limits are of the only one
    kinds = [tongue.kind(kind, speaker.programme) for kind in rule.when]
    return {
        "when": tongue.any_of([kind.get("a", kind["one"]) for kind in kinds]),
        "if": clauses.text(clauses.told(rule.condition, speaker), speaker) if rule.condition else "",
        "lines": clauses.items(rule.where, speaker) if rule.where else "",
        "then": statements.given(rule, speaker),
        "during": bounds.window(rule.during, speaker) if (rule.during.start or rule.during.until) else "",
        "caps": ", ".join(bounds.caps(rule.caps, unit, speaker)) if unit else "",
        "uses": ", ".join(bounds.uses(rule.uses, speaker)),
        "budget": tongue.points(rule.budget, unit) if rule.budget is not None and unit else "",
        "group": rule.group or "",
        "priority": tongue.number(rule.priority),
        "vesting": statements.vesting(rule.vesting, speaker) if rule.vesting else "",
        "expires": statements.expires(rule.expires, speaker) if rule.expires else "",
        "funder": rule.funder or "",
        "campaign": tongue.texts["yes" if rule.campaign else "no"],
        "owner": rule.owner,
    }


def _unit(key: str, speaker: Speaker) -> Unit:
    return speaker.programme.units[key]


def _unit_whole(key: str, speaker: Speaker) -> tuple[dict[str, str], str]:
    return _unit(key, speaker).name, statements.unit(_unit(key, speaker), speaker)


def _unit_parts(key: str, speaker: Speaker) -> dict[str, str]:
    unit, tongue = _unit(key, speaker), speaker.tongue
    worth = unit.worth
    return {
        "kind": tongue.texts[f"kind.{unit.kind}"],
        "scale": tongue.number(unit.scale),
        "expires": statements.expires(unit.expires, speaker),
        "vesting": statements.vesting(unit.vesting, speaker),
        "caps": ", ".join(bounds.caps(unit.caps, unit, speaker)),
        "worth": statements.worth(worth, unit, speaker) if worth else "",
        "debt_max": tongue.points(unit.debt_max, unit) if unit.debt_max is not None else "",
        "converts_at": tongue.points(unit.converts_at, unit) if unit.converts_at is not None else "",
        "pays": rewards.paying(unit.pays, unit, speaker) if unit.pays is not None else "",
        "transfers": statements.sending(unit.transfers, unit, speaker) if unit.transfers is not None else "",
    }


def _kind_whole(key: str, speaker: Speaker) -> tuple[dict[str, str], str]:
    return _kind(key, speaker).name, ""


def _kind(key: str, speaker: Speaker) -> Kind:
    return speaker.programme.kinds[key]


def _kind_parts(key: str, speaker: Speaker) -> dict[str, str]:
    return {"facts": ", ".join(_kind(key, speaker).facts)}


def _ladder(key: str, speaker: Speaker) -> Ladder:
    return next(ladder for ladder in speaker.programme.tiers if ladder.key == key)


def _ladder_whole(key: str, speaker: Speaker) -> tuple[dict[str, str], str]:
    one = _ladder(key, speaker)
    return one.name, " ".join(ladders.sentences(one, speaker))


def _ladder_parts(key: str, speaker: Speaker) -> dict[str, str]:
    one, tongue = _ladder(key, speaker), speaker.tongue
    return {
        "basis": ladders.basis(one, speaker),
        "window": ladders.window(one, speaker),
        "levels": ladders.levels(one, speaker),
        "downgrade": tongue.texts[f"tier.down.{one.downgrade}"],
        "after_return": tongue.texts[f"tier.return.{one.after_return}"],
        "crossing": tongue.texts[f"tier.crossing.{one.crossing}"],
        "grace_days": tongue.number(one.grace_days),
    }


def _plan_whole(key: str, speaker: Speaker) -> tuple[dict[str, str], str]:
    one = speaker.programme.plans[key]
    return one.name, " ".join(plans.sentences(one, speaker))


def _plan_parts(key: str, speaker: Speaker) -> dict[str, str]:
    one, tongue = speaker.programme.plans[key], speaker.tongue
    answers = {True: tongue.texts["plan.yes"], False: tongue.texts["plan.no"]}
    days = ("trial_days", "grace_days", "refund_days", "ask_days", "pause_days_max", "rank")
    return {
        "prices": plans.prices(one, speaker),
        "period": plans.period(one.period, speaker),
        "renews": answers[one.renews],
        "joint": answers[one.joint],
        "benefits": plans.benefits(one, speaker),
        **{name: tongue.number(getattr(one, name)) for name in days},
    }


def _reward_whole(key: str, speaker: Speaker) -> tuple[dict[str, str], str]:
    one = speaker.programme.rewards[key]
    return one.name, " ".join(rewards.sentences(one, speaker))


def _reward_parts(key: str, speaker: Speaker) -> dict[str, str]:
    one, tongue = speaker.programme.rewards[key], speaker.tongue
    return {
        "kind": rewards.what(one, speaker),
        "prices": rewards.prices(one, speaker),
        "category": rewards.category(one, speaker),
        "image": one.image or "",
        "amount": speaker.money(one.amount) if one.amount is not None else "",
        "percent": tongue.percent(one.percent) if one.percent is not None else "",
        "product": one.product or "",
        "voucher": one.voucher or "",
        "cost": speaker.money(one.cost),
        "stocked": tongue.texts[f"stocked.{one.stocked or 'always'}"],
        "limits": rewards.limits(one, speaker),
        "total": tongue.number(one.total) if one.total is not None else "",
        "budget": speaker.money(one.budget) if one.budget is not None else "",
        "during": rewards.window(one, speaker),
        "early_access": rewards.early(one, speaker),
        "if": rewards.condition(one, speaker),
        "choices": rewards.choices(one, speaker),
        "address": tongue.texts["yes" if one.address else "no"],
        "reserve_minutes": tongue.counted(one.reserve_minutes, "minute"),
        "fulfil_days": tongue.counted(one.fulfil_days, "day") if one.fulfil_days is not None else "",
        "fulfilment": tongue.texts[f"fulfilment.{'at_once' if one.at_once else 'by_hand'}"],
        "prizes": rewards.prizes(one, speaker),
        "fallback": rewards.fallback(one, speaker),
        "guarantee": rewards.guarantee(one, speaker),
        "free_limits": rewards.free_limits(one, speaker),
    }


def _voucher_whole(key: str, outer: Speaker) -> tuple[dict[str, str], str]:
    one = outer.programme.vouchers[key]
    return one.name, offers.sentence(one, Speaker(outer.tongue, outer.programme, (PURCHASE,)))


def _voucher_parts(key: str, outer: Speaker) -> dict[str, str]:
    return offers.parts(outer.programme.vouchers[key], Speaker(outer.tongue, outer.programme, (PURCHASE,)))


def _listed(part: Document) -> str:
    return ", ".join(str(entry) for entry in part) if isinstance(part, list) else ""


def _exactly(part: Document) -> str:
    """A part as it stands in the document, where words do not tell the difference."""
    return documents.shortened(json.dumps(part, ensure_ascii=False), TEXT_CHARS_MAX)
