"""The closed grammar of a programme: document ↔ `Programme`, every problem told, a schema for editors."""

from math import prod
from typing import Final, cast

import msgspec

from guerdon.core import activities, conditions, documents, effects, limits, money, rules
from guerdon.core.cards import GiftCards
from guerdon.core.documents import Document, Mapping, Problem
from guerdon.core.expiry import Sliding
from guerdon.core.grammar.by_hand import BY_HAND
from guerdon.core.grammar.cards import GIFT_CARDS
from guerdon.core.grammar.households import HOUSEHOLDS
from guerdon.core.grammar.mysteries import prizes_fit
from guerdon.core.grammar.places import Currency, ForeignCurrency, KindKey, Language, Zone, zone_of
from guerdon.core.grammar.plans import PLANS
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rewards import REWARD_CATEGORIES, REWARDS
from guerdon.core.grammar.rules import NAMES, RULES
from guerdon.core.grammar.shapes import WRONG, At, Flag, Key, Scope, TooManyProblems, Whole, Word, Wrong
from guerdon.core.grammar.structures import Keyed, Listing
from guerdon.core.grammar.tiers import LADDERS
from guerdon.core.grammar.transfers import CAUSE
from guerdon.core.grammar.units import EARNING, KIND, RATES, UNIT, unit_scale
from guerdon.core.grammar.vouchers import VOUCHERS
from guerdon.core.programme import Programme, Reinstate
from guerdon.core.rewards import VOUCHER_OF

SCHEMA_URI: Final = "https://json-schema.org/draft/2020-12/schema"


def _programme_fits(value: Programme, at: At) -> bool:
    fits = _cards_fit(value, at) and _groups_fit(value, at) and _lives_fit(value, at) and _confirmable(value, at)
    fits = fits and _tiers_known(value, at) and _plans_known(value, at)
    fits = fits and _prices_spendable(value, at) and _rewards_given(value, at) and _categories_named(value, at)
    fits = fits and prizes_fit(value, at)
    fits = fits and _conversions_end(value, at)
    return fits and _all_given(value, at)


def _conversions_end(value: Programme, at: At) -> bool:
    """What is converted becomes something, and never what is converted itself: that would have no end."""
    answered = any(activities.CONVERTED in rule.when for rule in value.rules)
    for unit in value.units.values():
        if unit.converts_at is not None and not answered:
            told = f"No rule says what “{unit.code}” become."
            at.under("units").under(unit.code).under("converts_at").wrong(
                "converts_to_nothing", told, "write a rule with “when: converted”, or leave it out"
            )
            return False
    for rule in value.rules:
        for place, effect in enumerate(rule.then):
            if activities.CONVERTED in rule.when and value.units[effect.unit].converts_at is not None:
                told = f"“{effect.unit}” is converted itself, so this could go on for ever."
                here = at.under("rules").under(rule.key).under("then").under(place)
                here.wrong("converts_again", told, "give another unit")
                return False
    return True


def _tiers_known(value: Programme, at: At) -> bool:
    """With ladders, rules and vouchers ask for tiers of theirs; and a household has no day of joining."""
    for ladder in value.tiers if value.households is not None else ():
        if ladder.window == "membership_year":
            told = "Who shares a household's balance climbs with it, and nobody joined on the same day."
            place = at.under("tiers").under(ladder.key).under("window")
            place.wrong("no_one_membership", told, "write calendar_year or rolling")
            return False
    known = [level.key for ladder in value.tiers for level in ladder.levels]
    asked = _asked(value, at, "tier")
    for reward in value.rewards.values():
        asked.append((at.under("rewards").under(reward.key).under("early_access"), [*reward.early_access]))
    return not known or _all_known(asked, known, "tier_unknown", "No ladder has a tier")


def _plans_known(value: Programme, at: At) -> bool:
    """Where the programme has plans, its conditions ask for memberships of theirs."""
    asked = _asked(value, at, "membership")
    return not value.plans or _all_known(asked, [*value.plans], "plan_unknown", "The programme has no plan")


def _asked(value: Programme, at: At, what: str) -> list[tuple[At, list[str]]]:
    """What the conditions of rules and rewards name of a kind, and where."""
    found = [(at.under("rules").under(rule.key), rule.condition) for rule in value.rules]
    found += [(at.under("rewards").under(one.key), one.condition) for one in value.rewards.values()]
    found += [(at.under("vouchers").under(key), one.condition) for key, one in value.vouchers.items()]
    return [(here.under("if"), _named(condition, what)) for here, condition in found]


def _named(condition: conditions.Condition | None, what: str) -> list[str]:
    """What a condition names of a kind."""
    nodes = conditions.walk(condition) if condition is not None else []
    asked = [node for node in nodes if isinstance(node, conditions.Is) and node.what == what]
    return sorted({word for node in asked for word in node.any_of | node.none_of})


def _all_known(asked: list[tuple[At, list[str]]], known: list[str], reason: str, told: str) -> bool:
    for place, words in asked:
        for word in words:
            if word not in known:
                meant = documents.nearest(word, known)
                hint = f"did you mean “{meant}”?" if meant else f"possible here: {documents.listed(known, 20)}"
                place.wrong(reason, f"{told} “{documents.shortened(word)}”.", hint)
                return False
    return True


def _prices_spendable(value: Programme, at: At) -> bool:
    """Only what can be spent is a price."""
    for reward in value.rewards.values():
        for place, price in enumerate(reward.prices):
            for code in price.points:
                if not value.units[code].spendable:
                    here = at.under("rewards").under(reward.key).under("prices").under(place).under("points")
                    told = f"Members can't spend “{code}”; it is only counted."
                    here.under(code).wrong("never_spent", told, "name a unit that is redeemable, or money")
                    return False
    return True


def _categories_named(value: Programme, at: At) -> bool:
    """Members read the name of a category, never its key."""
    known = [*value.reward_categories]
    for reward in value.rewards.values():
        if reward.category is not None and reward.category not in known:
            meant = documents.nearest(reward.category, known)
            names = ", ".join(f"{language}: …" for language in value.languages)
            hint = (
                f"did you mean “{meant}”?" if meant else f"add “{reward.category}: {{{names}}}” to “reward_categories”"
            )
            told = f"The category “{reward.category}” has no name."
            at.under("rewards").under(reward.key).under("category").wrong("category_unnamed", told, hint)
            return False
    return True


def _rewards_given(value: Programme, at: At) -> bool:
    """A reward names a voucher of its own kind, and gives a gift card that this programme can have."""
    for reward in value.rewards.values():
        here = at.under("rewards").under(reward.key)
        named = value.given_by(reward)
        if named is not None and named.kind != VOUCHER_OF[reward.kind]:
            told = f"The voucher “{reward.voucher}” gives {named.kind}; a reward of the kind {reward.kind} does not."
            here.under("voucher").wrong("voucher_unfit", told, f"name one that gives {VOUCHER_OF[reward.kind]}")
            return False
        if reward.gives == "gift_card" and not _card_fits(reward.amount or 0, value.gift_cards, here):
            return False
    return True


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
            return False
    return True


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
    return True


_LANGUAGES: Final = Listing(Language(), limits.LANGUAGES_MAX, unique=True, of="language codes, like [en, bg]")
_REMINDERS: Final = Listing(
    Whole(1, limits.VALIDITY_DAYS_MAX), limits.REMINDERS_MAX, least=0, unique=True, of="days, like [60, 30, 7]"
)
REINSTATE: Final = Record(
    Reinstate,
    Field("grace_days", Whole(0, limits.VALIDITY_DAYS_MAX), "How many days more points live that had ended meanwhile."),
    form="a mapping like {grace_days: 14}",
    needs_one=("grace_days",),
)
PROGRAMME: Final = Record(
    Programme,
    Field("programme", Key(), "The key of the programme.", "key"),
    Field("name", NAMES, "Its name in each language."),
    Field("zone", Zone(), "The IANA time zone in which days begin and end.", "zone_key"),
    Field("currency", Currency(), "The currency of all money in this file."),
    Field("languages", _LANGUAGES, "The languages in which everything has a name."),
    Field("units", Keyed(Key(), UNIT, limits.UNITS_MAX, least=1, of="units"), "What is counted."),
    Field("earning", EARNING, "How amounts earn."),
    Field("kinds", Keyed(KindKey(), KIND, limits.KINDS_MAX, of="kinds"), "Own kinds of activity."),
    Field(
        "rates",
        Keyed(ForeignCurrency(), RATES, limits.RATES_MAX, of="rates"),
        "Foreign currencies the programme takes, and their rates.",
    ),
    Field("enrol_unknown", Flag(), "Whether an activity of an unknown member enrols them."),
    Field(
        "returns",
        Word("only_pending", "within_balance", "debt"),
        "What happens when returned points are spent.",
    ),
    Field(
        "refunds",
        Word("pro_rata", "points_first", "card_first"),
        "To which way of paying the money of a return goes back first.",
    ),
    Field("reinstate", REINSTATE, "What becomes of points of a cancelled burn that have ended meanwhile."),
    Field("remind_days", _REMINDERS, "How many days before expiry members are reminded."),
    Field("adjustments", BY_HAND, "What is asked of points given or taken by hand."),
    Field("causes", Keyed(Key(), CAUSE, limits.CAUSES_MAX, of="causes"), "What members can give points to."),
    Field("tiers", LADDERS, "Ladders of tiers, each under its key; members climb them by what they do."),
    Field("plans", PLANS, "Plans of paid memberships, each under its key."),
    Field("households", HOUSEHOLDS, "How members may share one balance; left out, nobody can."),
    Field("vouchers", VOUCHERS, "What vouchers give, each kind under its key."),
    Field("gift_cards", GIFT_CARDS, "How gift cards are sold; left out, none are."),
    Field("reward_categories", REWARD_CATEGORIES, "The categories of rewards, each under its key, in their order."),
    Field("rewards", REWARDS, "What members can have for their points, each under its key."),
    Field("rules", RULES, "The rules."),
    form="a programme, with “programme”, “zone”, “currency”, “units” and “rules”",
    check=_programme_fits,
)


class Reading(msgspec.Struct, frozen=True):
    """What came of a document: the programme where there is no error, and all problems (warnings too)."""

    programme: Programme | None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


def read(document: Document) -> Reading:
    """The programme a document describes, or every problem it has."""
    scope = _scope(document)
    value: Programme | Wrong = WRONG
    try:
        value = PROGRAMME.read(document, At(scope))
    except TooManyProblems:
        told = f"These are the first {documents.PROBLEMS_MAX} problems; there are more."
        scope.problems.append(documents.problem("", "too_many_problems", told, "mend these first"))
    problems = tuple(dict.fromkeys(scope.problems))
    failed = isinstance(value, Wrong) or any(problem.severity == "error" for problem in problems)
    assert not failed or any(problem.severity == "error" for problem in problems), "refused without a reason"
    return Reading(None if failed else cast(Programme, value), problems)


def _scope(document: Document) -> Scope:
    """What the rest is read in, taken from the document before anything of it is checked."""
    if not isinstance(document, dict):
        return Scope()
    currency, languages = document.get("currency"), document.get("languages")
    home = currency if isinstance(currency, str) else "EUR"
    rates = document.get("rates")
    return Scope(
        currency=home,
        zone=zone_of(document.get("zone")),
        languages=tuple(code for code in languages if isinstance(code, str)) if isinstance(languages, list) else (),
        scales={code: unit_scale(unit, At(Scope())).scale for code, unit in _mappings(document.get("units"))},
        facts={key: _types(kind.get("facts")) for key, kind in _mappings(document.get("kinds"))},
        currencies=(home, *(rates if isinstance(rates, dict) else ())),
        vouchers=tuple(key for key, _ in _mappings(document.get("vouchers"))),
    )


def _mappings(found: Document) -> list[tuple[str, Mapping]]:
    """The entries of a mapping; one that is itself no mapping counts as empty."""
    entries = found.items() if isinstance(found, dict) else ()
    return [(key, entry if isinstance(entry, dict) else {}) for key, entry in entries]


def _types(facts: Document) -> dict[str, str]:
    return {name: str(fact.get("type")) for name, fact in _mappings(facts)}


def write(value: Programme) -> Mapping:
    """The canonical document of a programme; `read` makes the same programme of it."""
    scope = Scope(
        currency=value.currency,
        zone=value.zone,
        languages=value.languages,
        scales={code: unit.scale for code, unit in value.units.items()},
        currencies=(value.currency, *value.rates),
        vouchers=tuple(value.vouchers),
    )
    return cast(Mapping, PROGRAMME.write(value, At(scope)))


def schema() -> Mapping:
    """The grammar as JSON Schema 2020-12, for editors; it knows shapes and words, not references and sums."""
    defs: Mapping = {}
    whole = PROGRAMME.schema(defs)
    return {
        "$schema": SCHEMA_URI,
        "title": "Guerdon programme",
        "description": "A loyalty programme as code: units, earning, kinds, rates, tiers, plans and rules.",
        **whole,
        "$defs": defs,
    }
