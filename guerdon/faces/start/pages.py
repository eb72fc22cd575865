"""The pages of the first steps: a template, what it asks, the owner, and a look at the whole before it goes live."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import msgspec
from allauth.account.internal.flows import login as flows
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from guerdon.core import limits, sentences
from guerdon.core.errors import Refusal
from guerdon.core.templates import LANGUAGES, LIFE, NUMBERS, Question
from guerdon.engine import founding, staff
from guerdon.engine.founding import PROGRAMME_KEY_TAKEN, Owner
from guerdon.faces import lost, posted, refused, sampled, sessions, words
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Choice, Fault
from guerdon.faces.portal import how
from guerdon.faces.sampled import Sampled
from guerdon.faces.signin import faults as typed
from guerdon.faces.start import access, front, places, plan
from guerdon.faces.start.access import Caller
from guerdon.faces.start.plan import Plan
from guerdon.faces.till import setting
from guerdon.features.programmes import forms, templates
from guerdon.features.users import actions as users
from guerdon.features.users import queries
from guerdon.features.users.models import User
from guerdon.kit import clock, ids, store

_ICONS: Final = {
    "cafe": "coffee", "grocery": "shopping-basket", "fashion": "tag", "miles": "send", "b2b": "building-2",
    "employees": "users",
}  # fmt: skip
_NUMBER: Final = re.compile(r"[0-9]{1,40}([.][0-9]{1,40})?", re.ASCII)
_TOLD: Final = 3  # sentences of a template on its card
_STEPS: Final = ("start.template", "start.programme", "start.owner", "start.live")

Step = Callable[[HttpRequest, Caller, Plan], HttpResponse]


class Card(msgspec.Struct, frozen=True):
    """A template to choose."""

    key: str
    name: str
    about: str
    icon: str
    sentences: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True):
    """A field that asks for a number."""

    name: str
    label: str
    value: str
    fault: str
    hint: str = ""


def _step(run: Step) -> Callable[[HttpRequest], HttpResponse]:
    """A step behind its door: shut for who has not shown the link, and for good once the installation is founded."""

    @never_cache
    @require_http_methods(["GET", "POST"])
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            caller = access.caller(request)
            if caller is None:
                return closed(request)
            return run(request, caller, plan.kept(request))
        except Refusal as refusal:
            return _told(request, refusal)

    return answer


def _told(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.kind is founding.INSTALLATION_FOUNDED:
        return front.there(request)
    return refused.page(request, refusal, None)


@never_cache
def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old; one of first steps that have been done since leads on to what they made.

    One of a till was begun by another cashier: its page says so in the programme's brand, and leads to the till.
    """
    till = setting.stale(request)
    if till is not None:
        return till
    first = request.path == reverse("start.template") or request.path.startswith(f"{reverse('start.template')}/")
    return front.there(request) if first and not access.empty() else lost.stale(request, reason)


def closed(request: HttpRequest, *, wrong: bool = False) -> HttpResponse:
    """Where the way in is found."""
    return render(request, "start/closed.html", {"wrong": wrong}, status=403)


@never_cache
@require_http_methods(["GET"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Let in whoever has the link of the operator's terminal."""
    if not access.empty():
        return front.there(request)
    return _on("start.template") if access.admit(request, token) else closed(request, wrong=True)


@never_cache
def root(request: HttpRequest) -> HttpResponse:
    """The bare address: an empty installation begins, any other shows its doors."""
    return HttpResponseRedirect(reverse("start.template")) if access.empty() else front.show(request)


def choose(request: HttpRequest, caller: Caller, said: Plan) -> HttpResponse:
    """One of the templates, each told by its own rules."""
    if request.method == "POST":
        key = request.POST.get("template", "")
        templates.get(key)
        if key != said.template:
            answers = {name: text for name, text in said.answers.items() if name not in NUMBERS}
            said = msgspec.structs.replace(said, template=key, answers=answers)
        plan.keep(request, said)
        return _on("start.programme")
    language = words.language()
    return _page(request, caller, 0, {"cards": [_card(key, language) for key in templates.KEYS], "said": said})


def _card(key: str, language: str) -> Card:
    found, programme = templates.get(key), forms.load(templates.source(key))
    told = [each.sentence for one in sentences.summary(programme, language) for each in one.paragraphs]
    return Card(key, found.name[language], found.about[language], _ICONS[key], tuple(told[:_TOLD]))


def programme(request: HttpRequest, caller: Caller, said: Plan) -> HttpResponse:
    """What the template asks."""
    if not said.template:
        return _on("start.template")
    faults: dict[str, str] = {}
    if request.method == "POST":
        said = _answered(request, said)
        faults = _faults(said, caller)
        if not faults:
            plan.keep(request, said)
            return _on("start.live" if caller.owner else "start.owner")
    template, language = templates.get(said.template), words.language()
    currency, zone = places.guessed(request.headers.get("Accept-Language", ""))
    answers = {"name": "", "key": "", "currency": currency, "zone": zone} | said.answers
    numbers = [_entry(one, language, said, faults) for one in template.questions if one.key in NUMBERS]
    context = {
        "title": template.name[language], "icon": _ICONS[said.template], "answers": answers, "numbers": numbers,
        "languages": said.languages or (language,), "faults": faults, "faulty": _listed(faults),
        "moneys": "" if said.answers else msgspec.json.encode(places.moneys()).decode(),
        "spoken": tuple(Choice(code, guide.LANGUAGES[code]) for code in LANGUAGES),
        "zones": tuple(Choice(one, one.replace("_", " ")) for one in places.zones()),
    }  # fmt: skip
    return _page(request, caller, 1, context, status=422 if faults else 200)


def _entry(one: Question, language: str, said: Plan, faults: dict[str, str]) -> Entry:
    hint = words.say("start.months_hint", language) if one.key == LIFE else ""
    return Entry(one.key, one.asks[language], said.answers.get(one.key, one.default), faults.get(one.key, ""), hint)


def _answered(request: HttpRequest, said: Plan) -> Plan:
    """What the form says; a key that was left blank is made of the name."""
    asked = [one.key for one in templates.get(said.template).questions]
    answers = {one: request.POST.get(one, "").strip() for one in asked}
    answers["key"] = answers["key"] or plan.key_of(answers["name"])
    answers["currency"] = answers["currency"].upper()
    languages = tuple(one for one in LANGUAGES if one in request.POST.getlist("languages"))
    return msgspec.structs.replace(said, answers=answers, languages=languages)


def _faults(said: Plan, caller: Caller) -> dict[str, str]:
    """What is wrong, by field."""
    language = words.language()
    if not said.languages:
        return {"languages": words.say("start.language_needed", language)}
    asked = {one.key: one for one in templates.get(said.template).questions}
    faults: dict[str, str] = {}
    for field, reason, told in plan.faults(said):
        faults.setdefault(field, _wrong(said, asked[field], reason, language) if field else told)
    if "name" in faults and not said.answers["key"]:
        faults.pop("key", None)  # it will be made of the name
    if not faults:
        try:
            founding.check(store.current(), said.answers["key"], first=caller.first)
        except Refusal as refusal:
            if refusal.kind is not PROGRAMME_KEY_TAKEN:
                raise
            faults["key"] = posted.faults(refusal)[""]
    return faults


def _wrong(said: Plan, asked: Question, reason: str, language: str) -> str:
    """Why an answer can't be, in words of the form."""
    field, answer = asked.key, said.answers.get(asked.key, "")
    word, most = field, limits.NAME_CHARS_MAX if field == "name" else limits.KEY_CHARS_MAX
    if field in ("name", "key"):
        word = f"{field}_long" if len(answer) > most else "name_text" if reason == "bad_text" else field
    elif field == LIFE:
        most = limits.VALIDITY_MONTHS_MAX
    elif field in NUMBERS:
        number = Fraction(answer) if _NUMBER.fullmatch(answer) else Fraction(0)
        most = limits.POINTS_MAX if asked.counts else limits.MONEY_MAX // 1_000
        word = "large" if number > most else "whole" if asked.counts else "number"
        if field == "rate" and 0 < number <= most:
            word = "half"
    shown = sentences.tongue(language).number(most, 0)
    return words.say(f"start.wrong_{word}", language, like=asked.default, most=shown)


def owner(request: HttpRequest, caller: Caller, said: Plan) -> HttpResponse:
    """Who will own the programme, and the password to sign in with."""
    if not said.answers or caller.owner is not None:
        return _on("start.programme")
    faults: dict[str, str] = {}
    known = said.owner or Owner("", "")
    if request.method == "POST":
        password = request.POST.get("password", "")
        known = Owner(request.POST.get("name", "").strip(), request.POST.get("email", "").strip(), known.hashed)
        faults = _owner_faults(known, password)
        if not faults:
            hashed = make_password(password) if password else known.hashed
            plan.keep(request, msgspec.structs.replace(said, owner=msgspec.structs.replace(known, hashed=hashed)))
            return _on("start.live")
    context = {"owner": known, "faults": faults, "faulty": _listed(faults)}
    return _page(request, caller, 2, context, status=422 if faults else 200)


def _owner_faults(known: Owner, password: str) -> dict[str, str]:
    faults: dict[str, str] = {}
    checks: dict[str, Callable[[], object]] = {
        "name": lambda: users.checked(known.name),
        "email": lambda: queries.digest(known.email),
    }
    for field, check in checks.items():
        try:
            check()
        except Refusal as refusal:
            faults[field] = posted.faults(refusal).get("", refusal.code)
    if password or known.hashed is None:
        try:
            validate_password(password)
        except ValidationError as error:
            faults["password"] = " ".join(typed.said(error.error_list))
    return faults


def live(request: HttpRequest, caller: Caller, said: Plan) -> HttpResponse:
    """The whole in plain words, and the button that puts it into force."""
    if not said.answers or not said.template:
        return _on("start.template")
    who = Owner(caller.owner.name, caller.owner.email) if caller.owner else said.owner
    if who is None:
        return _on("start.owner")
    if _faults(said, caller):
        return _on("start.programme")  # what was said in the session is looked at again, and told where it stands
    if request.method == "POST":
        if caller.owner and not sessions.recent(request):
            return HttpResponseRedirect(f"{reverse('again')}?{urlencode({'next': request.path})}")
        return _founded(request, caller, said, who)
    found, language, now = said.programme, words.language(), clock.now()
    of = Sampled(store.current(), ids.NIL, said.law, language, now)
    context = {
        "programme": found, "name": of.tongue.named(found.name), "owner": who, "own": caller.owner is None,
        "examples": tuple(sampled.examples(of)), "worths": tuple(sampled.worths(of)),
        "parts": how.parts(found, language), "spoken": ", ".join(guide.LANGUAGES[one] for one in found.languages),
    }  # fmt: skip
    return _page(request, caller, 3, context)


def _founded(request: HttpRequest, caller: Caller, said: Plan, who: Owner) -> HttpResponse:
    """It is live, and its owner is in: by the link, until she signs in anew with a second factor."""
    now, found = clock.now(), said.programme
    user_id = founding.found(programme=found, source=said.source, owner=who, first=caller.first, now=now)
    if caller.first:
        user = User.objects.get(pk=user_id)
        login(request, user, "guerdon.faces.signin.backend.ByAddress")
        flows.record_authentication(request, user, "link")  # the link shows no address to be hers
        staff.note_sign_in(user_id=user_id, method="link", now=now)
    plan.drop(request)
    access.leave(request)
    name = sentences.tongue(words.language()).named(found.name)
    messages.success(request, words.say("start.is_live", words.language(), name=name))
    return _on("console.first_steps", found.key)


def _page(request: HttpRequest, caller: Caller, at: int, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A step, with the way through all of them."""
    steps = [
        (step, "now" if place == at else "done" if place < at else "")
        for place, step in enumerate(_STEPS)
        if caller.first or step != "start.owner"
    ]
    told = {"steps": steps, "first": caller.first, **context}
    return render(request, f"{_STEPS[at].replace('.', '/')}.html", told, status=status)


def _listed(faults: dict[str, str]) -> tuple[Fault, ...]:
    return tuple(Fault(name, text) for name, text in faults.items())


def _on(page: str, *ids: str) -> HttpResponse:
    answered = HttpResponseRedirect(reverse(page, args=ids))
    answered.status_code = 303
    return answered


STEPS: Final = {
    "start": ("start.template", _step(choose)),
    "start/programme": ("start.programme", _step(programme)),
    "start/owner": ("start.owner", _step(owner)),
    "start/live": ("start.live", _step(live)),
}
