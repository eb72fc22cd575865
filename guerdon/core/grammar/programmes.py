"""The closed grammar of a programme: document ↔ `Programme`, every problem told, a schema for editors."""

from typing import Final, cast

import msgspec

from guerdon.core import documents, limits
from guerdon.core.documents import Document, Mapping, Problem
from guerdon.core.grammar import agreement
from guerdon.core.grammar.alerts import ALERTS
from guerdon.core.grammar.brands import BRAND
from guerdon.core.grammar.by_hand import BY_HAND, OfUnit
from guerdon.core.grammar.cards import GIFT_CARDS
from guerdon.core.grammar.claims import SUPPORT
from guerdon.core.grammar.consents import CONSENTS
from guerdon.core.grammar.hold_out import HOLD_OUT
from guerdon.core.grammar.households import HOUSEHOLDS
from guerdon.core.grammar.naming import CALLED
from guerdon.core.grammar.places import Country, Currency, ForeignCurrency, KindKey, Language, Zone, zone_of
from guerdon.core.grammar.plans import PLANS
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rewards import REWARD_CATEGORIES, REWARDS
from guerdon.core.grammar.rules import NAMES, RULES
from guerdon.core.grammar.shapes import WRONG, Amount, At, Flag, Key, Scope, TooManyProblems, Whole, Word, Wrong
from guerdon.core.grammar.structures import Keyed, Listing
from guerdon.core.grammar.tiers import LADDERS
from guerdon.core.grammar.transfers import CAUSE, Percent
from guerdon.core.grammar.units import EARNING, KIND, RATES, UNIT, unit_scale
from guerdon.core.grammar.vouchers import VOUCHERS
from guerdon.core.grammar.words import UnitCode
from guerdon.core.programme import Programme, Reinstate

SCHEMA_URI: Final = "https://json-schema.org/draft/2020-12/schema"


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
    Field("country", Country(), "Its country: a phone number typed as it is dialled there is found."),
    Field("languages", _LANGUAGES, "The languages in which everything has a name."),
    Field("units", Keyed(Key(), UNIT, limits.UNITS_MAX, least=1, of="units"), "What is counted."),
    Field("earning", EARNING, "How amounts earn."),
    Field("kinds", Keyed(KindKey(), KIND, limits.KINDS_MAX, of="kinds"), "Own kinds of activity."),
    Field(
        "rates",
        Keyed(ForeignCurrency(), RATES, limits.RATES_MAX, of="rates"),
        "Foreign currencies the programme takes, and their rates.",
    ),
    Field("till_asks_above", Amount(), "Above how much the till asks whether an amount is really meant."),
    Field("names", CALLED, "How people call products, categories, stores and segments.", "called"),
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
    Field("support", SUPPORT, "What is promised about claims, and which answers are ready."),
    Field("alerts", ALERTS, "From where on a pattern of giving points is worth a look.", "watching"),
    Field("review", Word("free", "required"), "Whether a second person approves drafts before they are published."),
    Field("brand", BRAND, "What the pages of the programme look like; left out, as those of the house."),
    Field("causes", Keyed(Key(), CAUSE, limits.CAUSES_MAX, of="causes"), "What members can give points to."),
    Field("tiers", LADDERS, "Ladders of tiers, each under its key; members climb them by what they do."),
    Field("plans", PLANS, "Plans of paid memberships, each under its key."),
    Field("households", HOUSEHOLDS, "How members may share one balance; left out, nobody can."),
    Field("vouchers", VOUCHERS, "What vouchers give, each kind under its key."),
    Field("gift_cards", GIFT_CARDS, "How gift cards are sold; left out, none are."),
    Field("reward_categories", REWARD_CATEGORIES, "The categories of rewards, each under its key, in their order."),
    Field("rewards", REWARDS, "What members can have for their points, each under its key."),
    Field("consents", CONSENTS, "What members are asked for, each under its key."),
    Field(
        "erase_after_days",
        Whole(0, limits.ERASE_AFTER_DAYS_MAX),
        "How many days a member who wants to be erased can still change their mind.",
    ),
    Field(
        "address_wait_hours",
        Whole(0, limits.ADDRESS_WAIT_HOURS_MAX),
        "For how many hours after a new e-mail or phone a member can't give points away, be merged or be erased.",
    ),
    Field(
        "address_wait_free",
        Keyed(UnitCode(), OfUnit(0), limits.UNITS_MAX, of="points"),
        "What such a member can spend at once all the same, like {points: 200}; of other units anything.",
    ),
    Field(
        "hold_out",
        HOLD_OUT,
        "Which share of the members goes without campaigns, so that it can be told what these bring; always the same.",
    ),
    Field("margin", Percent(), "How much of what members spend is left once the goods are paid for, in percent."),
    Field("rules", RULES, "The rules."),
    form="a programme, with “programme”, “zone”, “currency”, “units” and “rules”",
    check=agreement.fits,
)


class Reading(msgspec.Struct, frozen=True):
    """What came of a document: the programme where there is no error, and all problems (warnings too)."""

    programme: Programme | None
    problems: tuple[Problem, ...] = ()
    compared: bool = True  # whether the parts were compared with each other, for which all must have been read

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
    return Reading(None if failed else cast(Programme, value), problems, scope.compared)


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
        keys={
            "tiers": _tiers(document.get("tiers")),
            **{what: _keys(document.get(what)) for what in ("vouchers", "plans", "reward_categories")},
        },
    )


def _mappings(found: Document) -> list[tuple[str, Mapping]]:
    """The entries of a mapping; one that is itself no mapping counts as empty."""
    entries = found.items() if isinstance(found, dict) else ()
    return [(key, entry if isinstance(entry, dict) else {}) for key, entry in entries]


def _keys(found: Document) -> tuple[str, ...]:
    return tuple(key for key, _ in _mappings(found))


def _tiers(ladders: Document) -> tuple[str, ...]:
    """The tiers of all ladders; none where those of one can't be told."""
    levels = [ladder.get("levels") for _, ladder in _mappings(ladders)]
    whole = all(isinstance(one, dict) for one in levels)
    return tuple(key for one in levels for key in _keys(one)) if whole else ()


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
