"""Drafts in the console: what they change, how their rules meet, who approves them, and putting them into force."""

import difflib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, cast

import msgspec
from django.contrib import messages
from django.http import HttpResponse

from guerdon.core import drafts as law
from guerdon.core import period
from guerdon.core.documents import Mapping
from guerdon.core.errors import Refusal
from guerdon.engine import drafts as engine
from guerdon.faces import posted
from guerdon.faces.api import drafts as api
from guerdon.faces.api import trials
from guerdon.faces.api.drafts import DraftView, DraftWhole, StepView
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import draft_tabs, frame, places
from guerdon.faces.design.shapes import Line, Link, Paging
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import actions as programmes_actions
from guerdon.features.programmes import queries as programmes

SIGNS: Final = {"open": "brand", "in_review": "warn", "approved": "good", "published": "", "discarded": ""}
_ICONS: Final = {
    "begin": "plus", "edit": "pencil", "rebase": "refresh-cw", "submit": "send", "approve": "check",
    "send_back": "undo-2", "publish": "megaphone", "discard": "trash-2",
}  # fmt: skip


class Step(msgspec.Struct, frozen=True):
    """A step as the timeline shows it."""

    icon: str
    title: str
    when: str
    why: str
    parts: tuple[str, ...]


class Clash(msgspec.Struct, frozen=True):
    """A part that both changed; `name` is that of its field."""

    name: str
    pointer: str
    title: str


def list_(visit: Visit) -> HttpResponse:
    """All drafts, those that ended too, the latest last."""
    cursor = visit.request.GET.get("cursor")
    found = ask(visit, api.list_, query=api.DraftQueue(cursor=cursor))
    pen = Pen(visit)
    rows = [
        (one, visit.say(f"drafts.state_{one.state}"), SIGNS[one.state], pen.moment(one.created_at))
        for one in found.drafts
    ]
    later = f"?cursor={found.next}" if found.next else ""
    paging = Paging("", later=later) if later else None
    return frame.page(visit, "console/drafts.html", {"rows": rows, "paging": paging}, area="console.drafts")


def begin(visit: Visit) -> HttpResponse:
    """A draft that somebody begins by hand."""
    title = str(visit.request.POST.get("title", "")).strip() or visit.say("drafts.untitled")
    view = ask(visit, api.begin, body=posted.read(visit.request, api.NewDraft, also={"title": title}))
    return visit.done(visit.say("drafts.begun"), "console.draft", view.id)


def show(visit: Visit, id: str) -> HttpResponse:
    """A draft with all there is to it."""
    return shown(visit, id)


def shown(visit: Visit, id: str, faults: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    """The page of a draft, with what was refused above it."""
    whole: DraftWhole = ask(visit, api.read, id)
    meets = ask(visit, trials.of_draft, id)
    base = programmes.latest(visit.store, visit.programme_id).versions[whole.draft.base - 1]
    file = engine.document_of(engine.source_of(base)) | engine.document_of(whole.file)
    draft, alive = whole.draft, whole.draft.state in law.WAYS["edit"][0]
    context: dict[str, Any] = {
        "draft": draft, "tabs": draft_tabs.of(visit, id if alive else "", "console.draft"),
        "whole": whole, "alive": alive, "state": visit.say(f"drafts.state_{draft.state}"),
        "sign": SIGNS[draft.state], "faults": faults or {}, "outdated": alive and draft.base != draft.newest,
        "clashes": tuple([
            Clash(f"take.{at}", one, places.called(one, file, visit.language)) for at, one in enumerate(whole.clashes)
        ]),
        "steps": tuple([_step(visit, one, file) for one in reversed(whole.steps)]),
        "alone": [(one.sentence, one.verdict) for one in meets.rules],
        "pairs": [(one.sentence, one.verdict) for one in meets.pairs if one.kind in ("group", "always", "together")],
        "lines": lines(engine.source_of(base), whole.file), "own": draft.mine,
        "review": visit.programme.review == "required",
        "links": (Link(visit.say("rules.drafts"), visit.to("console.drafts")),),
    }  # fmt: skip
    return frame.page(visit, "console/draft.html", context, area="console.drafts", status=status)


def lines(before: str, after: str) -> tuple[Line, ...]:
    """What differs between two files, with a few lines around it."""
    found: list[Line] = []
    for text in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2):
        if text.startswith(("---", "+++")):
            continue
        if text.startswith("@@"):
            if found:
                found.append(Line("same", "…"))
        else:
            found.append(Line("added" if text[0] == "+" else "removed" if text[0] == "-" else "same", text[1:]))
    return tuple(found)


def _step(visit: Visit, one: StepView, whole: Mapping) -> Step:
    title = f"{visit.say(f'drafts.verb_{one.verb}')} – {one.actor}"
    told = [f"{places.called(each.path, whole, visit.language)} ({visit.say(f'drafts.op_{each.op}')})"
            for each in one.changes]  # fmt: skip
    return Step(_ICONS[one.verb], title, Pen(visit).moment(one.at), one.why, tuple(dict.fromkeys(told))[:8])


# --- what can be done ---


def deed(visit: Visit, id: str, verb: str) -> HttpResponse:
    """Ask for a second person, approve, send back, or discard, which is for good and therefore asked again."""
    if verb == "discard" and not visit.is_sure:
        draft = ask(visit, api.read, id).draft
        asked = Question(
            visit.say("drafts.discard_sure", title=draft.title), visit.say("drafts.discard"),
            visit.to("console.draft", id), visit.say("drafts.discard_about"), "danger", "console.drafts",
            crumbs=(Link(draft.title, visit.to("console.draft", id)),),
        )  # fmt: skip
        return visit.sure(asked)
    run: Callable[..., Any] = {
        "submit": api.submit, "approve": api.approve, "return": api.send_back, "discard": api.discard,
    }[verb]  # fmt: skip
    body = api.DraftWords(str(visit.request.POST.get("why", "")))
    return _done(visit, id, verb, lambda etag: reply(visit, run, id, body=body, etag=etag))


def rebase(visit: Visit, id: str) -> HttpResponse:
    """Bring it onto the newest version; of what both changed it was said whose counts."""
    form = visit.request.POST
    told = {
        str(form[f"part.{name}"]): str(value)
        for name, value in ((key[5:], form[key]) for key in form if key.startswith("take."))
    }
    take = {pointer: side for pointer, side in told.items() if side in ("mine", "theirs")}
    body = msgspec.convert({"take": take}, api.Rebasing)
    return _done(visit, id, "rebase", lambda etag: reply(visit, api.rebase, id, body=body, etag=etag))


def publishing(visit: Visit, id: str) -> HttpResponse:
    """What will be in force, from when on."""
    return _publishing(visit, id, {})


def _publishing(visit: Visit, id: str, faults: dict[str, str], status: int = 200) -> HttpResponse:
    whole: DraftWhole = ask(visit, api.read, id)
    if whole.draft.state not in law.ALIVE:
        return _over(visit, whole.draft)
    links = (Link(whole.draft.title, visit.to("console.draft", id)),)
    context = {
        "whole": whole, "draft": whole.draft, "links": links, "faults": faults, "zone": visit.programme.zone_key,
        "at": visit.request.POST.get("at", ""), "why": visit.request.POST.get("why", ""),
    }  # fmt: skip
    return frame.page(visit, "console/publish.html", context, area="console.drafts", status=status)


def publish(visit: Visit, id: str) -> HttpResponse:
    """Put it into force, at once or from an instant of the programme's zone on."""
    told, at = str(visit.request.POST.get("at", "")).strip(), None
    try:
        at = period.instant(datetime.fromisoformat(told), visit.zone) if told else None
        body = api.Publishing(at, str(visit.request.POST.get("why", "")))
        etag = posted.revision(visit.request.POST.get("revision", ""))
        view = cast(DraftView, reply(visit, api.publish, id, body=body, etag=etag).value)
    except (ValueError, OverflowError):
        return _publishing(visit, id, {"at": visit.say("drafts.at_wrong")}, 422)
    except Refusal as refusal:
        return _publishing(visit, id, _wrong(visit, refusal), 422)
    text = visit.say("drafts.published", number=view.version)
    if at is not None and at > visit.now:
        text = visit.say("drafts.published_ahead", number=view.version, when=Pen(visit).since(at))
    return visit.done(text, "console.versions")


def _wrong(visit: Visit, refusal: Refusal) -> dict[str, str]:
    """What is wrong with what was sent to publish, at the field where it is the time: by the clock of the zone."""
    pen, facts = Pen(visit), refusal.facts
    if refusal.kind is engine.DRAFT_IN_PAST:
        return {"at": visit.say("drafts.at_past", now=pen.moment(visit.now))}
    if refusal.kind is programmes_actions.VERSION_TOO_FAR:
        day = date.fromisoformat(str(facts["last_day"]))
        return {"at": visit.say("drafts.at_far", years=facts["years"], day=pen.day(day))}
    here = refusal.kind in (period.LOCAL_TIME_AMBIGUOUS, period.LOCAL_TIME_MISSING)
    return {"at" if here else "": posted.fault(refusal)}


def _over(visit: Visit, draft: DraftView) -> HttpResponse:
    """Nothing more can be done with it, as was done elsewhere meanwhile: on to what became of it."""
    messages.info(visit.request, visit.say(f"drafts.already_{draft.state}"))
    return visit.on(visit.to("console.draft", draft.id))


def _done(visit: Visit, id: str, verb: str, run: Callable[[int], Any]) -> HttpResponse:
    try:
        run(posted.revision(visit.request.POST.get("revision", "")))
    except Refusal as refusal:
        draft: DraftView = ask(visit, api.read, id).draft
        if draft.state not in law.ALIVE:
            return _over(visit, draft)
        wordless = refusal.kind is law.DRAFT_WORDS_MISSING
        text = visit.say("drafts.wordless", field=visit.say("drafts.words")) if wordless else posted.fault(refusal)
        return shown(visit, id, {"": text}, 422)
    return visit.done(visit.say(f"drafts.done_{verb}"), "console.draft", id)


_ONE: Final = "console/<slug:programme>/drafts/<str:id>"
PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/drafts/", "rules:read", list_, "console.drafts"),
    Page("console/<slug:programme>/drafts/", "programme:write", begin, "console.drafts", methods=("POST",)),
    Page(_ONE, "rules:read", show, "console.draft"),
    *[
        Page(
            f"{_ONE}/{verb}", "programme:write", lambda visit, id, verb=verb: deed(visit, id, verb),
            f"console.draft_{verb}", methods=("POST",),
        )
        for verb in ("submit", "discard")
    ],
    Page(
        f"{_ONE}/return", "programme:approve", lambda visit, id: deed(visit, id, "return"), "console.draft_return",
        methods=("POST",),
    ),
    Page(
        f"{_ONE}/approve", "programme:approve", lambda visit, id: deed(visit, id, "approve"), "console.draft_approve",
        methods=("POST",), fresh=True,
    ),
    Page(f"{_ONE}/rebase", "programme:write", rebase, "console.draft_rebase", methods=("POST",)),
    Page(f"{_ONE}/publish", "programme:write", publishing, "console.draft_publish", fresh=True),
    Page(f"{_ONE}/publish", "programme:write", publish, "console.draft_publish", methods=("POST",), fresh=True),
)  # fmt: skip
