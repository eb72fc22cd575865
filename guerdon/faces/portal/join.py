"""The way in: what the programme is, for everybody, and joining it, for who has signed in and is no member yet."""

from datetime import date
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse, HttpResponseRedirect
from msgspec import Meta

from guerdon.core import limits, sentences
from guerdon.core import members as law
from guerdon.core.activities import PURCHASE
from guerdon.core.consents import Purpose, Said
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import enrolment, joining
from guerdon.engine.consents import Agreed
from guerdon.faces import posted, sessions, welcomes
from guerdon.faces.api.calls import Language
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.design.shapes import Choice, Fault
from guerdon.faces.portal import frame
from guerdon.faces.refusals import people
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.members import queries as members
from guerdon.features.members.records import Enrolment

_TOLD_MAX: Final = 3  # sentences of how points are earned: as many as somebody reads who is only looking


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of who joins; the address has been shown by signing in."""

    name: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    rules: int = 0  # the version that was shown
    terms: bool = False
    consents: tuple[str, ...] = ()
    language: Language = "en"
    birthday: date | None = None


def welcome(visit: Visit) -> HttpResponse:
    """What the programme is, what joining gives and how points are earned, for everybody."""
    gifts = [
        sentences.rule(one, visit.programme, visit.language)
        for one in visit.programme.rules
        if joining.KIND in one.when and one.during.holds(visit.now)
    ]
    told = [
        sentences.rule(one, visit.programme, visit.language)
        for one in visit.programme.rules
        if PURCHASE in one.when and one.condition is None
    ]
    more = [
        sentences.rule(one, visit.programme, visit.language)
        for one in visit.programme.rules
        if not (PURCHASE in one.when and one.condition is None)
        and joining.KIND not in one.when
        and one.during.holds(visit.now)
    ]
    return frame.page(visit, "portal/welcome.html", {"told": [*gifts, *[*told, *more][:_TOLD_MAX]]})


def join(visit: Visit) -> HttpResponse:
    """For whoever has signed in and is no member yet; who is one goes on."""
    if visit.member_id is not None:
        return HttpResponseRedirect(visit.to("portal.home"))
    return _form(visit, {"language": visit.language}, {})


def enrol(visit: Visit) -> HttpResponse:
    """Become a member with the address that was shown; told again, the member is there already."""
    email = sessions.email(visit.request)
    if visit.member_id is not None:
        return HttpResponseRedirect(visit.to("portal.home"))
    if email is None:
        return _form(visit, visit.request.POST.dict(), {})
    try:
        told = posted.read(visit.request, Joining)
        if told.rules != _version(visit):
            changed = visit.say("portal.rules_changed")
            return _form(visit, visit.request.POST.dict(), {"": changed}, 409)
        if faults := _unticked(visit):
            return _form(visit, visit.request.POST.dict(), faults, 422)
        person = Person(name=told.name, email=email, birthday=told.birthday, language=told.language)
        made = Enrolment(person=person)
        id, _ = enrolment.enrol(
            programme_id=visit.programme_id, enrolment=made, now=visit.now, window="portal", agreed=_agreed(visit, told)
        )
    except Refusal as refusal:
        taken = members.find(visit.store, visit.programme_id, "email", members.stored("email", email))
        if taken is None or refusal.kind is not law.IDENTIFIER_TAKEN:
            found = {name.removeprefix("person."): told for name, told in posted.faults(refusal).items()}
            return _form(visit, visit.request.POST.dict(), found | _lacking(visit), 422)
        id = taken  # who has sent the form twice is a member by now
    gift = welcomes.told(visit, id, "portal")
    said = visit.say("portal.joined_gift", gift=gift) if gift else visit.say("portal.joined")
    return visit.done(said, "portal.home")


def _lacking(visit: Visit) -> dict[str, str]:
    """What was left out, whatever else is wrong: the gate tells but the first of it."""
    named = visit.request.POST.get("name", "").strip()
    needed = people.at_field("missing", "", visit.language) or ""
    return ({} if named else {"name": needed}) | _unticked(visit)


def _unticked(visit: Visit) -> dict[str, str]:
    """The ticks that are missing, of those without which nobody joins."""
    said, needed = visit.request.POST, visit.say("portal.terms_needed")
    required = _required(visit)
    if not required:
        return {} if said.get("terms") == "true" else {"terms": needed}
    return {f"consents-{one.key}": needed for one in required if one.key not in said.getlist("consents[]")}


def _required(visit: Visit) -> list[Purpose]:
    """What nobody can be a member without."""
    return [one for one in visit.programme.consents.values() if one.required]


def _agreed(visit: Visit, told: Joining) -> Agreed:
    """Under which rules somebody joins, and what was agreed to: to the wording that was shown."""
    asked = visit.programme.consents
    said = {key: Said(True, asked[key].version) for key in told.consents if key in asked}
    return Agreed(told.rules, said, "portal", "member")


def _version(visit: Visit) -> int:
    """The version of the programme that is shown."""
    return visit.book.current(visit.now).version


def _form(visit: Visit, said: dict[str, Any], faults: dict[str, str], status: int = 200) -> HttpResponse:
    named, agreed = Pen(visit).tongue.named, visit.request.POST.getlist("consents[]")
    asked = [
        (
            one.key, named(one.text), named(one.name), one.required, one.key in agreed,
            faults.get(f"consents-{one.key}", ""),
        )
        for one in visit.programme.consents.values()
    ]  # fmt: skip
    today = visit.now.astimezone(visit.zone).date()
    context = {
        "asked": tuple(asked), "rules": _version(visit), "terms": not _required(visit),
        "email": sessions.email(visit.request), "said": said, "faults": faults | {"general": faults.get("", "")},
        "failing": _failing(visit, faults),
        "spoken": tuple([Choice(code, name) for code, name in LANGUAGES.items()]),
        "today": today.isoformat(), "oldest": f"{today.year - limits.AGE_YEARS_MAX}-{today:%m-%d}",
    }  # fmt: skip
    return frame.page(visit, "portal/join.html", context, status=status)


def _failing(visit: Visit, faults: dict[str, str]) -> tuple[Fault, ...]:
    """All that is wrong, each with the name of its field where the text says it not."""
    labels = {"name": visit.say("portal.name"), "birthday": visit.say("portal.birthday")}
    return tuple(
        [Fault(name, f"{labels[name]} – {text}" if name in labels else text) for name, text in faults.items() if name]
    )


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/welcome", "public", welcome, "portal.welcome"),
    Page("my/<slug:programme>/join", "signed in", join, "portal.join"),
    Page("my/<slug:programme>/join", "signed in", enrol, "portal.enrol", methods=("POST",)),
)
