"""How strongly members are assumed to respond, as a form asks for it: off, low, middle, high, or one's own figure."""

from collections.abc import Mapping
from typing import Any, Final, cast

import msgspec
from django.http import QueryDict

from guerdon.core.errors import Refusal
from guerdon.core.simulations import OWN_MOST, Own, Responses, Strength
from guerdon.faces import posted, typed
from guerdon.faces.design.shapes import Choice
from guerdon.faces.visits import Visit
from guerdon.insight.simulate import priors
from guerdon.insight.simulate.priors import PRIORS, Key

_STRENGTHS: Final = ("middle", "low", "high", "off", "own")
_OFF: Final = Responses("off", "off", "off")


class Row(msgspec.Struct, frozen=True):
    """One response: what it is, its prior in words, and what was picked and typed."""

    name: str
    label: str
    hint: str
    choices: tuple[Choice, ...]
    value: str
    percent: str
    unsure: str
    fault: str


def fields(visit: Visit, form: QueryDict, faults: Mapping[str, str]) -> dict[str, Any]:
    """What the part of the page shows, with what was sent."""
    rows = tuple([_row(visit, key, form, faults) for key in PRIORS])
    touched = form.get("mechanical") or form.get("as_it_happened") or any(one.fault for one in rows)
    return {"responses": rows, "responses_open": bool(touched) or any(one.value != "middle" for one in rows)}


def _row(visit: Visit, key: Key, form: QueryDict, faults: Mapping[str, str]) -> Row:
    name, prior = f"response_{key}", PRIORS[key]
    source = visit.say("what_if.prior_ours") if prior.source is None else prior.source
    choices = []
    for one in _STRENGTHS:
        title = visit.say(f"what_if.strength_{one}")
        if one in ("low", "middle", "high"):
            strengths: dict[Key, Strength] = {key: cast("Strength", one)}
            middle, sd = priors.percent(key, priors.chosen(Responses(**strengths))[key])
            title = visit.say("what_if.strength", name=title, percent=_shown(middle), unsure=_shown(sd))
        choices.append(Choice(one, title))
    return Row(
        name, visit.say(f"what_if.response_{key}"), visit.say("what_if.prior", source=source), tuple(choices),
        str(form.get(name, "middle")), str(form.get(f"{name}_percent", "")), str(form.get(f"{name}_unsure", "")),
        faults.get(name, ""),
    )  # fmt: skip


def read(visit: Visit, form: QueryDict) -> tuple[Responses | None, dict[str, str]]:
    """What is assumed, or by field what is wrong with it."""
    if form.get("mechanical"):
        return _OFF, {}
    found: dict[Key, Strength] = {}
    faults: dict[str, str] = {}
    for key in PRIORS:
        name = f"response_{key}"
        told = str(form.get(name, "middle"))
        if told not in _STRENGTHS:
            faults[name] = visit.say("what_if.no_strength")
        elif told != "own":
            found[key] = cast("Strength", told)
        else:
            try:
                found[key] = _own(str(form.get(f"{name}_percent", "")), str(form.get(f"{name}_unsure", "")))
            except Refusal as refusal:
                faults[name] = posted.fault(refusal)
    return (None, faults) if faults else (Responses(**found), {})


def _own(percent: str, unsure: str) -> Own:
    """A figure of one's own, in percent with two decimals. Raises `value_refused`."""
    less = percent.strip()[:1] in ("-", "−")
    bare = percent.strip().lstrip("-−").replace("%", "")
    middle = typed.number(bare, scale=2, at="/percent", least=0, most=OWN_MOST)
    sd = typed.number(unsure.replace("%", "").strip() or "0", scale=2, at="/unsure", least=0, most=OWN_MOST)
    return Own(-middle if less else middle, sd)


def _shown(value: float) -> str:
    return typed.shown(f"{value:.1f}")
