"""The fields of a plan of paid memberships, as the programme and what was typed make them."""

from collections.abc import Sequence
from typing import Final

import msgspec

from guerdon.core import limits, sentences
from guerdon.core.documents import Mapping
from guerdon.faces import words
from guerdon.faces.console import tier_parts
from guerdon.faces.console.entry_form import Told
from guerdon.faces.console.parts import KEY, Group, Setting, days, said
from guerdon.faces.console.sources import Source
from guerdon.features.programmes.forms import Problem

_WAYS: Final = ("months", "years", "days", "lifetime")


def plan(source: Source, key: str, entry: Mapping, told: Told, *, is_new: bool) -> tuple[Group, ...]:
    """A plan: what it costs, for how long, and what it gives."""
    programme, prices = source.programme, entry.get("price")
    currencies = (programme.currency, *programme.rates, *(prices if isinstance(prices, dict) else ()))
    first = (
        *said(source, ""),
        *[Setting(f"price.{one}", name=_priced(one)) for one in dict.fromkeys(currencies)],
    )  # fmt: skip
    span = (
        Setting("period.count", least=1, most=limits.VALIDITY_DAYS_MAX, label="period_count"),
        Setting("period.way", "choice", _WAYS, label="period_way", blank=""),
        Setting("renews", "choice", ("once",), blank="goes_on"),
        days("trial_days", usual="0"),
    )  # fmt: skip
    more = (
        days("ask_days", usual="7"), msgspec.structs.replace(days("grace_days", usual="7"), label="pay_days"),
        days("refund_days", usual="14"), days("pause_days_max", usual="90"),
        Setting("rank", most=limits.PLAN_RANK_MAX, usual="0"), Setting("joint", "check"),
        *([Setting(KEY, "text")] if is_new else []),
    )  # fmt: skip
    return (
        Group("plan", first), Group("period", span, about=True),
        Group("plan_gives", (), about=True, inner=tier_parts.benefits(source, "benefits", entry, told)),
        Group("plan_more", more, folded=True, shut=True),
    )  # fmt: skip


def _priced(currency: str) -> dict[str, str]:
    return {one: words.say("entry_fields.price_in", one, currency=currency) for one in sentences.LANGUAGES}


# --- what the file has in another shape ---


def opened(entry: Mapping) -> Mapping:
    """A plan with the length of its period as a number of a kind, and what goes on as a choice."""
    found = {key: one for key, one in entry.items() if key not in ("prices", "period", "renews")}
    if "prices" in entry:
        found["price"] = entry["prices"]
    period = entry.get("period")
    if isinstance(period, dict) and len(period) == 1:
        way, count = next(iter(period.items()))
        found["period"] = {"way": way} if way == "lifetime" else {"way": way, "count": count}
    return found | ({"renews": "once"} if entry.get("renews") is False else {})


def closed(entry: Mapping, before: Mapping) -> Mapping:
    """The same as the file has it."""
    found: Mapping = {"prices" if key == "price" else key: one for key, one in entry.items() if key != "renews"}
    period = entry.get("period")
    if isinstance(period, dict):
        way = str(period.get("way", ""))
        found["period"] = {way: period.get("count", "")}
        if way == "lifetime":  # what is for ever has no length: one that is said all the same is told
            found["period"] = {way: True} | ({"count": period["count"]} if "count" in period else {})
    if "renews" in entry:
        found["renews"] = False
    elif before.get("renews") is True:
        found["renews"] = True  # said, though it is so anyway
    return tier_parts.whole(found, "name", "prices", "period")


def spots(one: Problem, told: Told) -> Sequence[Problem]:
    """What is wrong where the form has it: with a price, and with how long a period is."""
    path = one.path.replace("/prices", "/price", 1) if one.path.startswith("/prices") else one.path
    if path.startswith("/period/") and path != "/period/lifetime":
        path = "/period/count"
    one = msgspec.structs.replace(one, path=path)
    if one.reason == "one_key" and path == "/period" and told.get("period.way") == "lifetime":
        one = msgspec.structs.replace(one, path="/period/count", reason="for_ever")
    return (one,)
