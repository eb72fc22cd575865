"""The page for an address of something that is not there: what was looked for, and the list where it may be."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guerdon.core.errors import Refusal
from guerdon.faces import words
from guerdon.faces.refused import Way
from guerdon.kit import ids

_STEPS: Final = re.compile(r"([\w-]+)/<\w+:(\w+)>")
_SHOWN_MAX: Final = 60  # characters of what was looked for that are told again


class Thing(NamedTuple):
    """What a step of an address leads to: its word, the page where it may be, the noun of its id if it has one, and
    the codes of refusals that find it missing where those are not the word's or the noun's."""

    word: str
    at: str
    noun: str = ""
    codes: tuple[str, ...] = ()

    def missing(self, code: str) -> bool:
        """Whether a refusal of the code says that this is not there."""
        return code in (*self.codes, f"{self.word}_unknown", f"{self.noun}_unknown")


# By how addresses begin, and by the step before the id.
_CONSOLE: Final = {
    "members": Thing("member", "console.members", "member"),
    "alerts": Thing("alert", "console.alerts", "alert"),
    "approvals": Thing("request", "console.approvals", "adjustment"),
    "cards": Thing("card", "console.cards", codes=("gift_card_unknown",)),
    "claims": Thing("claim", "console.claims", "claim"),
    "photos": Thing("photo", "console.claims"),
    "reports": Thing("month", "console.closings", codes=("month_invalid",)),
    "closings": Thing("month", "console.closings", codes=("month_invalid",)),
    "drafts": Thing("draft", "console.drafts", "draft"),
    "figures": Thing("figure", "console.home", codes=("kpi_unknown",)),
    "kpis": Thing("figure", "console.insight", codes=("kpi_unknown",)),
    "queue": Thing("redemption", "console.queue", "redemption"),
    "keys": Thing("key", "console.keys", "key"),
    "ladders": Thing("ladder", "console.tiers", codes=("part_unknown",)),
    "plans": Thing("plan", "console.plans", codes=("part_unknown",)),
    "memberships": Thing("membership", "console.plans", "membership"),
    "rewards": Thing("reward", "console.rewards", codes=("part_unknown",)),
    "rules": Thing("rule", "console.rules", codes=("part_unknown",)),
    "segments": Thing("segment", "console.segments"),
    "settings": Thing("setting", "console.settings", codes=("part_unknown",)),
    "staff": Thing("person", "console.staff", "user", ("staff_unknown",)),
    "invitations": Thing("invitation", "console.staff", "staff_invitation"),
    "grants": Thing("grant", "console.tiers", "grant"),
    "versions": Thing("version", "console.versions"),
    "kinds": Thing("voucher", "console.vouchers", codes=("voucher_undefined", "part_unknown")),
    "codes": Thing("voucher", "console.vouchers"),
    "what-if": Thing("what_if", "console.simulations", "simulation"),
    "costs": Thing("cost", "console.costs", "cost"),
    "objectives": Thing("objective", "console.objectives", "objective"),
    "jobs": Thing("job", "console.works", "job"),
    "letters": Thing("letter", "console.works", "letter"),
}
_TILL: Final = {
    "members": Thing("member", "till.home", "member"),
    "receipts": Thing("purchase", "till.home", "activity"),
    "redemptions": Thing("redemption", "till.home", "redemption"),
    "rewards": Thing("reward", "till.home"),
}
_PORTAL: Final = {
    "rewards": Thing("reward", "portal.rewards"),
    "mine": Thing("redemption", "portal.mine", "redemption"),
    "vouchers": Thing("voucher", "portal.vouchers"),
    "activity": Thing("activity", "portal.activity", "activity"),
    "join": Thing("plan", "portal.plans"),
    "membership": Thing("membership", "portal.plans", "membership"),
    "invitations": Thing("invitation", "portal.household", "invitation"),
    "persons": Thing("person", "portal.household", "member"),
    "send": Thing("transfer", "portal.gifts", "transfer"),
    "claims": Thing("claim", "portal.claims", "claim"),
    "photos": Thing("photo", "portal.claims"),
}
THINGS: Final = {"console": _CONSOLE, "till": _TILL, "my": _PORTAL}


def things(path: str) -> dict[str, Thing]:
    """What the ids and keys in an address, as the table of pages writes it, lead to, by their names there."""
    face = path.partition("/")[0]
    return {name: THINGS[face][step] for step, name in _STEPS.findall(path) if step in THINGS.get(face, {})}


def misspelt(path: str, told: Mapping[str, str | int]) -> tuple[Thing, str] | None:
    """What the first id in the address that can't be one should lead to, and that id; None where all can be."""
    for name, thing in things(path).items():
        if thing.noun:
            try:
                ids.read(thing.noun, str(told[name]))
            except Refusal:
                return thing, str(told[name])
    return None


def sought(path: str, told: Mapping[str, str | int], refusal: Refusal, *, reads: bool) -> tuple[Thing, str] | None:
    """What a refusal found missing, and by which id or key; None where it speaks of something else.

    Whoever only reads (`reads`) has typed nothing: all that is missing then was named in the address, or its query.
    """
    every = things(path)
    face = THINGS.get(path.partition("/")[0], {})
    if refusal.kind is ids.ID_MALFORMED and reads:
        named = [one for one in face.values() if one.noun and refusal.facts["expected"] == f"{ids.PREFIXES[one.noun]}…"]
        return (named[0], str(refusal.facts["got"])) if named else None
    for name, thing in every.items():
        if thing.missing(refusal.code):
            return thing, str(told[name])
    if not reads or refusal.kind.family != "unknown":
        return None
    if every:
        name = [*every][-1]
        return every[name], str(told[name])
    return next(((one, "") for one in face.values() if one.missing(refusal.code)), None)


def page(request: HttpRequest, thing: Thing, told: str, to: str) -> HttpResponse:
    """The page, with the address of where the thing may be."""
    title = words.say(f"gone.{thing.word}", words.language())
    context = {"title": title, "told": told[:_SHOWN_MAX], "way": Way(to, "gone.to_list")}
    return render(request, "gone.html", context, status=404)
