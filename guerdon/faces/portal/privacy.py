"""The member's own data: what is agreed to, who looked, what is kept, taking it along, and being deleted."""

from collections.abc import Iterator
from typing import Final

import msgspec
from django.contrib.auth import logout
from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.core.letters import STOPPABLE
from guerdon.engine.enrolment import MemberChange, PersonChange
from guerdon.faces import posted, sessions, waits
from guerdon.faces.api import calls, letters
from guerdon.faces.api import members as members_api
from guerdon.faces.api import privacy as api
from guerdon.faces.api.calls import Language
from guerdon.faces.api.privacy import ConsentView, ErasureView
from guerdon.faces.api.programme import InLanguage
from guerdon.faces.asking import ask, reply
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.design.shapes import Choice
from guerdon.faces.portal import frame, own
from guerdon.faces.portal.redemptions import from_first, paging
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_LOOKS: Final = 10
_FILES: Final = ("portal.document", "portal.files")


class Switched(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One consent, given or withdrawn, to the wording that was shown."""

    consent: str
    given: bool
    version: int


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which letters are wanted, in which language."""

    wanted: tuple[str, ...] = ()
    language: Language = "en"


class Agreed(msgspec.Struct, frozen=True):
    """A consent in words."""

    one: ConsentView
    about: str
    recipients: str


class Looked(msgspec.Struct, frozen=True):
    """Somebody who looked, in words."""

    who: str
    about: str


def show(visit: Visit) -> HttpResponse:
    """Everything on one page."""
    return _shown(visit, "")


def _shown(visit: Visit, fault: str, status: int = 200) -> HttpResponse:
    me, pen = own.shown(visit), Pen(visit)
    found = ask(visit, api.read_consents, me, query=InLanguage())
    looked = ask(visit, api.list_lookups, me, query=calls.Page(_LOOKS, visit.request.GET.get("cursor")))
    person = ask(visit, members_api.read, me).person
    wanted = ask(visit, letters.read, me).wanted
    context = {
        "agreed": tuple([_agreed(visit, pen, one) for one in found.consents]), "kept": found.kept, "fault": fault,
        "rules": _rules(visit, pen, found.rules),
        "looks": tuple([_looked(visit, pen, one) for one in looked.lookups]), "paging": paging(looked.next),
        "letters": tuple([(one, visit.say(f"portal_privacy.letter_{one}"), one in wanted) for one in STOPPABLE]),
        "spoken": tuple([Choice(code, name) for code, name in LANGUAGES.items()]),
        "language": person.language if person and person.language in LANGUAGES else visit.language,
        "gone": _about(visit), "file": _begun(visit),
    }  # fmt: skip
    return frame.page(visit, "portal/privacy.html", context, part="portal.club", status=status)


def _begun(visit: Visit) -> str:
    """The address of the file that begins to load, for who has just shown who they are to get it."""
    wanted = visit.request.GET.get("file")
    begins = wanted in _FILES and visit.request.method == "GET" and sessions.recent(visit.request)
    return visit.to(wanted) if begins and wanted is not None else ""


def _rules(visit: Visit, pen: Pen, one: api.RulesView | None) -> str:
    """When and under which rules the member joined, in words."""
    if one is None:
        return ""
    return visit.say("portal_privacy.rules", day=pen.day(one.at), version=pen.number(one.version))


def _agreed(visit: Visit, pen: Pen, one: ConsentView) -> Agreed:
    if one.said_at is None:
        about = visit.say("portal_privacy.never")
    elif one.given:
        version = pen.number(one.said_version or 1)
        about = visit.say("portal_privacy.given_on", day=pen.day(one.said_at), version=version)
    else:
        about = visit.say("portal_privacy.withdrawn_on", day=pen.day(one.said_at))
    names = [each.name for each in one.recipients]
    return Agreed(one, about, pen.tongue.all_of(names) if names else "")


def _looked(visit: Visit, pen: Pen, one: api.LookView) -> Looked:
    kind = {"key": "by_key", "person": "by_person"}.get(one.kind, "by_operator")
    who = visit.say(f"portal_privacy.{kind}")
    times = pen.tongue.times(one.looks)
    facts = {"what": pen.purpose(one.purpose), "when": pen.moment(one.last_at), "times": times}
    return Looked(f"{one.who} ({who})", visit.say("portal_privacy.looked", **facts))


def switch(visit: Visit) -> HttpResponse:
    """Give or withdraw one consent."""
    try:
        told = posted.read(visit.request, Switched)
        said = api.SaidConsents({told.consent: api.SaidConsent(told.given, told.version)}, "portal")
        ask(visit, api.say, own.shown(visit), body=said)
    except Refusal as refusal:
        return _shown(visit, posted.fault(refusal), 422)
    return visit.done(visit.say("portal_privacy.saved"), "portal.privacy")


def choose(visit: Visit) -> HttpResponse:
    """Which letters are wanted, and in which language they are written."""
    try:
        told = posted.read(visit.request, Wanted)
        kinds = tuple([one for one in STOPPABLE if one in told.wanted])
        ask(visit, letters.choose, own.shown(visit), body=letters.LettersWanted(kinds))
        seen = reply(visit, members_api.read, own.shown(visit))
        change = MemberChange(person=PersonChange(language=told.language))
        reply(visit, members_api.change, own.shown(visit), body=change, etag=seen.etag)
    except Refusal as refusal:
        return _shown(visit, posted.fault(refusal), 422)
    return visit.done(visit.say("portal_privacy.saved"), "portal.privacy")


def document(visit: Visit) -> HttpResponse:
    """Everything as one JSON document."""
    told = ask(visit, api.read_download, own.shown(visit), query=InLanguage())
    return _file(visit, msgspec.json.encode(told), "application/json", "json")


def files(visit: Visit) -> HttpResponse:
    """Everything as tables in a ZIP, with photos."""
    told = ask(visit, api.read_files, own.shown(visit), query=InLanguage())
    return _file(visit, told.content, "application/zip", "zip")


def _file(visit: Visit, content: bytes, kind: str, ending: str) -> HttpResponse:
    headers = {
        "Cache-Control": "no-store, private",
        "Content-Disposition": f'attachment; filename="{visit.row.key}.{ending}"',
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def leave(visit: Visit) -> HttpResponse:
    """What would be lost, and until when it can be taken back."""
    return _leaving(visit, "")


def _leaving(visit: Visit, fault: str, status: int = 200) -> HttpResponse:
    pen, found = Pen(visit), ask(visit, api.preview, own.shown(visit))
    context = {"lost": tuple(_lost(visit, pen, found)), "about": _about(visit), "fault": fault}
    return frame.page(visit, "portal/leave.html", context, part="portal.club", status=status)


def _about(visit: Visit) -> str:
    """What being deleted means, and until when it can be taken back."""
    days = visit.programme.erase_after_days
    if not days:
        return visit.say("portal_privacy.delete_at_once")
    return visit.say("portal_privacy.delete_about", days=Pen(visit).tongue.counted(days, "day"))


def _lost(visit: Visit, pen: Pen, one: ErasureView) -> Iterator[str]:
    """What is lost, in plain words."""
    for each in one.points:
        points = pen.points(each.points, each.unit)
        if each.worth is None:
            yield points
        else:
            yield visit.say("portal_privacy.lost_worth", points=points, money=pen.money(each.worth))
    for name, count in (("vouchers", one.vouchers), ("gift_cards", one.gift_cards), ("transfers", one.transfers)):
        if count:
            yield visit.say(f"portal_privacy.lost_{name}", count=count)
    programme = visit.programme
    plans = [pen.tongue.named(programme.plans[key].name) for key in one.memberships if key in programme.plans]
    rewards = [pen.tongue.named(programme.rewards[key].name) for key in one.redemptions if key in programme.rewards]
    levels = {level.key: level.name for ladder in programme.tiers for level in ladder.levels}
    tiers = [pen.tongue.named(levels[key]) for key in one.tiers if key in levels]
    for name, names in (("memberships", plans), ("redemptions", rewards), ("tiers", tiers)):
        if names:
            yield visit.say(f"portal_privacy.lost_{name}", names=pen.tongue.all_of(names))
    if one.household:
        yield visit.say("portal_privacy.lost_household")


def erase(visit: Visit) -> HttpResponse:
    """Be deleted: at once, which ends the visit too, or when the days to think are over."""
    try:
        found = ask(visit, api.ask, own.shown(visit), token=posted.token(visit.request))
    except Refusal as refusal:
        return _leaving(visit, posted.fault(refusal), 422)
    if found.state != "erased":
        return visit.done(visit.say("portal_privacy.asked"), "portal.privacy")
    logout(visit.request)
    gone = visit.done(visit.say("portal_privacy.erased"), "portal.welcome")
    waits.clear(visit.request, gone)
    return gone


def stay(visit: Visit) -> HttpResponse:
    """Take it back."""
    try:
        ask(visit, api.cancel, own.shown(visit))
    except Refusal as refusal:
        return _shown(visit, posted.fault(refusal), 422)
    return visit.done(visit.say("portal_privacy.kept_done"), "portal.privacy")


_AT: Final = "my/<slug:programme>/privacy"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "self", from_first(show), "portal.privacy"),
    Page(f"{_AT}/consents", "self", switch, "portal.consent", methods=("POST",)),
    Page(f"{_AT}/letters", "self", choose, "portal.letters", methods=("POST",)),
    Page(f"{_AT}/download.json", "self", document, "portal.document", fresh=True, file_of="portal.privacy"),
    Page(f"{_AT}/download.zip", "self", files, "portal.files", fresh=True, file_of="portal.privacy"),
    Page(f"{_AT}/delete", "self", leave, "portal.leave_for_good", fresh=True),
    Page(f"{_AT}/delete", "self", erase, "portal.erase", methods=("POST",), fresh=True),
    Page(f"{_AT}/keep", "self", stay, "portal.stay", methods=("POST",)),
)
