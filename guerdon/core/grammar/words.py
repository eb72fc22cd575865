"""The words that point elsewhere in a programme: kinds of activity, units, currencies, counters, labels."""

from abc import abstractmethod
from collections.abc import Collection
from typing import Final

from guerdon.core import activities, documents, limits
from guerdon.core.conditions import Scalar
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.shapes import At, Key, Shape, Text, Wrong, bounded, exact, written
from guerdon.core.grammar.structures import Choices

COUNTED_KINDS: Final = tuple(kind for kind in activities.BUILT_IN_KINDS if kind != activities.RETURN)
SPEND: Final = "spend"
COUNT: Final = "count:"

LABEL: Final = Text(limits.IDENTIFIER_CHARS_MAX, lenient=True)
LABELS: Final = Choices(LABEL, limits.CHOICES_MAX, of="words, like [coffee, cake]")


class KindCode(Shape[str]):
    """A kind of activity that the programme counts: a built-in one or one of its own."""

    form = "a kind of activity, like purchase"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        known = (*COUNTED_KINDS, *at.scope.facts)
        if found in known or (found in activities.ANSWERED and at.pointer.split("/")[3:4] == ["when"]):
            return found
        if found == activities.RETURN or found in activities.LEDGER_KINDS:
            return at.wrong("kind_reserved", f"“{found}” is made by the house; rules can't ask for it.")
        meant = documents.nearest(found, known)
        return at.wrong(
            "kind_unknown",
            f"There is no kind of activity “{documents.shortened(found)}”.",
            f"did you mean “{meant}”?" if meant else f"possible here: {documents.listed(known, 20)}",
        )

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": limits.KEY_CHARS_MAX,
            "examples": list(COUNTED_KINDS),
        }


class AwaitedKind(KindCode):
    """A kind of activity that can confirm a purchase: any that is counted but the purchase itself."""

    form = "a kind of activity, like delivered"

    def read(self, found: Document, at: At) -> str | Wrong:
        if found == activities.PURCHASE:
            told = "A purchase can't wait for itself: name the activity that confirms it."
            return at.wrong("kind_reserved", told, "add a kind like “delivered” to “kinds” and name it here")
        return super().read(found, at)


AWAITED: Final = AwaitedKind()


class _Declared(Shape[str]):
    """A key that the programme declares elsewhere in the file."""

    noun: str
    reason: str

    @abstractmethod
    def known(self, at: At) -> Collection[str]:
        """The keys that are declared."""

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if found not in self.known(at):
            known = list(self.known(at))
            meant = documents.nearest(found, known)
            return at.wrong(
                self.reason,
                f"The programme has no {self.noun} “{documents.shortened(found)}”.",
                f"did you mean “{meant}”?" if meant else f"possible here: {documents.listed(known) or 'none yet'}",
            )
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "minLength": 1, "maxLength": limits.KEY_CHARS_MAX}


class UnitCode(_Declared):
    """A unit of the programme."""

    form = "a unit of the programme, like points"
    noun = "unit"
    reason = "unit_unknown"

    def known(self, at: At) -> Collection[str]:
        return at.scope.scales


class VoucherKey(_Declared):
    """A voucher of the programme."""

    form = "a voucher of the programme, like welcome"
    noun = "voucher"
    reason = "voucher_unknown"

    def known(self, at: At) -> Collection[str]:
        return at.scope.keys.get("vouchers", ())


class _Labelled(Shape[str]):
    """A key that the programme declares, where it declares any; else a label that somebody else gives members."""

    form = "a text"
    told: str
    reason: str

    @abstractmethod
    def known(self, at: At) -> Collection[str]:
        """The keys that are declared."""

    def read(self, found: Document, at: At) -> str | Wrong:
        word = LABEL.read(found, at)
        known = list(self.known(at))
        if isinstance(word, Wrong) or not known or word in known:
            return word
        meant = documents.nearest(word, known)
        hint = f"did you mean “{meant}”?" if meant else f"possible here: {documents.listed(known, 20)}"
        return at.wrong(self.reason, f"{self.told} “{documents.shortened(word)}”.", hint)

    def write(self, value: object, at: At) -> Document:
        return LABEL.write(value, at)

    def schema(self, defs: Mapping) -> Mapping:
        return LABEL.schema(defs)


class TierKey(_Labelled):
    """A tier of a ladder."""

    told = "No ladder has a tier"
    reason = "tier_unknown"

    def known(self, at: At) -> Collection[str]:
        return at.scope.keys.get("tiers", ())


class PlanKey(_Labelled):
    """A plan of a membership."""

    told = "The programme has no plan"
    reason = "plan_unknown"

    def known(self, at: At) -> Collection[str]:
        return at.scope.keys.get("plans", ())


class CategoryKey(Key):
    """A category of rewards: members read its name, never its key."""

    def read(self, found: Document, at: At) -> str | Wrong:
        key = super().read(found, at)
        known = at.scope.keys.get("reward_categories", ())
        if isinstance(key, Wrong) or key in known:
            return key
        meant = documents.nearest(key, known)
        names = ", ".join(f"{language}: …" for language in at.scope.languages)
        hint = f"did you mean “{meant}”?" if meant else f"add “{key}: {{{names}}}” to “reward_categories”"
        return at.wrong("category_unnamed", f"The category “{key}” has no name.", hint)


class CurrencyCode(Shape[str]):
    """A currency the programme takes: its own or one it has rates for."""

    form = "a currency, like EUR"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if found not in at.scope.currencies:
            told = f"The programme takes no “{documents.shortened(found)}”: not its currency, and no rates."
            return at.wrong("currency_unknown", told, f"possible here: {documents.listed(at.scope.currencies)}")
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[A-Z]{3}$"}


class ScalarValue(Shape[Scalar]):
    """A word, a whole number or a truth value, compared as it is."""

    form = "a text, a whole number, true or false"

    def read(self, found: Document, at: At) -> Scalar | Wrong:
        if isinstance(found, bool):
            return found
        if isinstance(found, int):
            return bounded(found, at, -limits.NUMBER_MAX, limits.NUMBER_MAX)
        return LABEL.read(found, at) if isinstance(found, str) else at.mistyped(found, self.form)

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str | int)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": ["string", "integer", "boolean"], "maxLength": limits.IDENTIFIER_CHARS_MAX}


class CounterName(Shape[str]):
    """What is counted: `spend` or `count:<kind>`."""

    form = "“spend” or “count:” with a kind of activity, like count:visit"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if found == SPEND:
            return found
        if not found.startswith(COUNT):
            bare = found in (*COUNTED_KINDS, *at.scope.facts)
            meant = f"count:{found}" if bare else documents.nearest(found, (SPEND,))
            told = f"“{documents.shortened(found)}” is not {self.form}."
            return at.wrong("unknown_word", told, f"did you mean “{meant}”?" if meant else f"write {self.form}")
        kind = KIND.read(found.removeprefix(COUNT), at)
        return kind if isinstance(kind, Wrong) else found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^(spend|count:.+)$"}


class Tally(Shape[int]):
    """A bound of a counter: money for `spend`, else a number of times; the place knows the decimals."""

    form = "a number, like 3"

    def read(self, found: Document, at: At) -> int | Wrong:
        number = exact(found, at, at.scale, self.form)
        return number if isinstance(number, Wrong) else bounded(number, at, 0, limits.MONEY_MAX, scale=at.scale)

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, int)
        return written(value, at.scale)

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": ["number", "string"], "minimum": 0, "pattern": r"^[0-9]+(\.[0-9]+)?$"}


KIND: Final = KindCode()
KINDS: Final = Choices(KIND, limits.CHOICES_MAX, of="kinds of activity, like [purchase, visit]")
